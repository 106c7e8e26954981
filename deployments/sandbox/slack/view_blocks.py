"""Block Kit's rules for a modal: its frame, its blocks, and the inputs that only stand in modals."""

import json
from collections.abc import Iterator
from typing import Any

from deployments.sandbox.slack.blocks import BLOCKS
from deployments.sandbox.slack.checks import (
    Check,
    Problems,
    both,
    fields,
    flag,
    items,
    number,
    one_of,
    text,
    typed,
    wrong,
)
from deployments.sandbox.slack.elements import ELEMENTS, ID, plain
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.records import JsonObject

MOST_BLOCKS = 100
MOST_BYTES = 250_000
LONGEST_INPUT = 3000

DISPATCH = fields({}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2, 1)})
TYPED = {
    "action_id": ID,
    "focus_on_load": flag,
    "placeholder": plain(150),
    "initial_value": text(LONGEST_INPUT),
    "dispatch_action_config": DISPATCH,
}


def _ordered(value: Any, pointer: str, problems: Problems) -> None:
    """The least is not above the most."""
    for least, most in (("min_length", "max_length"), ("min_value", "max_value")):
        try:
            if float(value[least]) > float(value[most]):
                wrong(problems, f"{least} must be less than or equal to {most}", pointer)
        except (KeyError, TypeError, ValueError):
            continue


def _numeral(value: Any, pointer: str, problems: Problems) -> None:
    """A number as text, as Slack wants those of a number_input."""
    try:
        float(value if isinstance(value, str) else "")
    except ValueError:
        wrong(problems, "must be a string that is a number", pointer)


PLAIN_TEXT = fields(
    {},
    {
        **TYPED,
        "multiline": flag,
        "min_length": number(0, LONGEST_INPUT, whole=True),
        "max_length": number(1, LONGEST_INPUT, whole=True),
    },
)
NUMBER = fields(
    {"is_decimal_allowed": flag},
    {**TYPED, "initial_value": _numeral, "min_value": _numeral, "max_value": _numeral},
)
# What may stand in an input: all that is chosen from, nothing that is pressed.
CHOSEN = {kind: check for kind, check in ELEMENTS.items() if kind not in {"button", "workflow_button", "overflow"}}
INPUTS: dict[str, Check] = {
    **CHOSEN,
    "plain_text_input": both(PLAIN_TEXT, _ordered),
    "number_input": both(NUMBER, _ordered),
    "email_text_input": fields({}, TYPED),
    "url_text_input": fields({}, TYPED),
}
INPUT = fields(
    {"label": plain(2000), "element": typed(INPUTS)},
    {"block_id": ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
)
IN_MODALS = ("actions", "context", "divider", "header", "image", "rich_text", "section", "video")
BLOCK = typed({**{kind: BLOCKS[kind] for kind in IN_MODALS}, "input": INPUT})
MODAL = fields(
    {"title": plain(24), "blocks": items(BLOCK, MOST_BLOCKS)},
    {
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": text(LONGEST_INPUT),
        "callback_id": ID,
        "external_id": ID,
        "clear_on_close": flag,
        "notify_on_close": flag,
    },
)


def checked_view(value: Any) -> JsonObject:
    """The view as it is kept, every block and every element with an id. Raises SlackError as Slack would."""
    problems: Problems = []
    if not isinstance(value, dict) or value.get("type") != "modal":
        raise _refused(["must be one of: modal [json-pointer:/view/type]"])
    if len(json.dumps(value).encode()) > MOST_BYTES:
        raise SlackError("view_too_large")
    MODAL(value, "/view", problems)
    if not problems:
        _over_all(value, problems)
    if problems:
        raise _refused(problems)
    return {**value, "blocks": [_with_ids(block, place) for place, block in enumerate(value["blocks"])]}


def _refused(problems: Problems) -> SlackError:
    return SlackError("invalid_arguments", ("failed to match all allowed schemas [json-pointer:/view]", *problems))


def _over_all(view: JsonObject, problems: Problems) -> None:
    """What holds for the view as a whole."""
    blocks = view["blocks"]
    inputs = [place for place, block in enumerate(blocks) if block["type"] == "input"]
    if inputs and "submit" not in view:
        wrong(problems, "must define `submit` to use `input` block", f"/view/blocks/{inputs[0]}/input")
    named = [block["block_id"] for block in blocks if block.get("block_id")]
    for name in sorted({name for name in named if named.count(name) > 1}):
        wrong(problems, f"`block_id` must be unique: {name} already exists", "/view/blocks")
    focused = [one for block in blocks for one in elements_of(block) if one.get("focus_on_load")]
    if len(focused) > 1:
        wrong(problems, "only one element may have focus_on_load", "/view/blocks")


def _with_ids(block: JsonObject, place: int) -> JsonObject:
    """Slack makes up the ids that the app has left out."""
    named = {**block, "block_id": block.get("block_id") or f"b{place}"}
    if block["type"] == "input":
        named["element"] = _with_id(block["element"], "a0")
    elif block["type"] == "actions":
        named["elements"] = [_with_id(one, f"a{number}") for number, one in enumerate(block["elements"])]
    elif block["type"] == "section" and "accessory" in block:
        named["accessory"] = _with_id(block["accessory"], "a0")
    return named


def _with_id(element: JsonObject, made_up: str) -> JsonObject:
    return element if element["type"] == "image" else {**element, "action_id": element.get("action_id") or made_up}


def elements_of(block: JsonObject) -> Iterator[JsonObject]:
    """What a person may press, choose or fill in, in a block of a message or a view."""
    inner = {"input": "element", "section": "accessory"}.get(block["type"])
    if inner and inner in block:
        yield block[inner]
    if block["type"] == "actions":
        yield from block["elements"]
