"""Tickets, comments and replies where something goes wrong, or where people do something to a ticket."""

from dataclasses import replace

import pytest

from deployments.sandbox.zendesk.seed import SeedTicket
from tasks.after_hours import NotAllDone, answer_after_hours, ticket_urls, watch_due
from tasks.clients import Refused
from tasks.slack_feedback import read_feedback
from tests.conftest import Install
from tests.support_alone import (
    ACME,
    AGENT,
    CLOSED_AT,
    DANA,
    EVENING,
    GLOBEX,
    MINUTES,
    NOON,
    OPENED_AT,
    OWEN,
    RUTH,
    SAM,
    Support,
)

SOON = EVENING + 2 * MINUTES
LATER = EVENING + 30 * MINUTES


def test_a_night_that_no_run_saw_is_made_good_in_the_morning(support: Support) -> None:
    support.run(CLOSED_AT)
    support.says(DANA, "All agents went offline.", EVENING)
    support.fault("unauthorized", "/api/conversations.history", times=None)

    with pytest.raises(Refused, match="Check RITUALS_SLACK_TOKEN"):
        support.run(OPENED_AT - MINUTES)
    support.cure()

    assert support.run(NOON) == "1 ticket"


def test_a_ticket_that_somebody_else_made_is_commented_and_nobody_is_told_of_a_new_one(anew, install: Install) -> None:
    support: Support = anew()
    ts = support.says(DANA, "All agents went offline.", EVENING)
    install(support.environment)
    old = SeedTicket("By the old automation", "All agents went offline.", AGENT, f"slack:T0HOME:{ACME}:{ts}")
    for _ in range(2):  # external ids need not be unique: the oldest counts
        support.zendesk._plant(old)

    assert [support.run(EVENING + n * MINUTES) for n in (2, 7)] == ["1 comment", "nothing to do"]
    first, second = support.tickets()
    assert (len(first.comments), len(second.comments)) == (2, 1)
    assert support.replies() == []


def test_a_closed_ticket_is_followed_up_once_and_a_deleted_one_made_anew(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)
    support.run(SOON)
    support.ticket().status = "closed"
    support.says(DANA, "Again!", LATER, ts)
    assert support.run(LATER + MINUTES) == "1 ticket"
    closed, following = support.tickets()
    assert (following.follows, len(closed.comments)) == (closed.id, 1)
    assert "> Again!" in following.comments[0].body
    assert [url[-6:] for url in ticket_urls.fn([(ACME, ts)]).values()] == [f"/{following.id}"]

    support.says(DANA, "And again!", LATER + 9 * MINUTES, ts)
    assert support.run(LATER + 10 * MINUTES) == "1 comment"
    del support.zendesk.tickets[following.id]
    support.says(DANA, "Hello?", LATER + 20 * MINUTES, ts)
    assert support.run(LATER + 21 * MINUTES) == "1 ticket"
    assert (support.tickets()[1].follows, len(support.replies())) == (None, 1)


@pytest.mark.parametrize(
    ("status", "who", "then"),
    [("solved", DANA, "open"), ("pending", DANA, "open"), ("new", DANA, "new"), ("solved", SAM, "solved")],
)
def test_what_a_customer_adds_wakes_a_ticket_that_slept(support: Support, status: str, who: str, then: str) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)
    support.run(SOON)
    support.ticket().status = status
    support.says(who, "Still.", LATER, ts)

    support.run(LATER + MINUTES)

    assert support.ticket().status == then


def test_what_is_edited_or_deleted_later_stays_in_the_ticket_as_it_was(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)
    below = support.says(DANA, "In Lyon.", EVENING + MINUTES, ts)
    support.run(SOON)
    messages = support.slack.conversations[ACME].messages
    messages[below]["text"], messages[below]["edited"] = (
        "In Metz.",
        {"user": DANA, "ts": f"{int(ts[:10]) + 200}.000000"},
    )

    assert support.run(EVENING + 4 * MINUTES) == "nothing to do"
    assert "> In Lyon." in support.ticket().comments[0].body


def test_a_channel_that_cannot_be_read_is_named_and_the_others_are_done(support: Support) -> None:
    support.slack.conversations[ACME].members.remove("U0BOT")
    support.says(RUTH, "Good evening.", EVENING, channel=GLOBEX)

    assert support.run(SOON) == (
        "1 ticket, 1 reply; #customer-acme not read: Slack says not_in_channel: invite the bot to the channel"
    )
    support.slack.conversations[ACME].members.append("U0BOT")
    support.says(DANA, "All agents went offline.", EVENING + MINUTES)
    assert support.run(EVENING + 9 * MINUTES) == "1 ticket, 1 reply"


