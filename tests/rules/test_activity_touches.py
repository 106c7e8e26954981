"""From a month of tasks, events and mail to touches: what is one, what is counted once, and what is of the window."""

import pandas as pd
import pytest

from tasks.rules.activity_notes import notes_of

from .activity_books import (
    account,
    call,
    contact,
    deal,
    lead,
    made,
    mail,
    make_book,
    meeting,
    ours,
    rep,
    shuffled,
    task,
    theirs,
    told,
)
from .builders import Row


# --- one touch counted once ---
def test_a_mail_and_its_task_are_one_touch_about_the_person_of_the_task() -> None:
    beside = task("2026-11-02 10:15", "Email", to="J. Doe", id="task", subject="Email: Hello")
    sent = mail("2026-11-02 10:15", to="Jane Elsewhere", activity_id="task", id="mail")
    assert told(make_book(sent, beside), "id", "person_id", "direction") == [("mail", "003 J. Doe", "outbound")]


def test_an_activity_read_twice_is_one_touch() -> None:
    assert told(make_book(call("2026-11-02", id="c"), call("2026-11-02", id="c")), "id") == ["c"]


def test_a_mail_to_several_is_one_touch_about_the_first_who_is_known_and_names_the_others() -> None:
    people = [contact("J. Doe"), contact("P. Roe"), lead("L. Poe")]
    to = f"stranger@acme.example; P. Roe <{theirs('P. Roe').upper()}>; {theirs('J. Doe')}; {theirs('L. Poe')}"
    book = make_book(mail("2026-11-02", receivers=to), people=people)
    assert told(book, "person_id", "also") == [("003 P. Roe", "003 J. Doe; 00Q L. Poe")]


def test_who_stands_on_the_task_is_not_one_of_the_others() -> None:
    people = [contact("J. Doe"), contact("P. Roe")]
    book = make_book(
        mail("2026-11-02", who_id="003 J. Doe", receivers=f"{theirs('P. Roe')}, {theirs('J. Doe')}"),
        mail("2026-11-03", to="J. Doe"),
        people=people,
    )
    assert told(book, "person_id", "also") == [("003 J. Doe", "003 P. Roe"), ("003 J. Doe", None)]


# --- what is a touch ---
TOUCHES: list[tuple[Row, int]] = [
    (mail("2026-11-02"), 1),
    (mail("2026-11-02", closed=False), 0),  # a draft
    (call("2026-11-02"), 1),
    (call("2026-11-02", call_type="Internal"), 0),
    (task("2026-11-02", "Task"), 0),  # a plain to-do
    (task("2026-11-02", "Task", type="Other"), 0),
    (task("2026-11-02", "Task", type="Call"), 1),
    (task("2026-11-02", "Call", closed=False), 0),
    (meeting("2026-11-02"), 1),
    (meeting("2026-11-02", is_child=True), 0),  # an invitee's copy
    (meeting("2026-11-02", subject="Canceled: Demo"), 0),
    (meeting("2026-11-02", to=None), 0),  # among ourselves
    (meeting("2026-11-02", to=None, what_id="001 Acme"), 1),
    (meeting("2026-11-23 07:00", ends="2026-11-23 07:28"), 1),  # just over
    (meeting("2026-11-23 07:00", ends="2026-11-23 07:29"), 0),
    (mail("2026-11-02", receivers=ours("ann")), 0),  # to a colleague
    (mail("2026-11-02", receivers=f"{ours('ann')}; boss@us.example"), 0),
    (mail("2026-11-02", receivers=f"{ours('ann')}; stranger@acme.example"), 1),
    (mail("2026-11-02", receivers=ours("ann"), who_id="003 J. Doe"), 1),  # its task knows better
    (mail("2026-11-02", receivers=None), 1),
]


def test_what_is_a_touch() -> None:
    ids = told(make_book(*(row for row, _ in TOUCHES)), "id")
    assert [(row, ids.count(f"a{i}")) for i, (row, _) in enumerate(TOUCHES)] == TOUCHES


# --- the window: Sun 25 Oct to Mon 23 Nov, both included, nothing after 07:28 ---
WITHIN: list[tuple[Row, bool]] = [
    (mail("2026-10-24 23:59"), False),  # Sat
    (mail("2026-10-25 00:00"), True),  # Sun, the first moment
    (mail("2026-11-23 07:28"), True),  # Mon, the last
    (mail("2026-11-23 07:29"), False),
    (call(None, due="2026-10-24"), False),
    (call(None, due="2026-10-25"), True),
    (call(None, due="2026-11-23"), True),
    (call(None, due="2026-11-24"), False),
    (call("2026-11-20", due="2026-12-24"), True),  # done before it was due
    (call("2026-10-20", due="2026-11-20"), False),
    (meeting("2026-11-19 16:00", due="2026-11-20", all_day=True), True),  # midnight in UTC
    (meeting("2026-11-22 16:00", due="2026-11-23", all_day=True), False),  # today is not over
    (meeting("2026-10-24 17:00", all_day=True), True),  # Sun 25 Oct in UTC, and no day of its own
    (call(None), False),
]


