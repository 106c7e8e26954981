"""When people are free: in the calendars, within working hours on everybody's own clock, on open days."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from tasks.rules.business_days import OfficeDays

# Every offset from UTC is a multiple of a quarter of an hour (Nepal +5:45), so these hold each :00 and :30.
_GRID = "15min"
_HALF_HOURS = (0, 30)


def free_slot(
    busy: pd.DataFrame,
    people: Sequence[tuple[str, str]],
    *,
    after: datetime,
    until: date,
    minutes: int,
    day_begins: time,
    day_ends: time,
    office: OfficeDays,
    time_zone: str,
) -> datetime | None:
    """The first moment (aware UTC) from which all of `people` are free for `minutes`; None where there is none.

    It is at :00 or :30 on the clock of the first of them, not before `after`, not after the day `until` of the office,
    and within `day_begins` to `day_ends` on the clock of each. The day is an open one on the office's clock and on
    theirs: nobody is asked on their Saturday, or on their Thanksgiving.

    busy        user_id, starts, ends (moments), of whoever, in any order; see `is_free` for what collides
    people      (user id, IANA zone), at least one
    time_zone   the office's
    Raises ValueError for an `after` without a zone, ZoneInfoNotFoundError for a zone that there is not.
    """
    if after.tzinfo is None:
        raise ValueError(f"after needs a time zone: {after.isoformat()}")
    last = begin_of_day(until + timedelta(days=1), time_zone)
    grid = pd.date_range(pd.Timestamp(after.astimezone(UTC)).ceil(_GRID), last, freq=_GRID, inclusive="left")
    starts = grid[grid.tz_convert(ZoneInfo(people[0][1])).minute.isin(_HALF_HOURS)]
    length = pd.Timedelta(minutes=minutes)
    for _, zone in people:
        starts = starts[_in_hours(starts, length, ZoneInfo(zone), day_begins, day_ends)]
    for zone in {time_zone, *(zone for _, zone in people)}:
        starts = starts[_on_open_days(starts, ZoneInfo(zone), office)]
    free = starts[~_taken(starts, length, _calendar(busy, [user for user, _ in people]))]
    return None if free.empty else free[0].to_pydatetime().astimezone(UTC)


def is_free(busy: pd.DataFrame, people: Collection[str], starts: datetime, ends: datetime) -> bool:
    """Whether nothing in the calendars of these users overlaps the time from `starts` to `ends` (aware).

    What ends when it begins or begins when it ends does not collide, nor does what takes no time at all.
    """
    start = pd.DatetimeIndex([starts]).tz_convert("UTC")
    return not _taken(start, pd.Timedelta(ends - starts), _calendar(busy, people)).any()


def begin_of_day(day: date, time_zone: str) -> datetime:
    """The moment (aware UTC) at which a day begins in `time_zone`."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def _in_hours(
    starts: pd.DatetimeIndex, length: pd.Timedelta, zone: ZoneInfo, day_begins: time, day_ends: time
) -> pd.Series:
    begin = starts.tz_convert(zone).tz_localize(None)
    end = (starts + length).tz_convert(zone).tz_localize(None)
    day = begin.normalize()
    within: pd.Series = pd.Series((begin - day >= _clock(day_begins)) & (end - day <= _clock(day_ends)))
    return within


def _on_open_days(starts: pd.DatetimeIndex, zone: ZoneInfo, office: OfficeDays) -> pd.Series:
    days = starts.tz_convert(zone).tz_localize(None).normalize()
    is_open = {day: office.is_open(day.date()) for day in days.unique()}
    return pd.Series(days.map(is_open)).astype(bool)


def _calendar(busy: pd.DataFrame, people: Collection[str]) -> pd.DataFrame:
    """What takes time in these calendars, the earliest first, with `latest`: when all up to it are over."""
    mine = busy[busy["user_id"].isin(list(people)) & (busy["starts"] < busy["ends"])].sort_values("starts")
    return mine.assign(latest=mine["ends"].cummax())


def _taken(starts: pd.DatetimeIndex, length: pd.Timedelta, calendar: pd.DataFrame) -> pd.Series:
    """Of what begins before a slot ends, whether any ends after the slot begins."""
    begun = calendar["starts"].searchsorted(starts + length, side="left")
    latest = pd.Series([pd.NaT, *calendar["latest"]], dtype="datetime64[us, UTC]")
    return latest.iloc[begun].reset_index(drop=True) > pd.Series(starts)


def _clock(at: time) -> pd.Timedelta:
    return pd.Timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
