"""Two weeks of the pretend company: a review, the week after it, the next review, a decision on it, and an undo."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

from deployments.demo_run import Form, Posted, filled_in, posted_reports, run_to_the_end
from deployments.demo_slack import DECIDER, Hands
from deployments.processes import DidNotStartError

OFFICE = ZoneInfo("America/Los_Angeles")
REVIEW = "pipeline-review/weekly"
REASON = "No response"
# What she closes of the six; Larkspur Media she keeps.
CLOSED = [
    "Acme 2026", "Cobalt Insurance 2026", "Tidewater Energy 2026", "Redwood University campus 2026",
    "Juniper Robotics pilot 2026",
]  # fmt: skip
UNDONE = ["Acme 2026"]
Step = Callable[[str], AbstractContextManager[None]]
Press = Callable[[str, Path, Form], str]  # a button, the log of what serves it, the rest of the form: the run's address


@dataclass(frozen=True)
class Weeks:
    """What two weeks leave to look at: the reports newest first, and the addresses of today's runs."""

    reports: list[Posted]
    review: str
    decision: str
    undo: str


def two_weeks(
    settings: dict[str, str],
    log: Path,
    step: Step,
    *,
    hands: Hands,
    before_deciding: Callable[[str, Posted], None],
    press: Press | None = None,
) -> Weeks:
    """Let them pass, each run a deployed one; `log` is that of the process that serves them. `before_deciding` is given
    the address of the review's run and its report while it waits for a decision, which goes through `press`. Raises
    DidNotStartError."""
    sandbox = settings["RITUALS_SALESFORCE_URL"]
    with step("run the pipeline review of a week ago"):
        _order(f"{sandbox}/__sandbox__/week-ago")
        week_ago = datetime.now(OFFICE).date() - timedelta(days=7)
        run_to_the_end(REVIEW, log, {"as_of": week_ago.isoformat()})
    with step("let a week pass at the pretend company"):
        _order(f"{sandbox}/__sandbox__/clock", {"now": datetime.now(UTC).isoformat()})
        _order(f"{sandbox}/__sandbox__/week")
    with step("run the weekly pipeline review"):
        review = run_to_the_end(REVIEW, log)
    report = posted_reports(settings)[0]
    before_deciding(review, report)
    with step(f"decide: {DECIDER} closes {len(CLOSED)} of those proposed"):
        _order(f"{sandbox}/__sandbox__/clock", {"now": datetime.now(UTC).isoformat()})
        _order(f"{sandbox}/__sandbox__/last-minute")
        decision = (press or _press)(report.button("Decide"), log, decision_form())
    with step(f"undo: {DECIDER} takes {UNDONE[0]} back, in Slack"):
        undo = _undone_in_slack(hands, posted_reports(settings)[0])
    return Weeks(posted_reports(settings), review, decision, undo)


def decision_form() -> Form:
    """What she fills in, beside what the button has filled in for her."""
    return {"opportunities": CLOSED, "loss_reason": REASON, "decided_by": DECIDER}


def _press(button: str, log: Path, form: Form) -> str:
    """Press the button, fill in the rest of the form and run it; the run's address."""
    deployment, filled = filled_in(button)
    return run_to_the_end(deployment, log, {**filled, **form})


def _undone_in_slack(hands: Hands, report: Posted) -> str:
    """She presses Undo, chooses, and says yes; the run's address."""
    [label] = [name for name in report.buttons if name.startswith("Undo")]
    hands.press(report.channel, report.ts, label)
    hands.sees("Undo")
    hands.chooses("Only these opportunities", UNDONE)
    hands.sends()
    hands.sees("Are you sure?")
    hands.sends()
    address = hands.reads("Undo: completed")
    hands.closes()
    return address


def _order(url: str, order: dict[str, str] | None = None) -> None:
    answer = httpx.post(url, json=order or {}, timeout=30)
    if not answer.is_success:
        raise DidNotStartError(f"The pretend company refused {url}: {answer.text}")
    for line in answer.json().get("happened", []):
        sys.stdout.write(f"  {line}\n")