def test_window() -> None:
    ids = told(make_book(*(row for row, _ in WITHIN)), "id")
    assert [(row, f"a{i}" in ids) for i, (row, _) in enumerate(WITHIN)] == WITHIN


def test_day_is_the_offices_and_an_all_day_event_keeps_its_own() -> None:
    book = make_book(
        mail("2026-11-02 23:30"), meeting("2026-11-02 16:00", due="2026-11-03", all_day=True), call("2026-11-04 00:05")
    )
    assert told(book, "id", "day") == [
        ("a0", pd.Timestamp("2026-11-02")), ("a1", pd.Timestamp("2026-11-03")), ("a2", pd.Timestamp("2026-11-04")),
    ]  # fmt: skip


def test_order_is_day_then_moment_then_id_however_the_rows_came() -> None:
    rows = [
        call("2026-11-03 09:00", id="c"), call("2026-11-02 09:00", id="z"), call("2026-11-02 09:00", id="b"),
        call(None, due="2026-11-03", id="d"),
    ]  # fmt: skip
    book = make_book(*rows)
    assert told(book, "id") == ["b", "z", "d", "c"]
    assert told(shuffled(book), "id") == ["b", "z", "d", "c"]


def test_touches_with_nobody_stay_and_are_counted() -> None:
    book = make_book(mail("2026-11-02", receivers="stranger@elsewhere.example"), mail("2026-11-03"))
    result = made(book)
    assert len(result.touches) == 2
    assert result.unnamed == 1


# --- odd books ---
def test_an_empty_book_gives_empty_typed_frames() -> None:
    result = made(make_book(people=[], accounts=[], reps=[]))
    assert result.touches.empty
    assert result.booked.empty
    assert result.busy.empty
    types = {name: str(kind) for name, kind in result.touches.dtypes.items()}
    assert types == dict.fromkeys(types, "str") | {
        "automated": "bool", "support": "bool", "at": "datetime64[us, UTC]", "day": "datetime64[us]",
    }  # fmt: skip
    assert str(result.busy["starts"].dtype) == str(result.booked["starts"].dtype) == "datetime64[us, UTC]"


def test_one_odd_row_stops_nothing() -> None:
    odd = {"kind": "email", "subject": None}
    broken = mail("2026-11-02", sender=";;<", receivers="<>; ,@; <<", bcc="@", subject=None, owner_id=None)
    assert told(make_book(odd, broken, {"kind": "event"}, {"kind": "task"}, mail("2026-11-03")), "id") == ["a1", "a4"]


def test_people_reps_and_deals_that_are_there_twice_stop_nothing() -> None:
    book = make_book(
        mail("2026-11-02"), people=[contact(), contact()], reps=[rep(), rep()], deals=[deal(), deal()],
        accounts=[account(), account()],
    )  # fmt: skip
    assert told(book, "person_id", "rep_id", "account_id") == [("003 J. Doe", "005 tom", "001 Acme")]


def test_types_are_the_same_however_little_there_is() -> None:
    full, empty = made(make_book(mail("2026-11-02"))), made(make_book())
    assert full.touches.dtypes.equals(empty.touches.dtypes)
    assert full.booked.dtypes.equals(empty.booked.dtypes)
    assert full.busy.dtypes.equals(empty.busy.dtypes)


# --- how far it can be trusted ---
@pytest.mark.parametrize(
    ("rows", "people", "notes"),
    [
        ([mail("2026-11-02")], [contact(country="DE")], ()),
        (
            [mail("2026-11-02"), mail("2026-11-02", to="P. Roe")],
            [contact(), contact("P. Roe", country="DE")],
            ("working hours of 1 of 2 people not known",),
        ),
        (
            [mail("2026-11-02", receivers="x@y.example"), call("2026-11-02", to=None)],
            [],
            ("2 touches name neither a person nor an account",),
        ),
        ([task("2026-11-02", "Email")], [], ("1 logged mail has no direction: not judged",)),
        ([call(None)], [], ("1 activity has neither a time nor a day: give it one to be judged",)),
        ([call(None, closed=False)], [], ()),
        (
            [call("2026-11-02")],
            [contact(opted_out=True)],
            ("when someone opted out is not recorded: mail from before it is listed too",),
        ),
        ([], [contact(opted_out=True)], ()),
    ],
)
def test_notes(rows: list[Row], people: list[Row], notes: tuple[str, ...]) -> None:
    book = make_book(*rows, people=people)
    assert notes_of(book, made(book)) == notes
