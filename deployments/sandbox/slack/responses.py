"""The addresses at which an app responds to a command or a press, without a token."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.slack.content import body, take_away
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.slack.triggers import HOOKS, ResponseUrl

KNOWN = frozenset(
    {
        "attachments", "blocks", "delete_original", "mrkdwn", "replace_original", "response_type", "text", "thread_ts",
        "unfurl_links", "unfurl_media", "metadata",
    }
)  # fmt: skip


def route(state: SlackState) -> Route:
    """POST a message as JSON: five times within half an hour."""

    async def endpoint(request: Request) -> Response:
        try:
            told = json.loads(await request.body())
        except ValueError:
            told = None
        if not isinstance(told, dict):
            return _refused("invalid_payload", 400)
        try:
            respond(state, state.triggers.use(request.path_params["key"]), told)
        except SlackError as refusal:
            return _refused(refusal.code, 404 if refusal.code.endswith("_url") else 400)
        return JSONResponse({"ok": True})

    return Route(f"{HOOKS}{{kind}}/{{key}}", endpoint, methods=["POST"])


def respond(state: SlackState, where: ResponseUrl, told: JsonObject) -> None:
    """Say that where the command was given or the button stands. Raises SlackError as Slack refuses.

    Without a word about it, an answer to a press takes the place of the message that was pressed, and an answer to a
    command is for the person alone. What a command has answered cannot be replaced (slackapi/bolt-js issue 2287).
    """
    unknown = sorted(set(told) - KNOWN)
    if unknown:
        raise SlackError("invalid_arguments", tuple(f"unknown argument: {name}" for name in unknown))
    kind = told.get("response_type")
    if kind not in {None, "ephemeral", "in_channel"}:
        raise SlackError("invalid_arguments", ("response_type must be one of: ephemeral, in_channel",))
    if where.message and _yes(told.get("delete_original")):
        _replace(state, where, None)
        return
    content = body(told)
    if where.message and _yes(told.get("replace_original", kind is None)):
        _replace(state, where, content)
    else:
        _say(state, where, {**content, **_thread(told, where)}, to_all=kind == "in_channel")


def _yes(value: Any) -> bool:
    return str(value).lower() == "true"


def _thread(told: JsonObject, where: ResponseUrl) -> JsonObject:
    thread = str(told.get("thread_ts") or where.thread)
    return {"thread_ts": thread} if thread else {}


def _replace(state: SlackState, where: ResponseUrl, content: JsonObject | None) -> None:
    conversation = state.conversations[where.channel]
    message = conversation.messages.get(where.message)
    if state.eyes.ephemeral(where.user, where.channel, where.message) is not None:
        state.eyes.replace(where.user, where.message, content)
    elif message is None:
        raise SlackError("message_not_found")
    elif content is None:
        take_away(conversation, where.message)
    else:
        for name in ("blocks", "attachments"):
            message.pop(name, None)
        message |= content


def _say(state: SlackState, where: ResponseUrl, content: JsonObject, *, to_all: bool) -> None:
    conversation, bot = state.conversations[where.channel], state.users[where.bot]
    if "thread_ts" in content and content["thread_ts"] not in conversation.messages:
        raise SlackError("thread_not_found")
    if to_all:
        state.post(conversation, bot, content)
    else:
        state.eyes.whisper(where.user, where.channel, state.unsent(bot, content))


def _refused(code: str, status: int) -> Response:
    return JSONResponse({"ok": False, "error": code}, status_code=status)
