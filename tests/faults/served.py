"""A real Prefect that serves the deployments, and the pretend company of today beside it: runs that can be held at a
call of theirs, killed there, and begun anew from a state that was kept."""

import asyncio
import copy
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployments.local_prefect import LocalPrefect, local_prefect
from deployments.processes import running, wait_until
from deployments.sandbox import environment
from deployments.sandbox.clock import Clock
from deployments.sandbox.company.build import build
from deployments.sandbox.salesforce import routes as salesforce
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.server import cut, serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.state import SlackState
from tests.company import OFFICE, Sandbox

DECIDER, REASON = "Marisol Vega", "No response"
POLL = 0.02
WRITE = -1  # in place of a call's number
LONGEST = 120.0  # seconds within which a killed run must have ended


def until(what: str, ready: Callable[[], Any], seconds: float = LONGEST) -> Any:
    """What `ready` answers as soon as that is something. Raises AssertionError naming `what` when it never is."""
    end = time.monotonic() + seconds
    while not (answer := ready()):
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(POLL)
    return answer


class _Store(Store):
    """Remembers the record of every change that took effect, also of one that changes nothing."""

    written: list[str]

    def update(self, sobject: str, record_id: str, values: Any, user_id: str) -> None:
        super().update(sobject, record_id, values, user_id)
        self.written.append(record_id)


@dataclass
class Door:
    """ASGI: counts the calls and holds the one that was asked for until it is let go.

    calls   of each call, what it was and how many changes there had been after it
    """

    app: ASGIApp
    store: _Store
    calls: list[tuple[str, int]] = field(default_factory=list)
    _begun: int = 0
    _hold: tuple[int, str] = (0, "")
    _held: threading.Event = field(default_factory=threading.Event)
    _go: threading.Event = field(default_factory=threading.Event)

    def hold(self, number: int, how: str) -> None:
        """Hold that call (1 is the next): "before" it is carried out, which it never is, "after", and its answer is
        never heard, or "pass", and it is carried out once it is let go. 0 holds none, WRITE the first that changes a
        record, with its answer held back."""
        self.calls.clear()
        self._begun, self._hold = 0, (number, how)
        self._held, self._go = threading.Event(), threading.Event()

    @property
    def is_holding(self) -> bool:
        """Whether the call has come."""
        return self._held.is_set()

    def let_go(self) -> None:
        """End the holding."""
        self._go.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._begun += 1
        (number, how), held, go = self._hold, self._held, self._go
        is_meant, already = self._begun == number, len(self.store.written)
        answer: list[Message] = []
        if not is_meant or how == "after":
            await self._carry_out(scope, receive, answer)
            is_meant = is_meant or (number == WRITE and len(self.store.written) > already and not held.is_set())
        if is_meant:
            held.set()
            await asyncio.to_thread(go.wait)
            if how != "pass":
                cut(scope["client"])
                return
            if not answer:
                await self._carry_out(scope, receive, answer)
        for message in answer:
            await send(message)

    async def _carry_out(self, scope: Scope, receive: Receive, answer: list[Message]) -> None:
        async def keep(message: Message) -> None:
            answer.append(message)

        await self.app(scope, receive, keep)
        self.calls.append((f"{scope['method']} {scope['path'].rpartition('/')[2]}", len(self.store.written)))


class Company:
    """The small company of today; all that can change in it can be kept and put back."""

    def __init__(self) -> None:
        clock = Clock(lambda: datetime.now(OFFICE).replace(microsecond=0))  # SOQL compares whole seconds
        company = build(1, "small", datetime.now(OFFICE).date())
        self.org = Org(clock)
        self.store = _Store(company.catalogue, clock)
        self.store.written = []
        for name, table in company.tables.items():
            self.store.insert_many(name, table.columns, table.rows)
        self.slack = SlackState(company.slack, clock)
        parts = [*salesforce.routes(self.store, self.org), *api.routes(self.slack)]
        self.door = Door(shell(parts, clock), self.store)
        self._company = company

    @contextmanager
    def open(self) -> Iterator[Sandbox]:
        """Serve it on loopback."""
        with serve(self.door) as address:
            lines = environment.lines(address, self._company, self.org)
            yield Sandbox(address, dict(line.split("=", 1) for line in lines))

    def keep(self) -> Any:
        """All that can change."""
        slack = {name: getattr(self.slack, name) for name in ("conversations", "files", "_serial", "_last")}
        org = {name: value for name, value in vars(self.org).items() if name not in {"now", "_serial"}}
        rest = copy.deepcopy((slack, org, self.store._serials, self.store.written))
        return self.store.connection.serialize(), rest

    def put_back(self, kept: Any) -> None:
        """As it was when it was kept."""
        records, rest = kept
        self.store.connection.deserialize(records)
        slack, org, serials, written = copy.deepcopy(rest)
        vars(self.slack).update(slack)
        vars(self.org).update(org)
        self.store._serials, self.store.written = serials, written


