"""What changed in the pipeline from Mon 16 Nov to Mon 23 Nov 2026: counted, and with money that adds up."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tasks.rules.changes import Changes, Part, changed

from .weeks_apart import DELETED, WON, Row, left, now, week

PARTS = ("new", "won", "lost", "gone", "up", "down", "unconverted", "moved_in", "moved_out", "slipped", "pulled_in")


def counted(changes: Changes) -> dict[str, tuple[int, float]]:
    """Each part that is not empty, as (deals, money)."""
    parts = {name: getattr(changes, name) for name in PARTS}
    return {name: (part.deals, part.value) for name, part in parts.items() if part.deals}


A = {"id": "a"}


@pytest.mark.parametrize(
    ("then", "today", "ended", "expected"),
    [
        ([A], [A], [], {}),
        ([], [A], [], {"new": (1, 50_000)}),
        ([A], [], [A], {"lost": (1, 50_000)}),
        ([A], [], [{**A, **WON}], {"won": (1, 50_000)}),
        ([A], [], [{**A, **WON, "value": 60_000}], {"won": (1, 60_000), "up": (1, 10_000)}),
        ([A], [], [{**A, "value": None}], {"lost": (1, 50_000)}),
        ([A], [], [{**A, **DELETED}], {"gone": (1, 50_000)}),
        ([A], [], [{**A, **DELETED, **WON}], {"gone": (1, 50_000)}),
        ([A], [], [], {"gone": (1, 50_000)}),
        ([A], [], [{**A, "is_closed": None}], {"moved_out": (1, 50_000)}),
        ([A], [{**A, "value": 60_000}], [], {"up": (1, 10_000)}),
        ([A], [{**A, "value": 45_000}], [], {"down": (1, 5_000)}),
        ([{**A, "value": None}], [{**A, "value": 45_000}], [], {"up": (1, 45_000)}),
        ([A], [{**A, "value": None}], [], {"down": (1, 50_000)}),
        ([A], [{**A, "value": None, "amount": 9.0}], [], {"unconverted": (1, 50_000)}),
        ([A], [{**A, "value": 50_000.001}], [], {}),
        ([{**A, "value": None}], [], [{**A, "value": None}], {"lost": (1, 0)}),
    ],
    ids=[
        "nothing", "new", "lost", "won", "won for more", "lost, amount emptied", "deleted", "won, then deleted",
        "not found", "open, but not read", "more", "less", "amount filled in", "amount emptied", "currency has no rate",
        "less than a cent", "never had an amount",
    ],
)  # fmt: skip
def test_a_deal_is_counted_once_for_what_became_of_it(
    then: list[Row], today: list[Row], ended: list[Row], expected: dict[str, tuple[int, float]]
) -> None:
    assert counted(changed(week(then), now(today), left(*ended))) == expected


@pytest.mark.parametrize(
    ("was", "is_now", "expected", "pushed"),
    [
        ("2026-12-18", "2026-12-30", set(), 0),  # Fri to Wed, the same month
        ("2026-11-27", "2026-12-18", set(), 1),  # a later month of the same quarter
        ("2026-12-18", "2026-12-31", set(), 0),  # Thu, the last day of the quarter
        ("2026-12-18", "2027-01-01", {"slipped"}, 1),  # Fri, the first of the next
        ("2026-10-01", "2027-01-15", {"slipped"}, 1),  # overdue since Thu 1 Oct, this quarter all the same
        ("2026-09-30", "2027-01-15", set(), 1),  # overdue since the quarter before
        ("2027-02-26", "2027-05-28", set(), 1),  # neither was the current quarter
        ("2027-01-04", "2026-12-31", {"pulled_in"}, 0),
        ("2027-01-04", "2026-09-30", set(), 0),  # a date in the past is not pulled in
        ("2026-12-31", "2026-12-01", set(), 0),
        (None, "2026-12-18", set(), 0),
        ("2026-12-18", None, set(), 0),
    ],
)
def test_a_close_date_slips_out_of_the_current_quarter_or_comes_into_it(
    was: str | None, is_now: str | None, expected: set[str], pushed: int
) -> None:
    changes = changed(week([{**A, "close_date": was}]), now([{**A, "close_date": is_now}]), left())
    assert (counted(changes), changes.pushed) == (dict.fromkeys(expected, (1, 50_000)), pushed)


@pytest.mark.parametrize(
    ("was", "is_now", "slips"),
    [
        ("2026-12-30", "2027-01-15", True),  # out of the quarter of Mon 28 Dec
        ("2027-01-15", "2027-04-09", True),  # out of the quarter of Mon 4 Jan
        ("2026-12-30", "2026-12-30", False),  # left behind by the calendar, not moved
    ],
)
def test_over_new_year_either_quarter_was_the_current_one(was: str, is_now: str, *, slips: bool) -> None:
    last = week([{**A, "close_date": was}], day=date(2026, 12, 28))
    changes = changed(last, now([{**A, "close_date": is_now}], day=date(2027, 1, 4)), left())
    assert bool(changes.slipped.deals) is slips


def test_who_decided_and_who_owns_is_counted() -> None:
    last = week([A, {"id": "b"}, {"id": "c"}, {"id": "d"}])
    today = now([{**A, "owner_id": "bob", "owner": "Bob"}])
    changes = changed(last, today, left({"id": "b"}, {"id": "c"}), decided=frozenset({"b", "d", "other"}))
    assert (changes.handed_over, changes.lost.deals, changes.decided, changes.gone.deals) == (1, 2, 1, 1)


def test_deals_without_a_value_are_counted_and_never_summed() -> None:
    today = now([{**A, "value": None, "amount": 9.0}, {"id": "b"}, {"id": "c", "value": None}])
    assert changed(week(), today, left()).new == Part(deals=3, value=50_000.0, unsummed=2)


BOB = {"owner_id": "bob", "owner": "Bob", "team": "East"}


@pytest.mark.parametrize("scope", ["Ann", " ann ", "WEST"])
def test_a_narrowed_review_is_compared_with_its_own_part_of_the_week(scope: str) -> None:
    last = week(
        [
            {"id": "stays"}, {"id": "closes"}, {"id": "goes to Bob"}, {"id": "comes from Bob", **BOB},
            {"id": "Bob's own", **BOB},
        ]
    )  # fmt: skip
    today = now([{"id": "stays"}, {"id": "comes from Bob"}, {"id": "fresh"}])
    open_now = frozenset({"stays", "comes from Bob", "fresh", "goes to Bob", "Bob's own"})
    changes = changed(last, today, left({"id": "closes"}), scope=scope, everything_open=open_now)
    assert counted(changes) == {
        "new": (1, 50_000), "lost": (1, 50_000), "moved_in": (1, 50_000), "moved_out": (1, 50_000)
    }  # fmt: skip
    assert (changes.then.deals, changes.now.deals) == (3, 3)


def test_the_rows_name_each_deal_most_money_first() -> None:
    last = week([{**A, "value": 10_000}, {"id": "b", "value": 70_000}, {"id": "c", "value": 5_000}])
    today = now([{**A, "value": 20_000, "name": "Renamed"}, {"id": "d", "value": None}])
    rows = changed(last, today, left({"id": "b", "value": 70_000})).rows
    told = [(what, name) for what, name in zip(rows["what"], rows["name"], strict=True)]
    assert told == [("lost", "b 2026"), ("up", "Renamed"), ("gone", "c 2026"), ("new", "d 2026")]


VALUE = st.none() | st.integers(0, 900).map(float)
DEAL = st.fixed_dictionaries(
    {
        "then": st.booleans(), "now": st.booleans(), "was": VALUE, "value": VALUE, "rate": st.booleans(),
        "ended": st.sampled_from(["won", "lost", "deleted", "open", "not found"]), "ended_at": VALUE,
        "ours": st.tuples(st.booleans(), st.booleans()), "open": st.booleans(),
    }
)  # fmt: skip
ENDED: dict[str, Row] = {"won": WON, "lost": {}, "deleted": DELETED, "open": {"is_closed": False}}


def _compared(deals: list[dict[str, Any]], scope: str) -> tuple[Changes, list[dict[str, Any]]]:
    """The deals as the two reviews see them; only Ann's are in the scope of hers."""
    for number, deal in enumerate(deals):
        deal["id"] = f"d{number}"
    owner: dict[bool, Row] = {True: {}, False: BOB}
    then = [{"id": d["id"], "value": d["was"], **owner[d["ours"][0]]} for d in deals if d["then"]]
    seen = [d for d in deals if d["now"] and (d["ours"][1] or not scope)]
    today = [
        {"id": d["id"], "value": d["value"] if d["rate"] else None, "amount": d["value"], **owner[d["ours"][1]]}
        for d in seen
    ]
    ends = [{"id": d["id"], "value": d["ended_at"], **ENDED[d["ended"]]} for d in deals if d["ended"] in ENDED]
    open_now = frozenset(d["id"] for d in deals if d["now"]) if scope else None
    return changed(week(then), now(today), left(*ends), scope=scope, everything_open=open_now), seen


