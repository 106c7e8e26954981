"""Text that others wrote, made safe to show in Slack: literal, on one line, of a bounded length."""

import re
import unicodedata

from tasks.reports.limits import length

ELLIPSIS = "…"
_JOINERS = "\u200c\u200d"  # zero-width, but real letters of some scripts and the glue of joined emoji
_VARIATION_OR_SKIN = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
# Bidi controls, zero-width characters, soft hyphens and tag characters: they hide or reorder what is read.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_STRAY_JOINER = re.compile(f"(?<![^\x00-\x7f])[{_JOINERS}]+|[{_JOINERS}]+(?![^\x00-\x7f])")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Slack has no escape for these; the look-alikes keep the text readable and mean nothing to its parser.
_LOOK_ALIKES = str.maketrans({"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"})


def clean(text: str) -> str:
    """The text as one line of visible characters.

    Newlines and control characters become spaces; bidi controls and zero-width characters go, except the joiners
    inside emoji and non-Latin words. Nothing is escaped: that depends on where the text is put.
    """
    visible = _HIDDEN.sub("", _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text)))
    return " ".join(_STRAY_JOINER.sub("", visible).split())


def shorten(text: str, limit: int) -> str:
    """The text cleaned and cut to at most `limit` characters, the last one an ellipsis.

    A letter is not parted from its accents, nor an emoji from what is joined to it.
    """
    line = clean(text)
    if len(line) <= limit:
        return line
    cut = limit - 1
    while cut > 0 and (_continues(line[cut]) or line[cut - 1] in _JOINERS):
        cut -= 1
    return line[: cut or limit - 1].rstrip() + ELLIPSIS


def fit(text: str, limit: int) -> str:
    """The text shortened to `limit` as Slack may count it, where most emoji are two."""
    size, short = limit, shorten(text, limit)
    while length(short) > limit:
        size -= 1
        short = shorten(text, size)
    return short


def _continues(character: str) -> bool:
    return (
        unicodedata.combining(character) > 0 or character in _JOINERS or _VARIATION_OR_SKIN.match(character) is not None
    )


def mrkdwn(text: str) -> str:
    """The text for a place that Slack parses as mrkdwn: it cannot mention, link or format there.

    Only `&`, `<` and `>` are escaped, as Slack asks; formatting marks become look-alikes and addresses lose their
    scheme's colon, because Slack links a bare address by itself. A leading `>`, escaped or not, would be a quotation.
    """
    escaped = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    unformatted = escaped.translate(_LOOK_ALIKES).replace("://", "\u2236//")
    return unformatted if not unformatted.startswith("&gt;") else f"\u203a{unformatted.removeprefix('&gt;')}"
