"""Conversations into items: which are one, which are none, what waits on, and in which order they are told."""

from datetime import datetime

import pytest

from tasks.rules.business_days import OfficeDays
from tasks.rules.feedback import Candidate, Conversation, Details, Item, Kind, Need, Priority
from tasks.rules.feedback_policy import FeedbackPolicy, SupportPolicy
from tasks.rules.support_clock import SupportClock
from tasks.rules.sweeping import completed, is_drafted, items_of, ordered, still_waiting, words_of
from tests.sweeps import at, make_conversation, make_customer, make_draft, make_item, make_message, make_reply

CLOCK = SupportClock(SupportPolicy(), OfficeDays(), "America/Los_Angeles")
QUESTION = "How do I add a host?"
OUTAGE = "502 for all users since an hour"
P0, P1, P2, P3 = Priority.P0, Priority.P1, Priority.P2, Priority.P3
FRI_EVENING, SAT, SUN = at(20, "17:00"), at(21, "10:00"), at(22, "22:41")
MARK = f"{at(20, '06:00').timestamp():.6f}"  # of the sweep of Fri 20 Nov


def found(*conversations: Conversation, policy: FeedbackPolicy | None = None) -> tuple[Item, ...]:
    return items_of(conversations, {"C0ACME": make_customer()}, CLOCK, policy or FeedbackPolicy())


def alone(text: str, when: datetime, channel: str = "C0ACME", author: str = "U0JO", after: str = "") -> Conversation:
    """A message that nobody answered in a thread."""
    return make_conversation(make_message(text, when, channel, author=author), channel=channel, after=after)


def texts(items: tuple[Item, ...]) -> list[str]:
    return [item.conversation.messages[0].text for item in items]


# Each row: what comes first, and what comes after it.
ORDER = [
    (
        "a P0 candidate before what is due sooner",
        make_item("grave", SUN, priority=P0, due=at(23, "02:41")),
        make_item("soon", FRI_EVENING, priority=P1, due=at(20, "20:00")),
    ),
    (
        "a P0 candidate that is due later than another",
        make_item("first", SUN, priority=P0, due=at(23, "02:41")),
        make_item("second", SUN, priority=P0, due=at(23, "02:42")),
    ),
    (
        "due sooner, asked later",
        make_item("P1", SUN, priority=P1, due=at(23, "10:00")),
        make_item("P2", FRI_EVENING, priority=P2, due=at(24, "06:00")),
    ),
    (
        "due at the same instant: the graver",
        make_item("P2", SUN, priority=P2, due=at(24, "06:00")),
        make_item("P3", SAT, priority=P3, due=at(24, "06:00")),
    ),
    (
        "as grave and due at the same instant: who asked first",
        make_item("first", SAT, priority=P3, due=at(24, "06:00")),
        make_item("second", SUN, priority=P3, due=at(24, "06:00")),
    ),
    (
        "what needs an answer before what is answered",
        make_item("waits", SUN, priority=P3, due=at(25, "06:00")),
        make_item("answered", FRI_EVENING, priority=P0, need=Need.ANSWERED, due=at(20, "21:00")),
    ),
    (
        "what is answered before what needs no reply",
        make_item("answered", SUN, need=Need.ANSWERED),
        make_item("thanks", SAT, need=Need.NO_REPLY),
    ),
    (
        "of what is answered: what was said first, whatever it was",
        make_item("first", SAT, need=Need.ANSWERED, priority=P3, due=at(25, "06:00")),
        make_item("second", SUN, need=Need.ANSWERED, priority=P0, due=at(23, "02:41")),
    ),
    (
        "the instant counts, not the clock: 02:41 in Los Angeles is before 11:00 in London",
        make_item("west", SUN, priority=P1, due=at(23, "02:41")),
        make_item("east", SUN, priority=P1, due=datetime.fromisoformat("2026-11-23T11:00:00+00:00")),
    ),
]


@pytest.mark.parametrize(("first", "second"), [row[1:] for row in ORDER], ids=[row[0] for row in ORDER])
def test_the_order_is_that_in_which_answers_are_due(first: Item, second: Item) -> None:
    assert ordered([second, first]) == ordered([first, second]) == (first, second)


