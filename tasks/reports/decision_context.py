"""What the words on a decision need to know beside the decision: the office, the addresses, the owners' Slack ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tasks.reports.blocks import Element, link, mention
from tasks.reports.dates import weekday
from tasks.reports.report_context import record_url
from tasks.reports.slack_text import shorten
from tasks.rules.choosing import same_id
from tasks.rules.policy import OFFICE_ZONE
from tasks.rules.proposals import ProposedDeal

PERSON = 40


@dataclass(frozen=True)
class DecisionContext:
    """How a decision is shown.

    salesforce_url, undo_url, run_url   where links lead; an empty one leaves its link or button out
    slack_owners   Salesforce user id -> Slack member id, from the settings: whom to mention
    undo_until     the last office day on which it can be undone; None: it cannot
    dry_run        nothing was written: what is said is what would be
    """

    salesforce_url: str = ""
    corporate_currency: str = "USD"
    time_zone: str = OFFICE_ZONE
    slack_owners: Mapping[str, str] = field(default_factory=dict)
    undo_url: str = ""
    undo_until: date | None = None
    run_url: str = ""
    dry_run: bool = False

    def member(self, owner_id: str) -> str:
        """The Slack id of an owner; "" where the settings name none."""
        return next((slack for owner, slack in self.slack_owners.items() if same_id(owner, owner_id)), "")

    def owner(self, deal: ProposedDeal) -> Element:
        """The owner mentioned where the settings allow it, else named."""
        return mention(self.member(deal.owner_id), owner_name(deal))

    def deal(self, deal: ProposedDeal, limit: int, *, linked: bool) -> Element:
        """The opportunity's name, leading to its record."""
        name = shorten(deal.name, limit) or f"(no name) {shorten(deal.id, PERSON)}"
        return link(name, record_url(self.salesforce_url, "Opportunity", deal.id) if linked else "")

    def clock(self, moment: datetime, on: date) -> str:
        """The time at the office, "08:02"; with its day, "Tue 24 Nov 08:02", where that is not `on`."""
        local = moment.astimezone(ZoneInfo(self.time_zone))
        return f"{local:%H:%M}" if local.date() == on else f"{weekday(local.date(), on)} {local:%H:%M}"


def owner_name(deal: ProposedDeal) -> str:
    """Who owned the opportunity when it was proposed."""
    return shorten(deal.owner, PERSON) or "no owner"
