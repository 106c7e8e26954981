"""Proposals and decisions in which each test states only what matters to it, and threads that start together.

The review runs Mondays 07:00 in Los Angeles.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any, TypeVar

from tasks.clients import Refused
from tasks.ledger_decisions import Decisions
from tasks.rules.proposals import Decision, Proposal, ProposedDeal, Standing, Undo

T = TypeVar("T")
MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)  # Mon 23 Nov, 07:00 in Los Angeles
REPORT = "pipeline-review:2026-11-23:all"
ACME = "006000000000001AAA"
HOOLI = "006000000000002AAA"
OPEN = {"StageName": "Discovery", "Amount": 120000.0, "NextStep": None}
TO_CLOSE = {"StageName": "Closed Lost", "Loss_Reason__c": "No response"}


def deal(**known: Any) -> ProposedDeal:
    usual = {
        "id": ACME, "name": "Acme 2026", "account": "Acme", "owner_id": "005000000000001AAA", "owner": "Tom Owner",
        "stage": "Discovery", "amount": 120000.0, "currency": "USD", "value": 120000.0,
        "close_date": date(2026, 12, 18), "next_step": "", "modified": MONDAY - timedelta(days=45), "days": 45,
        "last_touch": date(2026, 10, 9), "reason": "silent for 45 days", "evidence": ("9 Oct email to J. Doe",),
    }  # fmt: skip
    return ProposedDeal(**{**usual, **known})


def proposal(name: str = "2026-11-23-aaaaaa", *, minutes: int = 0, **known: Any) -> Proposal:
    """`minutes` after the Monday's review."""
    usual = {
        "ritual": "pipeline-review", "scope": "all", "day": date(2026, 11, 23), "open_deals": 61,
        "stale_after_days": 45, "headline": "1 to decide ($120k)", "report_key": REPORT, "channel": "C0RITUALS",
        "deals": (deal(),),
    }  # fmt: skip
    return Proposal(**{**usual, "id": name, "made_at": MONDAY + timedelta(minutes=minutes), **known})


def decision(name: str = "2026-11-23-aaaaaa", by: str = "Alex Mitchell", **known: Any) -> Decision:
    usual = {"approved": (ACME,), "loss_reason": "", "decided_at": MONDAY + timedelta(hours=1), "run_id": "run-1"}
    return Decision(**{**usual, "proposal_id": name, "decided_by": by, **known})


def undo(**known: Any) -> Undo:
    usual = {
        "records": (ACME,),
        "undone_by": "Alex Mitchell",
        "undone_at": MONDAY + timedelta(days=1),
        "run_id": "run-2",
    }
    return Undo(**{"proposal_id": proposal().id, **usual, **known})


def stood(store: Decisions, proposal_id: str) -> Standing:
    """Where a proposal that is there stands."""
    standing = store.standing(proposal_id)
    assert standing is not None
    return standing


def at_once(*calls: Callable[[], T]) -> list[T | Refused]:
    """What each gives when all start at the same moment, each in a thread and on a connection of its own."""
    start = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T | Refused:
        start.wait(timeout=30)
        try:
            return call()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))
