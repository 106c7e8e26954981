"""What stands around the pretend systems: the controls under /__sandbox__, the count of calls, the faults."""

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from deployments.sandbox import calls, clock, faults
from deployments.sandbox.calls import CallLog, Recording
from deployments.sandbox.clock import Clock
from deployments.sandbox.fault_model import Fault
from deployments.sandbox.faults import Faulty


def shell(parts: Iterable[BaseRoute], moment: Clock) -> Starlette:
    """An app of those routes and the controls; every call passes the count first, then the faults."""
    log, ordered = CallLog(), list[Fault]()
    controls = (
        Route(f"{faults.CONTROLS}/health", _health, methods=["GET"]),
        faults.route(ordered),
        calls.route(log),
        clock.route(moment),
    )
    around = [Middleware(Recording, log=log), Middleware(Faulty, faults=ordered)]
    return Starlette(routes=[*controls, *parts], middleware=around)


async def _health(_: Request) -> Response:
    return JSONResponse({"ok": True})
