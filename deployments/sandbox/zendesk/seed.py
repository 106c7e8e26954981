"""What a pretend Zendesk starts with, as plain values."""

from dataclasses import dataclass, field

STATUSES = ("new", "open", "pending", "hold", "solved", "closed")


@dataclass(frozen=True)
class Agent:
    """Somebody who works with tickets, or an integration that does."""

    email: str
    name: str


@dataclass(frozen=True)
class SeedTicket:
    """A ticket that is there from the start, made by the agent of that e-mail so many days ago."""

    subject: str
    body: str
    by: str
    external_id: str | None = None
    status: str = "new"
    tags: tuple[str, ...] = ()
    days_ago: int = 0


@dataclass(frozen=True)
class ZendeskSeed:
    """All a pretend Zendesk starts from; empty, nobody can do anything there.

    api_tokens, oauth_tokens   the e-mail of the agent and the token: who acts with it
    calls_a_minute             so many calls are answered; Zendesk has 200 to 2,500, by plan
    """

    agents: tuple[Agent, ...] = ()
    api_tokens: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    oauth_tokens: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    tickets: tuple[SeedTicket, ...] = ()
    calls_a_minute: int = 700
