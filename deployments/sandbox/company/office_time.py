"""Days and moments counted back from the company's date, in the office's time zone, as the sandbox stores them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import count, islice

from deployments.sandbox.salesforce.values import OFFICE, as_moment

WEEKEND = 5
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MEETING = timedelta(minutes=45)


@dataclass(frozen=True)
class OfficeTime:
    """Counts from `as_of`, a day in the office: days ago are positive, days ahead negative."""

    as_of: date

    def date(self, ago: int) -> date:
        """The day so many days ago."""
        return self.as_of - timedelta(days=ago)

    def day(self, ago: int) -> str:
        """The day so many days ago, `YYYY-MM-DD`."""
        return self.date(ago).isoformat()

    def at(self, ago: int, clock: str = "10:15") -> datetime:
        """That wall time in the office so many days ago, as an aware moment."""
        return datetime.combine(self.date(ago), time.fromisoformat(clock), OFFICE)

    def moment(self, ago: int, clock: str = "10:15") -> str:
        """That wall time in the office so many days ago, in UTC as stored."""
        return as_moment(self.at(ago, clock))

    def in_week(self, back: int, weekday: str) -> int:
        """How many days ago that weekday ("Mon") was in the week so many before that of `as_of`; weeks begin on Monday.

        Weeks 1 to 3 are over and lie in the last 30 days, whatever weekday `as_of` is.
        """
        return self.as_of.weekday() + 7 * back - WEEKDAYS.index(weekday)

    def working_day(self, ahead: int) -> int:
        """How many days ago (negative) the day is that comes so many weekdays, Monday to Friday, after `as_of`."""
        coming = (day for day in count(1) if self.date(-day).weekday() < WEEKEND)
        return -next(islice(coming, ahead - 1, None))

    def in_quarter(self, ahead: int, day: int) -> str:
        """The `day`-th day (from 1) of the quarter so many quarters after the one of `as_of`."""
        quarter = self.as_of.year * 4 + (self.as_of.month - 1) // 3 + ahead
        return (date(quarter // 4, quarter % 4 * 3 + 1, 1) + timedelta(days=day - 1)).isoformat()

    @cached_property
    def working_days(self) -> "WorkingDays":
        """Working hours of the last years, ready made: for drawing a million moments."""
        return WorkingDays(self)


class WorkingDays:
    """For each number of days ago the latest working day that is at least so long ago, and its office hours."""

    PAST, AHEAD = 1_200, 60  # days

    def __init__(self, office: OfficeTime) -> None:
        self._slots: list[Sequence[tuple[str, str, str]]] = []
        known: dict[int, Sequence[tuple[str, str, str]]] = {}
        for ago in range(-self.AHEAD, self.PAST):
            on = ago + max(0, office.date(ago).weekday() - WEEKEND + 1)
            if on not in known:
                known[on] = [self._slot(office, on, f"{h:02d}:{m:02d}") for h in range(8, 17) for m in (5, 20, 35, 50)]
            self._slots.append(known[on])

    @staticmethod
    def _slot(office: OfficeTime, ago: int, clock: str) -> tuple[str, str, str]:
        start = office.at(ago, clock)
        return office.day(ago), as_moment(start), as_moment(start + MEETING)

    def draw(self, ago: int, chance: float) -> tuple[str, str, str]:
        """The day, a moment of its office hours by a `chance` in 0..1, and the moment a meeting then would end."""
        slots = self._slots[min(max(ago, -self.AHEAD), self.PAST - 1) + self.AHEAD]
        return slots[int(chance * len(slots))]
