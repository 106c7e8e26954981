"""Text of others inside GitHub's Markdown: shown as it is, on one line. It mentions nobody and links nothing."""

import re

_JOINER = "\u2060"  # word joiner: no width, no line break, and no part of a name or number
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Bidi controls, zero-width characters and tag characters: they hide or reorder what is read.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
# What GitHub makes a link, a mention or a picture of after Markdown is done, so that a backslash does not stop it:
# @name and mail, #12, GH-12, :emoji:, addresses.
_REFERRING = re.compile(r"@(?=\w)|#(?=\w)|GH-(?=\d)|:(?=[\w+/-])|\bwww(?=\.)", re.IGNORECASE)
_COMMIT = re.compile(r"(?<![0-9a-z])(?=[a-f]*[0-9])[0-9a-f]{7,}(?![0-9a-z])", re.IGNORECASE)
_SHORTEST_COMMIT = 7
_FORMATTING = re.compile(r"[\\*_\[\]<>&~|!(){}]")
_BLOCK_START = re.compile(r"^(?:(\d+)([.)])|([-+=#]))")
_LOOK_ALIKES = str.maketrans({"`": "\u02cb", "$": "\ufe69"})  # code and formulas


def plain(text: str) -> str:
    """The text for a title, which GitHub reads no Markdown in, but mentions, emoji and code."""
    visible = _HIDDEN.sub("", _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text)))
    line = " ".join(visible.split()).translate(_LOOK_ALIKES)
    return _COMMIT.sub(lambda found: _parted(found[0]), _REFERRING.sub(lambda found: found[0] + _JOINER, line))


def literal(text: str) -> str:
    """The text for a body: nothing in it formats, links, mentions, or begins a list, a heading or a comment."""
    escaped = _FORMATTING.sub(lambda found: f"\\{found[0]}", plain(text))
    return _BLOCK_START.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", escaped)


def code(text: str) -> str:
    """The text as code on one line: "`accounts.yml:27`"; "" for none."""
    visible = _HIDDEN.sub("", _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text)))
    line = " ".join(visible.split()).replace("`", "\u02cb")
    return f"`{line}`" if line else ""


def cut(text: str, limit: int) -> str:
    """At most so many characters, the last one an ellipsis where some are left out. For a title, after `plain`."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _parted(number: str) -> str:
    """In pieces too short to be taken for a commit."""
    size = _SHORTEST_COMMIT - 1
    return _JOINER.join(number[start : start + size] for start in range(0, len(number), size))
