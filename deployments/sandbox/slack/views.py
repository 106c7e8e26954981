"""Methods about modals: open one, put one on top of it, show something else in its place."""

from typing import Any

from deployments.sandbox.slack.call import Call, Method
from deployments.sandbox.slack.errors import SlackError, missing
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.seed import App
from deployments.sandbox.slack.view_blocks import checked_view
from deployments.sandbox.slack.view_state import View, printed


def open_view(call: Call) -> JsonObject:
    """A modal for the person of a trigger."""
    app, content = _app(call), _view(call)
    call.state.views.unique(content)
    trigger = call.state.triggers.exchange(_trigger(call))
    return _told(call, call.state.views.open(app, call.state.users[trigger.user], content))


def push(call: Call) -> JsonObject:
    """A modal on top of the one in which the trigger was made."""
    _app(call)
    content = _view(call)
    call.state.views.unique(content)
    trigger = call.state.triggers.exchange(_trigger(call))
    below = call.state.views.top(trigger.user)
    if not trigger.root or below is None or below.root != trigger.root:
        raise SlackError("invalid_trigger_id")
    return _told(call, call.state.views.push(below, content))


def update(call: Call) -> JsonObject:
    """Another content for a modal that is still open."""
    app, content = _app(call), _view(call)
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        raise missing("view_id")
    view = call.state.views.find(view_id=view_id, external_id=external_id)
    if view is None or view.app != app:
        raise SlackError("not_found")
    if call.text("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")
    return _told(call, call.state.views.change(view, content))


def _app(call: Call) -> App:
    app = call.state.app(bot=call.caller.id)
    if app is None:
        raise SlackError("not_allowed_token_type")
    return app


def _trigger(call: Call) -> str:
    given = [name for name in ("trigger_id", "interactivity_pointer") if call.text(name)]
    if not given:
        raise missing("trigger_id")
    return call.text(given[0])


def _view(call: Call) -> JsonObject:
    value: Any = call.decoded("view", "invalid_arguments")
    if value is None:
        raise missing("view")
    return checked_view(value)


def _told(call: Call, view: View) -> JsonObject:
    return {"view": printed(view, call.state.home.id, call.caller.bot_id, filled=False)}


METHODS = {
    "views.open": Method(open_view, ("trigger_id", "interactivity_pointer", "view"), reads_json=True),
    "views.push": Method(push, ("trigger_id", "interactivity_pointer", "view"), reads_json=True),
    "views.update": Method(update, ("view_id", "external_id", "view", "hash"), reads_json=True),
}
