"""Socket Mode: the web sockets over which an app hears what people do in the pretend Slack, and acknowledges it."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from deployments.sandbox.server import cut
from deployments.sandbox.slack.messages import APP_ID
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.seed import App

PATH = "/link/"
PATIENCE_SECONDS = 3.0
MOST_LINKS = 10
LISTED = 500
HOST = "applink-sandbox"
NOT_REACHED, NOT_ANSWERED = "dispatch_failed", "operation_timeout"
REASONS = ("warning", "refresh_requested", "link_disabled")


@dataclass
class Envelope:
    """Something the app was told. `frames` are the times it was sent, `acknowledged` how: "in time", "late" or ""."""

    id: str
    type: str
    payload: JsonObject
    frames: int = 0
    acknowledged: str = ""
    answer: JsonObject = field(default_factory=dict)

    def frame(self) -> JsonObject:
        """As it goes over the web socket."""
        return {
            "envelope_id": self.id,
            "type": self.type,
            "accepts_response_payload": True,
            "payload": self.payload,
        }


@dataclass(frozen=True)
class Answer:
    """What became of an envelope: `error` is "" once the app has acknowledged it, with `payload`."""

    error: str = ""
    payload: JsonObject = field(default_factory=dict)


@dataclass(frozen=True)
class _Link:
    app: App
    socket: WebSocket


class Sockets:
    """All web sockets. `patience` is how many real seconds an app has to acknowledge, and may be set; `opened` counts
    the web sockets that ever were."""

    def __init__(self) -> None:
        self.patience = PATIENCE_SECONDS
        self.sent: deque[Envelope] = deque(maxlen=LISTED)
        self.problems: deque[str] = deque(maxlen=LISTED)
        self.opened = 0
        self._tickets: dict[str, App] = {}
        self._links: list[_Link] = []
        self._waiting: dict[str, asyncio.Future[JsonObject]] = {}
        self._turn = 0

    @property
    def links(self) -> int:
        """How many web sockets are open."""
        return len(self._links)

    def open(self, app: App, base: str) -> str:
        """The address of a web socket for that app, which may be opened once; `base` is http://127.0.0.1:PORT/."""
        ticket = str(uuid4())
        self._tickets[ticket] = app
        return f"{base.replace('http', 'ws', 1).rstrip('/')}{PATH}?ticket={ticket}&app_id={APP_ID}"

    async def serve(self, socket: WebSocket) -> None:
        """One web socket, from its handshake to its end. Without a ticket the handshake is refused."""
        app = self._tickets.pop(socket.query_params.get("ticket", ""), None)
        if app is None:
            await socket.close()
            return
        await socket.accept()
        if self._count(app) >= MOST_LINKS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return
        link = _Link(app, socket)
        self._links.append(link)
        self.opened += 1
        try:
            await socket.send_json(_hello(self._count(app)))
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                self._heard(message.get("text") or "")
        except WebSocketDisconnect:
            return
        finally:
            self._drop(link)

    async def deliver(self, app: App, kind: str, payload: JsonObject) -> Answer:
        """Tell the app, over any one of its web sockets, and wait until it acknowledges.

        Slack documents no second delivery of commands and interactions. Apps have seen one all the same: the very
        envelope again when it had not been acknowledged, for commands too (slackapi/bolt-js issues 2188 and 2487). So
        here it comes once more, unaltered, after the person was told that it failed; that answer interests nobody.
        """
        envelope = Envelope(str(uuid4()), kind, payload)
        self.sent.append(envelope)
        waiting = self._waiting[envelope.id] = asyncio.get_running_loop().create_future()
        try:
            if not await self._send(app, envelope):
                return Answer(NOT_REACHED)
            async with asyncio.timeout(self.patience):
                return Answer(payload=await waiting)
        except TimeoutError:
            del self._waiting[envelope.id]
            await self._send(app, envelope)
            return Answer(NOT_ANSWERED)
        finally:
            self._waiting.pop(envelope.id, None)

    async def disconnect(self, reason: str) -> None:
        """Tell each web socket that it will end; all but a warning end it at once."""
        for link in tuple(self._links):
            await link.socket.send_json(_disconnect(reason))
            if reason != "warning":
                self._drop(link)
                await link.socket.close()

    def cut(self) -> None:
        """Lose every web socket without a word."""
        for link in tuple(self._links):
            self._drop(link)
            cut(link.socket.scope["client"])

    def _count(self, app: App) -> int:
        return sum(link.app == app for link in self._links)

    def _drop(self, link: _Link) -> None:
        if link in self._links:
            self._links.remove(link)

    async def _send(self, app: App, envelope: Envelope) -> bool:
        """Whether some web socket of the app took it; they take turns."""
        while links := [link for link in self._links if link.app == app]:
            self._turn += 1
            link = links[self._turn % len(links)]
            try:
                await link.socket.send_json(envelope.frame())
            except (WebSocketDisconnect, RuntimeError):  # it has just been closed
                self._drop(link)
                continue
            envelope.frames += 1
            return True
        return False

    def _heard(self, text: str) -> None:
        """An acknowledgement: {"envelope_id": …, "payload": {…}}. What is none is kept among the problems."""
        told = _object(text)
        envelope = next((one for one in self.sent if one.id == told.get("envelope_id")), None)
        payload = told.get("payload")
        if envelope is None or not isinstance(payload, dict | None):
            self.problems.append(f"not an acknowledgement: {text[:200]}")
            return
        waiting = self._waiting.get(envelope.id)
        if waiting is not None and not waiting.done():
            envelope.acknowledged, envelope.answer = "in time", payload or {}
            waiting.set_result(envelope.answer)
        else:
            envelope.acknowledged = envelope.acknowledged or "late"


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _hello(count: int) -> JsonObject:
    return {
        "type": "hello",
        "num_connections": count,
        "debug_info": {"host": HOST, "build_number": 10, "approximate_connection_time": 18060},
        "connection_info": {"app_id": APP_ID},
    }


def _disconnect(reason: str) -> JsonObject:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}
