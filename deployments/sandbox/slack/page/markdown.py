"""A small part of Markdown for the markdown block: headings, lists, quotes, code, rules, links and emphasis.

What is not known (tables, HTML, pictures) stays visible as the text that it is.
"""

import re
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from deployments.sandbox.slack.page.emoji import with_emoji
from deployments.sandbox.slack.page.html import element, joined, link, literal

_FENCE = re.compile(r"^```[^\n`]*\n(.*?)^```[ \t]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"(#{1,6}) +(.*?)#* *")
_ITEM = re.compile(r" *(?:[-*+]|(\d{1,9})[.)]) +(.*)")
_QUOTE = re.compile(r"> ?(.*)")
_RULE = re.compile(r" *(?:-{3,}|\*{3,}|_{3,}) *")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\[\]\n]*)\]\((?P<url>[^()\s]+)\)"
    r"|\*\*(?P<bold>[^*\n]+)\*\*"
    r"|~~(?P<strike>[^~\n]+)~~"
    r"|(?<!\w)(?P<mark>[*_])(?P<italic>[^*_\n]+)(?P=mark)(?!\w)"
)
_TAGS: Final = {"bold": "b", "strike": "s", "italic": "i"}


def markdown(text: str) -> Markup:
    """The text of a markdown block as HTML; addresses other than http, https and mailto are only shown."""
    parts: list[Markup] = []
    position = 0
    for fence in _FENCE.finditer(text):
        parts += _lines(text[position : fence.start()])
        parts.append(element("pre", literal(fence[1].removesuffix("\n"))))
        position = fence.end()
    return joined([*parts, *_lines(text[position:])])


def _lines(text: str) -> Iterator[Markup]:
    paragraph: list[str] = []
    for line in [*text.split("\n"), ""]:
        shown = _line(line)
        if shown is None and line.strip():
            paragraph.append(line)
            continue
        if paragraph:
            yield element("div", _inline("\n".join(paragraph)), class_="text")
            paragraph = []
        if shown is not None:
            yield shown


def _line(line: str) -> Markup | None:
    """A line that stands for itself; None for one that belongs to a paragraph."""
    if heading := _HEADING.fullmatch(line):
        return element(f"h{len(heading[1])}", _inline(heading[2]))
    if _RULE.fullmatch(line):
        return element("hr")
    if item := _ITEM.fullmatch(line):
        depth = min((len(line) - len(line.lstrip())) // 2, 8)
        if item[1]:
            return element("ol", element("li", _inline(item[2])), class_=f"indent-{depth}", start=int(item[1]))
        return element("ul", element("li", _inline(item[2])), class_=f"indent-{depth}")
    if quote := _QUOTE.fullmatch(line):
        return element("blockquote", _inline(quote[1]))
    return None


def _inline(text: str) -> Markup:
    parts: list[Markup] = []
    position = 0
    for found in _INLINE.finditer(text):
        parts += [literal(with_emoji(text[position : found.start()])), _formatted(found)]
        position = found.end()
    return joined([*parts, literal(with_emoji(text[position:]))])


def _formatted(found: re.Match[str]) -> Markup:
    if found["code"] is not None:
        return element("code", literal(found["code"]))
    if found["url"] is not None:
        return link(found["url"], _inline(found["label"]) or literal(found["url"]))
    kind = next(name for name in _TAGS if found[name] is not None)
    return element(_TAGS[kind], _inline(found[kind]))
