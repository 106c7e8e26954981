"""Undoing a decision: who may, which records, and exactly what is put back. Only what we wrote, and only where nobody
has changed it since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from tasks.rules.choosing import Choice, chosen, signed_by
from tasks.rules.clock import office_day
from tasks.rules.deciding import counted, undo_until, unknown, unsettled
from tasks.rules.policy import OFFICE_ZONE, ClosingPolicy
from tasks.rules.proposals import Decision, Fields, Outcome, Result, Standing, Undo
from tasks.rules.rechecking import GONE
from tasks.rules.record_fields import editor, label, same_value, value_said, worth_naming
from tasks.rules.wording import listed, moment_said

_STAGE = "StageName"


@dataclass(frozen=True)
class UndoOrder:
    """What a person asks to undo.

    opportunities   ids (15 or 18 characters) or full names of some that the decision closed; empty: all of them
    decider         the full name they sign with
    """

    proposal_id: str
    opportunities: tuple[str, ...] = ()
    decider: str = ""


@dataclass(frozen=True)
class Restore:
    """What is to be written to put a record back, by API name, and a sentence on each field that stays as it is."""

    fields: Fields
    kept: tuple[str, ...] = ()


def undo_refusal(
    order: UndoOrder,
    standing: Standing | None,
    *,
    policy: ClosingPolicy,
    deciders: Collection[str],
    now: datetime,
    time_zone: str = OFFICE_ZONE,
) -> str:
    """Why the order is not carried out and what to do about it, one sentence; "" where it is.

    A decision can be undone until the end of the office day `undo_within_days` after it. Repeating an order goes on
    with the records whose undo is not settled. `now` is aware.
    """
    if wrong := signed_by(order.decider, deciders, "undo")[1]:
        return wrong
    if standing is None:
        return unknown(order.proposal_id)
    decision = standing.decision
    if decision is None:
        return f"Proposal {standing.proposal.id} was never decided: there is nothing to undo"
    last = undo_until(decision, policy, time_zone)
    if office_day(now, time_zone) > last:
        return (
            f"Decided by {decision.decided_by} on {moment_said(decision.decided_at, time_zone)}, more than "
            f"{policy.undo_within_days} days ago: reopen the opportunities in Salesforce"
        )
    return _nothing_of_it(order, standing, decision, time_zone)


def undo_of(
    order: UndoOrder, standing: Standing, *, deciders: Collection[str], now: datetime, run_id: str = ""
) -> Undo:
    """What an order that is not refused undoes: the records it names of those the decision closed, without those whose
    undo is settled."""
    return Undo(
        proposal_id=standing.proposal.id,
        records=_left(order, standing),
        undone_by=signed_by(order.decider, deciders, "undo")[0],
        undone_at=now,
        run_id=run_id,
    )


def restorable(
    result: Result,
    now: Fields | None,
    ours: Collection[str],
    *,
    today: date,
    time_zone: str = OFFICE_ZONE,
) -> Restore | tuple[Outcome, str]:
    """What to write so that a record we closed is as it was, or what became of it instead, in a few words.

    Put back are the fields that we sent and that still hold what they held right after the write. Fields that somebody
    changed since, and those that the org changed by itself, stay and are named.

    result   of closing the record, with its images        now     the record as it is; None: not found
    ours     API names of the fields that a decision writes, and no others are ever put back
    today    the office day, for the words
    """
    if now is None:
        return GONE
    by = editor(now, today, time_zone)
    wrote = [field for field in result.sent if field in ours]
    still = {field: same_value(now.get(field), _left_as(result, field)) for field in wrote}
    moved = [
        f"{label(field)} stays {value_said(now.get(field), today)}, changed since" + (f" by {by}" if by else "")
        for field in wrote
        if not still[field] and not same_value(now.get(field), result.before.get(field))
    ]
    if _is_open(result, now):
        stays = [f"{label(f)} stays {value_said(now.get(f), today)}" for f in wrote if f != _STAGE and still[f]]
        stage = value_said(now.get(_STAGE), today).strip("'")
        return Outcome.ALREADY, "; ".join([f"open again as {stage}{f', last edited by {by}' if by else ''}", *stays])
    back = {field: result.before[field] for field in wrote if still[field] and field in result.before}
    lost = [
        f"{label(f)} stays {value_said(now.get(f), today)}, what it was is not known"
        for f in wrote
        if still[f] and f not in result.before
    ]
    kept = (*moved, *lost, *_by_org(result, now, today))
    if not back:
        return Outcome.SKIPPED, "; ".join(["nothing is left to put back", *kept])
    return Restore(back, kept)


def _left_as(result: Result, field: str) -> object:
    """What the field held right after the write; what we sent, where that could not be read."""
    return result.after.get(field, result.sent[field])


def _is_open(result: Result, now: Fields) -> bool:
    if "IsClosed" in now:
        return now["IsClosed"] is False
    return _STAGE in now and same_value(now[_STAGE], result.before.get(_STAGE))


def _by_org(result: Result, now: Fields, today: date) -> list[str]:
    """A sentence on each field that the org changed with the write and that nobody has touched since."""
    return [
        f"{label(field)} stays {value_said(after, today)}: Salesforce set it when the deal closed"
        f" (it was {value_said(before, today)})"
        for field in worth_naming(result.by_org)
        for before, after in [result.by_org[field]]
        if field not in result.sent and same_value(now.get(field), after)
    ]


def _nothing_of_it(order: UndoOrder, standing: Standing, decision: Decision, time_zone: str) -> str:
    """Why there is nothing to undo of what the order names."""
    choice = _choice(order, standing)
    if not choice.is_clear:
        return choice.refusal(standing.proposal.id)
    closed, pending = _closed(standing), unsettled(decision, standing.closed)
    names = {deal.id: deal.name or deal.id for deal in standing.proposal.deals}
    not_known = [record for record in (choice.ids or pending) if record in pending]
    if not_known:
        said = listed(names.get(record, record) for record in not_known)
        return f"It is not known yet whether these were closed: {said}; run the same decision again, then undo it"
    if not closed:
        return "This decision closed nothing: there is nothing to undo"
    strangers = [record for record in choice.ids if record not in closed]
    if strangers:
        became = {result.record_id: str(result.outcome) for result in standing.closed}
        said = listed(f"{names[record]} ({became.get(record, 'kept')})" for record in strangers)
        return f"Not closed by this decision: {said}; leave out what it did not close"
    return "" if _left(order, standing) else _undone_before(standing, time_zone)


def _undone_before(standing: Standing, time_zone: str) -> str:
    undo = standing.undos[-1] if standing.undos else None
    who = f" by {undo.undone_by} on {moment_said(undo.undone_at, time_zone)}" if undo else ""
    return f"Already undone{who}: {counted(standing.undone)}; what is not restored can only be changed in Salesforce"


def _closed(standing: Standing) -> set[str]:
    return {result.record_id for result in standing.closed if result.outcome is Outcome.CLOSED}


def _choice(order: UndoOrder, standing: Standing) -> Choice:
    """The records that the order means; without names, those that the decision closed."""
    if order.opportunities:
        return chosen(order.opportunities, standing.proposal.deals)
    closed = _closed(standing)
    return Choice(tuple(deal.id for deal in standing.proposal.deals if deal.id in closed))


def _left(order: UndoOrder, standing: Standing) -> tuple[str, ...]:
    done = {result.record_id for result in standing.undone if result.outcome.is_final}
    return tuple(record for record in _choice(order, standing).ids if record not in done)
