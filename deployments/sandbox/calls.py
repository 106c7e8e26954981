"""Counts and lists the calls that were made. The page and the controls of the sandbox do not count."""

from collections import Counter, deque
from dataclasses import asdict, dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LISTED = 5_000
PATHS = 2_000
REST = "(other paths)"
SYSTEMS = {
    "/services/": "salesforce",
    "/api/": "slack",
    "/hooks/": "slack",
    "/github/": "github",
    "/zendesk/": "zendesk",
}
UNCOUNTED = ("/__sandbox__", "/slack", "/archives/")

# Where the fault that was applied to a request is noted in its ASGI scope.
FAULT = "sandbox.fault"


def system_of(path: str) -> str:
    """Which pretend system a path belongs to."""
    return next((system for prefix, system in SYSTEMS.items() if path.startswith(prefix)), "other")


@dataclass(frozen=True)
class CallMade:
    """One call; `status` is None when the connection was cut before an answer, `fault` the kind that was applied."""

    n: int
    method: str
    path: str
    status: int | None
    fault: str | None


@dataclass
class CallLog:
    """All calls since the start or the last reset: every one counted, the latest 5,000 listed."""

    total: int = 0
    by_system: Counter[str] = field(default_factory=Counter)
    by_path: Counter[str] = field(default_factory=Counter)
    calls: deque[CallMade] = field(default_factory=lambda: deque(maxlen=LISTED))

    def add(self, method: str, path: str, status: int | None, fault: str | None) -> None:
        """Note one call."""
        self.total += 1
        self.by_system[system_of(path)] += 1
        self.by_path[path if path in self.by_path or len(self.by_path) < PATHS else REST] += 1
        self.calls.append(CallMade(self.total, method, path, status, fault))

    def clear(self) -> None:
        """Begin again at zero."""
        self.total = 0
        self.by_system.clear()
        self.by_path.clear()
        self.calls.clear()


class Recording:
    """ASGI middleware that notes each call in a log when it is over."""

    def __init__(self, app: ASGIApp, log: CallLog) -> None:
        self.app = app
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(UNCOUNTED):
            await self.app(scope, receive, send)
            return
        status: int | None = None

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            self.log.add(scope["method"], scope["path"], status, scope.get(FAULT))


def route(log: CallLog) -> Route:
    """GET tells the counts and the list, DELETE resets them."""

    async def endpoint(request: Request) -> Response:
        if request.method == "DELETE":
            log.clear()
            return Response(status_code=204)
        return JSONResponse(
            {
                "total": log.total,
                "by_system": {"salesforce": 0, "slack": 0, **log.by_system},
                "by_path": dict(log.by_path),
                "calls": [asdict(call) for call in log.calls],
            }
        )

    return Route("/__sandbox__/calls", endpoint, methods=["GET", "DELETE"])
