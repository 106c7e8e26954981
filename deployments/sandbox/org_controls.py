"""Troubles of single records and of the org, which no fault of a whole request can make."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.salesforce.edits import ordered
from deployments.sandbox.salesforce.org import Org


def route(org: Org) -> Route:
    """GET tells what is set; POST sets any of it (see `Org`).

    POST {"expire_sessions": true} makes every access token invalid.
    """

    async def endpoint(request: Request) -> Response:
        if request.method == "POST":
            try:
                _apply(org, await request.json())
            except (ValueError, TypeError, AttributeError) as error:
                return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse({name: _plain(getattr(org, name)) for name in _SETTABLE})

    return Route("/__sandbox__/org", endpoint, methods=["GET", "POST"])


def _apply(org: Org, wanted: dict[str, Any]) -> None:
    unknown = sorted(set(wanted) - {*_SETTABLE, "expire_sessions"})
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    for name, read in _SETTABLE.items():
        if name in wanted:
            setattr(org, name, read(wanted[name]))
    if wanted.get("expire_sessions"):
        org.expire_sessions()


def _number_or_none(value: Any) -> int | None:
    return None if value is None else int(value)


def _counts(value: Any) -> dict[str, int]:
    return {str(name): int(number) for name, number in value.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [asdict(item) for item in value]
    return sorted(value) if isinstance(value, set) else value


_SETTABLE: dict[str, Callable[[Any], Any]] = {
    "locked_ids": set,
    "locked_times": _counts,
    "read_only_ids": set,
    "not_createable": set,
    "lost_ids": set,
    "validation_rules": dict,
    "moves_close_date": bool,
    "edits": lambda orders: [ordered(order) for order in orders],
    "daily_max": int,
    "used": int,
    "bulk_polls": int,
    "longest_query": _number_or_none,
    "refused_sub_selects": set,
    "hidden_objects": set,
}
