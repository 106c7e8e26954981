"""Handbook L104: no communication for 45 days or more. The review runs on Mon 2026-11-23."""

from datetime import date

import pytest

from tasks.rules.findings import Level, Verdict

from .builders import Row, change, deal, found, judge, judge_each, make_book, meeting, touch

Rows = list[Row]
PROPOSE, HELD, WARN, HEALTHY = Verdict.PROPOSE, Verdict.HELD, Verdict.WARN, Verdict.HEALTHY


LAST_TOUCH: list[tuple[str, int, Verdict]] = [
    ("2026-10-08", 46, PROPOSE),  # Thu
    ("2026-10-09", 45, PROPOSE),  # Fri
    ("2026-10-10", 44, WARN),  # Sat
    ("2026-10-23", 31, WARN),  # Fri
    ("2026-10-24", 30, WARN),  # Sat
    ("2026-10-25", 29, HEALTHY),  # Sun
    ("2026-11-22", 1, HEALTHY),  # Sun
    ("2026-11-23 00:00", 0, HEALTHY),  # Mon, today
    # 18:30 in the office is 01:30 of the next day in UTC, where this would be 44 days.
    ("2026-10-09 18:30", 45, PROPOSE),
    ("2026-10-09 23:59", 45, PROPOSE),
    ("2026-10-10 00:00", 44, WARN),
    # Clocks went back on Sun 1 Nov: the hours between are one more, the days are not.
    ("2026-11-01 01:30", 22, HEALTHY),
]  # fmt: skip


def test_days_since_the_last_touch_decide() -> None:
    judged = judge_each({"touches": [touch(at)]} for at, _, _ in LAST_TOUCH)
    assert [(at, d.days, d.verdict) for (at, _, _), d in zip(LAST_TOUCH, judged, strict=True)] == LAST_TOUCH


@pytest.mark.parametrize(
    ("as_of", "last_touch", "verdict"),
    [
        (date(2026, 3, 9), "2026-01-23", PROPOSE),  # 45 days, one hour short: clocks went forward on Sun 8 Mar
        (date(2026, 3, 9), "2026-01-24", WARN),
        (date(2028, 3, 1), "2028-01-16", PROPOSE),  # 45 days with a 29 Feb
        (date(2027, 1, 15), "2026-12-01", PROPOSE),  # over New Year
        (date(2027, 1, 15), "2026-12-02", WARN),
    ],
)
def test_a_day_is_a_day_whatever_the_clock_does(as_of: date, last_touch: str, verdict: Verdict) -> None:
    judged = found(judge(make_book([deal(created="2025-03-02")], [touch(last_touch)]), as_of))
    assert judged.verdict is verdict


EACH_WAY: list[tuple[Rows, date, date | None, date | None]] = [
    (
        [touch("2026-09-02", direction="inbound"), touch("2026-10-09")],
        date(2026, 10, 9), date(2026, 9, 2), date(2026, 10, 9),
    ),
    ([touch("2026-10-09", kind="meeting", direction="both")], *[date(2026, 10, 9)] * 3),
    ([touch("2026-10-09", kind="linkedin", direction="unknown")], date(2026, 10, 9), None, None),
    # A day of its own, where nobody noted the moment.
    ([touch(None, due="2026-10-09")], date(2026, 10, 9), None, date(2026, 10, 9)),
    # Closed today with an old due date: the talk was today. Closed early: the due date is still to come.
    ([touch("2026-11-23 00:20", due="2026-09-01")], date(2026, 11, 23), None, date(2026, 11, 23)),
    ([touch("2026-10-20", due="2027-01-31")], date(2026, 10, 20), None, date(2026, 10, 20)),
    # What is after the day of the review has not happened.
    ([touch("2026-10-20"), touch("2026-11-24")], date(2026, 10, 20), None, date(2026, 10, 20)),
]  # fmt: skip


def test_last_touch_each_way() -> None:
    judged = judge_each({"touches": touches} for touches, *_ in EACH_WAY)
    found_days = [(d.last_touch, d.last_inbound, d.last_outbound) for d in judged]
    assert [(row[0], *days) for row, days in zip(EACH_WAY, found_days, strict=True)] == EACH_WAY


NEVER_TOUCHED: list[tuple[str, str | None, int, Verdict]] = [
    ("2026-10-09", None, 45, PROPOSE),
    ("2026-10-10", None, 44, WARN),
    ("2026-11-13", None, 10, HEALTHY),
    ("2026-03-02", "2026-10-09", 45, PROPOSE),
    ("2026-03-02", "2026-10-10", 44, WARN),
    ("2026-03-02", "2026-11-17", 6, HEALTHY),
]  # fmt: skip


def test_never_touched_counts_from_creation_or_the_last_owner_change() -> None:
    judged = judge_each(
        {"deals": [deal(created=created)], "history": [change("Owner", day)] if day else []}
        for created, day, _, _ in NEVER_TOUCHED
    )
    assert all(d.never_touched and d.level is Level.NONE for d in judged)
    assert [(*row[:2], d.days, d.verdict) for row, d in zip(NEVER_TOUCHED, judged, strict=True)] == NEVER_TOUCHED


