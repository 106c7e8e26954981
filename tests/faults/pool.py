"""Experiments in as many processes as there are processors, and what they came to."""

import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.util import Finalize

from deployments.postgres import Postgres
from tests.faults.laboratory import Laboratory, Verdict, laboratory
from tests.faults.memory import Databases
from tests.faults.schedules import Schedule

_held: list[Laboratory] = []


@dataclass
class Series:
    """What was done for one row of the table."""

    name: str
    experiments: int = 0
    faults: int = 0
    runs: int = 0
    wrong: int = 0
    seconds: float = 0.0


@dataclass
class Pool:
    """The processes; `boundaries` of a clean run, by act; `series` what was done so far."""

    workers: ProcessPoolExecutor
    boundaries: dict[str, list[str]]
    series: list[Series] = field(default_factory=list)

    def carry_out(self, name: str, schedules: Sequence[Schedule]) -> list[Verdict]:
        """All of them; the verdicts in their order."""
        began = time.monotonic()
        verdicts = list(self.workers.map(_experiment, schedules))
        done = Series(name, len(verdicts), seconds=time.monotonic() - began)
        done.faults = sum(len(verdict.met) for verdict in verdicts)
        done.runs = sum(verdict.runs for verdict in verdicts)
        done.wrong = sum(bool(verdict.wrong) for verdict in verdicts)
        self.series.append(done)
        return verdicts


@contextmanager
def pool(server: Postgres | None = None, workers: int = 0) -> Iterator[Pool]:
    """A pool on SQLite, or with its ledgers on that server."""
    context = multiprocessing.get_context("spawn")
    beside = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))  # each of whom has a pool
    count = workers or max(1, min(os.cpu_count() or 1, 4) // beside)
    with ProcessPoolExecutor(count, mp_context=context, initializer=_open, initargs=(server,)) as started:
        yield Pool(started, started.submit(_boundaries).result())


def told(verdicts: Sequence[Verdict]) -> str:
    """What is wrong, with how to see it again; "" for nothing."""
    bad = [verdict for verdict in verdicts if verdict.wrong]
    lines = [f"{len(bad)} of {len(verdicts)} experiments found something wrong" if bad else ""]
    for verdict in bad[:10]:
        name = verdict.schedule.name
        number = name.removeprefix("seed ")
        again = f"FAULT_SEED={number}" if number != name else f"FAULT_AT='{name.partition(' (')[0]}'"
        lines += [f"\n{name}: again with  {again} pytest tests/faults -m slow -k again", *verdict.wrong[:6]]
        lines += [f"  met: {'; '.join(verdict.met)}", *(f"  run: {said}" for said in verdict.said)]
    kinds = Counter(wrong[-60:] for verdict in bad for wrong in verdict.wrong)
    return "\n".join([*lines, *(f"{times} times: …{what}" for what, times in kinds.most_common(8))]).strip()


def _open(server: Postgres | None) -> None:
    stack = ExitStack()
    copies = Databases(server, f"faults_{os.getpid()}") if server else None
    _held.append(stack.enter_context(laboratory(copies)))
    Finalize(None, stack.close, exitpriority=10)


def _boundaries() -> dict[str, list[str]]:
    return _held[0].boundaries


def _experiment(schedule: Schedule) -> Verdict:
    return _held[0].experiment(schedule)
