"""Filing discrepancies as GitHub issues, because a named person decided so (handbook L147)."""

from typing import Any

from prefect import flow
from prefect.states import Completed, Failed

from flows.forms import FilingForm
from tasks.alarms import WATCHED
from tasks.filing import file_findings, in_words, order_filing, preview_filing, results_of, show_filing, tell_filing
from tasks.patience import ended


@flow(name="file-discrepancies", persist_result=False, **WATCHED)
def file_discrepancies(form: FilingForm = FilingForm()) -> Any:
    """File discrepancies that a Salesforce check found as issues of the private repository, each once, and say below
    the issues of those that are fixed by now that they are. Closes and reopens nothing.

    Args:
        form: Which findings, and who decides.
    """
    order = order_filing(tuple(form.findings), form.decided_by, comments=form.comment_on_fixed)
    if order.stopped:
        return Failed(name="Refused", message=order.stopped)
    if form.dry_run:
        show_filing(preview_filing(order))
        return Completed(message="Dry run: what would be filed is in the artifacts, nothing was written.")
    filing = file_findings(order, return_state=True)
    results = results_of(filing)
    if filing.is_failed() and not results:
        return ended(filing, "")
    show_filing(tell_filing(order, results))
    if order.refused and filing.is_completed():
        return Failed(name="Refused", message=order.refused_in_words)
    return ended(filing, in_words(results))
