"""With whom and when a coaching talk can be (handbook L143), or why it cannot and what to do about it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from tasks.rules.activity_policy import CoachingPolicy
from tasks.rules.business_days import OfficeDays
from tasks.rules.choosing import same_id
from tasks.rules.clock import office_day
from tasks.rules.slots import begin_of_day, free_slot
from tasks.rules.wording import day_said, name_said


@dataclass(frozen=True)
class Person:
    """A rep or who talks to them. `zone` is IANA, "" where it is not known."""

    id: str
    name: str
    zone: str


@dataclass(frozen=True)
class Search:
    """What every time is searched by. `now` is aware, `time_zone` the office's."""

    policy: CoachingPolicy
    office: OfficeDays
    now: datetime
    time_zone: str

    @property
    def today(self) -> date:
        """The office's day."""
        return office_day(self.now, self.time_zone)

    @property
    def until(self) -> date:
        """The last office day on which a talk can be."""
        return self.today + timedelta(days=self.policy.within_days)

    @property
    def earliest(self) -> datetime:
        """The beginning of the `notice_days`-th business day after today; `now` for none."""
        return max(self.now, begin_of_day(self.office.after(self.today, self.policy.notice_days), self.time_zone))

    def time_for(self, rep: Person, manager: Person, busy: pd.DataFrame, after: datetime) -> datetime | str:
        """The first moment (aware UTC) not before `after` at which both are free, or one sentence on why there is
        none. `busy` has user_id, starts, ends (moments)."""
        for person in (rep, manager):
            if not _is_zone(person.zone):
                return (
                    f"The time zone of {name_said(person.name)} is not known ('{name_said(person.zone)}'):"
                    " set it on their user in Salesforce"
                )
        return self._first(rep, manager, busy, after) or self._why_never(rep, manager, busy, after)

    def _first(self, rep: Person, manager: Person, busy: pd.DataFrame, after: datetime) -> datetime | None:
        return free_slot(
            busy,
            [(rep.id, rep.zone), (manager.id, manager.zone)],
            after=after,
            until=self.until,
            minutes=self.policy.minutes,
            day_begins=self.policy.day_begins,
            day_ends=self.policy.day_ends,
            office=self.office,
            time_zone=self.time_zone,
        )

    def _why_never(self, rep: Person, manager: Person, busy: pd.DataFrame, after: datetime) -> str:
        first = office_day(after, self.time_zone)
        if first > self.until:
            return (
                f"The earliest day, {day_said(first, self.today)}, is after {day_said(self.until, self.today)}, the"
                " last one: raise RITUALS_COACHING__WITHIN_DAYS, or agree on a time by hand"
            )
        both = f"{name_said(rep.name)} and {name_said(manager.name)}"
        days = f"from {day_said(first, self.today)} to {day_said(self.until, self.today)}"
        if self._first(rep, manager, busy.iloc[:0], after):
            return (
                f"{both} have no {self.policy.minutes} minutes free together {days}:"
                " make room in a calendar, or raise RITUALS_COACHING__WITHIN_DAYS"
            )
        return (
            f"{both} have no working hours in common {days} ({rep.zone}, {manager.zone}): agree on a time by hand,"
            " or widen RITUALS_COACHING__DAY_BEGINS, __DAY_ENDS or __WITHIN_DAYS"
        )


def manager_of(rep: Person, own: str, managers: pd.DataFrame, policy: CoachingPolicy) -> Person | str:
    """Who talks to the rep: the active one of their own manager (user id, "" for none) and the policy's, never the
    rep; or one sentence on why there is nobody. `managers` has the columns of `ActivityBook.managers`."""
    active = managers[managers["active"].astype("boolean").fillna(value=False).astype(bool)].to_dict("records")
    for wanted in (own, policy.manager):
        for row in active:
            if same_id(wanted, row["id"]) and not same_id(wanted, rep.id):
                return Person(row["id"], text(row["name"]) or row["id"], text(row["zone"]))
    if policy.manager:
        return (
            "No active manager, and the user of RITUALS_COACHING__MANAGER is the rep or is not active:"
            " set a manager on the rep's user in Salesforce, or name another user there"
        )
    return (
        "No active manager: set one on the rep's user in Salesforce, or name who holds such talks in"
        " RITUALS_COACHING__MANAGER"
    )


def text(value: Any) -> str:
    """The text of a cell; "" where it is missing."""
    return "" if pd.isna(value) else str(value)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Mars/Base", "" and "../x", a folder such as "Europe"
        return False
    return True
