"""A company whose Salesforce, Slack and GitHub tell what real ones do of permissions; and what the doctor says."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployments.doctor_lines import Line
from deployments.sandbox import environment
from deployments.sandbox.app import build
from deployments.sandbox.clock import Clock
from deployments.sandbox.company.build import build as build_company
from deployments.sandbox.company.model import Company
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.server import serve
from tests.company import REVIEW_AT, Sandbox

SCOPES = (
    "channels:history,channels:read,chat:write,files:write,groups:history,groups:read,im:history,im:read,users:read"
)


LACKS = ("wrong", "warn")


@dataclass
class Telling:
    """ASGI in front of the company: adds what headers tell of a token, and answers what the org tells of its user.

    scopes    of the Slack token, "" for a Slack that does not tell      classic   of a GitHub token
    permissions   of the integration user, as UserPermissionAccess has them; None for an org that does not tell
    """

    app: ASGIApp
    scopes: str = SCOPES
    classic: str = ""
    permissions: Mapping[str, bool] | None = field(default_factory=lambda: {"PermissionsModifyAllData": False})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qs(scope.get("query_string", b"").decode()).get("q", [""])[0]
        if self.permissions is not None and " FROM UserPermissionAccess" in query:
            await _answer(send, {"totalSize": 1, "done": True, "records": [dict(self.permissions)]})
            return
        path = str(scope.get("path", ""))
        told = self.scopes if path.startswith("/api/") else self.classic if path.startswith("/github/") else ""

        async def more(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = [(name, value) for name, value in message["headers"] if name != b"x-oauth-scopes"]
                message = {**message, "headers": [*others, *([(b"x-oauth-scopes", told.encode())] if told else [])]}
            await send(message)

        await self.app(scope, receive, more)


@contextmanager
def telling(company: Company | None = None, **told: Any) -> Iterator[Sandbox]:
    """The small company on Mon 23 Nov 07:28, telling so."""
    company = company or build_company(1, "small", REVIEW_AT.date())
    clock = Clock(lambda: REVIEW_AT)
    org = Org(clock)
    with serve(Telling(build(company, clock, org), **told)) as address:
        lines = dict(line.split("=", 1) for line in environment.lines(address, company, org))
        yield Sandbox(address, lines)


def told(lines: Iterator[Line], *verdicts: str) -> list[str]:
    """What the lines of those verdicts say."""
    return [line.said for line in lines if line.verdict in verdicts]


def without(sandbox: Sandbox, *names: str, **more: str) -> dict[str, str]:
    """Its settings without those, and with these."""
    return {**{name: value for name, value in sandbox.environment.items() if name not in names}, **more}


async def _answer(send: Send, body: Mapping[str, Any]) -> None:
    headers = [(b"content-type", b"application/json"), (b"sforce-limit-info", b"api-usage=1/115000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})
