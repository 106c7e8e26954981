"""A modal as HTML: its fields as a browser's own, so that it can be filled in without a script."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup
from starlette.datastructures import FormData

from deployments.sandbox.slack.inputs import KEYS, SEVERAL
from deployments.sandbox.slack.page.blocks import render_blocks
from deployments.sandbox.slack.page.elements import text_object
from deployments.sandbox.slack.page.html import element, joined, notice
from deployments.sandbox.slack.page.mrkdwn import plain_text
from deployments.sandbox.slack.page.names import Acting, Names
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.view_state import View

FORM: Final = "modal"
PRESS, FILL = "/slack/act/press", "/slack/act/fill"
_TYPES: Final = {
    "number_input": "number",
    "email_text_input": "email",
    "url_text_input": "url",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "number",
}
Choices = Sequence[tuple[str, str]]  # what is sent, what is read
Element = Mapping[str, Any]


def rendered(view: View, names: Names, offered: Callable[[str], Choices]) -> Markup:
    """The inside of the modal; `offered` lists the people, channels or conversations to choose from."""
    live = replace(names, acting=Acting(FORM, PRESS))
    parts = []
    for block in view.content["blocks"]:
        if block["type"] == "input":
            parts.append(_input(view, block, names, offered))
        elif menus := [one for one in _elements(block) if one["type"] in KEYS]:
            parts.append(render_blocks([_without_menus(block)], live) if block["type"] == "section" else Markup(""))
            parts += [_menu(view, block, one, names, offered) for one in menus]
            parts.append(_buttons(block, live))
        else:
            parts.append(render_blocks([block], live))
    return joined(parts)


def entries(view: View, sent: FormData) -> list[tuple[JsonObject, JsonObject, Any]]:
    """What the form says of each field: the block, the element, and the value; None for one that was left empty."""
    found: list[tuple[JsonObject, JsonObject, Any]] = []
    for block, one in view.elements():
        if one["type"] not in KEYS:
            continue
        values = [str(value) for value in sent.getlist(_name(block, one)) if value]
        found.append((block, one, values if one["type"] in SEVERAL else values[0] if values else None))
    return found


def _name(block: Element, one: Element) -> str:
    return f"{block['block_id']}/{one['action_id']}"


def _elements(block: Element) -> list[JsonObject]:
    return [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]


def _without_menus(block: Element) -> Element:
    return {name: value for name, value in block.items() if name != "accessory"}


def _buttons(block: Element, live: Names) -> Markup:
    """What stands beside the menus of a row."""
    others = [one for one in block.get("elements", ()) if one["type"] not in KEYS]
    return render_blocks([{**block, "elements": others}], live) if others else Markup("")


def _input(view: View, block: JsonObject, names: Names, offered: Callable[[str], Choices]) -> Markup:
    one, error = block["element"], view.errors.get(block["block_id"], "")
    optional = element("span", " (optional)", class_="optional") if block.get("optional") else ""
    label = joined([plain_text(block["label"]["text"]), optional])
    grouped = one["type"] in {"radio_buttons", "checkboxes"}
    field = _field(view, block, one, names, offered)
    parts = [
        element("legend", label) if grouped else element("span", label, class_="label"),
        field,
        element("span", error, class_="error", role="alert") if error else "",
        element("span", plain_text(block["hint"]["text"]), class_="hint") if block.get("hint") else "",
        _refresh() if block.get("dispatch_action") else "",
    ]
    class_ = "field wrong" if error else "field"
    return element("fieldset" if grouped else "label", joined(parts), class_=class_)


def _menu(view: View, block: JsonObject, one: JsonObject, names: Names, offered: Callable[[str], Choices]) -> Markup:
    """A menu outside of an input: the app hears of it at once in Slack, here when the button beside it is pressed."""
    return element("label", joined([_field(view, block, one, names, offered), _refresh()]), class_="field menu")


def _refresh() -> Markup:
    return element("button", "Apply", type="submit", class_="button", form=FORM, formaction=FILL, formnovalidate="")


def _field(view: View, block: JsonObject, one: JsonObject, names: Names, offered: Callable[[str], Choices]) -> Markup:
    state, kind = view.values[block["block_id"]][one["action_id"]], one["type"]
    value, name = state[KEYS[kind][0]], _name(block, one)
    if kind in {"radio_buttons", "checkboxes"}:
        return _ticks(one, name, value, names)
    if "select" in kind:
        return _select(one, name, value, _choices(one, offered))
    if kind == "plain_text_input" and one.get("multiline"):
        return element("textarea", value or "", name=name, rows=4, placeholder=_placeholder(one))
    if kind in KEYS:
        step = "any" if one.get("is_decimal_allowed") else None
        shown = value if value is not None else None
        return element(
            "input", type=_TYPES.get(kind, "text"), name=name, value=shown, step=step, placeholder=_placeholder(one)
        )
    return notice(f"An input of type {kind} is not shown here.")


def _placeholder(one: Element) -> str | None:
    return one["placeholder"]["text"] if one.get("placeholder") else None


def _choices(one: Element, offered: Callable[[str], Choices]) -> list[tuple[str, Choices]]:
    """What can be chosen, under the name of its group."""
    if "static" in one["type"]:
        groups = one.get("option_groups") or [{"label": {"text": ""}, "options": one.get("options") or []}]
        return [
            (group["label"]["text"], [(o["value"], o["text"]["text"]) for o in group["options"]]) for group in groups
        ]
    kind = next(name for name in ("users", "channels", "conversations") if name in one["type"])
    return [("", offered(kind))]


def _select(one: Element, name: str, value: Any, groups: Iterable[tuple[str, Choices]]) -> Markup:
    several = one["type"] in SEVERAL
    chosen = {each["value"] if isinstance(each, dict) else each for each in (value if several else [value]) if each}
    first = "" if several else element("option", _placeholder(one) or "Choose", value="")
    parts = []
    for label, choices in groups:
        options = joined(
            element("option", read, value=sent, selected="" if sent in chosen else None) for sent, read in choices
        )
        parts.append(element("optgroup", options, label=label) if label else options)
    rows = min(6, sum(len(choices) for _, choices in groups)) if several and isinstance(groups, list) else None
    return element("select", joined([first, *parts]), name=name, multiple="" if several else None, size=rows)


def _ticks(one: Element, name: str, value: Any, names: Names) -> Markup:
    several = one["type"] in SEVERAL
    chosen = [each["value"] for each in (value if several else [value]) if each]
    kind = "checkbox" if several else "radio"
    return joined(_tick(option, name, kind, names, on=option["value"] in chosen) for option in one["options"])


def _tick(option: Element, name: str, kind: str, names: Names, *, on: bool) -> Markup:
    box = element("input", type=kind, name=name, value=option["value"], checked="" if on else None)
    text = text_object(option["text"], names)
    more = element("small", text_object(option["description"], names)) if option.get("description") else ""
    return element("label", box, element("span", text, more), class_="tick")
