"""What a run leaves to be looked at in the Prefect UI: its report as text, and every open deal with its verdict."""

from typing import Any

import pandas as pd
from prefect.artifacts import create_markdown_artifact, create_table_artifact

from tasks.reports.feedback_context import FeedbackContext
from tasks.reports.feedback_table import table as feedback_table
from tasks.reports.post import Post, Report, as_text, lines
from tasks.reports.validation_context import ValidationContext
from tasks.reports.validation_table import table
from tasks.rules.feedback import Sweep
from tasks.rules.findings import Review
from tasks.rules.verdicts import Outcome
from tasks.runs import Cost
from tasks.salesforce_pipeline import Reading

ROWS = 2000
EXPECTATIONS = "expectations"  # every check's table is a version of this artifact


_SHOWN = {
    "name": "Opportunity",
    "account": "Account",
    "owner": "Owner",
    "stage": "Stage",
    "amount": "Amount",
    "currency": "Currency",
    "close_date": "Close date",
    "verdict": "Verdict",
    "reason": "Reason",
    "handbook": "Handbook",
    "days": "Days silent",
    "last_touch": "Last touch",
    "next_booked": "Next booked",
    "hygiene": "To update",
    "problems": "To repair",
    "id": "Id",
}


def show(review: Review, report: Report, reading: Reading) -> None:
    """Two artifacts of this run: the report and what reading it cost; the open deals, most money first."""
    create_markdown_artifact(
        f"{literally(as_text(report))}\n\n{_cost(reading)}",
        key="pipeline-review",
        description="The report of this run",
    )
    total = len(review.deals)
    cut = f", the {ROWS:,} largest of them; all are in the file" if total > ROWS else ""
    create_table_artifact(
        _rows(review), key="pipeline-review-deals", description=f"{total:,} open opportunities as judged{cut}"
    )


def show_decision(told: Post, *, dry_run: bool = False) -> None:
    """An artifact of this run: what became, or would become, of every record of a decision."""
    said = "\n".join(lines(told.blocks))
    create_markdown_artifact(
        literally(f"Dry run, nothing was written. This is what would be said:\n\n{said}" if dry_run else said),
        key="decision",
        description="What would be done" if dry_run else "What was done",
    )


def show_activity(report: Report, reading: Cost, *, dry_run: bool) -> None:
    """An artifact of this run: the report in a dry run, else only that it was made. It is about people, and whoever
    can open Prefect can read artifacts."""
    said = literally(as_text(report)) if dry_run else "The report went to the CRO alone."
    create_markdown_artifact(
        f"{said}\n\n{_cost(reading)}", key="activity-review", description="The review of rep activity"
    )


def show_checkup(report: Report, outcome: Outcome, context: ValidationContext, *readings: Cost | None) -> None:
    """Two artifacts of this run: the report and what reading it cost; every expectation with its verdict."""
    cost = " ".join(_cost(reading) for reading in readings if reading)
    create_markdown_artifact(
        f"{literally(as_text(report))}\n\n{cost}", key="salesforce-check", description="The Salesforce check"
    )
    create_table_artifact(table(outcome, context), key=EXPECTATIONS, description="Every expectation, judged")


def show_sweep(report: Report, sweep: Sweep, context: FeedbackContext, reading: Cost | None) -> None:
    """Two artifacts of this run: the report and what reading cost; every conversation as judged."""
    cost = f"Slack: {context.slack_calls:,} calls. {_cost(reading) if reading else 'Salesforce was not asked.'}"
    create_markdown_artifact(
        f"{literally(as_text(report))}\n\n{cost}", key="feedback-sweep", description="The feedback sweep"
    )
    create_table_artifact(
        feedback_table(sweep, context), key="feedback-conversations", description="Every conversation, judged"
    )


def show_talks(said: str) -> None:
    """An artifact of this run: what became, or would become, of each talk, by its name; it names no person."""
    create_markdown_artifact(literally(said), key="coaching-talks", description="The coaching talks")


def _cost(reading: Cost) -> str:
    how = "Bulk API 2.0 and REST" if reading.in_bulk else "REST"
    left = f", {reading.allowed - reading.used:,} of {reading.allowed:,} left today" if reading.allowed else ""
    return f"Salesforce: {reading.calls:,} API calls ({how}){left}."


def literally(text: str) -> str:
    """Text as a code block by indentation: nothing in it can close the block, link or format."""
    return "\n".join(f"    {line}" for line in text.splitlines())


def _rows(review: Review) -> list[dict[str, Any]]:
    shown = review.deals[list(_SHOWN)].head(ROWS).rename(columns=_SHOWN)
    return [{str(name): _cell(value) for name, value in row.items()} for row in shown.to_dict("records")]


def _cell(value: Any) -> Any:
    """What JSON can carry: a day as text, a missing value as none, several reasons in one line."""
    if isinstance(value, tuple):
        return "; ".join(value)
    if pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value
