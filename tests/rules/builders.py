"""Books of a pipeline in which each row states only what matters. Days and times are the office's (Los Angeles).

A day is "2026-10-09" (a touch is then at 10:00), a moment "2026-10-09 18:30". The review runs on Mon 2026-11-23.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from tasks.rules.findings import Book, Deal, Review, Verdict
from tasks.rules.pipeline import deals_with, review
from tasks.rules.policy import PipelinePolicy

AS_OF = date(2026, 11, 23)
OFFICE = ZoneInfo("America/Los_Angeles")
Row = dict[str, Any]

_TEXT, _MOMENT, _DAY, _NUMBER, _FLAG = "str", "datetime64[us, UTC]", "datetime64[us]", "float64", "boolean"
OPPORTUNITY = {
    "id": _TEXT, "name": _TEXT, "account_id": _TEXT, "account": _TEXT, "owner_id": _TEXT, "owner": _TEXT,
    "owner_active": _FLAG, "stage": _TEXT, "amount": _NUMBER, "currency": _TEXT, "close_date": _DAY,
    "created": _MOMENT, "stage_since": _MOMENT, "next_step": _TEXT, "next_step_due": _DAY, "type": _TEXT,
    "record_type": _TEXT, "pushes": _NUMBER, "quote": _TEXT,
}  # fmt: skip
TOUCH = {
    "opportunity_id": _TEXT, "level": _TEXT, "counts": "bool", "kind": _TEXT, "direction": _TEXT, "at": _MOMENT,
    "due": _DAY, "subject": _TEXT, "who": _TEXT, "record_id": _TEXT,
}  # fmt: skip
BOOKED = {"opportunity_id": _TEXT, "level": _TEXT, "starts": _MOMENT, "subject": _TEXT}
CHANGE = {"opportunity_id": _TEXT, "field": _TEXT, "old": _TEXT, "new": _TEXT, "at": _MOMENT}
STAGE = {"name": _TEXT, "is_closed": "bool", "is_won": "bool", "is_active": "bool"}
ACTIVITY = {
    "id": _TEXT, "kind": _TEXT, "subtype": _TEXT, "type": _TEXT, "call_type": _TEXT, "closed": _FLAG, "what_id": _TEXT,
    "who_id": _TEXT, "account_id": _TEXT, "owner_id": _TEXT, "incoming": _FLAG, "at": _MOMENT, "due": _DAY,
    "ends": _MOMENT, "subject": _TEXT, "who": _TEXT, "activity_id": _TEXT, "all_day": _FLAG,
}  # fmt: skip
ROLE = {"opportunity_id": _TEXT, "contact_id": _TEXT, "contact": _TEXT, "contact_account_id": _TEXT}
STAGES = (
    {"name": "Discovery", "is_closed": False, "is_won": False, "is_active": True},
    {"name": "Negotiation", "is_closed": False, "is_won": False, "is_active": True},
    {"name": "Demo (old)", "is_closed": False, "is_won": False, "is_active": False},
    {"name": "Closed Won", "is_closed": True, "is_won": True, "is_active": True},
    {"name": "Closed Lost", "is_closed": True, "is_won": False, "is_active": True},
)


def moment(text: str | None) -> datetime | None:
    """An office day (10:00) or moment as an aware UTC moment."""
    if text is None:
        return None
    local = datetime.fromisoformat(text if ":" in text else f"{text} 10:00")
    return local.replace(tzinfo=OFFICE).astimezone(UTC)


def frame(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """A typed frame; a column that a row does not name is missing in it."""
    listed = [dict(row) for row in rows]
    return pd.DataFrame({name: _column([row.get(name) for row in listed], kind) for name, kind in columns.items()})


def _column(values: list[Any], kind: str) -> pd.Series:
    if kind == _MOMENT:
        values = [moment(value) if isinstance(value, str) else value for value in values]
    return pd.Series(pd.array(values, dtype=kind)) if kind != _TEXT else pd.Series(values, dtype="str")


def deal(id: str = "deal", **given: Any) -> Row:  # noqa: A002 - the name of the column
    """A sound open deal of an owner of its own: $50,000, created on 2 March, closing on 18 December."""
    return {
        "id": id, "name": f"{id} 2026", "account_id": f"account of {id}", "account": f"Account of {id}",
        "owner_id": f"owner of {id}", "owner": f"Owner of {id}", "owner_active": True, "stage": "Discovery",
        "amount": 50_000.0, "close_date": "2026-12-18", "created": "2026-03-02", "next_step": "Send the contract",
        "next_step_due": "2026-11-30", "type": "New Business",
    } | given  # fmt: skip


def touch(at: str | None, deal: str = "deal", **given: Any) -> Row:
    """A mail of ours, filed on the deal."""
    return {
        "opportunity_id": deal, "level": "opportunity", "counts": True, "kind": "email", "direction": "outbound",
        "at": at, "subject": "Hello", "who": "J. Doe", "record_id": f"record {deal} {at}",
    } | given  # fmt: skip


def meeting(starts: str, deal: str = "deal", level: str = "opportunity") -> Row:
    """A meeting that is booked."""
    return {"opportunity_id": deal, "level": level, "starts": starts, "subject": "Demo"}


def change(field: str, at: str, deal: str = "deal", old: str | None = None, new: str | None = None) -> Row:
    """One row of the field history."""
    return {"opportunity_id": deal, "field": field, "old": old, "new": new, "at": at}


def make_book(
    deals: Iterable[Row] | None = None,
    touches: Iterable[Row] = (),
    *,
    booked: Iterable[Row] = (),
    history: Iterable[Row] = (),
    stages: Iterable[Row] = STAGES,
) -> Book:
    """A book of one sound deal, unless `deals` says otherwise."""
    opportunities = frame([deal()] if deals is None else deals, OPPORTUNITY)
    return Book(
        opportunities=opportunities,
        touches=frame(touches, TOUCH),
        booked=frame(booked, BOOKED),
        history=frame(history, CHANGE),
        stages=frame(stages, STAGE),
        expected=len(opportunities),
    )


def judge(book: Book, as_of: date = AS_OF, **policy: Any) -> Review:
    """The review of a book on Mon 2026-11-23, with these values of the policy."""
    return review(book, as_of, PipelinePolicy(**policy))


def judge_each(cases: Iterable[Mapping[str, Any]], as_of: date = AS_OF, **policy: Any) -> list[Deal]:
    """Each case is what `make_book` takes for the deal "deal". All are judged in one review, as deals of their own."""
    books = [_renamed(make_book(**{"touches": (), **case}), f"deal {number}") for number, case in enumerate(cases)]
    together = {
        name: pd.concat([getattr(book, name) for book in books], ignore_index=True)
        for name in ("opportunities", "touches", "booked", "history")
    }
    judged = {d.id: d for d in every(judge(replace(make_book([]), **together), as_of, **policy))}
    return [judged[f"deal {number}"] for number in range(len(books))]


def _renamed(book: Book, name: str) -> Book:
    def to(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(opportunity_id=rows["opportunity_id"].replace("deal", name))

    own = book.opportunities["owner_id"].replace("owner of deal", f"owner of {name}")
    return replace(
        book,
        opportunities=book.opportunities.assign(id=name, owner_id=own),
        touches=to(book.touches),
        booked=to(book.booked),
        history=to(book.history),
    )


def found(findings: Review, opportunity_id: str = "deal") -> Deal:
    """The judged deal of that id."""
    return next(d for d in every(findings) if d.id == opportunity_id)


def every(findings: Review) -> list[Deal]:
    """All judged deals."""
    return [judged for verdict in Verdict for judged in deals_with(findings, verdict)]
