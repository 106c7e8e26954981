"""Slack blocks, built so that text of others stays text. Every text passes through `slack_text`.

Only rich text `text` and `link` elements, and plain text objects, are used: in them Slack parses no mrkdwn, so a deal
called `<!channel>` or `*Acme*` is shown as just that. The one element that mentions is `mention`, of a member whom the
settings name; nothing that was read becomes one.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal
from urllib.parse import urlsplit

from tasks.reports.limits import BUTTON_TEXT, HEADER_TEXT, SECTION_TEXT, URL
from tasks.reports.slack_text import clean, fit

Block = dict[str, Any]
Element = dict[str, Any]

DIVIDER: Block = {"type": "divider"}
_MEMBER = re.compile("[UW][A-Z0-9]{2,}")


def text(words: str) -> Element:
    """Plain words, shown literally. Spaces at both ends are kept: they part one element from the next."""
    left = " " if words.startswith(" ") else ""
    right = " " if words.endswith(" ") and words.strip() else ""
    return {"type": "text", "text": f"{left}{clean(words)}{right}" or " "}


def text_lines(lines: Iterable[str]) -> Element:
    """Plain words over several lines of one paragraph; a line break inside a line is still a space."""
    return {"type": "text", "text": "\n".join(text(line)["text"] for line in lines)}


def bold(words: str) -> Element:
    """Plain words in bold."""
    return {**text(words), "style": {"bold": True}}


def link(words: str, url: str) -> Element:
    """Words that lead to a web address; only the words where there is no usable one."""
    if not _is_web(url):
        return text(words)
    return {"type": "link", "url": url, "text": clean(words) or url}


def mention(slack_user_id: str, name: str) -> Element:
    """A mention of a member of the workspace, whose id must come from the settings; the name in bold where it is none.

    Slack takes no name in the element, so a post with mentions says the names in `Post.names`.
    """
    if not _MEMBER.fullmatch(slack_user_id):
        return bold(name)
    return {"type": "user", "user_id": slack_user_id}


def _is_web(url: str) -> bool:
    return 0 < len(url) <= URL and urlsplit(url).scheme in {"http", "https"}


def rich_text(*parts: Element) -> Block:
    """A block of sections and lists."""
    return {"type": "rich_text", "elements": list(parts)}


def section(*elements: Element) -> Element:
    """One paragraph of a rich text block."""
    return {"type": "rich_text_section", "elements": list(elements)}


def items(style: Literal["ordered", "bullet"], rows: Iterable[Sequence[Element]]) -> Element:
    """A list of a rich text block, one row an item."""
    return {"type": "rich_text_list", "style": style, "elements": [section(*row) for row in rows]}


def header(words: str) -> Block:
    """The big first line; shortened to what Slack takes."""
    return {"type": "header", "text": _plain(fit(words, HEADER_TEXT))}


def context(words: str) -> Block:
    """The small grey line at the end."""
    return {"type": "context", "elements": [_plain(fit(words, SECTION_TEXT))]}


def link_buttons(buttons: Iterable[tuple[str, str]]) -> list[Block]:
    """A row of buttons from (label, web address); those without a usable address are left out, so is an empty row."""
    elements = [
        {
            "type": "button",
            "text": _plain(fit(label, BUTTON_TEXT)),
            "url": url,
            "action_id": f"open_{number}",
        }
        for number, (label, url) in enumerate(buttons, start=1)
        if _is_web(url)
    ]
    return [{"type": "actions", "elements": elements}] if elements else []


def _plain(words: str) -> dict[str, Any]:
    # Without emoji=False Slack turns ":x:" in somebody's name into a picture.
    return {"type": "plain_text", "text": words or " ", "emoji": False}
