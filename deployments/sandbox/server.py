"""Serves an ASGI app on loopback, with connections that a fault can cut."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HOST = "127.0.0.1"
GRACE_SECONDS = 1
PING_SECONDS = 0.5  # slack_sdk's client only closes between two frames, and waits three seconds for one
KEEP_ALIVE_SECONDS = 75  # as long as real front ends do, so that a client between two steps is not cut off

Address = tuple[str, int]
_open: dict[Address, asyncio.Transport] = {}


class _CuttableProtocol(H11Protocol):
    """Remembers its transport by the client's address: all that an ASGI scope tells of a connection."""

    # uvicorn itself narrows the transport that asyncio declares.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.client is not None:
            _open[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.client is not None:
            _open.pop(self.client, None)
        super().connection_lost(exc)


class _CuttableSocket(WebSocketsSansIOProtocol):
    """The same for a web socket, which takes the transport over."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self.client is not None:
            _open[self.client] = self.transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.client is not None:
            _open.pop(self.client, None)
        super().connection_lost(exc)


class _Server(uvicorn.Server):
    """Tells when it accepts connections."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def cut(client: Address) -> None:
    """Close the connection of that client at once, without an answer. Call it from the serving loop."""
    transport = _open.get(client)
    if transport is not None:
        transport.abort()


@contextmanager
def serve(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Serve `app` from a thread while the context is open; yields its address, `http://127.0.0.1:PORT`.

    Port 0 takes a free one. Raises OSError when the port is taken.
    """
    listening = socket.create_server((HOST, port))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms for company
    config = uvicorn.Config(
        app,
        http=_CuttableProtocol,
        ws=_CuttableSocket,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=None,
        lifespan="off",
        log_level="critical",
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="sandbox", daemon=True)
    thread.start()
    server.ready.wait()
    try:
        yield f"http://{HOST}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
