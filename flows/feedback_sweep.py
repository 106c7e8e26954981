"""The sweep of what customers wrote while support was closed (handbook L94)."""

from typing import Any

from prefect import flow
from prefect.states import Completed

from flows.feedback_forms import FeedbackForm
from tasks.alarms import WATCHED
from tasks.artifacts import show_sweep
from tasks.feedback import context_of, judged, look_around, quiet_because
from tasks.feedback_memory import RITUAL, asked_for, remember_sweep
from tasks.reports.feedback import message
from tasks.runs import this_run
from tasks.settings import settings
from tasks.slack import already_posted, publish, say_once
from tasks.slack_feedback import read_feedback


@flow(name="feedback-sweep", persist_result=False, **WATCHED)
def feedback_sweep(form: FeedbackForm = FeedbackForm()) -> Any:
    """Read what customers wrote in their Slack channels since the sweep before, and say what needs an answer by when,
    with the work prepared: missing details, issues that may be about the same, drafts of new ones. Writes nothing but
    its report. On closed days it speaks up only for what may be an emergency.

    Args:
        form: Which channels, between which moments, and where the report goes.
    """
    config = settings()
    run = this_run(None, config)
    if run.too_late and not form.until:
        late = run.late_sentence("The feedback sweep")
        if not form.dry_run:
            say_once(late, run.key(f"{RITUAL}-late"), run.day_began, form.channel)
        return Completed(name="Skipped", message=late)

    whole, channels = not form.is_partial, tuple(form.channels)
    asked = asked_for(form.since, form.until, channels, run, is_whole=whole, dry_run=form.dry_run)
    reading = read_feedback(asked.channels, asked.since, asked.until, asked.marks, asked.waiting)
    around = look_around(reading, asked)
    sweep = judged(asked, reading, around)
    if quiet := quiet_because(sweep, asked):
        return Completed(name="Quiet", message=quiet)

    key = run.key(RITUAL, asked.scope)
    replaces = not form.dry_run and already_posted(key, run.day_began, form.channel)
    context = context_of(run, config, asked, reading, around, dry_run=form.dry_run, replaces=replaces)
    report = message(sweep, context)
    show_sweep(report, sweep, context, around.customers)
    if form.dry_run:
        return Completed(message="Dry run: the report is in the artifacts, nothing was posted.")
    remember_sweep(sweep, asked)
    delivery = publish(report, key, run.day_began, form.channel)
    return Completed(message=f"{report.parent.text} {delivery.link}".strip())
