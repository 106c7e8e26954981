"""The weekly opportunity pipeline review (handbook L104)."""

from typing import Any

from prefect import flow
from prefect.states import Completed

from flows.forms import PipelineReviewForm
from tasks.alarms import WATCHED
from tasks.artifacts import show
from tasks.partitions import read_in_partitions
from tasks.remembering import RITUAL, compared, decided_already, recall, remember, to_decide, to_remember
from tasks.reports.pipeline import message
from tasks.rules.pipeline import review
from tasks.rules.scope import longest_silence, narrowed, policy_for, shortest_silence
from tasks.runs import form_link, report_context, this_run
from tasks.salesforce import read_pipeline
from tasks.settings import settings
from tasks.slack import already_posted, publish, read_customer_talk, say_once


@flow(name="pipeline-review", persist_result=False, **WATCHED)
def pipeline_review(form: PipelineReviewForm = PipelineReviewForm()) -> Any:
    """Go through every open opportunity: propose to close what has been silent for 45 days, warn owners from day 30,
    and list what is missing in the records. Writes nothing to Salesforce.

    Args:
        form: Which deals, as of which day, and where the report goes.
    """
    config = settings()
    run = this_run(form.as_of, config)
    if run.too_late:
        late = run.late_sentence("Pipeline review")
        if not form.dry_run:
            say_once(late, run.key("pipeline-review-late"), run.day_began, form.channel)
        return Completed(name="Skipped", message=late)
    policy = policy_for(config.pipeline, form.stale_after_days)

    silence = shortest_silence(policy)
    reading = read_in_partitions(run.until, silence) or read_pipeline(run.until, silence)
    talk = read_customer_talk(reading.silent_accounts, run.days_ago(longest_silence(policy)), run.until)

    book = narrowed(reading.book(talk, config, run.until), form.owner_or_team)
    findings = review(book, run.as_of, policy)

    past = recall(run.as_of)
    since = compared(past, findings, book, reading, form.owner_or_team)

    key = run.key(RITUAL, form.owner_or_team)
    replaces = not form.dry_run and already_posted(key, run.day_began, form.channel)
    scope = {"key": key, "owner_or_team": form.owner_or_team, "channel": form.channel}
    proposal = None if form.dry_run else to_decide(run, findings, book, policy, **scope)
    decide_url = form_link("close-opportunities/decide", {"proposal": proposal.id}) if proposal else ""
    context = report_context(
        run, policy, config, reading, dry_run=form.dry_run, replaces=replaces, decide_url=decide_url
    )
    report = message(findings, context, since)
    show(findings, report, reading)
    if form.dry_run:
        return Completed(message="Dry run: the report is in the artifacts, nothing was posted.")
    remember(proposal, to_remember(findings, book, past[0], form.owner_or_team), run.today)
    shown = decided_already(report.parent, key)
    delivery = publish(report, key, run.day_began, form.channel, shown)
    return Completed(message=f"{report.parent.text} {delivery.link}")
