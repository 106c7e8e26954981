"""What the report of the Salesforce check says that is not a verdict."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from tasks.reports.report_context import RunContext, fitting, nowhere
from tasks.rules.expected import OBJECTS
from tasks.rules.policy import OFFICE_ZONE
from tasks.rules.verdicts import RecordRef

_API_NAME = re.compile("[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, kw_only=True)
class ValidationContext(RunContext):
    """How one check of Salesforce was made.

    profile       whose view was judged; "": as the outcome names it
    time_zone     of the office
    objects       API names of what was looked at
    with_records  whether records were looked at, or the structure alone
    file_url      the address of the form that files findings as issues, filled in with their keys; "" for none
    file_at_most  so many issues are filed by one order: the form is filled in with no more
    history_url   where the checks before are shown
    last_report   the day of the report before; None for none
    """

    profile: str = ""
    time_zone: str = OFFICE_ZONE
    objects: tuple[str, ...] = OBJECTS
    with_records: bool = True
    file_url: Callable[[tuple[str, ...]], str] = nowhere
    file_at_most: int = 25
    history_url: str = ""
    last_report: date | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.time_zone)

    def page(self, record: RecordRef) -> str:
        """The page of a record; "" for an id or an object that is none."""
        return self.record_url(record.object, record.id) if _API_NAME.fullmatch(record.object) else ""

    def filing(self, keys: tuple[str, ...]) -> tuple[str, int]:
        """Where these findings can be filed, and how many of them: no more than one order takes, and than fit into an
        address that Slack takes."""
        return fitting(self.file_url, keys[: self.file_at_most])
