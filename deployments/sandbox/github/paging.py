"""Pages of a listing, and the Link header that leads from one to the next."""

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlencode

from deployments.sandbox.github.call import Call

DEFAULT, MOST = 30, 100
T = TypeVar("T")
ARGUMENTS = ("per_page", "page")


def page(call: Call, rows: Sequence[T], path: str) -> tuple[Sequence[T], dict[str, str]]:
    """The rows of the page that is asked for, and the headers; `path` is that of the listing below the API's base."""
    size = max(1, min(MOST, _number(call, "per_page", DEFAULT)))
    number = max(1, _number(call, "page", 1))
    last = max(1, -(-len(rows) // size))
    places = {"first": 1, "prev": number - 1} if number > 1 else {}
    places |= {"next": number + 1, "last": last} if number < last else {}
    links = [f'<{call.base}{path}?{urlencode({**call.query, "page": to})}>; rel="{rel}"' for rel, to in places.items()]
    return rows[(number - 1) * size : number * size], {"Link": ", ".join(links)} if links else {}


def _number(call: Call, name: str, default: int) -> int:
    value = call.query.get(name, "")
    return int(value) if value.isdecimal() else default
