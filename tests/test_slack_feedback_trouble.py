"""What of customer channels cannot be read, what is said of it, and what goes on all the same, over real HTTP."""

from collections.abc import Iterator, Mapping

import pytest

from deployments.sandbox.slack.seed import Channel as Seeded
from tasks.clients import Refused, Unavailable
from tasks.rules.feedback import Channel
from tasks.slack_feedback import read_feedback
from tests.company import Sandbox
from tests.conftest import Install
from tests.customer_channels import (
    ACME,
    BOT,
    CLEO,
    CLOSED,
    DANA,
    FRI_CLOSE,
    GLOBEX,
    HIDDEN,
    MON_OPEN,
    OVER,
    PEOPLE,
    SINCE,
    TOM,
    UNTIL,
    CustomerSlack,
    moment,
    said,
    says,
    serving,
    ts,
)

SAT, SUN, WEEK_AGO = "Sat 2026-11-21 09:00", "Sun 2026-11-22 21:40", "Mon 2026-11-16 10:00"
MORE = (
    Seeded(CLOSED, "customer-closed", (TOM, CLEO)),
    Seeded(HIDDEN, "customer-hidden", (TOM, CLEO), is_private=True),
    Seeded(OVER, "customer-over", PEOPLE, is_archived=True),
)
SCOPE = {"ok": False, "error": "missing_scope", "needed": "channels:history", "provided": "chat:write"}
NOWHERE = "C0NOWHERE"
LONG_OVER = "Thu, 02 Jan 2020 00:00:00 GMT"


@pytest.fixture(scope="module")
def slack() -> Iterator[CustomerSlack]:
    with serving() as running:
        yield running


MARKED = dict.fromkeys((CLOSED, HIDDEN, NOWHERE, OVER), ts(WEEK_AGO))
NOT_IN, ABSENT, OVER_WITH = (
    "not_in_channel: invite the bot to the channel.",
    "channel_not_found: check the channel's id, and invite the bot if it is private.",
    "is_archived: take it out of RITUALS_SLACK_CUSTOMER_CHANNELS, or unarchive it.",
)


@pytest.mark.parametrize(
    ("channel", "name", "why"),
    [
        pytest.param(CLOSED, "customer-closed", NOT_IN, id="without the bot"),
        pytest.param(HIDDEN, HIDDEN, ABSENT, id="private without the bot"),
        pytest.param(NOWHERE, NOWHERE, ABSENT, id="not there"),
        pytest.param(OVER, "customer-over", OVER_WITH, id="archived"),
    ],
)
@pytest.mark.parametrize("mark", [{}, MARKED], ids=["first read", "read before"])
def test_a_channel_that_cannot_be_read_is_named_and_its_mark_stays_and_the_others_are_read(
    slack: CustomerSlack, channel: str, name: str, why: str, mark: Mapping[str, str]
) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"), says(CLEO, SAT, "Unheard", channel=OVER), channels=MORE)
    reading = slack.read(accounts={channel: "001OTHER", ACME: "001ACME"}, marks=mark)

    stays = mark.get(channel, ts(FRI_CLOSE))
    assert reading.channels[0] == Channel(channel, name, "001OTHER", stays, f"Slack says {why}")
    assert reading.channels[1] == Channel(ACME, "customer-acme", "001ACME", ts(MON_OPEN))
    assert said(reading) == [["At Acme"]]


