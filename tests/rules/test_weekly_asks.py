"""What was asked on Mon 16 Nov, and what the records show of it on Mon 23 Nov 2026."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tasks.rules.asks import Answered, asks_done, asks_of, not_judged, warned_before
from tasks.rules.findings import Verdict
from tasks.rules.weeks import SILENCE, Ask, Past

from .builders import AS_OF, change, deal, judge, make_book, touch
from .weeks_apart import LAST_MONDAY, WON, Row, left, now, week

A = {"id": "a"}
WARNED: Row = {"id": "a", "verdict": Verdict.WARN, "days": 31}  # on Mon 23 Nov: silent since Fri 23 Oct
SINCE = date(2026, 10, 23)


def ask(kind: str, record_id: str = "a", **said: Any) -> Ask:
    """Something Ann was asked on Mon 16 Nov."""
    usual: dict[str, Any] = {"name": f"{record_id} 2026", "owner_id": "ann", "owner": "Ann", "words": kind}
    return Ask(**{"day": LAST_MONDAY, "record_id": record_id, "kind": kind, **usual, **said})


def answered(asks: list[Ask], today: list[Row], *ended: Row, unknown: frozenset[str] = frozenset()) -> Answered:
    return asks_done(week([A], asks), now(today), left(*ended), unknown)


def counts(found: Answered) -> tuple[int, int, int]:
    return found.done, len(found.open), found.moot


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, set()),
        ({"next_step": None}, {("next step", "no next step")}),
        ({"next_step_due": "2026-11-03"}, {("next step due", "next step due 3 Nov")}),
        ({"close_date": "2026-11-01"}, {("close date", "close date past (1 Nov)")}),
        ({"amount": None}, {("amount", "no amount")}),
        ({"amount": 0.0}, {("amount", "amount is zero")}),
        ({"name": "Acme"}, {("year in the name", "no year in the name")}),
        ({"pushes": 4.0}, set()),
        (
            {"name": "Acme", "next_step": None, "amount": 0.0},
            {("year in the name", "no year in the name"), ("next step", "no next step"), ("amount", "amount is zero")},
        ),
    ],
    ids=["nothing", "next step", "due", "close date", "amount", "zero", "year", "pushes are a fact", "several"],
)
def test_what_is_to_be_put_right_is_asked(given: Row, asked: set[tuple[str, str]]) -> None:
    findings = judge(make_book([deal(**given)], [touch("2026-11-20")]))
    asks = asks_of(findings)
    assert {(one.kind, one.words) for one in asks} == asked
    assert all((one.day, one.record_id, one.owner, one.since) == (AS_OF, "deal", "Owner of deal", None) for one in asks)


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ([change("NextStep", "2026-10-20")], "next step unchanged for 34 days"),
        ([change("NextStep", "2026-11-20", deal="other")], "next step unchanged for 28 days or more"),
    ],
    ids=["since a day", "since ever"],
)
def test_an_old_next_step_is_asked_once_in_either_way(history: list[Row], words: str) -> None:
    findings = judge(make_book([deal(), deal("other")], [touch("2026-11-20")], history=history))
    assert [(one.kind, one.words) for one in asks_of(findings) if one.record_id == "deal" and one.kind != SILENCE] == [
        ("next step unchanged", words)
    ]


@pytest.mark.parametrize(
    ("last_touch", "verdict", "since"),
    [
        ("2026-10-25", Verdict.HEALTHY, None),  # Sun, 29 days
        ("2026-10-24", Verdict.WARN, date(2026, 10, 24)),  # Sat, 30 days
        ("2026-10-10", Verdict.WARN, date(2026, 10, 10)),  # Sat, 44 days
        ("2026-10-09", Verdict.PROPOSE, None),  # Fri, 45 days: not asked of the owner but decided
    ],
)
def test_silence_is_asked_about_between_thirty_and_forty_five_days(
    last_touch: str, verdict: Verdict, since: date | None
) -> None:
    findings = judge(make_book(touches=[touch(last_touch)]))
    assert findings.deals["verdict"].tolist() == [verdict]
    assert [(one.kind, one.since) for one in asks_of(findings)] == ([(SILENCE, since)] if since else [])


@pytest.mark.parametrize(
    ("warned", "again"),
    [
        (set(), False),
        ({("a", SINCE)}, True),
        ({("a", date(2026, 9, 1))}, False),  # there was a touch in between: a new silence
        ({("b", SINCE)}, False),
    ],
    ids=["never", "of this silence", "of an earlier silence", "of another deal"],
)
def test_the_same_silence_is_warned_of_once(warned: set[tuple[str, date]], *, again: bool) -> None:
    past, review = Past(warned=frozenset(warned)), now([WARNED])
    assert warned_before(review, past).tolist() == [again]
    assert [one.kind for one in asks_of(review, past)] == ([] if again else [SILENCE])


def test_a_deal_that_is_to_be_decided_is_no_longer_warned_of() -> None:
    review = now([{**WARNED, "verdict": Verdict.PROPOSE}])
    assert warned_before(review, Past(warned=frozenset({("a", SINCE)}))).tolist() == [False]


DONE, OPEN, MOOT = (1, 0, 0), (0, 1, 0), (0, 0, 1)


@pytest.mark.parametrize(
    ("kind", "hygiene", "expected"),
    [
        ("amount", (), DONE),
        ("amount", ("no amount",), OPEN),
        ("amount", ("amount is zero",), OPEN),
        ("amount", ("no year in the name",), DONE),
        ("next step", (), DONE),
        ("next step", ("next step due 20 Nov",), DONE),  # there is one now, and it is late: a new ask
        ("next step due", ("next step due 20 Nov",), OPEN),
        ("next step due", ("no next step",), OPEN),  # emptied, not done
        ("next step unchanged", ("no next step",), OPEN),
        ("next step unchanged", ("next step unchanged for 35 days",), OPEN),
        ("next step unchanged", (), DONE),
        ("close date", ("close date past (1 Nov)",), OPEN),
        ("close date", ("slipped out of Q4", "pushed 4 times"), DONE),
        ("year in the name", (), DONE),
    ],
)
def test_an_ask_is_done_when_the_record_shows_it(
    kind: str, hygiene: tuple[str, ...], expected: tuple[int, int, int]
) -> None:
    assert counts(answered([ask(kind)], [{**A, "hygiene": hygiene}])) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ({"last_touch": "2026-11-18"}, DONE),  # Wed: somebody spoke
        ({"last_touch": "2026-10-24"}, DONE),  # Sat after: known only now
        ({"last_touch": "2026-10-23"}, OPEN),  # the very touch since which it was silent
        ({"last_touch": None}, OPEN),
        ({"last_touch": "2026-10-23", "verdict": Verdict.PROPOSE}, OPEN),
        ({"last_touch": "2026-10-23", "verdict": Verdict.HELD}, OPEN),
        ({"last_touch": None, "days": 2, "owner": "Bob"}, OPEN),  # handed over: silence counts anew, nobody spoke
    ],
)
def test_a_warning_is_answered_by_a_touch_alone(today: Row, expected: tuple[int, int, int]) -> None:
    assert counts(answered([ask(SILENCE, since=SINCE)], [{**A, **today}])) == expected


@pytest.mark.parametrize(
    ("ended", "expected"),
    [([{**A, **WON}], DONE), ([A], MOOT), ([{**A, "is_deleted": True}], MOOT), ([], MOOT)],
    ids=["won", "lost", "deleted", "not found"],
)
@pytest.mark.parametrize("kind", ["amount", SILENCE])
def test_of_a_deal_that_left_an_ask_falls_away_unless_it_was_won(
    kind: str, ended: list[Row], expected: tuple[int, int, int]
) -> None:
    assert counts(answered([ask(kind, since=SINCE)], [], *ended)) == expected


def test_whoever_owns_the_deal_now_has_the_open_ask() -> None:
    found = answered([ask("amount")], [{**A, "owner_id": "bob", "owner": "Bob", "hygiene": ("no amount",)}])
    assert [(one.owner_id, one.owner, one.words, one.day) for one in found.open] == [
        ("bob", "Bob", "amount", LAST_MONDAY)
    ]


def test_open_asks_come_with_the_most_money_first() -> None:
    asks = [ask("amount", "small"), ask("next step", "big"), ask("amount", "big")]
    said = ("no amount", "no next step")
    found = answered(asks, [{"id": "big", "hygiene": said}, {"id": "small", "value": 1.0, "hygiene": said}])
    assert [(one.record_id, one.kind) for one in found.open] == [
        ("big", "next step"), ("big", "amount"), ("small", "amount")
    ]  # fmt: skip
    assert (found.done, found.asked) == (0, 3)


@pytest.mark.parametrize(
    ("changes", "unknown"),
    [
        ([], {"next step unchanged"}),
        ([change("NextStep", "2026-11-20")], set()),
        ([change("NextStep", "2026-11-20", deal="not open")], {"next step unchanged"}),
        ([change("CloseDate", "2026-11-20")], {"next step unchanged"}),
    ],
    ids=["no history", "tracked", "of a deal not judged", "of another field"],
)
def test_without_a_history_nobody_can_say_that_a_next_step_changed(changes: list[Row], unknown: set[str]) -> None:
    assert not_judged(make_book(history=changes)) == unknown


def test_what_cannot_be_judged_is_not_called_done() -> None:
    asks = [ask("next step unchanged"), ask("amount")]
    assert counts(answered(asks, [A], unknown=frozenset({"next step unchanged"}))) == (1, 0, 1)


def test_each_ask_is_counted_once() -> None:
    asks = [ask(kind, name) for kind in ("amount", "next step") for name in ("a", "b", "won", "lost", "gone")]
    found = answered(asks, [A, {"id": "b", "hygiene": ("no amount",)}], {"id": "won", **WON}, {"id": "lost"})
    assert counts(found) == (5, 1, 4)
    assert sum(counts(found)) == len(asks)


def test_a_week_without_asks_has_no_answers() -> None:
    assert answered([], [A]) == Answered(0, (), 0)
    assert asks_done(replace(week(), asks=()), now(), left()) == Answered(0, (), 0)
