"""A night of the pretend company: tickets for what customers wrote, the sweep of the morning, and requests filed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from deployments.demo_run import Posted, filled_in, posted_reports, run_to_the_end
from deployments.demo_slack import DECIDER
from deployments.demo_weeks import OFFICE, Step

WATCH = "after-hours-support/watch"
NAMING = "assign-codename/assign"
SWEEP = "feedback-sweep/daily"
BUTTON = "File requests"
BEFORE_OPENING, MORNING = time(5, 55), time(7)
NAMED = "Orchid Telecom"  # a customer without a codename


@dataclass(frozen=True)
class Night:
    """What a night leaves to look at: the report, and the addresses of the runs."""

    report: Posted
    watch: str
    sweep: str
    filing: str


def night(settings: Mapping[str, str], log: Path, step: Step) -> Night:
    """Make tickets of the night, sweep it in the morning and file what is drafted, each run a deployed one; `log` is
    that of the process that serves them. Raises DidNotStartError."""
    with step("make tickets of what customers wrote while support was closed"):
        watch = run_to_the_end(WATCH, log, {"as_of": _today_at(BEFORE_OPENING)})
    with step(f"give a codename to {NAMED}"):
        run_to_the_end(NAMING, log, {"account": NAMED, "decided_by": DECIDER})
    with step("sweep the feedback of the night"):
        sweep = run_to_the_end(SWEEP, log, {"until": _today_at(MORNING)})
    report = posted_reports(settings)[0]
    with step(f"file: {DECIDER} has the drafted requests filed"):
        deployment, filled = filled_in(report.button(BUTTON))
        filing = run_to_the_end(deployment, log, {**filled, "decided_by": DECIDER, "tell_customer": True})
    return Night(report, watch, sweep, filing)


def _today_at(clock: time) -> str:
    """That time of today in the office; now, where it is still to come."""
    now = datetime.now(OFFICE)
    return min(now, datetime.combine(now.date(), clock, OFFICE)).isoformat()
