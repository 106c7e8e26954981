"""One run in a process of its own: the real flows with Prefect taken out, stopping at every step of the ledger."""

import contextlib
import gc
import json
import os
import pickle
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar

import github  # noqa: F401 - what takes long to load is loaded once, and not by every run
import sklearn.feature_extraction.text
import sklearn.metrics.pairwise  # noqa: F401
from prefect import Task
from prefect.states import Completed, Failed

import flows.after_hours_support
import flows.book_coaching
import flows.close_opportunities
import flows.feedback_sweep
import flows.pipeline_review
import flows.undo_closure
import tasks.coaching
import tasks.decisions
import tasks.feedback
import tasks.feedback_memory
import tasks.ledger
import tasks.remembering
import tasks.runs
import tasks.salesforce
import tasks.salesforce_customers
import tasks.settings
import tasks.slack
from flows.feedback_forms import AfterHoursForm, FeedbackForm
from flows.forms import DecisionForm, PipelineReviewForm, UndoForm
from tasks.clients import Unavailable
from tasks.ledger import Ledger
from tests.faults import booking, bugs, sweeping
from tests.faults.small_company import DECIDER, REASON

RITUALS = {
    "review": flows.pipeline_review,
    "decide": flows.close_opportunities,
    "undo": flows.undo_closure,
    "book": flows.book_coaching,
    "support": flows.after_hours_support,
    "sweep": flows.feedback_sweep,
    "resweep": flows.feedback_sweep,
    "look": flows.feedback_sweep,
}
_SWEEPS = ("sweep", "resweep", "look")  # of a morning; once more that day; a dry run
_CLOCKED = (
    tasks.coaching,
    tasks.decisions,
    tasks.feedback_memory,
    tasks.remembering,
    tasks.runs,
    tasks.salesforce_customers,
)
_RUNTIME = (tasks.runs,)
_SEEING = ("read_pipeline", "read_customer_talk", "review")


@dataclass(frozen=True)
class Job:
    """What a run is to do, under which settings (`environment`), starting `now`; `control` is where it asks for leave.
    `judged` is what a reading found, given to runs that do not read for themselves (`fresh`)."""

    act: str
    run_id: str
    environment: dict[str, str]
    now: datetime
    control: str
    door: int = 0
    proposal: str = ""
    loss_reason: str = REASON
    decider: str = DECIDER
    bug: str = ""
    retries: int = 0
    fresh: bool = False
    judged: Any = field(default=None, repr=False)


