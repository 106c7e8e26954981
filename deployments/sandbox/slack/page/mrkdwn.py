"""Slack's mrkdwn and plain text as HTML.

Entities are unescaped once and last, when a piece of text is written: `&lt;!channel&gt;` is shown as `<!channel>` and
can never become a mention, because mentions are found in the text as it was sent.
"""

import re
from typing import Final

from markupsafe import Markup

from deployments.sandbox.slack.page.emoji import SHORT_NAME, emoji, with_emoji
from deployments.sandbox.slack.page.html import element, joined, link, link_target, literal
from deployments.sandbox.slack.page.inline import (
    BROADCASTS,
    broadcast_mention,
    channel_mention,
    date_text,
    mention,
    user_mention,
)
from deployments.sandbox.slack.page.names import Names

_ENTITIES: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_FENCE = re.compile(r"```(?:\n)?(.*?)```", re.DOTALL)
_QUOTE = re.compile(r"(?:>|&gt;)(?!(?:>|&gt;)) ?(.*)")
_LONG_QUOTE = re.compile(r"(?:^|\n)(?:>>>|(?:&gt;){3}) ?(.*)", re.DOTALL)
_STYLES: Final = {"*": "b", "_": "i", "~": "s"}
# A marker opens before a visible character and closes after one, and neither touches a letter outside.
_STYLED: Final = {
    marker: re.compile(
        rf"(?<![^\W_]){m}(?=[^\s{m}])((?:<[^<>\n]*>|<(?![^<>\n]*>)|[^{m}<\n])*?(?:<[^<>\n]*>|[^\s{m}<])){m}(?![^\W_])"
    )
    for marker, m in ((marker, re.escape(marker)) for marker in _STYLES)
}
_CODE = re.compile(r"`([^`\n]+)`")
_ANGLE = re.compile(r"<([^<>\n]+)>")
_BARE_URL = re.compile(r"https?://(?:(?!&[lg]t;)[^\s<>|`])+", re.IGNORECASE)
_SPECIAL = re.compile(r"[<`*_~:hH]")
_SENTENCE_END: Final = ".,:!?)*_~'\""  # no semicolon: it may end an entity


def plain_text(text: str, *, short_names: bool = True) -> Markup:
    """A plain_text object: nothing in it is a mention, a link or a format."""
    shown = unescaped(text)
    return literal(with_emoji(shown) if short_names else shown)


def mrkdwn(text: str, names: Names) -> Markup:
    """A mrkdwn text. Line breaks stay line breaks: the style sheet keeps white space as written."""
    parts: list[Markup] = []
    position = 0
    for fence in _FENCE.finditer(text):
        parts += [_paragraphs(text[position : fence.start()].removesuffix("\n"), names), _code("pre", fence[1])]
        position = fence.end()
    rest = text[position:].removeprefix("\n") if parts else text
    return joined([*parts, _paragraphs(rest, names)])


def unescaped(text: str) -> str:
    """The three entities of Slack back as characters, once."""
    return re.sub("&(?:amp|lt|gt);", lambda found: _ENTITIES[found[0]], text)


def _paragraphs(text: str, names: Names) -> Markup:
    long_quote = _LONG_QUOTE.search(text)
    if long_quote:
        before = _paragraphs(text[: long_quote.start()], names)
        return joined([before, element("blockquote", _inline(long_quote[1], names))])
    parts: list[Markup] = []
    run: list[str] = []
    quoted = False
    for line in text.split("\n"):
        quote = _QUOTE.fullmatch(line)
        if run and quoted != bool(quote):
            parts.append(_run(run, names, quoted=quoted))
            run = []
        quoted = bool(quote)
        run.append(quote[1] if quote else line)
    return joined([*parts, _run(run, names, quoted=quoted)])


def _run(lines: list[str], names: Names, *, quoted: bool) -> Markup:
    shown = _inline("\n".join(lines), names)
    if quoted:
        return element("blockquote", shown)
    return element("div", shown, class_="text") if shown else Markup("")


def _code(tag: str, raw: str) -> Markup:
    # Slack links addresses even in code when a message is sent; as code they are shown as the address alone.
    bare = re.sub(r"<((?:https?|mailto):[^<>|\n]+)(?:\|([^<>\n]*))?>", lambda found: found[2] or found[1], raw)
    return element(tag, literal(unescaped(bare)))


def _inline(text: str, names: Names) -> Markup:
    parts: list[Markup] = []
    start = position = 0
    while found := _SPECIAL.search(text, position):
        shown, end = _special(text, found.start(), names)
        if shown is None:
            position = found.end()
            continue
        parts += [literal(unescaped(text[start : found.start()])), shown]
        start = position = end
    return joined([*parts, literal(unescaped(text[start:]))])


def _special(text: str, at: int, names: Names) -> tuple[Markup | None, int]:
    """What begins at `at` and where it ends; None when the character is only itself."""
    match text[at]:
        case "<" if angle := _ANGLE.match(text, at):
            return _angle(angle[1], names), angle.end()
        case "`" if code := _CODE.match(text, at):
            return _code("code", code[1]), code.end()
        case ":" if short := SHORT_NAME.match(text, at):
            shown = emoji(short[1])
            return (None if shown == short[0] else literal(shown)), short.end()
        case ("*" | "_" | "~") as marker if styled := _STYLED[marker].match(text, at):
            return element(_STYLES[marker], _inline(styled[1], names)), styled.end()
        case "h" | "H" if bare := _BARE_URL.match(text, at):
            url = bare[0].rstrip(_SENTENCE_END)
            return link(unescaped(url), literal(unescaped(url))), at + len(url)
    return None, at + 1


def _angle(inside: str, names: Names) -> Markup:
    """What stands between angle brackets: a mention, a date or a link; anything else is shown as it was sent."""
    target, _, raw_label = inside.partition("|")
    label = unescaped(raw_label)
    match target[:2], target[1:]:
        case ("@U" | "@W", user_id):
            return user_mention(user_id, names, label)
        case ("#C" | "#G", channel_id):
            return channel_mention(channel_id, names, label)
        case (_, command) if target.startswith("!"):
            return _command(command, label, inside, names)
    url = unescaped(target)
    if link_target(url) is None:
        return literal(unescaped(f"<{inside}>"))
    return link(url, literal(label or url.removeprefix("mailto:")))


def _command(command: str, label: str, inside: str, names: Names) -> Markup:
    if command in BROADCASTS:
        return broadcast_mention(command)
    if command.startswith("date^"):
        timestamp, template, url, *_ = [*command.removeprefix("date^").split("^", 2), "", ""]
        return date_text(timestamp, unescaped(template), label, names, unescaped(url))
    if command.startswith("subteam^"):
        return mention(label or "@" + command.removeprefix("subteam^"))
    return literal(unescaped(f"<{inside}>"))