@given(st.lists(DEAL, max_size=12), st.sampled_from(["", "Ann"]))
@settings(max_examples=60, deadline=None)
def test_the_money_adds_up(deals: list[dict[str, Any]], scope: str) -> None:
    c, seen = _compared(deals, scope)
    come = c.new.value + c.moved_in.value + c.up.value
    gone = c.won.value + c.lost.value + c.gone.value + c.moved_out.value + c.down.value + c.unconverted.value
    assert c.then.value + come - gone == pytest.approx(c.now.value)
    assert c.now.value == pytest.approx(sum(d["value"] or 0 for d in seen if d["rate"]))


@given(st.lists(DEAL, max_size=12), st.sampled_from(["", "Ann"]))
@settings(max_examples=60, deadline=None)
def test_every_deal_is_counted(deals: list[dict[str, Any]], scope: str) -> None:
    c, seen = _compared(deals, scope)
    come = c.new.deals + c.moved_in.deals
    assert c.then.deals + come - sum(getattr(c, end).deals for end in ("won", "lost", "gone", "moved_out")) == len(seen)


def test_the_order_of_rows_never_matters() -> None:
    last, today = week([{"id": f"d{n}"} for n in range(9)]), now([{"id": f"d{n}"} for n in range(4, 13)])
    ends = left(*({"id": f"d{n}"} for n in range(3)))
    mixed = replace(last, deals=last.deals.sample(frac=1, random_state=3).reset_index(drop=True))
    one, other = changed(last, today, ends), changed(mixed, today, ends.iloc[::-1])
    assert counted(one) == counted(other) == {"new": (4, 200_000), "lost": (3, 150_000), "gone": (1, 50_000)}
    assert_frame_equal(one.rows, other.rows)
