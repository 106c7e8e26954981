"""On which days the office works, and when something is due that takes so many of them."""

from datetime import date

import pandas as pd
import pytest

from tasks.rules.business_days import OfficeDays, deadline, us_federal

LA = "America/Los_Angeles"
OFFICE = OfficeDays(frozenset({date(2026, 12, 24)}))  # Christmas Eve, by the settings

HOLIDAYS = {
    2026: ["01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"],
    2027: [
        "01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31",
    ],
}  # fmt: skip


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_federal_holidays_are_those_that_the_office_of_personnel_management_lists(year: int) -> None:
    """When this fails, pandas has learned a new holiday or lost one: compare with "Federal Holidays" at opm.gov.

    If opm.gov agrees with pandas, correct HOLIDAYS above. If not, pin pandas below the release that is wrong; until
    then RITUALS_HOLIDAYS can add a missing day. Once a year, add the next year here from opm.gov.
    """
    expected = {date.fromisoformat(f"{year}-{day}") for day in HOLIDAYS[year]}
    assert us_federal(year, year) == expected


def test_holidays_of_several_years_are_those_of_each() -> None:
    assert us_federal(2026, 2027) == us_federal(2026, 2026) | us_federal(2027, 2027)


@pytest.mark.parametrize(
    ("day", "works", "because"),
    [
        ("Wed 2026-11-25", True, "the day before Thanksgiving"),
        ("Thu 2026-11-26", False, "Thanksgiving"),
        ("Fri 2026-11-27", True, "the day after it is no federal holiday"),
        ("Sat 2026-11-28", False, "a weekend"),
        ("Sun 2026-11-29", False, "a weekend"),
        ("Mon 2026-11-30", True, "an ordinary day"),
        ("Thu 2026-12-24", False, "a holiday of the settings"),
        ("Wed 2025-12-24", True, "the settings name the day of one year"),
        ("Fri 2026-12-25", False, "Christmas"),
        ("Fri 2026-07-03", False, "Independence Day is a Saturday"),
        ("Mon 2027-07-05", False, "Independence Day is a Sunday"),
        ("Fri 2026-06-19", False, "Juneteenth"),
        ("Fri 2020-06-19", True, "Juneteenth before it was a holiday"),
        ("Fri 2027-12-31", False, "New Year 2028 is a Saturday"),
        ("Wed 2021-01-20", True, "Inauguration Day"),
        ("Mon 4000-01-03", True, "a year that was typed wrongly"),
    ],
)
def test_open_days(day: str, works: bool, because: str) -> None:
    assert f"{said(day):%a}" == day[:3]
    assert OFFICE.is_open(said(day)) is works, because


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        ("Mon 2026-11-23", 0, "Mon 2026-11-23"),
        ("Sat 2026-11-28", 0, "Sat 2026-11-28"),
        ("Mon 2026-11-23", 1, "Tue 2026-11-24"),
        ("Wed 2026-11-25", 1, "Fri 2026-11-27"),
        ("Wed 2026-11-25", 2, "Mon 2026-11-30"),
        ("Fri 2026-11-27", 1, "Mon 2026-11-30"),
        ("Sat 2026-11-28", 1, "Mon 2026-11-30"),
        ("Wed 2026-12-23", 1, "Mon 2026-12-28"),  # Christmas Eve, Christmas, a weekend
        ("Thu 2026-12-31", 1, "Mon 2027-01-04"),
        ("Thu 2027-12-30", 1, "Mon 2028-01-03"),
    ],
)
def test_so_many_business_days_later(day: str, n: int, then: str) -> None:
    assert f"{OFFICE.after(said(day), n):%a %Y-%m-%d}" == then
    if n == 1:
        assert OFFICE.next(said(day)) == said(then)


def test_business_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards, not -1"):
        OFFICE.after(date(2026, 11, 23), -1)


