"""How many calls of Slack a sweep of customer channels takes, exactly, and how many minutes at the settings' pace.

Slack's limits are on, and only waiting moves its clock: a call that came too early would be answered by 429.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from deployments.sandbox.slack.seed import Channel, Message, User
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.slack_feedback import FeedbackReading
from tests.customer_channels import BOT, TOM, CustomerSlack, serving, ts

OTHERS = 700  # channels of nobody's customers, which make a second page of the listing
QUIET, CHANGED, WAITING = 12, 5, 10  # old threads a channel; every so many-th channel has news, or a thread that waits
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
UNPACED = FeedbackPolicy(calls_a_minute=10_000)


@pytest.fixture(scope="module")
def slack() -> Iterator[CustomerSlack]:
    with serving() as running:
        yield running


def channel(number: int) -> str:
    return f"C1{number:04}"


def customer(number: int) -> str:
    return f"U1{number:04}"


def talk(number: int) -> Iterator[Message]:
    """A month of a channel: old threads that were answered, one that is older and waits; at night news in two threads,
    one of them old, and a message by itself."""
    here, who = channel(number), customer(number)
    if number % WAITING == 0:
        yield Message(here, who, ts("Tue 2026-09-15 10:00"), "Any news?")
        yield Message(here, who, ts("Wed 2026-09-16 10:00"), "Hello?", thread_ts=ts("Tue 2026-09-15 10:00"))
    for day in range(QUIET):
        root = ts(f"{DAYS[day % 7]} 2026-11-{day + 2:02} 10:00")
        yield Message(here, who, root, f"Question {day}")
        yield Message(here, TOM, f"{root[:-6]}000001", "Answer", thread_ts=root)
    if number % CHANGED == 0:
        yield Message(here, who, ts("Sat 2026-11-21 09:00"), "Not yet", thread_ts=root)
        yield Message(here, who, ts("Sat 2026-11-21 10:00"), "It is down")
        yield Message(here, who, ts("Sat 2026-11-21 10:30"), "For all", thread_ts=ts("Sat 2026-11-21 10:00"))
        yield Message(here, who, ts("Sun 2026-11-22 10:00"), "Can we buy more?")


def swept(slack: CustomerSlack, channels: int, policy: FeedbackPolicy | None = None) -> FeedbackReading:
    """One sweep of so many customer channels."""
    numbers = range(channels)
    slack.begin(
        *(message for number in numbers for message in talk(number)),
        channels=(
            *(
                Channel(channel(n), f"customer-{n:04}", (BOT, TOM, customer(n)), connected_team_ids=("T0ACME",))
                for n in numbers
            ),
            *(Channel(f"C2{n:04}", f"team-{n:04}", (TOM,)) for n in range(OTHERS)),
        ),
        users=tuple(User(customer(n), "T0ACME", f"c{n}", f"Customer {n}") for n in numbers),
        tiers=True,
    )
    waiting = {channel(number): [ts("Tue 2026-09-15 10:00")] for number in numbers if number % WAITING == 0}
    accounts = {channel(number): f"001{number:04}" for number in numbers}
    return slack.read(waiting=waiting, accounts=accounts, policy=policy)


@pytest.mark.parametrize(
    ("channels", "calls", "minutes"),
    [
        pytest.param(43, {"conversations.history": 43, "conversations.replies": 23, "users.info": 10}, 0, id="43"),
        pytest.param(
            500, {"conversations.history": 500, "conversations.replies": 250, "users.info": 101}, 11, id="500"
        ),
    ],
)
def test_what_a_sweep_costs(slack: CustomerSlack, channels: int, calls: dict[str, int], minutes: int) -> None:
    reading = swept(slack, channels)

    expected = {"auth.test": 1, "conversations.list": (channels + OTHERS) // 999 + 1, **calls}
    assert slack.calls() == expected
    assert reading.calls == sum(expected.values())
    assert slack.statuses() == Counter({200: reading.calls})  # no 429
    assert sum(slack.time.slept) == minutes * 60
    changed, waited = -(-channels // CHANGED), -(-channels // WAITING)
    assert len(reading.conversations) == 3 * changed + waited


def test_without_the_pace_slack_refuses_and_the_sweep_comes_to_the_same(slack: CustomerSlack) -> None:
    paced, unpaced = swept(slack, 120), swept(slack, 120, UNPACED)

    assert slack.statuses()[429] > 0
    assert (unpaced.channels, unpaced.conversations) == (paced.channels, paced.conversations)


def test_what_slack_allows_it_answers(slack: CustomerSlack) -> None:
    """Its own fifty a minute; one more meets a 429."""
    swept(slack, 120, FeedbackPolicy(calls_a_minute=50))
    assert slack.statuses()[429] == 0

    swept(slack, 120, FeedbackPolicy(calls_a_minute=51))
    assert slack.statuses()[429] > 0
