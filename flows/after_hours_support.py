"""Tickets for what customers write while support is closed (handbook L68 to L84)."""

from typing import Any

from prefect import flow
from prefect.states import Completed

from flows.feedback_forms import AfterHoursForm
from tasks.after_hours import answer_after_hours, counts_of, preview_after_hours, show_after_hours, watch_due
from tasks.alarms import WATCHED
from tasks.patience import ended
from tasks.runs import this_moment
from tasks.settings import settings
from tasks.slack_feedback import read_feedback


@flow(name="after-hours-support", persist_result=False, **WATCHED)
def after_hours_support(form: AfterHoursForm = AfterHoursForm()) -> Any:
    """Make a Zendesk ticket of each thread in which a customer wrote while support was closed, reply once that there is
    one, and add to it what is said in the thread later. Made to run every five minutes; ends at once where nothing can
    be new.

    Args:
        form: As of when it acts, and whether it writes.
    """
    watch = watch_due(form.moment(this_moment(settings()).until))
    if watch.idle:
        return Completed(message=watch.idle)
    reading = read_feedback(watch.channels, watch.since, watch.until, watch.marks)
    if form.dry_run:
        show_after_hours(preview_after_hours(watch, reading))
        return Completed(message="Dry run: what would be done is in the artifacts, nothing was written.")
    answering = answer_after_hours(watch, reading, return_state=True)
    if reading.conversations or answering.is_failed():
        show_after_hours(counts_of(answering))
    return ended(answering, counts_of(answering))
