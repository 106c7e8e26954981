"""What is refused once names and types are known, with Salesforce's code and text."""

# ruff: noqa: S608 - SOQL, put together from the table of this test

import pytest

from deployments.sandbox.salesforce.schema import Catalogue, Field, SObject
from deployments.sandbox.salesforce.soql.errors import SoqlError
from deployments.sandbox.salesforce.soql.run import query
from deployments.sandbox.salesforce.store import Store

from .conftest import Refusal
from .org import NOW

SEMI = "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions."

REFUSALS = [
    ("SELECT Id FROM Opportunity WHERE CloseDate = '2026-11-23'", "INVALID_FIELD",
     "value of filter criterion for field 'CloseDate' must be of type date and should not be enclosed in quotes"),
    ("SELECT Id FROM Opportunity WHERE CreatedDate > 2026-11-23", "INVALID_FIELD",
     "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes"),
    ("SELECT Id FROM Opportunity WHERE CloseDate > 2026-11-23T00:00:00Z", "INVALID_FIELD",
     "value of filter criterion for field 'CloseDate' must be of type date and should not be enclosed in quotes"),
    ("SELECT Id FROM Opportunity WHERE Amount IN ('5')", "INVALID_FIELD",
     "value of filter criterion for field 'Amount' must be of type currency and should not be enclosed in quotes"),
    ("SELECT Id FROM Opportunity WHERE PushCount = 1.5", "INVALID_FIELD",
     "value of filter criterion for field 'PushCount' must be of type int and should not be enclosed in quotes"),
    ("SELECT Id FROM Opportunity WHERE IsClosed = 'true'", "INVALID_FIELD",
     "value of filter criterion for field 'IsClosed' must be of type boolean and should not be enclosed in quotes"),
    ("SELECT Id FROM Opportunity WHERE Name = 5", "INVALID_FIELD",
     "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes"),
    ("SELECT Id FROM Opportunity WHERE Amount > USD5000", "INVALID_FIELD",
     "value of filter criterion for field 'Amount' must be of type currency and should not be enclosed in quotes"),
    ("SELECT Id FROM Opportunity WHERE Id = '123'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: 123"),
    ("SELECT Id FROM Opportunity WHERE Id LIKE '006%'", "INVALID_QUERY_FILTER_OPERATOR",
     "invalid operator on id field"),
    ("SELECT Id FROM Opportunity WHERE IsClosed > true", "INVALID_QUERY_FILTER_OPERATOR",
     "invalid operator on boolean field"),
    ("SELECT Id FROM Opportunity WHERE Name INCLUDES ('a')", "INVALID_QUERY_FILTER_OPERATOR",
     "invalid operator on string field"),
    ("SELECT Id FROM Opportunity WHERE Amount > null", "INVALID_QUERY_FILTER_OPERATOR",
     "invalid operator on currency field"),
    ("SELECT Id FROM Account WHERE Tags__c LIKE 'A%'", "INVALID_QUERY_FILTER_OPERATOR",
     "invalid operator on multipicklist field"),
    ("SELECT Id FROM Account WHERE Description = 'x'", "INVALID_FIELD",
     "field 'Description' can not be filtered in a query call"),
    ("SELECT Id FROM Account ORDER BY Description", "MALFORMED_QUERY",
     "field 'Description' can not be sorted in a query call"),
    ("SELECT MessageDate FROM EmailMessage GROUP BY MessageDate", "MALFORMED_QUERY",
     "field 'MessageDate' can not be grouped in a query call"),
    ("SELECT MAX(Description) FROM Account", "MALFORMED_QUERY",
     "field Description does not support aggregate operator MAX"),
    ("SELECT SUM(Name) FROM Account", "MALFORMED_QUERY", "field Name does not support aggregate operator SUM"),
    ("SELECT COUNT(IsClosed) FROM Opportunity", "MALFORMED_QUERY",
     "field IsClosed does not support aggregate operator COUNT"),
    ("SELECT Name, COUNT(Id) FROM Account", "MALFORMED_QUERY", "Field must be grouped or aggregated: Name"),
    ("SELECT Industry FROM Account GROUP BY Industry ORDER BY Name", "MALFORMED_QUERY",
     "Field must be grouped or aggregated: Name"),
    ("SELECT Industry FROM Account GROUP BY Industry HAVING Name = 'x'", "MALFORMED_QUERY",
     "Field must be grouped or aggregated: Name"),
    ("SELECT COUNT(Id) FROM Account LIMIT 5", "MALFORMED_QUERY",
     "Non-grouped query that uses overall aggregate functions cannot also use LIMIT"),
    ("SELECT Account.Name, Owner.Name FROM Opportunity GROUP BY Account.Name, Owner.Name", "MALFORMED_QUERY",
     "duplicate alias: Name"),
    ("SELECT COUNT() FROM Account GROUP BY Name", "MALFORMED_QUERY",
     "COUNT() cannot be used with GROUP BY or ORDER BY"),
    ("SELECT Industry FROM Account GROUP BY ROLLUP(Industry)", "MALFORMED_QUERY",
     "GROUP BY ROLLUP is not supported in this organization"),
    ("SELECT Id FROM Account WHERE COUNT(Id) > 1", "MALFORMED_QUERY", "Aggregate functions are not allowed in WHERE"),
    ("SELECT Name n FROM Account", "MALFORMED_QUERY", "only aggregate expressions use field aliasing"),
    ("SELECT Id, id FROM Account", "INVALID_FIELD", "duplicate field selected: Id"),
    ("SELECT CALENDAR_YEAR(CloseDate) FROM Opportunity", "MALFORMED_QUERY",
     "Field must be grouped or aggregated: CALENDAR_YEAR"),
    ("SELECT FORMAT(Amount) FROM Opportunity", "MALFORMED_QUERY",
     "Function FORMAT is not supported in this organization"),
    ("SELECT FIELDS(ALL) FROM Account", "MALFORMED_QUERY", "The SOQL FIELDS function must have a LIMIT of at most 200"),
    ("SELECT FIELDS(ALL) FROM Account LIMIT 201", "MALFORMED_QUERY",
     "The SOQL FIELDS function must have a LIMIT of at most 200"),
    ("SELECT Id FROM Account USING SCOPE team", "MALFORMED_QUERY", "Scope 'team' is not supported for this query"),
    ("SELECT Id FROM Account WITH USER_MODE", "MALFORMED_QUERY", "WITH USER_MODE is allowed in Apex only"),
    ("SELECT Id FROM Opportunity WHERE Name = 'x' OR AccountId IN (SELECT Id FROM Account)", "MALFORMED_QUERY", SEMI),
    ("SELECT Id FROM Opportunity WHERE NOT AccountId IN (SELECT Id FROM Account)", "MALFORMED_QUERY", SEMI),
    ("SELECT Id FROM Opportunity WHERE Amount > 0 AND (Name = 'x' AND AccountId IN (SELECT Id FROM Account))",
     "MALFORMED_QUERY", SEMI),
    ("SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM Account)", "MALFORMED_QUERY",
     "The inner and outer selects should not be on the same object type"),
    ("SELECT Id FROM Opportunity WHERE Id IN (SELECT WhatId FROM Task)", "MALFORMED_QUERY",
     "The inner select field 'WhatId' cannot have more than one type"),
    ("SELECT Id FROM Opportunity WHERE Name IN (SELECT AccountId FROM Contact)", "MALFORMED_QUERY",
     "The left operand 'Name' in the where expression for outer query should be an id field, cannot use : 'Name'"),
    ("SELECT Id FROM Task WHERE WhatId IN (SELECT Id FROM Opportunity WHERE AccountId IN (SELECT Id FROM Account))",
     "MALFORMED_QUERY", "Nesting of semi join sub-selects is not supported"),
    (("SELECT Id FROM Task WHERE WhatId IN (SELECT Id FROM Account) AND WhatId IN (SELECT Id FROM Opportunity)"
     " AND WhoId IN (SELECT Id FROM Contact)"), "MALFORMED_QUERY", "Maximum 2 semi join sub-selects are allowed"),
    ("SELECT Id FROM Opportunity WHERE CloseDate = 2026-02-30", "MALFORMED_QUERY", "invalid date literal: 2026-02-30"),
    ("SELECT Id FROM Opportunity WHERE CloseDate = LAST_N_YEARS:99999", "MALFORMED_QUERY",
     "invalid formula literal: LAST_N_YEARS:99999"),
    ("SELECT Id FROM Opportunity WHERE CreatedDate > 9999-12-31T23:59:59-08:00", "MALFORMED_QUERY",
     "invalid datetime literal: 9999-12-31T23:59:59-08:00"),
    (r"SELECT Id FROM Opportunity WHERE Name = 'a\ud800b'", "MALFORMED_QUERY", r"invalid string literal: a\ud800b"),
    (r"SELECT Id FROM Opportunity WHERE Name = 'a\_b'", "MALFORMED_QUERY", r"invalid string literal: a\_b"),
    ("SELECT Id, (SELECT COUNT(Id) FROM Contacts) FROM Account", "MALFORMED_QUERY",
     "Aggregate functions and GROUP BY are not allowed in a child subquery"),
    ("SELECT TYPEOF Account WHEN Account THEN Name END FROM Opportunity", "MALFORMED_QUERY",
     "TYPEOF needs a polymorphic relationship, Account is none"),
]  # fmt: skip


