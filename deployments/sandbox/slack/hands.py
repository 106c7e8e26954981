"""What a person does in Slack with an app: gives it a command, presses its buttons, fills in its modals.

Each of these ends when the app has acknowledged, or has not in time. Each raises CannotError for what a person could
not do; nothing has happened then.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from deployments.sandbox.slack import payloads
from deployments.sandbox.slack.content import body
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.inputs import KEYS, CannotError, option_of, put
from deployments.sandbox.slack.places import Desk, Element, Spot, element_in, field_in, listed, place
from deployments.sandbox.slack.records import Conversation, JsonObject
from deployments.sandbox.slack.seed import App
from deployments.sandbox.slack.shown import FAILED, OPENED, Shown
from deployments.sandbox.slack.view_state import View

INTERACTIVE, COMMANDS = "interactive", "slash_commands"
UNHEARD = "This app did not respond. Try again, or ask who looks after it."
_COMMAND = re.compile(r"/\S+( .*)?", re.DOTALL)


async def type_in(at: Desk, channel: str, line: str) -> None:
    """Type a command into a channel. People of other workspaces do not have ours."""
    conversation = place(at, channel)
    if at.user.id not in conversation.members:
        raise CannotError(f"{at.user.name} has not joined {channel}")
    if not _COMMAND.fullmatch(line):
        raise CannotError(f"{line!r} is not a command")
    name = line.partition(" ")[0]
    app = at.state.app(command=name)
    if app is None or at.user.team_id != at.state.home.id:
        _fail(at, "invalid_command", f"{name} is not a valid command.")
        return
    answer = await at.state.sockets.deliver(app, COMMANDS, payloads.command(at, app, conversation, line))
    error = answer.error or _reply(at, app, conversation, answer.payload)
    if error:
        _fail(at, error, f'{name} failed with the error "{error}"')


async def press(at: Desk, spot: Spot, *, confirmed: bool = False) -> None:
    """Press a button of a message. What asks for confirmation is pressed `confirmed`. A link also opens."""
    _press(at, spot.element, confirmed=confirmed)
    await _interact(at, spot, payloads.action(at.state, spot.block, spot.element, {}), {})


async def choose(at: Desk, spot: Spot, value: Any, *, confirmed: bool = False) -> None:
    """Choose from a menu of a message; an overflow menu keeps nothing of what was chosen."""
    block, element = spot.block, spot.element
    _confirm(element, confirmed=confirmed)
    if element["type"] == "overflow":
        told, values = {"selected_option": option_of(element, value)}, {}
    elif element["type"] in KEYS:
        state = put(element, value, listed(at))
        told, values = _without_type(state), {block["block_id"]: {element["action_id"]: state}}
    else:
        raise CannotError(f"nothing is chosen in a {element['type']}: press it")
    await _interact(at, spot, payloads.action(at.state, block, element, told), values)


async def press_in_modal(at: Desk, wanted: str, *, confirmed: bool = False) -> None:
    """Press a button inside the modal that is open."""
    view = open_view(at)
    block, element = element_in(view.content["blocks"], wanted)
    _press(at, element, confirmed=confirmed)
    await _interact_in_view(at, view, payloads.action(at.state, block, element, {}))


async def fill(at: Desk, entries: dict[str, Any]) -> None:
    """Put something into fields of the modal, named by label, block id or action id. The app hears of what it asked
    for: menus outside of inputs, and inputs that dispatch. Nothing is put in when one of them cannot be."""
    view = open_view(at)
    await fill_in(at, view, [(*_field(view, wanted), value) for wanted, value in entries.items()])


async def fill_in(at: Desk, view: View, entries: Iterable[tuple[JsonObject, JsonObject, Any]]) -> None:
    """The same for elements that have been found: the block, what stands in it, and the value."""
    made = [(block, element, put(element, value, listed(at))) for block, element, value in entries]
    changed = [(b, e, s) for b, e, s in made if view.values.get(b["block_id"], {}).get(e["action_id"]) != s]
    for block, element, state in changed:
        view.values.setdefault(block["block_id"], {})[element["action_id"]] = state
        view.errors.pop(block["block_id"], None)
    for block, element, state in changed:
        if block["type"] != "input" or block.get("dispatch_action"):
            await _interact_in_view(at, view, payloads.action(at.state, block, element, _without_type(state)))


def open_view(at: Desk) -> View:
    """The modal in front of that person. Raises CannotError when there is none, or when it waits for the app."""
    view = at.state.views.top(at.user.id)
    if view is None:
        raise CannotError(f"no modal is open before {at.user.name}")
    if view.busy:
        raise CannotError("the modal has been submitted and waits for the app")
    return view


def _field(view: View, wanted: str) -> Element:
    """An input of that name, else a menu that stands elsewhere in the modal."""
    blocks = view.content["blocks"]
    try:
        return field_in(blocks, wanted)
    except CannotError:
        with suppress(CannotError):
            return element_in(blocks, wanted)
        raise


def _without_type(state: JsonObject) -> JsonObject:
    return {name: value for name, value in state.items() if name != "type"}


def _press(at: Desk, element: JsonObject, *, confirmed: bool) -> None:
    if element["type"] != "button":
        raise CannotError(f"a {element['type']} is not pressed: choose from it")
    _confirm(element, confirmed=confirmed)
    if element.get("url"):
        at.state.eyes.show(at.user.id, Shown(OPENED, element["url"]))


def _confirm(element: JsonObject, *, confirmed: bool) -> None:
    asked = element.get("confirm")
    if asked and not confirmed:
        raise CannotError(f"Slack asks first: {asked['title']['text']} {asked['text']['text']}")


async def _interact(at: Desk, spot: Spot, told: JsonObject, values: JsonObject) -> None:
    app = at.state.app(bot=spot.message.get("user", ""))
    if app is None:
        raise CannotError("nobody listens to the buttons of that message: no app wrote it")
    answer = await at.state.sockets.deliver(app, INTERACTIVE, payloads.pressed_in_message(at, spot, told, values))
    if answer.error:
        _fail(at, answer.error, UNHEARD)


async def _interact_in_view(at: Desk, view: View, told: JsonObject) -> None:
    answer = await at.state.sockets.deliver(view.app, INTERACTIVE, payloads.pressed_in_view(at.state, view, told))
    if answer.error:
        _fail(at, answer.error, UNHEARD)


def _reply(at: Desk, app: App, conversation: Conversation, payload: JsonObject) -> str:
    """Show what the acknowledgement of a command said; the error when it could not be shown."""
    if not payload:
        return ""
    try:
        content = body(payload)
    except SlackError as refusal:
        at.state.sockets.problems.append(f"the answer to a command: {refusal.code} {' '.join(refusal.messages)}")
        return "invalid_command_response"
    bot = at.state.users[app.bot]
    if payload.get("response_type") == "in_channel":
        at.state.post(conversation, bot, content)
    else:
        at.state.eyes.whisper(at.user.id, conversation.id, at.state.unsent(bot, content))
    return ""


def _fail(at: Desk, error: str, words: str) -> None:
    at.state.eyes.show(at.user.id, Shown(FAILED, words, error=error))