@dataclass(frozen=True)
class Seen:
    """How a run went: its final state, the seconds from what was awaited to it, and every state it was seen in."""

    state: str
    message: str
    seconds: float
    states: tuple[str, ...]


class Serving:
    """Prefect as a client of its API sees it, and its processes as the machine does."""

    def __init__(self, prefect: LocalPrefect, log: Path) -> None:
        self.prefect, self.log = prefect, log

    def start(self, deployment: str, form: Mapping[str, Any]) -> UUID:
        """A run of the deployment with that form on top of what is deployed, as the page to run it does."""
        with get_client(sync_client=True) as client:
            found = client.read_deployment_by_name(deployment)
            deployed = found.parameters.get("form", {})
            return client.create_flow_run_from_deployment(found.id, parameters={"form": {**deployed, **form}}).id

    def read(self, run: UUID) -> FlowRun:
        """The run as the server has it."""
        with get_client(sync_client=True) as client:
            return client.read_flow_run(run)

    def is_running(self, run: UUID) -> bool:
        """Whether the server has it as running."""
        state = self.read(run).state
        return state is not None and state.is_running()

    def follow(self, run: UUID, enough: Callable[[Any], bool] = lambda state: state.is_final()) -> Seen:
        """The run once its state is enough: when it is final."""
        began, names = time.monotonic(), list[str]()
        with get_client(sync_client=True) as client:

            def ready() -> Any:
                state = client.read_flow_run(run).state
                if state is not None and state.name not in names:
                    names.append(state.name)
                return state if state is not None and enough(state) else None

            state = until(f"run {run} got far enough, {names}", ready)
        return Seen(str(state.name), str(state.message), time.monotonic() - began, tuple(names))

    def process(self, run: UUID) -> int:
        """The process of the run, 0 while there is none."""
        return next(iter(_carrying(f"PREFECT__FLOW_RUN_ID={run}".encode())), 0)

    def kill(self, run: UUID) -> Seen:
        """End every process that carries the run's id, at once; how the run then ends."""
        processes = _carrying(f"PREFECT__FLOW_RUN_ID={run}".encode())
        assert processes, f"run {run} has no process to be killed"
        for pid in processes:
            os.kill(pid, signal.SIGKILL)
        return self.follow(run)

    @contextmanager
    def without_server(self, home: Path) -> Iterator[None]:
        """The server is down in the context, and then starts again: the same database, the same address."""
        address = self.prefect.ui.rpartition(":")[2].encode()
        [(pid, command)] = [
            (pid, words) for pid, words in _commands() if words[-1:] == [address] and os.getpgid(pid) == pid
        ]
        environ = dict(
            word.decode().split("=", 1) for word in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if word
        )
        os.killpg(pid, signal.SIGTERM)
        until("the server ended", lambda: not _is_alive(pid))
        yield
        log = home / "prefect-server-again.log"
        self._again = running([word.decode() for word in command[command.index(b"-m") + 1 :]], log, environ)
        process = self._again.__enter__()
        wait_until(self._answers, process, log, 180)

    _again: Any = None

    def end(self) -> None:
        """End a server that was started again."""
        if self._again is not None:
            self._again.__exit__(None, None, None)

    def _answers(self) -> bool:
        try:
            with get_client(sync_client=True) as client:
                return client.api_healthcheck() is None
        except Exception:  # noqa: BLE001 - whatever keeps it from answering
            return False


@contextmanager
def serving(home: Path, settings: Mapping[str, str]) -> Iterator[Serving]:
    """A server of our own and a process that serves prefect.yaml with those settings; both end with the context."""
    with local_prefect(home) as prefect:
        log = home / "flows.log"
        here = {PREFECT_API_URL: f"{prefect.ui}/api", PREFECT_API_AUTH_STRING: prefect.auth}
        served = running(["deployments.serve", "--paused"], log, {**settings, **prefect.environment})
        with temporary_settings(here), served as process:
            told = b"Your deployments are being served"
            wait_until(lambda: told in log.read_bytes(), process, log, LONGEST)
            serve = Serving(prefect, log)
            try:
                yield serve
            finally:
                serve.end()


def _carrying(mark: bytes) -> list[int]:
    """The processes that carry the mark in their environment."""
    return [pid for pid in _pids() if mark in _said(pid, "environ")]


def _commands() -> list[tuple[int, list[bytes]]]:
    return [(pid, _said(pid, "cmdline").rstrip(b"\0").split(b"\0")) for pid in _pids()]


def _pids() -> list[int]:
    return [int(process.name) for process in Path("/proc").glob("[0-9]*")]


def _said(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:  # another's, or gone by now
        return b""


def _is_alive(pid: int) -> bool:
    return _said(pid, "stat").rpartition(b")")[2].split()[:1] not in ([], [b"Z"])
