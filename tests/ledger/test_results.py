"""What is remembered of each record of a decision: as it was before the write, and what became of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text, update

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_decisions import Action, Decisions
from tasks.ledger_tables import DecisionRow, ProposalRow, ResultRow
from tasks.rules.proposals import Outcome, Result
from tests.ledger.decision_builders import ACME, HOOLI, MONDAY, OPEN, TO_CLOSE, at_once, proposal, stood, undo


def record(number: int) -> str:
    """The id of an opportunity."""
    return f"0060000000{number:05}AAA"


CLOSED = Result(ACME, Outcome.CLOSED, after={"StageName": "Closed Lost"}, by_org={"CloseDate": ("2026-12-18", None)})


def test_what_is_kept_before_the_write_is_an_image_and_no_result(decided: Decisions) -> None:
    decided.keep_before(proposal().id, "close", ACME, OPEN, TO_CLOSE)

    assert decided.images(proposal().id, "close") == {
        ACME: Result(ACME, Outcome.UNANSWERED, before=OPEN, sent=TO_CLOSE)
    }
    assert decided.results(proposal().id, "close") == ()
    assert decided.images(proposal().id, "undo") == {}


def test_the_image_before_stays_with_the_result(decided: Decisions) -> None:
    settled = [replace(CLOSED, record_id=record(number), outcome=one) for number, one in enumerate(Outcome)]
    for one in settled:
        decided.keep_before(proposal().id, "close", one.record_id, OPEN, TO_CLOSE)
        decided.settle(proposal().id, "close", replace(one, before={"StageName": "Closed Lost"}, sent={}))

    whole = tuple(replace(one, before=OPEN, sent=TO_CLOSE) for one in settled)
    assert decided.results(proposal().id, "close") == whole
    assert decided.images(proposal().id, "close") == {one.record_id: one for one in whole}


def test_a_result_without_an_image_brings_its_own(decided: Decisions) -> None:
    skipped = Result(ACME, Outcome.SKIPPED, "now owned by Ann Lee", before=OPEN, sent=TO_CLOSE)

    decided.settle(proposal().id, "close", skipped)

    assert decided.results(proposal().id, "close") == (skipped,)


def test_only_a_result_that_is_not_final_is_replaced(decided: Decisions) -> None:
    for number, first in enumerate(Outcome):
        decided.settle(proposal().id, "close", Result(record(number), first, "the first"))
        decided.settle(proposal().id, "close", Result(record(number), Outcome.CLOSED, "the second"))

    told = dict(zip(Outcome, decided.results(proposal().id, "close"), strict=True))
    assert {first for first, result in told.items() if result.detail == "the second"} == {
        Outcome.LOCKED,
        Outcome.UNANSWERED,
    }


CHANGED = {"StageName": "Closed Lost"}


# What was settled before, whether the caller knows that nothing was carried out; then the image and outcome kept.
AGAIN = {
    "perhaps sent: the first stays": (None, False, OPEN, Outcome.UNANSWERED),
    "known not to be carried out: the newer one": (None, True, CHANGED, Outcome.UNANSWERED),
    "locked, sent again": (Outcome.LOCKED, False, OPEN, Outcome.UNANSWERED),
    "locked, looked at, sent again": (Outcome.LOCKED, True, CHANGED, Outcome.UNANSWERED),
    "unanswered, sent again": (Outcome.UNANSWERED, False, OPEN, Outcome.UNANSWERED),
    "unanswered, looked at, sent again": (Outcome.UNANSWERED, True, CHANGED, Outcome.UNANSWERED),
    "closed": (Outcome.CLOSED, False, OPEN, Outcome.CLOSED),
    "closed: never again, whatever the caller says": (Outcome.CLOSED, True, OPEN, Outcome.CLOSED),
}


def test_a_kept_image_is_the_one_before_the_first_write(decided: Decisions) -> None:
    for number, (settled, overwriting, _, _) in enumerate(AGAIN.values()):
        decided.keep_before(proposal().id, "close", record(number), OPEN, TO_CLOSE)
        if settled:
            decided.settle(proposal().id, "close", Result(record(number), settled))
        decided.keep_before(proposal().id, "close", record(number), CHANGED, TO_CLOSE, overwriting=overwriting)

    kept = decided.images(proposal().id, "close")
    assert {case: (one.before, one.outcome) for case, one in zip(AGAIN, kept.values(), strict=True)} == {
        case: (image, outcome) for case, (_, _, image, outcome) in AGAIN.items()
    }


def test_images_hold_whatever_json_holds(decided: Decisions) -> None:
    before = {"Amount": 0.1 + 0.2, "Count": 3, "Flag": True, "None": None, "List": [1, "two", None], "Of": {"a": {}}}
    result = replace(CLOSED, before=before, sent=TO_CLOSE, after=before, by_org={"Amount": (0.1, None), "F": (True, 1)})

    decided.settle(proposal().id, "close", result)

    assert decided.results(proposal().id, "close") == (result,)


def test_results_come_by_record_and_each_action_has_its_own(decided: Decisions) -> None:
    ids = ["006000000000009AAA", "006000000000001AAb", "006000000000001AAB"]
    for one in ids:
        decided.settle(proposal().id, "close", Result(one, Outcome.CLOSED))
    decided.settle(proposal().id, "undo", Result(ids[0], Outcome.RESTORED))

    standing = stood(decided, proposal().id)
    assert [one.record_id for one in standing.closed] == sorted(ids)
    assert standing.undone == (Result(ids[0], Outcome.RESTORED),)


def test_nothing_is_kept_of_what_nobody_decided(store: Decisions) -> None:
    store.propose(proposal())
    calls: list[Callable[[], None]] = [
        lambda: store.keep_before(proposal().id, "close", ACME, OPEN, TO_CLOSE),
        lambda: store.settle(proposal().id, "close", CLOSED),
        lambda: store.record_undo(undo()),
    ]

    for call in calls:
        with pytest.raises(Refused, match=f"Proposal {proposal().id} has no decision"):
            call()


def test_undos_come_in_order_and_a_repeated_run_asks_once(decided: Decisions) -> None:
    asked = [undo(), undo(run_id="run-3"), undo(run_id="", records=(HOOLI,)), undo(run_id="", records=(HOOLI,))]
    for one in [*asked, replace(undo(), undone_at=MONDAY + timedelta(days=2))]:
        decided.record_undo(one)

    assert decided.undos(proposal().id) == tuple(asked)
    standing = stood(decided, proposal().id)
    assert standing.undos == tuple(asked)


SPOILT: dict[str, Any] = {
    "a field that a later version has": update(ProposalRow).values(deals=[{"id": ACME, "colour": "red"}]),
    "no list": update(ProposalRow).values(deals={"id": ACME}),
    "text in place of a day": update(ProposalRow).values(deals=[{"id": ACME, "close_date": "soon"}]),
    "no approved": update(DecisionRow).values(approved=text("'null'")),
    "an unknown outcome": update(ResultRow).values(outcome="sold"),
    "half an image": update(ResultRow).values(by_org={"CloseDate": ["2026-12-18"]}),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_row_that_makes_no_sense_says_which_and_what_to_do(decided: Decisions, ledger: Ledger, spoilt: str) -> None:
    decided.settle(proposal().id, "close", CLOSED)
    with ledger.session() as session:
        session.execute(SPOILT[spoilt])

    with pytest.raises(Refused, match=rf"roposal {proposal().id} cannot be read.* run the review again"):
        decided.standing(proposal().id)


@pytest.mark.parametrize("action", ["close", "undo"])
def test_two_runs_that_settle_at_once_leave_one_final_result(decided: Decisions, action: Action) -> None:
    for number in range(20):
        closed, lost = (Result(record(number), outcome, "said") for outcome in (Outcome.CLOSED, Outcome.UNANSWERED))
        decided.keep_before(proposal().id, action, record(number), OPEN, TO_CLOSE)

        at_once(
            lambda r=closed: decided.settle(proposal().id, action, r),  # type: ignore[misc]
            lambda r=lost: decided.settle(proposal().id, action, r),  # type: ignore[misc]
        )

        kept = decided.images(proposal().id, action)[record(number)]
        assert kept == replace(closed, before=OPEN, sent=TO_CLOSE)
