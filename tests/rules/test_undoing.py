"""What may be undone, by whom and until when. Decided Mon 2026-11-23 08:02 in Los Angeles; undone on Tue 24 Nov."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.rules.proposals import Outcome, Result, Standing, Undo
from tasks.rules.undoing import UndoOrder, undo_of, undo_refusal

from .decisions import DECIDERS, POLICY, deal_id, decided, make_proposal, undo_by

CLOSED, SKIPPED, RESTORED = Outcome.CLOSED, Outcome.SKIPPED, Outcome.RESTORED
LOCKED, UNANSWERED, REFUSED = Outcome.LOCKED, Outcome.UNANSWERED, Outcome.REFUSED
NOW = datetime(2026, 11, 24, 17, 15, tzinfo=UTC)


def order(*opportunities: str, decider: str = "Marisol Vega") -> UndoOrder:
    return UndoOrder("2026-11-23-3f9a1c", opportunities, decider)


def refused(given: UndoOrder, standing: Standing | None, now: datetime = NOW, **said: Any) -> str:
    return undo_refusal(given, standing, **{"policy": POLICY, "deciders": DECIDERS, "now": now, **said})


def undo(given: UndoOrder, standing: Standing) -> Undo:
    return undo_of(given, standing, deciders=DECIDERS, now=NOW, run_id="r1")


def undone(*outcomes: Outcome, **said: Any) -> Standing:
    """Three closed records, the first of which have these outcomes of an undo by Alex Mitchell."""
    results = tuple(Result(deal_id(number), outcome) for number, outcome in enumerate(outcomes, start=1))
    whom = undo_by("Alex Mitchell", *range(1, len(outcomes) + 1))
    return decided([CLOSED] * 3, **{"undone": results, "undos": (whom,), **said})


def test_all_that_was_closed_is_undone() -> None:
    standing = decided([CLOSED, SKIPPED, CLOSED], kept=1)
    assert refused(order(), standing) == ""
    assert undo(order(decider="marisol vega"), standing) == Undo(
        "2026-11-23-3f9a1c", (deal_id(1), deal_id(3)), "Marisol Vega", NOW, "r1"
    )


@pytest.mark.parametrize("given", ["Deal 3", deal_id(3), deal_id(3)[:15], " deal 3"])
def test_or_only_what_is_named(given: str) -> None:
    standing = decided([CLOSED] * 3)
    assert refused(order(given), standing) == ""
    assert undo(order(given), standing).records == (deal_id(3),)


@pytest.mark.parametrize(
    ("who", "deciders", "told"),
    [
        (
            "Tom Okafor",
            DECIDERS,
            "Tom Okafor may not undo: those who may are Alex Mitchell, Marisol Vega (RITUALS_DECIDERS)",
        ),
        ("", DECIDERS, "Say who wants to undo: those who may are Alex Mitchell, Marisol Vega (RITUALS_DECIDERS)"),
        ("Tom Okafor", (), 'Nobody may undo yet: name those who may in RITUALS_DECIDERS, such as ["First Last"]'),
    ],
)
def test_only_a_decider_may(who: str, deciders: Any, told: str) -> None:
    assert refused(order(decider=who), decided([CLOSED]), deciders=deciders) == told


NOT_KNOWN = "It is not known yet whether these were closed: Deal 2; run the same decision again, then undo it"
REFUSALS: dict[str, tuple[UndoOrder, Standing | None, str]] = {
    "unknown": (
        order(),
        None,
        ("No proposal '2026-11-23-3f9a1c' is remembered: take it from the Decide button of the newest pipeline review"),
    ),
    "not decided": (
        order(),
        Standing(make_proposal()),
        ("Proposal 2026-11-23-3f9a1c was never decided: there is nothing to undo"),
    ),
    "nothing closed": (order(), decided([SKIPPED]), "This decision closed nothing: there is nothing to undo"),
    "a stranger": (
        order("Hooli"),
        decided([CLOSED]),
        ("Not in proposal 2026-11-23-3f9a1c: Hooli; give ids or full names as the report shows them"),
    ),
    "a kept one": (
        order("Deal 1", "Deal 2"),
        decided([CLOSED], kept=1),
        "Not closed by this decision: Deal 2 (kept); leave out what it did not close",
    ),
    "a skipped one": (
        order("Deal 2"),
        decided([CLOSED, SKIPPED]),
        "Not closed by this decision: Deal 2 (skipped); leave out what it did not close",
    ),
    "one without an answer": (order("Deal 2"), decided([CLOSED, UNANSWERED]), NOT_KNOWN),
    "one without a result": (order("Deal 2"), decided([CLOSED, None]), NOT_KNOWN),
    "the others of one without an answer": (order("Deal 1"), decided([CLOSED, UNANSWERED]), ""),
    "all of a decision with one without an answer": (order(), decided([CLOSED, UNANSWERED]), ""),
    "nothing known yet": (
        order(),
        decided([None]),
        ("It is not known yet whether these were closed: Deal 1; run the same decision again, then undo it"),
    ),
    "undone before": (
        order(),
        undone(RESTORED, RESTORED, REFUSED),
        (
            "Already undone by Alex Mitchell on Tue 24 Nov 09:15: restored 2, refused 1; what is not restored"
            " can only be changed in Salesforce"
        ),
    ),
    "one undone before": (
        order("Deal 1"),
        undone(RESTORED),
        (
            "Already undone by Alex Mitchell on Tue 24 Nov 09:15: restored 1; what is not restored can"
            " only be changed in Salesforce"
        ),
    ),
    "the rest of one undone before": (order(), undone(RESTORED), ""),
    "an undo that is not over": (order("Deal 1"), undone(LOCKED), ""),
}


@pytest.mark.parametrize(("given", "standing", "told"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_cannot_be_undone(given: UndoOrder, standing: Standing | None, told: str) -> None:
    assert refused(given, standing) == told


@pytest.mark.parametrize(
    ("outcomes", "left"), [((), (1, 2, 3)), ((RESTORED,), (2, 3)), ((LOCKED, RESTORED), (1, 3)), ((REFUSED,), (2, 3))]
)
def test_a_second_undo_takes_what_is_left(outcomes: tuple[Outcome, ...], left: tuple[int, ...]) -> None:
    assert undo(order(), undone(*outcomes)).records == tuple(map(deal_id, left))


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 12, 1, 7, 59, 59, tzinfo=UTC), ""),
        (
            datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
            "Decided by Marisol Vega on Mon 23 Nov 08:02, more than 7 days ago: reopen the opportunities in Salesforce",
        ),
    ],
    ids=["Mon 30 Nov 23:59:59", "Tue 1 Dec 00:00"],
)
def test_a_decision_can_be_undone_for_seven_days(now: datetime, told: str) -> None:
    assert refused(order(), decided([CLOSED]), now) == told
