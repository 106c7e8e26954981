"""Markup that is safe by construction: every text is escaped and every link target is checked."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

_VOID = frozenset({"br", "hr", "img", "input", "link"})
_WEB = re.compile(r"https?://[^\s\x00-\x20]+", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s\x00-\x20]+", re.IGNORECASE)
# Left-to-right and right-to-left marks, embeddings, overrides and isolates: they reorder what stands after them.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def element(tag: str, *children: str, **attributes: str | float | None) -> Markup:
    """One HTML or SVG element. Children that are not Markup are escaped; attributes that are None are left out.

    `class_` is written `class`, and `stroke_width` is written `stroke-width`.
    """
    written = joined(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), value)
        for name, value in attributes.items()
        if value is not None
    )
    opening = Markup("<{}{}>").format(tag, written)
    if tag in _VOID:
        return opening
    return Markup("{}{}</{}>").format(opening, joined(children), tag)


def joined(parts: Iterable[str]) -> Markup:
    """The parts one after the other; those that are not Markup are escaped."""
    return Markup("").join(parts)


def literal(text: str) -> Markup:
    """The text as it is. Text that carries direction controls is isolated, so that it cannot reorder its neighbours."""
    return element("bdi", text) if _BIDI.search(text) else escape(text)


def link_target(url: object, *, mail: bool = True) -> str | None:
    """The address if a reader may follow it (http, https and, where `mail` says so, mailto), else None."""
    if not isinstance(url, str):
        return None
    allowed = _WEB.fullmatch(url) or (mail and _MAIL.fullmatch(url))
    return url if allowed else None


def link(url: object, label: str, *, mail: bool = True, class_: str | None = None) -> Markup:
    """A link that opens apart from this page; only the label where the address may not be followed."""
    target = link_target(url, mail=mail)
    if target is None:
        return element("span", label, class_=class_)
    return element("a", label, class_=class_, href=target, target="_blank", rel="noopener noreferrer")


def notice(sentence: str) -> Markup:
    """A visible box that says what this page leaves out, so that nothing vanishes in silence."""
    return element("div", sentence, class_="notice")
