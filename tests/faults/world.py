"""The pretend company with a door for each run, through which no call passes without leave; soon put back."""

import asyncio
import copy
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployments.sandbox import environment, org_controls
from deployments.sandbox.calls import system_of
from deployments.sandbox.clock import Clock
from deployments.sandbox.fault_answers import answer
from deployments.sandbox.fault_model import Fault as SandboxFault
from deployments.sandbox.github import api as github
from deployments.sandbox.github.state import GithubState
from deployments.sandbox.salesforce import routes as salesforce
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.server import cut, serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.zendesk import api as zendesk
from deployments.sandbox.zendesk.state import ZendeskState
from tests.company import OFFICE, REVIEW_AT
from tests.faults import schedules as kinds
from tests.faults.booking import MANAGER, TALKS
from tests.faults.small_company import SOMEBODY, STALE, small_company
from tests.faults.supporting import with_customers
from tests.faults.sweeping import with_github

DOORS = 2
_ANSWERS = {
    kinds.UNAVAILABLE: "unavailable",
    kinds.UNAUTHORIZED: "unauthorized",
    kinds.HTML: "html",
    kinds.LIMIT: "limit_reached",
    kinds.RATE_LIMITED: "rate_limited",
}


@dataclass(frozen=True)
class Written:
    """A change to a record that took effect: by whom, of what to what."""

    record: str
    values: dict[str, Any]
    user: str


@dataclass(frozen=True)
class Moment:
    """What concerned a calendar: a new event, or (`looked`) a query whose answer the run behind `door` got. `ordered`
    is what of the ledger's bookings was there then: who ordered which talk."""

    door: int
    looked: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    user: str = ""
    ordered: dict[str, str] = field(default_factory=dict)


class _Store(Store):
    """Remembers every change that took effect, also one that changes nothing; and every new event."""

    written: list[Written]
    calendar: list[Moment]
    door: int  # through which the call comes that is being answered
    ordered: Callable[[], dict[str, str]]

    def create(self, sobject: str, values: Any, user_id: str) -> str:
        made = super().create(sobject, values, user_id)
        if sobject == "Event":
            self.calendar.append(Moment(self.door, values=dict(values), user=user_id, ordered=self.ordered()))
        return made

    def update(self, sobject: str, record_id: str, values: Any, user_id: str) -> None:
        super().update(sobject, record_id, values, user_id)
        self.written.append(Written(record_id, dict(values), user_id))


@dataclass
class Leave:
    """What a door is told of a call: to let it through, or what happens to it. `pid` is the process that made it."""

    kind: str = ""
    pid: int = 0


Ask = Callable[[int, str], "asyncio.Future[Leave] | None"]


