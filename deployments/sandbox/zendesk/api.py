"""The pretend Zendesk over HTTP, below /zendesk: its API v2 as far as tickets need it."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from deployments.sandbox.zendesk import search, tickets
from deployments.sandbox.zendesk.answer import Answer
from deployments.sandbox.zendesk.call import PREFIX, Call
from deployments.sandbox.zendesk.errors import ZendeskError, not_authenticated, not_understood, too_many
from deployments.sandbox.zendesk.seed import Agent
from deployments.sandbox.zendesk.state import ZendeskState

Handler = Callable[[Call], Answer]
HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("GET", "/tickets"): tickets.listing,
    ("POST", "/tickets"): tickets.create,
    ("GET", "/tickets/{number:int}"): tickets.read,
    ("PUT", "/tickets/{number:int}"): tickets.change,
    ("DELETE", "/tickets/{number:int}"): tickets.delete,
    ("GET", "/tickets/{number:int}/comments"): tickets.comments,
    ("GET", "/search"): search.results,
}


def routes(state: ZendeskState) -> list[BaseRoute]:
    """The API over that state, each address with and without .json. Everything runs in the serving loop, one call after
    the other."""
    known = [
        _route(state, method, f"{path}{end}", handler)
        for (method, path), handler in HANDLERS.items()
        for end in (".json", "")
    ]

    async def nowhere(_: Request) -> Response:
        return JSONResponse({"error": "InvalidEndpoint", "description": "Not found"}, 404)

    anything = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return [*known, Route(f"{PREFIX}/{{rest:path}}", nowhere, methods=anything)]


def _route(state: ZendeskState, method: str, path: str, handler: Handler) -> Route:
    async def endpoint(request: Request) -> Response:
        left, seconds = state.called()
        rate = {"X-Rate-Limit": str(state.calls_a_minute), "X-Rate-Limit-Remaining": str(max(0, left))}
        try:
            if left < 0:
                raise too_many("Number of allowed API requests per minute exceeded", seconds)
            answer = handler(await _call(state, request))
        except ZendeskError as refusal:
            answer = Answer(refusal.content, refusal.status, refusal.headers)
        headers = {**rate, "X-Zendesk-Request-Id": uuid4().hex[:20], **answer.headers}
        if answer.content is None:
            return Response(status_code=answer.status, headers=headers)
        return JSONResponse(answer.content, answer.status, headers)

    return Route(f"{PREFIX}/api/v2{path}", endpoint, methods=[method])


async def _call(state: ZendeskState, request: Request) -> Call:
    """Raises ZendeskError 401 for a login that nobody gave out, 400 for a body that is no JSON object."""
    caller = _caller(state, request.headers.get("authorization", ""))
    path = {name: str(value) for name, value in request.path_params.items()}
    base = f"{str(request.base_url).rstrip('/')}{PREFIX}"
    key = request.headers.get("idempotency-key", "")
    return Call(state, caller, path, dict(request.query_params), _body(await request.body()), key, base)


def _caller(state: ZendeskState, login: str) -> Agent:
    """By `e-mail/token:token` as Basic, or an OAuth token as Bearer."""
    scheme, _, value = login.partition(" ")
    email: str | None = None
    if scheme.lower() == "bearer":
        email = state.oauth_tokens.get(value.strip())
    elif scheme.lower() == "basic":
        name, _, token = _decoded(value).partition(":")
        known = name.endswith("/token") and (name.removesuffix("/token"), token) in state.api_tokens
        email = name.removesuffix("/token") if known else None
    if email is None or email not in state.agents:
        raise not_authenticated()
    return state.agents[email]


def _decoded(value: str) -> str:
    try:
        return b64decode(value, validate=True).decode()
    except ValueError:
        return ""


def _body(sent: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(sent or b"{}")
    except ValueError:
        raise not_understood("Unable to parse JSON") from None
    if not isinstance(value, dict):
        raise not_understood("Body should be a JSON object")
    return value
