"""Drafted talks as rows of the ledger, and which of a rep's drafts stands."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tasks.ledger_posts import added, aware, readable, storable
from tasks.ledger_tables import BookingRow, TalkResultRow, TalkRow
from tasks.rules.talks import Booked, Booking, Talk, TalkResult, TalkStanding

_TALK = (
    "id", "report_key", "channel", "rep_id", "rep", "manager_id", "manager", "minutes", "time_zone", "subject",
    "because", "instead_of",
)  # fmt: skip
_UNDECIDED = ~select(BookingRow).where(BookingRow.talk_id == TalkRow.id).exists()


def draft(session: Session, talk: Talk, place: int) -> None:
    """Keeps the draft unless it is known; of the drafts of its rep that nobody has decided only the newest stands. To
    be called by one transaction at a time."""
    kept = {**_kept(talk), "place": place}
    if not added(session, TalkRow, **kept) and not _made_anew(session, kept):
        return
    same = TalkRow.rep_id == kept["rep_id"]
    later = select(TalkRow.id).where(same, TalkRow.drafted_at > kept["drafted_at"])
    newest = session.scalar(later.order_by(TalkRow.drafted_at.desc(), TalkRow.id).limit(1))
    replaced = TalkRow.id == talk.id if newest else TalkRow.id != talk.id
    session.execute(update(TalkRow).where(same, replaced, _UNDECIDED).values(superseded_by=newest or talk.id))


def _made_anew(session: Session, kept: dict[str, Any]) -> bool:
    again = {name: kept[name] for name in ("drafted_at", "place", "instead_of")}
    replaced = (TalkRow.id == kept["id"], TalkRow.superseded_by != "", TalkRow.drafted_at < kept["drafted_at"])
    anew = update(TalkRow).where(*replaced).values(superseded_by="", **again)
    return session.scalar(anew.returning(TalkRow.id)) is not None


def already(session: Session, taken: str) -> str | None:
    """The id of what stands in place of that talk: its draft of another time, what replaced that, or the open draft of
    a later review; None where nothing does."""
    made = TalkRow.drafted_at, TalkRow.id
    redrafted = select(TalkRow.id, TalkRow.superseded_by).where(TalkRow.instead_of == taken)
    if first := session.execute(redrafted.order_by(*made).limit(1)).first():
        return str(first.superseded_by or first.id)
    rep = select(TalkRow.rep_id).where(TalkRow.id == taken).scalar_subquery()
    is_open = TalkRow.rep_id == rep, TalkRow.superseded_by == "", _UNDECIDED
    return session.scalar(select(TalkRow.id).where(*is_open).order_by(*made).limit(1))


def superseded_by(session: Session, talk_id: str) -> str:
    """The id of the draft that replaced the talk, which is there; "" where it stands."""
    return session.execute(select(TalkRow.superseded_by).where(TalkRow.id == talk_id)).scalar_one()


def standing_of(session: Session, talk_id: str) -> TalkStanding:
    """Where the talk, which is there, stands. Raises `Refused`, which names it, where it cannot be read."""
    with readable(f"Talk {talk_id}"):
        booking, result = session.get(BookingRow, talk_id), session.get(TalkResultRow, talk_id)
        return TalkStanding(
            talk_of(session, talk_id),
            booking_of(booking) if booking else None,
            result_of(result) if result else None,
            superseded_by(session, talk_id),
        )


def talk_of(session: Session, talk_id: str) -> Talk:
    """The draft of that id, which is there. Raises as `standing_of`."""
    with readable(f"Talk {talk_id}"):
        row = session.get_one(TalkRow, talk_id)
        plain = {name: getattr(row, name) for name in (*_TALK, "starts", "drafted_at")}
        return Talk(**plain, agenda=tuple(row.agenda))


def _kept(talk: Talk) -> dict[str, Any]:
    plain = storable({name: getattr(talk, name) for name in (*_TALK, "agenda")})
    starts = aware(talk.starts, f"the beginning of {talk.id}")
    return {**plain, "starts": starts, "drafted_at": aware(talk.drafted_at, f"talk {talk.id}")}


def booking_of(row: BookingRow) -> Booking:
    """The row as a plain value."""
    return Booking(row.talk_id, row.decided_by, row.decided_at, row.run_id)


def result_of(row: TalkResultRow) -> TalkResult:
    """The row as a plain value. Raises as `standing_of`."""
    with readable(f"The result of talk {row.talk_id}"):
        return TalkResult(row.talk_id, Booked(row.outcome), row.event_id, row.detail)


def outcome_of(session: Session, talk_id: str) -> Booked | None:
    """What became of the talk so far; None where nothing is known. Raises as `standing_of`."""
    row = session.get(TalkResultRow, talk_id)
    return result_of(row).outcome if row else None
