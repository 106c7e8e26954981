"""The ledger's memory of the feedback sweep: how far it read, what waits, what it drafted, and customers' codenames."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table as CoreTable
from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_feedback_tables import CodenameRow, OpenConversationRow, RequestDraftRow, WatermarkRow
from tasks.ledger_posts import added, chunks, one_at_a_time, readable, storable
from tasks.rules.feedback import DraftedRequest, IssueDraft

_WAITING, _NAMING = 7_104_000_003, 7_104_000_004  # any numbers that no other lock of this database has
_TS = re.compile(r"\d{10}\.\d{6}")


@dataclass(frozen=True)
class Watermarks:
    """How far each ritual has read each channel. Every method is one transaction."""

    ledger: Ledger

    def of(self, ritual: str) -> dict[str, str]:
        """The ts up to which nothing is read again, by channel."""
        kept = select(WatermarkRow.channel, WatermarkRow.ts).where(WatermarkRow.ritual == ritual)
        with self.ledger.session("watermarks", reading=True) as session:
            return dict(session.execute(kept.order_by(WatermarkRow.channel)).tuples().all())

    def move(self, ritual: str, marks: Mapping[str, str]) -> None:
        """Moves the marks of these channels (a ts each), all or none; never one of them backwards. Raises ValueError
        for what is no ts."""
        for channel, ts in marks.items():
            if not _TS.fullmatch(ts):
                raise ValueError(f"{channel}: {ts!r} is no ts such as 1795447680.000100")
        same = {"ritual": ritual, "updated": self.ledger.now()}
        rows = [{**same, "channel": channel, "ts": marks[channel]} for channel in sorted(marks)]
        with self.ledger.session("move watermarks") as session:
            for some in chunks(rows):
                _move(session, some)

    def rituals(self, begins: str) -> tuple[str, ...]:
        """The names of rituals that begin so and have marks, in the order of their names."""
        named = select(WatermarkRow.ritual).where(func.substr(WatermarkRow.ritual, 1, len(begins)) == begins)
        with self.ledger.session("rituals", reading=True) as session:
            return tuple(sorted(set(session.scalars(named))))

    def forget_before(self, ritual: str, begins: str) -> int:
        """Removes the marks of the rituals that begin so and come before that one by their names; says how many."""
        older = func.substr(WatermarkRow.ritual, 1, len(begins)) == begins, WatermarkRow.ritual < ritual
        with self.ledger.session("forget watermarks") as session:
            gone = delete(WatermarkRow).where(*older).returning(WatermarkRow.channel)
            return len(session.scalars(gone).all())


@dataclass(frozen=True)
class Waiting:
    """The threads that waited for our answer when they were looked at last. Every method is one transaction."""

    ledger: Ledger

    def all(self) -> dict[str, tuple[str, ...]]:
        """The ts of their roots by channel, the oldest first."""
        found: dict[str, tuple[str, ...]] = {}
        kept = select(OpenConversationRow.channel, OpenConversationRow.root)
        with self.ledger.session("waiting", reading=True) as session:
            for channel, root in sorted(session.execute(kept).tuples()):
                found[channel] = (*found.get(channel, ()), root)
        return found

    def since(self, channel: str, root: str) -> datetime | None:
        """When it was first kept as waiting; None where it does not wait."""
        with self.ledger.session("waiting since", reading=True) as session:
            row = session.get(OpenConversationRow, (channel, root))
            return row.since if row else None

    def replace(self, channels_read: Collection[str], waiting: Iterable[tuple[str, str]]) -> None:
        """Of the channels that were read, these wait now (channel, root): others of theirs are forgotten, and those
        that stay keep their `since`. Raises ValueError for one of a channel that was not read."""
        wanted = set(waiting)
        if strays := sorted({channel for channel, _ in wanted} - set(channels_read)):
            raise ValueError(f"threads wait in {', '.join(strays)}, which was not read")
        now = self.ledger.now()
        with self.ledger.session("replace waiting") as session:
            one_at_a_time(session, _WAITING)
            kept = _roots(session, channels_read)
            for some in chunks(sorted(kept - wanted)):
                place = tuple_(OpenConversationRow.channel, OpenConversationRow.root)
                session.execute(delete(OpenConversationRow).where(place.in_(some)))
            session.add_all(OpenConversationRow(channel=c, root=root, since=now) for c, root in sorted(wanted - kept))


@dataclass(frozen=True)
class RequestDrafts:
    """Public issues that sweeps drafted, one a conversation. Every method is one transaction."""

    ledger: Ledger

    def keep(self, day: date, drafts: Iterable[DraftedRequest]) -> None:
        """Remembers what the sweep of that office day drafted; a draft of the same conversation is replaced."""
        now, latest = self.ledger.now(), {draft.key: draft for draft in drafts}
        with self.ledger.session("keep drafts") as session:
            for key in sorted(latest):
                kept = {"day": day, "contents": storable(asdict(latest[key])), "made_at": now}
                if not added(session, RequestDraftRow, key=key, **kept):
                    row = session.get_one(RequestDraftRow, key, with_for_update=True)
                    for name, value in kept.items():
                        setattr(row, name, value)

    def find(self, keys: Iterable[str]) -> list[DraftedRequest]:
        """The drafts of these keys, in their order; a key that nothing is known of is left out. Raises Refused for a
        draft that cannot be read back."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, DraftedRequest] = {}
        with self.ledger.session("drafts", reading=True) as session:
            for some in chunks(wanted):
                rows = session.scalars(select(RequestDraftRow).where(RequestDraftRow.key.in_(some)))
                found |= {row.key: _draft(row) for row in rows}
        return [found[key] for key in wanted if key in found]

    def forget_before(self, day: date) -> int:
        """Removes the drafts of the days before that day; says how many."""
        with self.ledger.session("forget drafts") as session:
            gone = delete(RequestDraftRow).where(RequestDraftRow.day < day).returning(RequestDraftRow.key)
            return len(session.scalars(gone).all())


