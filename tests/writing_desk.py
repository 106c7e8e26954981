"""A writer at the pretend company, and what its tests ask of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.company.people import INTEGRATIONS
from deployments.sandbox.company.tell import USER_IDS
from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.server import serve
from tasks.clients import READ_RETRIES, SalesforceDoor
from tasks.rules.proposals import Fields
from tasks.salesforce_writes import BATCH, Answer, Change, OpportunityWriter
from tasks.settings import Settings
from tests.company import Sandbox, settings_from

# The same retries, without the waiting between them.
AT_ONCE = READ_RETRIES.new(backoff_factor=0, backoff_jitter=0)
US, TOM = USER_IDS[INTEGRATIONS], USER_IDS["tom"]
NOBODY = make_id("006", 999_999)
LOST = {"StageName": "Closed Lost", "Loss_Reason__c": "No response"}
COMPOSITE = ".*/composite/?"


@dataclass
class Desk:
    """A writer at the pretend company, and the open deals it may write."""

    sandbox: Sandbox
    writer: OpportunityWriter
    door: SalesforceDoor
    deals: list[str]

    def change(self, deal: str, fields: Fields = LOST) -> Change:
        """That change to the deal as it stands now."""
        return Change(deal, fields, self.modified(deal))

    def modified(self, deal: str) -> datetime:
        return datetime.fromisoformat(self.now(deal)["LastModifiedDate"])

    def now(self, deal: str) -> Fields:
        """The deal as it stands, over the API."""
        return dict(self.door.json(f"sobjects/Opportunity/{deal}"))

    def write(self, fields: Fields = LOST, deal: str = "") -> Answer:
        """Write the first deal, or another."""
        [answer] = self.writer.write([self.change(deal or self.deals[0], fields)]).values()
        return answer


def at(sandbox: Sandbox) -> Desk:
    """A desk with 26 open deals."""
    door = SalesforceDoor(sandbox.settings, AT_ONCE)
    soql = f"SELECT+Id+FROM+Opportunity+WHERE+IsClosed=false+ORDER+BY+Id+LIMIT+{BATCH + 1}"
    deals = [row["Id"] for row in door.json(f"query?q={soql}")["records"]]
    return Desk(sandbox, OpportunityWriter(door, sandbox.settings), door, deals)


def sent(sandbox: Sandbox) -> int:
    """How often a composite was sent since the last reset."""
    return len([call for call in sandbox.calls()["calls"] if re.fullmatch(COMPOSITE, call["path"])])


@contextmanager
def answering(*answers: object) -> Iterator[Settings]:
    """A Salesforce that lets in whoever comes and gives those answers in turn; yields the settings that lead to it."""
    left = iter(answers)

    async def token(_: Request) -> Response:
        return JSONResponse({"access_token": "t", "instance_url": "https://sandbox.my.salesforce.com"})

    async def data(_: Request) -> Response:
        return JSONResponse(next(left))

    routes = [Route("/services/oauth2/token", token, methods=["POST"])]
    routes.append(Route("/services/data/{rest:path}", data, methods=["GET", "POST"]))
    with serve(Starlette(routes=routes)) as address:
        yield settings_from(
            {
                "RITUALS_SALESFORCE_URL": address,
                "RITUALS_SALESFORCE_CLIENT_ID": "app",
                "RITUALS_SALESFORCE_CLIENT_SECRET": "pretend",
                "RITUALS_SLACK_TOKEN": "xoxb-pretend",
                "RITUALS_SLACK_CHANNEL": "C0RITUALS",
            }
        )
