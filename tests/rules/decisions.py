"""Proposals, decisions and records for the tests: each states only what matters. Proposed on Mon 2026-11-23 07:28 in
Los Angeles, decided by Marisol Vega the same day at 08:02."""

from datetime import UTC, date, datetime
from typing import Any

from tasks.rules.deciding import Order, decision_of, refusal
from tasks.rules.policy import ClosingPolicy
from tasks.rules.proposals import Decision, Outcome, Proposal, ProposedDeal, Result, Standing, Undo

TODAY = date(2026, 11, 23)
MADE_AT = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)
DECIDED_AT = datetime(2026, 11, 23, 16, 2, tzinfo=UTC)
DECIDERS = frozenset({"Marisol Vega", "Alex Mitchell"})
LOSS_REASONS = ("No Decision", "Price", "Timing")
POLICY = ClosingPolicy()
LAST_EDIT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def deal_id(number: int) -> str:
    """An id of 18 characters."""
    return f"006Hs{number:010d}AAA"


def make_proposed(number: int = 1, name: str = "", **said: Any) -> ProposedDeal:
    """A deal of Tom's over $10,000 times its number, silent since Fri 9 Oct."""
    usual: dict[str, Any] = {
        "account": "Acme", "owner_id": "005Hs00000000001AA", "owner": "Tom Okafor", "stage": "Discovery",
        "amount": 10_000.0 * number, "currency": "USD", "close_date": date(2026, 12, 18), "next_step": "Call back",
        "modified": LAST_EDIT, "days": 45, "last_touch": date(2026, 10, 9), "reason": "No communication for 45 days",
    }  # fmt: skip
    known = {**usual, **said}
    return ProposedDeal(**{"id": deal_id(number), "name": name or f"Deal {number}", "value": known["amount"], **known})


def make_proposal(deals: int | tuple[ProposedDeal, ...] = 5, **said: Any) -> Proposal:
    """A proposal of five deals of a hundred open ones, the largest first."""
    made = tuple(make_proposed(number) for number in range(deals, 0, -1)) if isinstance(deals, int) else deals
    usual: dict[str, Any] = {
        "id": "2026-11-23-3f9a1c", "ritual": "pipeline-review", "scope": "all", "day": TODAY, "made_at": MADE_AT,
        "open_deals": 100, "stale_after_days": 45, "headline": f"{len(made)} to decide",
        "report_key": "pipeline-review:2026-11-23", "channel": "C01", "deals": made,
    }  # fmt: skip
    return Proposal(**{**usual, **said})


def decided(outcomes: list[Outcome | None], *, kept: int = 0, loss_reason: str = "Timing", **said: Any) -> Standing:
    """The standing of a decision on the deals 1, 2, … with these outcomes (None: no result yet), the others kept."""
    proposal = make_proposal(tuple(make_proposed(number) for number in range(1, len(outcomes) + kept + 1)))
    ids = tuple(deal_id(number) for number in range(1, len(outcomes) + 1))
    results = tuple(made(record, outcome) for record, outcome in zip(ids, outcomes, strict=True) if outcome)
    decision = Decision(proposal.id, ids, loss_reason, "Marisol Vega", DECIDED_AT)
    return Standing(**{"proposal": proposal, "decision": decision, "closed": results, **said})


def made(record: str, outcome: Outcome, detail: str = "", **said: Any) -> Result:
    """A result; a closed record has the images of an ordinary closing."""
    if outcome is not Outcome.CLOSED:
        return Result(record, outcome, detail, **said)
    usual: dict[str, Any] = {
        "before": {"StageName": "Discovery", "Loss_Reason__c": None, "CloseDate": "2026-12-18", "Probability": 20},
        "sent": {"StageName": "Closed Lost", "Loss_Reason__c": "Timing"},
        "after": {"StageName": "Closed Lost", "Loss_Reason__c": "Timing", "CloseDate": "2026-12-18", "Probability": 0},
        "by_org": {"Probability": (20, 0)},
    }
    return Result(record, outcome, detail, **{**usual, **said})


def undo_by(name: str, *records: int, at: datetime = datetime(2026, 11, 24, 17, 15, tzinfo=UTC)) -> Undo:
    """That somebody undoes these deals on Tue 24 Nov 09:15."""
    return Undo("2026-11-23-3f9a1c", tuple(map(deal_id, records)), name, at)


def order(*opportunities: str, **said: Any) -> Order:
    """An order of a decider's with a loss reason of the org's."""
    usual: dict[str, Any] = {"loss_reason": "Timing", "decider": "Marisol Vega"}
    return Order("2026-11-23-3f9a1c", opportunities, **{**usual, **said})


def refused(order: Order, standing: Standing | None = None, **said: Any) -> str:
    """Why it is refused at the moment of the decision; "" where it is not."""
    usual: dict[str, Any] = {
        "policy": POLICY,
        "deciders": DECIDERS,
        "loss_reasons": LOSS_REASONS,
        "now": DECIDED_AT,
    }
    return refusal(order, standing or Standing(make_proposal()), **{**usual, **said})


def decide(order: Order, standing: Standing | None = None, **said: Any) -> Decision:
    """What it decides."""
    usual: dict[str, Any] = {"deciders": DECIDERS, "loss_reasons": LOSS_REASONS, "now": DECIDED_AT}
    return decision_of(order, standing or Standing(make_proposal()), **{**usual, **said})
