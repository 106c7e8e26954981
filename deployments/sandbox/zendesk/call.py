"""One call of the pretend Zendesk: who calls, with which arguments, and whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployments.sandbox.zendesk.errors import invalid, not_found, not_understood
from deployments.sandbox.zendesk.seed import Agent
from deployments.sandbox.zendesk.state import Ticket, ZendeskState

PREFIX = "/zendesk"


@dataclass(frozen=True)
class Call:
    """A call as a handler sees it.

    path, query, body   its arguments; `body` is a JSON object     key   its Idempotency-Key; "" for none
    base                address that all addresses in answers begin with, without a slash at the end
    """

    state: ZendeskState
    caller: Agent
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    key: str
    base: str

    def ticket(self) -> Ticket:
        """The ticket of the path."""
        number = self.path["number"]
        found = self.state.tickets.get(int(number)) if number.isdecimal() else None
        if found is None:
            raise not_found()
        return found

    def known(self, *names: str) -> None:
        """Zendesk passes over arguments it does not know; here they are refused, so that a misspelt one is found."""
        _known(self.query, names)

    def sent(self, *names: str) -> Mapping[str, Any]:
        """The ticket in the body, which has no other fields than these."""
        ticket = self.body.get("ticket")
        if not isinstance(ticket, dict) or set(self.body) != {"ticket"}:
            raise not_understood('send {"ticket": {…}}')
        _known(ticket, names)
        return ticket

    def number(self, name: str, default: int) -> int:
        """The number of the query."""
        value = self.query.get(name, "")
        return int(value) if value.isdecimal() else default


def comment_of(ticket: Mapping[str, Any]) -> tuple[str, bool] | None:
    """The text of the comment in a ticket that was sent, and whether it is public; None for no comment."""
    if "comment" not in ticket:
        return None
    comment = ticket["comment"]
    if not isinstance(comment, dict):
        raise not_understood("comment must be an object")
    _known(comment, ("body", "public"))
    body, is_public = comment.get("body"), comment.get("public", True)
    if not isinstance(body, str) or not body.strip():
        raise invalid("comment", "BlankValue", "Comment: cannot be blank")
    if not isinstance(is_public, bool):
        raise invalid("comment", "InvalidValue", "Public: is invalid")
    return body, is_public


def _known(given: Mapping[str, Any], names: tuple[str, ...]) -> None:
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise not_understood(f"unknown to this pretend Zendesk: {', '.join(unknown)}")