@pytest.mark.parametrize(
    ("month", "first"),
    [
        ("2025-09", "Tue 2025-09-02"),  # Labor Day is Mon 1 Sep
        ("2026-01", "Fri 2026-01-02"),
        ("2026-08", "Mon 2026-08-03"),
        ("2026-11", "Mon 2026-11-02"),
        ("2026-12", "Tue 2026-12-01"),
        ("2027-01", "Mon 2027-01-04"),
        ("2028-01", "Mon 2028-01-03"),
    ],
)
@pytest.mark.parametrize("day", ["01", "17", "28"])
def test_the_first_business_day_of_a_month(month: str, day: str, first: str) -> None:
    assert f"{OFFICE.first_of_month(date.fromisoformat(f'{month}-{day}')):%a %Y-%m-%d}" == first


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("Mon 2026-11-23 10:15", 1, "Tue 2026-11-24 10:15"),
        ("Mon 2026-11-23 23:59", 1, "Tue 2026-11-24 23:59"),
        ("Mon 2026-11-23 10:15", 0, "Mon 2026-11-23 10:15"),
        ("Mon 2026-11-23 10:15", 2, "Wed 2026-11-25 10:15"),
        ("Wed 2026-11-25 15:00", 1, "Fri 2026-11-27 15:00"),  # Thanksgiving lies between
        ("Fri 2026-11-27 15:00", 1, "Mon 2026-11-30 15:00"),
        # Received on a closed day: as if the next open day began, so all of that day is left.
        ("Thu 2026-11-26 10:00", 1, "Mon 2026-11-30 00:00"),
        ("Sat 2026-11-28 10:00", 1, "Tue 2026-12-01 00:00"),
        ("Sun 2026-11-29 23:59", 1, "Tue 2026-12-01 00:00"),
        ("Sat 2026-11-28 10:00", 0, "Mon 2026-11-30 00:00"),
        # The office's clock decides: across the changes of Sun 8 Mar and Sun 1 Nov it is the same hour.
        ("Fri 2026-03-06 09:00", 1, "Mon 2026-03-09 09:00"),
        ("Fri 2026-10-30 09:00", 1, "Mon 2026-11-02 09:00"),
    ],
)
def test_due_so_many_business_days_later(received: str, days: int, due: str) -> None:
    assert due_of([received], days) == [due]


def test_the_day_is_the_offices() -> None:
    evening = pd.Series(pd.to_datetime(["2026-11-28 02:00"], utc=True)).astype("datetime64[us, UTC]")
    due = deadline(evening, 1, OFFICE, LA)  # Fri 27 Nov 18:00 in Los Angeles, not Saturday
    assert due.tolist() == [pd.Timestamp("2026-12-01 02:00", tz="UTC")]


@pytest.mark.parametrize(
    ("zone", "received", "due"),
    [
        # In Amman the clocks went forward on Fri 26 Mar 2021 at 00:00 and back on Fri 25 Oct 2019 at 01:00.
        ("Asia/Amman", "Thu 2021-03-25 00:30", "2021-03-25T22:00"),
        ("Asia/Amman", "Thu 2019-10-24 00:30", "2019-10-24T22:30"),
    ],
    ids=["an hour that is skipped: right after it", "an hour that comes twice: the second time"],
)
def test_due_at_an_hour_that_is_skipped_or_comes_twice(zone: str, received: str, due: str) -> None:
    when = pd.Series(pd.to_datetime([received[4:]])).dt.tz_localize(zone)
    told = deadline(when.dt.tz_convert("UTC").astype("datetime64[us, UTC]"), 1, OfficeDays(), zone)
    assert told.tolist() == [pd.Timestamp(due, tz="UTC")]


def test_each_row_keeps_its_place_and_a_missing_moment_stays_missing() -> None:
    moments = pd.Series(
        [pd.Timestamp("2026-11-23 18:00", tz="UTC"), pd.NaT, pd.Timestamp("4000-01-03 18:00", tz="UTC")],
        index=[7, 3, 5], name="at",
    ).astype("datetime64[us, UTC]")  # fmt: skip
    due = deadline(moments, 1, OFFICE, LA)
    assert (due.index.tolist(), due.name, due.dtype) == ([7, 3, 5], "at", moments.dtype)
    assert due.dropna().dt.strftime("%Y-%m-%d %H:%M").tolist() == ["2026-11-24 18:00", "4000-01-04 18:00"]
    assert due.isna().tolist() == [False, True, False]
    assert deadline(moments[:0], 1, OFFICE, LA).dtype == moments.dtype


def test_moments_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="not aware moments"):
        deadline(pd.Series(pd.to_datetime(["2026-11-23 10:00"])), 1, OFFICE, LA)


def said(day: str) -> date:
    return date.fromisoformat(day[4:])


def due_of(received: list[str], days: int) -> list[str]:
    """What was received when on the office's clock is due when, on the same clock."""
    local = pd.Series(pd.to_datetime([text[4:] for text in received])).dt.tz_localize(LA)
    due = deadline(local.dt.tz_convert("UTC").astype("datetime64[us, UTC]"), days, OFFICE, LA)
    return list(due.dt.tz_convert(LA).dt.strftime("%a %Y-%m-%d %H:%M"))
