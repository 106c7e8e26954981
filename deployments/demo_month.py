"""A month of the pretend company: the review of rep activity, and booking the talks that it drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deployments.demo_run import Posted, filled_in, posted_reports, run_to_the_end
from deployments.demo_slack import DECIDER
from deployments.demo_weeks import Step

REVIEW = "activity-review/monthly"
BUTTON = "Book the talks"


@dataclass(frozen=True)
class Month:
    """What a month leaves to look at: the report after the talks were booked, and the addresses of the runs."""

    report: Posted
    review: str
    booking: str


def month(settings: Mapping[str, str], log: Path, step: Step) -> Month:
    """Review the activity of the last 30 days and book what is drafted, each run a deployed one; `log` is that of the
    process that serves them. Raises DidNotStartError."""
    private = settings["RITUALS_ACTIVITY_CHANNEL"]
    with step("run the review of rep activity, for the CRO alone"):
        review = run_to_the_end(REVIEW, log)
    with step(f"book: {DECIDER} has the drafted talks booked"):
        deployment, filled = filled_in(posted_reports(settings, private)[0].button(BUTTON))
        booking = run_to_the_end(deployment, log, {**filled, "decided_by": DECIDER})
    return Month(posted_reports(settings, private)[0], review, booking)
