"""Undoing a decision to close opportunities, because a named person asked for it."""

from typing import Any

from prefect import flow
from prefect.states import Completed, Failed

from flows.forms import UndoForm
from tasks.alarms import WATCHED
from tasks.artifacts import show_decision
from tasks.decisions import DecisionRefused, ask_to_undo, preview_undo, restore, tell_undo
from tasks.patience import ended
from tasks.rules.undoing import UndoOrder


@flow(name="undo-closure", persist_result=False, **WATCHED)
def undo_closure(form: UndoForm = UndoForm()) -> Any:
    """Put opportunities that a decision closed back as they were: exactly the fields that were written, where nobody
    changed them since. Says what could not be restored and why.

    Args:
        form: Which decision, which of its opportunities, and who asks for it.
    """
    order = UndoOrder(form.proposal, tuple(form.opportunities), form.undone_by)
    try:
        undo = ask_to_undo(order, dry_run=form.dry_run)
    except DecisionRefused as sentence:
        return Failed(name="Refused", message=str(sentence))
    if form.dry_run:
        show_decision(preview_undo(undo), dry_run=True)
        return Completed(message="Dry run: what would be restored is in the artifacts, nothing was written.")
    restoring = restore(undo, return_state=True)
    report = tell_undo(undo)
    show_decision(report)
    return ended(restoring, report.text)
