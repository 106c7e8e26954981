"""What a run costs: calls of Slack, and the minutes that its limits make of them; of Zendesk nothing where nothing is
new. 43 channels, as today, and 500."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.seed import Channel, Message
from deployments.sandbox.slack.state import SlackState
from tasks.clients import slack_reader
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.slack_feedback import FeedbackReader, FeedbackReading
from tasks.slack_pace import Pace
from tests.company import settings_from
from tests.support_alone import BOT, CLOSED_AT, DANA, EVENING, MINUTES, SAM, SLACK, Support

MOST = 500


@dataclass
class Watch:
    """A clock in seconds that goes on by sleeping alone."""

    seconds: float = 0.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture(scope="module")
def many() -> Iterator[str]:
    """A Slack with 500 customer channels, each with a word of the day in it."""
    channels = tuple(Channel(f"C0{n:06d}", f"customer-{n}", (BOT, SAM, DANA)) for n in range(MOST))
    at = CLOSED_AT.timestamp() - 3600
    said = tuple(Message(one.id, DANA, f"{at:.0f}.{n:06d}", "Hello") for n, one in enumerate(channels))
    clock = Clock(lambda: EVENING)
    state = SlackState(replace(SLACK, channels=channels, messages=said), clock)
    with serve(shell(api.routes(state), clock)) as address:
        yield address


def read(address: str, channels: int, since: datetime) -> tuple[FeedbackReading, float]:
    """One reading of a quiet evening; and the minutes that it would have waited."""
    told = {"SALESFORCE_URL": address, "SALESFORCE_CLIENT_ID": "id", "SALESFORCE_CLIENT_SECRET": "secret"}
    told |= {"SLACK_URL": f"{address}/api/", "SLACK_TOKEN": "xoxb-bot", "SLACK_CHANNEL": "C0RITUALS"}
    config = settings_from({f"RITUALS_{name}": value for name, value in told.items()})
    watch, policy = Watch(), FeedbackPolicy()
    pace = Pace(policy.calls_a_minute, watch.now, watch.sleep)
    ids = {f"C0{n:06d}": "001" for n in range(channels)}
    return FeedbackReader(slack_reader(config), ids, policy, pace).read(since, EVENING), watch.seconds / 60


def test_a_quiet_run_of_43_channels_is_45_calls_without_a_wait(many: str) -> None:
    reading, minutes = read(many, 43, CLOSED_AT)

    assert (reading.calls, minutes) == (45, 0)


def test_a_quiet_run_of_500_channels_is_502_calls_in_eleven_minutes(many: str) -> None:
    reading, minutes = read(many, MOST, CLOSED_AT)

    assert (reading.calls, round(minutes)) == (502, 11)


def test_a_thread_that_is_new_costs_four_calls_of_slack_and_two_of_zendesk(support: Support) -> None:
    support.run(CLOSED_AT)
    support.calls()
    support.run(CLOSED_AT + 5 * MINUTES)
    quiet = Counter(support.calls())
    support.says(DANA, "All agents went offline.", EVENING)

    support.run(EVENING + MINUTES)

    assert Counter(support.calls()) - quiet == {
        "POST users.info": 1,
        "POST auth.test": 1,
        "POST conversations.replies": 1,
        "POST chat.postMessage": 1,
        "GET zendesk/api/v2/tickets.json": 1,
        "POST zendesk/api/v2/tickets.json": 1,
    }
