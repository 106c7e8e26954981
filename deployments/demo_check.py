"""The check of Salesforce at the pretend company, and filing some of what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deployments.demo_run import Posted, filled_in, posted_reports, run_to_the_end
from deployments.demo_slack import DECIDER
from deployments.demo_weeks import Step

CHECK = "salesforce-validation/monthly"
BUTTON = "File as issues"
FILED = 3  # of what the button offers


@dataclass(frozen=True)
class Check:
    """What a check leaves to look at: the report after some of it was filed, and the addresses of the runs."""

    report: Posted
    check: str
    filing: str


def checked(settings: Mapping[str, str], log: Path, step: Step) -> Check:
    """Hold Salesforce against the handbook and file the first findings, each run a deployed one; `log` is that of the
    process that serves them. Raises DidNotStartError."""
    with step("hold Salesforce against the handbook"):
        check = run_to_the_end(CHECK, log)
    with step(f"file: {DECIDER} has {FILED} discrepancies filed as issues"):
        deployment, filled = filled_in(posted_reports(settings)[0].button(BUTTON))
        chosen = {**filled, "findings": filled["findings"][:FILED], "decided_by": DECIDER}
        filing = run_to_the_end(deployment, log, chosen)
    return Check(posted_reports(settings)[0], check, filing)
