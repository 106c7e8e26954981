"""Date literals on Monday 2026-11-23 in Los Angeles: first day and last day, both in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from deployments.sandbox.salesforce.soql.literals import Span, days, is_date_formula, local, moment, span, unescape

TODAY = date(2026, 11, 23)

LITERALS = """
YESTERDAY                 2026-11-22  2026-11-22
TODAY                     2026-11-23  2026-11-23
today                     2026-11-23  2026-11-23
TOMORROW                  2026-11-24  2026-11-24
LAST_WEEK                 2026-11-15  2026-11-21
THIS_WEEK                 2026-11-22  2026-11-28
NEXT_WEEK                 2026-11-29  2026-12-05
LAST_MONTH                2026-10-01  2026-10-31
THIS_MONTH                2026-11-01  2026-11-30
NEXT_MONTH                2026-12-01  2026-12-31
LAST_90_DAYS              2026-08-25  2026-11-23
NEXT_90_DAYS              2026-11-24  2027-02-21
LAST_N_DAYS:45            2026-10-09  2026-11-23
LAST_N_DAYS:0             2026-11-23  2026-11-23
NEXT_N_DAYS:1             2026-11-24  2026-11-24
N_DAYS_AGO:45             2026-10-09  2026-10-09
LAST_N_WEEKS:2            2026-11-08  2026-11-21
NEXT_N_WEEKS:1            2026-11-29  2026-12-05
N_WEEKS_AGO:2             2026-11-08  2026-11-14
LAST_N_MONTHS:2           2026-09-01  2026-10-31
NEXT_N_MONTHS:2           2026-12-01  2027-01-31
N_MONTHS_AGO:11           2025-12-01  2025-12-31
THIS_QUARTER              2026-10-01  2026-12-31
LAST_QUARTER              2026-07-01  2026-09-30
NEXT_QUARTER              2027-01-01  2027-03-31
LAST_N_QUARTERS:4         2025-10-01  2026-09-30
NEXT_N_QUARTERS:2         2027-01-01  2027-06-30
N_QUARTERS_AGO:1          2026-07-01  2026-09-30
THIS_YEAR                 2026-01-01  2026-12-31
LAST_YEAR                 2025-01-01  2025-12-31
NEXT_YEAR                 2027-01-01  2027-12-31
LAST_N_YEARS:2            2024-01-01  2025-12-31
NEXT_N_YEARS:2            2027-01-01  2028-12-31
N_YEARS_AGO:3             2023-01-01  2023-12-31
THIS_FISCAL_QUARTER       2026-10-01  2026-12-31
LAST_N_FISCAL_QUARTERS:1  2026-07-01  2026-09-30
N_FISCAL_YEARS_AGO:1      2025-01-01  2025-12-31
NEXT_FISCAL_YEAR          2027-01-01  2027-12-31
"""


@pytest.mark.parametrize("row", LITERALS.strip().splitlines())
def test_range(row: str) -> None:
    literal, first, last = row.split()
    assert is_date_formula(literal)
    start, end = days(literal, TODAY)
    assert (start.isoformat(), (end - timedelta(1)).isoformat()) == (first, last)


@pytest.mark.parametrize("word", ["THIS_DAY", "LAST_N_HOURS:1", "LAST_N_DAYS", "N_DAYS_AGO", "TODAY:1", "SOON"])
def test_no_date_literal(word: str) -> None:
    assert not is_date_formula(word)


@pytest.mark.parametrize(
    ("now", "literal", "moments", "expected"),
    [
        # 02:00 UTC is still the evening before in the office.
        (datetime(2026, 11, 23, 2, tzinfo=UTC), "TODAY", False, Span("2026-11-22", "2026-11-23")),
        (
            datetime(2026, 11, 23, 2, tzinfo=UTC), "TODAY", True,
            Span("2026-11-22T08:00:00.000+0000", "2026-11-23T08:00:00.000+0000"),
        ),
        # Sunday 2026-11-01 has 25 hours: daylight saving time ends.
        (
            datetime(2026, 11, 1, 20, tzinfo=UTC), "TODAY", True,
            Span("2026-11-01T07:00:00.000+0000", "2026-11-02T08:00:00.000+0000"),
        ),
        (
            datetime(2026, 3, 8, 20, tzinfo=UTC), "TODAY", True,
            Span("2026-03-08T08:00:00.000+0000", "2026-03-09T07:00:00.000+0000"),
        ),
    ],
)  # fmt: skip
def test_days_are_days_of_the_office(now: datetime, literal: str, moments: bool, expected: Span) -> None:
    assert span(literal, now, moments=moments) == expected


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2026-11-23T01:02:03Z", "2026-11-23T01:02:03.000+0000"),
        ("2026-11-23T01:02:03.4567Z", "2026-11-23T01:02:03.456+0000"),
        ("2026-11-22T17:02:03-08:00", "2026-11-23T01:02:03.000+0000"),
        ("2026-11-23T02:02:03.1+0100", "2026-11-23T01:02:03.100+0000"),
    ],
)
def test_moments_become_utc(text: str, stored: str) -> None:
    assert moment(text) == stored


@pytest.mark.parametrize(
    ("stored", "wall"),
    [
        ("2026-11-23T07:59:59.000+0000", "2026-11-22T23:59:59.000+0000"),
        ("2026-07-01T07:00:00.000+0000", "2026-07-01T00:00:00.000+0000"),
        (None, None),
    ],
)
def test_convert_timezone(stored: str | None, wall: str | None) -> None:
    assert local(stored) == wall


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r"O\'Hara", "O'Hara"),
        (r"a\nb\tc\\d\"", 'a\nb\tc\\d"'),
        (r"\u00e9\ud83d\ude00", "é\U0001f600"),
        ("plain", "plain"),
    ],
)
def test_escapes(raw: str, text: str) -> None:
    assert unescape(raw) == text
