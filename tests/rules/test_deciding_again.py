"""An order on a proposal that is decided already. Decided Mon 2026-11-23 08:02 in Los Angeles: two of three deals."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tasks.rules.deciding import Order, same_contents
from tasks.rules.proposals import Outcome

from .decisions import DECIDED_AT, deal_id, decide, decided, made, order, refused, undo_by

CLOSED, LOCKED, SKIPPED = Outcome.CLOSED, Outcome.LOCKED, Outcome.SKIPPED


OTHER = (
    "Already decided by Marisol Vega on Mon 23 Nov 08:02: 2 of 3 to close, for 'Timing'."
    " A proposal is decided once: what is still open is in the next pipeline review"
)
DONE = "Already carried out by Marisol Vega on Mon 23 Nov 08:02: closed 1, skipped 1; to take it back, undo it"
LATE = (
    "Decided by Marisol Vega on Mon 23 Nov 08:02, too long ago to go on with: the 1 not yet closed could no longer be"
    " undone; decide on the newest pipeline review"
)
UNDOING = "Alex Mitchell has begun to undo this decision, on Tue 24 Nov 09:15: the 1 not yet closed stay open"
SAME = ("Deal 1", "Deal 2")
LAST_SECOND = datetime(2026, 12, 1, 7, 59, 59, tzinfo=UTC)  # Mon 30 Nov 23:59:59 at the office


@pytest.mark.parametrize(
    ("given", "outcomes", "said", "told"),
    [
        (order("Deal 1"), [CLOSED, SKIPPED], {}, OTHER),
        (order(), [CLOSED, None], {}, OTHER),
        (order("Deal 1", "Hooli"), [CLOSED, None], {}, OTHER),
        (order(*SAME, loss_reason="Price"), [CLOSED, None], {}, OTHER),
        (order(*SAME), [CLOSED, SKIPPED], {}, DONE),
        (order(*SAME), [CLOSED, None], {}, ""),
        (order(*SAME), [CLOSED, LOCKED], {}, ""),
        (order(*SAME), [None, None], {}, ""),
        (order("deal 2", deal_id(1), loss_reason="timing", decider="Alex Mitchell"), [CLOSED, LOCKED], {}, ""),
        (order(*SAME), [CLOSED, LOCKED], {"now": LAST_SECOND}, ""),
        (order(*SAME), [CLOSED, LOCKED], {"now": LAST_SECOND + timedelta(seconds=1)}, LATE),
        (order(*SAME), [CLOSED, LOCKED], {"undos": (undo_by("Alex Mitchell", 1),)}, UNDOING),
    ],
    ids=[
        "fewer",
        "more",
        "a stranger",
        "another reason",
        "the same, all final",
        "the same, one without a result",
        "the same, one locked",
        "the same, nothing done",
        "the same in other words, by another decider",
        "the same on the last day it can be undone",
        "the same a second later",
        "the same, undone meanwhile",
    ],
)
def test_a_second_order_goes_on_with_the_first_or_is_refused(
    given: Order, outcomes: list[Outcome | None], said: dict[str, Any], told: str
) -> None:
    standing = decided(outcomes, kept=1, undos=said.get("undos", ()))
    assert refused(given, standing, now=said.get("now", DECIDED_AT)) == told


def test_an_order_that_was_carried_out_and_undone_says_both() -> None:
    gone = (made(deal_id(1), Outcome.RESTORED),)
    standing = decided([CLOSED, SKIPPED], kept=1, undos=(undo_by("Alex Mitchell", 1),), undone=gone)
    assert refused(order(*SAME), standing) == (
        "Already carried out by Marisol Vega on Mon 23 Nov 08:02: closed 1, skipped 1; restored 1 since"
    )


def test_an_order_that_repeats_a_decision_is_that_decision() -> None:
    standing = decided([CLOSED, LOCKED], kept=1)
    again = decide(order("Deal 1", "Deal 2", decider="Alex Mitchell"), standing, now=DECIDED_AT + timedelta(hours=1))
    assert again == standing.decision


def test_two_decisions_are_the_same_by_what_they_close_and_why() -> None:
    one = decide(order("Deal 1", "Deal 2"))
    assert same_contents(one, replace(one, approved=one.approved[::-1], decided_by="Alex Mitchell", run_id="r"))
    assert not same_contents(one, replace(one, approved=one.approved[:1]))
    assert not same_contents(one, replace(one, loss_reason="Price"))
