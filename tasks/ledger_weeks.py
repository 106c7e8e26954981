"""The ledger's memory of each weekly review: the open deals of its day, and what was asked of their owners."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from tasks.ledger import Ledger
from tasks.ledger_posts import added, storable
from tasks.ledger_tables import AskRow, Table, WeekDealRow, WeekRow
from tasks.rules.weeks import SILENCE, Ask, Past, Week

# A deal that is still as silent a year after its owner was warned is worth a second warning.
WARNED_WITHIN: Final = timedelta(days=366)
_CHUNK = 10_000
_TEXT = ("id", "name", "owner_id", "owner", "team", "stage")
_TYPES = {**dict.fromkeys(_TEXT, "str"), "value": "float64", "close_date": "datetime64[us]"}


@dataclass(frozen=True)
class Weeks:
    """One week a day. Every method is one transaction. Text is kept as `storable` puts it, missing text as ""."""

    ledger: Ledger

    def keep(self, week: Week, *, today: date) -> bool:
        """Remembers the week and says whether it did. `today` is the office day on which this runs.

        The week of today replaces what was kept for today. A day that is over is kept only where nothing is kept of it:
        a replay sees today's records and must not overwrite what was true then. A day to come is never kept: it has no
        past to be. A record or ask (one a record and kind) that is there twice is kept once, as it comes first.

        Raises `ValueError` for an ask of another day than the week's.
        """
        if week.day > today:
            return False
        deals, asks, made_at = _deal_rows(week), _ask_rows(week), self.ledger.now()
        with self.ledger.session("keep week") as session:
            if not added(session, WeekRow, day=week.day, made_at=made_at):
                if week.day < today:
                    return False
                # The row is ours from here on: another run of today waits, and replaces all of this.
                session.execute(update(WeekRow).where(WeekRow.day == week.day).values(made_at=made_at))
                _forget(session, lambda day: day == week.day)
            _insert(session, WeekDealRow, deals)
            _insert(session, AskRow, asks)
        return True

    def before(self, day: date) -> Past:
        """What a review of that day remembers: the latest week before it, and every warning of the 366 days before it.

        Deals come by id, asks by record and kind. A warning is out of mind a year after the review that gave it,
        whatever its `since`: a longer silence is warned of once a year, not every week.
        """
        with self.ledger.session("past", reading=True) as session:
            last = session.scalar(select(func.max(WeekRow.day)).where(WeekRow.day < day))
            warned = select(AskRow.record_id, AskRow.since).distinct()
            warned = warned.where(AskRow.kind == SILENCE, AskRow.since.is_not(None))
            warned = warned.where(AskRow.day < day, AskRow.day >= day - WARNED_WITHIN)
            return Past(
                last=_week(session, last) if last else None,
                warned=frozenset((record_id, since) for record_id, since in session.execute(warned) if since),
            )

    def forget_before(self, day: date) -> int:
        """Removes the weeks of the days before that day, with their asks; says how many. Nothing else is touched."""
        with self.ledger.session("forget weeks") as session:
            _forget(session, lambda kept: kept < day)
            gone = session.scalars(delete(WeekRow).where(WeekRow.day < day).returning(WeekRow.day))
            return len(gone.all())


def _deal_rows(week: Week) -> list[dict[str, Any]]:
    deals = week.deals.drop_duplicates("id")
    columns = {name: _texts(deals[name]) for name in _TEXT}
    value, close_date = deals["value"], deals["close_date"]
    columns["value"] = value.astype(object).where(value.notna(), None).tolist()
    columns["close_date"] = close_date.dt.date.astype(object).where(close_date.notna(), None).tolist()
    names = ["record_id" if name == "id" else name for name in columns]
    return [{"day": week.day, **dict(zip(names, row, strict=True))} for row in zip(*columns.values(), strict=True)]


def _texts(column: "pd.Series[str]") -> list[Any]:
    texts: list[Any] = column.astype(object).where(column.notna(), "").tolist()
    return list(storable(texts))


def _ask_rows(week: Week) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for ask in week.asks:
        if ask.day != week.day:
            raise ValueError(f"{ask.record_id}: an ask of {ask.day} does not belong to the week of {week.day}")
        texts = {name: getattr(ask, name) for name in ("record_id", "kind", "name", "owner_id", "owner", "words")}
        rows.setdefault((ask.record_id, ask.kind), {"day": ask.day, "since": ask.since, **storable(texts)})
    return list(rows.values())


def _insert(session: Session, table: type[Table], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        session.execute(insert(table), rows[start : start + _CHUNK])


def _forget(session: Session, which: Callable[[Any], ColumnElement[bool]]) -> None:
    for table in (AskRow, WeekDealRow):
        session.execute(delete(table).where(which(table.day)))


def _week(session: Session, day: date) -> Week:
    kept = WeekDealRow
    columns = (kept.record_id, kept.name, kept.owner_id, kept.owner, kept.team, kept.stage, kept.value, kept.close_date)
    rows = session.execute(select(*columns).where(kept.day == day)).all()
    asks = session.scalars(select(AskRow).where(AskRow.day == day))
    # Sorted here: databases differ in how they sort text.
    asked = sorted((_ask(row) for row in asks), key=lambda ask: (ask.record_id, ask.kind))
    return Week(day=day, deals=_frame(rows), asks=tuple(asked))


def _frame(rows: Iterable[Any]) -> pd.DataFrame:
    frame = pd.DataFrame.from_records([tuple(row) for row in rows], columns=list(_TYPES)).astype(_TYPES)
    return frame.sort_values("id", ignore_index=True)


def _ask(row: AskRow) -> Ask:
    return Ask(row.day, row.record_id, row.name, row.owner_id, row.owner, row.kind, row.words, row.since)