@dataclass(frozen=True)
class Codenames:
    """The names under which customers are spoken of in public. Every method is one transaction."""

    ledger: Ledger

    def all(self) -> dict[str, str]:
        """Names by Salesforce's account id."""
        kept = select(CodenameRow.account_id, CodenameRow.name).order_by(CodenameRow.account_id)
        with self.ledger.session("codenames", reading=True) as session:
            return dict(session.execute(kept).tuples().all())

    def assign(self, account_id: str, name: str, by: str) -> str:
        """The name that stands: this one, or the one that the account has had before. `by` is the full name of who
        asked for it. Raises Refused for a name of another account, in whatever case, as GitHub's labels know none."""
        now = self.ledger.now()
        with self.ledger.session("assign codename") as session:
            one_at_a_time(session, _NAMING)
            if known := session.get(CodenameRow, account_id):
                return known.name
            taken = select(CodenameRow.account_id).where(func.lower(CodenameRow.name) == name.lower())
            if session.scalar(taken) is not None:
                raise Refused(f"{name} is the codename of another customer already: choose one that is free.")
            session.add(CodenameRow(account_id=account_id, name=name, assigned_by=storable(by), assigned_at=now))
        return name


def _move(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    core = cast(CoreTable, WatermarkRow.__table__)
    new = insert(core).values(rows)
    later = {"ts": new.excluded.ts, "updated": new.excluded.updated}
    session.execute(
        new.on_conflict_do_update(index_elements=[*core.primary_key], set_=later, where=core.c.ts < new.excluded.ts)
    )


def _roots(session: Session, channels: Collection[str]) -> set[tuple[str, str]]:
    """What waits in these channels."""
    found: set[tuple[str, str]] = set()
    for some in chunks(sorted(channels)):
        kept = select(OpenConversationRow.channel, OpenConversationRow.root)
        found |= set(session.execute(kept.where(OpenConversationRow.channel.in_(some))).tuples())
    return found


def _draft(row: RequestDraftRow) -> DraftedRequest:
    with readable(f"The drafted request {row.key}"):
        kept, issue = row.contents, row.contents["draft"]
        draft = IssueDraft(issue["title"], issue["body"], tuple(issue["labels"]), tuple(issue["withheld"]))
        return DraftedRequest(row.key, kept["channel"], kept["root"], kept["account_id"], draft)
