"""The calendars of our people for the two weeks to come: meetings among ourselves, absences, time that looks taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from deployments.sandbox.company.activities import EVENT_COLUMNS
from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.people import TEAM
from deployments.sandbox.company.tell import USER_IDS
from deployments.sandbox.salesforce.values import as_moment

FIRST = 5_000  # the numbers below belong to meetings with customers
DAYS = 10  # weekdays ahead
WHOLE_DAY = 24 * 60
_SELLERS = tuple(c.key for c in TEAM if c.role == "Account Executive" and c.active)


@dataclass(frozen=True)
class Planned:
    """The first of `who` invites the others. `on` are weekdays ahead, counted from 1, or the name of a weekday; a
    meeting without a time fills the day."""

    subject: str
    who: Sequence[str]
    on: tuple[int, ...] | str
    at: str = ""
    minutes: int = WHOLE_DAY
    show_as: str = "Busy"


# On the first day the manager is away, and the second begins late: the first time that is free for two is not the
# first half hour.
PLANNED = (
    Planned("Out of office", ("marisol",), (1,), show_as="OutOfOffice"),
    Planned("Pipeline review", ("marisol", *_SELLERS), "Mon", "09:00", 60),
    Planned("Forecast call", ("marisol",), (2,), "08:30", 150),
    Planned("Board papers", ("marisol",), (3, 4), "09:00", 120),
    Planned("Hold for the board papers", ("marisol",), (2,), "11:00", 60, "Free"),
    Planned("Leads of the day", ("marisol", "sam", "ines"), "Tue", "08:30", 30),
    Planned("Leads of the day", ("marisol", "sam", "ines"), "Thu", "08:30", 30),
    Planned("Calls", ("sam",), tuple(range(1, DAYS + 1)), "11:00", 30),
    Planned("Security questions", ("marcus", "daniel"), (2, 7), "11:00", 90),
    Planned("Training", ("tom", "priya", "lena", "jo"), "Wed", "13:00", 60),
    Planned("Out of office", ("lena",), (5, 6), show_as="OutOfOffice"),
    Planned("Working from home", ("jo",), (3,), show_as="Free"),
)


def calendars(office: OfficeTime) -> Table:
    """Event: an event for who invites, and a copy for everybody invited."""
    entries = ((planned, day) for planned in PLANNED for day in _days(office, planned))
    both = ((planned, day, key) for planned, day in entries for key in planned.who)
    return Table(EVENT_COLUMNS, tuple(_row(office, FIRST + n, *entry) for n, entry in enumerate(both)))


def _days(office: OfficeTime, planned: Planned) -> Iterator[int]:
    """Days ago (negative)."""
    coming = [office.working_day(ahead) for ahead in range(1, DAYS + 1)]
    for ahead, ago in enumerate(coming, 1):
        if f"{office.date(ago):%a}" == planned.on or (not isinstance(planned.on, str) and ahead in planned.on):
            yield ago


def _row(office: OfficeTime, number: int, planned: Planned, ago: int, key: str) -> tuple[object, ...]:
    day, made, owner = office.day(ago), office.moment(5, "16:10"), USER_IDS[key]
    starts, ends = f"{day}T00:00:00.000+0000", f"{day}T00:00:00.000+0000"  # a whole day has no time zone
    if planned.at:
        begins = office.at(ago, planned.at)
        starts, ends = as_moment(begins), as_moment(begins + timedelta(minutes=planned.minutes))
    invited = key != planned.who[0]
    return (
        record_id("00U", number), None, None, None, owner, planned.subject, day, starts, starts, ends, planned.minutes,
        planned.show_as, int(not planned.at), int(invited), 0, 0,
        made, USER_IDS[planned.who[0]], made, USER_IDS[planned.who[0]], made,
    )  # fmt: skip