def test_a_scope_that_is_missing_is_said_of_each_channel(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"))
    slack.answering.instead["/api/conversations.history"] = SCOPE
    reading = slack.read()

    remedy = "Slack says missing_scope: give the Slack app the scopes that the README lists."
    troubles = [channel.trouble for channel in reading.channels]
    assert troubles == [remedy, remedy]
    assert reading.conversations == ()


def test_of_a_channel_that_fails_half_way_nothing_is_told(slack: CustomerSlack) -> None:
    """Else its mark would stay while a part of it was told, and be told again."""
    root = says(CLEO, WEEK_AGO, "Old")
    slack.begin(
        root, says(CLEO, SAT, "Reply", under=root.ts), says(DANA, SUN, "Alone"), says(DANA, SAT, channel=GLOBEX)
    )
    slack.answering.instead["/api/conversations.replies"] = SCOPE
    reading = slack.read()

    assert [channel.up_to for channel in reading.channels] == [ts(FRI_CLOSE), ts(MON_OPEN)]
    assert {found.channel for found in reading.conversations} == {GLOBEX}


def test_a_thread_that_is_gone_meanwhile_is_no_trouble(slack: CustomerSlack) -> None:
    root = says(CLEO, WEEK_AGO, "Old")
    slack.begin(root, says(CLEO, SAT, "To all", under=root.ts, broadcast=True))
    slack.answering.instead["/api/conversations.replies"] = {"ok": False, "error": "thread_not_found"}
    reading = slack.read()

    assert (said(reading), reading.channels[0].trouble) == ([["Old", "To all"]], "")


def test_channels_that_cannot_be_listed_are_read_under_their_ids(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"), channels=MORE)
    slack.answering.instead["/api/conversations.list"] = SCOPE
    reading = slack.read()

    assert said(reading) == [["At Acme"]]
    assert [channel.name for channel in reading.channels] == [ACME, GLOBEX]
    assert (reading.strangers, slack.calls()["conversations.info"]) == ((), 0)
    [note] = reading.notes
    assert note == (
        "Slack does not list its channels (missing_scope): names are ids here, and channels that are in no settings "
        "are not looked for. Give the Slack app the scopes that the README lists."
    )


def test_channels_that_look_like_a_customers_and_are_in_no_settings_are_named(slack: CustomerSlack) -> None:
    slack.begin(
        channels=(
            *MORE,
            Seeded("C0EXT", "ext-initech", (TOM,)),
            Seeded("C0SHARED", "umbrella", (BOT,), connected_team_ids=("T0FAR",)),
            Seeded("C0PRIVATE", "support-hooli", (BOT, TOM), is_private=True),
            Seeded("C0SALES", "g-sales", (BOT, TOM)),
            Seeded("C0NEAR", "our-customer-stories", (BOT, TOM)),
        )
    )

    assert slack.read().strangers == ("customer-closed", "ext-initech", "support-hooli", "umbrella")
    assert slack.read(wanted=[ACME]).strangers == ("customer-closed", "ext-initech", "support-hooli", "umbrella")


def test_without_any_channel_in_the_settings_those_of_customers_are_named(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"))
    reading = slack.read(accounts={})

    assert (reading.channels, reading.conversations) == ((), ())
    assert reading.strangers == ("customer-acme", "customer-globex")


@pytest.mark.parametrize("method", ["auth.test", "conversations.list", "conversations.history", "users.info"])
@pytest.mark.parametrize("kind", ["server_error", "html", "unavailable", "drop_before", "drop_after", "cut_body"])
def test_a_slack_that_cannot_answer_stops_it_all(slack: CustomerSlack, method: str, kind: str) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"))
    slack.fault(kind, method)

    with pytest.raises(Unavailable, match=r"^Slack (cannot answer now|did not answer in full) \([\w ]+\)$"):
        slack.read()
    assert said(slack.read()) == [["At Acme"]]


def test_a_login_that_is_refused_is_refused_with_the_remedy(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"))
    slack.fault("unauthorized", "conversations.history")

    with pytest.raises(Refused, match=r"invalid_auth.*Check RITUALS_SLACK_TOKEN\."):
        slack.read()


@pytest.mark.parametrize(
    ("retry_after", "waited"),
    [
        pytest.param(30, 30.0, id="seconds"),
        pytest.param("Mon, 23 Nov 2026 15:00:45 GMT", 45.0, id="a date"),  # 07:00:45 in the office
        pytest.param("Mon, 23 Nov 2026 14:00:00 GMT", 0.0, id="a date that is over"),
        pytest.param("soon", 1.0, id="what nobody understands"),
        pytest.param(0, 0.0, id="at once"),
    ],
)
def test_a_rate_limit_is_waited_for_as_long_as_slack_says(
    slack: CustomerSlack, retry_after: int | str, waited: float
) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"))
    slack.fault("rate_limited", "conversations.history", retry_after=retry_after)

    assert said(slack.read()) == [["At Acme"]]
    assert slack.time.slept == [waited]


@pytest.mark.parametrize("retry_after", [121, "Mon, 23 Nov 2026 15:02:01 GMT"])
def test_who_is_told_to_wait_for_minutes_gives_up_at_once(slack: CustomerSlack, retry_after: int | str) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"))
    slack.fault("rate_limited", "conversations.history", retry_after=retry_after)

    with pytest.raises(Unavailable, match=r"ratelimited"):
        slack.read()
    assert slack.time.slept == []


def test_a_rate_limit_that_does_not_end_is_given_up(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"))
    slack.fault("rate_limited", "conversations.history", retry_after=7, times=None)

    with pytest.raises(Unavailable, match=r"ratelimited"):
        slack.read()
    assert slack.time.slept == [7.0] * 5


def test_what_died_is_read_again_and_lacks_nothing(slack: CustomerSlack) -> None:
    """Nothing is kept of a reading that did not end: the marks are the caller's."""
    slack.begin(says(CLEO, SAT, "At Acme"), says(DANA, SAT, "At Globex", channel=GLOBEX))
    whole = slack.read()
    for nth in range(1, 7):
        slack.fault("drop_after", nth=nth)
        with pytest.raises(Unavailable):
            slack.read()

        assert slack.read() == whole


def test_the_task_reads_the_channels_of_the_settings(shared_sandbox: Sandbox, install: Install) -> None:
    install(shared_sandbox.environment)
    accounts = shared_sandbox.settings.slack_customer_channels
    reading = read_feedback.fn((), moment("Mon 2026-11-16 06:00"), UNTIL)

    assert [channel.id for channel in reading.channels] == list(accounts)
    assert {found.channel for found in reading.conversations} <= set(accounts)
    assert reading.conversations


def test_the_task_understands_a_date_to_wait_for(sandbox: Sandbox, install: Install) -> None:
    """slack-sdk's own handler does not."""
    install(sandbox.environment)
    sandbox.fault("rate_limited", match={"path": "/api/conversations.history"}, retry_after=LONG_OVER)

    assert read_feedback.fn(["C0ACME"], SINCE, UNTIL).channels[0].trouble == ""


def test_a_channel_that_is_not_in_the_settings_is_refused(shared_sandbox: Sandbox, install: Install) -> None:
    install(shared_sandbox.environment)

    with pytest.raises(
        Refused, match=r"C0NOWHERE: no customer channel of the settings\. Add it to RITUALS_SLACK_CUSTOMER"
    ):
        read_feedback.fn(["C0ACME", NOWHERE], SINCE, UNTIL)
