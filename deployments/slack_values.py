"""What a person has filled in: from the state of a submitted modal to the values of a run form.

Pydantic's errors become sentences that say what to give.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from deployments.slack_fields import Field, Kind
from deployments.slack_inputs import OFF, ON

State = Mapping[str, Mapping[str, Mapping[str, Any]]]
_CONVERSATIONS = {"C": "a channel", "G": "a private channel", "D": "a direct message"}


def filled_in(fields: Iterable[Field], state: State) -> dict[str, Any]:
    """The values (JSON, not yet validated) of the fields that the modal asked for, by name. `state` is its
    `view.state.values`: what stands in each element, by block_id and action_id."""
    values: dict[str, Any] = {}
    for field in fields:
        told = [
            element
            for block, actions in state.items()
            if block.split(".")[0] == field.name
            for element in actions.values()
        ]
        if told:
            values[field.name] = _value(field, told)
    return values


def wrong(form: type[BaseModel], values: Mapping[str, Any]) -> dict[str, ErrorDetails]:
    """What the form refuses about the values: the first error of each field; "" stands for the form as a whole."""
    try:
        form.model_validate(dict(values))
    except ValidationError as error:
        every = [(str(one["loc"][0]) if one["loc"] else "", one) for one in error.errors(include_url=False)]
        return {name: next(one for other, one in every if other == name) for name, _ in every}
    return {}


def sentence(field: Field | None, error: ErrorDetails) -> str:
    """What to give instead, for people. A rule of the form's own says so itself; None is for the form as a whole."""
    own = error.get("ctx", {}).get("error")
    if error["type"] == "value_error" and own is not None:
        return str(own)
    if field is None:
        return "This does not fit together."
    return _SENTENCES[field.kind](field, error["type"])


def _value(field: Field, told: list[Mapping[str, Any]]) -> Any:
    first = told[0]
    match field.kind:
        case Kind.DAY:
            return first.get("selected_date")
        case Kind.MOMENT:
            return first.get("selected_date_time")  # seconds, which pydantic reads as UTC
        case Kind.NUMBER:
            return first.get("value")
        case Kind.SWITCH:
            return {ON: True, OFF: False}.get((first.get("selected_option") or {}).get("value", ""))
        case Kind.TEXT | Kind.CHANNEL:
            # Keyboards of phones put a space after a word that they complete.
            return (first.get("selected_conversation") or first.get("value") or "").strip()
        case Kind.KEYS | Kind.CHOICES:
            return keys(key for element in told for key in _chosen(element))


def _chosen(element: Mapping[str, Any]) -> list[str]:
    """The keys in one menu or text. Names hold commas, so only lines part them."""
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"] or ()]
    return (element.get("value") or "").splitlines()


def keys(given: Iterable[str]) -> list[str]:
    """Each once, without spaces around it; empty ones are left out."""
    return list(dict.fromkeys(stripped for key in given if (stripped := key.strip())))


def _number(field: Field, _: str) -> str:
    if field.least is not None and field.most is not None:
        return f"Give a number from {field.least:,} to {field.most:,}."
    if field.least is not None:
        return f"Give a number, {field.least:,} or more."
    return "Give a whole number." if field.most is None else f"Give a number, {field.most:,} or less."


def _text(field: Field, kind: str) -> str:
    if kind == "string_too_long":
        return f"At most {field.most:,} characters."
    return (
        f"At least {field.least:,} characters."
        if kind == "string_too_short"
        else f"This does not fit. {field.said()}".strip()
    )


def _channel(field: Field, _: str) -> str:
    names = [_CONVERSATIONS[letter] for letter in field.conversations]
    return f"The id of {' or '.join(names)}, such as {field.conversations[0]}030A767HQV."


def _keys(field: Field, kind: str) -> str:
    if kind == "too_long":
        return f"At most {field.most:,}."
    return f"At least {field.least:,}." if kind == "too_short" else "One name, id or key a line."


def _choices(field: Field, kind: str) -> str:
    if kind == "too_long":
        return f"Choose at most {field.most:,}."
    which = f"at least {field.least:,} of" if kind == "too_short" else "among"
    return f"Choose {which}: {', '.join(field.choices)}."


_SENTENCES = {
    Kind.DAY: lambda *_: "A day such as 2026-11-23.",
    Kind.MOMENT: lambda *_: "A day and a time, such as 2026-11-23T06:00:00-08:00.",
    Kind.NUMBER: _number,
    Kind.SWITCH: lambda *_: "Choose On or Off.",
    Kind.TEXT: _text,
    Kind.CHANNEL: _channel,
    Kind.KEYS: _keys,
    Kind.CHOICES: _choices,
}
