"""What stands around the pretend systems: serving, faults, counts and the clock, over real connections."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell

NOW = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)
QUERY, RECORD, POST_MESSAGE = (
    "/services/data/v67.0/query",
    "/services/data/v67.0/sobjects/Task/1",
    "/api/chat.postMessage",
)


class Sandbox:
    """The shell around two systems that only note which requests took effect."""

    def __init__(self) -> None:
        self.effects: list[str] = []
        self.clock = Clock(lambda: NOW)
        self.url = ""

    def app(self) -> Any:
        async def effect(request: Request) -> JSONResponse:
            self.effects.append(request.url.path)
            return JSONResponse({"ok": True, "padding": "x" * 1_000})

        paths = ("/services/{rest:path}", "/api/{rest:path}", "/slack")
        return shell([Route(path, effect, methods=["GET", "POST", "PATCH"]) for path in paths], self.clock)

    def order(self, **fault: Any) -> requests.Response:
        return requests.post(f"{self.url}/__sandbox__/faults", json=fault, timeout=5)

    def call(self, path: str, method: str = "GET") -> requests.Response:
        return requests.request(method, self.url + path, timeout=5)

    def calls(self) -> dict[str, Any]:
        told: dict[str, Any] = self.call("/__sandbox__/calls").json()
        return told


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    with serve(sandbox.app()) as sandbox.url:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.effects.clear()
    for control in ("faults", "calls"):
        requests.delete(f"{running.url}/__sandbox__/{control}", timeout=5)
    return running


def test_a_free_port_is_taken_and_given_back() -> None:
    with serve(Sandbox().app()) as url:
        port = int(url.rpartition(":")[2])
        assert requests.get(f"{url}/__sandbox__/health", timeout=5).json() == {"ok": True}
        with pytest.raises(OSError, match="in use"), serve(Sandbox().app(), port):
            pass
    with serve(Sandbox().app(), port) as again:
        assert again == url


ANSWERS = [
    ("unauthorized", QUERY, 401, "INVALID_SESSION_ID"),
    ("unauthorized", POST_MESSAGE, 200, "invalid_auth"),
    ("limit_reached", QUERY, 403, "REQUEST_LIMIT_EXCEEDED"),
    ("limit_reached", POST_MESSAGE, 200, "message_limit_exceeded"),
    ("rate_limited", QUERY, 429, "REQUEST_LIMIT_EXCEEDED"),
    ("rate_limited", POST_MESSAGE, 429, "ratelimited"),
    ("server_error", QUERY, 500, "UNKNOWN_EXCEPTION"),
    ("server_error", POST_MESSAGE, 500, "internal_error"),
    ("row_lock", RECORD, 400, "UNABLE_TO_LOCK_ROW"),
    ("validation_rule", RECORD, 400, "FIELD_CUSTOM_VALIDATION_EXCEPTION"),
]


@pytest.mark.parametrize(("kind", "path", "status", "code"), ANSWERS)
def test_each_system_fails_in_its_own_words(sandbox: Sandbox, kind: str, path: str, status: int, code: str) -> None:
    assert sandbox.order(kind=kind).status_code == 201
    answer = sandbox.call(path, "POST")
    body = answer.json()
    assert answer.status_code == status
    assert (body["error"] if path == POST_MESSAGE else body[0]["errorCode"]) == code
    assert sandbox.effects == []
    assert sandbox.call(path, "POST").json()["ok"] is True


@pytest.mark.parametrize(("kind", "status"), [("unavailable", 503), ("html", 200)])
def test_some_answers_are_html(sandbox: Sandbox, kind: str, status: int) -> None:
    sandbox.order(kind=kind)
    answer = sandbox.call(QUERY)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert answer.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("ordered", "header"),
    [
        ({"kind": "rate_limited"}, "1"),
        ({"kind": "rate_limited", "retry_after": 30}, "30"),
        ({"kind": "rate_limited", "retry_after": format_datetime(NOW, usegmt=True)}, "Mon, 23 Nov 2026 15:28:00 GMT"),
        ({"kind": "unavailable", "retry_after": 5}, "5"),
        ({"kind": "unavailable"}, None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(sandbox: Sandbox, ordered: dict[str, Any], header: str | None) -> None:
    sandbox.order(**ordered)
    assert sandbox.call(POST_MESSAGE).headers.get("Retry-After") == header


@pytest.mark.parametrize(
    ("kind", "took_effect"), [("drop_before", []), ("drop_after", [POST_MESSAGE]), ("cut_body", [POST_MESSAGE])]
)
def test_a_connection_is_cut_before_or_after_the_effect(sandbox: Sandbox, kind: str, took_effect: list[str]) -> None:
    sandbox.order(kind=kind)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        sandbox.call(POST_MESSAGE, "POST")
    assert sandbox.effects == took_effect
    assert sandbox.calls()["calls"][0]["fault"] == kind
    assert sandbox.call(POST_MESSAGE).ok


def test_a_slow_answer_comes_too_late_for_an_impatient_client() -> None:
    slow = Sandbox()
    with serve(slow.app()) as slow.url:
        slow.order(kind="slow", seconds=0.2)
        with pytest.raises(requests.ReadTimeout):
            requests.get(slow.url + QUERY, timeout=0.05)
        slow.order(kind="slow", seconds=0.01)
        assert slow.call(QUERY).ok


def test_an_answer_is_held_back_once_what_was_asked_for_is_done(sandbox: Sandbox) -> None:
    sandbox.order(kind="held", seconds=30, answer='"ok": ?true', match={"path": "/services/.*"})
    with pytest.raises(requests.ReadTimeout):
        requests.get(sandbox.url + QUERY, timeout=0.2)
    assert sandbox.effects == [QUERY]
    assert sandbox.call("/__sandbox__/faults").json()["faults"][0]["applied"] == 1
    assert sandbox.call(QUERY).ok


def test_a_compressed_answer_is_held_back_for_what_it_says() -> None:
    async def said(_: Request) -> Response:
        return Response(gzip.compress(b'{"httpStatusCode": 204}'), headers={"Content-Encoding": "gzip"})

    with serve(shell([Route("/services/composite", said)], Clock(lambda: NOW))) as url:
        order = {"kind": "held", "seconds": 30, "answer": '"httpStatusCode": 204'}
        requests.post(f"{url}/__sandbox__/faults", json=order, timeout=5)
        with pytest.raises(requests.ReadTimeout):
            requests.get(f"{url}/services/composite", timeout=0.2)


def test_only_an_answer_that_is_meant_is_held_back(sandbox: Sandbox) -> None:
    sandbox.order(kind="held", seconds=30, answer="no such words")
    assert sandbox.call(QUERY).ok
    assert sandbox.call("/__sandbox__/faults").json()["faults"][0]["applied"] == 0
    assert sandbox.calls()["calls"][0]["fault"] is None


MATCHES: list[tuple[str, dict[str, Any], list[tuple[str, str]], list[int]]] = [
    ("once", {}, [("GET", QUERY)] * 3, [500, 200, 200]),
    ("twice", {"times": 2}, [("GET", QUERY)] * 3, [500, 500, 200]),
    ("for ever", {"times": None}, [("GET", QUERY)] * 3, [500, 500, 500]),
    ("from the second on", {"match": {"nth": 2}}, [("GET", QUERY)] * 3, [200, 500, 200]),
    ("only that path", {"match": {"path": "/services/.*"}}, [("GET", POST_MESSAGE), ("GET", QUERY)], [200, 500]),
    ("the whole path", {"match": {"path": "/services"}}, [("GET", QUERY)], [200]),
    ("only that method", {"match": {"method": "patch"}}, [("GET", RECORD), ("PATCH", RECORD)], [200, 500]),
    ("only where it can be", {"kind": "row_lock"}, [("POST", POST_MESSAGE), ("POST", RECORD)], [200, 400]),
]


@pytest.mark.parametrize(("fault", "requested", "statuses"), [m[1:] for m in MATCHES], ids=[m[0] for m in MATCHES])
def test_a_fault_meets_the_requests_it_was_ordered_for(
    sandbox: Sandbox, fault: dict[str, Any], requested: list[tuple[str, str]], statuses: list[int]
) -> None:
    sandbox.order(**{"kind": "server_error", **fault})
    assert [sandbox.call(path, method).status_code for method, path in requested] == statuses


def test_faults_queue_up_and_are_listed(sandbox: Sandbox) -> None:
    sandbox.order(kind="server_error")
    sandbox.order(kind="unavailable")
    assert [sandbox.call(QUERY).status_code for _ in range(3)] == [500, 503, 200]
    listed = sandbox.call("/__sandbox__/faults").json()["faults"]
    assert [(f["kind"], f["applied"]) for f in listed] == [("server_error", 1), ("unavailable", 1)]


@pytest.mark.parametrize(
    ("ordered", "error"),
    [
        ({}, "kind must be one of"),
        ({"kind": "explode"}, "kind must be one of"),
        ({"kind": "slow", "second": 1}, "unknown: second"),
        ({"kind": "slow", "seconds": -1}, "seconds must be"),
        ({"kind": "html", "times": 0}, "times must be"),
        ({"kind": "html", "match": {"nth": 0}}, "nth must be"),
        ({"kind": "html", "match": {"path": "("}}, "path must be a regular expression"),
        ({"kind": "held", "answer": "("}, "answer must be a regular expression"),
    ],
)
def test_a_fault_that_is_not_understood_is_refused(sandbox: Sandbox, ordered: dict[str, Any], error: str) -> None:
    answer = sandbox.order(**ordered)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(error)


def test_calls_are_counted_by_system_and_path_and_the_page_is_not(sandbox: Sandbox) -> None:
    sandbox.order(kind="server_error", match={"path": "/api/.*"})
    for path in (QUERY, QUERY, POST_MESSAGE, "/slack", "/nowhere"):
        sandbox.call(path)
    told = sandbox.calls()
    assert (told["total"], told["by_system"]) == (4, {"salesforce": 2, "slack": 1, "other": 1})
    assert told["by_path"] == {QUERY: 2, POST_MESSAGE: 1, "/nowhere": 1}
    assert told["calls"][1:] == [
        {"n": 2, "method": "GET", "path": QUERY, "status": 200, "fault": None},
        {"n": 3, "method": "GET", "path": POST_MESSAGE, "status": 500, "fault": "server_error"},
        {"n": 4, "method": "GET", "path": "/nowhere", "status": 404, "fault": None},
    ]
    requests.delete(f"{sandbox.url}/__sandbox__/calls", timeout=5)
    assert sandbox.calls()["total"] == 0


def test_the_clock_is_told_and_set(sandbox: Sandbox) -> None:
    clock = f"{sandbox.url}/__sandbox__/clock"
    assert requests.get(clock, timeout=5).json() == {"now": "2026-11-23T15:28:00+00:00"}
    requests.post(clock, json={"now": "2026-11-30T07:28:00-08:00"}, timeout=5)
    assert sandbox.clock() == datetime(2026, 11, 30, 15, 28, tzinfo=UTC)
    refused: list[object] = [{}, {"now": "2026-11-30T07:28:00"}, {"now": "tomorrow"}, []]
    for wrong in refused:
        assert requests.post(clock, json=wrong, timeout=5).status_code == 400
