"""Moments and the office's calendar. A moment is aware; a day is a date in the office time zone, without a zone.

In frames a moment is `datetime64[us, UTC]` and a day is `datetime64[us]` at midnight, missing where unknown.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import overload
from zoneinfo import ZoneInfo

import pandas as pd

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@overload
def office_day(moments: datetime, time_zone: str) -> date: ...
@overload
def office_day(moments: pd.Series, time_zone: str) -> pd.Series: ...
def office_day(moments: datetime | pd.Series, time_zone: str) -> date | pd.Series:
    """The calendar day of aware moments in `time_zone`. Naive moments are refused (ValueError)."""
    if isinstance(moments, datetime):
        if moments.tzinfo is None:
            raise ValueError(f"{moments} has no time zone: its day is unknown")
        return moments.astimezone(ZoneInfo(time_zone)).date()
    if not isinstance(moments.dtype, pd.DatetimeTZDtype):
        raise ValueError(f"column {moments.name!r} holds {moments.dtype}, not aware moments: its days are unknown")  # noqa: TRY004 (the type is right, the value lacks its zone)
    local: pd.Series = moments.dt.tz_convert(ZoneInfo(time_zone)).dt.tz_localize(None).dt.normalize()
    return local.astype("datetime64[us]")


def office_midnight(days: pd.Series, time_zone: str) -> pd.Series:
    """The moment (UTC) at which each day begins in `time_zone`; an hour that a clock change skips begins after it."""
    local = days.dt.tz_localize(ZoneInfo(time_zone), nonexistent="shift_forward", ambiguous=True)
    moments: pd.Series = local.dt.tz_convert("UTC").astype("datetime64[us, UTC]")
    return moments


def midnight(day: date) -> pd.Timestamp:
    """The day as it stands in a frame of days."""
    return pd.Timestamp(day.year, day.month, day.day).as_unit("us")


def days_before(days: pd.Series, as_of: date) -> pd.Series:
    """Whole calendar days from each day to `as_of` (float, missing where the day is): yesterday 1, tomorrow -1."""
    passed: pd.Series = (midnight(as_of) - days).dt.days
    return passed


def quarter_of(day: date) -> str:
    """The calendar quarter, "Q4 2026"."""
    return f"Q{(day.month + 2) // 3} {day.year}"


def quarters_of(days: pd.Series) -> pd.Series:
    """The calendar quarter of each day, "Q4 2026"; "" where the day is missing."""
    return _said(days, quarter_of)


def quarter_bounds(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter that holds `day`."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    next_first = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, next_first - timedelta(days=1)


def quarter_ends(days: pd.Series) -> pd.Series:
    """The last day of the quarter of each day."""
    return (days + pd.offsets.QuarterEnd(0)).astype("datetime64[us]")


def day_words(days: pd.Series, as_of: date) -> pd.Series:
    """The days for a sentence: "9 Oct", or "9 Oct 2025" when it is not the year of `as_of`; "" where missing."""
    return _said(
        days, lambda day: f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != as_of.year else "")
    )


def _said(days: pd.Series, say: Callable[[date], str]) -> pd.Series:
    """`say` of each day, called once for each different one."""
    words = {day: say(day) for day in days.dropna().unique()}
    return days.map(words).astype("str").fillna("")
