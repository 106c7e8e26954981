"""Whether a person may decide what they ask for, and what exactly they decide. Refusals are one sentence for them."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tasks.rules.choosing import Choice, chosen, same_person, signed_by
from tasks.rules.clock import office_day
from tasks.rules.policy import OFFICE_ZONE, ClosingPolicy
from tasks.rules.proposals import Decision, Outcome, Proposal, Result, Standing
from tasks.rules.wording import listed, moment_said, name_said


@dataclass(frozen=True)
class Order:
    """What a person asks to close.

    opportunities   ids (15 or 18 characters) or full names of some of the proposed; empty: all of them
    loss_reason     as they wrote it; "" for none
    decider         the full name they sign with
    keep            ids or full names of those not to close, though they are among the opportunities
    """

    proposal_id: str
    opportunities: tuple[str, ...] = ()
    loss_reason: str = ""
    decider: str = ""
    keep: tuple[str, ...] = ()


def refusal(
    order: Order,
    standing: Standing | None,
    *,
    policy: ClosingPolicy,
    deciders: Collection[str],
    loss_reasons: Sequence[str] | None,
    now: datetime,
    time_zone: str = OFFICE_ZONE,
) -> str:
    """Why the order is not carried out and what to do about it, one sentence; "" where it is.

    An order that repeats a decision is carried on while records of it are not settled, until it could no longer be
    undone, and not after somebody began to undo it.

    standing       of the proposal that the order names; None where none of that id is remembered
    loss_reasons   the values of the org's list; None or empty where the org records none
    now            aware
    """
    if wrong := signed_by(order.decider, deciders, "decide")[1]:
        return wrong
    if standing is None:
        return unknown(order.proposal_id)
    choice = choice_of(order, standing.proposal)
    if standing.decision is not None:
        return _decided(order, standing, standing.decision, choice, time_zone) or _cannot_go_on(
            standing, standing.decision, policy, now, time_zone
        )
    return (
        _too_late(standing, policy, now, time_zone)
        or choice.refusal(standing.proposal.id)
        or ("" if choice.ids else "All that was proposed would be kept: there is nothing to close")
        or _reason(order.loss_reason, loss_reasons)[1]
        or _too_many(len(choice.ids), standing.proposal, policy)
    )


def decision_of(
    order: Order,
    standing: Standing,
    *,
    deciders: Collection[str],
    loss_reasons: Sequence[str] | None,
    now: datetime,
    run_id: str = "",
) -> Decision:
    """What an order that is not refused decides: ids and names spelled as the proposal, the settings and the org have
    them. An order that repeats a decision is that decision."""
    if standing.decision is not None:
        return standing.decision
    return Decision(
        proposal_id=standing.proposal.id,
        approved=choice_of(order, standing.proposal).ids,
        loss_reason=_reason(order.loss_reason, loss_reasons)[0],
        decided_by=signed_by(order.decider, deciders, "decide")[0],
        decided_at=now,
        run_id=run_id,
    )


def choice_of(order: Order, proposal: Proposal) -> Choice:
    """What the order names of the proposal, without what it keeps."""
    named = chosen(order.opportunities, proposal.deals)
    if not order.keep:
        return named
    kept = chosen(order.keep, proposal.deals)
    return Choice(
        tuple(record for record in named.ids if record not in kept.ids),
        (*named.strangers, *kept.strangers),
        (*named.ambiguous, *kept.ambiguous),
    )


def same_contents(one: Decision, other: Decision) -> bool:
    """Whether two decisions close the same opportunities for the same reason, whoever took them and when."""
    return set(one.approved) == set(other.approved) and one.loss_reason == other.loss_reason


def most_allowed(proposal: Proposal, policy: ClosingPolicy) -> int:
    """How many opportunities one decision on the proposal may close."""
    if proposal.open_deals < policy.write_share_min_deals:
        return policy.write_count
    # A tenth of a cent of rounding must not turn 29 % of 100 into 28.
    share = max(1, math.floor(policy.write_share * proposal.open_deals + 1e-9))
    return min(policy.write_count, share)


def unsettled(decision: Decision, results: Collection[Result]) -> tuple[str, ...]:
    """The records of the decision that have no final result yet, in its order."""
    final = {result.record_id for result in results if result.outcome.is_final}
    return tuple(record for record in decision.approved if record not in final)


def undo_until(decision: Decision, policy: ClosingPolicy, time_zone: str = OFFICE_ZONE) -> date:
    """The last office day on which the decision can be undone; all of that day counts."""
    return office_day(decision.decided_at, time_zone) + timedelta(days=policy.undo_within_days)


def unknown(proposal_id: str) -> str:
    """The refusal of an id that nobody remembers."""
    named = f"'{name_said(proposal_id)}'" if proposal_id.strip() else "without a name"
    return f"No proposal {named} is remembered: take it from the Decide button of the newest pipeline review"


def counted(results: Collection[Result]) -> str:
    """ "closed 3, skipped 1", in the order of `Outcome`."""
    counts = {outcome: sum(result.outcome is outcome for result in results) for outcome in Outcome}
    return ", ".join(f"{outcome} {count:,}" for outcome, count in counts.items() if count)


def _decided(order: Order, standing: Standing, decision: Decision, choice: Choice, time_zone: str) -> str:
    """Another order than the one that was decided."""
    same = choice.is_clear and set(choice.ids) == set(decision.approved)
    if same and same_person(order.loss_reason, decision.loss_reason):
        return ""
    because = f", for '{decision.loss_reason}'" if decision.loss_reason else ""
    return (
        f"Already decided {_by(decision, time_zone)}: {len(decision.approved):,} of {len(standing.proposal.deals):,}"
        f" to close{because}. A proposal is decided once: what is still open is in the next pipeline review"
    )


def _cannot_go_on(standing: Standing, decision: Decision, policy: ClosingPolicy, now: datetime, time_zone: str) -> str:
    """The order that was decided, which is over or may not be gone on with."""
    left = len(unsettled(decision, standing.closed))
    if not left:
        done = f"Already carried out {_by(decision, time_zone)}: {counted(standing.closed)}"
        return f"{done}; {counted(standing.undone)} since" if standing.undone else f"{done}; to take it back, undo it"
    if standing.undos:
        undo = standing.undos[-1]
        return (
            f"{undo.undone_by} has begun to undo this decision, on {moment_said(undo.undone_at, time_zone)}:"
            f" the {left:,} not yet closed stay open"
        )
    if office_day(now, time_zone) > undo_until(decision, policy, time_zone):
        return (
            f"Decided {_by(decision, time_zone)}, too long ago to go on with: the {left:,} not yet closed could no"
            " longer be undone; decide on the newest pipeline review"
        )
    return ""


def _by(decision: Decision, time_zone: str) -> str:
    return f"by {decision.decided_by} on {moment_said(decision.decided_at, time_zone)}"


def _too_late(standing: Standing, policy: ClosingPolicy, now: datetime, time_zone: str) -> str:
    proposal = standing.proposal
    if standing.superseded_by:
        return (
            f"Proposal {proposal.id} was replaced by {standing.superseded_by}, which found something else:"
            " decide on that one"
        )
    expired = proposal.expires(policy.decide_within_days)
    if now < expired:
        return ""
    days = policy.decide_within_days
    return (
        f"Proposal {proposal.id} expired on {moment_said(expired, time_zone)} (office time), {days} "
        f"day{'' if days == 1 else 's'} after it was made: decide on the newest pipeline review"
    )


def _reason(given: str, known: Sequence[str] | None) -> tuple[str, str]:
    """The loss reason as the org spells it, and why it is refused."""
    if not known:
        return "", (
            f"The loss reason '{name_said(given)}' cannot be kept: RITUALS_SALESFORCE_LOSS_REASON_FIELD names no field;"
            " leave it empty, or have the setting name one"
            if given.strip()
            else ""
        )
    if not given.strip():
        return "", f"Say why these deals are lost, with one of the org's loss reasons: {listed(known)}"
    exact = [value for value in known if value == given] or [value for value in known if same_person(value, given)]
    if not exact:
        return "", f"'{name_said(given)}' is no loss reason of the org: choose one of {listed(known)}"
    return exact[0], ""


def _too_many(count: int, proposal: Proposal, policy: ClosingPolicy) -> str:
    most = most_allowed(proposal, policy)
    if count <= most:
        return ""
    share = f", {policy.write_share:.0%} of {proposal.open_deals:,} open ones" if most < policy.write_count else ""
    return (
        f"{count:,} opportunities are more than one decision may close ({most:,}{share}):"
        " nothing is written; name fewer of them"
    )
