"""On the real tables, the queries that page through many rows search by an index."""

# ruff: noqa: S608 - SOQL, put together from the table of this test

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from deployments.sandbox.salesforce.objects import STANDARD
from deployments.sandbox.salesforce.soql.compiler import compile_query
from deployments.sandbox.salesforce.soql.context import Context
from deployments.sandbox.salesforce.soql.parser import parse
from deployments.sandbox.salesforce.store import Store

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
SILENT = "IsClosed = true AND WhatId IN (SELECT Id FROM Opportunity WHERE IsClosed = false)"

STEPS = {
    "SELECT Id, Account.Name FROM Opportunity WHERE IsClosed = false AND Id > '006000000000001AAA'"
    " ORDER BY Id LIMIT 2000":
        "SEARCH t0 USING INDEX Opportunity_Id (Id>?)",
    "SELECT Id FROM Opportunity ORDER BY Id LIMIT 2000": "SCAN t0 USING INDEX Opportunity_Id",
    f"SELECT WhatId, MAX(ActivityDate) d FROM Task WHERE {SILENT} GROUP BY WhatId ORDER BY WhatId LIMIT 2000":
        "(WhatId=?)",
    "SELECT RelatedToId, MAX(MessageDate) m FROM EmailMessage WHERE RelatedToId IN"
    " (SELECT Id FROM Opportunity WHERE IsClosed = false) AND Status = '3' GROUP BY RelatedToId": "(RelatedToId=?)",
    "SELECT Id, Subject FROM Task WHERE WhatId IN ('006000000000001AAA', '006000000000002AAA')": "(WhatId=?)",
    "SELECT Name, Owner.Name FROM Opportunity": "SEARCH t1 USING INDEX User_Id (Id=?) LEFT-JOIN",
}  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    built = Store(STANDARD, lambda: NOW)
    yield built
    built.close()


@pytest.mark.parametrize("soql", STEPS)
def test_an_index_is_used_and_nothing_is_sorted(store: Store, soql: str) -> None:
    statement = compile_query(Context(soql, STANDARD, NOW), parse(soql)).statement
    steps = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.params)]
    assert any(STEPS[soql] in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps
