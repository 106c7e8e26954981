"""What a report says that is not a finding: when, from where, under which rule values."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tasks.reports.limits import URL
from tasks.rules.policy import PipelinePolicy

_RECORD_ID = re.compile("[0-9A-Za-z]{15}([0-9A-Za-z]{3})?")
_WORTH_SAYING = 0.5  # of the day's API calls; below it nobody needs to know


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """How one run was made, whatever it reports.

    as_of         the moment the run judges, with a time zone; shown on the office's clock
    salesforce_url, list_url, run_url   where links lead; an empty one leaves its button out
    calls, daily_share   Salesforce API calls of this run, and the share of the day's limit used by all (0 to 1)
    updated       the moment of a rerun that replaces the report of the same day
    """

    as_of: datetime
    salesforce_url: str
    list_url: str = ""
    run_url: str = ""
    calls: int = 0
    daily_share: float = 0.0
    updated: datetime | None = None
    dry_run: bool = False
    started_by: str = ""

    def record_url(self, sobject: str, record_id: str) -> str:
        """The page of a record; "" for an id that is none."""
        return record_url(self.salesforce_url, sobject, record_id)

    def calls_said(self) -> str:
        """A sentence on the API calls once more than half of the day's are used; "" below that."""
        if self.daily_share <= _WORTH_SAYING:
            return ""
        return f"{self.daily_share:.0%} of today's Salesforce API calls are used, {self.calls:,} by this run."


@dataclass(frozen=True, kw_only=True)
class ReportContext(RunContext):
    """How one run of the pipeline review was made.

    policy        the rule values in force; the footer shows those the report depends on
    stage_order   stages as the sales process has them, for the chart; the rest follow by money
    decide_url    where a person decides; shown as a button when there is something to decide
    compared_with   the day of the review this one is compared with; None: as what is remembered says
    """

    policy: PipelinePolicy
    stage_order: tuple[str, ...] = ()
    decide_url: str = ""
    compared_with: date | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.policy.time_zone)


def nowhere(_: tuple[str, ...]) -> str:
    """The address of a form that is not deployed."""
    return ""


def fitting(address: Callable[[tuple[str, ...]], str], names: tuple[str, ...]) -> tuple[str, int]:
    """The address of a form that is filled in with these names, and with how many of them: as many as fit into an
    address that Slack takes. "" and 0 for none, and where there is no form."""
    count = len(names)
    while count:
        url = address(names[:count])
        if len(url) <= URL:
            return url, count
        count = min(count - 1, count * URL // len(url))
    return "", 0


def record_url(site: str, sobject: str, record_id: str) -> str:
    """The page of a record at that address of Salesforce; "" without one, and for an id that is none."""
    known = site and _RECORD_ID.fullmatch(record_id)
    return f"{site.rstrip('/')}/lightning/r/{sobject}/{record_id}/view" if known else ""
