"""Block elements: what stands in an actions block or beside a section. Buttons look alive, and are where somebody acts
on the page; menus are not."""

import re
from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from deployments.sandbox.slack.page.html import element, joined, link, link_target, literal, notice
from deployments.sandbox.slack.page.mrkdwn import mrkdwn, plain_text
from deployments.sandbox.slack.page.names import Names

_INERT: Final = "Buttons do nothing on this page"
_BUTTON_STYLES: Final = frozenset({"primary", "danger"})
_CHOICE_SUFFIXES: Final = ("_select", "datepicker", "timepicker", "datetimepicker")
_SHOWABLE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+|/slack/files/F[A-Z0-9]+")
_FILE_ID = re.compile(r"\bF[A-Z0-9]{6,}\b")


def text_object(text: Mapping[str, Any], names: Names) -> Markup:
    """A mrkdwn or plain_text object."""
    if text["type"] == "mrkdwn":
        return mrkdwn(text["text"], names)
    return plain_text(text["text"], short_names=text.get("emoji", True))


def block_element(one: Mapping[str, Any], names: Names) -> Markup:
    """One interactive or picture element; one of another kind is named in a visible box."""
    match one["type"]:
        case "button" | "workflow_button":
            return _button(one, names)
        case "image":
            return picture(one, "thumbnail")
        case "overflow":
            return _overflow(one, names)
        case "checkboxes" | "radio_buttons":
            options = joined(_option(option, names) for option in one["options"])
            return element("ul", options, class_="choices")
        case str(kind) if kind.endswith(_CHOICE_SUFFIXES):
            return _choice(one, names)
        case other:
            return notice(f"An element of type {other} is not shown here.")


def picture(image: Mapping[str, Any], class_: str) -> Markup:
    """An image: one that is kept here is shown, one that lies elsewhere is named and linked (nothing is fetched)."""
    source = _source(image)
    description = str(image.get("alt_text") or "picture")
    if _SHOWABLE.fullmatch(source):
        return element("img", src=source, alt=description, class_=class_)
    label = joined(["Picture: ", literal(description)])
    return link(source, label, mail=False, class_=f"elsewhere {class_}")


def _source(image: Mapping[str, Any]) -> str:
    kept = image.get("slack_file") or {}
    file_id = _FILE_ID.search(str(kept.get("id") or kept.get("url") or ""))
    return f"/slack/files/{file_id[0]}" if file_id else str(image.get("image_url") or "")


def _button(button: Mapping[str, Any], names: Names) -> Markup:
    style = button.get("style")
    class_ = f"button {style}" if style in _BUTTON_STYLES else "button"
    label = text_object(button["text"], names)
    if link_target(button.get("url"), mail=False):
        return link(button["url"], label, mail=False, class_=class_)
    if names.acting is None:
        return element("button", label, type="button", class_=class_, title=_INERT)
    return element(
        "button",
        label,
        type="submit",
        class_=class_,
        form=names.acting.form,
        formaction=names.acting.action,
        formnovalidate="",
        name="what",
        value=str(button.get("action_id") or ""),
    )


def _overflow(menu: Mapping[str, Any], names: Names) -> Markup:
    options = joined(_option(option, names) for option in menu["options"])
    summary = element("summary", "⋯", class_="button", aria_label="More actions")
    return element("details", summary, element("ul", options), class_="overflow")


def _option(option: Mapping[str, Any], names: Names) -> Markup:
    label = text_object(option["text"], names)
    return element("li", link(option["url"], label, mail=False) if option.get("url") else label)


def _choice(one: Mapping[str, Any], names: Names) -> Markup:
    """A menu or a picker, closed: what is chosen at the start, else its placeholder."""
    chosen = one.get("initial_option") or {}
    text = chosen.get("text") or one.get("placeholder")
    initial = next((str(value) for key, value in one.items() if key.startswith("initial_")), "Choose")
    shown = text_object(text, names) if text else literal(initial)
    return element("button", shown, " ▾", type="button", class_="button", title=_INERT)
