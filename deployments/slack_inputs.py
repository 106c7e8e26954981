"""The input blocks of a modal: one for a field of a run form, or several where one menu does not hold all options.
Limits are those of the Block Kit reference (docs.slack.dev).

Every text is plain and without emoji, so that nothing in it mentions, links or formats.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from deployments.slack_fields import Field, Kind
from tasks.reports.blocks import Block, Element
from tasks.reports.limits import length
from tasks.reports.slack_text import fit

LABEL, HINT = 2_000, 2_000
TEXT = 3_000  # of a text input
OPTION_TEXT, OPTION_VALUE = 75, 150
OPTIONS = 100  # of one menu
ALL_OPTIONS = 500  # of one field, over several menus
CHECKBOXES = 10
MOMENTS = range(1_000_000_000, 10_000_000_000)  # seconds in ten digits: from September 2001
LONG = 255  # a text that may have more characters gets several lines
ON, OFF = "on", "off"
TAKE_OUT = "Take out what you do not want."  # what the form says of names and of an empty list is not for a menu
_SWITCHED = re.compile(r"On: (?P<on>.+?\.)(?: Off: (?P<off>.+\.))?")
_ID_OF = re.compile(r"^Id of ")
_SUCH_AS = re.compile(r", such as [CGD][A-Z0-9]{2,}")
_KINDS_OF_CONVERSATION = {"C": ("public", "private"), "G": ("private",), "D": ("im",)}


def inputs(field: Field, value: Any, labels: Mapping[str, str], width: int = OPTION_TEXT) -> list[Block]:
    """The blocks that ask for a field, which holds `value` (JSON) at first. The first one's block_id is the field's
    name. `labels` says what keys mean, and offers those that are not in `value`; it may come from anybody. An option's
    text has at most `width` characters."""
    if field.kind is Kind.KEYS and (keys := _offered(value, labels)):
        return _menus(field, _options(keys, labels, width), value)
    if field.kind is Kind.CHOICES and len(field.choices) > CHECKBOXES:
        return _menus(field, _options(field.choices, {}, width), value)
    element, hint = _ELEMENTS[field.kind](field, value)
    return [_input(field, element, hint)]


def misfit(field: Field, value: Any) -> str:
    """Why Slack cannot show the value, which is right for the form; "" where it can."""
    if field.kind is Kind.MOMENT and value is not None and _seconds(value) not in MOMENTS:
        return "Slack shows moments from September 2001 on."
    if field.kind in {Kind.TEXT, Kind.CHANNEL} and length(value) > TEXT:
        return f"It has {length(value):,} characters, and a form in Slack takes {TEXT:,}. Start it in Prefect instead."
    if field.kind is Kind.KEYS and value and not _offered(value, {}):
        text = "\n".join(value)
        if length(text) > TEXT or any(len(key.splitlines()) > 1 for key in value):
            return f"Its {len(value):,} entries are more than a form in Slack takes. Start it in Prefect instead."
    return ""


def _offered(given: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """The keys to choose among, those that are given first; none where they do not fit into menus, so that they are
    asked for as text. Where only the labels are too many, they are left out."""
    every = list(dict.fromkeys([*given, *(key for key in labels if key and key == key.strip())]))
    for keys in (every, list(given)):
        if len(keys) <= ALL_OPTIONS and all(length(key) <= OPTION_VALUE for key in keys):
            return keys
    return []


def _options(keys: Sequence[str], labels: Mapping[str, str], width: int) -> list[Element]:
    """One option a key, with its label. Where two read the same, the end of the key tells them apart."""
    said = {key: fit(labels.get(key, ""), width) or fit(key, width) or "…" for key in keys}
    times = Counter(said.values())
    tail = width // 3
    for key, words in said.items():
        if times[words] > 1:
            said[key] = f"{fit(words, width - tail - 4)} · …{fit(key[-tail:], tail)}"
    return [{"text": _plain(said[key]), "value": key} for key in keys]


def _menus(field: Field, options: Sequence[Element], chosen: Sequence[str]) -> list[Block]:
    """Menus of a hundred options each. Slack has groups of options for that, but refuses or forgets what is chosen
    initially in more than one of them (slackapi/bolt-js issues 1496 and 1920)."""
    parts = [options[at : at + OPTIONS] for at in range(0, len(options), OPTIONS)]
    blocks: list[Block] = []
    for number, part in enumerate(parts):
        first = number * OPTIONS
        initial = [option for option in part if option["value"] in set(chosen)]
        element = _element(
            field, "multi_static_select", options=part, initial_options=initial, placeholder=_plain("Choose")
        )
        which = f" ({first + 1:,} to {first + len(part):,} of {len(options):,})" if len(parts) > 1 else ""
        hint = TAKE_OUT if field.kind is Kind.KEYS and chosen else field.said()
        block = _input(field, element, "" if number else hint, which)
        blocks.append({**block, "block_id": f"{field.name}.{number + 1}"} if number else block)
    return blocks


def _day(field: Field, value: Any) -> tuple[Element, str]:
    return _element(field, "datepicker", initial_date=value), field.said()


def _moment(field: Field, value: Any) -> tuple[Element, str]:
    initial = None if value is None else _seconds(value)
    hint = f"{field.said()} Slack shows it in your own time zone."
    return _element(field, "datetimepicker", initial_date_time=initial), hint


def _number(field: Field, value: Any) -> tuple[Element, str]:
    bounds = {
        name: str(bound) for name, bound in (("min_value", field.least), ("max_value", field.most)) if bound is not None
    }
    initial = None if value is None else str(value)
    placeholder = _plain(f"{field.least} to {field.most}") if len(bounds) > 1 else None
    element = _element(
        field, "number_input", is_decimal_allowed=False, **bounds, initial_value=initial, placeholder=placeholder
    )
    return element, field.said()


def _switch(field: Field, value: Any) -> tuple[Element, str]:
    """Two radio buttons, which tell "no" from "not answered"; a checkbox would not."""
    words = _SWITCHED.fullmatch(field.description)
    said = {side: _capital(words[side] or "") for side in (ON, OFF)} if words else {}
    fits = bool(said) and all(length(text) <= OPTION_TEXT for text in said.values())
    on, off = (
        {"text": _plain(label), "value": side, **({"description": _plain(said[side])} if fits and said[side] else {})}
        for label, side in (("On", ON), ("Off", OFF))
    )
    element = _element(field, "radio_buttons", options=[on, off], initial_option=on if value else off)
    return element, "" if fits else field.said()


def _text(field: Field, value: Any) -> tuple[Element, str]:
    # The form counts an emoji as one character, Slack may count two.
    most = max(min(field.most or TEXT, TEXT), length(value))
    is_long = field.long or (field.most or 0) > LONG or len(value.splitlines()) > 1
    cut = f" At most {TEXT:,} characters here." if field.most is not None and field.most > TEXT else ""
    element = _element(
        field, "plain_text_input", multiline=is_long, max_length=most, min_length=field.least, initial_value=value
    )
    return element, field.said() + cut


def _channel(field: Field, value: Any) -> tuple[Element, str]:
    """A menu of the person's own conversations, without those shared with other companies. One that is given stays an
    id in a text: this person may not see it, and Slack does not say what its menu does then."""
    if value:
        return _text(field, value)
    kinds = {kind for letter in field.conversations for kind in _KINDS_OF_CONVERSATION[letter]}
    if "private" in field.description:  # an id that begins with C may be that of a public one as well
        kinds -= {"public"}
    shown = {"include": sorted(kinds), "exclude_external_shared_channels": True}
    element = _element(field, "conversations_select", filter=shown, placeholder=_plain("Choose"))
    return element, _SUCH_AS.sub("", _capital(_ID_OF.sub("", field.said())))


def _keys(field: Field, value: Any) -> tuple[Element, str]:
    element = _element(field, "plain_text_input", multiline=True, max_length=TEXT, initial_value="\n".join(value))
    return element, f"{field.said()} One a line."


def _choices(field: Field, value: Any) -> tuple[Element, str]:
    options = _options(field.choices, {}, OPTION_TEXT)
    initial = [option for option in options if option["value"] in value]
    return _element(field, "checkboxes", options=options, initial_options=initial), field.said()


_ELEMENTS = {
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.NUMBER: _number,
    Kind.SWITCH: _switch,
    Kind.TEXT: _text,
    Kind.CHANNEL: _channel,
    Kind.KEYS: _keys,
    Kind.CHOICES: _choices,
}


def _input(field: Field, element: Element, hint: str, which: str = "") -> Block:
    return {
        "type": "input",
        "block_id": field.name,
        "label": _plain(fit(field.title, LABEL - len(which)) + which),
        "element": element,
        "optional": not field.needed,
        **({"hint": _plain(fit(hint, HINT))} if hint else {}),
    }


def _element(field: Field, kind: str, **more: Any) -> Element:
    """An element; Slack takes no null, no empty text, and no empty list in it."""
    return {
        "type": kind,
        "action_id": field.name,
        **{name: value for name, value in more.items() if value not in (None, "", [])},
    }


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words, "emoji": False}
