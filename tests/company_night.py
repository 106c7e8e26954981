"""What a sweep should make of the pretend company's night: each conversation in which a customer wrote, and no other.

The night itself is in `deployments/sandbox/company/night.py`. What is said here holds on whatever day it is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from deployments.sandbox.company.night import LINES, stamp
from deployments.sandbox.company.office_time import OfficeTime
from tasks.rules.feedback import Kind, Need, Priority

OFFICE = ZoneInfo("America/Los_Angeles")
CHANNEL = {line.id: line.channel for line in LINES}
ANSWER, ANSWERED, NO_REPLY = Need.ANSWER, Need.ANSWERED, Need.NO_REPLY
OUTAGE, BUG, REQUEST, QUESTION, PRAISE = Kind.OUTAGE, Kind.BUG, Kind.REQUEST, Kind.QUESTION, Kind.PRAISE
P0, P1, P2, P3 = Priority.P0, Priority.P1, Priority.P2, Priority.P3


@dataclass(frozen=True)
class Expected:
    """One conversation.

    root       id of the line that began it      more   of the others that belong to it
    asked      id of the line from which the clocks run; "" where no answer is due
    due        by when, where it is told for Mon 2026-11-23; `due_at` says when it is on other days
    withheld   whether its public draft is; None where there is none to be made
    like       title of the public issue that is most like it; "" where none is asked for
    """

    root: str
    need: Need
    kind: Kind | None = None
    priority: Priority | None = None
    more: tuple[str, ...] = ()
    asked: str = ""
    due: str = ""
    withheld: bool | None = None
    like: str = ""

    @property
    def channel(self) -> str:
        """Its channel's id."""
        return CHANNEL[self.root]

    @property
    def is_disputed(self) -> bool:
        """Whether it came in the hour of which the handbook says both."""
        return self.asked in {"restart", "invoice"}


NIGHT = (
    Expected("502", ANSWER, OUTAGE, P0, ("502 more", "502 again"), "502", "Mon 02:41"),
    Expected("staging", ANSWER, BUG, P2, (), "staging", "Tue 06:00", withheld=False),
    Expected("policies", ANSWER, BUG, P2, (), "policies", "Tue 06:00", withheld=False,
             like="Policy keeps its old result after an edit"),
    Expected("export", ANSWER, QUESTION, P3, (), "export", "Tue 06:00",
             like="Export hosts with the owner's e-mail address"),
    Expected("anybody", ANSWER, OUTAGE, P1, (), "anybody", "Mon 10:00"),
    Expected("thanks", NO_REPLY, PRAISE),
    Expected("at night", ANSWER, REQUEST, P3, (), "at night", "Tue 06:00", withheld=False,
             like="Run scheduled queries only between certain hours"),
    Expected("move", ANSWERED, QUESTION, P3, ("moved",)),
    Expected("audit log", ANSWERED, QUESTION, P3, ("found",)),
    Expected("how long", ANSWER, QUESTION, P3, ("a month", "which setting"), "which setting", "Tue 06:00"),
    Expected("praise", NO_REPLY, PRAISE),
    Expected("thumb", NO_REPLY),
    Expected("crash", ANSWER, QUESTION, P3, (), "crash", "Tue 06:00"),
    Expected("deleted", ANSWER, QUESTION, P3, ("what was deleted",), "what was deleted", "Tue 06:00",
             like="Disk encryption: status unknown for Windows"),
    Expected("ports", ANSWER, QUESTION, P3, (), "ports", "Tue 06:00"),
    Expected("live queries", ANSWER, BUG, P1, (), "live queries", "Mon 10:00", withheld=False,
             like="Live queries time out with more than 5,000 hosts"),
    Expected("data centre", ANSWER, QUESTION, P3, ("a guide", "step four"), "step four", "Tue 06:00"),
    Expected("after sleep", ANSWER, BUG, P2, ("all laptops",), "after sleep", "Tue 06:00", withheld=False,
             like="Windows agents stay offline after sleep"),
    Expected("own domain", ANSWER, REQUEST, P3, (), "own domain", "Tue 06:00", withheld=True,
             like="Restrict logins to certain e-mail domains"),
    Expected("dark", ANSWER, REQUEST, P3, (), "dark", "Tue 06:00", withheld=False),
    Expected("hostile", ANSWER, QUESTION, P3, (), "hostile", "Tue 06:00"),
    Expected("german", ANSWER, QUESTION, P3, (), "german", "Tue 06:00"),
    Expected("long", ANSWER, BUG, P2, (), "long", "Tue 06:00", withheld=False),
    Expected("inventory", ANSWER, BUG, P2, (), "inventory", "Tue 06:00", withheld=False,
             like="Software inventory is empty on Linux"),
    Expected("changelog", ANSWER, QUESTION, P3, (), "changelog", "Tue 06:00"),
    Expected("debian", ANSWER, QUESTION, P3, (), "debian", "Tue 06:00"),
    Expected("restart", ANSWER, QUESTION, P3, (), "restart", "Tue 06:20"),
    Expected("tablets", ANSWER, QUESTION, P3, ("key",), "tablets", "Tue 06:00"),
    Expected("ok", NO_REPLY),
    Expected("login page", ANSWER, BUG, P2, (), "login page", "Tue 06:00", withheld=True),
    Expected("invoice", ANSWER, QUESTION, P3, (), "invoice", "Tue 06:50"),
)  # fmt: skip
# What belongs to no conversation of a customer: ours alone, a bot's, Slack's own, and channels that are not read.
NOBODYS = ("tom", "alert", "join", "unread", "stranger")


def asked_at(expected: Expected, as_of: date) -> datetime:
    """When the line was written from which the clocks run, as told for that day."""
    seconds, _, micros = stamp(OfficeTime(as_of), expected.asked).partition(".")
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(micros))


def due_at(expected: Expected, as_of: date) -> datetime:
    """When the answer is due, as told for that day: four hours later for P0; for P1, which came while we were closed,
    at ten on the first weekday; else a business day after we opened, or after it was asked if we were open."""
    asked = asked_at(expected, as_of)
    if expected.priority is P0:
        return asked + timedelta(hours=4)
    if expected.priority is P1:
        return _at(_first(as_of, holidays_count=True), time(10))
    opened = _first(as_of)
    clock = asked.astimezone(OFFICE).time() if expected.is_disputed and opened == as_of else time(6)
    return _at(_first(opened + timedelta(days=1)), clock)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, OFFICE).astimezone(UTC)


def _first(day: date, *, holidays_count: bool = False) -> date:
    """That day or the next on which support works."""
    while day.weekday() > 4 or (not holidays_count and day in _holidays(day.year)):
        day += timedelta(days=1)
    return day


@cache
def _holidays(year: int) -> Mapping[date, str]:
    return holidays.country_holidays("US", years=year)
