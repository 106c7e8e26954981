"""Experiments: a schedule is carried out; the same is run without faults until it completes; then all is checked."""

import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.faults import booked, memory, supported, supporting, sweeping, swept
from tests.faults.bench import BETWEEN_RUNS, Bench, Ran
from tests.faults.invariants import Seen, violations
from tests.faults.memory import Copies, Files
from tests.faults.schedules import Schedule
from tests.faults.small_company import REASON, STALE

CLEAN_RUNS = 3
_CHECKS = {
    "book": booked.violations,
    "support": supported.violations,
    "sweep": swept.violations,
    "resweep": swept.violations,
}
_SWEEPS = ("sweep", "resweep")
SHARE = 0.9  # of the day's API calls, which a run leaves alone
BEFORE = {
    "review": "empty",
    "decide": "reviewed",
    "undo": "decided",
    "book": "drafted",
    "support": "asked",
    "sweep": "a weekend later",
    "resweep": "an hour later",
}


@dataclass(frozen=True)
class Verdict:
    """What an experiment came to: what is wrong ([] for nothing), how many runs it took, what happened in them."""

    schedule: Schedule
    wrong: list[str]
    runs: int
    met: list[str]
    seconds: float
    said: list[str] = field(default_factory=list)


class Laboratory:
    """Everything for experiments in this process. `boundaries` are those of a clean run, by act."""

    def __init__(self, bench: Bench, copies: Copies) -> None:
        self.bench, self._copies = bench, copies
        self._worlds: dict[str, Any] = {}
        self.boundaries: dict[str, list[str]] = {}
        self._images: dict[str, dict[str, Any]] = {}
        self.proposal = ""
        self._make_ready()

    def _make_ready(self) -> None:
        """One clean run of each act, one after the other; what stood before each is kept."""
        url = self._copies.fresh("empty")
        [judge] = self.bench.run([self.bench.job("judge", url, fresh=True)], Schedule("judge"))
        assert not judge.error, judge
        self.bench.remember(pickle.loads(bytes.fromhex(judge.extra["judged"])))  # noqa: S301
        for act, name in BEFORE.items():
            if act == "book":  # a report of its own
                self.bench.world.put_back(self._worlds["empty"])
                url = self._copies.fresh("empty")
                [ran] = self.bench.run([self.bench.job("draft", url)], Schedule("draft"))
                assert (ran.error, ran.killed) == ([], False), ran
            if act == "support":
                url = self._asked()
            if act == "sweep":
                url = self._swept()
            if act == "resweep":
                self._written(sweeping.AGAIN, sweeping.ON_MONDAY)
            self._worlds[name] = self.bench.world.keep()
            if name != "empty":
                self._copies.keep(url, name)
            self._images[name] = {record: self.bench.world.record(record) for record in STALE}
            [ran] = self._run(Schedule(act), url)
            assert (ran.error, ran.killed) == ([], False), ran
            self.boundaries[act] = ran.boundaries
            self.proposal = self.proposal or memory.rows(url, "proposal")[0]["id"]
            self.bench.world.later(BETWEEN_RUNS)

    def _asked(self) -> str:
        """An evening in which customers wrote: one has a ticket already, and writes on; a ledger that knows of it."""
        world, url = self.bench.world, self._copies.fresh("empty")
        world.put_back(self._worlds["empty"])
        world.now = supporting.FIRST_RUN
        supporting.say(world.slack, news=False)
        [ran] = self._run(Schedule("support"), url)
        assert (ran.error, ran.killed) == ([], False), ran
        world.now = supporting.SECOND_RUN
        supporting.say(world.slack, news=True)
        return url

    def _swept(self) -> str:
        """A ledger that knows of the sweep of Friday, and a weekend on which customers wrote."""
        url = self._copies.fresh("empty")
        self.bench.world.put_back(self._worlds["empty"])
        self._written(sweeping.FRIDAY, sweeping.BEFORE_FRIDAY)
        [ran] = self._run(Schedule("sweep"), url)
        assert (ran.error, ran.killed) == ([], False), ran
        self._written(sweeping.MONDAY, sweeping.WEEKEND)
        return url

    def _written(self, now: datetime, said: tuple[sweeping.Said, ...]) -> None:
        """Time passes until `now`, and that was written meanwhile."""
        self.bench.world.now = now
        sweeping.say(self.bench.world.slack, said)

    def experiment(self, schedule: Schedule) -> Verdict:
        """Carry it out, repair, check; a decision is then undone, and checked again."""
        began = time.monotonic()
        state = BEFORE[schedule.act]
        url = self._copies.fresh(state)
        world = self.bench.world
        world.put_back(self._worlds[state])
        already = len(world.store.written)
        world.store.ordered = lambda: booked.ordered(url)
        if schedule.left is not None:
            world.org.used = int(world.org.daily_max * SHARE) - schedule.left
        first = self._run(schedule, url)
        world.org.used = 0
        ran, wrong = list(first), [*_unforeseen(first), *(_refused(first) if schedule.other else [])]
        wrong += (self._days_after if schedule.act in _SWEEPS else self._repair)(schedule, url, ran)
        seen = Seen(world, url, self.proposal, self._images, already, schedule)
        wrong += _CHECKS[schedule.act](seen) if schedule.act in _CHECKS else violations(seen, schedule.act)
        if schedule.act == "decide" and not wrong:
            wrong += self._undo(schedule, url, ran, seen)
        met = [met for run in first for met in run.met]
        said = [f"{'killed' if run.killed else (run.error or ['ended'])[0]}: {run.said}" for run in ran]
        return Verdict(schedule, wrong, len(ran), met, time.monotonic() - began, said)

    def _undo(self, schedule: Schedule, url: str, ran: list[Ran], seen: Seen) -> list[str]:
        if not seen.closed:
            return []
        self.bench.world.later(BETWEEN_RUNS)
        self.bench.world.org.locked_times.clear()
        more = self._run(Schedule("undo", bug=schedule.bug), url)
        ran += more
        return [*_unforeseen(more), *_incomplete(more[0]), *violations(seen, "undo")]

    def _days_after(self, schedule: Schedule, url: str, ran: list[Ran]) -> list[str]:
        """The rest of the day of a sweep, and the next day's."""
        wrong = list[str]()
        if schedule.act == "sweep":
            self._written(sweeping.AGAIN, sweeping.ON_MONDAY)
        if not schedule.then:
            wrong += self._repair(schedule, url, ran)
        if schedule.then == "looked":
            [looked] = self._run(Schedule("look", bug=schedule.bug), url)
            ran.append(looked)
            wrong += [*_unforeseen([looked]), *_incomplete(looked)]
        self._written(sweeping.TUESDAY, sweeping.BEFORE_TUESDAY)
        return [*wrong, *self._repair(schedule, url, ran)]

    def _repair(self, schedule: Schedule, url: str, ran: list[Ran]) -> list[str]:
        """Run again without faults until it completes; every dead owner's leases are over by then."""
        clean = Schedule(schedule.act, bug=schedule.bug, fresh=schedule.fresh)
        for _ in range(CLEAN_RUNS):
            self.bench.world.later(BETWEEN_RUNS if schedule.left is None else timedelta(days=1))
            memory.leases_end(url)
            [last] = self._run(clean, url)
            ran.append(last)
            if wrong := _unforeseen([last]):
                return wrong
            if not _incomplete(last):
                return []
        return _incomplete(ran[-1])

    def _run(self, schedule: Schedule, url: str) -> list[Ran]:
        more = {"proposal": self.proposal, "bug": schedule.bug, "fresh": schedule.fresh, "retries": schedule.retries}
        reason = next((row["loss_reason"] for row in memory.rows(url, "decision")), REASON)
        reasons = [reason, schedule.other or reason]
        jobs = [
            self.bench.job(schedule.act, url, door, loss_reason=reasons[door], **more) for door in range(schedule.runs)
        ]
        return self.bench.run(jobs, schedule, lambda: memory.leases_end(url), self._copies.restart)


def _refused(ran: list[Ran]) -> list[str]:
    """Of two that decide something else at once one is told so, in a sentence for a person."""
    told = [run.said for run in ran if run.said.startswith("Already decided by Marisol Vega")]
    return [] if len(told) == 1 else [f"{len(told)} of two were refused: {[run.said for run in ran]}"]


def _unforeseen(ran: list[Ran]) -> list[str]:
    """Runs that ended with what is no error of ours."""
    known = {"Unavailable", "Refused", "SettingsError"}
    return [f"ended with {run.error[0]}: {run.said}" for run in ran if run.error and not known & set(run.error)]


def _incomplete(ran: Ran) -> list[str]:
    """Nothing, where the run ended well or everything was done before it."""
    done = not ran.error or ran.said.startswith(("Already carried out", "Already undone")) or booked.is_over(ran.said)
    return [] if done and not ran.killed else [f"a run without faults did not complete: {ran.said or 'killed'}"]


@contextmanager
def laboratory(copies: Copies | None = None) -> Iterator[Laboratory]:
    """A laboratory on SQLite, or on other databases."""
    with Bench() as bench:
        yield Laboratory(bench, copies or Files(bench.home))
