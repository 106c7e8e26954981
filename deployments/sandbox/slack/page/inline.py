"""Mentions and dates inside a text, the same in mrkdwn and in rich text."""

import re
from datetime import datetime, timedelta
from typing import Final

from markupsafe import Markup

from deployments.sandbox.slack.page.html import element, link, literal
from deployments.sandbox.slack.page.names import Names

BROADCASTS: Final = frozenset({"channel", "here", "everyone"})
_DATE_FORMATS: Final = {
    "date_num": "%Y-%m-%d",
    "date": "%B %-d, %Y",
    "date_short": "%b %-d, %Y",
    "date_long": "%A, %B %-d, %Y",
    "time": "%-I:%M %p",
    "time_secs": "%-I:%M:%S %p",
}
_DATE_PARTS = re.compile(r"\{(date_num|date(?:_short|_long)?(?:_pretty)?|time|time_secs|ago)\}")
_AGO: Final = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def mention(label: str, kind: str = "person") -> Markup:
    """A highlighted mention; `kind` is person, channel or broadcast."""
    return element("span", literal(label), class_=f"mention {kind}")


def user_mention(user_id: str, names: Names, given: str = "") -> Markup:
    """`@name` of a user; the name given beside the id, or the id, when nobody is known by it."""
    known = names.people.get(user_id)
    return mention("@" + (known.name if known else given or user_id))


def channel_mention(channel_id: str, names: Names, given: str = "") -> Markup:
    """`#name` of a channel, linked when this page has the channel."""
    name = names.channels.get(channel_id)
    if name is None:
        return mention("#" + (given or channel_id), "channel")
    return element("a", literal("#" + name), class_="mention channel", href=f"/slack/{channel_id}")


def broadcast_mention(name: str) -> Markup:
    """`@channel`, `@here` or `@everyone`."""
    return mention("@" + name, "broadcast")


def date_text(timestamp: str, template: str, fallback: str, names: Names, url: object = None) -> Markup:
    """A moment written by Slack's template ("{date_short} at {time}") in the office time zone, linked when asked.

    Slack shows the fallback where the timestamp cannot be read, and so does this page.
    """
    try:
        moment = names.local(timestamp)
    except (ValueError, OverflowError, OSError):
        return literal(fallback or timestamp)
    text = _DATE_PARTS.sub(lambda found: _date_part(found[1], moment, names), template)
    shown = element("time", literal(text), datetime=moment.isoformat())
    return link(url, shown) if url else shown


def _date_part(part: str, moment: datetime, names: Names) -> str:
    today = names.now.astimezone(names.zone).date()
    if part.endswith("_pretty"):
        near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((moment.date() - today).days)
        return near or _date_part(part.removesuffix("_pretty"), moment, names)
    return _ago(names.now - moment) if part == "ago" else f"{moment:{_DATE_FORMATS[part]}}"


def clock(moment: datetime) -> str:
    """The time of day as Slack writes it: 7:28 AM."""
    return f"{moment:{_DATE_FORMATS['time']}}"


def _ago(passed: timedelta) -> str:
    seconds = abs(int(passed.total_seconds()))
    for size, unit in _AGO:
        if seconds >= size:
            count = seconds // size
            words = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"{words} ago" if passed > timedelta(0) else f"in {words}"
    return "just now"
