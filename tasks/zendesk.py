"""Tickets in Zendesk: found by the id that we gave them, made once, commented on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tasks.clients import Unavailable
from tasks.settings import Settings
from tasks.zendesk_door import NotThere, ZendeskDoor, door

CLOSED = "closed"
_PAGE = "100"


@dataclass(frozen=True)
class Ticket:
    """A ticket, by its number; `description` is its first comment. A closed one takes no more comments."""

    number: int
    status: str
    description: str

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more comments; one that is solved does."""
        return self.status == CLOSED


@dataclass(frozen=True)
class Comment:
    """A comment of a ticket, as text."""

    number: int
    body: str


@dataclass(frozen=True)
class NewTicket:
    """A ticket to be made.

    external_id   what it is found by      is_public   whether the requester may read the first comment
    follows       the closed ticket that it follows, 0 for none
    """

    external_id: str
    subject: str
    body: str
    tags: tuple[str, ...] = ()
    is_public: bool = True
    follows: int = 0


@dataclass(frozen=True)
class Zendesk:
    """The tickets behind a door. Everything raises Unavailable, NotExecuted or Refused (see `ZendeskDoor`).

    Search is never used: its index lags minutes behind.
    """

    door: ZendeskDoor

    def find(self, external_id: str) -> tuple[Ticket, ...]:
        """Every ticket of that external id, the oldest first: nothing keeps two from having the same."""
        found = [_ticket(one) for one in self._pages("tickets", "tickets.json", external_id=external_id)]
        return tuple(sorted(found, key=lambda ticket: ticket.number))

    def show(self, number: int) -> Ticket | None:
        """The ticket as it stands; None where somebody deleted it."""
        try:
            return _ticket(_in(self.door.get(f"tickets/{number}.json"), "ticket"))
        except NotThere:
            return None

    def create(self, new: NewTicket, key: str) -> Ticket:
        """Make a ticket, once for each `key` as long as Zendesk remembers it, which is about two hours. Not repeated:
        whoever makes remembers, and looks before making again."""
        sent: dict[str, Any] = {
            "external_id": new.external_id,
            "subject": new.subject,
            "comment": {"body": new.body, "public": new.is_public},
            "tags": list(new.tags),
            **({"via_followup_source_id": new.follows} if new.follows else {}),
        }
        opaque = sha256(key.encode()).hexdigest()
        return _ticket(_in(self.door.write("POST", "tickets.json", {"ticket": sent}, opaque), "ticket"))

    def comment(self, number: int, body: str, *, is_public: bool, status: str = "") -> int:
        """Comment on a ticket, and set its status where one is given; the comment's id. Not repeated, as `create`.

        Raises TicketClosed or NotThere beside the others.
        """
        sent = {"comment": {"body": body, "public": is_public}, **({"status": status} if status else {})}
        audit = _in(self.door.write("PUT", f"tickets/{number}.json", {"ticket": sent}), "audit")
        events = audit.get("events")
        for event in events if isinstance(events, list) else ():
            if isinstance(event, dict) and event.get("type") == "Comment":
                return _number(event)
        raise Unavailable("Zendesk answered with something that is none of its own (no comment in it)")

    def comments(self, number: int) -> Iterator[Comment]:
        """The comments of a ticket, the newest first, page by page."""
        for one in self._pages("comments", f"tickets/{number}/comments.json", sort="-created_at"):
            yield Comment(_number(one), str(one.get("plain_body") or one.get("body") or ""))

    def _pages(self, name: str, path: str, **query: str) -> Iterator[Mapping[str, Any]]:
        more = {"page[size]": _PAGE, **query}
        while True:
            page = self.door.get(path, **more)
            rows, meta = page.get(name), page.get("meta")
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise Unavailable(f"Zendesk answered with something that is none of its own (no {name} in it)")
            yield from rows
            if not isinstance(meta, dict) or not meta.get("has_more"):
                return
            more["page[after]"] = str(meta.get("after_cursor"))


@contextmanager
def zendesk(settings: Settings) -> Iterator[Zendesk]:
    """The Zendesk of the settings. To be opened inside a task; raises Refused without an address. Nothing is asked
    yet."""
    opened = door(settings)
    with opened.client:
        yield Zendesk(opened)


def ticket_url(settings: Settings, number: int) -> str:
    """Where an agent sees the ticket."""
    return f"{(settings.zendesk_url or '').rstrip('/')}/agent/tickets/{number}"


def _ticket(told: Mapping[str, Any]) -> Ticket:
    return Ticket(_number(told), str(told.get("status") or ""), str(told.get("description") or ""))


def _in(answer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = answer.get(name)
    if not isinstance(found, dict):
        raise Unavailable(f"Zendesk answered with something that is none of its own (no {name} in it)")
    return found


def _number(told: Mapping[str, Any]) -> int:
    number = told.get("id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise Unavailable("Zendesk answered with something that is none of its own (no id in it)")
    return number
