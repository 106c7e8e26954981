"""The rich_text block. Its text is data: only elements that say so are mentions, links or formats."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from markupsafe import Markup

from deployments.sandbox.slack.page.emoji import emoji
from deployments.sandbox.slack.page.html import element, joined, link, literal
from deployments.sandbox.slack.page.inline import (
    broadcast_mention,
    channel_mention,
    date_text,
    mention,
    user_mention,
)
from deployments.sandbox.slack.page.names import Names

MAX_INDENT: Final = 8
_STYLES: Final = (
    ("code", "code"), ("strike", "s"), ("underline", "u"), ("italic", "i"), ("bold", "b"), ("highlight", "mark"),
)  # fmt: skip


def rich_text(block: Mapping[str, Any], names: Names) -> Markup:
    """A rich_text block, also as the cell of a table."""
    return joined(_part(part, names) for part in block["elements"])


def _part(part: Mapping[str, Any], names: Names) -> Markup:
    match part["type"]:
        case "rich_text_section":
            return element("div", _inlines(part, names), class_="text")
        case "rich_text_list":
            return _list(part, names)
        case "rich_text_quote":
            return element("blockquote", _inlines(part, names))
        case "rich_text_preformatted":
            return element("pre", _inlines(part, names))
        case other:
            return _unknown(other)


def _list(part: Mapping[str, Any], names: Names) -> Markup:
    indent = max(0, min(int(part.get("indent", 0)), MAX_INDENT))
    items = joined(element("li", _item(item, names)) for item in part["elements"])
    classes = f"indent-{indent}" + (" bordered" if part.get("border") else "")
    if part["style"] == "ordered":
        return element("ol", items, class_=classes, start=int(part.get("offset", 0)) + 1)
    return element("ul", items, class_=classes)


def _item(item: Mapping[str, Any], names: Names) -> Markup:
    return _inlines(item, names) if item["type"] == "rich_text_section" else _part(item, names)


def _inlines(part: Mapping[str, Any], names: Names) -> Markup:
    return joined(_styled(_inline(item, names), item.get("style") or {}) for item in part["elements"])


def _styled(shown: Markup, style: Mapping[str, Any]) -> Markup:
    for name, tag in _STYLES:
        if style.get(name):
            shown = element(tag, shown)
    return shown


def _inline(item: Mapping[str, Any], names: Names) -> Markup:
    renderer = _INLINE.get(item["type"])
    return renderer(item, names) if renderer else _unknown(item["type"])


def _date(item: Mapping[str, Any], names: Names) -> Markup:
    return date_text(str(item["timestamp"]), item["format"], item.get("fallback", ""), names, item.get("url"))


_INLINE: Final[Mapping[str, Callable[[Mapping[str, Any], Names], Markup]]] = {
    "text": lambda item, _: literal(item["text"]),
    "link": lambda item, _: link(item["url"], literal(item.get("text") or item["url"])),
    "user": lambda item, names: user_mention(item["user_id"], names),
    "usergroup": lambda item, _: mention("@" + item["usergroup_id"]),
    "team": lambda item, _: mention("@" + item["team_id"]),
    "channel": lambda item, names: channel_mention(item["channel_id"], names),
    "broadcast": lambda item, _: broadcast_mention(item["range"]),
    "emoji": lambda item, _: literal(emoji(item["name"], item.get("unicode", ""))),
    "color": lambda item, _: element("code", item["value"]),
    "date": _date,
}


def _unknown(kind: object) -> Markup:
    return element("span", f"[text of type {kind} is not shown here]", class_="notice")
