"""What people wrote in Slack, in plain words: its marks for mentions, links and formats become what a reader sees."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tasks.rules.bodies import Body, bodies

_TOKEN = re.compile(r"<([^<>\n]+)>")
_PERSON = re.compile(r"<@(\w+)(?:\|[^<>]*)?>")
_CODE = re.compile(r"```(.+?)```|`([^`\n]+)`", re.DOTALL)
# A pair of marks formats only where it embraces whole words: neither snake_case nor 2 * 3 is formatted. So many
# characters at most: a page of lone marks would take minutes.
_FORMATS = tuple(
    re.compile(rf"(?<![^\W_])(?<!{mark}){mark}(?=[^\s{mark}])([^\n]{{1,500}}?)(?<=\S){mark}(?![^\W_]|{mark})")
    for mark in (r"\*", "_", "~")
)
_HELD = re.compile("\ue000(\\d+)\ue001")  # of private use: what stands for a piece that is done
_UNESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_EVERYBODY = {"channel", "here", "everyone"}
_INLINE = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}


def people_named(text: str) -> tuple[str, ...]:
    """The ids of the people that a text in Slack's marks mentions, each once."""
    return tuple(dict.fromkeys(_PERSON.findall(text)))


def plain_words(text: str, people: Mapping[str, str], channels: Mapping[str, str] | None = None) -> str:
    """The text as a reader sees it: "@Tom Okafor", "#g-sales", "the page (https://…)"; nothing in it formats, and
    shortcodes of emoji stay.

    text     in Slack's marks, where & < > are escaped     people, channels   names by id; who is not there keeps the id
    """
    held: list[str] = []

    def hold(piece: str) -> str:
        held.append(piece)
        return f"\ue000{len(held) - 1}\ue001"

    def said(found: re.Match[str]) -> str:
        return _said(found[1], people, channels or {})

    def code(found: re.Match[str]) -> str:
        return hold(_unescaped(_TOKEN.sub(said, found[1] or found[2])))

    plain = text.replace("\ue000", "").replace("\ue001", "")
    plain = _TOKEN.sub(lambda found: hold(said(found)), _CODE.sub(code, plain))
    for pair in _FORMATS:
        plain = pair.sub(r"\1", plain)
    return _HELD.sub(lambda found: held[int(found[1])], _unescaped(plain)).strip()


def marked_text(message: Mapping[str, Any]) -> str:
    """What a message says, in Slack's marks: its text; without one that of its blocks, else of what it forwards."""
    return (
        str(message.get("text") or "")
        or _lines(message.get("blocks"))
        or "\n".join(filter(None, (_forwarded(one) for one in bodies(message.get("attachments")))))
    )


def _said(token: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """What stands between < and >, in words. Labels are escaped as text is."""
    target, _, label = token.partition("|")
    label, kind, name = _unescaped(label), target[:1], target[1:]
    if kind == "@":
        return f"@{people.get(name) or label.lstrip('@') or name}"
    if kind == "#":
        return f"#{label.lstrip('#') or channels.get(name) or name}"
    if kind == "!":
        return f"@{name}" if name in _EVERYBODY else label or f"@{name.rpartition('^')[2]}"
    return _link(_unescaped(target), label)


def _link(target: str, label: str) -> str:
    """The address, with its label where that says something else."""
    address = re.sub(r"^(mailto|tel):", "", target)
    is_address = not label or label.rstrip("/") in {address.rstrip("/"), address.partition("://")[2].rstrip("/")}
    return address if is_address else f"{label} ({address})"


def _unescaped(text: str) -> str:
    for escaped, plain in _UNESCAPED:
        text = text.replace(escaped, plain)
    return text


def _escaped(text: object) -> str:
    plain = text if isinstance(text, str) else ""
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _forwarded(attachment: Body) -> str:
    return _as_written(attachment) or _lines(attachment.get("blocks")) or str(attachment.get("fallback") or "")


def _lines(blocks: object) -> str:
    return "\n".join(filter(None, map(_part, bodies(blocks))))


def _part(part: Body) -> str:
    """A block or a piece of one, in Slack's marks; "" for one without words."""
    kind = str(part.get("type"))
    if kind in _LEAVES:
        return _LEAVES[kind](part)
    inner = [*bodies(part.get("text")), *bodies(part.get("fields")), *bodies(part.get("elements"))]
    return ("" if kind in _INLINE else "\n").join(filter(None, map(_part, inner)))


def _as_written(part: Body) -> str:
    return str(part.get("text") or "")


def _as_link(part: Body) -> str:
    label = _escaped(part.get("text"))
    return f"<{_escaped(part.get('url'))}{'|' if label else ''}{label}>"


_LEAVES: Mapping[str, Callable[[Body], str]] = {
    "text": lambda part: _escaped(part.get("text")),
    "plain_text": lambda part: _escaped(part.get("text")),
    "mrkdwn": _as_written,
    "markdown": lambda part: _escaped(part.get("text")),
    "link": _as_link,
    "user": lambda part: f"<@{part.get('user_id')}>",
    "usergroup": lambda part: f"<!subteam^{part.get('usergroup_id')}>",
    "channel": lambda part: f"<#{part.get('channel_id')}>",
    "broadcast": lambda part: f"<!{part.get('range')}>",
    "emoji": lambda part: f":{part.get('name')}:",
    "date": lambda part: _escaped(part.get("fallback")),
    "image": lambda part: _escaped(part.get("alt_text")),
}