STAGES_OWN: list[tuple[str, str, Verdict]] = [
    ("Negotiation", "2026-09-25", WARN),  # 59 of 60 days
    ("Negotiation", "2026-09-24", PROPOSE),
    ("Discovery", "2026-11-03", PROPOSE),  # 20 of 20 days: its own value is below the warning
    ("Discovery", "2026-11-04", HEALTHY),
    ("Demo (old)", "2026-10-09", PROPOSE),  # no value of its own: 45
]  # fmt: skip


def test_a_stage_may_have_its_own_value() -> None:
    cases = ({"deals": [deal(stage=stage)], "touches": [touch(at)]} for stage, at, _ in STAGES_OWN)
    judged = judge_each(cases, stale_after_by_stage={"Negotiation": 60, "Discovery": 20})
    assert [(*row[:2], d.verdict) for row, d in zip(STAGES_OWN, judged, strict=True)] == STAGES_OWN


def test_the_latest_touch_counts_wherever_it_was_and_its_level_is_shown() -> None:
    touches = [
        touch("2026-09-01", level="opportunity"),
        touch("2026-11-20", level="contact role", record_id="b"),
        touch("2026-11-22", level="account", counts=False, record_id="c"),
    ]
    judged = found(judge(make_book(touches=touches)))
    assert (judged.level, judged.last_touch, judged.verdict) == (Level.CONTACT_ROLE, date(2026, 11, 20), HEALTHY)


def test_of_touches_of_one_moment_the_closest_level_is_named() -> None:
    at_once = [
        touch("2026-11-20", level=level, record_id=level) for level in ("account", "opportunity", "contact role")
    ]
    assert found(judge(make_book(touches=at_once))).level is Level.OPPORTUNITY


REASONS: list[tuple[Rows, Rows, str]] = [
    (
        [touch("2026-09-02", direction="inbound"), touch("2026-10-09")], [],
        "No communication for 45 days: last reply 2 Sep, our last mail 9 Oct, nothing booked",
    ),
    (
        [touch("2026-10-09", kind="meeting", direction="both")], [],
        "No communication for 45 days: last meeting 9 Oct, nothing booked",
    ),
    (
        [touch("2026-10-09", kind="call", direction="unknown")], [],
        "No communication for 45 days: last call 9 Oct (direction not recorded), nothing booked",
    ),
    (
        [touch("2026-09-02", direction="inbound"), touch("2026-10-09", kind="linkedin", direction="unknown")], [],
        ("No communication for 45 days: last LinkedIn message 9 Oct (direction not recorded), last reply 2 Sep, "
         "nothing of ours on record, nothing booked"),
    ),
    ([], [], "Never touched in the 266 days since it was created, nothing booked"),
    (
        [touch("2026-10-09")], [meeting("2026-12-12")],
        "No communication for 45 days: no reply on record, our last mail 9 Oct; held back: meeting booked 12 Dec",
    ),
    (
        [touch("2026-10-20")], [meeting("2026-12-12")],
        "No communication for 34 days: no reply on record, our last mail 20 Oct, meeting booked 12 Dec",
    ),
    ([touch("2026-11-22", kind="call")], [], "Last communication 1 day ago: call 22 Nov"),
    ([touch("2025-11-23")], [],
     "No communication for 365 days: no reply on record, our last mail 23 Nov 2025, nothing booked"),
]  # fmt: skip


def test_the_reason_is_a_sentence() -> None:
    judged = judge_each({"touches": touches, "booked": booked} for touches, booked, _ in REASONS)
    assert [d.reason for d in judged] == [reason for _, _, reason in REASONS]


def test_the_reason_of_a_deal_that_changed_hands() -> None:
    silent = found(judge(make_book(history=[change("Owner", "2026-10-09")])))
    assert silent.reason == "Never touched in the 45 days since its owner changed, nothing booked"
    fresh = found(judge(make_book(history=[change("Owner", "2026-11-17")])))
    assert fresh.reason == "Not touched yet: its owner changed 6 days ago"


def test_the_reason_names_the_stages_own_value() -> None:
    judged = found(judge(make_book(touches=[touch("2026-11-03")]), stale_after_by_stage={"Discovery": 20}))
    assert judged.reason.endswith("nothing booked (Discovery: closes after 20 days)")
    assert judged.handbook == "L104, decisions"


LINES: list[tuple[Rows, str]] = [
    ([touch("2026-10-09")], "L104"),
    ([touch("2026-11-20")], "L104"),
    ([touch("2026-10-20")], "L104, decisions"),  # the handbook knows no warning
    ([], "L104, decisions"),  # nor a deal that was never touched
]  # fmt: skip


def test_each_verdict_names_its_line() -> None:
    judged = judge_each({"touches": touches} for touches, _ in LINES)
    assert [d.handbook for d in judged] == [line for _, line in LINES]
