"""The clocks of the support agreement: when support is open, and by when an answer is due (handbook L43 to L50, L95).

What comes in and what goes out are moments, aware; those that go out are in UTC. Where a clock change skips a time of
day, that time is right after the change. Where one comes twice, hours open the first time and close the second, and an
answer is due the second time.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pandas as pd

from tasks.rules.business_days import OfficeDays
from tasks.rules.clock import office_day
from tasks.rules.feedback import Deadlines, Priority
from tasks.rules.feedback_policy import SupportPolicy

_SATURDAY = 5


@dataclass(frozen=True)
class _EveryWeekday(OfficeDays):
    """The days that P1 counts: holidays may delay Medium and Low alone (L50)."""

    def is_open(self, day: date) -> bool:
        """Whether it is Monday to Friday."""
        return day.weekday() < _SATURDAY


@dataclass(frozen=True)
class SupportClock:
    """The clocks of one support team.

    policy      its hours and allowances
    office      the days on which it works: Monday to Friday but for federal holidays and those of the settings
    time_zone   IANA, the one of the hours
    Everything raises ValueError for a moment without a zone, ZoneInfoNotFoundError for a zone that there is not.
    """

    policy: SupportPolicy
    office: OfficeDays
    time_zone: str

    def is_business_day(self, day: date) -> bool:
        """Whether support works on that day of the office."""
        return self.office.is_open(day)

    def is_closed_day(self, moment: datetime) -> bool:
        """Whether nobody works on the office's day that holds `moment`. Cron knows no holidays, so that a run which it
        starts at opening has to ask."""
        return not self.is_business_day(office_day(moment, self.time_zone))

    def is_open(self, moment: datetime) -> bool:
        """Whether support is open: from the moment it opens until just before the one at which it closes (L76)."""
        day = office_day(moment, self.time_zone)
        opens, closes = self._hours(day)
        return self.office.is_open(day) and opens <= moment.astimezone(UTC) < closes

    def last_close(self, moment: datetime) -> datetime:
        """The latest closing at or before `moment`: on Mon at 06:00 that of Fri, on Mon at 16:00 that of this Mon."""
        day = office_day(moment, self.time_zone)
        while not self.office.is_open(day) or self._hours(day)[1] > moment.astimezone(UTC):
            day -= timedelta(days=1)
        return self._hours(day)[1]

    def next_opening(self, moment: datetime) -> datetime:
        """The first opening at or after `moment`: on Fri at 06:00 this one, a second later that of Mon."""
        day = office_day(moment, self.time_zone)
        if not self.office.is_open(day) or self._hours(day)[0] < moment.astimezone(UTC):
            day = self.office.next(day)
        return self._hours(day)[0]

    def deadlines(self, priority: Priority, asked_at: datetime) -> Deadlines:
        """When an answer to what came at `asked_at` is due (L43 to L48, as decisions.md reads them).

        P0 counts hours around the clock. P1 counts business hours of every Monday to Friday, holidays too. P2 and P3
        count business days: due at the same time of day, and what came while support was closed counts as having come
        when it opened next. With 06:00 to 16:00, what came on Sat is due on Tue at 06:00. The team's goal (L95) counts
        business hours of business days. Hours that are used up when support closes end then, not at the next opening.
        """
        asked = asked_at.astimezone(UTC)
        match priority:
            case Priority.P0:
                due = asked + timedelta(hours=self.policy.p0_hours)
            case Priority.P1:
                due = self._hours_later(asked_at, timedelta(hours=self.policy.p1_hours), _EveryWeekday())
            case Priority.P2:
                due = self._days_later(asked_at, self.policy.p2_days)
            case Priority.P3:
                due = self._days_later(asked_at, self.policy.p3_days)
        return Deadlines(
            due=due,
            goal=self._hours_later(asked_at, timedelta(minutes=self.policy.goal_minutes), self.office),
            red=self._days_later(asked_at, self.policy.p3_red_days) if priority is Priority.P3 else None,
            disputed=self._is_disputed(asked_at),
        )

    def _is_disputed(self, moment: datetime) -> bool:
        """Open by L76, closed by L50."""
        until = self._at(office_day(moment, self.time_zone), self.policy.disputed_until)
        return self.is_open(moment) and moment.astimezone(UTC) < until

    def _hours_later(self, asked_at: datetime, allowance: timedelta, days: OfficeDays) -> datetime:
        """When `allowance` of the business hours of `days` has passed."""
        asked, day, left = asked_at.astimezone(UTC), office_day(asked_at, self.time_zone), allowance
        if not days.is_open(day):
            day = days.next(day)
        while True:
            opens, closes = self._hours(day)
            starts = max(opens, asked)
            if starts + left <= closes:
                return starts + left
            left -= max(closes - starts, timedelta(0))
            day = days.next(day)

    def _days_later(self, asked_at: datetime, days: int) -> datetime:
        """The same time of day so many business days after the one on which it counts as asked."""
        if self.is_open(asked_at):
            local = asked_at.astimezone(ZoneInfo(self.time_zone))
            return self._at(self.office.after(local.date(), days), local.time())
        opening = office_day(self.next_opening(asked_at), self.time_zone)
        return self._at(self.office.after(opening, days), self.policy.opens)

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        """When support would open and close on that day, if it is a business day."""
        return self._at(day, self.policy.opens, first=True), self._at(day, self.policy.closes)

    def _at(self, day: date, clock: time, *, first: bool = False) -> datetime:
        return _moment(day, clock, self.time_zone, first)


@lru_cache(maxsize=1024)
def _moment(day: date, clock: time, time_zone: str, first: bool) -> datetime:
    """The moment of a time of day; of one that comes twice the second, or the first."""
    local = pd.Timestamp(datetime.combine(day, clock))
    moment = local.tz_localize(ZoneInfo(time_zone), nonexistent="shift_forward", ambiguous=first)
    return moment.tz_convert("UTC").to_pydatetime()
