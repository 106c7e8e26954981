"""The shape of the answers: Salesforce's JSON."""

# ruff: noqa: S608 - SOQL, put together from the table of this test

import pytest

from deployments.sandbox.salesforce.soql.errors import SoqlError
from deployments.sandbox.salesforce.soql.run import flat, query
from deployments.sandbox.salesforce.store import Store

from .conftest import Ask
from .org import ACME, ALPHA, ANN


def test_a_record_carries_its_type_and_address(store: Store) -> None:
    result = query(store, "SELECT id, name, account.NAME, Amount, IsClosed FROM opportunity WHERE Name LIKE 'Alpha%'")
    assert (result.total, result.records) == (
        1,
        [
            {
                "attributes": {"type": "Opportunity", "url": f"/services/data/v67.0/sobjects/Opportunity/{ALPHA}"},
                "Id": ALPHA,
                "Name": "Alpha 2026",
                "Account": {
                    "attributes": {"type": "Account", "url": f"/services/data/v67.0/sobjects/Account/{ACME}"},
                    "Name": "Acme",
                },
                "Amount": 100.0,
                "IsClosed": False,
            }
        ],
    )


def test_a_polymorphic_parent_is_a_name(store: Store) -> None:
    soql = "SELECT What.Name, What.Type, Who.Email FROM Task WHERE Subject = 'Mail'"
    (record,) = query(store, soql, version="60.0").records
    assert record["What"] == {
        "attributes": {"type": "Name", "url": f"/services/data/v60.0/sobjects/Opportunity/{ALPHA}"},
        "Name": "Alpha 2026",
        "Type": "Opportunity",
    }
    assert record["Who"] is None


@pytest.mark.parametrize(
    ("soql", "expected"),
    [
        (
            (
                "SELECT Name, (SELECT Name, Owner.FirstName FROM Opportunities WHERE Amount > 0 ORDER BY Amount DESC"
                " LIMIT 1),"
                " (SELECT Id FROM Contacts WHERE Name = 'nobody') FROM Account ORDER BY Name LIMIT 1"
            ),
            [
                {
                    "Name": "Acme",
                    "Opportunities": {
                        "totalSize": 1,
                        "done": True,
                        "records": [{"Name": "Beta_100%", "Owner": {"FirstName": "Bob"}}],
                    },
                    "Contacts": None,
                }
            ],
        ),
        (
            (
                "SELECT Id, (SELECT Name, (SELECT Subject FROM Tasks ORDER BY Subject) FROM Account.Opportunities"
                " ORDER BY Name LIMIT 1 OFFSET 0) FROM Account WHERE Name = 'Acme' LIMIT 1"
            ),
            [
                {
                    "Id": ACME,
                    "Opportunities": {
                        "totalSize": 1,
                        "done": True,
                        "records": [
                            {
                                "Name": "Alpha 2026",
                                "Tasks": {
                                    "totalSize": 3,
                                    "done": True,
                                    "records": [{"Subject": "Call"}, {"Subject": "Mail"}, {"Subject": "Plan"}],
                                },
                            }
                        ],
                    },
                }
            ],
        ),
        (
            (
                "SELECT TYPEOF What WHEN Account THEN Industry ELSE Name END FROM Task"
                " WHERE Subject IN ('Visit', 'Plan')"
                " ORDER BY Subject"
            ),
            [{"What": {"Name": "Alpha 2026"}}, {"What": {"Industry": "Media"}}],
        ),
        ("SELECT toLabel(StageName) FROM Opportunity WHERE PushCount = 3", [{"StageName": "Closed Won"}]),
        ("SELECT u.Name FROM User u WHERE u.IsActive = true", [{"Name": "Ann Ames"}]),
        (
            "SELECT FIELDS(CUSTOM), Id FROM Account ORDER BY Name LIMIT 1",
            [{"Tags__c": "AAA;BBB", "Id": ACME}],
        ),
    ],
)
def test_rows(ask: Ask, soql: str, expected: list[dict[str, object]]) -> None:
    assert ask(soql) == expected


