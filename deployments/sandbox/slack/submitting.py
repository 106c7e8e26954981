"""A person sends a modal off or closes it, and what the app makes of that."""

from typing import Any

from deployments.sandbox.slack import payloads
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.hands import INTERACTIVE, open_view
from deployments.sandbox.slack.inputs import CannotError, complaint
from deployments.sandbox.slack.places import Desk
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.shown import ERRORS, FAILED, Shown
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.slack.view_blocks import checked_view
from deployments.sandbox.slack.view_state import View

TROUBLE = "We had some trouble connecting. Try again?"
BAD_ANSWER = "invalid_view_response"


async def submit(at: Desk) -> None:
    """Press the submit button. What Slack's client finds wrong in the fields is shown and the app hears nothing."""
    state, view = at.state, open_view(at)
    if not view.content.get("submit"):
        raise CannotError("this modal has nothing to submit: close it")
    view.errors = _complaints(view)
    if view.errors:
        _show_errors(state, view)
        return
    view.busy = True
    try:
        answer = await state.sockets.deliver(view.app, INTERACTIVE, payloads.submitted(state, view))
    finally:
        view.busy = False
    if answer.error:
        state.eyes.show(at.user.id, Shown(FAILED, TROUBLE, error=answer.error))
        return
    try:
        _follow(state, view, answer.payload)
    except SlackError as refusal:
        state.sockets.problems.append(f"the answer to a modal: {refusal.code} {' '.join(refusal.messages)}")
        state.eyes.show(at.user.id, Shown(FAILED, TROUBLE, error=BAD_ANSWER))


async def close(at: Desk, *, all_of_them: bool = False) -> None:
    """Press the close button of the modal in front, or the cross that closes all. The app hears of those that asked
    to be told; its answer changes nothing."""
    state, top = at.state, open_view(at)
    all_of_them = all_of_them or bool(top.content.get("clear_on_close"))
    closing = list(state.views.piles[at.user.id]) if all_of_them else [top]
    if all_of_them:
        state.views.clear(at.user.id)
    else:
        state.views.close(top)
    for view in reversed(closing):
        if view.content.get("notify_on_close"):
            told = payloads.closed(state, view, all_of_them=all_of_them)
            await state.sockets.deliver(view.app, INTERACTIVE, told)


def _complaints(view: View) -> dict[str, str]:
    found = {
        block["block_id"]: complaint(block, view.values[block["block_id"]][element["action_id"]])
        for block, element in view.elements()
        if block["type"] == "input" and element["type"] != "external_select"
    }
    return {block: words for block, words in found.items() if words}


def _show_errors(state: SlackState, view: View) -> None:
    words = "; ".join(view.errors.values())
    state.eyes.show(view.user.id, Shown(ERRORS, words, errors=dict(view.errors)))


def _follow(state: SlackState, view: View, told: JsonObject) -> None:
    """Do what the acknowledgement says with the modal; without a word it closes. Raises SlackError when it cannot."""
    match told:
        case {} if not told:
            state.views.close(view)
        case {"response_action": "clear"}:
            state.views.clear(view.user.id)
        case {"response_action": "update", "view": content}:
            state.views.change(view, checked_view(content))
        case {"response_action": "push", "view": content}:
            state.views.push(view, checked_view(content))
        case {"response_action": "errors", "errors": dict(errors)} if errors:
            view.errors = _under_fields(view, errors)
            _show_errors(state, view)
        case _:
            raise SlackError("invalid_arguments", (f"no answer to a modal: {str(told)[:200]}",))


def _under_fields(view: View, errors: dict[Any, Any]) -> dict[str, str]:
    """The errors by block id, each of an input and in words."""
    inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
    for block, words in errors.items():
        if block not in inputs or not isinstance(words, str) or not words:
            raise SlackError("invalid_arguments", (f"no error under an input: {block}: {words}",))
    return dict(errors)
