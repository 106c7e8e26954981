"""Which messages get a ticket, which of them are one, when the reply is true, and which channels are read."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.after_hours import Matter, channels_due, counts, first_asked, matters, reply_is_true
from tasks.rules.business_days import OfficeDays
from tasks.rules.feedback import Conversation, Message
from tasks.rules.feedback_policy import SupportPolicy
from tasks.rules.slack_ts import ts_of
from tasks.rules.support_clock import SupportClock
from tests.company import OFFICE

CLOCK = SupportClock(SupportPolicy(), OfficeDays(), "America/Los_Angeles")
ACME, GLOBEX = "C0ACME", "C0GLOBEX"


def moment(text: str) -> datetime:
    """ "Mon 23 18:00" of November 2026, on the office's clock; the weekday has to be right."""
    found = datetime.strptime(f"2026 Nov {text}", "%Y %b %a %d %H:%M").replace(tzinfo=OFFICE)
    assert f"{found:%a}" == text[:3]
    return found


def message(text: str, author: str = "U0DANA", *, ours: bool = False) -> Message:
    at = moment(text)
    return Message(ts_of(at), at, author, author.title(), ours, "Hello?")


def thread(*messages: Message, channel: str = ACME, after: str = "") -> Conversation:
    return Conversation(channel, messages[0].ts, messages, after)


COUNTING = [
    ("Mon 23 05:59", True),
    ("Mon 23 06:00", False),  # the handbook says both 6 and 7: open, as the settings say
    ("Mon 23 06:59", False),
    ("Mon 23 15:59", False),
    ("Mon 23 16:00", True),
    ("Fri 27 10:00", False),
    ("Sat 28 10:00", True),
    ("Sun 29 10:00", True),
    ("Thu 26 10:00", True),  # Thanksgiving
    ("Wed 11 10:00", True),  # Veterans Day
]


@pytest.mark.parametrize(("at", "counting"), COUNTING, ids=[row[0] for row in COUNTING])
def test_a_customers_message_counts_outside_business_hours(at: str, counting: bool) -> None:
    assert counts(message(at), CLOCK) is counting


def test_what_we_write_never_counts() -> None:
    assert not any(counts(message(at, "U0SAM", ours=True), CLOCK) for at, _ in COUNTING)


def test_other_hours_of_the_settings_are_other_hours() -> None:
    late = replace(CLOCK, policy=SupportPolicy(opens=moment("Mon 23 07:00").time()))

    assert counts(message("Mon 23 06:59"), late)
    assert not counts(message("Mon 23 07:00"), late)


def test_what_was_asked_first_is_the_first_news_of_a_customer_while_closed() -> None:
    said = thread(
        message("Mon 23 16:01"),
        message("Mon 23 16:30", "U0SAM", ours=True),
        message("Tue 24 09:00"),
        message("Tue 24 17:00", "U0OWEN"),
    )

    assert first_asked(Matter((said,)), CLOCK) == said.messages[0]
    assert first_asked(Matter((replace(said, after=said.root),)), CLOCK) == said.messages[3]
    assert first_asked(Matter((replace(said, after=said.messages[3].ts),)), CLOCK) is None


TRUTH = [
    ("Mon 23 18:00", "Mon 23 18:05", True),
    ("Mon 23 18:00", "Tue 24 05:59", True),
    ("Tue 24 05:58", "Tue 24 06:00", False),  # somebody is there
    ("Tue 24 05:58", "Tue 24 16:00", False),  # closed again, but of the day before
    ("Fri 20 16:00", "Sun 22 12:00", True),
    ("Fri 20 15:59", "Fri 20 16:00", False),
    ("Wed 25 20:00", "Thu 26 12:00", True),  # over Thanksgiving
]


@pytest.mark.parametrize(("asked", "now", "true"), TRUTH, ids=[f"{row[0]}, seen {row[1]}" for row in TRUTH])
def test_the_reply_is_true_within_the_closed_time_in_which_it_was_asked(asked: str, now: str, true: bool) -> None:
    assert reply_is_true(moment(asked), moment(now), CLOCK) is true


def roots(found: tuple[Matter, ...]) -> list[list[str]]:
    """The times of the threads of each matter."""
    return [[f"{one.messages[0].at:%H:%M}" for one in matter.conversations] for matter in found]


