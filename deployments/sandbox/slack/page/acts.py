"""What a reader of the page does as one of the people: plain forms, each answered by the way back to the page."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from deployments.sandbox.slack import hands, submitting
from deployments.sandbox.slack.inputs import CannotError
from deployments.sandbox.slack.page.modal import entries
from deployments.sandbox.slack.places import Desk, desk, spot
from deployments.sandbox.slack.state import SlackState

SETTLING_SECONDS, BETWEEN_SECONDS = 1.0, 0.05
Act = Callable[[Desk, FormData], Awaitable[None]]


def routes(state: SlackState) -> list[Route]:
    """POST /slack/act/{act}: `as` who does it, `channel` and `thread` where the page is."""

    async def endpoint(request: Request) -> Response:
        act = ACTS.get(request.path_params["act"])
        if act is None:
            return PlainTextResponse("Nobody can do that here.", status_code=404)
        async with request.form() as form:
            try:
                at = desk(state, str(request.base_url), _text(form, "as"))
                before = _situation(at)
                await act(at, form)
                await _settle(at, before)
            except CannotError as error:
                return _back(form, cannot=str(error))
            return _back(form)

    return [Route("/slack/act/{act}", endpoint, methods=["POST"])]


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _back(form: FormData, **more: str) -> Response:
    """To the page on which the form stood. What could not be done is told there; the question of a button is asked."""
    place = "/".join(part for part in (_text(form, "channel"), _text(form, "thread")) if part)
    pressed = {"ts": _text(form, "ts"), "what": _text(form, "what")} if more else {}
    query = urlencode({"as": _text(form, "as"), **pressed, **more})
    return RedirectResponse(f"/slack/{place}?{query}", status_code=303)


def _situation(at: Desk) -> object:
    view = at.state.views.top(at.user.id)
    return view and view.hash, len(at.state.eyes.shown[at.user.id])


async def _settle(at: Desk, before: object) -> None:
    """Apps acknowledge first and act then: wait a moment for what they do, so that the page shows it."""
    end = asyncio.get_running_loop().time() + SETTLING_SECONDS
    while _situation(at) == before and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110  many things move it
        await asyncio.sleep(BETWEEN_SECONDS)


async def _type(at: Desk, form: FormData) -> None:
    await hands.type_in(at, _text(form, "channel"), _text(form, "text"))


async def _press(at: Desk, form: FormData) -> None:
    sure = bool(_text(form, "confirmed"))
    if _text(form, "ts"):
        await hands.press(at, spot(at, _text(form, "channel"), _text(form, "ts"), _text(form, "what")), confirmed=sure)
        return
    await _fill(at, form)
    await hands.press_in_modal(at, _text(form, "what"), confirmed=sure)


async def _fill(at: Desk, form: FormData) -> None:
    view = hands.open_view(at)
    await hands.fill_in(at, view, entries(view, form))


async def _submit(at: Desk, form: FormData) -> None:
    await _fill(at, form)
    await submitting.submit(at)


async def _close(at: Desk, form: FormData) -> None:
    await submitting.close(at, all_of_them=bool(_text(form, "all")))


ACTS: dict[str, Act] = {"type": _type, "press": _press, "fill": _fill, "submit": _submit, "close": _close}
