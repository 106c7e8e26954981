"""The ledger's memory of what was proposed, what a person decided of it, and what became of each record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_posts import added, aware, one_at_a_time, pointing, readable, storable
from tasks.ledger_tables import DecisionRow, ProposalRow, ResultRow, UndoRow
from tasks.rules.proposals import Decision, Fields, Outcome, Proposal, ProposedDeal, Result, Standing, Undo

Action = Literal["close", "undo"]
_PROPOSING = 7_104_000_001  # any number that no other lock of this database has
_DECISION = ("proposal_id", "loss_reason", "decided_by", "run_id")
_PROPOSAL = (
    "id", "ritual", "scope", "open_deals", "stale_after_days", "headline", "report_key", "channel",
)  # fmt: skip
_DAYS = ("close_date", "last_touch")
_UNDECIDED = ~select(DecisionRow).where(DecisionRow.proposal_id == ProposalRow.id).exists()


@dataclass(frozen=True)
class Decisions:
    """Proposals, decisions, undos and their results. Every method is one transaction.

    Values are kept as `storable` puts them. What cannot be read back, because another version of this project wrote it
    or somebody changed it by hand, raises `Refused`, which names the proposal.
    """

    ledger: Ledger

    def propose(self, proposal: Proposal) -> None:
        """Keeps the proposal; whatever was proposed earlier for its ritual and scope, of any day, and is not decided
        is replaced by it.

        The same id again changes nothing, unless it was replaced in between and is now made anew: then it stands again.
        One that arrives after one that was made later is itself the one that is replaced.
        """
        with self.ledger.session("propose") as session:
            one_at_a_time(session, _PROPOSING)
            if not added(session, ProposalRow, **_kept_proposal(proposal)) and not _made_anew(session, proposal):
                return
            same = (ProposalRow.ritual == storable(proposal.ritual), ProposalRow.scope == storable(proposal.scope))
            later = select(ProposalRow.id).where(*same, ProposalRow.made_at > proposal.made_at)
            newest = session.scalar(later.order_by(ProposalRow.made_at.desc(), ProposalRow.id).limit(1))
            replaced = ProposalRow.id == proposal.id if newest else ProposalRow.id != proposal.id
            by = newest or proposal.id
            session.execute(update(ProposalRow).where(*same, replaced, _UNDECIDED).values(superseded_by=by))

    def standing(self, proposal_id: str) -> Standing | None:
        """Where the proposal stands, with all results so far; None when it is not known."""
        return next(iter(self._standings(ProposalRow.id == proposal_id)), None)

    def standings_of(self, report_key: str) -> list[Standing]:
        """Every proposal that was made for the report, in the order in which they were made."""
        return self._standings(ProposalRow.report_key == report_key)

    def latest(self, report_key: str) -> Standing | None:
        """The newest proposal that was made for the report, decided or not; None when there is none."""
        return next(iter(self._standings(ProposalRow.report_key == report_key, newest_only=True)), None)

    def record(self, decision: Decision) -> Decision:
        """Records the decision and returns it; or returns the one that was recorded before, which stays as it is.

        Of two recorded at once one wins, and both callers get that one: compare what comes back with what was wanted.
        Raises `Refused` where the proposal is not known, or was replaced before anybody decided it.
        """
        unknown = f"There is no proposal {decision.proposal_id}: run the review, and decide what its report proposes."
        plain = storable({name: getattr(decision, name) for name in (*_DECISION, "approved")})
        kept = {**plain, "decided_at": aware(decision.decided_at, f"the decision of {decision.proposal_id}")}
        with self.ledger.session("record decision") as session:
            one_at_a_time(session, _PROPOSING)
            with pointing(unknown):
                fresh = added(session, DecisionRow, **kept)
            by = session.get_one(ProposalRow, decision.proposal_id).superseded_by
            if fresh and by:
                raise Refused(f"Proposal {decision.proposal_id} was replaced in the meantime: decide {by} instead.")
            return _decision(session.get_one(DecisionRow, decision.proposal_id))

    def keep_before(
        self,
        proposal_id: str,
        action: Action,
        record_id: str,
        before: Fields,
        sent: Fields,
        *,
        overwriting: bool = False,
    ) -> None:
        """Keeps the record as it is before anything is sent, and what is about to be sent.

        The first image stays, however often this is called: once something may have been sent, a later reading may
        show our own write. With `overwriting` the caller says that nothing sent so far was carried out (locked, over
        the limit, or looked up): then the newer image is the true one. The image of a final result is never touched.
        A result that was not final is UNANSWERED from here on, for something is being sent again.
        """
        images = {"before": storable(before), "sent": storable(sent)}
        with self._result_row(proposal_id, action, record_id, **images) as row:
            if row is None:
                return
            if overwriting or not row.before:
                row.before, row.sent = images["before"], images["sent"]
            if row.outcome:
                row.outcome, row.detail = Outcome.UNANSWERED.value, ""

    def settle(self, proposal_id: str, action: Action, result: Result) -> None:
        """Keeps what became of the record. One that is final never changes again; LOCKED and UNANSWERED are replaced.

        An image that was kept before the write stays as it was kept; the result's own counts where none was.
        """
        said = {name: storable(getattr(result, name)) for name in ("outcome", "detail", "after", "by_org")}
        images = {"before": storable(result.before), "sent": storable(result.sent)}
        with self._result_row(proposal_id, action, result.record_id, **said, **images) as row:
            if row is None:
                return
            if not row.before:
                row.before, row.sent = images["before"], images["sent"]
            for name, value in said.items():
                setattr(row, name, value)

    def results(self, proposal_id: str, action: Action) -> tuple[Result, ...]:
        """What became of each record so far, by record id; without those of which only the image before is kept."""
        with self._reading(proposal_id) as session:
            return _results(session, proposal_id, action)

    def closed_since(self, moment: datetime) -> frozenset[str]:
        """The ids of what decisions closed from that moment (aware) on."""
        closed = select(ResultRow.record_id).where(
            ResultRow.action == "close", ResultRow.outcome == Outcome.CLOSED.value, ResultRow.at >= moment
        )
        with self.ledger.session("closed since", reading=True) as session:
            return frozenset(session.scalars(closed))

    def images(self, proposal_id: str, action: Action) -> dict[str, Result]:
        """Record id -> all that is kept of it; UNANSWERED while only the image before is kept."""
        with self._reading(proposal_id) as session:
            return {row.record_id: _result(row) for row in _result_rows(session, proposal_id, action)}

    def record_undo(self, undo: Undo) -> None:
        """Adds the undo. The same records asked for by the same run again are no second undo.

        Raises `Refused` where the proposal was not decided.
        """
        plain = storable({name: getattr(undo, name) for name in ("proposal_id", "records", "undone_by", "run_id")})
        kept = {**plain, "undone_at": aware(undo.undone_at, f"the undo of {undo.proposal_id}")}
        with self.ledger.session("record undo") as session, readable(f"An undo of proposal {undo.proposal_id}"):
            one_at_a_time(session, _PROPOSING)
            known = {(one.run_id, one.records) for one in _undos(session, undo.proposal_id)}
            if undo.run_id and (undo.run_id, undo.records) in known:
                return
            with pointing(_undecided(undo.proposal_id)):
                session.execute(insert(UndoRow).values(**kept))

    def undos(self, proposal_id: str) -> tuple[Undo, ...]:
        """Who asked to undo which records of the decision, in the order in which they asked."""
        with self._reading(proposal_id) as session:
            return _undos(session, proposal_id)

    def _standings(self, condition: ColumnElement[bool], *, newest_only: bool = False) -> list[Standing]:
        with self.ledger.session("standings", reading=True) as session:
            ids = select(ProposalRow.id).where(condition)
            # Of two made at the same moment the one that was replaced is the older one.
            oldest_first = (ProposalRow.made_at, ProposalRow.superseded_by == "", ProposalRow.id)
            found = list(session.scalars(ids.order_by(*oldest_first)))
            return [_standing(session, proposal_id) for proposal_id in (found[-1:] if newest_only else found)]

    @contextmanager
    def _reading(self, proposal_id: str) -> Iterator[Session]:
        with self.ledger.session("results", reading=True) as session, readable(f"Proposal {proposal_id}"):
            yield session

    @contextmanager
    def _result_row(self, proposal_id: str, action: Action, record_id: str, **new: Any) -> Iterator[ResultRow | None]:
        """The record's row, ours alone until the transaction ends; None where nothing is left to do: it is `new`, or
        its result is final."""
        key = {"proposal_id": proposal_id, "action": action, "record_id": record_id}
        now = self.ledger.now()
        with self.ledger.session("keep result") as session:
            with pointing(_undecided(proposal_id)):
                fresh = added(session, ResultRow, **key, at=now, **new)
            row = None if fresh else session.get_one(ResultRow, key, with_for_update=True)
            if row is None or (row.outcome and _result(row).outcome.is_final):
                yield None
            else:
                row.at = now
                yield row


def _made_anew(session: Session, proposal: Proposal) -> bool:
    row = session.get_one(ProposalRow, proposal.id)
    if not row.superseded_by or proposal.made_at <= row.made_at:
        return False
    row.superseded_by, row.made_at = "", proposal.made_at
    session.flush()
    return True


def _undecided(proposal_id: str) -> str:
    return f"Proposal {proposal_id} has no decision: decide it first."


def _standing(session: Session, proposal_id: str) -> Standing:
    with readable(f"Proposal {proposal_id}"):
        row = session.get_one(ProposalRow, proposal_id)
        decision = session.get(DecisionRow, proposal_id)
        return Standing(
            proposal=_proposal(row),
            decision=_decision(decision) if decision else None,
            superseded_by=row.superseded_by,
            closed=_results(session, proposal_id, "close"),
            undos=_undos(session, proposal_id),
            undone=_results(session, proposal_id, "undo"),
        )


def _result_rows(session: Session, proposal_id: str, action: Action) -> list[ResultRow]:
    wanted = select(ResultRow).where(ResultRow.proposal_id == proposal_id, ResultRow.action == action)
    # Sorted here: databases differ in how they sort text.
    return sorted(session.scalars(wanted), key=lambda row: row.record_id)


def _results(session: Session, proposal_id: str, action: Action) -> tuple[Result, ...]:
    return tuple(_result(row) for row in _result_rows(session, proposal_id, action) if row.outcome)


def _result(row: ResultRow) -> Result:
    with readable(f"The result of {row.record_id} in proposal {row.proposal_id}"):
        return Result(
            record_id=row.record_id,
            outcome=Outcome(row.outcome or Outcome.UNANSWERED),
            detail=row.detail,
            before=dict(row.before),
            sent=dict(row.sent),
            after=dict(row.after),
            by_org={name: (before, after) for name, (before, after) in row.by_org.items()},
        )


def _undos(session: Session, proposal_id: str) -> tuple[Undo, ...]:
    rows = session.scalars(select(UndoRow).where(UndoRow.proposal_id == proposal_id).order_by(UndoRow.id))
    return tuple(Undo(row.proposal_id, tuple(row.records), row.undone_by, row.undone_at, row.run_id) for row in rows)


def _decision(row: DecisionRow) -> Decision:
    plain = {name: getattr(row, name) for name in _DECISION}
    return Decision(**{**plain, "approved": tuple(row.approved), "decided_at": row.decided_at})


def _proposal(row: ProposalRow) -> Proposal:
    plain = {name: getattr(row, name) for name in (*_PROPOSAL, "day", "made_at")}
    return Proposal(**plain, deals=tuple(_deal(kept) for kept in row.deals))


def _kept_proposal(made: Proposal) -> dict[str, Any]:
    plain = storable({name: getattr(made, name) for name in _PROPOSAL})
    deals = [_kept_deal(deal) for deal in made.deals]
    return {**plain, "day": made.day, "made_at": aware(made.made_at, f"proposal {made.id}"), "deals": deals}


def _deal(kept: dict[str, Any]) -> ProposedDeal:
    """A deal from its JSON: days as "2026-12-18", the moment as "2026-11-20T10:00:00+00:00"."""
    days = {name: kept[name] and date.fromisoformat(kept[name]) for name in _DAYS}
    money = {name: None if kept[name] is None else float(kept[name]) for name in ("amount", "value")}
    exact = {"modified": datetime.fromisoformat(kept["modified"]), "evidence": tuple(kept["evidence"])}
    return ProposedDeal(**{**kept, **days, **money, **exact})


def _kept_deal(deal: ProposedDeal) -> dict[str, Any]:
    plain = asdict(deal)
    days = {name: plain[name] and plain[name].isoformat() for name in _DAYS}
    moment = aware(deal.modified, f"the last change of {deal.id}").isoformat()
    return dict(storable({**plain, **days, "modified": moment}))
