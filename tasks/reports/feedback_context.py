"""What the report of the feedback sweep says that is not a finding."""

from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from tasks.reports.report_context import RunContext, fitting, nowhere
from tasks.rules.feedback_policy import SupportPolicy
from tasks.rules.policy import OFFICE_ZONE


@dataclass(frozen=True, kw_only=True)
class FeedbackContext(RunContext):
    """How one sweep was made.

    time_zone      of the office            hours   the support hours and clocks it was judged by
    on_shift       who is on shift; "" where the settings say nothing
    currency       of the customers' values
    file_url       the address of the form that files requests, filled in with their keys; "" for none
    file_at_most   so many requests are filed by one order
    request_days   a request to the sales team may wait so many business days (L23)
    slack_calls    calls of Slack
    """

    time_zone: str = OFFICE_ZONE
    hours: SupportPolicy = field(default_factory=SupportPolicy)
    on_shift: str = ""
    currency: str = "USD"
    file_url: Callable[[tuple[str, ...]], str] = nowhere
    file_at_most: int = 25
    request_days: int = 1
    slack_calls: int = 0

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.time_zone)

    def filing(self, keys: tuple[str, ...]) -> tuple[str, int]:
        """Where these requests can be filed, and how many of them fit."""
        return fitting(self.file_url, keys[: self.file_at_most])
