"""A calendar writer at the small company, and a talk to book there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from deployments.sandbox import environment
from deployments.sandbox.app import build
from deployments.sandbox.clock import Clock
from deployments.sandbox.company.people import INTEGRATIONS
from deployments.sandbox.company.tell import USER_IDS
from deployments.sandbox.salesforce.org import Org
from tasks.clients import SalesforceDoor
from tasks.rules.talks import Talk
from tasks.salesforce_calendar import CalendarWriter
from tests.company import REVIEW_AT, Sandbox
from tests.faults.small_company import small_company
from tests.sandbox.salesforce.company import Stage
from tests.writing_desk import AT_ONCE

US, REP, MANAGER, OTHER = (USER_IDS[key] for key in (INTEGRATIONS, "tom", "marisol", "priya"))
PACIFIC = "America/Los_Angeles"
# A Saturday: 10:00 in Los Angeles. Nobody at the small company has anything in their calendar.
SATURDAY_10 = datetime(2027, 2, 20, 18, 0, tzinfo=UTC)
TALK = Talk(
    id="talk-2026-12-01-3f9a1c", report_key="activity-review:2026-12-01", channel="D0CRO", rep_id=REP, rep="Tom Okafor",
    manager_id=MANAGER, manager="Marisol Vega", starts=SATURDAY_10, minutes=30, time_zone=PACIFIC,
    subject="Coaching: following up with people", agenda=("One", "Two", "Three"), because="4 people",
    drafted_at=datetime(2026, 12, 1, 15, 28, tzinfo=UTC),
)  # fmt: skip
FIELDS: Mapping[str, object] = {"Description": "One\nTwo\nThree"}
SPANS = ["user_id", "starts", "ends"]


@dataclass
class Desk:
    """A calendar writer at the pretend company."""

    sandbox: Sandbox
    door: SalesforceDoor
    writer: CalendarWriter

    def calendar(self, user: str, day: str = "2027-02-20") -> list[dict[str, Any]]:
        """The events of a user that begin on that day, over the API."""
        fields = "SELECT Id, Subject, Description, StartDateTime, DurationInMinutes, IsChild, CreatedById"
        soql = f"{fields} FROM Event WHERE OwnerId = '{user}' AND ActivityDate = {day}"
        return list(self.door.json(f"query?q={quote(soql)}")["records"])

    def somebody_fills(self, user: str, subject: str = "Dentist", **more: Any) -> None:
        """Right before the next request, that user puts something at the talk's time into their calendar."""
        fields = {"Subject": subject, "StartDateTime": "2027-02-20T18:00:00Z", "DurationInMinutes": 30, **more}
        self.sandbox.org(edits=[{"sobject": "Event", "user_id": user, "fields": fields, "path": ".*"}])

    def spans(self, **zones: str) -> list[tuple[str, str, str]]:
        """What fills the calendar of the rep and the manager from 17:00 to 20:00 UTC of that Saturday."""
        found = self.writer.busy(
            {REP: PACIFIC, MANAGER: PACIFIC, **zones},
            SATURDAY_10 - timedelta(hours=1),
            SATURDAY_10 + timedelta(hours=2),
        )
        assert list(found) == SPANS
        return [(u, f"{s:%d %H:%M}", f"{e:%d %H:%M}") for u, s, e in found.itertuples(index=False)]

    def left(self) -> str:
        """A user who is no longer active."""
        soql = quote("SELECT Id FROM User WHERE IsActive = false ORDER BY Id LIMIT 1")
        return str(self.door.json(f"query?q={soql}")["records"][0]["Id"])


def at(stage: Stage) -> Desk:
    """A desk at a small company of its own, which the stage serves from now on."""
    company, clock = small_company(), Clock(lambda: REVIEW_AT)
    org = Org(clock)
    stage.app = build(company, clock, org)
    told = dict(line.split("=", 1) for line in environment.lines(stage.url, company, org))
    sandbox = Sandbox(stage.url, told)
    door = SalesforceDoor(sandbox.settings, AT_ONCE)
    return Desk(sandbox, door, CalendarWriter(door, sandbox.settings))