def test_the_items_of_conversations_come_in_that_order() -> None:
    items = found(alone("Thanks, that did it!", SAT, author="U0ANN"), alone(QUESTION, SAT), alone(OUTAGE, SUN))

    assert texts(items) == [OUTAGE, QUESTION, "Thanks, that did it!"]


TOGETHER = [
    ("within five minutes", [(QUESTION, "10:00", "U0JO"), ("On Windows, I mean", "10:05", "U0JO")], [2]),
    ("six minutes later", [(QUESTION, "10:00", "U0JO"), ("On Windows, I mean", "10:06", "U0JO")], [1, 1]),
    ("each within five of the one before", [("Hi", "10:00", "U0JO"), (QUESTION, "10:04", "U0JO"),
                                            ("On Windows", "10:08", "U0JO")], [3]),
    ("of two authors", [(QUESTION, "10:00", "U0JO"), ("And how a user?", "10:01", "U0ANN")], [1, 1]),
    ("of one, with another between them", [(QUESTION, "10:00", "U0JO"), ("And how a user?", "10:01", "U0ANN"),
                                           ("On Windows, I mean", "10:02", "U0JO")], [2, 1]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "sizes"), [row[1:] for row in TOGETHER], ids=[row[0] for row in TOGETHER])
def test_messages_of_one_author_close_together_are_one(said: list[tuple[str, str, str]], sizes: list[int]) -> None:
    items = found(*(alone(text, at(21, clock), author=author) for text, clock, author in said))

    assert sorted((len(item.conversation.messages) for item in items), reverse=True) == sizes


def test_the_same_minutes_in_two_channels_are_two() -> None:
    assert len(found(alone(QUESTION, SAT), alone("On Windows, I mean", SAT, "C0GLOBEX"))) == 2


def test_what_is_one_keeps_the_root_and_the_key_of_the_first_and_remembers_the_others() -> None:
    first, second = alone(QUESTION, at(21, "10:00")), alone("On Windows, I mean", at(21, "10:03"))
    [item] = found(second, first)

    assert (item.key, item.conversation.root) == (first.key, first.root)
    assert item.conversation.joined == (second.root,)
    assert [message.text for message in item.conversation.messages] == [QUESTION, "On Windows, I mean"]


def test_how_close_is_a_setting() -> None:
    said = alone(QUESTION, at(21, "10:00")), alone("On Windows, I mean", at(21, "10:08"))

    assert len(found(*said)) == 2
    assert len(found(*said, policy=FeedbackPolicy(together_minutes=10))) == 1


def test_what_nobody_but_us_wrote_is_no_item() -> None:
    announced = make_conversation(make_reply("Version 4.63 is out.", SAT), make_reply("Notes follow.", SUN))

    assert found(announced) == ()


def test_our_own_thread_is_an_item_once_a_customer_writes_in_it() -> None:
    [item] = found(make_conversation(make_reply("Version 4.63 is out.", SAT), make_message(QUESTION, SUN)))

    assert (item.judged.need, item.asked_at) == (Need.ANSWER, SUN)


def test_the_clocks_run_from_what_nobody_answered() -> None:
    thread = make_conversation(
        make_message(QUESTION, at(20, "09:00")),
        make_reply("By its installer.", at(20, "09:10")),
        make_message("And where do I find that?", SAT),
    )
    [item] = found(thread)

    assert item.asked_at == SAT
    assert item.deadlines == CLOCK.deadlines(item.judged.priority, SAT)


def test_a_channel_without_a_customer_is_named_by_its_id() -> None:
    [item] = found(alone(QUESTION, SAT, "C0NEW"))

    assert (item.customer.account_id, item.customer.name) == ("", "C0NEW")


def test_what_waited_when_the_sweep_before_was_made_is_from_before() -> None:
    [item] = found(alone(QUESTION, at(19, "10:00"), after=MARK))

    assert item.from_before
    assert item.judged.need is Need.ANSWER


def test_it_is_no_longer_once_the_customer_writes_on() -> None:
    thread = make_conversation(make_message(QUESTION, at(19, "10:00")), make_message("Anybody there?", SAT), after=MARK)
    [item] = found(thread)

    assert not item.from_before


