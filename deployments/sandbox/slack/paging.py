"""Slack's cursors: base64 of a kind and the place where the next page begins."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from deployments.sandbox.slack.call import Call
from deployments.sandbox.slack.errors import SlackError

T = TypeVar("T")


def encode(kind: str, place: str) -> str:
    """The cursor for the page that begins at `place`."""
    return base64.b64encode(f"{kind}:{place}".encode()).decode()


def decode(kind: str, cursor: str) -> str:
    """Where the page of that cursor begins. Raises SlackError invalid_cursor."""
    try:
        found, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if found != kind or not place:
        raise SlackError("invalid_cursor")
    return place


def page(call: Call, kind: str, rows: Sequence[T], key: Callable[[T], str], limit: int) -> tuple[Sequence[T], str]:
    """The rows of the page the call asks for, and the cursor of the next one ("" after the last)."""
    start = 0
    cursor = call.text("cursor")
    if cursor:
        place = decode(kind, cursor)
        start = next((i for i, row in enumerate(rows) if key(row) == place), -1)
        if start < 0:
            raise SlackError("invalid_cursor")
    rest = rows[start:]
    return rest[:limit], encode(kind, key(rest[limit])) if len(rest) > limit else ""


def bounded(call: Call, default: int, most: int) -> int:
    """The limit of a listing; outside 1 to `most` it is refused as invalid_limit."""
    limit = call.number("limit", default)
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    return limit
