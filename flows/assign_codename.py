"""Giving a customer a codename, because a named person decided so (handbook L30)."""

from typing import Any

from prefect import flow
from prefect.states import Completed, Failed

from flows.feedback_forms import CodenameForm
from tasks.alarms import WATCHED
from tasks.codenaming import assign_name, order_codename, preview_name, show_codename


@flow(name="assign-codename", persist_result=False, **WATCHED)
def assign_codename(form: CodenameForm = CodenameForm()) -> Any:
    """Give a customer a minor planet's name to be spoken of in public, and make its label in both repositories: with
    the real name in the private one alone. The same customer always gets the same name.

    Args:
        form: Which customer, and who decides.
    """
    order = order_codename(form.account, form.decided_by)
    if order.stopped:
        return Failed(name="Refused", message=order.stopped)
    if form.dry_run:
        show_codename(preview_name(order))
        return Completed(message="Dry run: what would be done is in the artifacts, nothing was written.")
    done = assign_name(order)
    show_codename(done)
    return Completed(message=f"{done.name} {'given' if done.is_new else 'as before'}")
