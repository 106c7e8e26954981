"""The tables of the ledger in which the feedback sweep and the after-hours support remember."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tasks.ledger_tables import Table


class WatermarkRow(Table):
    """How far a ritual has read a channel: nothing up to that `ts` is read again."""

    __tablename__ = "watermark"

    ritual: Mapped[str] = mapped_column(String(100), primary_key=True)
    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    ts: Mapped[str] = mapped_column(String(20))
    updated: Mapped[datetime]


class OpenConversationRow(Table):
    """A thread that waited for our answer when it was looked at last: it is read again until it does not."""

    __tablename__ = "open_conversation"

    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    root: Mapped[str] = mapped_column(String(20), primary_key=True)
    since: Mapped[datetime]


class RequestDraftRow(Table):
    """A public issue that a sweep drafted, by the key of its conversation; a later sweep replaces it."""

    __tablename__ = "request_draft"

    key: Mapped[str] = mapped_column(String(12), primary_key=True)
    day: Mapped[date]
    contents: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]


class CodenameRow(Table):
    """The minor planet under which a customer is spoken of in public (L30). Never changed, never given twice."""

    __tablename__ = "codename"
    __table_args__ = (UniqueConstraint("name", name="uq_codename_name"),)

    account_id: Mapped[str] = mapped_column(String(18), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    assigned_by: Mapped[str]
    assigned_at: Mapped[datetime]
