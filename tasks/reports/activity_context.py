"""What the activity review's report and the replies about its talks say that is not a finding."""

from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from tasks.reports.report_context import RunContext, fitting, nowhere
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.policy import OFFICE_ZONE

_SOBJECTS = {"003": "Contact", "00Q": "Lead", "001": "Account", "00T": "Task", "00U": "Event", "02s": "EmailMessage"}


@dataclass(frozen=True, kw_only=True)
class ActivityContext(RunContext):
    """How one run of the activity review, or one booking of its talks, was made.

    policy      the rule values in force; the report says that they are nobody's policy until they are agreed
    time_zone   of the office
    list_url    where the activities are listed
    book_url    the address of the booking form, filled in with these drafts; "" where there is none
    """

    policy: ActivityPolicy = field(default_factory=ActivityPolicy)
    time_zone: str = OFFICE_ZONE
    book_url: Callable[[tuple[str, ...]], str] = nowhere

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.time_zone)

    def page(self, record_id: str) -> str:
        """The page of a person, an account or an activity, by what its id begins with; "" for any other id."""
        sobject = _SOBJECTS.get(record_id[:3], "")
        return self.record_url(sobject, record_id) if sobject else ""

    def booking(self, talk_ids: tuple[str, ...]) -> tuple[str, int]:
        """Where these drafts can be booked, and how many of them fit into an address that Slack takes."""
        return fitting(self.book_url, talk_ids)
