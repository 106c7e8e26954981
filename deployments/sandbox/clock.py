"""The sandbox's clock: it shows the moment it was given until it is set."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

OFFICE = ZoneInfo("America/Los_Angeles")
OPENING = time(7, 28)  # of the office day that --as-of names: just before the weekly review


class Clock:
    """Called, it answers an aware UTC moment: that of `source`, or the one it was last set to."""

    def __init__(self, source: Callable[[], datetime]) -> None:
        self._source = source

    def __call__(self) -> datetime:
        return self._source().astimezone(UTC)

    def set(self, moment: datetime) -> None:
        """Show this aware moment from now on."""
        self._source = lambda: moment


def route(clock: Clock) -> Route:
    """GET tells the time, POST {"now": ISO 8601 with offset} sets it."""

    async def endpoint(request: Request) -> Response:
        if request.method == "POST":
            try:
                moment = datetime.fromisoformat((await request.json())["now"])
            except (ValueError, TypeError, KeyError):
                return _refused()
            if moment.tzinfo is None:
                return _refused()
            clock.set(moment)
        return JSONResponse({"now": clock().isoformat()})

    return Route("/__sandbox__/clock", endpoint, methods=["GET", "POST"])


def _refused() -> Response:
    return JSONResponse({"error": 'send {"now": "2026-11-23T15:28:00+00:00"}, with an offset'}, status_code=400)
