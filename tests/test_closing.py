"""Carrying out a decision and undoing it, over HTTP against the pretend org: what becomes of each record, and that
nobody else's change is ever overwritten."""

from collections.abc import Iterator
from typing import Any

import pytest
from simple_salesforce.format import format_soql
from sqlalchemy import text

from tasks import closing, decisions
from tasks.clients import LimitReached, SalesforceDoor, Unavailable
from tasks.decisions import DecisionRefused
from tasks.ledger_decisions import Decisions
from tasks.rules.proposals import Outcome, Proposal
from tasks.runs import remembered
from tasks.settings import settings
from tests.company import Sandbox
from tests.deciding import DECIDER, REASON, Order, decided, judged, proposed, today, told, undone
from tests.flows.runs import company_of_today, reports

ACME, COBALT = "Acme 2026", "Cobalt Insurance 2026"
TOM, PRIYA = "Tom Okafor", "Priya Nair"
WRITE = {"path": ".*/composite/?", "method": "POST"}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with company_of_today() as sandbox:
        yield sandbox


@pytest.fixture
def proposal(installed: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Proposal:
    """What the weekly review proposes of the pretend company: six deals."""
    monkeypatch.setattr(closing, "lock_waits", lambda _: iter([0.0] * 4))
    return proposed()


def id_of(proposal: Proposal, name: str) -> str:
    return next(deal.id for deal in proposal.deals if deal.name == name)


def user(sandbox: Sandbox, name: str) -> str:
    return str(rows(sandbox, format_soql("SELECT Id FROM User WHERE Name = {}", name))[0]["Id"])


def rows(sandbox: Sandbox, soql: str) -> list[dict[str, Any]]:
    return list(SalesforceDoor(sandbox.settings).json(f"query?q={soql.replace(' ', '+')}")["records"])


def record(sandbox: Sandbox, record_id: str) -> dict[str, Any]:
    return dict(SalesforceDoor(sandbox.settings).json(f"sobjects/Opportunity/{record_id}"))


def stages(sandbox: Sandbox, proposal: Proposal) -> dict[str, str]:
    return {deal.name: record(sandbox, deal.id)["StageName"] for deal in proposal.deals}


def someone_else(sandbox: Sandbox, deal: str, fields: dict[str, Any] | None, before_call: int = 1) -> None:
    """A colleague does that to the record, right before so many more composite calls."""
    sandbox.org(edits=[{"id": deal, "fields": fields, "user_id": user(sandbox, PRIYA), "before_call": before_call}])


def test_what_was_approved_is_closed_with_the_reason_and_the_rest_is_kept(
    installed: Sandbox, proposal: Proposal
) -> None:
    results = decided(proposal, ACME, COBALT)

    assert {name: result.outcome for name, result in results.items()} == dict.fromkeys((ACME, COBALT), Outcome.CLOSED)
    acme = record(installed, id_of(proposal, ACME))
    assert (acme["StageName"], acme["Loss_Reason__c"], acme["IsClosed"]) == ("Closed Lost", REASON, True)
    others = {name: stage for name, stage in stages(installed, proposal).items() if name not in results}
    assert "Closed Lost" not in others.values()


def test_the_images_hold_the_record_as_it_was_and_as_it_is(installed: Sandbox, proposal: Proposal) -> None:
    was = record(installed, id_of(proposal, ACME))

    result = decided(proposal, ACME)[ACME]

    assert {name: result.before[name] for name in was if name != "attributes"} == {
        name: value for name, value in was.items() if name != "attributes"
    }
    assert result.sent == {"StageName": "Closed Lost", "Loss_Reason__c": REASON}
    assert (result.after["StageName"], result.after["IsClosed"]) == ("Closed Lost", True)


def test_what_salesforce_changes_by_itself_is_kept_beside_them(installed: Sandbox, proposal: Proposal) -> None:
    installed.org(moves_close_date=True)
    was = record(installed, id_of(proposal, ACME))["CloseDate"]

    result = decided(proposal, ACME)[ACME]

    assert result.by_org["CloseDate"] == (was, today())
    assert "StageName" not in result.by_org


RULE = "A lost deal needs a competitor."


@pytest.mark.parametrize(
    ("trouble", "outcome", "says"),
    [
        ({"validation_rules": RULE}, Outcome.REFUSED, RULE),
        ({"read_only_ids": True}, Outcome.FORBIDDEN, "insufficient access rights"),
        ({"locked_times": 3}, Outcome.CLOSED, ""),
    ],
    ids=["a validation rule", "no permission", "locked three times"],
)
def test_one_record_in_trouble_stops_no_other(
    installed: Sandbox, proposal: Proposal, trouble: dict[str, Any], outcome: Outcome, says: str
) -> None:
    [(what, value)] = trouble.items()
    acme = id_of(proposal, ACME)
    installed.org(**{what: [acme] if value is True else {acme: value}})

    results = decided(proposal, ACME, COBALT)

    assert results[COBALT].outcome is Outcome.CLOSED
    assert results[ACME].outcome is outcome
    assert says in results[ACME].detail


@pytest.mark.parametrize(
    ("fields", "outcome", "says"),
    [
        ({"StageName": "Negotiation"}, Outcome.SKIPPED, "stage Discovery → Negotiation"),
        ({"Amount": 90_000}, Outcome.SKIPPED, "amount $120k → $90k"),
        ({"Description": "They called."}, Outcome.SKIPPED, "edited since by Priya Nair"),
        ({"StageName": "Closed Won"}, Outcome.ALREADY, "as Closed Won, last edited by Priya Nair"),
        ({"StageName": "Closed Lost"}, Outcome.ALREADY, "as Closed Lost, last edited by Priya Nair"),
        (None, Outcome.GONE, "deleted, or no longer visible to us"),
    ],
    ids=["stage", "amount", "another field", "won", "lost by another", "deleted"],
)
@pytest.mark.parametrize("call", [1, 2], ids=["before it is read again", "between the reading and the write"])
def test_what_a_colleague_did_meanwhile_stands(
    installed: Sandbox, proposal: Proposal, fields: dict[str, Any] | None, outcome: Outcome, says: str, call: int
) -> None:
    standing = decisions.decide.fn(Order(proposal.id, (ACME, COBALT), REASON, DECIDER), dry_run=False)
    findings = judged().findings
    someone_else(installed, id_of(proposal, ACME), fields, before_call=call)

    results = {result.record_id: result for result in decisions.close.fn(standing, findings)}

    acme = results[id_of(proposal, ACME)]
    assert (acme.outcome, says in acme.detail) == (outcome, True), acme
    assert results[id_of(proposal, COBALT)].outcome is Outcome.CLOSED
    if fields:
        now = record(installed, id_of(proposal, ACME))
        assert {name: now[name] for name in fields} == fields
        assert now["Loss_Reason__c"] is None


def test_a_deal_that_got_a_touch_since_is_skipped(installed: Sandbox, proposal: Proposal) -> None:
    call = {"WhatId": id_of(proposal, ACME), "OwnerId": user(installed, TOM), "Subject": "Call", "Status": "Completed"}
    SalesforceDoor(installed.settings).json("sobjects/Task", "POST", {**call, "TaskSubtype": "Call"})

    results = decided(proposal, ACME, COBALT)

    assert (results[ACME].outcome, results[COBALT].outcome) == (Outcome.SKIPPED, Outcome.CLOSED)
    assert results[ACME].detail.startswith("a touch on ")


def test_a_deal_that_has_a_new_owner_is_skipped(installed: Sandbox, proposal: Proposal) -> None:
    someone_else(installed, id_of(proposal, ACME), {"OwnerId": user(installed, "Jo Takahashi")})

    assert decided(proposal, ACME)[ACME].detail.startswith("now owned by Jo Takahashi")


def test_what_stays_locked_is_left_open_and_the_next_run_closes_it(installed: Sandbox, proposal: Proposal) -> None:
    installed.org(locked_ids=[id_of(proposal, ACME)])

    with pytest.raises(Unavailable, match="1 of 2 opportunities are not settled yet"):
        decided(proposal, ACME, COBALT)
    assert stages(installed, proposal)[COBALT] == "Closed Lost"
    assert "not yet" in told(decisions.tell.fn(proposal.id))

    installed.org(locked_ids=[])
    assert decided(proposal, ACME, COBALT)[ACME].outcome is Outcome.CLOSED


def test_a_lost_answer_is_looked_up_and_not_sent_again(installed: Sandbox, proposal: Proposal) -> None:
    standing = decisions.decide.fn(Order(proposal.id, (ACME, COBALT), REASON, DECIDER), dry_run=False)
    findings = judged().findings
    installed.fault("drop_after", match={**WRITE, "nth": 2})
    with pytest.raises(Unavailable):
        decisions.close.fn(standing, findings)
    written = record(installed, id_of(proposal, ACME))["SystemModstamp"]

    results = decisions.close.fn(standing, judged().findings)

    assert {result.outcome for result in results} == {Outcome.CLOSED}
    assert all(result.before["StageName"] != "Closed Lost" for result in results)
    assert record(installed, id_of(proposal, ACME))["SystemModstamp"] == written


def test_a_session_that_ends_between_reading_and_writing_keeps_the_guard(
    installed: Sandbox, proposal: Proposal
) -> None:
    standing = decisions.decide.fn(Order(proposal.id, (ACME,), REASON, DECIDER), dry_run=False)
    findings = judged().findings
    installed.fault("unauthorized", match={**WRITE, "nth": 2})
    someone_else(installed, id_of(proposal, ACME), {"Amount": 90_000}, before_call=2)

    [result] = decisions.close.fn(standing, findings)

    assert (result.outcome, record(installed, id_of(proposal, ACME))["StageName"]) == (Outcome.SKIPPED, "Discovery")


def test_where_the_calls_of_the_day_are_used_up_nothing_is_lost(installed: Sandbox, proposal: Proposal) -> None:
    standing = decisions.decide.fn(Order(proposal.id, (ACME, COBALT), REASON, DECIDER), dry_run=False)
    findings = judged().findings
    installed.fault("limit_reached", match={**WRITE, "nth": 2})
    with pytest.raises(LimitReached):
        decisions.close.fn(standing, findings)
    assert "the org's API calls are used up" in told(decisions.tell.fn(proposal.id))

    assert {result.outcome for result in decisions.close.fn(standing, findings)} == {Outcome.CLOSED}


def test_an_effect_that_another_run_holds_is_left_to_it(installed: Sandbox, proposal: Proposal) -> None:
    standing = decisions.decide.fn(Order(proposal.id, (ACME, COBALT), REASON, DECIDER), dry_run=False)
    key = f"pipeline-review:{proposal.id}:close:{id_of(proposal, ACME)}"
    with remembered(settings()) as other:
        other.plan(key, {"StageName": "Closed Lost", "Loss_Reason__c": REASON})
        other.claim(key)

    with pytest.raises(Unavailable, match="another run is writing it"):
        decisions.close.fn(standing, judged().findings)

    assert stages(installed, proposal)[ACME] == "Discovery"
    assert stages(installed, proposal)[COBALT] == "Closed Lost"
    with remembered(settings()) as other, other.session() as session:  # its lease is over
        session.execute(text("UPDATE effect SET lease_until = NULL"))
    assert {result.outcome for result in decisions.close.fn(standing, judged().findings)} == {Outcome.CLOSED}


def test_a_decision_is_taken_once(installed: Sandbox, proposal: Proposal) -> None:
    decided(proposal, ACME)

    with pytest.raises(DecisionRefused, match="Already decided by Marisol Vega"):
        decided(proposal, COBALT)
    with pytest.raises(DecisionRefused, match="Already carried out by Marisol Vega"):
        decided(proposal, ACME)


def test_a_dry_run_takes_nothing_down_and_writes_nothing(installed: Sandbox, proposal: Proposal) -> None:
    before = stages(installed, proposal)
    standing = decisions.decide.fn(Order(proposal.id, (ACME,), REASON, DECIDER))
    post = decisions.preview.fn(standing, judged().findings)

    assert f"closed: {ACME} $120k" in told(post)
    assert stages(installed, proposal) == before
    with remembered(settings()) as memory:
        assert Decisions(memory).standing(proposal.id).decision is None


def test_an_undo_puts_back_what_was_written_and_no_more(installed: Sandbox, proposal: Proposal) -> None:
    installed.org(moves_close_date=True)
    decided(proposal, ACME, COBALT)

    results = undone(proposal, ACME)

    now = record(installed, id_of(proposal, ACME))
    assert results[ACME].outcome is Outcome.RESTORED
    assert (now["StageName"], now["Loss_Reason__c"], now["IsClosed"]) == ("Discovery", None, False)
    assert now["CloseDate"] == today()
    assert stages(installed, proposal)[COBALT] == "Closed Lost"


def test_an_undo_leaves_alone_what_somebody_changed_since(installed: Sandbox, proposal: Proposal) -> None:
    acme = id_of(proposal, ACME)
    decided(proposal, ACME, COBALT)
    someone_else(installed, acme, {"Loss_Reason__c": "Price"})

    undone(proposal)

    now = record(installed, acme)
    assert (now["StageName"], now["Loss_Reason__c"]) == ("Discovery", "Price")


def test_what_is_open_again_is_not_undone(installed: Sandbox, proposal: Proposal) -> None:
    decided(proposal, ACME)
    someone_else(installed, id_of(proposal, ACME), {"StageName": "Negotiation"})

    assert undone(proposal)[ACME].outcome is Outcome.ALREADY
    assert stages(installed, proposal)[ACME] == "Negotiation"


def test_the_thread_tells_each_owner_once_and_the_first_line_says_it(installed: Sandbox, proposal: Proposal) -> None:
    decided(proposal, ACME, COBALT)
    decisions.tell.fn(proposal.id)
    decisions.tell.fn(proposal.id)

    [[parent, *thread]] = reports(installed)
    assert "closed 2 by Marisol Vega" in parent["text"]
    assert "to decide" not in parent["text"]
    assert len([reply for reply in thread if "Closed 2" in reply["text"]]) == 1
