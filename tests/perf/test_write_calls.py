"""How many calls closing a hundred opportunities takes, exactly."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tasks.clients import SalesforceDoor
from tasks.closing import Carrier, Job
from tasks.ledger import Ledger
from tasks.ledger_decisions import Decisions
from tasks.rules.proposals import Outcome
from tasks.salesforce_writes import BATCH, OpportunityWriter
from tests.databases import sqlite_copy
from tests.rules.decisions import DECIDED_AT, Decision, make_proposal, make_proposed

from .watched import Asked, Watched, watched

HUNDRED = 100
CALLS = HUNDRED // BATCH
LOST = {"StageName": "Closed Lost", "Loss_Reason__c": "No response"}


@pytest.fixture(scope="module")
def closed(sqlite_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Asked]]:
    """What was asked for a decision on a hundred: for each 25 a look, the write, and what they are then."""
    url = sqlite_copy(sqlite_ledger, tmp_path_factory.mktemp("hundred"))
    with watched(2 * HUNDRED) as running, Ledger(url, owner="run") as memory:
        config = running.sandbox.settings
        door = SalesforceDoor(config)
        soql = f"query?q=SELECT+Id+FROM+Opportunity+WHERE+IsClosed=false+ORDER+BY+AccountId,Id+LIMIT+{HUNDRED}"
        _close(running, OpportunityWriter(door, config), memory, [row["Id"] for row in door.json(soql)["records"]])
        yield running.watching.asked


def _close(running: Watched, writer: OpportunityWriter, memory: Ledger, ids: list[str]) -> None:
    proposal = make_proposal(tuple(make_proposed(id=record) for record in ids))
    Decisions(memory).propose(proposal)
    Decisions(memory).record(Decision(proposal.id, tuple(ids), "No response", "Marisol Vega", DECIDED_AT))
    job = Job(
        proposal.id,
        proposal.ritual,
        "close",
        Outcome.CLOSED,
        intent=lambda _: LOST,
        judge=lambda _record, _now: LOST,
        is_ours=lambda _record, _now: False,
    )
    running.watching.asked.clear()
    results = Carrier(memory, writer).carry_out(job, ids)
    assert {result.after["StageName"] for result in results} == {"Closed Lost"}


def parts(asked: Asked) -> list[dict[str, Any]]:
    """The subrequests of a composite."""
    return list(json.loads(asked.body)["compositeRequest"]) if asked.addresses else []


def test_a_hundred_are_written_in_four_calls(closed: list[Asked]) -> None:
    writes = [request for request in closed if {part["method"] for part in parts(request)} == {"PATCH"}]

    assert [len(parts(request)) for request in writes] == [BATCH] * CALLS


def test_each_write_carries_its_own_guard(closed: list[Asked]) -> None:
    guards = [part.get("httpHeaders", {}) for request in closed for part in parts(request) if part["method"] == "PATCH"]

    assert len(guards) == HUNDRED
    assert {tuple(guard) for guard in guards} == {("If-Unmodified-Since",)}


def test_each_batch_is_read_before_and_after_with_all_fields_and_what_fields_there_are_once(
    closed: list[Asked],
) -> None:
    described = [request for request in closed if request.path.endswith("describe")]
    reads = [request for request in closed if {part["method"] for part in parts(request)} == {"GET"}]

    assert (len(described), len(reads)) == (1, 2 * CALLS)
    assert len(closed) == len(described) + len(reads) + CALLS