class _Plain:
    """A Prefect task as a function, repeated as often as Prefect would while time can cure the failure."""

    def __init__(self, task: Task[Any, Any], retries: int) -> None:
        self._fn, self._retries = task.fn, retries

    failures: ClassVar[list[Exception]] = []  # that a flow was given as a state, and went on

    def with_options(self, **_: Any) -> "_Plain":
        return self

    def __call__(self, *args: Any, return_state: bool = False, **kwargs: Any) -> Any:
        if not return_state:
            return self._tried(*args, **kwargs)
        try:
            return Completed(data=self._tried(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as a failed state does
            self.failures.append(error)
            return Failed(data=error)

    def _tried(self, *args: Any, **kwargs: Any) -> Any:
        for left in reversed(range(self._retries + 1)):
            try:
                return self._fn(*args, **kwargs)
            except Unavailable:
                if not left:
                    raise
        raise AssertionError("the last attempt returns or raises")


class _Control:
    """Asks the bench for leave at every step of the ledger, and obeys."""

    def __init__(self, address: str, door: int) -> None:
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(address)
        self._answers = self._line.makefile("rb")
        self.tell(door=door, pid=os.getpid())

    def tell(self, **said: Any) -> None:
        self._line.sendall(json.dumps(said).encode() + b"\n")

    def step(self, name: str) -> None:
        self.tell(step=name)
        answer = self._answers.readline().strip()
        if answer == b"kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if answer == b"lost":
            raise Unavailable("The ledger cannot be reached, or the connection was lost (on purpose).")


def serve(orders: socket.socket) -> None:
    """Fork a child for each job that comes, until the other side closes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sweeping.compile_signs()
    _freeze()
    judged: Any = None
    with orders.makefile("rb") as jobs:
        while True:
            try:
                job: Job = pickle.load(jobs)  # noqa: S301 - from the process that forked us
            except EOFError:
                return
            judged = job.judged or judged
            if job.act == "remember":
                _freeze()
                continue
            if os.fork() == 0:
                orders.close()
                _run(job, judged)


def _freeze() -> None:
    """A child that collects garbage looks at all it was forked with, and so copies it: longer than most runs take."""
    gc.collect()
    gc.freeze()


def _run(job: Job, judged: Any) -> None:
    try:
        more = sweeping.SETTINGS if job.act in _SWEEPS else {}
        os.environ.update({**job.environment, **more, "RITUALS_ENV_FILE": ""})
        control = _Control(job.control, job.door)
        try:
            told = _told(job, control, judged)
        except Exception as error:  # noqa: BLE001 - whatever it is, the bench judges it
            told = {"error": [kind.__name__ for kind in type(error).__mro__], "said": str(error)}
        control.tell(end=told)
    finally:
        sys.stdout.flush()
        os._exit(0)


def _told(job: Job, control: _Control, judged: Any) -> dict[str, Any]:
    time.sleep = lambda _: None  # what the libraries wait between two attempts
    without_prefect(job, control.step)
    bugs.make(job.bug, job)
    if job.act == "judge":
        return {"judged": pickle.dumps(_judged(job)).hex()}
    if job.act == "draft":
        booking.draft()
        return {"error": [], "said": ""}
    if judged is not None and not job.fresh:
        _see_through(RITUALS[job.act], judged)
    state = RITUALS[job.act].__dict__[_FLOWS[job.act]].fn(_form(job))
    if state.name == "Refused":
        return {"error": ["DecisionRefused", "Refused"], "said": str(state.message)}
    if state.is_failed():
        raise _Plain.failures[-1]
    return {"error": [], "said": str(state.message)}


_FLOWS = {
    "review": "pipeline_review",
    "decide": "close_opportunities",
    "undo": "undo_closure",
    "book": "book_coaching",
    "support": "after_hours_support",
    **dict.fromkeys(_SWEEPS, "feedback_sweep"),
}


def _form(job: Job) -> Any:
    if job.act == "review":
        return PipelineReviewForm(dry_run=False)
    if job.act == "book":
        return booking.form(job.decider)
    if job.act == "support":
        return AfterHoursForm(dry_run=False)
    if job.act in _SWEEPS:
        return FeedbackForm(dry_run=job.act == "look")
    if job.act == "undo":
        return UndoForm(proposal=job.proposal, undone_by=job.decider, dry_run=False)
    return DecisionForm(proposal=job.proposal, decided_by=job.decider, loss_reason=job.loss_reason, dry_run=False)


def without_prefect(job: Job, step: Callable[[str], None]) -> None:
    """Plain functions instead of tasks, the job's own run and clock, nothing shown in Prefect, and no sleep."""

    class Now(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return job.now.astimezone(tz)

    runtime = SimpleNamespace(get_id=lambda: job.run_id, get_scheduled_start_time=lambda: job.now, get_tags=list)
    for module in _CLOCKED:
        module.datetime = Now  # type: ignore[attr-defined]
    for module in _RUNTIME:
        module.flow_run = runtime
    tasks.settings.guard_logs = lambda: None  # the import has done it; what Prefect's settings are takes long to tell
    tasks.ledger.Ledger = partial(Ledger, step=step)  # type: ignore[misc, assignment]
    carrier = tasks.decisions.Carrier
    tasks.decisions.Carrier = partial(carrier, sleep=lambda _: None)  # type: ignore[misc, assignment]
    tasks.salesforce._shown_progress = lambda: contextlib.nullcontext(lambda *_: None)  # type: ignore[assignment]
    sharing = (tasks.remembering, tasks.decisions, tasks.coaching, tasks.feedback, tasks.feedback_memory)
    for module in (*RITUALS.values(), *sharing):
        for name, value in list(vars(module).items()):
            if isinstance(value, Task):
                setattr(module, name, _Plain(value, job.retries))
            elif name in {"show", "show_decision", "show_talks", "show_after_hours", "show_sweep"}:
                setattr(module, name, lambda *_, **__: None)
            elif name == "form_link":
                setattr(module, name, lambda deployment, form: f"https://prefect.example/{deployment}")
            elif name == "keys_link":
                setattr(module, name, lambda deployment, *_, **__: lambda _: f"https://prefect.example/{deployment}")


def _judged(job: Job) -> Any:
    """What a reading finds now: the reading, its book, and the findings."""
    seen: dict[str, Any] = {}
    module = flows.pipeline_review
    config = module.settings()
    run = module.this_run(None, config)
    policy = module.policy_for(config.pipeline, None)
    reading = module.read_pipeline(run.until, module.shortest_silence(policy))
    talk = module.read_customer_talk(reading.silent_accounts, run.days_ago(45), run.until)
    seen["book"] = reading.book(talk, config, run.until)
    seen["findings"] = module.review(seen["book"], run.as_of, policy)
    return seen | {"reading": reading}


def _see_through(module: Any, judged: dict[str, Any]) -> None:
    """Let the run find what an earlier reading found: reading and judging take longer than all the rest."""
    reading = judged["reading"]

    class Seen(type(reading)):  # type: ignore[misc]
        def book(self, *_: Any) -> Any:
            return judged["book"]

    seen = object.__new__(Seen)
    seen.__dict__.update(vars(reading))
    found = {"read_pipeline": seen, "read_customer_talk": None, "review": judged["findings"]}
    for name in _SEEING:
        if hasattr(module, name):
            setattr(module, name, lambda *_, answer=found[name]: answer)
