"""Carries out schedules: runs in processes of their own that stop at every boundary until they are given leave, so that
one seed is one order of events."""

import asyncio
import json
import os
import pickle
import queue
import random
import signal
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from tests.faults import schedules as kinds
from tests.faults.child import Job, serve
from tests.faults.schedules import RENEWED, Fault, Schedule, is_step
from tests.faults.small_company import STALE
from tests.faults.world import Leave, World

PATIENCE_SECONDS = 60
BETWEEN_RUNS = timedelta(minutes=20)
_MEMORY = Path("/dev/shm")  # noqa: S108 - a process that is killed loses nothing that it gave to the system
LOCKS = 6  # one more than a run asks for


@dataclass
class Waiting:
    """A run that stands at a boundary, and how it is given leave; `name` is empty where it has ended."""

    run: int
    name: str
    leave: Any = None
    end: dict[str, Any] | None = None


@dataclass
class Ran:
    """What one run came to: the classes of its error ([] for none) and its words; `killed` where it never said."""

    boundaries: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)  # faults that happened
    error: list[str] = field(default_factory=list)
    said: str = ""
    killed: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


class Bench:
    """The company, a process that forks runs, and the order in which they go on."""

    def __init__(self) -> None:
        self._arrivals: queue.Queue[Waiting] = queue.Queue()
        self._pids: dict[int, int] = {}
        self._watched = False
        self._serial = 0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        ours, theirs = socket.socketpair()
        if (pid := os.fork()) == 0:  # while there is one thread alone
            ours.close()
            serve(theirs)
            os._exit(0)
        theirs.close()
        self._zygote, self._orders = pid, ours.makefile("wb")
        self._stack.callback(os.waitpid, pid, 0)
        self._stack.callback(ours.close)
        self._stack.callback(self._orders.close)
        self.home = Path(
            self._stack.enter_context(
                tempfile.TemporaryDirectory(prefix="faults-", dir=_MEMORY if _MEMORY.is_dir() else None)
            )
        )
        self._control = socket.socket(socket.AF_UNIX)
        self._control.bind(str(self.home / "control"))
        self._control.listen()
        self.world = World(self._called)
        self._stack.enter_context(self.world.open())
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run(
        self,
        jobs: list[Job],
        schedule: Schedule,
        leases_end: Callable[[], None] = lambda: None,
        restart: Callable[[], None] = lambda: None,
    ) -> list[Ran]:
        """The jobs at once, each through a door of its own. `leases_end` lets a quarter of an hour pass, `restart`
        makes the ledger's database lose every connection."""
        ran = [Ran() for _ in jobs]
        self._watched = True
        try:
            for door, job in enumerate(jobs):
                self._start(replace(job, door=door))
            self._conduct(ran, schedule, {kinds.FROZEN: leases_end, kinds.RESTARTED: restart})
        finally:
            self._watched = False
        return ran

    def job(self, act: str, ledger_url: str, door: int = 0, **more: Any) -> Job:
        """A run that starts now."""
        self._serial += 1
        # Two doors are two addresses of one org: what links to it would be two reports.
        same = {"RITUALS_SALESFORCE_LINK_URL": "https://sandbox.my.salesforce.com", "RITUALS_LEDGER_URL": ledger_url}
        settings = {**self.world.environments[door], **same}
        now, control = self.world.now, str(self.home / "control")
        return Job(act, f"run-{self._serial}", settings, now, control, **more)

    def remember(self, judged: Any) -> None:
        """What later runs are given instead of reading."""
        self._order(Job("remember", "", {}, self.world.now, "", judged=judged))

    def _order(self, job: Job) -> None:
        pickle.dump(job, self._orders)
        self._orders.flush()

    def _start(self, job: Job) -> None:
        self._order(job)
        line, _ = self._control.accept()
        said = line.makefile("rb")
        self._pids[job.door] = json.loads(said.readline())["pid"]
        threading.Thread(target=self._listen, args=(job.door, line, said), daemon=True).start()

    def _listen(self, run: int, line: socket.socket, said: Any) -> None:
        end: dict[str, Any] = {"killed": True}
        with line, said:
            for text in said:
                told = json.loads(text)
                if "end" in told:
                    end = told["end"]
                    break
                self._arrivals.put(Waiting(run, f"ledger {told['step']}", line))
            self._arrivals.put(Waiting(run, "", end=end))

    def _called(self, door: int, name: str) -> "asyncio.Future[Leave] | None":
        if not self._watched:
            return None
        future: asyncio.Future[Leave] = asyncio.get_running_loop().create_future()
        self._arrivals.put(Waiting(door, name, future))
        return future

    def _conduct(self, ran: list[Ran], schedule: Schedule, happens: dict[str, Callable[[], None]]) -> None:
        chance = random.Random(schedule.seed)  # noqa: S311 - a schedule, no secret
        faults = {(fault.run, fault.at): fault for fault in schedule.faults}
        alive, standing, frozen, passed = set(range(len(ran))), dict[int, Waiting](), list[int](), 0
        while alive:
            while alive - set(standing):
                arrived = self._arrived(alive)
                if arrived.name:
                    standing[arrived.run] = arrived
                else:
                    alive.discard(arrived.run)
                    _end(ran[arrived.run], arrived.end or {})
            frozen = [run for run in frozen if run in alive]
            if not alive:
                break
            # Who froze first goes on first, when all others stand still or have ended.
            number = chance.choice(sorted(alive - set(frozen)) or frozen[:1])
            frozen = [run for run in frozen if run != number]
            waiting = standing[number]
            fault = faults.pop((number, len(ran[number].boundaries)), Fault(-1))
            unguarded = schedule.act == "book" and ran[number].boundaries[-1:] == [RENEWED]
            kind = fault.kind(waiting.name, unguarded=unguarded)
            if kind == kinds.FROZEN:
                ran[number].met.append(f"{kind} at {waiting.name}")
                frozen.append(number)
                happens[kind]()
                continue
            for edit in schedule.edits:
                if edit.after == passed:
                    self.world.edit(schedule.act, edit.deal, 1_000_000 + passed)
            passed += 1
            ran[number].boundaries.append(waiting.name)
            if kind:
                ran[number].met.append(f"{kind} at {waiting.name}")
            if kind == kinds.RESTARTED:
                happens[kind]()
            del standing[number]
            self._release(waiting, kind)

    def _arrived(self, alive: set[int]) -> Waiting:
        try:
            return self._arrivals.get(timeout=PATIENCE_SECONDS)
        except queue.Empty:
            for run in alive:
                os.kill(self._pids[run], signal.SIGKILL)
            raise RuntimeError(f"{len(alive)} runs neither went on nor ended in {PATIENCE_SECONDS} s") from None

    def _release(self, waiting: Waiting, kind: str) -> None:
        if is_step(waiting.name):
            word = {kinds.KILLED: b"kill\n", kinds.LEDGER_LOST: b"lost\n"}.get(kind, b"go\n")
            waiting.leave.sendall(word)
            return
        if kind == kinds.ROW_LOCK:
            self.world.org.locked_times[STALE[0]] = LOCKS
            kind = ""
        leave = Leave(kind, self._pids[waiting.run])
        waiting.leave.get_loop().call_soon_threadsafe(waiting.leave.set_result, leave)


def _end(ran: Ran, told: dict[str, Any]) -> None:
    ran.killed = bool(told.get("killed"))
    ran.error, ran.said = told.get("error", []), told.get("said", "")
    ran.extra = told
