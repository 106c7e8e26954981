"""Exactly what is put back of a record that a decision closed on Mon 2026-11-23, on Tue 24 Nov."""

from datetime import date
from typing import Any

import pytest

from tasks.rules.proposals import Outcome
from tasks.rules.undoing import Restore, restorable

from .decisions import deal_id, made

CLOSED, SKIPPED = Outcome.CLOSED, Outcome.SKIPPED
OURS = frozenset({"StageName", "Loss_Reason__c"})


def put_back(now: dict[str, Any] | None, **images: Any) -> Restore | tuple[Outcome, str]:
    return restorable(made(deal_id(1), CLOSED, **images), now, OURS, today=date(2026, 11, 24))


def record(*without: str, **changed: Any) -> dict[str, Any]:
    """The record as the decision left it, with these changes of Ann's on Tue 24 Nov."""
    left = {
        "StageName": "Closed Lost",
        "Loss_Reason__c": "Timing",
        "CloseDate": "2026-12-18",
        "Probability": 0,
        "IsClosed": True,
        "LastModifiedDate": "2026-11-24T16:00:00.000+0000",
        "LastModifiedBy.Name": "Ann Lee",
    }
    return {name: value for name, value in {**left, **changed}.items() if name not in without}


def test_exactly_what_we_wrote_is_put_back() -> None:
    assert put_back(record()) == Restore({"StageName": "Discovery", "Loss_Reason__c": None})


def test_what_somebody_else_changed_meanwhile_is_not_touched() -> None:
    assert put_back(record(Amount=5.0, NextStep="Call", CloseDate="2027-01-01")) == Restore(
        {"StageName": "Discovery", "Loss_Reason__c": None}
    )


def test_a_field_of_ours_that_somebody_changed_stays_and_is_named_with_who() -> None:
    assert put_back(record(Loss_Reason__c="Price")) == Restore(
        {"StageName": "Discovery"}, ("Loss reason stays 'Price', changed since by Ann Lee on 24 Nov",)
    )
    assert put_back(record("LastModifiedBy.Name", "LastModifiedDate", StageName="Closed Won")) == Restore(
        {"Loss_Reason__c": None}, ("Stage stays 'Closed Won', changed since",)
    )


def test_a_field_that_is_as_before_already_needs_nothing() -> None:
    assert put_back(record(Loss_Reason__c=None)) == Restore({"StageName": "Discovery"})


def test_only_fields_that_a_decision_writes_are_put_back() -> None:
    sent = {"StageName": "Closed Lost", "Loss_Reason__c": "Timing", "Amount": 1.0}
    assert put_back(record(Amount=1.0), sent=sent) == Restore({"StageName": "Discovery", "Loss_Reason__c": None})


def test_without_an_image_after_what_was_sent_is_compared() -> None:
    assert put_back(record(), after={}) == Restore({"StageName": "Discovery", "Loss_Reason__c": None})
    assert put_back(record(Loss_Reason__c="Price"), after={}) == Restore(
        {"StageName": "Discovery"}, ("Loss reason stays 'Price', changed since by Ann Lee on 24 Nov",)
    )


def test_what_the_org_made_of_our_write_is_still_ours() -> None:
    after = {"StageName": "Closed Lost", "Loss_Reason__c": "TIMING"}
    both = {"StageName": "Discovery", "Loss_Reason__c": None}
    assert put_back(record(Loss_Reason__c="TIMING"), after=after) == Restore(both)


def test_what_a_field_was_may_not_be_known() -> None:
    assert put_back(record(), before={"StageName": "Discovery"}) == Restore(
        {"StageName": "Discovery"}, ("Loss reason stays 'Timing', what it was is not known",)
    )


MOVED = {"by_org": {"CloseDate": ("2026-12-18", "2026-11-23"), "Probability": (20, 0)}}
SET = "Close date stays 23 Nov: Salesforce set it when the deal closed (it was 18 Dec)"


@pytest.mark.parametrize(
    ("by_org", "now", "kept"),
    [
        (MOVED["by_org"], {"CloseDate": "2026-11-23"}, (SET,)),
        (MOVED["by_org"], {"CloseDate": "2026-12-18"}, ()),
        (MOVED["by_org"], {"CloseDate": "2027-03-01"}, ()),
        (
            {
                "Probability": (20, 0),
                "IsClosed": (False, True),
                "ForecastCategoryName": ("Pipeline", "Omitted"),
                "SystemModstamp": (1, 2),
                "HasOverdueTask": (False, True),
                "FiscalQuarter": (4, 1),
                "LastStageChangeDate": (None, "2026-11-23T16:02:00.000+0000"),
            },
            {},
            (),
        ),
        (
            {"Main_ARR__c": (1000.0, 0.0)},
            {"Main_ARR__c": 0.0},
            ("Main ARR stays 0: Salesforce set it when the deal closed (it was 1k)",),
        ),
        (
            {"Lost__c": (False, True)},
            {"Lost__c": True},
            ("Lost stays yes: Salesforce set it when the deal closed (it was no)",),
        ),
        (
            {"OwnerId": ("005A", "005B"), "Owner.Name": ("Tom Okafor", "Queue")},
            {"OwnerId": "005B", "Owner.Name": "Queue"},
            ("Owner stays 'Queue': Salesforce set it when the deal closed (it was 'Tom Okafor')",),
        ),
    ],
    ids=[
        "as the org left it",
        "put back by hand",
        "changed again",
        "what follows from the stage",
        "a number",
        "a flag",
        "an owner",
    ],
)
def test_what_the_org_changed_by_itself_stays_and_is_named(
    by_org: dict[str, Any], now: dict[str, Any], kept: tuple[str, ...]
) -> None:
    assert put_back(record(**now), by_org=by_org) == Restore({"StageName": "Discovery", "Loss_Reason__c": None}, kept)


ENDS: dict[str, tuple[dict[str, Any] | None, tuple[Outcome, str]]] = {
    "gone": (None, (Outcome.GONE, "deleted, or no longer visible to us")),
    "open again": (
        record(StageName="Discovery", IsClosed=False, Loss_Reason__c=None),
        (Outcome.ALREADY, "open again as Discovery, last edited by Ann Lee on 24 Nov"),
    ),
    "open in another stage, our reason still there": (
        record(StageName="Proposal", IsClosed=False),
        (Outcome.ALREADY, "open again as Proposal, last edited by Ann Lee on 24 Nov; Loss reason stays 'Timing'"),
    ),
    "open, though nothing says so": (
        record("IsClosed", "LastModifiedBy.Name", "LastModifiedDate", StageName="Discovery", Loss_Reason__c=None),
        (Outcome.ALREADY, "open again as Discovery"),
    ),
    "nothing of ours left": (
        record(StageName="Closed Won", Loss_Reason__c="Price"),
        (
            SKIPPED,
            (
                "nothing is left to put back; Stage stays 'Closed Won', changed since by Ann Lee"
                " on 24 Nov; Loss reason stays 'Price', changed since by Ann Lee on 24 Nov"
            ),
        ),
    ),
}


@pytest.mark.parametrize(("now", "told"), ENDS.values(), ids=ENDS.keys())
def test_where_there_is_nothing_to_put_back(now: dict[str, Any] | None, told: tuple[Outcome, str]) -> None:
    assert put_back(now) == told
