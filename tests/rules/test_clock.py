"""The office's calendar: which day a moment falls on, how many days lie between, which quarter."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from tasks.rules.clock import (
    day_words,
    days_before,
    midnight,
    office_day,
    office_midnight,
    quarter_bounds,
    quarter_ends,
    quarter_of,
    quarters_of,
)

LA = "America/Los_Angeles"


def days(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(pd.Series(texts, dtype="str"), format="%Y-%m-%d")).astype("datetime64[us]")


@pytest.mark.parametrize(
    ("utc", "office"),
    [
        ("2026-10-10 01:30", date(2026, 10, 9)),  # 18:30 on Fri 9 Oct
        ("2026-10-10 06:59", date(2026, 10, 9)),
        ("2026-10-10 07:00", date(2026, 10, 10)),  # summer time: midnight is 07:00 UTC
        ("2026-11-01 06:59", date(2026, 10, 31)),
        ("2026-11-01 07:00", date(2026, 11, 1)),  # clocks go back at 02:00 on this day
        ("2026-11-02 07:59", date(2026, 11, 1)),
        ("2026-11-02 08:00", date(2026, 11, 2)),  # winter time: midnight is 08:00 UTC
        ("2026-03-09 06:59", date(2026, 3, 8)),  # clocks went forward on Sun 8 Mar
    ],
)
def test_the_day_of_a_moment_is_the_offices(utc: str, office: date) -> None:
    when = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert office_day(when, LA) == office
    column = pd.Series([when, pd.NaT]).astype("datetime64[us, UTC]")
    assert office_day(column, LA).tolist() == [midnight(office), pd.NaT]


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        office_day(datetime(2026, 11, 23, 9), LA)  # noqa: DTZ001 - the naive moment is the point
    with pytest.raises(ValueError, match="'at' holds datetime64"):
        office_day(days("2026-11-23").rename("at"), LA)


def test_days_are_calendar_days_across_the_clock_change() -> None:
    before = days_before(days("2026-10-09", "2026-10-31", "2026-11-23", "2026-11-24", None), date(2026, 11, 23))
    assert before.tolist()[:4] == [45, 23, 0, -1]
    assert pd.isna(before[4])


@pytest.mark.parametrize(
    ("day", "quarter", "first", "last"),
    [
        (date(2026, 1, 1), "Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), "Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), "Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), "Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
        (date(4000, 12, 31), "Q4 4000", date(4000, 10, 1), date(4000, 12, 31)),
    ],
)
def test_quarters(day: date, quarter: str, first: date, last: date) -> None:
    assert quarter_of(day) == quarter
    assert quarter_bounds(day) == (first, last)
    column = days(day.isoformat(), None)
    assert quarters_of(column).tolist() == [quarter, ""]
    assert quarter_ends(column).tolist() == [midnight(last), pd.NaT]


def test_words_name_the_year_only_when_it_is_another() -> None:
    words = day_words(days("2026-10-09", "2025-10-09", "1700-01-01", None), date(2026, 11, 23))
    assert words.tolist() == ["9 Oct", "9 Oct 2025", "1 Jan 1700", ""]


def test_midnight_in_the_office_as_a_moment() -> None:
    moments = office_midnight(days("2026-10-09", "2026-12-12", None), LA)
    assert moments.dropna().dt.strftime("%Y-%m-%d %H:%M").tolist() == ["2026-10-09 07:00", "2026-12-12 08:00"]
    # In Havana the clocks change at midnight: 1 Nov has two of them, 8 Mar has none.
    havana = office_midnight(days("2026-11-01", "2026-03-08"), "America/Havana")
    assert havana.dt.strftime("%H:%M").tolist() == ["04:00", "05:00"]
