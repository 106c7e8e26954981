"""The ledger's memory of where each report stands in Slack, and how a value is put so that a database can hold it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Table as CoreTable
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_effects import clean
from tasks.ledger_tables import PostRow, Table
from tasks.reports.blocks import Block

_AT_ONCE = 500  # a statement of SQLite takes some thousand values
T = TypeVar("T")


@dataclass(frozen=True)
class StandingPost:
    """A message that stands in Slack: where (`ts` is Slack's id in the channel, `link` opens it), and what it says."""

    channel: str
    ts: str
    link: str
    text: str
    blocks: list[Block]


@dataclass(frozen=True)
class Posts:
    """The newest version of each post, by its key (at most 300 characters)."""

    ledger: Ledger

    def keep(  # noqa: PLR0917 - a post is these
        self, key: str, channel: str, ts: str, link: str, text: str, blocks: list[Block]
    ) -> None:
        """Remembers the post; what was kept under the key before is replaced."""
        now = self.ledger.now()
        kept = storable({"channel": channel, "ts": ts, "link": link, "text": text, "blocks": blocks})
        with self.ledger.session("keep post") as session:
            if added(session, PostRow, key=key, updated=now, **kept):
                return
            row = session.get_one(PostRow, key, with_for_update=True)
            for name, value in {**kept, "updated": now}.items():
                setattr(row, name, value)

    def at(self, key: str) -> StandingPost | None:
        """The post of that key, or None when none is known."""
        with self.ledger.session("post", reading=True) as session:
            row = session.get(PostRow, key)
            return StandingPost(row.channel, row.ts, row.link, row.text, row.blocks) if row else None

    def forget(self, key: str) -> None:
        """Forgets the post, for example because somebody deleted it; an unknown key is no error."""
        with self.ledger.session("forget post") as session:
            session.execute(delete(PostRow).where(PostRow.key == key))


def one_at_a_time(session: Session, lock: int) -> None:
    """Whoever takes the lock of that number waits until the transaction that has it ends: what is being decided cannot
    be replaced meanwhile. In SQLite there is one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(lock)))


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in pieces that one statement takes."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def added(session: Session, table: type[Table], **values: Any) -> bool:
    """Inserts the row unless its key is there; says whether it did. Of two at once one does, and the other waits."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    core = cast(CoreTable, table.__table__)
    new = insert(core).values(**values).on_conflict_do_nothing().returning(*core.primary_key)
    return session.execute(new).first() is not None


def storable(value: Any) -> Any:
    """The JSON value as every database can hold it: tuples are lists, NUL and half a surrogate pair are U+FFFD, and
    a number that JSON does not know ("nan", "inf") is its text, which `float` understands.

    Raises `TypeError` for what is no JSON value.
    """
    match value:
        case str():
            # A StrEnum too becomes plain text: psycopg would write its name.
            return str(value) if value.isascii() and "\0" not in value else clean(value)
        case float() if not math.isfinite(value):
            return repr(float(value))
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {storable(str(name)): storable(inner) for name, inner in value.items()}
        case list() | tuple():
            return [storable(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} is no JSON value")


def aware(moment: datetime, what: str) -> datetime:
    """The moment in UTC. Raises `ValueError` where it has no zone: it would mean another one on another machine."""
    if moment.tzinfo is None:
        raise ValueError(f"{what}: a moment needs a time zone, not {moment.isoformat()}")
    return moment.astimezone(UTC)


@contextmanager
def pointing(otherwise: str) -> Iterator[None]:
    """Raises `Refused` with that sentence where the row that a new one points to is not there."""
    try:
        yield
    except IntegrityError:
        raise Refused(otherwise) from None  # the database's own words show the whole new row


@contextmanager
def readable(what: str) -> Iterator[None]:
    """Raises `Refused` where what was kept makes no sense, with its name and what to do."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refused(
            f"{what} cannot be read from the ledger ({type(error).__name__}): it was kept by another version of this "
            "project, or changed by hand. Use that version; or run the review again and decide its new proposal."
        ) from None
