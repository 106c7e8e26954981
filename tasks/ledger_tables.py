"""The tables of the ledger. They are made and changed by migrations alone (deployments/migrate.py), never by a run."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, DateTime, Dialect, ForeignKey, Index, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuses what has no zone: it would mean another moment on another machine."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value.isoformat()}")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware UTC, on every database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way
        datetime: Moment,
        date: Date,
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class EffectRow(Table):
    """Something done outside, once: a write to Salesforce, a post to Slack."""

    __tablename__ = "effect"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'sending', 'done', 'refused')", name="state"),
        CheckConstraint("(state = 'done') = (remote_id IS NOT NULL)", name="done"),
    )

    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    payload_sha: Mapped[str]
    state: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    lease_until: Mapped[datetime | None]
    attempt: Mapped[int] = mapped_column(default=0)
    remote_id: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime]
    updated: Mapped[datetime]


class EffectEventRow(Table):
    """Every step of every effect, only ever added to."""

    __tablename__ = "effect_event"
    __table_args__ = (Index("ix_effect_event_key", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(300))
    what: Mapped[str]
    attempt: Mapped[int]
    owner: Mapped[str]
    at: Mapped[datetime]
    detail: Mapped[str] = mapped_column(default="")


class ProposalRow(Table):
    """See `tasks.rules.proposals.Proposal`; `deals` is a list of its deals."""

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_report_key", "report_key"),)

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    ritual: Mapped[str]
    scope: Mapped[str]
    day: Mapped[date]
    made_at: Mapped[datetime]
    open_deals: Mapped[int]
    stale_after_days: Mapped[int]
    headline: Mapped[str]
    report_key: Mapped[str] = mapped_column(String(300))
    channel: Mapped[str]
    superseded_by: Mapped[str] = mapped_column(default="")
    deals: Mapped[list[Any]]


class DecisionRow(Table):
    """One a proposal: that its key is the proposal's is what makes a second decision impossible."""

    __tablename__ = "decision"

    proposal_id: Mapped[str] = mapped_column(String(100), ForeignKey("proposal.id"), primary_key=True)
    approved: Mapped[list[Any]]
    loss_reason: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]
    run_id: Mapped[str]


class UndoRow(Table):
    """That somebody asked to undo records of a decision; there may be several."""

    __tablename__ = "undo"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    proposal_id: Mapped[str] = mapped_column(String(100), ForeignKey("decision.proposal_id"))
    records: Mapped[list[Any]]
    undone_by: Mapped[str]
    undone_at: Mapped[datetime]
    run_id: Mapped[str]


class ResultRow(Table):
    """What became of one record of a decision (`action` "close") or of its undo ("undo"); see `Result`.

    `outcome` is empty while only the image before is kept, which happens before anything is sent.
    """

    __tablename__ = "result"
    __table_args__ = (CheckConstraint("action IN ('close', 'undo')", name="action"),)

    proposal_id: Mapped[str] = mapped_column(String(100), ForeignKey("decision.proposal_id"), primary_key=True)
    action: Mapped[str] = mapped_column(String(10), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(18), primary_key=True)
    outcome: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sent: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by_org: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class PostRow(Table):
    """Where a report stands in Slack, and what it says there now."""

    __tablename__ = "post"

    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    channel: Mapped[str]
    ts: Mapped[str]
    link: Mapped[str]
    text: Mapped[str]
    blocks: Mapped[list[Any]]
    updated: Mapped[datetime]


class WeekRow(Table):
    """That the review of all open deals of this day was remembered."""

    __tablename__ = "week"

    day: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]


class WeekDealRow(Table):
    """One open deal of a week: only what the next review compares."""

    __tablename__ = "week_deal"

    day: Mapped[date] = mapped_column(ForeignKey("week.day"), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(18), primary_key=True)
    name: Mapped[str]
    owner_id: Mapped[str]
    owner: Mapped[str]
    team: Mapped[str]
    stage: Mapped[str]
    value: Mapped[float | None]
    close_date: Mapped[date | None]


class AskRow(Table):
    """See `tasks.rules.weeks.Ask`."""

    __tablename__ = "ask"
    __table_args__ = (Index("ix_ask_kind", "kind"),)

    day: Mapped[date] = mapped_column(ForeignKey("week.day"), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(18), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str]
    owner_id: Mapped[str]
    owner: Mapped[str]
    words: Mapped[str]
    since: Mapped[date | None]


class MonthRow(Table):
    """See `tasks.rules.activity_findings.Month`: numbers, and ids of people; no name is kept."""

    __tablename__ = "month"

    day: Mapped[date] = mapped_column(primary_key=True)
    window_days: Mapped[int] = mapped_column(primary_key=True)
    reps: Mapped[int]
    touches: Mapped[int]
    automated: Mapped[int]
    people: Mapped[int]
    answered: Mapped[int]
    over: Mapped[int]
    waiting: Mapped[int]
    forgotten: Mapped[int]
    talks: Mapped[int]
    people_over: Mapped[list[Any]]
    made_at: Mapped[datetime]


class TalkRow(Table):
    """See `tasks.rules.talks.Talk`; `place` is its place among those that were drafted with it."""

    __tablename__ = "talk"
    __table_args__ = (Index("ix_talk_report_key", "report_key"), Index("ix_talk_rep_id", "rep_id"))

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    report_key: Mapped[str] = mapped_column(String(300))
    channel: Mapped[str]
    rep_id: Mapped[str]
    rep: Mapped[str]
    manager_id: Mapped[str]
    manager: Mapped[str]
    starts: Mapped[datetime]
    minutes: Mapped[int]
    time_zone: Mapped[str]
    subject: Mapped[str]
    agenda: Mapped[list[Any]]
    because: Mapped[str]
    drafted_at: Mapped[datetime]
    place: Mapped[int]
    instead_of: Mapped[str] = mapped_column(default="")
    superseded_by: Mapped[str] = mapped_column(default="")


class BookingRow(Table):
    """One a talk: that its key is the talk's is what makes a second decision impossible."""

    __tablename__ = "booking"

    talk_id: Mapped[str] = mapped_column(String(100), ForeignKey("talk.id"), primary_key=True)
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]
    run_id: Mapped[str]


class TalkResultRow(Table):
    """What became of a talk that somebody wanted booked; see `TalkResult`."""

    __tablename__ = "talk_result"

    talk_id: Mapped[str] = mapped_column(String(100), ForeignKey("booking.talk_id"), primary_key=True)
    outcome: Mapped[str]
    event_id: Mapped[str]
    detail: Mapped[str]
    at: Mapped[datetime]


class CheckupRow(Table):
    """See `tasks.rules.verdicts.Checkup`: what differed, in words of the handbook; no record's name or id is kept."""

    __tablename__ = "checkup"

    scope: Mapped[str] = mapped_column(String(300), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    discrepancies: Mapped[list[Any]]
    statuses: Mapped[dict[str, Any]]
    looked_at: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]


class LinkRow(Table):
    """What an address answered when it was opened; the address itself is kept as its hash."""

    __tablename__ = "link"

    address_sha: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str]
    why: Mapped[str]
    asked_at: Mapped[datetime]
