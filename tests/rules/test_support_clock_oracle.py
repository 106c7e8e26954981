"""Two others who count business hours and know the federal holidays: pandas' `CustomBusinessHour`, and the package
`holidays`. Neither is used by the rules."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from holidays import country_holidays
from pandas.tseries.offsets import CustomBusinessHour

from tasks.rules.business_days import OfficeDays, us_federal
from tasks.rules.feedback import Priority
from tasks.rules.feedback_policy import SupportPolicy
from tasks.rules.support_clock import SupportClock

LA = ZoneInfo("America/Los_Angeles")
CLOCK = SupportClock(SupportPolicy(), OfficeDays(), "America/Los_Angeles")
FIRST_YEAR, LAST_YEAR = 2020, 2040
SATURDAY = 5
REFRESH = """
Look at "Federal Holidays" at opm.gov. Where it agrees with us, the package `holidays` is late or wrong: upgrade it with
`uv lock --upgrade-package holidays`, or name the day in NONE_OF_OURS. Where it does not, pandas is: upgrade pandas so,
correct HOLIDAYS in test_business_days.py, and until pandas is right set RITUALS_HOLIDAYS to the missing day."""
# What the package names beside, and why support is open: holidays of Washington, D.C. alone, and days on which a
# president closed the federal offices, which is no federal holiday.
NONE_OF_OURS = {
    "Inauguration Day": "D.C.",
    "Emancipation Day": "D.C.",
    "Emancipation Day (observed)": "D.C.",
    "Christmas Eve": "by order of a president, in 2020, 2024 and 2025",
    "Day After Christmas": "by order of a president, in 2025",
    "National Day of Mourning for former President Jimmy Carter": "by order of a president, on Thu 9 Jan 2025",
}


@cache
def package(first: int, last: int, state: str | None = None, category: str | None = None) -> dict[date, str]:
    """The holidays of the package from one year to the other that are no Saturday or Sunday, with their names."""
    # New Year may be observed on the last day of the year before, which is told with its own year.
    told = country_holidays("US", years=range(first, last + 2), subdiv=state, categories=category).items()
    return {day: name for day, name in told if day.weekday() < SATURDAY and first <= day.year <= last}


def next_year() -> int:
    return datetime.now(UTC).year + 1


@pytest.mark.parametrize("year", sorted({*range(FIRST_YEAR, LAST_YEAR + 1), next_year()}))
def test_two_sources_know_the_same_federal_holidays(year: int) -> None:
    """Among the years is always the next one. When this fails, see REFRESH."""
    ours, theirs = us_federal(year, year), frozenset(package(year, year))
    assert len(theirs) >= 10, REFRESH  # eleven, but that New Year may be observed in the year before
    assert ours == theirs, f"we alone: {sorted(ours - theirs)}, they alone: {sorted(theirs - ours)}{REFRESH}"


@pytest.mark.parametrize(("state", "category"), [("DC", None), (None, "government")], ids=["D.C.", "federal offices"])
def test_on_other_days_on_which_washington_rests_support_is_open(state: str | None, category: str | None) -> None:
    ours = us_federal(FIRST_YEAR, LAST_YEAR)
    beside = {day: name for day, name in package(FIRST_YEAR, LAST_YEAR, state, category).items() if day not in ours}
    assert beside, "the package tells them no longer in this way"
    assert set(beside.values()) <= set(NONE_OF_OURS), REFRESH


def instants(how_many: int) -> Iterator[datetime]:
    """Seconds of the years, drawn; each tenth at a full hour, where the edges are."""
    drawn = random.Random(20261129)  # noqa: S311 - a fixed seed, no secret
    begin, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 12, 1, tzinfo=UTC)
    for n in range(how_many):
        moment = begin + timedelta(seconds=drawn.randrange(int((end - begin).total_seconds())))
        yield moment if n % 10 else moment.replace(minute=0, second=0)


def business_hours(n: int, *, holidays: bool) -> CustomBusinessHour:
    """So many of them as pandas counts them, on federal holidays too or not."""
    closed = [] if holidays else sorted(package(FIRST_YEAR, LAST_YEAR))
    return CustomBusinessHour(n, start="06:00", end="16:00", holidays=closed)


def in_the_office(moment: datetime) -> pd.Timestamp:
    """On the office's clock, without a zone: it changes on Sundays, on which no business hour is."""
    return pd.Timestamp(moment.astimezone(LA).replace(tzinfo=None))


def as_pandas_says(due: datetime, calendar: CustomBusinessHour) -> pd.Timestamp:
    """What is used up at 16:00 is due then; pandas says at the next opening."""
    local = in_the_office(due)
    return calendar.rollforward(local + timedelta(seconds=1)) if local.hour == CLOCK.policy.closes.hour else local


def test_pandas_counts_the_same_on_ten_thousand_instants() -> None:
    """P1 is four business hours of any weekday, the goal one of a business day, P2 the ten that such a day has."""
    p1, goal = business_hours(4, holidays=True), business_hours(1, holidays=False)
    p2 = business_hours(10, holidays=False)
    differ = {}
    for asked in instants(10_000):
        local, told = in_the_office(asked), CLOCK.deadlines(Priority.P1, asked)
        next_day = CLOCK.deadlines(Priority.P2, asked).due
        ours = as_pandas_says(told.due, p1), as_pandas_says(told.goal, goal), in_the_office(next_day)
        theirs = local + p1, local + goal, local + p2
        if ours != theirs:
            differ[f"{local:%a %Y-%m-%d %H:%M:%S}"] = ours, theirs
    assert dict(list(differ.items())[:3]) == {}


def test_pandas_finds_the_same_openings_closings_and_red_days() -> None:
    day, red = business_hours(1, holidays=False), business_hours(20, holidays=False)
    differ = {}
    for asked in instants(2_000):
        local, is_open = in_the_office(asked), CLOCK.is_open(asked)
        told = CLOCK.deadlines(Priority.P3, asked).red
        opening = local if is_open else in_the_office(CLOCK.next_opening(asked))
        closing = local if is_open else in_the_office(CLOCK.last_close(asked))
        at_closing = closing == local and not is_open  # when pandas says that it is open still
        ours = local if at_closing else opening, closing, told and in_the_office(told)
        theirs = day.rollforward(local), day.rollback(local), local + red
        if ours != theirs:
            differ[f"{local:%a %Y-%m-%d %H:%M:%S}"] = ours, theirs
    assert dict(list(differ.items())[:3]) == {}
