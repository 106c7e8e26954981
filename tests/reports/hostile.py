"""Texts that would do something if anybody took them for more than text, and what they did to a post."""

import re
from collections.abc import Iterator
from typing import Any

from tasks.reports.post import Post

from .slack_says import refused

HOSTILE = [
    "<!channel>", "<!here|here>", "<@U024BE7LH>", "<#C024BE7LR|general>", "<!subteam^S123>", "&lt;!channel&gt;",
    "<https://evil.example|Acme>", "https://evil.example/login", "*bold* _it_ ~no~ `code` ```pre```", "> quote",
    ":rotating_light: :x:", "Acme\n\nDATA all is well", "Acme\r\n1. fake", "a\u202egpj.exe\u2066x", "A\u200bc\u200dme",
    "<script>alert(1)</script>", '"><img onerror=x>', "{{7*7}} ${7*7} %s", "=HYPERLINK(\"http://evil.example\")",
    "+1", "-1", "@SUM(1)", "\tx", "\x1b[2J", "$\\frac{1}{0}$ $x", "\U0001f389" * 127, "a\u0301" * 120,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 30, "\\" * 255, '"' * 255, "", " ", "NaN", "\u3164",
    "ÄÖÜ 漢字 עברית",
]  # fmt: skip
HIDDEN = "[\u202a-\u202e\u2066-\u2069\u200b\x1b\r\t]"
_ALLOWED = {
    "header", "rich_text", "actions", "context", "divider", "data_visualization", "rich_text_section",
    "rich_text_list", "text", "link", "plain_text", "button", "bar",
}  # fmt: skip
_MARKS = re.compile(r"<|^>|^&gt;|[*_~`]|://", re.MULTILINE)


def not_literal(post: Post, ours: tuple[str, ...], hidden: str = HIDDEN) -> list[object]:
    """What of the post Slack would refuse or parse, what leads elsewhere than to addresses that begin with `ours`, and
    words with hidden signs; empty when all of it is legal and plain."""
    found: list[object] = [*refused(post)]
    for node in _nodes(post.blocks):
        words = node.get("text")
        plain = not isinstance(words, str) or not re.search(hidden, words)
        if node.get("type", "text") not in _ALLOWED or not node.get("url", ours[0]).startswith(ours) or not plain:
            found.append(node)
    return [*found, *(posted for posted in (post.text, post.plain) if _MARKS.search(posted))]


def _nodes(node: object) -> Iterator[dict[str, Any]]:
    """Every part of the blocks, however deep."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(child)
