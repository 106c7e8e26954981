"""A server in the place of LinkedIn's, and the real session with its connections led there."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from tasks.linkedin import hardened


class Pages:
    """A server in the place of LinkedIn's: what it answers at each path, what it was asked, and how many at once."""

    def __init__(self) -> None:
        self.statuses: dict[str, int] = {}
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self.seen_headers: list[dict[str, str]] = []
        self.meet: threading.Barrier | None = None
        self._now, self.most, self._lock = 0, 0, threading.Lock()
        self.address = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.asked.append((handler.command, handler.path))
            self.seen_headers.append(dict(handler.headers))
            self._now += 1
            self.most = max(self.most, self._now)
        if self.meet:
            self.meet.wait(10)
        handler.send_response(self.statuses.get(handler.path, 200))
        for name, value in {"Content-Length": "0", **self.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        with self._lock:
            self._now -= 1


class _To(HTTPAdapter):
    """Sends what is addressed to LinkedIn to the server of this test."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        request.url = f"{self._address}{parts.path}"
        return super().send(request, *args, **kwargs)


@contextmanager
def serving() -> Iterator[Pages]:
    """It, until the end."""
    told = Pages()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            told.answer(self)

        do_GET = do_HEAD  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}"
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


def at(pages: Pages) -> Callable[[], requests.Session]:
    """The real session, but for where its connections go."""

    def session() -> requests.Session:
        opened = hardened()
        opened.mount("https://", _To(pages.address))
        return opened

    return session
