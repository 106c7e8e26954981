"""Mistakes of a feedback sweep made on purpose, in the process of a run alone: see `bugs.py`."""

from collections.abc import Callable
from typing import Any

import flows.feedback_sweep
import tasks.feedback_memory
from tasks.ledger_feedback import Waiting, Watermarks


def _marks_after_posting(_: Any) -> None:
    """How far was read is kept once the report is posted: who dies in between tells everything again."""
    flow: Any = flows.feedback_sweep
    remember, publish, kept = flow.remember_sweep, flow.publish, list[tuple[Any, ...]]()

    def posted(*given: Any) -> Any:
        delivery = publish(*given)
        remember(*kept.pop())
        return delivery

    flow.remember_sweep, flow.publish = (lambda *given: kept.append(given)), posted


def _marks_of_a_dry_run(_: Any) -> None:
    """What is only looked at counts as told."""
    flow: Any = flows.feedback_sweep
    judged, remember = flow.judged, flow.remember_sweep

    def looked(asked: Any, *given: Any) -> Any:
        sweep = judged(asked, *given)
        remember(sweep, asked)
        return sweep

    flow.judged = looked


def _waiting_forgotten(_: Any) -> None:
    """What was told once is not told again, though nobody answered."""
    tasks.feedback_memory.still_waiting = lambda _: ()  # type: ignore[assignment]


def _any_before(_: Any) -> None:
    """The sweep before counts, though its report was never posted."""

    def before(names: Any, run: Any) -> Any:
        return iter(sorted((name for name in names if name.split(":")[1] < f"{run.as_of}"), reverse=True))

    tasks.feedback_memory._standing = before


def _own_before(_: Any) -> None:
    """A second run of the day begins where the first one ended, and its report replaces that of the first."""
    standing = tasks.feedback_memory._standing

    def before(names: Any, run: Any) -> Any:
        own = [name for name in names if name.split(":")[1] == f"{run.as_of}"]
        return iter([*own, *standing(names, run)])

    tasks.feedback_memory._standing = before


def _marks_first(_: Any) -> None:
    """How far was read is kept before what waits: who dies in between forgets what it had read."""
    replace, forget, kept = Waiting.replace, Watermarks.forget_before, list[tuple[Any, ...]]()

    def later(self: Watermarks, *given: Any) -> int:
        replace(*kept.pop())
        return forget(self, *given)

    Waiting.replace = lambda *given: kept.append(given)  # type: ignore[method-assign]
    Watermarks.forget_before = later  # type: ignore[method-assign]


SWEEP_BUGS: dict[str, Callable[[Any], None]] = {
    "marks after posting": _marks_after_posting,
    "marks of a dry run": _marks_of_a_dry_run,
    "waiting forgotten": _waiting_forgotten,
    "any sweep before": _any_before,
    "its own sweep before": _own_before,
    "marks before what waits": _marks_first,
}
