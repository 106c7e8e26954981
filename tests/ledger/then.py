"""Runs of the rituals at a moment that they are given, each in a process of its own that can be killed at a step of the
ledger. Runs with the code of earlier versions too: see `tests/payloads/ledgers/README.md`."""

import importlib
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_PRELOADED = ("flows.close_opportunities", "great_expectations", "tests.faults.child")


@dataclass(frozen=True)
class Run:
    """The flow in flows/`ritual`.py, with `form` filled in, under these settings, at `now` (aware), as the run of that
    id. `killed_at` is the step of the ledger ("finish:before") at which it dies, the `time`-th time that it comes."""

    ritual: str
    form: Mapping[str, Any]
    environment: Mapping[str, str]
    now: datetime
    id: str
    killed_at: str = ""
    time: int = 1


CarryOut = Callable[[Run], str]


@contextmanager
def carrying_out() -> Iterator[CarryOut]:
    """What carries out a run, and says what it ended with: "Completed: …", or the class and the words of its error;
    "killed" where it was. The processes come from one that has loaded what takes long."""
    server = subprocess.Popen(  # noqa: S603 - this module
        [sys.executable, "-m", __spec__.name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    orders, answers = server.stdin, server.stdout
    assert orders is not None
    assert answers is not None

    def carry_out(run: Run) -> str:
        pickle.dump(run, orders)
        orders.flush()
        return str(json.loads(answers.readline()))

    with server:
        yield carry_out
        orders.close()


def main() -> None:
    """Fork a process for each run that is ordered, until nobody orders any more."""
    for name in _PRELOADED:
        importlib.import_module(name)
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a run prints is no answer
    while True:
        try:
            run: Run = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started us
        except EOFError:
            return
        os.write(answers, json.dumps(_forked(run)).encode() + b"\n")


def _forked(run: Run) -> str:
    read, write = os.pipe()
    if (pid := os.fork()) == 0:
        os.write(write, _told(run).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as said:
        told = said.read().decode()
    _, status = os.waitpid(pid, 0)
    return "killed" if os.WIFSIGNALED(status) and run.killed_at else told


def _told(run: Run) -> str:
    try:
        return _ended(run)
    except Exception as error:  # noqa: BLE001 - whatever it is, who ordered it judges it
        return f"{type(error).__name__}: {error}"


def _ended(run: Run) -> str:
    for name in [name for name in os.environ if name.startswith("RITUALS_")]:
        del os.environ[name]
    os.environ.update({**run.environment, "RITUALS_ENV_FILE": ""})
    module = importlib.import_module(f"flows.{run.ritual}")
    _without_prefect(run, module)
    flow = getattr(module, run.ritual)
    asked = flow.fn.__annotations__["form"](**run.form)
    state = flow.fn(asked)
    return f"{state.name}: {state.message}"


def _without_prefect(run: Run, ritual: Any) -> None:
    """Plain functions instead of tasks, the run's own clock everywhere, also as the ledger's, and nothing shown."""
    from tasks import ledger_database  # noqa: PLC0415
    from tests.faults import child  # noqa: PLC0415

    child.RITUALS[run.ritual] = ritual
    modules = [module for name, module in sys.modules.items() if name.startswith("tasks.") and name.count(".") == 1]
    child._CLOCKED = tuple(module for module in modules if _asks_the_time(module))  # type: ignore[assignment]
    left = run.time

    def step(name: str) -> None:
        nonlocal left
        left -= name == run.killed_at
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    child.without_prefect(child.Job(run.ritual, run.id, dict(run.environment), run.now, ""), step)
    for module in child._RUNTIME:
        module.flow_run.get_tags = list  # earlier versions had no need of it
    moment = run.now.astimezone(UTC).isoformat()
    ledger_database._CLOCKS.update(sqlite=f"SELECT '{moment}'", postgresql=f"SELECT TIMESTAMPTZ '{moment}'")
    for module in [*modules, ritual]:
        for name, value in list(vars(module).items()):
            if isinstance(value, child.Task):
                setattr(module, name, child._Plain(value, 0))
            elif name.startswith("show") and callable(value):
                setattr(module, name, lambda *_, **__: None)
            elif name == "_deployed":
                setattr(module, name, lambda _: None)  # else Prefect is asked, and starts a server of its own


def _asks_the_time(module: Any) -> bool:
    return "datetime.now(" in Path(str(module.__file__)).read_text(encoding="utf-8")


if __name__ == "__main__":
    from tests.ledger.then import main as serve  # what is sent names its classes by this module's name

    serve()
