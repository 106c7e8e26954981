"""Searching tickets. The index lags behind: what was written a moment ago is not found, so nobody may rely on it."""

from datetime import timedelta

from deployments.sandbox.zendesk import paging, shapes
from deployments.sandbox.zendesk.answer import Answer
from deployments.sandbox.zendesk.call import Call
from deployments.sandbox.zendesk.errors import not_understood
from deployments.sandbox.zendesk.state import Ticket

LAG = timedelta(minutes=3)  # "up to a few minutes", says the documentation


def results(call: Call) -> Answer:
    """Tickets whose subject or description has all the words of `query`; `type:`, `status:` and `external_id:` narrow
    it down."""
    call.known("query", "page", "per_page")
    wanted = call.query.get("query", "").split()
    if not wanted:
        raise not_understood("query is empty")
    indexed = call.state.now() - LAG
    found = [
        one
        for one in call.state.tickets.values()
        if one.created <= indexed and all(_fits(word, one) for word in wanted)
    ]
    told = paging.page(
        call, "results", found, lambda one: shapes.ticket(one, call.state, call.base), "/api/v2/search.json"
    )
    told["results"] = [{**row, "result_type": "ticket"} for row in told["results"]]
    return Answer({**told, "facets": None})


def _fits(word: str, one: Ticket) -> bool:
    name, _, value = word.partition(":")
    value = value.strip('"')
    if name == "type":
        return value == "ticket"
    if name == "status":
        return value == one.status
    if name == "external_id":
        return value == one.external_id
    return word.lower() in f"{one.subject} {one.comments[0].body}".lower()
