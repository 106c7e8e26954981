"""The memory of the pretend Zendesk."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deployments.sandbox.zendesk.seed import Agent, SeedTicket, ZendeskSeed

FIRST_TICKET = 35_436
KEYS_LIVE = timedelta(hours=2)  # assumed: the documentation says no more than that they end


@dataclass
class Comment:
    """A comment of a ticket, with the audit that it came with."""

    id: int
    audit_id: int
    author: Agent
    body: str
    is_public: bool
    created: datetime


@dataclass
class Ticket:
    """A ticket; moments are aware UTC without fractions of a second, as Zendesk has them.

    updates   when it was updated in the last ten minutes, by whom
    """

    id: int
    by: Agent
    subject: str
    status: str
    created: datetime
    updated: datetime
    external_id: str | None = None
    tags: tuple[str, ...] = ()
    follows: int | None = None
    comments: list[Comment] = field(default_factory=list)
    updates: list[tuple[datetime, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Remembered:
    """A ticket that was made with an idempotency key: what was sent, and when."""

    sent: str
    ticket: int
    at: datetime


class ZendeskState:
    """All the pretend Zendesk knows. `now` is the sandbox's clock (aware) and dates what is written."""

    def __init__(self, seed: ZendeskSeed, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ids = itertools.count(9_000_000)
        self._numbers = itertools.count(FIRST_TICKET)
        self.agents = {agent.email: agent for agent in seed.agents}
        self.agent_ids = {agent.email: number for number, agent in enumerate(seed.agents, start=7_001)}
        self.api_tokens, self.oauth_tokens = set(seed.api_tokens), {token: email for email, token in seed.oauth_tokens}
        self.calls_a_minute = seed.calls_a_minute
        self.tickets: dict[int, Ticket] = {}
        self.keys: dict[str, Remembered] = {}
        self._minute = (0, 0)  # which, and how many calls in it
        for one in seed.tickets:
            self._plant(one)

    def now(self) -> datetime:
        """The moment, to the second."""
        return self._now().replace(microsecond=0)

    def called(self) -> tuple[int, int]:
        """Count a call: how many are left of this minute (below 0: too many), and the seconds until the next."""
        seconds = int(self.now().timestamp())
        minute, made = self._minute
        self._minute = (seconds // 60, made + 1 if seconds // 60 == minute else 1)
        return self.calls_a_minute - self._minute[1], 60 - seconds % 60

    def new_ticket(self, by: Agent, subject: str, body: str, *, is_public: bool = True) -> Ticket:
        """A new ticket, of the next number."""
        now = self.now()
        ticket = Ticket(next(self._numbers), by, subject, "new", now, now)
        self.tickets[ticket.id] = ticket
        self.comment(ticket, by, body, is_public=is_public)
        return ticket

    def comment(self, ticket: Ticket, author: Agent, body: str, *, is_public: bool) -> Comment:
        """A new comment below the ticket."""
        made = Comment(next(self._ids), next(self._ids), author, body, is_public, self.now())
        ticket.comments.append(made)
        ticket.updated = made.created
        return made

    def audit_id(self) -> int:
        """The id of an audit without a comment."""
        return next(self._ids)

    def remembered(self, key: str) -> Remembered | None:
        """What was made with that idempotency key, as long as it lives."""
        known = self.keys.get(key)
        return known if known is not None and self.now() - known.at < KEYS_LIVE else None

    def _plant(self, seed: SeedTicket) -> None:
        ticket = self.new_ticket(self.agents[seed.by], seed.subject, seed.body)
        began = self.now() - timedelta(days=seed.days_ago)
        ticket.created = ticket.updated = ticket.comments[0].created = began
        ticket.external_id, ticket.status, ticket.tags = seed.external_id, seed.status, seed.tags
