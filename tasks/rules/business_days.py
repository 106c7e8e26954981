"""The days on which the office works: Monday to Friday but for U.S. federal holidays and the days of the settings."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pandas as pd
from pandas.tseries.holiday import USFederalHolidayCalendar

from tasks.rules.clock import office_day

_SATURDAY = 5


@cache
def us_federal(first_year: int, last_year: int) -> frozenset[date]:
    """The federal holidays from 1 January of one year to 31 December of the other, on the day on which they are
    observed: New Year 2028 on Fri 31 Dec 2027. Inauguration Day is none of them."""
    observed = USFederalHolidayCalendar().holidays(f"{first_year}-01-01", f"{last_year}-12-31")
    return frozenset(pd.DatetimeIndex(observed).date)


@dataclass(frozen=True)
class OfficeDays:
    """The office's open days. `extra` are days on which nobody works beside weekends and federal holidays."""

    extra: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day.weekday() < _SATURDAY and day not in self.extra and day not in us_federal(day.year, day.year)

    def next(self, day: date) -> date:
        """The first open day after `day`."""
        later = day + timedelta(days=1)
        while not self.is_open(later):
            later += timedelta(days=1)
        return later

    def after(self, day: date, n: int) -> date:
        """The n-th open day after `day`; `day` itself for 0, open or not. Raises ValueError for a negative n."""
        if n < 0:
            raise ValueError(f"business days are counted forwards, not {n}")
        for _ in range(n):
            day = self.next(day)
        return day

    def first_of_month(self, day: date) -> date:
        """The first open day of the month that holds `day`."""
        return self.next(day.replace(day=1) - timedelta(days=1))


def why_not_due(day: date, office: OfficeDays, ritual: str) -> str:
    """Why a ritual ("The activity review") that a schedule starts is not due on that day: it is due on the first
    business day of the month (decisions.md), and the schedule tries the first five weekdays; "" on that one."""
    first = office.first_of_month(day)
    said = f"{first:%a} {first.day} {first:%b}"
    return "" if day == first else f"{ritual} is due on the first business day of the month, {said}."


def deadline(moments: pd.Series, days: int, office: OfficeDays, time_zone: str) -> pd.Series:
    """The same time on the office's clock `days` open days later, as moments; missing where the moment is.

    What came on a closed day counts as having come when the next open day began. With one day, what came on Wed 25 Nov
    2026 at 15:00 is due on Fri 27 Nov at 15:00 (Thanksgiving), and what came on Sat 28 Nov at the end of Mon 30 Nov,
    which is Tue 1 Dec at 00:00. A time that a clock change skips is due right after it, one that comes twice the
    second time.

    moments  `datetime64[us, UTC]`; raises ValueError for moments without a zone, and for negative `days`
    """
    received = office_day(moments, time_zone)
    clock = moments.dt.tz_convert(ZoneInfo(time_zone)).dt.tz_localize(None) - received
    begins = {day: _counted_from(day, office) for day in received.dropna().unique()}
    due = received.map({day: pd.Timestamp(office.after(begun, days)) for day, begun in begins.items()})
    closed = received != received.map({day: pd.Timestamp(begun) for day, begun in begins.items()})
    local = due.astype("datetime64[us]") + clock.mask(closed, pd.Timedelta(0))
    moment = local.dt.tz_localize(ZoneInfo(time_zone), nonexistent="shift_forward", ambiguous=False)
    due_at: pd.Series = moment.dt.tz_convert("UTC").astype("datetime64[us, UTC]").rename(moments.name)
    return due_at


def _counted_from(day: pd.Timestamp, office: OfficeDays) -> date:
    return day.date() if office.is_open(day.date()) else office.next(day.date())