TOGETHER = [
    ("within five minutes", ["Mon 23 18:00", "Mon 23 18:05"], [["18:00", "18:05"]]),
    ("a minute more", ["Mon 23 18:00", "Mon 23 18:06"], [["18:00"], ["18:06"]]),
    ("each within five of the last", ["Mon 23 18:00", "Mon 23 18:04", "Mon 23 18:08"], [["18:00", "18:04", "18:08"]]),
]


@pytest.mark.parametrize(("said", "expected"), [row[1:] for row in TOGETHER], ids=[row[0] for row in TOGETHER])
def test_what_one_customer_posts_within_five_minutes_is_one(said: list[str], expected: list[list[str]]) -> None:
    assert roots(matters([thread(message(at)) for at in reversed(said)], 5)) == expected


def test_others_and_other_channels_are_not_put_together() -> None:
    first, of_another = message("Mon 23 18:00"), message("Mon 23 18:01", "U0OWEN")
    ours = [message(f"Mon 23 18:0{minute}", "U0SAM", ours=True) for minute in (2, 3)]
    said = [thread(first), thread(of_another), thread(first, channel=GLOBEX), *map(thread, ours)]

    assert roots(matters(said, 5)) == [["18:00"], ["18:01"], ["18:02"], ["18:03"], ["18:00"]]


def test_a_thread_whose_first_message_is_gone_is_put_to_no_other() -> None:
    gone = replace(thread(message("Mon 23 18:03")), root=ts_of(moment("Mon 23 17:00")))

    assert roots(matters([gone, thread(message("Mon 23 18:04"))], 5)) == [["18:03"], ["18:04"]]


def test_between_two_of_one_customer_another_may_speak() -> None:
    said = [
        thread(message("Mon 23 18:00")),
        thread(message("Mon 23 18:01", "U0OWEN")),
        thread(message("Mon 23 18:02")),
    ]

    assert roots(matters(said, 5)) == [["18:00", "18:02"], ["18:01"]]


@given(st.lists(st.tuples(st.sampled_from([ACME, GLOBEX]), st.sampled_from("AB"), st.integers(0, 60)), unique=True))
def test_every_conversation_is_in_one_matter(drawn: list[tuple[str, str, int]]) -> None:
    begin = moment("Mon 23 18:00")
    said = []
    for number, (channel, author, minute) in enumerate(drawn):
        at = begin + timedelta(minutes=minute, microseconds=number)
        said.append(Conversation(channel, ts_of(at), (Message(ts_of(at), at, author, author, False, ""),)))

    found = matters(said, 5)

    assert sorted(one.root for matter in found for one in matter.conversations) == sorted(one.root for one in said)
    for matter in found:
        assert len({(one.channel, one.messages[0].author) for one in matter.conversations}) == 1
        assert list(matter.messages) == sorted(matter.messages, key=lambda one: one.ts)


DUE = [
    ("closed: all", "Mon 23 18:00", {ACME: "Mon 23 17:55"}, set(), [ACME, GLOBEX]),
    ("open, never read", "Tue 24 09:00", {}, set(), [ACME, GLOBEX]),
    ("open, not read since", "Tue 24 09:00", {ACME: "Tue 24 05:59", GLOBEX: "Tue 24 06:00"}, set(), [ACME]),
    ("open, all read", "Tue 24 09:00", {ACME: "Tue 24 06:02", GLOBEX: "Tue 24 06:02"}, set(), []),
    ("open, with a ticket", "Tue 24 09:00", {ACME: "Tue 24 06:02", GLOBEX: "Tue 24 06:02"}, {GLOBEX}, [GLOBEX]),
    ("open on Monday", "Mon 23 09:00", {ACME: "Fri 20 16:05", GLOBEX: "Mon 23 06:00"}, set(), [ACME]),
    ("a holiday is closed", "Thu 26 10:00", {ACME: "Thu 26 09:55", GLOBEX: "Thu 26 09:55"}, set(), [ACME, GLOBEX]),
]


@pytest.mark.parametrize(("now", "read", "tickets", "due"), [row[1:] for row in DUE], ids=[row[0] for row in DUE])
def test_which_channels_are_read(now: str, read: dict[str, str], tickets: set[str], due: list[str]) -> None:
    marks = {channel: ts_of(moment(at)) for channel, at in read.items()}

    assert list(channels_due((ACME, GLOBEX), marks, tickets, moment(now), CLOCK)) == due