def test_it_still_is_where_only_we_wrote_since() -> None:
    thread = make_conversation(make_message(QUESTION, at(19, "10:00")), make_reply("We look into it.", SAT), after=MARK)
    [item] = found(thread)

    assert item.from_before


def test_without_a_mark_everything_is_new() -> None:
    [item] = found(alone(QUESTION, at(19, "10:00")))

    assert not item.from_before


def test_only_what_needs_an_answer_waits_on() -> None:
    answered = make_conversation(make_message(QUESTION, SAT, author="U0ANN"), make_reply("By its installer.", SUN))
    waiting = alone(QUESTION, SAT)
    items = found(answered, waiting, alone("Thanks, that did it!", SUN, author="U0BEN"))

    assert still_waiting(items) == (("C0ACME", waiting.root),)


def test_every_thread_of_what_is_one_waits_on() -> None:
    roots = [alone(QUESTION, at(21, "10:00")), alone("On Windows, I mean", at(21, "10:03"))]

    assert still_waiting(found(*roots)) == tuple(("C0ACME", one.root) for one in roots)


def test_threads_that_were_one_are_one_again_when_they_are_read_again_as_waiting() -> None:
    roots = [alone(QUESTION, at(19, "10:00"), after=MARK), alone("On Windows", at(19, "10:03"), after=MARK)]
    [item] = found(*roots)

    assert item.from_before
    assert len(item.conversation.messages) == 2


@pytest.mark.parametrize(
    ("kind", "drafted"),
    [(Kind.BUG, True), (Kind.REQUEST, True), (Kind.OUTAGE, False), (Kind.QUESTION, False), (Kind.PRAISE, False)],
)
@pytest.mark.parametrize("need", list(Need))
def test_issues_are_drafted_of_bugs_and_requests(kind: Kind, drafted: bool, need: Need) -> None:
    assert is_drafted(make_item(kind=kind, need=need)) is drafted


def test_issues_are_compared_with_what_the_customer_said_alone() -> None:
    item = make_item("Export hosts", SAT, messages=(make_reply("As CSV?", SUN), make_message("Yes", at(23, "05:00"))))

    assert words_of(item) == "Export hosts\nYes"


def test_an_item_gets_its_own_ticket_issues_and_draft() -> None:
    one, other = make_item("Export hosts", SAT), make_item(QUESTION, SUN)
    known, draft = Candidate(7, "Export", "https://example.com/7", 0.5), make_draft()

    done, plain = completed((one, other), {one.key: "https://example.com/t/1"}, {one.key: (known,)}, {one.key: draft})

    assert (done.ticket_url, done.candidates, done.draft) == ("https://example.com/t/1", (known,), draft)
    assert (plain.ticket_url, plain.candidates, plain.draft) == ("", (), None)


LENA = make_reply("It is in the docs.", at(21, "11:00"), author="U0LENA", name="Lena Fischer")
OURS = make_conversation(LENA)
AFTER = [
    ("we wrote next in the channel", (OURS,), True),
    ("a customer wrote next, and then we", (alone("And a user?", at(21, "10:30"), author="U0ANN"), OURS), False),
    ("we wrote before", (make_conversation(make_reply("Version 4.63 is out.", at(21, "09:00"))),), False),
    ("we wrote in another channel", (make_conversation(LENA, channel="C0GLOBEX"),), False),
    ("nobody wrote", (), False),
]


@pytest.mark.parametrize(("others", "said"), [row[1:] for row in AFTER], ids=[row[0] for row in AFTER])
def test_what_we_said_next_in_the_channel_may_be_the_answer_and_the_reason_says_so(
    others: tuple[Conversation, ...], said: bool
) -> None:
    [item] = [item for item in found(alone(QUESTION, SAT), *others) if item.conversation.messages[0].text == QUESTION]

    assert item.judged.need is Need.ANSWER
    assert item.judged.reason.endswith("; Lena Fischer wrote in the channel after it") is said


def test_details_are_asked_for_of_what_fails_alone() -> None:
    bug, question = alone("The login page shows an error in Firefox 128", SAT), alone(QUESTION, SUN, author="U0ANN")
    details = {item.judged.kind: item.details for item in found(bug, question)}

    assert details[Kind.BUG].missing
    assert details[Kind.QUESTION] == Details()
