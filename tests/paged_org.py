"""A Salesforce that answers queries as a test says: in pages of 2,000 rows, or with a refusal."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.server import serve
from tasks.salesforce_queries import PAGE

DATA = "/services/data/v67.0"
_LIMIT = {"Sforce-Limit-Info": "api-usage=18/100000"}


@dataclass(frozen=True)
class Refusal:
    """An error of Salesforce's."""

    code: str
    message: str = ""
    status: int = 400


Rows = Sequence[dict[str, Any]]
Answers = Callable[[str], Rows | Refusal]


@dataclass
class PagedOrg:
    """Answers composite queries. `asked` is the SOQL of every query that was new, in order."""

    answers: Answers
    asked: list[str] = field(default_factory=list)
    _open: list[Rows] = field(default_factory=list)

    async def login(self, _: Request) -> Response:
        """A token for everybody."""
        return JSONResponse({"access_token": "paged", "instance_url": "https://127.0.0.1", "token_type": "Bearer"})

    async def composite(self, request: Request) -> Response:
        """The next page of each query."""
        asked = json.loads(await request.body())["compositeRequest"]
        parts = []
        for part in asked:
            status, body = self._answer(part["url"])
            parts.append(
                {"httpStatusCode": status, "httpHeaders": {}, "referenceId": part["referenceId"], "body": body}
            )
        return JSONResponse({"compositeResponse": parts}, headers=_LIMIT)

    def _answer(self, url: str) -> tuple[int, Any]:
        parts = urlsplit(url)
        if not parts.query:
            cursor, offset = parts.path.rpartition("/")[2].split("-")
            return 200, self._page(int(cursor), int(offset))
        [soql] = parse_qs(parts.query)["q"]
        self.asked.append(soql)
        rows = self.answers(soql)
        if isinstance(rows, Refusal):
            return rows.status, [{"errorCode": rows.code, "message": rows.message}]
        self._open.append(rows)
        return 200, self._page(len(self._open) - 1, 0)

    def _page(self, cursor: int, offset: int) -> dict[str, Any]:
        rows, end = self._open[cursor], offset + PAGE
        done = end >= len(rows)
        following = {} if done else {"nextRecordsUrl": f"{DATA}/query/{cursor}-{end}"}
        return {"totalSize": len(rows), "done": done, "records": list(rows[offset:end]), **following}


@contextmanager
def paged_org(answers: Answers) -> Iterator[tuple[PagedOrg, dict[str, str]]]:
    """Serves it; the org, and the settings that lead to it."""
    org = PagedOrg(answers)
    routes = [
        Route("/services/oauth2/token", org.login, methods=["POST"]),
        Route(f"{DATA}/composite/", org.composite, methods=["POST"]),
        Route(f"{DATA}/composite", org.composite, methods=["POST"]),
    ]
    with serve(Starlette(routes=routes)) as address:
        yield (
            org,
            {
                "RITUALS_SALESFORCE_URL": address, "RITUALS_SALESFORCE_CLIENT_ID": "paged",
                "RITUALS_SALESFORCE_CLIENT_SECRET": "paged", "RITUALS_SLACK_URL": f"{address}/api/",
                "RITUALS_SLACK_TOKEN": "xoxb-paged", "RITUALS_SLACK_CHANNEL": "C0PAGED",
            },
        )  # fmt: skip
