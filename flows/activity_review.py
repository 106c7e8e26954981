"""The monthly review of rep activity (handbook L138 to L143)."""

from typing import Any

from prefect import flow
from prefect.states import Completed

from flows.forms import ActivityReviewForm
from tasks.activity import RITUAL, context_of, drafted, recall_month, remember_month
from tasks.alarms import WATCHED
from tasks.artifacts import show_activity
from tasks.coaching import booked_already
from tasks.reports.activity import message
from tasks.rules.activity import month_of, narrowed, review
from tasks.rules.activity_findings import Window
from tasks.rules.activity_scope import asked_for
from tasks.rules.business_days import OfficeDays
from tasks.runs import not_today, this_run
from tasks.salesforce import read_activity
from tasks.settings import settings
from tasks.slack import already_posted, private_channel, publish, say_once


@flow(name="activity-review", persist_result=False, **WATCHED)
def activity_review(form: ActivityReviewForm = ActivityReviewForm()) -> Any:
    """Look back over all touches of the last 30 days: who was written to too often, who waits for us, and which rep a
    30-minute talk is suggested for. Goes to the CRO alone; writes nothing to Salesforce.

    Args:
        form: Which rep, which days, which limits, and where the report goes.
    """
    config = settings()
    run, office = this_run(form.as_of, config), OfficeDays(config.holidays)
    if skipped := not_today(run, office, "The activity review"):
        return Completed(name="Skipped", message=skipped)
    channel = "" if form.dry_run else private_channel(form.channel)
    if run.too_late:
        late = run.late_sentence("Rep activity review")
        if not form.dry_run:
            say_once(late, run.key(f"{RITUAL}-late"), run.day_began, channel, private=True)
        return Completed(name="Skipped", message=late)
    policy, scope = asked_for(config.activity, form.rep, form.limits)
    window = Window(run.until, policy.window_days, config.pipeline.time_zone)

    reading = read_activity(window)
    team = review(reading.book, policy, config.touches, window, office, config.reps.sdr_roles)
    findings = narrowed(team, form.rep)

    key = run.key(RITUAL, scope)
    drafts = drafted(findings, run, office, key, channel)
    before = None if scope else recall_month(run.as_of, policy.window_days)
    replaces = not form.dry_run and already_posted(key, run.day_began, channel)
    context = context_of(run, config, policy, reading, dry_run=form.dry_run, replaces=replaces)
    report = message(findings, context, before, drafts.talks, drafts.without)
    show_activity(report, reading, dry_run=form.dry_run)
    if form.dry_run:
        return Completed(message="Dry run: the report is in the artifacts, nothing was posted.")
    remember_month(None if scope else month_of(team), drafts.talks, run.today)
    shown = booked_already(report.parent, key)
    delivery = publish(report, key, run.day_began, channel, shown, private=True)
    return Completed(message=f"The review went to the CRO alone. {delivery.link}")
