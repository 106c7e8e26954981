"""Tickets, found by their external id, made once for each idempotency key, and the comments below them."""

import json
from datetime import timedelta
from typing import Any

from deployments.sandbox.zendesk import paging, shapes
from deployments.sandbox.zendesk.answer import Answer
from deployments.sandbox.zendesk.call import Call, comment_of
from deployments.sandbox.zendesk.errors import ZendeskError, invalid, not_found, too_many
from deployments.sandbox.zendesk.seed import STATUSES
from deployments.sandbox.zendesk.state import Remembered, Ticket

SUBJECT, KEY = 255, 255
UPDATES, WITHIN = 30, timedelta(minutes=10)  # of one ticket by one agent
_MADE = ("subject", "comment", "external_id", "tags", "via_followup_source_id")
LOOKUP = "x-idempotency-lookup"


def listing(call: Call) -> Answer:
    """Tickets, the oldest first; with `external_id` those that have it, of which there may be several."""
    call.known("external_id", *paging.ARGUMENTS)
    wanted = call.query.get("external_id")
    found = [one for one in call.state.tickets.values() if wanted is None or one.external_id == wanted]
    return Answer(
        paging.page(
            call, "tickets", found, lambda one: shapes.ticket(one, call.state, call.base), "/api/v2/tickets.json"
        )
    )


def read(call: Call) -> Answer:
    """One ticket."""
    call.known()
    return Answer({"ticket": shapes.ticket(call.ticket(), call.state, call.base)})


def create(call: Call) -> Answer:
    """Make a ticket; with the key of one that was made, the same again, and nothing for other contents."""
    call.known()
    sent = call.sent(*_MADE)
    text = json.dumps(sent, sort_keys=True)
    known = call.state.remembered(call.key) if call.key else None
    if len(call.key) > KEY or (known and known.sent != text):
        raise ZendeskError(
            400,
            {
                "error": "IdempotentRequestError",
                "description": "Request parameters do not match the given idempotency key",
            },
        )
    if known and known.ticket not in call.state.tickets:
        raise not_found()
    ticket = call.state.tickets[known.ticket] if known else _made(call, sent)
    headers = {"Location": f"{call.base}/api/v2/tickets/{ticket.id}.json"}
    if call.key:
        headers[LOOKUP] = "hit" if known else "miss"
        if not known:
            call.state.keys[call.key] = Remembered(text, ticket.id, call.state.now())
    return Answer(_with_audit(call, ticket, ticket.comments[0].audit_id), 201, headers)


def change(call: Call) -> Answer:
    """Comment on a ticket, or change its status. One that is closed stays as it is."""
    call.known()
    ticket, sent = call.ticket(), call.sent("comment", "status")
    status, comment = sent.get("status", ticket.status), comment_of(sent)
    if ticket.status == "closed":
        raise invalid("status", "ClosedTicket", "Status: closed prevents ticket update")
    if status not in STATUSES or (status == "new" and ticket.status != "new"):
        raise invalid("status", "InvalidValue", "Status: is invalid")
    _allowed(call, ticket)
    made = call.state.comment(ticket, call.caller, comment[0], is_public=comment[1]) if comment else None
    ticket.status, ticket.updated = status, call.state.now()
    return Answer(_with_audit(call, ticket, made.audit_id if made else call.state.audit_id()))


def delete(call: Call) -> Answer:
    """Remove a ticket: it is listed no more."""
    call.known()
    del call.state.tickets[call.ticket().id]
    return Answer(None, 204)


def comments(call: Call) -> Answer:
    """The comments of a ticket, the oldest first unless told."""
    call.known("sort", "sort_order", *paging.ARGUMENTS)
    ticket = call.ticket()
    down = call.query.get("sort") == "-created_at" or call.query.get("sort_order") == "desc"
    rows = list(reversed(ticket.comments)) if down else ticket.comments
    path = f"/api/v2/tickets/{ticket.id}/comments.json"
    return Answer(paging.page(call, "comments", rows, lambda one: shapes.comment(one, call.state), path))


def _made(call: Call, sent: Any) -> Ticket:
    subject, tags, external = sent.get("subject", ""), sent.get("tags", []), sent.get("external_id")
    comment, follows = comment_of(sent), sent.get("via_followup_source_id")
    if comment is None:
        raise invalid("base", "BlankValue", "Description: cannot be blank")
    if not isinstance(subject, str) or len(subject) > SUBJECT:
        raise invalid("subject", "InvalidValue", f"Subject: is too long (maximum is {SUBJECT} characters)")
    if not isinstance(tags, list) or not all(isinstance(tag, str) and tag and " " not in tag for tag in tags):
        raise invalid("tags", "InvalidValue", "Tags: are invalid")
    if external is not None and (not isinstance(external, str) or len(external) > SUBJECT):
        raise invalid("external_id", "InvalidValue", "External: is invalid")
    source = call.state.tickets.get(follows) if follows is not None else None
    if follows is not None and (source is None or source.status != "closed"):
        raise invalid("via_followup_source_id", "InvalidValue", "Followup: source is not a closed ticket")
    ticket = call.state.new_ticket(call.caller, subject, comment[0], is_public=comment[1])
    ticket.external_id, ticket.tags, ticket.follows = external, tuple(tags), follows
    return ticket


def _allowed(call: Call, ticket: Ticket) -> None:
    """Count the update. Raises 429 above thirty in ten minutes."""
    now, who = call.state.now(), call.caller.email
    ticket.updates = [(at, by) for at, by in ticket.updates if now - at < WITHIN]
    mine = [at for at, by in ticket.updates if by == who]
    if len(mine) >= UPDATES:
        said = "You have exceeded the limit of updates of this ticket"
        raise too_many(said, int((mine[0] + WITHIN - now).total_seconds()))
    ticket.updates.append((now, who))


def _with_audit(call: Call, ticket: Ticket, number: int) -> dict[str, Any]:
    made = next((one for one in ticket.comments if one.audit_id == number), None)
    return {
        "ticket": shapes.ticket(ticket, call.state, call.base),
        "audit": shapes.audit(ticket, number, call.caller, made, call.state),
    }
