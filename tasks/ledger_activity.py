"""The ledger's memory of the activity review: what each month came to, and the coaching talks that were drafted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_posts import added, aware, one_at_a_time, pointing, readable, storable
from tasks.ledger_tables import BookingRow, MonthRow, TalkResultRow, TalkRow
from tasks.ledger_talk_rows import (
    already,
    booking_of,
    draft,
    outcome_of,
    result_of,
    standing_of,
    superseded_by,
    talk_of,
)
from tasks.rules.activity_findings import Month, Totals
from tasks.rules.talks import Booked, Booking, Talk, TalkResult, TalkStanding

# Two reviews of 30 days that are fewer days apart have judged mostly the same touches: no trend.
APART: Final = timedelta(days=7)
_TO_COME = (Booked.BOOKED, Booked.UNANSWERED)
_DRAFTING = 7_104_000_002  # any number that no other lock of this database has
_TOTALS = tuple(one.name for one in fields(Totals))
_BOOKING = ("talk_id", "decided_by", "run_id")
_RESULT = ("talk_id", "event_id", "detail")


@dataclass(frozen=True)
class Months:
    """One review a day and length of window: numbers and ids of people, no names. Every method is one transaction."""

    ledger: Ledger

    def keep(self, month: Month, *, today: date) -> bool:
        """Remembers the review and says whether it did. `today` is the office day on which this runs.

        That of today replaces what was kept for today with the same window. A day that is over is kept only where
        nothing is kept of it: a replay sees today's records. A day to come is never kept.
        """
        if month.day > today:
            return False
        key = {"day": month.day, "window_days": month.window_days}
        kept = {**asdict(month.totals), "people_over": storable(sorted(month.over)), "made_at": self.ledger.now()}
        with self.ledger.session("keep month") as session:
            if added(session, MonthRow, **key, **kept):
                return True
            if month.day < today:
                return False
            session.execute(update(MonthRow).filter_by(**key).values(**kept))
        return True

    def before(self, day: date, window_days: int) -> Month | None:
        """What a review of that day compares itself with: the latest of an earlier calendar month, at least 7 days
        before, with the same window; None when there is none.

        Thus one made ad hoc yesterday is never "last month", not even on the first of a month. Raises `Refused` with
        its day where it cannot be read.
        """
        earlier = MonthRow.day < day.replace(day=1), MonthRow.day <= day - APART
        latest = select(MonthRow.day).where(*earlier, MonthRow.window_days == window_days)
        with self.ledger.session("month before", reading=True) as session:
            last = session.scalar(latest.order_by(MonthRow.day.desc()).limit(1))
            return _month(session, last, window_days) if last else None

    def forget_before(self, day: date) -> int:
        """Removes the reviews of the days before that day; says how many. No talk is touched."""
        with self.ledger.session("forget months") as session:
            gone = session.scalars(delete(MonthRow).where(MonthRow.day < day).returning(MonthRow.day))
            return len(gone.all())


@dataclass(frozen=True)
class Talks:
    """Drafted talks, who wants which booked, and what became of it. Every method is one transaction.

    Text is kept as `storable` puts it, moments in UTC; `ValueError` for a moment without a zone. What cannot be read
    back, because another version of this project wrote it or somebody changed it by hand, raises `Refused`, which names
    the talk.
    """

    ledger: Ledger

    def draft(self, talks: Sequence[Talk]) -> None:
        """Keeps the drafts; whatever was drafted earlier for their reps, of any report, and is not decided is replaced.

        The same id again changes nothing, unless it was replaced in between and is now made anew: then it stands again.
        One that arrives after one that was made later is itself the one that is replaced. All are kept, or none.
        """
        with self._drafting("draft talks") as session:
            for place, talk in enumerate(talks):
                draft(session, talk, place)

    def redraft(self, talk: Talk) -> Talk:
        """Keeps the draft of another time for the talk that it is `instead_of`, and returns it; or returns the one that
        stands already: of two runs that find the same time taken, the second gets what the first drafted.

        Where that was replaced, or a later review has drafted a talk for the rep, it is the later one that is returned:
        a rep has one open draft. Raises `Refused` unless the talk that it replaces was found TAKEN.
        """
        with self._drafting("redraft talk") as session:
            if outcome_of(session, talk.instead_of) is not Booked.TAKEN:
                raise Refused(f"The time of talk {talk.instead_of} was not found taken: there is nothing to redraft.")
            stands = already(session, talk.instead_of)
            if stands is None:
                draft(session, talk, place=0)
                stands = talk.id
            return talk_of(session, stands)

    def standing(self, talk_id: str) -> TalkStanding | None:
        """Where the talk stands; None when it is not known."""
        return next(iter(self._standings(TalkRow.id == talk_id)), None)

    def standings_of(self, report_key: str) -> list[TalkStanding]:
        """Every talk that was drafted for the report, in the order in which they were made."""
        return self._standings(TalkRow.report_key == report_key)

    def to_come(self, now: datetime) -> list[Talk]:
        """Talks that a person wants and that begin after that moment (aware): booked, or not known yet whether."""
        ordered = select(BookingRow).where(BookingRow.talk_id == TalkRow.id).exists()
        wanted = self._standings(and_(TalkRow.starts > aware(now, "now"), ordered))
        return [one.talk for one in wanted if one.result is None or one.result.outcome in _TO_COME]

    def record(self, booking: Booking) -> Booking:
        """Records the decision and returns it; or returns the one that was recorded before, which stays as it is.

        Of two recorded at once one wins, and both callers get that one: compare what comes back with what was wanted.
        Raises `Refused` where the talk is not known, or was replaced before anybody decided it.
        """
        talk_id = booking.talk_id
        unknown = f"There is no drafted talk {talk_id}: run the activity review, and book what its report drafts."
        plain = storable({name: getattr(booking, name) for name in _BOOKING})
        kept = {**plain, "decided_at": aware(booking.decided_at, f"the booking of {talk_id}")}
        with self._drafting("record booking") as session:
            with pointing(unknown):
                fresh = added(session, BookingRow, **kept)
            by = superseded_by(session, talk_id)
            if fresh and by:
                raise Refused(f"Talk {talk_id} was replaced in the meantime: book {by} instead.")
            return booking_of(session.get_one(BookingRow, talk_id))

    def settle(self, result: TalkResult) -> None:
        """Keeps what became of the talk. One that is final never changes again; UNANSWERED is replaced.

        Raises `Refused` where nobody has decided the talk.
        """
        said = storable({name: getattr(result, name) for name in (*_RESULT, "outcome")})
        now = self.ledger.now()
        with self.ledger.session("settle talk") as session:
            with pointing(f"Nobody has decided talk {result.talk_id}: book it first."):
                if added(session, TalkResultRow, **said, at=now):
                    return
            row = session.get_one(TalkResultRow, result.talk_id, with_for_update=True)
            if not result_of(row).outcome.is_final:
                for name, value in {**said, "at": now}.items():
                    setattr(row, name, value)

    def _standings(self, condition: ColumnElement[bool]) -> list[TalkStanding]:
        with self.ledger.session("talks", reading=True) as session:
            # Of two made at the same moment the one that was replaced is the older one.
            oldest_first = (TalkRow.drafted_at, TalkRow.place, TalkRow.superseded_by == "", TalkRow.id)
            found = session.scalars(select(TalkRow.id).where(condition).order_by(*oldest_first))
            return [standing_of(session, talk_id) for talk_id in found.all()]

    @contextmanager
    def _drafting(self, name: str) -> Iterator[Session]:
        """Drafting and deciding wait for each other: a talk that is being decided cannot be replaced meanwhile."""
        with self.ledger.session(name) as session:
            one_at_a_time(session, _DRAFTING)
            yield session


def _month(session: Session, day: date, window_days: int) -> Month:
    with readable(f"The activity review of {day}"):
        row = session.get_one(MonthRow, (day, window_days))
        totals = Totals(**{name: getattr(row, name) for name in _TOTALS})
        return Month(day, window_days, totals, frozenset(row.people_over))
