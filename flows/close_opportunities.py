"""Closing what a pipeline review proposed, because a named person decided so (handbook L104)."""

from typing import Any

from prefect import flow
from prefect.states import Completed, Failed

from flows.forms import DecisionForm
from tasks.alarms import WATCHED
from tasks.artifacts import show_decision
from tasks.decisions import DecisionRefused, close, decide, preview, tell
from tasks.partitions import read_in_partitions
from tasks.patience import ended
from tasks.rules.deciding import Order
from tasks.rules.pipeline import review
from tasks.rules.scope import longest_silence, policy_for, shortest_silence
from tasks.runs import this_moment
from tasks.salesforce import read_pipeline
from tasks.settings import settings
from tasks.slack import read_customer_talk


@flow(name="close-opportunities", persist_result=False, **WATCHED)
def close_opportunities(form: DecisionForm = DecisionForm()) -> Any:
    """Close opportunities in Salesforce that a review proposed and a person approved. Each is judged anew and read
    again right before it is written; what changed since the proposal is skipped and reported.

    Args:
        form: Which proposal, which of its opportunities, the loss reason, and who decides.
    """
    config = settings()
    order = Order(form.proposal, tuple(form.opportunities), form.loss_reason, form.decided_by, tuple(form.keep))
    try:
        standing = decide(order, dry_run=form.dry_run)
    except DecisionRefused as sentence:
        return Failed(name="Refused", message=str(sentence))

    run = this_moment(config)
    policy = policy_for(config.pipeline, standing.proposal.stale_after_days)
    silence = shortest_silence(policy)
    reading = read_in_partitions(run.until, silence) or read_pipeline(run.until, silence)
    talk = read_customer_talk(reading.silent_accounts, run.days_ago(longest_silence(policy)), run.until)
    findings = review(reading.book(talk, config, run.until), run.as_of, policy)

    if form.dry_run:
        show_decision(preview(standing, findings), dry_run=True)
        return Completed(message="Dry run: what would be closed is in the artifacts, nothing was written.")
    closing = close(standing, findings, return_state=True)
    report = tell(standing.proposal.id)
    show_decision(report)
    return ended(closing, report.text)