@pytest.mark.parametrize(("soql", "code", "text"), REFUSALS, ids=[soql for soql, _, _ in REFUSALS])
def test_refused(refusal: Refusal, soql: str, code: str, text: str) -> None:
    error = refusal(soql)
    assert (error.code, error.message.rsplit("\n", 1)[-1]) == (code, text)


def test_an_unknown_object_is_answered_as_recorded(refusal: Refusal) -> None:
    """The text that CumulusCI recorded from a real org."""
    error = refusal("select count() from XYZZY")
    assert error.code == "INVALID_TYPE"
    assert error.message == (
        "\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not"
        " supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name."
        " Please reference your WSDL or the describe call for the appropriate names."
    )


@pytest.mark.parametrize(
    ("soql", "column", "start"),
    [
        ("SELECT Nope FROM Opportunity", 8, "No such column 'Nope' on entity 'Opportunity'. If you are attempting"),
        ("SELECT Id FROM Opportunity WHERE Account.Nope = 'x'", 34, "No such column 'Nope' on entity 'Account'."),
        ("SELECT What.Amount FROM Task", 8, "No such column 'Amount' on entity 'Name'."),
        ("SELECT Nope.Name FROM Opportunity", 8, "Didn't understand relationship 'Nope' in field path."),
        ("SELECT What.Owner.Name FROM Task", 8, "Didn't understand relationship 'Owner' in field path."),
        ("SELECT MAX(Amount) FROM Opportunity GROUP BY Nope", 46, "No such column 'Nope' on entity 'Opportunity'."),
        ("SELECT Id FROM Account ORDER BY cnt", 33, "No such column 'cnt' on entity 'Account'."),
        ("SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Account", 8, "Only 5 levels"),
    ],
)
def test_an_unknown_name_is_pointed_at(refusal: Refusal, soql: str, column: int, start: str) -> None:
    error = refusal(soql)
    _, line, caret, place, text = error.message.split("\n")
    assert (line, caret, place) == (soql, " " * (column - 1) + "^", f"ERROR at Row:1:Column:{column}")
    assert text.startswith(start)


