"""What customers write while support is closed becomes one ticket a thread, one reply, and comments, each once."""

from datetime import timedelta

import pytest

from tasks.after_hours import ticket_urls
from tasks.rules.feedback import Conversation
from tests.conftest import Install
from tests.support_alone import (
    ACME,
    CLOSED_AT,
    DANA,
    EVENING,
    GLOBEX,
    HARPER,
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


def test_a_message_of_the_evening_becomes_a_ticket_and_gets_the_reply(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)

    assert support.run(SOON) == "1 ticket, 1 reply"
    ticket = support.ticket()
    assert (ticket.external_id, ticket.subject, ticket.tags) == (
        f"slack:T0HOME:{ACME}:{ts}",
        "Dana Reyes in #\u2060customer-acme: All agents went offline.",
        ("slack", "after_hours"),
    )
    assert f"/archives/{ACME}/p{ts.replace('.', '')}" in ticket.comments[0].body
    assert "Dana Reyes, Mon 23 Nov 2026, 18:00 PT\n> All agents went offline." in ticket.comments[0].body
    [(thread, said)] = support.replies()
    assert thread == ts
    assert said.startswith(
        f"Hi <@{DANA}>, it's currently outside Ourco's support hours (6am - 4pm PT, Monday to Friday). We've created a "
        "support ticket based on your message, and an Ourco team member will respond as soon as possible."
    )


def test_a_run_that_finds_nothing_new_makes_nothing(support: Support) -> None:
    support.says(DANA, "All agents went offline.", EVENING)

    assert [support.run(EVENING + n * MINUTES) for n in (2, 7, 12)] == ["1 ticket, 1 reply", *["nothing to do"] * 2]


def test_these_calls_are_made_of_zendesk(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)
    support.run(SOON)
    first = [call.partition("zendesk/api/v2")[::2] for call in support.calls()]
    support.says(DANA, "Still.", LATER, ts)
    support.run(LATER + MINUTES)
    second = [call.partition("zendesk/api/v2")[::2] for call in support.calls()]

    assert [call for call in first if call[1]] == [("GET ", "/tickets.json"), ("POST ", "/tickets.json")]
    assert [call for call in second if call[1]] == [
        ("GET ", "/tickets/35436.json"),
        ("GET ", "/tickets/35436/comments.json"),
        ("PUT ", "/tickets/35436.json"),
    ]


@pytest.mark.parametrize(
    ("who", "at", "made"),
    [
        (DANA, EVENING, 1),
        (HARPER, EVENING, 1),  # a guest of our own workspace is a customer
        (SAM, EVENING, 0),
        ("U0DEPLOYS", EVENING, 0),
        (DANA, CLOSED_AT - MINUTES, 0),
        (DANA, CLOSED_AT, 1),
    ],
    ids=["a customer", "a guest", "one of us", "a bot", "just before we close", "as we close"],
)
def test_only_what_a_customer_posts_while_we_are_closed_counts(support: Support, who, at, made) -> None:
    support.run(CLOSED_AT - 20 * MINUTES)
    support.says(who, "Hello?", at, channel=GLOBEX if who == HARPER else ACME)

    support.run(SOON)

    assert len(support.tickets()) == made


def test_a_channel_that_is_not_in_the_settings_is_left_alone(support: Support) -> None:
    support.says(DANA, "Hello?", EVENING, channel="C0RITUALS")

    assert support.run(SOON) == "nothing to do"


def test_the_whole_thread_goes_into_the_ticket_with_the_names_of_its_files(support: Support) -> None:
    ts = support.says(DANA, "We rolled out 4.61 today.", CLOSED_AT - 60 * MINUTES)
    support.says(SAM, "Good luck!", CLOSED_AT - 50 * MINUTES, ts)
    support.run(CLOSED_AT)
    support.says(OWEN, "It fails here.\nSee the log.", EVENING, ts, files=("agent error.log",))

    support.run(SOON)

    body = support.ticket().comments[0].body
    assert support.ticket().subject.startswith("Owen Platt in ")
    assert "Dana Reyes, Mon 23 Nov 2026, 15:00 PT\n> We rolled out 4.61 today." in body
    assert "Sam Whitlock (ours), Mon 23 Nov 2026, 15:10 PT\n> Good luck!" in body
    assert "> It fails here.\n> See the log.\n> File: agent error.log http" in body
    assert support.replies()[0][0] == ts
    assert f"<@{OWEN}>" in support.replies()[0][1]


def test_a_post_of_a_file_alone_counts(support: Support) -> None:
    support.says(DANA, "", EVENING, files=("screen.png",))

    assert support.run(SOON) == "1 ticket, 1 reply"
    assert support.ticket().subject.endswith(": (screen.png)")
    assert "> File: screen.png http" in support.ticket().comments[0].body


def test_later_messages_of_the_thread_become_comments_each_once(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)
    support.run(SOON)
    support.says(DANA, "Also in Lyon.", EVENING + 4 * MINUTES, ts)
    support.says(OWEN, "", EVENING + 5 * MINUTES, ts, files=("trace.txt",))
    support.says(SAM, "Looking into it.", EVENING + 6 * MINUTES, ts)

    assert [support.run(EVENING + n * MINUTES) for n in (7, 12)] == ["3 comments", "nothing to do"]
    lyon, trace, ours = support.comments()
    assert lyon.body.endswith("Dana Reyes, Mon 23 Nov 2026, 18:04 PT\n> Also in Lyon.")
    assert "> File: trace.txt" in trace.body
    assert (lyon.is_public, trace.is_public, ours.is_public) == (True, True, False)
    assert "Sam Whitlock (ours)" in ours.body
    assert len(support.replies()) == 1


def test_what_customers_add_while_we_are_open_is_added_as_promised(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)
    support.run(SOON)
    support.run(OPENED_AT)
    support.says(DANA, "They are back.", NOON, ts)

    assert support.run(NOON + MINUTES) == "1 comment"


@pytest.mark.parametrize(("days", "said"), [("2", "1 comment"), ("1", "Support is open, and nothing is left")])
def test_while_support_is_open_tickets_of_the_last_days_are_watched(
    support: Support, install: Install, days: str, said: str
) -> None:
    install({**support.environment, "RITUALS_SUPPORT__WATCHED_DAYS": days})
    ts = support.says(DANA, "All agents went offline.", EVENING)
    wednesday = NOON + timedelta(days=1)
    for at in (SOON, NOON, wednesday):
        support.run(at)
    support.says(DANA, "They are back.", wednesday + MINUTES, ts)

    assert support.run(wednesday + 2 * MINUTES).startswith(said)


def test_two_messages_within_five_minutes_are_one_ticket_whether_one_run_sees_them_or_two(support: Support) -> None:
    first = support.says(DANA, "All agents went offline.", EVENING)
    support.says(DANA, "I mean those in Lyon.", EVENING + 3 * MINUTES)
    assert support.run(EVENING + 4 * MINUTES) == "1 ticket, 1 reply"
    last = support.says(DANA, "And Metz.", EVENING + 7 * MINUTES)
    assert support.run(EVENING + 9 * MINUTES) == "1 comment"
    support.says(DANA, "Solved, thank you!", LATER, last)  # below a message that has no ticket of its own

    assert support.run(LATER + MINUTES) == "1 comment"
    assert "> I mean those in Lyon." in support.ticket().comments[0].body
    assert [comment.body.rpartition("> ")[2] for comment in support.comments()] == ["And Metz.", "Solved, thank you!"]
    assert [thread for thread, _ in support.replies()] == [first]


def test_another_customer_or_a_later_message_is_another_ticket(support: Support) -> None:
    support.says(DANA, "All agents went offline.", EVENING)
    support.says(OWEN, "A question about licences.", EVENING + MINUTES)
    support.says(DANA, "Another thing.", EVENING + 20 * MINUTES)
    support.says(RUTH, "Good evening.", EVENING, channel=GLOBEX)

    assert support.run(LATER) == "4 tickets, 4 replies"


def test_a_message_just_before_opening_that_is_seen_after_it_gets_no_reply_that_is_untrue(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", OPENED_AT - MINUTES)

    assert support.run(OPENED_AT + 2 * MINUTES) == "1 ticket"
    assert support.replies() == []
    assert support.run(NOON) == "nothing to do"
    evening = NOON.replace(hour=19)
    support.says(DANA, "Again.", evening, ts)
    assert support.run(evening + MINUTES) == "1 comment"
    assert support.replies() == []  # nor later: the ticket is not new


def test_the_first_run_of_all_begins_at_the_last_close(support: Support) -> None:
    support.says(DANA, "An old story.", CLOSED_AT.replace(day=20, hour=19))  # Fri
    support.says(DANA, "A new one.", CLOSED_AT + MINUTES)

    assert support.run(SOON) == "1 ticket, 1 reply"
    assert "A new one" in support.ticket().subject


def test_while_support_is_open_and_nothing_is_left_nothing_is_read(support: Support) -> None:
    support.run(SOON)
    support.run(OPENED_AT + MINUTES)
    support.calls()

    assert support.run(NOON) == "Support is open, and nothing is left of the time before."
    assert support.calls() == []


def test_while_support_is_open_only_channels_with_a_young_ticket_are_read(support: Support) -> None:
    support.says(DANA, "All agents went offline.", EVENING)
    support.run(SOON)
    support.run(OPENED_AT + MINUTES)
    support.calls()

    support.run(NOON)

    # Of two channels one, and below it the thread that has no news is not opened.
    assert [call for call in support.calls() if "conversations" in call] == [
        "POST conversations.list",
        "POST conversations.history",
    ]


def test_a_dry_run_shows_what_would_be_done_and_writes_nothing(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)
    before = support.preview(SOON)
    support.run(SOON)
    support.says(DANA, "In Lyon.", LATER, ts)
    support.calls()

    assert before == (
        "customer-acme, Mon 23 Nov 2026, 18:00 PT, Dana Reyes: All agents went offline.\n  gets a ticket, and the reply"
    )
    assert support.preview(LATER + MINUTES).endswith("1 later message as comments")
    assert not [call for call in support.calls() if "POST zendesk" in call or "PUT" in call or "chat." in call]
    assert support.run(LATER + MINUTES) == "1 comment"
    assert support.preview(LATER + MINUTES) == "Nothing to do."


def test_the_tickets_of_threads_are_told_without_asking_zendesk(support: Support) -> None:
    ts = support.says(DANA, "All agents went offline.", EVENING)
    support.run(SOON)
    support.calls()

    key = Conversation(ACME, ts, ()).key
    assert ticket_urls.fn([(ACME, ts), (ACME, "1795485600.999999")]) == {
        key: f"{support.address}/zendesk/agent/tickets/35436"
    }
    assert support.calls() == []
