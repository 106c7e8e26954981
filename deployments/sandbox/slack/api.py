"""The pretend Slack over HTTP: /api/<method>, the address for uploads, and permalinks that lead to the page."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from deployments.sandbox.slack import apps, chat, conversations, files, people, reactions, responses, sockets, views
from deployments.sandbox.slack.call import Call, Method
from deployments.sandbox.slack.errors import RateLimitedError, SlackError
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.seed import User
from deployments.sandbox.slack.state import SlackState

METHODS: Mapping[str, Method] = {
    **people.METHODS,
    **conversations.METHODS,
    **chat.METHODS,
    **reactions.METHODS,
    **files.METHODS,
    **views.METHODS,
}


def routes(state: SlackState) -> list[BaseRoute]:
    """The Web API over that state. Everything runs in the serving loop, one call after the other."""

    async def method(request: Request) -> Response:
        told: dict[str, str] = {}
        try:
            answer = await _answer(state, request, told)
        except RateLimitedError as refusal:
            told["Retry-After"] = str(refusal.seconds)
            return JSONResponse(refusal.body(), status_code=429, headers=told)
        except SlackError as refusal:
            return JSONResponse(refusal.body(), headers=told)
        return JSONResponse({"ok": True, **answer}, headers=told)

    async def upload(request: Request) -> Response:
        return await _receive(state, request)

    async def permalink(request: Request) -> Response:
        return _to_page(state, request)

    return [
        Route(f"/{files.UPLOAD_PATH}{{file_id}}", upload, methods=["POST"]),
        Route("/api/{method}", method, methods=["GET", "POST"]),
        responses.route(state),
        WebSocketRoute(sockets.PATH, state.sockets.serve),
        Route("/archives/{channel}/p{digits:int}", permalink, methods=["GET"]),
    ]


async def _answer(state: SlackState, request: Request, told: dict[str, str]) -> JsonObject:
    """Authenticate, read the arguments and run the method. Headers that go with any answer are put into `told`."""
    name = request.path_params["method"]
    method = METHODS.get(name)
    if method is None and name != apps.OPEN:
        raise SlackError("unknown_method")
    sent, is_json = await _arguments(request)
    token = _token(request, str(sent.pop("token", None) or ""))
    if method is None or state.app(token=token) is not None:
        told |= {"X-OAuth-Scopes": apps.SCOPE}
        return apps.opened(state, request, token)
    caller = _caller(state, token)
    told |= apps.scopes(state.app(bot=caller.id))
    state.rates.take(name, caller.id)
    arguments = {} if is_json and not method.reads_json else {k: v for k, v in sent.items() if v is not None}
    # Slack passes over arguments it does not know; here they are refused, so that a misspelt one is found.
    # Bolt's clients name the workspace in every call, which means something to an app of several only.
    unknown = sorted(set(arguments) - {*method.arguments, "team_id"})
    if unknown:
        raise SlackError("invalid_arguments", tuple(f"unknown argument: {name}" for name in unknown))
    return method.handler(Call(state, caller, arguments, str(request.base_url)))


async def _arguments(request: Request) -> tuple[dict[str, Any], bool]:
    """The arguments from the query and the body, and whether the body was JSON."""
    arguments: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "GET":
        return arguments, False
    if kind == "application/json":
        return arguments | _json_object(await request.body()), True
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form() as form:
            return arguments | {name: value for name, value in form.items() if isinstance(value, str)}, False
    if await request.body():
        raise SlackError("invalid_post_type" if kind else "missing_post_type")
    return arguments, False


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    return value


def _token(request: Request, in_body: str) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip() if scheme.lower() == "bearer" else in_body
    if not token:
        raise SlackError("not_authed")
    return token


def _caller(state: SlackState, token: str) -> User:
    if token not in state.tokens:
        raise SlackError("invalid_auth")
    caller = state.users[state.tokens[token]]
    if caller.deleted:
        raise SlackError("account_inactive")
    return caller


async def _receive(state: SlackState, request: Request) -> Response:
    """Step two of an upload: the bytes, as the body or as the one file of a form. The ticket in the path is the key."""
    stored = state.files.get(request.path_params["file_id"])
    if stored is None or stored.ready:
        return PlainTextResponse("upload ticket not found", status_code=404)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            sent = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
            stored.content = await sent[0].read() if sent else b""
    else:
        stored.content = await request.body()
    stored.ready = True
    return PlainTextResponse(f"OK - {len(stored.content)}")


def _to_page(state: SlackState, request: Request) -> Response:
    """From a permalink to the message on the page, inside its thread if it has one."""
    digits = str(request.path_params["digits"])
    ts = f"{digits[:-6]}.{digits[-6:]}"
    conversation = state.conversations.get(request.path_params["channel"])
    message = None if conversation is None else conversation.messages.get(ts)
    if conversation is None or message is None:
        return PlainTextResponse("no such message", status_code=404)
    root = message.get("thread_ts") or (ts if conversation.replies(ts) else None)
    return RedirectResponse(f"/slack/{conversation.id}" + (f"/{root}" if root else ""))
