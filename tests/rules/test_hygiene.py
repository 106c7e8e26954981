"""What an owner should put right, on Mon 2026-11-23."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from .builders import Row, change, deal, found, judge, judge_each, make_book, touch

SPOKEN = touch("2026-11-20")


def moved(at: str, old: str, new: str) -> Row:
    return change("CloseDate", at, old=old, new=new)


RECORDS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({}, ()),
    ({"next_step": None}, ("no next step",)),
    ({"next_step": "  "}, ("no next step",)),
    ({"next_step": None, "next_step_due": "2026-11-03"}, ("no next step",)),
    ({"next_step_due": "2026-11-03"}, ("next step due 3 Nov",)),
    ({"next_step_due": "2026-11-23"}, ()),  # due today is not past
    ({"next_step_due": "2026-11-22"}, ("next step due 22 Nov",)),
    ({"next_step_due": None}, ()),
    ({"close_date": "2026-11-22"}, ("close date past (22 Nov)",)),
    ({"close_date": "2025-11-01"}, ("close date past (1 Nov 2025)",)),
    ({"close_date": "2026-11-23"}, ()),
    ({"close_date": None}, ()),
    ({"pushes": 2}, ()),
    ({"pushes": 3}, ("pushed 3 times",)),
    ({"amount": None}, ("no amount",)),
    ({"amount": 0.0}, ("amount is zero",)),
    ({"name": "Acme"}, ("no year in the name",)),
    ({"name": "Acme 20265"}, ("no year in the name",)),
    ({"name": "Acme 1999"}, ("no year in the name",)),
    ({"name": "2031: Acme"}, ()),
    ({"name": "Acme (2026)"}, ()),
    ({"next_step": None, "close_date": "2026-11-01", "amount": None, "name": "Acme"},
     ("no next step", "close date past (1 Nov)", "no amount", "no year in the name")),
]  # fmt: skip


def test_flags_of_the_record() -> None:
    judged = judge_each(
        {"deals": [deal(**({"name": "Acme 2026"} | given))], "touches": [SPOKEN]} for given, _ in RECORDS
    )
    assert [(given, d.hygiene) for (given, _), d in zip(RECORDS, judged, strict=True)] == RECORDS


NEXT_STEPS: list[tuple[list[Row], tuple[str, ...]]] = [
    ([change("NextStep", "2026-10-26")], ("next step unchanged for 28 days",)),
    ([change("NextStep", "2026-10-27")], ()),
    ([change("NextStep", "2026-08-01"), change("NextStep", "2026-11-20")], ()),
]  # fmt: skip


def test_next_step_unchanged() -> None:
    judged = judge_each({"touches": [SPOKEN], "history": history} for history, _ in NEXT_STEPS)
    assert [(history, d.hygiene) for (history, _), d in zip(NEXT_STEPS, judged, strict=True)] == NEXT_STEPS


def test_an_org_that_keeps_no_track_of_next_steps_is_not_asked_about_them() -> None:
    assert found(judge(make_book([deal(created="2026-06-01")], [SPOKEN])), "deal").hygiene == ()


@pytest.mark.parametrize(
    ("why", "given", "since", "flags"),
    [
        ("no change in the four weeks that were read", {"created": "2026-06-01"}, date(2026, 10, 26),
         ("next step unchanged for 28 days or more",)),
        ("nor in all of its history", {"created": "2026-06-01"}, None, ("next step unchanged for 28 days or more",)),
        ("a deal of 27 days has had no time", {"created": "2026-10-27"}, date(2026, 10, 26), ()),
        ("too little was read to tell", {"created": "2026-06-01"}, date(2026, 10, 27), ()),
        ("there is none to change", {"created": "2026-06-01", "next_step": None}, date(2026, 10, 26),
         ("no next step",)),
    ],
)  # fmt: skip
def test_next_step_never_changed(why: str, given: Row, since: date | None, flags: tuple[str, ...]) -> None:
    # Another deal's change shows that the org keeps track of next steps.
    others = change("NextStep", "2026-11-20", "other")
    book = make_book([deal(**given), deal("other")], [SPOKEN], history=[others])
    assert found(judge(replace(book, next_steps_since=since)), "deal").hygiene == flags, why


SLIPS: list[tuple[str | None, list[Row], str]] = [
    ("2027-01-20", [moved("2026-11-20", "2026-12-18", "2027-01-20")], "Q4 2026"),
    ("2027-01-20", [moved("2026-11-17", "2026-12-18", "2027-01-20")], "Q4 2026"),  # six days ago
    ("2027-01-20", [moved("2026-11-16", "2026-12-18", "2027-01-20")], ""),  # last week's report had it
    ("2026-12-31", [moved("2026-11-20", "2026-12-18", "2026-12-31")], ""),  # the last day of the quarter
    ("2027-03-20", [moved("2026-11-20", "2027-01-18", "2027-03-20")], ""),  # was not in this quarter
    ("2026-12-20", [moved("2026-11-19", "2026-12-18", "2027-01-20"),
     moved("2026-11-20", "2027-01-20", "2026-12-20")], ""),
    ("2027-02-01", [moved("2026-11-19", "2026-12-01", "2026-12-30"),
     moved("2026-11-20", "2026-12-30", "2027-02-01")],
     "Q4 2026"),
    ("2027-02-01", [moved("2026-11-19", "2027-01-15", "2026-12-30"),
     moved("2026-11-20", "2026-12-30", "2027-02-01")], ""),
    (None, [moved("2026-11-20", "2026-12-18", "")], ""),
]  # fmt: skip


def test_slipped_out_of_the_quarter() -> None:
    judged = judge_each({"deals": [deal(close_date=day)], "history": history} for day, history, _ in SLIPS)
    assert [(*row[:2], d.slipped_from) for row, d in zip(SLIPS, judged, strict=True)] == SLIPS
    for (_, _, slipped_from), d in zip(SLIPS, judged, strict=True):
        assert d.slipped is bool(slipped_from)
        assert (f"slipped out of {slipped_from}" in d.hygiene) is bool(slipped_from)


def test_a_slip_of_the_last_days_of_a_quarter_is_told_in_the_next_one() -> None:
    book = make_book([deal(close_date="2027-01-29")], history=[moved("2026-12-30", "2026-12-31", "2027-01-29")])
    assert found(judge(book, date(2027, 1, 4))).slipped_from == "Q4 2026"


PUSHES: list[tuple[float | None, list[Row], int]] = [
    (4.0, [], 4),
    (None, [moved("2026-09-01", "2026-09-30", "2026-10-31"), moved("2026-10-20", "2026-10-31", "2026-12-18")], 2),
    (None, [moved("2026-09-01", "2026-09-10", "2026-09-30")], 0),  # within the month
    (None, [moved("2026-09-01", "2027-01-10", "2026-12-18")], 0),  # pulled in
    (None, [], 0),
]  # fmt: skip


def test_pushes_are_salesforces_count_or_the_histories() -> None:
    judged = judge_each({"deals": [deal(pushes=pushes)], "history": history} for pushes, history, _ in PUSHES)
    assert [d.pushes for d in judged] == [expected for _, _, expected in PUSHES]


STAGE_AGES: list[tuple[str | None, list[Row], int | None]] = [
    ("2026-11-01", [], 22),
    (None, [change("StageName", "2026-11-13"), change("StageName", "2026-10-01")], 10),
    (None, [], None),
]  # fmt: skip


def test_stage_age() -> None:
    judged = judge_each({"deals": [deal(stage_since=since)], "history": history} for since, history, _ in STAGE_AGES)
    assert [d.stage_days for d in judged] == [days for _, _, days in STAGE_AGES]
