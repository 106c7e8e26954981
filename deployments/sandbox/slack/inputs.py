"""What a person puts into the fields of a modal, and what Slack's own client says before it sends them."""

import re
from collections.abc import Iterable
from typing import Any, Protocol

from deployments.sandbox.slack.records import JsonObject

# How the state of an element names what was put in, and how the element names what stands there at the start.
KEYS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
}
SEVERAL = frozenset(kind for kind, (key, _) in KEYS.items() if key.endswith("s"))
_SHAPES = {
    "datepicker": (re.compile(r"\d{4}-\d{2}-\d{2}"), "a date as YYYY-MM-DD"),
    "timepicker": (re.compile(r"\d{2}:\d{2}"), "a time as HH:mm"),
    "datetimepicker": (re.compile(r"\d{10}"), "ten digits: seconds since 1970"),
}
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEB = re.compile(r"https?://\S+\.\S+|https?://localhost\S*")


class CannotError(Exception):
    """A person cannot do that in Slack; the sentence says why."""


class Listed(Protocol):
    """Says which ids a person may choose: those of `kind` (users, channels, conversations) that they see."""

    def __call__(self, kind: str, id_: str) -> bool: ...


def beginning(element: JsonObject) -> JsonObject:
    """The state of an element before anybody has touched it."""
    key, initial = KEYS[element["type"]]
    empty: Any = [] if element["type"] in SEVERAL else None
    return {"type": element["type"], key: element.get(initial, empty)}


def put(element: JsonObject, wanted: Any, listed: Listed) -> JsonObject:
    """The state of an element once a person has put that in: text, a number, the value or the label of an option, an
    id, a list of several; None empties it. Raises CannotError for what is not there to be chosen."""
    kind = element["type"]
    if kind not in KEYS:
        raise CannotError(f"a person cannot fill in a {kind} here")
    key, _ = KEYS[kind]
    if wanted is None:
        return {"type": kind, key: [] if kind in SEVERAL else None}
    if kind in SEVERAL:
        chosen = [_one(element, each, listed) for each in _several(wanted)]
        if len(chosen) > element.get("max_selected_items", len(chosen)):
            raise CannotError(f"no more than {element['max_selected_items']} may be chosen")
        return {"type": kind, key: chosen}
    return {"type": kind, key: _one(element, wanted, listed)}


def _several(wanted: Any) -> Iterable[Any]:
    if isinstance(wanted, str) or not isinstance(wanted, Iterable):
        raise CannotError("several are chosen here: give a list")
    return wanted


def _one(element: JsonObject, wanted: Any, listed: Listed) -> Any:
    kind = element["type"]
    if kind in _SHAPES:
        shape, called = _SHAPES[kind]
        if not shape.fullmatch(str(wanted)):
            raise CannotError(f"{wanted!r} is not {called}")
        return int(wanted) if kind == "datetimepicker" else wanted
    if kind.endswith("_input"):
        return str(wanted) or None
    if "static" in kind or kind in {"radio_buttons", "checkboxes"}:
        return option_of(element, wanted)
    named = next(name for name in ("users", "channels", "conversations") if name in kind)
    if not listed(named, str(wanted)):
        raise CannotError(f"{wanted!r} is not among the {named} to choose from")
    return str(wanted)


def option_of(element: JsonObject, wanted: Any) -> JsonObject:
    """The option with that value, or with that text. Raises CannotError when there is none."""
    groups = [element, *(element.get("option_groups") or [])]
    options: list[JsonObject] = [option for group in groups for option in group.get("options") or []]
    for option in options:
        if wanted in (option.get("value"), option["text"]["text"]):
            return option
    texts = ", ".join(option["text"]["text"] for option in options)
    raise CannotError(f"{wanted!r} is not among the options: {texts}")


def complaint(block: JsonObject, state: JsonObject) -> str:
    """What Slack's client says under a field and does not send it; "" when nothing."""
    element = block["element"]
    value = state[KEYS[element["type"]][0]]
    if value in (None, [], ""):
        return "" if block.get("optional") else "Please complete this required field."
    return _typed_wrongly(element, value) if isinstance(value, str) else ""


def _typed_wrongly(element: JsonObject, value: str) -> str:
    match element["type"]:
        case "email_text_input" if not _MAIL.fullmatch(value):
            return "Please enter a valid email address."
        case "url_text_input" if not _WEB.fullmatch(value):
            return "Please enter a valid URL."
        case "number_input":
            return _not_numbered(element, value)
        case "plain_text_input":
            if len(value) < element.get("min_length", 0):
                return f"Please enter at least {element['min_length']} characters."
            if len(value) > element.get("max_length", 3000):
                return f"Please enter no more than {element.get('max_length', 3000)} characters."
    return ""


def _not_numbered(element: JsonObject, value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and not re.fullmatch(r"[+-]?\d+", value):
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""
