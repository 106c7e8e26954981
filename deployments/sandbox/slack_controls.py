"""A person's hands in the pretend Slack, the state of the app's web sockets, and how they end."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.slack import hands, submitting
from deployments.sandbox.slack.inputs import CannotError
from deployments.sandbox.slack.places import Desk, desk, spot
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.sockets import REASONS
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.slack.view_state import View, printed

ROOT = "/__sandbox__/slack"
Act = Callable[[Desk, JsonObject], Awaitable[None]]


def routes(state: SlackState) -> list[Route]:
    """POST /__sandbox__/slack/hands/{act} lets a person do something; see `ACTS` for what each wants beside `user`.

    It is answered with what the person has been shown meanwhile and the modal before them; 409 for what they cannot do.
    GET …/hands?user=U… tells the same from the beginning. GET …/app tells of the app's web sockets, POST changes them.
    """

    async def act(request: Request) -> Response:
        doing = ACTS.get(request.path_params["act"])
        if doing is None:
            return JSONResponse({"error": f"a person can: {', '.join(ACTS)}"}, status_code=404)
        try:
            wanted = await request.json()
            before = len(state.eyes.shown[wanted["user"]])
            await doing(desk(state, str(request.base_url), wanted["user"]), wanted)
        except (KeyError, TypeError, ValueError) as error:
            return JSONResponse({"error": f"not understood: {error!r}"}, status_code=400)
        except CannotError as error:
            return JSONResponse({"error": str(error)}, status_code=409)
        return JSONResponse(_seen(state, wanted["user"], before))

    async def seen(request: Request) -> Response:
        return JSONResponse(_seen(state, request.query_params.get("user", ""), 0))

    async def app(request: Request) -> Response:
        if request.method == "POST":
            refusal = await _change(state, await request.json())
            if refusal:
                return JSONResponse({"error": refusal}, status_code=400)
        sockets = state.sockets
        told = {"links": sockets.links, "opened": sockets.opened, "patience": sockets.patience}
        sent = [asdict(envelope) for envelope in sockets.sent]
        return JSONResponse({**told, "problems": list(sockets.problems), "sent": sent})

    return [
        Route(f"{ROOT}/hands/{{act}}", act, methods=["POST"]),
        Route(f"{ROOT}/hands", seen, methods=["GET"]),
        Route(f"{ROOT}/app", app, methods=["GET", "POST"]),
    ]


def _seen(state: SlackState, user: str, since: int) -> JsonObject:
    view = state.views.top(user)
    shown = [asdict(one) for one in state.eyes.shown[user][since:]]
    return {"seen": shown, "modal": None if view is None else _modal(state, view)}


def _modal(state: SlackState, view: View) -> JsonObject:
    """The modal as Slack tells it, the errors under its fields, and how many lie below it."""
    below = len(state.views.piles[view.user.id]) - 1
    told = printed(view, state.home.id, state.users[view.app.bot].bot_id)
    return {**told, "errors": view.errors, "busy": view.busy, "below": below}


async def _change(state: SlackState, wanted: dict[str, Any]) -> str:
    """Set how many seconds the app has to acknowledge, or end its web sockets: with a reason, or cut off."""
    match wanted:
        case {"patience": int() | float() as seconds} if seconds >= 0:
            state.sockets.patience = seconds
        case {"disconnect": str(reason)} if reason in REASONS:
            await state.sockets.disconnect(reason)
        case {"cut": True}:
            state.sockets.cut()
        case _:
            return f"patience (seconds), disconnect ({', '.join(REASONS)}) or cut (true)"
    return ""


async def _type(at: Desk, told: JsonObject) -> None:
    await hands.type_in(at, told["channel"], told["text"])


async def _press(at: Desk, told: JsonObject) -> None:
    sure = told.get("confirmed") is True
    if "ts" in told:
        await hands.press(at, spot(at, told["channel"], told["ts"], told["what"]), confirmed=sure)
    else:
        await hands.press_in_modal(at, told["what"], confirmed=sure)


async def _choose(at: Desk, told: JsonObject) -> None:
    there = spot(at, told["channel"], told["ts"], told["what"])
    await hands.choose(at, there, told["value"], confirmed=told.get("confirmed") is True)


async def _fill(at: Desk, told: JsonObject) -> None:
    await hands.fill(at, told["entries"])


async def _submit(at: Desk, _: JsonObject) -> None:
    await submitting.submit(at)


async def _close(at: Desk, told: JsonObject) -> None:
    await submitting.close(at, all_of_them=told.get("all") is True)


ACTS: dict[str, Act] = {
    "type": _type,  # channel, text: "/rituals run all"
    "press": _press,  # channel and ts of the message (neither: in the modal), what: action id or label; confirmed
    "choose": _choose,  # channel, ts, what, value; confirmed
    "fill": _fill,  # entries: {label, block id or action id: value}
    "submit": _submit,
    "close": _close,  # all: true closes all that lie on the pile
}
