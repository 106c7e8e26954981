"""Decisions behind the golden files: five of six approved, with one of each outcome that a week brings."""

from datetime import date
from typing import Any

from tasks.reports.decision_context import DecisionContext
from tasks.rules.proposals import Decision, Outcome, Proposal, ProposedDeal, Result, Standing
from tests.rules.decisions import DECIDED_AT, deal_id, made, make_proposal, make_proposed, undo_by

from .review_builder import BASE

TOM = {"owner": "Tom Okafor", "owner_id": "005Hs00000000001AA"}
LI = {"owner": "Li Wei", "owner_id": "005Hs00000000003AA"}
ANA = {"owner": "Ana Snyder", "owner_id": "005Hs00000000002AA"}
RULE = "Close Date: a lost deal closes on the day it was lost (Sales Ops rule 12)"
MOVED = {"Probability": (20, 0), "CloseDate": ("2026-12-18", "2026-11-23")}
UNDO_URL = "https://prefect.example.com/deployments/deployment/4d5e/run?parameters=%7B%22proposal%22"


def make_context(**said: Any) -> DecisionContext:
    """Tom and Ana are known to Slack, Li is not; undo until Mon 30 Nov."""
    usual: dict[str, Any] = {
        "salesforce_url": BASE,
        "slack_owners": {TOM["owner_id"]: "U024BE7LH", ANA["owner_id"]: "W012A3CDE"},
        "undo_url": UNDO_URL,
        "undo_until": date(2026, 11, 30),
    }
    return DecisionContext(**{**usual, **said})


def proposal() -> Proposal:
    """Six deals of three owners, $381k and one in francs."""
    deals = (
        make_proposed(1, "Acme 2026", amount=120_000.0, **TOM),
        make_proposed(2, "Umbrella 2026", amount=95_000.0, stage="Proposal", **LI),
        make_proposed(3, "Hooli expansion 2026", amount=70_000.0, **LI),
        make_proposed(4, "Wayne pilot 2026", amount=56_000.0, **TOM),
        make_proposed(5, "Vandelay 2026", amount=40_000.0, **ANA),
        make_proposed(6, "Bluth 2027", amount=80_000.0, currency="CHF", value=None, **LI),
    )
    return make_proposal(deals, headline="6 to decide ($381k)")


def standing(results: tuple[Result, ...], kept: tuple[int, ...] = (5,), **said: Any) -> Standing:
    """The decision of all but `kept`, with these results."""
    approved = tuple(deal_id(number) for number in range(1, 7) if number not in kept)
    decision = Decision("2026-11-23-3f9a1c", approved, said.pop("loss_reason", "Timing"), "Marisol Vega", DECIDED_AT)
    return Standing(**{"proposal": proposal(), "decision": decision, "closed": results, **said})


def all_closed() -> Standing:
    """Five closed, one kept; Salesforce moved a close date by itself."""
    images: dict[int, dict[str, Any]] = {
        1: {
            "by_org": MOVED,
            "after": {"StageName": "Closed Lost", "Loss_Reason__c": "Timing", "CloseDate": "2026-11-23"},
        }
    }
    return standing(tuple(made(deal_id(n), Outcome.CLOSED, **images.get(n, {})) for n in (1, 2, 3, 4, 6)))


def mixed() -> Standing:
    """Two closed, one handed over, one refused by a rule, one locked."""
    return standing(
        (
            made(deal_id(1), Outcome.CLOSED, by_org=MOVED),
            made(deal_id(2), Outcome.CLOSED),
            made(deal_id(3), Outcome.SKIPPED, "now owned by Ann Lee (last edited by Ann Lee on 23 Nov)"),
            made(deal_id(4), Outcome.REFUSED, RULE),
            made(deal_id(6), Outcome.LOCKED, "somebody held the record"),
        )
    )


def none_closed() -> Standing:
    """Nothing could be closed, nothing was kept, and no answer came for the last."""
    return standing(
        (
            made(deal_id(1), Outcome.SKIPPED, "a touch on 23 Nov"),
            made(deal_id(2), Outcome.ALREADY, "as Closed Won, last edited by Ann Lee on 23 Nov"),
            made(deal_id(3), Outcome.GONE, "deleted, or no longer visible to us"),
            made(deal_id(4), Outcome.FORBIDDEN, "the integration user needs Edit on Opportunity"),
            made(deal_id(5), Outcome.SKIPPED, "held back: meeting booked 12 Dec"),
        ),
        kept=(),
        loss_reason="",
    )


def partly_undone() -> Standing:
    """Of five closed two were asked back by Alex Mitchell on Tue 24 Nov: one is open again, of one nobody knows."""
    closed = all_closed()
    now = {"StageName": "Closed Lost", "Loss_Reason__c": "Price", "CloseDate": "2026-11-23", "IsClosed": True,
           "LastModifiedBy.Name": "Ann Lee", "LastModifiedDate": "2026-11-24T16:00:00.000+0000"}  # fmt: skip
    back = Result(deal_id(1), Outcome.RESTORED, before=now, sent={"StageName": "Discovery"})
    undo = undo_by("Alex Mitchell", 1, 2)
    return Standing(closed.proposal, closed.decision, closed=closed.closed, undos=(undo,), undone=(back,))


def all_undone() -> Standing:
    """All five are open again."""
    closed = all_closed()
    back = tuple(
        Result(result.record_id, Outcome.RESTORED, before=result.after, sent={"StageName": "Discovery"})
        for result in closed.closed
    )
    undo = undo_by("Alex Mitchell", 1, 2, 3, 4, 6)
    return Standing(closed.proposal, closed.decision, closed=closed.closed, undos=(undo,), undone=back)


def large(name: str, detail: str, count: int = 25, kept: int = 25) -> Standing:
    """Many deals of many owners, with this name, owner and detail; every third is skipped."""
    deals: tuple[ProposedDeal, ...] = tuple(
        make_proposed(n, name or " ", owner=f"{n:02} {name}", owner_id=f"005Hs{n:010d}AAA", amount=1e6 - n)
        for n in range(1, count + kept + 1)
    )
    outcomes = (Outcome.SKIPPED, Outcome.CLOSED, Outcome.CLOSED)
    results = tuple(made(deal_id(n), outcomes[n % 3], detail, by_org=MOVED) for n in range(1, count + 1))
    decision = Decision("2026-11-23-3f9a1c", tuple(map(deal_id, range(1, count + 1))), name, name, DECIDED_AT)
    return Standing(make_proposal(deals), decision, closed=results)
