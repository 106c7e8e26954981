"""A sandbox that remembers what each request to its Salesforce said, headers and queries included."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployments.sandbox.company.build import build
from deployments.sandbox.company.crowd import SIZES
from tasks.clients import SalesforceDoor
from tasks.rules.scope import shortest_silence
from tasks.salesforce_pipeline import PipelineReader, Reading
from tests import company
from tests.company import MONDAY, REVIEW_AT, Sandbox, settings_from

DATA = "/services/data/v67.0/"


@dataclass(frozen=True)
class Asked:
    """One request: its path, headers (lower case) and body."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def addresses(self) -> list[str]:
        """The addresses of the subrequests of a composite."""
        is_composite = self.path.rstrip("/").endswith("composite")
        return [part["url"] for part in json.loads(self.body)["compositeRequest"]] if is_composite else []

    @property
    def queries(self) -> list[str]:
        """The SOQL in it; a next page has none."""
        if self.method == "POST" and self.path.endswith("jobs/query"):
            return [json.loads(self.body)["query"]]
        return [soql for url in self.addresses for soql in parse_qs(urlsplit(url).query).get("q", [])]


@dataclass
class Watching:
    """ASGI around the sandbox: notes every request to Salesforce, the login included, before it is answered."""

    app: ASGIApp
    asked: list[Asked] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not scope["path"].startswith("/services/"):
            await self.app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        self.asked.append(Asked(scope["method"], scope["path"], headers, body))

        async def again() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, again, send)


@dataclass(frozen=True)
class Watched:
    """A running sandbox and what it was asked."""

    sandbox: Sandbox
    watching: Watching

    def read(self, *, in_bulk: bool = False) -> tuple[Reading, list[Asked]]:
        """One reading by pages, or as Bulk jobs, without waiting between polls; and the requests it made."""
        above = "0" if in_bulk else str(10**9)
        config = settings_from({**self.sandbox.environment, "RITUALS_SALESFORCE_BULK_ABOVE": above})
        self.watching.asked.clear()
        silence = shortest_silence(config.pipeline)
        reader = PipelineReader(SalesforceDoor(config), config, REVIEW_AT, silence, sleep=lambda _: None)
        return reader.read(), list(self.watching.asked)


@contextmanager
def watched(open_deals: int) -> Iterator[Watched]:
    """The company of the story, filled up to so many open deals (0: the story alone)."""
    seen: list[Watching] = []

    def around(*given: object) -> Watching:
        app: Starlette = company_app(*given)  # type: ignore[arg-type]
        seen.append(Watching(app))
        return seen[-1]

    company_app = company.build
    with patch.dict(SIZES, {"asked for": open_deals}):
        made = build(1, "asked for", MONDAY)
    with patch.object(company, "build", around), company.running(made) as sandbox:
        yield Watched(sandbox, seen[0])