def test_a_thread_that_fails_is_named_with_its_channel_and_time_and_stops_no_other(support: Support) -> None:
    support.says(OWEN, "S3cret of the customer", EVENING)
    support.says(DANA, "All agents went offline.", EVENING + MINUTES)
    support.says(RUTH, "Good evening.", EVENING, channel=GLOBEX)
    support.fault("server_error", "/zendesk/.*", times=2, match={"method": "POST"})

    with pytest.raises(NotAllDone, match="2 tickets, 2 replies") as raised:
        support.run(EVENING + 20 * MINUTES)
    assert "Channel customer-acme, message of Mon 23 Nov 2026, 18:00 PT (" in str(raised.value)
    assert "Zendesk cannot answer now" in str(raised.value)
    assert "S3cret" not in str(raised.value)

    assert support.run(EVENING + 40 * MINUTES) == "1 ticket, 1 reply"
    assert len(support.tickets()) == 3


def test_what_fails_once_on_its_way_is_done_by_the_same_run(support: Support) -> None:
    support.says(DANA, "All agents went offline.", EVENING)
    support.fault("drop_after", "/zendesk/.*", match={"method": "POST"})
    support.fault("drop_after", "/api/chat.postMessage")

    # Found, not made again: what it did without knowing is not counted.
    assert support.run(SOON) == "1 reply"
    assert (len(support.tickets()), len(support.replies())) == (1, 1)


def test_a_failed_reply_is_made_good_while_we_are_closed_and_dropped_when_we_are_open(support: Support) -> None:
    for hour, made in ((22, 1), (7, 1)):
        support.says(DANA, f"At {hour}.", (EVENING if hour > 12 else OPENED_AT - 20 * MINUTES))
        support.fault("unavailable", "/api/chat.postMessage", times=None)
        with pytest.raises(NotAllDone, match="Slack cannot answer now"):
            support.run(SOON if hour > 12 else OPENED_AT - 10 * MINUTES)
        support.cure()

        support.run(EVENING.replace(hour=hour) if hour > 12 else NOON.replace(hour=hour))

        assert len(support.replies()) == made


def test_a_message_that_is_deleted_before_the_reply_has_its_ticket_and_stops_nothing(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)
    support.clock.set(SOON)
    watch = watch_due.fn(SOON)
    reading = read_feedback.fn(watch.channels, watch.since, watch.until, watch.marks)
    del support.slack.conversations[ACME].messages[ts]

    assert answer_after_hours.fn(watch, reading) == "1 ticket"
    assert support.run(LATER) == "nothing to do"


def test_without_a_zendesk_it_is_off(support: Support, install: Install) -> None:
    install({name: value for name, value in support.environment.items() if "ZENDESK" not in name})

    assert support.run(SOON) == "After-hours support is off: set RITUALS_ZENDESK_URL."
    assert ticket_urls.fn([(ACME, "1795485600.000000")]) == {}


def test_nobody_goes_on_asking_when_zendesk_says_wait(support: Support) -> None:
    support.says(DANA, "All agents went offline.", EVENING)
    support.says(RUTH, "Good evening.", EVENING, channel=GLOBEX)
    support.fault("rate_limited", "/zendesk/.*", retry_after=900, times=None)

    with pytest.raises(NotAllDone, match=r"rate limit.* \| .*the next run goes on"):
        support.run(SOON)

    assert len([call for call in support.calls() if "zendesk" in call]) == 1
    support.cure()
    assert support.run(SOON + 5 * MINUTES) == "2 tickets, 2 replies"


def test_support_may_open_while_many_channels_are_read(support: Support) -> None:
    support.says(DANA, "All agents went offline.", OPENED_AT - 9 * MINUTES)
    at = OPENED_AT - 8 * MINUTES
    support.clock.set(at)
    watch = watch_due.fn(at)
    reading = read_feedback.fn(watch.channels, watch.since, watch.until, watch.marks)

    late = replace(watch, began=watch.began - 10 * MINUTES)  # as if reading had taken so long

    assert answer_after_hours.fn(late, reading) == "1 ticket"
