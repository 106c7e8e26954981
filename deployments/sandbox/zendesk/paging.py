"""Pages of a listing: by cursor where `page[size]` is given, else by number."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from deployments.sandbox.zendesk.call import Call
from deployments.sandbox.zendesk.errors import not_understood

MOST = 100
ARGUMENTS = ("page[size]", "page[after]", "page", "per_page")
T = TypeVar("T")


def page(call: Call, name: str, rows: Sequence[T], shown: Callable[[T], Any], path: str) -> dict[str, Any]:
    """The rows of the page that is asked for, below `name`, and what leads on; `path` is that of the listing."""
    if "page[size]" in call.query or "page[after]" in call.query:
        return _by_cursor(call, name, rows, shown, path)
    size, number = min(MOST, call.number("per_page", MOST)), max(1, call.number("page", 1))
    here = rows[(number - 1) * size : number * size]
    following = {**call.query, "page": number + 1} if number * size < len(rows) else None
    return {
        name: [shown(row) for row in here],
        "next_page": _address(call, path, following) if following else None,
        "previous_page": _address(call, path, {**call.query, "page": number - 1}) if number > 1 else None,
        "count": len(rows),
    }


def _by_cursor(call: Call, name: str, rows: Sequence[T], shown: Callable[[T], Any], path: str) -> dict[str, Any]:
    begin, size = _place(call.query.get("page[after]", "")), max(1, min(MOST, call.number("page[size]", MOST)))
    end = min(len(rows), begin + size)
    after = urlsafe_b64encode(f"row {end}".encode()).decode()
    more = end < len(rows)
    return {
        name: [shown(row) for row in rows[begin:end]],
        "meta": {"has_more": more, "after_cursor": after if more else None, "before_cursor": None},
        "links": {"prev": None, "next": _address(call, path, {**call.query, "page[after]": after}) if more else None},
    }


def _place(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(urlsafe_b64decode(cursor).decode().removeprefix("row "))
    except ValueError:
        raise not_understood("page[after] is no cursor of ours") from None


def _address(call: Call, path: str, query: dict[str, Any]) -> str:
    return f"{call.base}{path}?{urlencode(query)}"