@pytest.mark.parametrize(
    ("soql", "expected"),
    [
        (
            (
                "SELECT WhatId, MAX(ActivityDate) lastDue, MAX(CompletedDateTime), COUNT(Id) n FROM Task"
                " WHERE IsClosed = true"
                " AND WhatId IN (SELECT Id FROM Opportunity WHERE IsClosed = false)"
                " GROUP BY WhatId ORDER BY WhatId LIMIT 2000"
            ),
            [{"WhatId": ALPHA, "lastDue": "2026-10-12", "expr0": "2026-10-12T16:00:00.000+0000", "n": 2}],
        ),
        (
            "SELECT RelatedToId, MAX(MessageDate) lastMsg FROM EmailMessage GROUP BY RelatedToId",
            [{"RelatedToId": "006000000000002AAA", "lastMsg": "2026-11-20T10:00:00.000+0000"}],
        ),
        (
            (
                "SELECT StageName, COUNT(Id), SUM(Amount), AVG(Amount) a, MIN(PushCount) FROM Opportunity"
                " GROUP BY StageName HAVING COUNT(Id) > 1 OR StageName = 'closed won' ORDER BY COUNT(Id) DESC"
            ),
            [
                {"StageName": "Discovery", "expr0": 2, "expr1": 100.0, "a": 100.0, "expr2": 0},
                {"StageName": "Closed Won", "expr0": 1, "expr1": 250.5, "a": 250.5, "expr2": 3},
            ],
        ),
        (
            (
                "SELECT Account.Name, Owner.Name who, COUNT_DISTINCT(StageName) FROM Opportunity"
                " WHERE AccountId != null"
                " GROUP BY Account.Name, Owner.Name ORDER BY Account.Name, Owner.Name"
            ),
            [
                {"Name": "Acme", "who": "Ann Ames", "expr0": 1},
                {"Name": "Acme", "who": "Bob Boss", "expr0": 1},
                {"Name": "Globex", "who": "Bob Boss", "expr0": 0},
            ],
        ),
        (
            (
                "SELECT CALENDAR_YEAR(CloseDate) y, CALENDAR_QUARTER(CloseDate), SUM(Amount) FROM Opportunity"
                " GROUP BY CALENDAR_YEAR(CloseDate), CALENDAR_QUARTER(CloseDate)"
                " ORDER BY CALENDAR_YEAR(CloseDate) DESC NULLS LAST"
            ),
            [
                {"y": 2026, "expr0": 4, "expr1": 350.5},
                {"y": 2025, "expr0": 4, "expr1": -7.0},
                {"y": None, "expr0": None, "expr1": None},
            ],
        ),
        (
            (
                "SELECT WEEK_IN_YEAR(CloseDate), DAY_IN_YEAR(CloseDate), DAY_IN_WEEK(CloseDate),"
                " WEEK_IN_MONTH(CloseDate)"
                " FROM Opportunity WHERE CloseDate = 2026-11-24"
                " GROUP BY WEEK_IN_YEAR(CloseDate), DAY_IN_YEAR(CloseDate), DAY_IN_WEEK(CloseDate),"
                " WEEK_IN_MONTH(CloseDate)"
            ),
            [{"expr0": 47, "expr1": 328, "expr2": 3, "expr3": 4}],
        ),
        ("SELECT MAX(Amount), COUNT(AccountId) FROM Opportunity", [{"expr0": 250.5, "expr1": 3}]),
        ("SELECT SUM(Amount) FROM Opportunity WHERE Name = 'nobody'", [{"expr0": None}]),
        (
            "SELECT Industry FROM Account GROUP BY Industry ORDER BY Industry",
            [{"Industry": None}, {"Industry": "Media"}],
        ),
    ],
)
def test_aggregates(ask: Ask, soql: str, expected: list[dict[str, object]]) -> None:
    assert ask(soql) == expected


def test_aggregate_rows_say_what_they_are(store: Store) -> None:
    (record,) = query(store, "SELECT COUNT(Id) FROM Account").records
    assert record == {"attributes": {"type": "AggregateResult"}, "expr0": 3}


@pytest.mark.parametrize(
    ("soql", "total"),
    [
        ("SELECT COUNT() FROM Opportunity", 4),
        ("select count() from Opportunity where Amount > 0", 2),
        ("SELECT COUNT() FROM Opportunity LIMIT 3", 3),
        ("SELECT COUNT() FROM Opportunity WHERE Account.Owner.Name = 'Ann Ames'", 2),
    ],
)
def test_count(store: Store, soql: str, total: int) -> None:
    assert (query(store, soql).total, query(store, soql).records) == (total, [])


def test_flat_rows_are_for_csv(store: Store) -> None:
    result = flat(store, "SELECT Id, Account.Name, IsClosed, Amount FROM Opportunity ORDER BY Name LIMIT 1")
    assert result.columns == ("Id", "Account.Name", "IsClosed", "Amount")
    assert list(result.rows) == [(ALPHA, "Acme", False, 100.0)]
    for refused in ("SELECT COUNT() FROM Account", "SELECT (SELECT Id FROM Contacts) FROM Account"):
        with pytest.raises(SoqlError):
            flat(store, refused)


def test_a_parent_that_is_missing_is_null_at_any_depth(ask: Ask) -> None:
    soql = "SELECT Account.Owner.Manager.Name FROM Opportunity ORDER BY Name"
    manager = [r["Account"] and r["Account"]["Owner"]["Manager"] for r in ask(soql)]
    assert manager == [None, None, {"Name": "Ann Ames"}, None]
    assert ask(f"SELECT Manager.Name FROM User WHERE Id = '{ANN}'") == [{"Manager": None}]
