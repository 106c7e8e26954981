"""Booking coaching talks that an activity review drafted, because a named person decided so (handbook L143)."""

from typing import Any

from prefect import flow
from prefect.states import Completed, Failed

from flows.forms import BookingForm
from tasks.alarms import WATCHED
from tasks.artifacts import show_talks
from tasks.coaching import book, order_talks, preview_talks, tell_talks
from tasks.patience import ended


@flow(name="book-coaching", persist_result=False, **WATCHED)
def book_coaching(form: BookingForm = BookingForm()) -> Any:
    """Book coaching talks in Salesforce, each once, for the rep with the manager as invitee. Where the time was taken
    in the meantime nothing is booked, and the next time that is free for both is drafted.

    Args:
        form: Which talks, and who decides.
    """
    order = order_talks(tuple(form.talks), form.decided_by, dry_run=form.dry_run)
    if not order.accepted:
        return Failed(name="Refused", message=order.refused_in_words)
    if form.dry_run:
        show_talks("\n".join([preview_talks(order.accepted), *order.refused]))
        return Completed(message="Dry run: what would be booked is in the artifacts, nothing was written.")
    booking = book(order.accepted, return_state=True)
    said = tell_talks(order.accepted)
    show_talks("\n".join([said, *order.refused]))
    if order.refused and booking.is_completed():
        return Failed(name="Refused", message=order.refused_in_words)
    return ended(booking, said)