def test_a_child_relationship_that_does_not_exist(refusal: Refusal) -> None:
    error = refusal("SELECT Id, (SELECT Id FROM Nopes) FROM Account")
    assert error.code == "INVALID_TYPE"
    assert "Didn't understand relationship 'Nopes' in FROM part of query call." in error.message


def test_offset_has_a_limit(refusal: Refusal) -> None:
    error = refusal("SELECT Id FROM Account OFFSET 2001")
    assert (error.code, error.message) == ("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000")


def test_what_sqlite_cannot_take_is_refused(refusal: Refusal) -> None:
    nested = "(Name = 'x' OR (Name = 'y' AND " * 40 + "Name = 'z'" + "))" * 40
    assert refusal(f"SELECT Id FROM Account WHERE {nested}").code == "QUERY_TOO_COMPLICATED"


@pytest.mark.parametrize(("limit", "groups"), [("", None), (" LIMIT 2001", None), (" LIMIT 2000", 2000)])
def test_no_more_than_2000_groups_at_once(limit: str, groups: int | None) -> None:
    number = SObject("Number__c", "a00", (Field("Id", "id"), Field("IsDeleted", "boolean"), Field("Name")))
    store = Store(Catalogue((SObject("User", "005", (Field("Id", "id"),)), number)), lambda: NOW)
    store.insert_many("Number__c", ["Name"], ((str(n),) for n in range(2001)))
    soql = f"SELECT Name, COUNT(Id) FROM Number__c GROUP BY Name{limit}"
    if groups is not None:
        assert query(store, soql).total == groups
        return
    with pytest.raises(SoqlError) as caught:
        query(store, soql)
    assert (caught.value.code, caught.value.message) == (
        "EXCEEDED_ID_LIMIT",
        "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch",
    )