class World:
    """The sandbox. `ask` is called in the serving thread for each call, with the door's number and "POST composite";
    the call waits for the future it gives, or passes where it gives none."""

    def __init__(self, ask: Ask, now: datetime = REVIEW_AT) -> None:
        self.now = now
        clock = Clock(lambda: self.now)
        company = with_github(with_customers(small_company(now.astimezone(OFFICE).date())))
        self.org = Org(clock)
        self.store = _Store(company.catalogue, clock)
        self.store.written, self.store.calendar, self.store.door, self.store.ordered = [], [], 0, dict
        for name, table in company.tables.items():
            self.store.insert_many(name, table.columns, table.rows)
        self.slack = SlackState(company.slack, clock)
        self.zendesk = ZendeskState(company.zendesk, clock)
        parts = [*salesforce.routes(self.store, self.org), *api.routes(self.slack), *zendesk.routes(self.zendesk)]
        parts += github.routes(GithubState(company.github, clock))  # which is only read
        app = shell([org_controls.route(self.org), *parts], clock)
        turn = threading.Lock()
        self._doors = [_Door(app, number, ask, self, turn) for number in range(DOORS)]
        self._company = company
        self.environments: list[dict[str, str]] = []

    @contextmanager
    def open(self) -> Iterator[None]:
        """Serve every door on a port of its own."""
        with serve(self._doors[0]) as first, serve(self._doors[1]) as second:
            told = [environment.lines(address, self._company, self.org) for address in (first, second)]
            self.environments = [dict(line.split("=", 1) for line in lines) for lines in told]
            yield

    def keep(self) -> Any:
        """All that can change, to be put back."""
        slack = {name: getattr(self.slack, name) for name in ("conversations", "files", "_serial", "_last")}
        org = {name: value for name, value in vars(self.org).items() if name not in {"now", "_serial"}}
        tickets = {name: value for name, value in vars(self.zendesk).items() if name != "_now"}
        rest = copy.deepcopy((slack, org, tickets, self.store._serials, self.store.written, self.store.calendar))
        return self.store.connection.serialize(), rest, self.now

    def put_back(self, kept: Any) -> None:
        """As it was when it was kept."""
        records, rest, self.now = kept
        self.store.connection.deserialize(records)
        slack, org, tickets, serials, written, calendar = copy.deepcopy(rest)
        vars(self.slack).update(slack)
        vars(self.org).update(org)
        vars(self.zendesk).update(tickets)
        self.store._serials, self.store.written, self.store.calendar = serials, written, calendar

    def later(self, by: timedelta) -> datetime:
        """Let time pass; what time it is now."""
        self.now += by
        return self.now

    def edit(self, act: str, number: int, amount: float) -> None:
        """Somebody else changes a deal; or, where talks are booked, fills the time of one: see `schedules.Edit`."""
        if act != "book":
            self.store.update("Opportunity", STALE[number], {"Amount": amount}, SOMEBODY)
            return
        talk = TALKS[number % 2]
        whose = MANAGER if number // 2 % 2 else talk.rep_id
        starts = f"{talk.starts:%Y-%m-%dT%H:%M:%SZ}"
        filled = {"Subject": "A call", "OwnerId": whose, "StartDateTime": starts, "DurationInMinutes": 30}
        self.store.create("Event", filled, SOMEBODY)

    def events(self) -> list[dict[str, Any]]:
        """The events of all calendars as they are stored."""
        ids = self.store.connection.execute('SELECT "Id" FROM "Event" WHERE "IsDeleted" = 0').fetchall()
        return [found for (event,) in ids if (found := self.store.get("Event", event))]

    def record(self, record: str) -> dict[str, Any]:
        """The opportunity as it is stored."""
        found = self.store.get("Opportunity", record)
        assert found is not None
        return found


class _Door:
    def __init__(self, app: ASGIApp, number: int, ask: Ask, world: World, turn: threading.Lock) -> None:
        self._app, self._number, self._ask, self._world, self._turn = app, number, ask, world, turn

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        waiting = self._ask(self._number, f"{scope['method']} {_called(scope['path'])}")
        leave = await waiting if waiting is not None else Leave()
        self._world.later(timedelta(seconds=1))
        kind = leave.kind
        if kind in _ANSWERS:
            if kind in {kinds.UNAUTHORIZED, kinds.LIMIT} and scope["path"].endswith("/token"):
                refused = {"error": "invalid_client", "error_description": "invalid client credentials"}
                await JSONResponse(refused, status_code=401)(scope, receive, send)
                return
            fault = SandboxFault(_ANSWERS[kind], retry_after=0 if kind == kinds.RATE_LIMITED else None)
            await answer(fault, system_of(scope["path"]))(scope, receive, send)
            return
        if kind not in {kinds.KILLED_BEFORE, kinds.DROPPED_BEFORE}:
            # Two servers, two threads: the pretend Slack was made for one.
            with self._turn:
                self._world.store.door = self._number
                asked, receive = await _body(receive)
                await self._app(scope, receive, send if not kind else _unheard)
                if not kind and " FROM Event " in asked:
                    self._world.store.calendar.append(Moment(self._number, asked))
        if kind.startswith("killed"):
            os.kill(leave.pid, signal.SIGKILL)
        if kind == kinds.UNAVAILABLE_AFTER:
            await answer(SandboxFault("unavailable"), system_of(scope["path"]))(scope, receive, send)
        elif kind:
            cut(scope["client"])


async def _unheard(message: Message) -> None:
    """Lose a part of the answer."""


async def _body(receive: Receive) -> tuple[str, Receive]:
    """What a request says, and from where it can be received again."""
    parts, more = list[bytes](), True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    whole = iter([{"type": "http.request", "body": b"".join(parts), "more_body": False}])

    async def again() -> Message:
        return next(whole, None) or await receive()

    return unquote_plus(b"".join(parts).decode(errors="replace")), again


def _called(path: str) -> str:
    """A path without what differs from run to run."""
    parts = [part for part in path.split("/") if part not in {"services", "data", "v67.0", "api", ""}]
    return "upload" if parts[:1] == ["upload"] else "/".join(parts)
