"""How many calls closing a hundred opportunities takes, exactly."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from tasks.clients import SalesforceDoor
from tasks.salesforce_writes import BATCH, Change, OpportunityWriter, Said

from .watched import Asked, Watched, watched

HUNDRED = 100
CALLS = HUNDRED // BATCH
LOST = {"StageName": "Closed Lost", "Loss_Reason__c": "No response"}


@pytest.fixture(scope="module")
def closed() -> Iterator[list[Asked]]:
    """What was asked for a hundred closures: read all, write 25 a call, read all back."""
    with watched(2 * HUNDRED) as running:
        config = running.sandbox.settings
        door = SalesforceDoor(config)
        soql = f"query?q=SELECT+Id+FROM+Opportunity+WHERE+IsClosed=false+ORDER+BY+AccountId,Id+LIMIT+{HUNDRED}"
        ids = [row["Id"] for row in door.json(soql)["records"]]
        _close(running, OpportunityWriter(door, config), ids)
        yield running.watching.asked


def _close(running: Watched, writer: OpportunityWriter, ids: list[str]) -> None:
    running.watching.asked.clear()
    before = writer.read(ids)
    changes = [Change(i, LOST, datetime.fromisoformat(before[i]["LastModifiedDate"])) for i in ids]
    for start in range(0, HUNDRED, BATCH):
        answers = writer.write(changes[start : start + BATCH])
        assert {answer.said for answer in answers.values()} == {Said.WRITTEN}
    assert {record["StageName"] for record in writer.read(ids).values()} == {"Closed Lost"}


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


def test_reading_a_hundred_with_all_their_fields_is_one_call_and_what_fields_there_are_one_in_all(
    closed: list[Asked],
) -> None:
    described = [request for request in closed if request.path.endswith("describe")]
    reads = [request for request in closed if {part["method"] for part in parts(request)} == {"GET"}]

    assert (len(described), len(reads)) == (1, 2)
    assert len(closed) == len(described) + len(reads) + CALLS
