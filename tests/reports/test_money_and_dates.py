"""Money and days as a person reads them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tasks.reports.dates import ago, clock_time, day, weekday
from tasks.reports.money import money

TODAY = date(2026, 11, 23)
OFFICE = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (0, "USD", "$0"),
        (950, "USD", "$950"),
        (999.6, "USD", "$1k"),
        (1_500, "USD", "$1.5k"),
        (12_549, "USD", "$12.5k"),
        (120_000, "USD", "$120k"),
        (999_400, "USD", "$999k"),
        (999_600, "USD", "$1M"),
        (4_120_000, "USD", "$4.1M"),
        (2_000_000_000, "USD", "$2B"),
        (-260_000, "USD", "\u2212$260k"),
        (120_000, "EUR", "€120k"),
        (120_000, "CHF", "CHF 120k"),
        (950, "", "950"),
        (None, "USD", "no amount"),
        (float("nan"), "USD", "no amount"),
        (float("inf"), "USD", "no amount"),
    ],
)
def test_money(amount: float | None, currency: str, shown: str) -> None:
    assert money(amount, currency) == shown


@pytest.mark.parametrize(
    ("when", "shown", "relative"),
    [
        (date(2026, 9, 2), "2 Sep", "82 d"),
        (date(2026, 10, 9), "9 Oct", "45 d"),
        (date(2026, 11, 23), "23 Nov", "today"),
        (date(2026, 12, 12), "12 Dec", "in 19 d"),
        (date(2025, 12, 30), "30 Dec 2025", "328 d"),
        (date(2027, 1, 29), "29 Jan 2027", "in 67 d"),
    ],
)
def test_days_are_absolute_and_relative(when: date, shown: str, relative: str) -> None:
    assert (day(when, TODAY), ago(when, TODAY)) == (shown, relative)


def test_a_weekday_goes_before_its_day() -> None:
    assert weekday(TODAY, TODAY) == "Mon 23 Nov"


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        (datetime(2026, 11, 23, 15, 28, tzinfo=UTC), OFFICE, "07:28 PT"),
        (datetime(2026, 7, 1, 14, 28, tzinfo=UTC), OFFICE, "07:28 PT"),
        (datetime(2026, 7, 1, 14, 28, tzinfo=UTC), ZoneInfo("Europe/Berlin"), "16:28 CEST"),
        (datetime(2026, 1, 1, 4, 0, tzinfo=UTC), ZoneInfo("Asia/Shanghai"), "12:00 CST"),
    ],
    ids=["winter", "summer", "Berlin", "China is not Central Time"],
)
def test_moments_are_shown_on_the_office_clock(moment: datetime, zone: ZoneInfo, shown: str) -> None:
    assert clock_time(moment, zone) == shown


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        clock_time(datetime(2026, 11, 23, 7, 28), OFFICE)  # noqa: DTZ001 - the mistake under test
