"""Running a ritual against the pretend company of today, and what the run left behind in Prefect and in Slack."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.flow_engine import run_flow
from prefect.states import Scheduled, State
from sqlalchemy import select

from deployments.sandbox.company.build import build
from flows.activity_review import activity_review
from flows.book_coaching import book_coaching
from flows.close_opportunities import close_opportunities
from flows.feedback_forms import FeedbackForm
from flows.feedback_sweep import feedback_sweep
from flows.file_discrepancies import file_discrepancies
from flows.forms import (
    ActivityReviewForm,
    BookingForm,
    DecisionForm,
    FilingForm,
    PipelineReviewForm,
    UndoForm,
    ValidationForm,
)
from flows.pipeline_review import pipeline_review
from flows.salesforce_validation import salesforce_validation
from flows.undo_closure import undo_closure
from tasks.clients import SalesforceDoor, slack_reader
from tasks.ledger_activity import Talks
from tasks.ledger_tables import CheckupRow, ProposalRow, TalkRow
from tasks.rules.talks import Talk
from tasks.runs import remembered
from tasks.settings import settings
from tests.company import OFFICE, Sandbox, running

DRY, POSTING = PipelineReviewForm(), PipelineReviewForm(dry_run=False)
RECORDS = ("Account", "Contact", "Opportunity", "OpportunityContactRole", "Task", "Event", "EmailMessage", "Note")


@contextmanager
def company_of_today() -> Iterator[Sandbox]:
    """The small company on this day, so that a run of now judges the day its story was told for."""
    now = datetime.now(OFFICE).replace(microsecond=0)  # SOQL compares whole seconds: what happens now is then seen
    with running(build(1, "small", now.date()), now) as sandbox:
        yield sandbox


def run(form: PipelineReviewForm = POSTING) -> State[Any]:
    """Run the review as a person would who fills in that form; its final state."""
    state: State[Any] = pipeline_review(form, return_state=True)
    return state


def decide(proposal: str, *opportunities: str, dry_run: bool = False, **form: str) -> State[Any]:
    """Decide as a person would who fills in the form that the report's button opens; the run's final state."""
    filled = {"proposal": proposal, "loss_reason": "No response", "decided_by": "Marisol Vega", **form}
    asked = DecisionForm(**filled, opportunities=list(opportunities), dry_run=dry_run)
    state: State[Any] = close_opportunities(asked, return_state=True)
    return state


def undo(proposal: str, *opportunities: str, dry_run: bool = False) -> State[Any]:
    """Undo that decision; the run's final state."""
    asked = UndoForm(proposal=proposal, opportunities=list(opportunities), undone_by="Marisol Vega", dry_run=dry_run)
    state: State[Any] = undo_closure(asked, return_state=True)
    return state


def proposal() -> str:
    """The name of what the newest review proposes, from the ledger."""
    with remembered(settings()) as memory, memory.session(reading=True) as session:
        return str(session.scalars(select(ProposalRow.id).order_by(ProposalRow.made_at.desc())).first())


def review_activity(form: ActivityReviewForm) -> State[Any]:
    """Run the activity review as a person would who fills in that form; its final state."""
    state: State[Any] = activity_review(form, return_state=True)
    return state


def check(form: ValidationForm) -> State[Any]:
    """Run the Salesforce check as a person would who fills in that form; its final state."""
    state: State[Any] = salesforce_validation(form, return_state=True)
    return state


def sweep(form: FeedbackForm) -> State[Any]:
    """Run the feedback sweep as a person would who fills in that form; its final state."""
    state: State[Any] = feedback_sweep(form, return_state=True)
    return state


def a_finding() -> str:
    """The key of the first discrepancy that the newest check kept, from the ledger."""
    with remembered(settings()) as memory, memory.session(reading=True) as session:
        [*kept] = session.scalars(select(CheckupRow.discrepancies).order_by(CheckupRow.made_at.desc()).limit(1))
        return str(kept[0][0]["key"])


def file(*findings: str, by: str = "Marisol Vega", dry_run: bool = False, comments: bool = True) -> State[Any]:
    """Have findings filed as a person would who fills in the form that the report's button opens; the run's final
    state."""
    asked = FilingForm(findings=list(findings), decided_by=by, dry_run=dry_run, comment_on_fixed=comments)
    state: State[Any] = file_discrepancies(asked, return_state=True)
    return state


def book(*talks: str, decided_by: str = "Marisol Vega", dry_run: bool = False) -> State[Any]:
    """Order talks as a person would who fills in the form that the report's button opens; the run's final state."""
    asked = BookingForm(talks=list(talks), decided_by=decided_by, dry_run=dry_run)
    state: State[Any] = book_coaching(asked, return_state=True)
    return state


def drafts() -> dict[str, Talk]:
    """The newest talk of each rep that is not replaced, by the rep's name, from the ledger."""
    with remembered(settings()) as memory:
        with memory.session(reading=True) as session:
            names = list(session.scalars(select(TalkRow.id).order_by(TalkRow.drafted_at)))
        found = [standing for name in names if (standing := Talks(memory).standing(name))]
    return {one.talk.rep: one.talk for one in found if not one.superseded_by}


def run_late(late: timedelta, form: PipelineReviewForm = POSTING) -> State[Any]:
    """Run the review as a worker would that finds a run that was scheduled so long ago."""
    parameters = {"form": form.model_dump(mode="json")}
    due = Scheduled(scheduled_time=datetime.now(OFFICE) - late)
    with get_client(sync_client=True) as client:
        waiting = client.create_flow_run(pipeline_review, parameters=parameters, state=due)
    state: State[Any] = run_flow(pipeline_review, waiting, parameters=parameters, return_type="state")
    return state


def artifacts(state: State[Any]) -> dict[str, str]:
    """What the run of that state left to be looked at, by key."""
    mine = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[state.state_details.flow_run_id]))
    with get_client(sync_client=True) as client:
        return {str(artifact.key): str(artifact.data) for artifact in client.read_artifacts(artifact_filter=mine)}


def judged(state: State[Any]) -> list[dict[str, Any]]:
    """The rows of the run's table: every open deal with its verdict."""
    return list(json.loads(artifacts(state)["pipeline-review-deals"]))


def reports(sandbox: Sandbox, channel: str = "") -> list[list[dict[str, Any]]]:
    """What the rituals posted in the channel (that of the settings), each message with its thread:
    [[parent, reply, …], …]."""
    config = sandbox.settings
    client, channel = slack_reader(config), channel or config.slack_channel
    messages = client.conversations_history(channel=channel, include_all_metadata=True)["messages"]
    ours = [message for message in messages if message.get("metadata")]
    return [client.conversations_replies(channel=channel, ts=message["ts"])["messages"] for message in ours]


def opportunities(sandbox: Sandbox) -> list[dict[str, str]]:
    """Id, Name and StageName of every opportunity."""
    door = SalesforceDoor(sandbox.settings)
    return list(door.json("query?q=SELECT+Id,Name,StageName+FROM+Opportunity")["records"])


def records(sandbox: Sandbox) -> dict[str, Any]:
    """Every record of Salesforce with the moment it was last changed."""
    door = SalesforceDoor(sandbox.settings)
    asked = {name: f"queryAll?q=SELECT+Id,SystemModstamp+FROM+{name}+ORDER+BY+Id" for name in RECORDS}
    return {name: door.json(path)["records"] for name, path in asked.items()}
