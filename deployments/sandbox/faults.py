"""Faults on request: middleware that spoils the answers of the sandbox, and the controls that order it."""

import asyncio
import gzip
import re
from collections.abc import Sequence
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployments.sandbox.calls import FAULT, system_of
from deployments.sandbox.fault_answers import answer
from deployments.sandbox.fault_model import Fault, FaultError, ordered
from deployments.sandbox.server import cut

CONTROLS = "/__sandbox__"


class Faulty:
    """ASGI middleware: each request meets at most one of the ordered faults, the first that matches."""

    def __init__(self, app: ASGIApp, faults: list[Fault]) -> None:
        self.app = app
        self.faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._met(scope)
        if fault is None:
            await self.app(scope, receive, send)
            return
        scope[FAULT] = fault.kind
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            await self.app(scope, receive, send)
        elif fault.kind == "held":
            await self._hold(fault, scope, receive, send)
        elif fault.kind == "drop_before":
            cut(scope["client"])
        elif fault.kind == "drop_after":
            await self.app(scope, receive, _unheard)
            cut(scope["client"])
        elif fault.kind == "cut_body":
            await self.app(scope, receive, _halved(send))
            cut(scope["client"])
        else:
            await answer(fault, system_of(scope["path"]))(scope, receive, send)

    async def _hold(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        fault.applied -= 1  # until the answer is known to be meant
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        await self.app(scope, receive, keep)
        if re.search(fault.answer, _words(answer)):
            fault.applied += 1
            await asyncio.sleep(fault.seconds)
        else:
            del scope[FAULT]
        for message in answer:
            await send(message)

    def _met(self, scope: Scope) -> Fault | None:
        if scope["type"] != "http" or scope["path"].startswith(CONTROLS):
            return None
        method, path = scope["method"], scope["path"]
        return next((fault for fault in self.faults if fault.meets(method, path, system_of(path))), None)


def _words(answer: Sequence[Message]) -> str:
    """What an answer says, also where it is compressed."""
    body = b"".join(part.get("body", b"") for part in answer)
    return (gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body).decode(errors="replace")


async def _unheard(message: Message) -> None:
    """Lose a part of the answer."""


def _halved(send: Send) -> Send:
    """Announce the whole answer, send the first half of its first piece, lose the rest."""
    is_over = False

    async def send_half(message: Message) -> None:
        nonlocal is_over
        if is_over:
            return
        if message["type"] == "http.response.body":
            is_over = True
            body = message.get("body", b"")
            message = {**message, "body": body[: len(body) // 2], "more_body": True}
        await send(message)

    return send_half


def route(faults: list[Fault]) -> Route:
    """POST orders a fault, GET lists them with how often each was met and applied, DELETE clears them."""

    async def endpoint(request: Request) -> Response:
        if request.method == "DELETE":
            faults.clear()
            return Response(status_code=204)
        if request.method == "GET":
            return JSONResponse({"faults": [asdict(fault) for fault in faults]})
        try:
            fault = ordered(await request.json())
        except (FaultError, ValueError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        faults.append(fault)
        return JSONResponse(asdict(fault), status_code=201)

    return Route(f"{CONTROLS}/faults", endpoint, methods=["GET", "POST", "DELETE"])
