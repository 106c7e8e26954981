"""Filing customer requests as public issues, because a named person decided so (handbook L280)."""

from typing import Any

from prefect import flow
from prefect.states import Completed, Failed

from flows.feedback_forms import RequestForm
from tasks.alarms import WATCHED
from tasks.customer_requests import (
    file_requests,
    order_requests,
    preview_requests,
    show_requests,
    tell_customers,
    told_lines,
)
from tasks.filing import in_words, results_of
from tasks.patience import ended


@flow(name="file-customer-request", persist_result=False, **WATCHED)
def file_customer_request(form: RequestForm = RequestForm()) -> Any:
    """File customer requests that a feedback sweep drafted as issues of the public repository, each once, under the
    customer's codename and only where nothing in them tells who it is; and tell the customer where to follow it.

    Args:
        form: Which requests, whether their customers are told, and who decides.
    """
    order = order_requests(
        tuple(form.requests), form.decided_by, title=form.title, text=form.text, tell=form.tell_customer
    )
    if order.stopped:
        return Failed(name="Refused", message=order.stopped)
    if form.dry_run:
        show_requests(preview_requests(order))
        return Completed(message="Dry run: what would be filed is in the artifacts, nothing was written.")
    filing = telling = file_requests(order, return_state=True)
    results = results_of(filing)
    if filing.is_failed() and not results:
        return ended(filing, "")
    if order.tell:
        telling = tell_customers(order, results, return_state=True)
    every = (*results, *(results_of(telling) if order.tell else ()))
    show_requests(told_lines(order, every))
    if filing.is_completed() and telling.is_completed() and order.refused:
        return Failed(name="Refused", message=order.refused_in_words)
    return ended(telling if filing.is_completed() else filing, in_words(every))
