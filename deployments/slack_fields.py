"""The fields of a run form as Slack can ask for them.

They are read from the JSON schema of its pydantic model, from which Prefect's UI is made as well. A field is known by
the kind of its value, never by the name of its form.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from pydantic import BaseModel

LAST = "dry_run"  # is asked last, right above the button that starts the run
SIGNATURES = {"decided_by", "undone_by"}
_SIGNED = {"Decided by", "Undone by"}
_SIGNS = "Your full name, as it is on the list of those who may"
_CHANNELS = "CGD"  # what ids of channels, private channels of old, and direct messages begin with

# About Prefect's own inputs: how to leave "none" there.
_HOW_IN_PREFECT = re.compile(r"To give (one|an? [a-z]+), choose [a-z-]+\.")
_HOW_TO_WRITE_A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d")
_SENTENCE_END = re.compile(r"(?<=\.)\s+")
_ABOUT = {"title", "description", "default"}


class Kind(Enum):
    """What a field asks for, which decides how Slack asks."""

    DAY = auto()
    MOMENT = auto()
    NUMBER = auto()
    SWITCH = auto()
    TEXT = auto()
    CHANNEL = auto()  # a text that may only be the id of a Slack conversation
    KEYS = auto()  # any texts: names, ids, keys
    CHOICES = auto()  # some of those that there are


# The JSON schema of each kind, and what else it may say. Any other word is a rule that Slack would not be told.
_SHAPES: dict[Kind, tuple[Mapping[str, str], set[str]]] = {
    Kind.DAY: ({"type": "string", "format": "date"}, set()),
    Kind.MOMENT: ({"type": "string", "format": "date-time"}, set()),
    Kind.NUMBER: ({"type": "integer"}, {"minimum", "maximum"}),
    Kind.SWITCH: ({"type": "boolean"}, set()),
    Kind.TEXT: ({"type": "string"}, {"minLength", "maxLength", "pattern"}),
    Kind.KEYS: ({"type": "array"}, {"items", "minItems", "maxItems"}),
}
_MAY_BE_NONE = {Kind.DAY, Kind.MOMENT, Kind.NUMBER}
_MAY_BE_EMPTY = {Kind.TEXT, Kind.CHANNEL, Kind.KEYS, Kind.CHOICES}


@dataclass(frozen=True)
class Field:
    """One field of a form.

    default         its JSON value where nothing is given
    least, most     bounds of a number, of the length of a text, of the length of a list; None where there is none
    choices         those that there are
    conversations   what ids of conversations it takes, of "CGD"
    needed          whether it may not stay empty
    long            whether it is a text of several lines
    signs           whether it says who decides
    """

    name: str
    kind: Kind
    title: str
    description: str
    default: Any
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()
    conversations: str = ""
    needed: bool = False
    long: bool = False
    signs: bool = False

    def said(self) -> str:
        """The description without what concerns Prefect's own inputs."""
        return " ".join(
            sentence for sentence in _SENTENCE_END.split(self.description) if not self._is_of_prefect(sentence)
        )

    def _is_of_prefect(self, sentence: str) -> bool:
        return bool(
            _HOW_IN_PREFECT.fullmatch(sentence)
            or (self.kind is Kind.MOMENT and _HOW_TO_WRITE_A_MOMENT.search(sentence))
        )


def fields(form: type[BaseModel]) -> tuple[Field, ...]:
    """All fields in the order in which the form asks, the dry run last. Raises TypeError, with form and field, for one
    that Slack cannot ask for as it stands."""
    schema: dict[str, dict[str, Any]] = form.model_json_schema().get("properties", {})
    required = [name for name, field in form.model_fields.items() if field.is_required()]
    if required:
        raise TypeError(f"{form.__name__}.{required[0]} has no default, without which no form opens empty.")
    defaults = form().model_dump(mode="json")
    found = [_field(form.__name__, name, told, defaults[name]) for name, told in schema.items()]
    return tuple(sorted(found, key=lambda field: field.name == LAST))


def _field(form: str, name: str, told: Mapping[str, Any], default: Any) -> Field:
    shape = {word: value for word, value in told.items() if word not in _ABOUT}
    options = [option for option in shape.pop("anyOf", []) if option != {"type": "null"}]
    may_be_none = bool(options)
    if len(options) == 1 and not shape:
        [shape] = options
    kind = _kind(shape)
    if kind is None or (may_be_none and kind not in _MAY_BE_NONE):
        raise TypeError(f"{form}.{name} is of a kind that Slack is not asked for yet: {dict(told)}")
    title, description = str(told.get("title", name)), str(told.get("description", ""))
    least = shape.get("minimum", shape.get("minLength", shape.get("minItems")))
    signs = kind is Kind.TEXT and (name in SIGNATURES or title in _SIGNED or description.startswith(_SIGNS))
    return Field(
        name, kind, title, description, default,
        least=least,
        most=shape.get("maximum", shape.get("maxLength", shape.get("maxItems"))),
        choices=tuple(shape.get("items", {}).get("enum", ())),
        conversations=_conversations(shape),
        needed=signs or bool(least and kind in _MAY_BE_EMPTY) or (kind not in _MAY_BE_EMPTY and not may_be_none),
        long=shape.get("format") == "textarea",
        signs=signs,
    )  # fmt: skip


def _kind(shape: Mapping[str, Any]) -> Kind | None:
    plain = {word: value for word, value in shape.items() if (word, value) != ("format", "textarea")}
    for kind, (must, may) in _SHAPES.items():
        if must.items() <= plain.items() and plain.keys() <= must.keys() | may:
            return _list_kind(shape["items"]) if kind is Kind.KEYS else _text_kind(shape) if kind is Kind.TEXT else kind
    return None


def _list_kind(items: Mapping[str, Any]) -> Kind | None:
    if items == {"type": "string"}:
        return Kind.KEYS
    is_choice = items.keys() == {"type", "enum"} and items["type"] == "string"
    return Kind.CHOICES if is_choice else None


def _text_kind(shape: Mapping[str, Any]) -> Kind:
    return Kind.CHANNEL if _conversations(shape) else Kind.TEXT


def _conversations(shape: Mapping[str, Any]) -> str:
    """The ids of which conversations the pattern takes; "" where it takes anything else as well, or no id."""
    pattern = shape.get("pattern")
    if not isinstance(pattern, str) or any(re.search(pattern, other) for other in ("U030A767HQV", "some words")):
        return ""
    return "".join(letter for letter in _CHANNELS if re.search(pattern, f"{letter}030A767HQV"))
