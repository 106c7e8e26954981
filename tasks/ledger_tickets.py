"""The ledger's memory of tickets: which thread of Slack has which ticket of Zendesk, and what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy import func, select

from tasks.ledger import Ledger
from tasks.ledger_tables import EffectRow

MESSAGE = "message"


@dataclass(frozen=True)
class Kept:
    """A ticket: its number, and the ts up to which messages were in it when it was made ("": none that we know of)."""

    number: int
    up_to: str

    def __str__(self) -> str:
        """As an effect keeps it: "35436@1795447680.000100"."""
        return f"{self.number}@{self.up_to}"

    @classmethod
    def read(cls, remote_id: str) -> Self:
        """As it was kept."""
        number, _, last = remote_id.partition("@")
        return cls(int(number), last)


@dataclass(frozen=True)
class Tickets:
    """The tickets of threads. `host` is that of Zendesk: what was made in another one is not looked at."""

    ledger: Ledger
    host: str

    def of(self, channel: str, root: str) -> Kept | None:
        """The latest ticket of the thread; None where it has none."""
        found: Kept | None = None
        while (effect := self.ledger.effect(self.key(channel, root, found))) and effect.remote_id:
            found = Kept.read(effect.remote_id)
        return found

    def key(self, channel: str, root: str, before: Kept | None = None) -> str:
        """Of the effect that makes the thread's ticket, or the one that comes after `before`."""
        following = f":after:{before.number}" if before else ""
        return f"zendesk:{self.host}:{channel}:{root}{following}"

    def keep(self, channel: str, root: str, ticket: Kept) -> None:
        """Put down that the thread has the ticket of another one."""
        key = self.key(channel, root)
        self.ledger.plan(key, self.payload(channel, root))
        self.ledger.finish(key, str(ticket))

    def channels_since(self, ts: str) -> frozenset[str]:
        """The channels in which a thread with a ticket began, or a message was added to one, after that ts."""
        begins = f"zendesk:{self.host}:"
        ours = select(EffectRow.key).where(func.substr(EffectRow.key, 1, len(begins)) == begins)
        with self.ledger.session("effects", reading=True) as session:
            keys = [key.removeprefix(begins).split(":") for key in session.scalars(ours)]
        places = [(channel, rest[-1] if rest[0] == MESSAGE else rest[0]) for channel, *rest in keys]
        return frozenset(channel for channel, said in places if said > ts)

    def message_key(self, channel: str, ts: str) -> str:
        """Of the effect that adds a message to a ticket, whichever that is by then."""
        return f"zendesk:{self.host}:{channel}:{MESSAGE}:{ts}"

    @staticmethod
    def payload(channel: str, root: str) -> Mapping[str, str]:
        """What such an effect is about."""
        return {"thread": f"{channel}:{root}"}
