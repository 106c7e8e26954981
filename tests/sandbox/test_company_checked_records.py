"""The values that the checkup of Salesforce looks at are as they should be, but for the known deviations."""

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.company.crowd import crowd
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.office_time import OfficeTime
from tests.company import MONDAY
from tests.known_deviations import RECORDS


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, Any]]]:
    return {name: named(table) for name, table in build(1, "small", MONDAY).tables.items()}


def named(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def deviating(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """Names of the records that are not as they should be, found here as plainly as can be."""
    accounts, deals = rows["Account"], rows["Opportunity"]
    name_of = {one["Id"]: one["Name"] for one in (*accounts, *deals)}
    won = Counter(one["AccountId"] for one in deals if one["StageName"] == "Closed Won")
    done = [one for one in deals if one["StageName"] == "Closed Won"]
    open_ = [one for one in deals if not one["StageName"].startswith("Closed")]
    links = [one["LinkedEntityId"] for one in rows.get("ContentDocumentLink", ())]
    company = re.compile(r"https://www\.linkedin\.com/company/[a-z0-9-]+")
    return {
        "notes": [
            name_of[id_] for id_ in (*(one["ParentId"] for one in rows.get("Note", ())), *links) if id_ in name_of
        ],
        "company addresses": [
            one["Name"] for one in accounts if not company.fullmatch(one["LinkedIn_Company_URL__c"] or "")
        ],
        "deals won": [one["Name"] for one in accounts if one["Deals_Won__c"] != won[one["Id"]]],
        "no year": [one["Name"] for one in deals if not re.search(r"\b20\d\d\b", one["Name"])],
        "step without a day": [one["Name"] for one in open_ if one["NextStep"] and not one["NextStepDueDate__c"]],
        "ends before it begins": [
            one["Name"] for one in done if one["Effective_Date__c"] > one["Subscription_End_Date__c"]
        ],
        "invoiced too early": [
            one["Name"] for one in done if one["Invoice_Sent__c"] and one["Invoice_Sent__c"] < one["CloseDate"]
        ],
    }


@pytest.mark.parametrize("as_of", [MONDAY, date(2027, 1, 1), date(2028, 2, 29)])
def test_records_deviate_where_it_is_known_and_nowhere_else(as_of: date) -> None:
    found = deviating({name: named(table) for name, table in build(1, "small", as_of).tables.items()})
    assert {id_: sorted(names) for id_, names in found.items()} == {one.id: list(one.records) for one in RECORDS}


@pytest.fixture(scope="module")
def many() -> dict[str, list[dict[str, Any]]]:
    """Others, drawn: accounts with several won deals, some of them won this month."""
    tables = crowd(1, 400, OfficeTime(MONDAY))
    return {name: named(tables[name]) for name in ("Account", "Opportunity")}


@pytest.mark.parametrize("company", ["rows", "many"])
def test_the_other_sums_of_an_account_are_right(company: str, request: pytest.FixtureRequest) -> None:
    rows: dict[str, list[dict[str, Any]]] = request.getfixturevalue(company)
    for account in rows["Account"]:
        deals = [one for one in rows["Opportunity"] if one["AccountId"] == account["Id"]]
        won = [one for one in deals if one["StageName"] == "Closed Won"]
        assert account["Total_Opportunities__c"] == len(deals)
        assert account["Cumulative_Revenue__c"] == sum(one["Amount"] or 0 for one in won)
        assert account["Close_Date_First_Deal__c"] == min((one["CloseDate"] for one in won), default=None)
        paid = [one["Payment_Received__c"] for one in won if one["Payment_Received__c"]]
        assert account["Payment_Received_On_Latest__c"] == max(paid, default=None)


@pytest.mark.parametrize("company", ["rows", "many"])
def test_nothing_is_paid_before_it_is_invoiced_nor_in_the_future(company: str, request: pytest.FixtureRequest) -> None:
    rows: dict[str, list[dict[str, Any]]] = request.getfixturevalue(company)
    today = MONDAY.isoformat()
    for deal in rows["Opportunity"]:
        invoiced, paid = deal["Invoice_Sent__c"], deal["Payment_Received__c"]
        assert (invoiced or today) <= today
        assert (paid or today) <= today
        assert not paid or (invoiced and invoiced <= paid)
        assert bool(deal["Effective_Date__c"]) == (deal["StageName"] == "Closed Won")


def test_a_bigger_company_adds_no_deviation_but_names_without_a_year(many: dict[str, list[dict[str, Any]]]) -> None:
    assert {id_ for id_, names in deviating(many).items() if names} == {"no year"}


def test_enhanced_notes_are_documents_with_links(rows: dict[str, list[dict[str, Any]]]) -> None:
    (note,) = rows["ContentNote"]
    assert [one["Id"] for one in rows["ContentDocument"]] == [note["Id"]]
    assert {one["ContentDocumentId"] for one in rows["ContentDocumentLink"]} == {note["Id"]}
    assert {one["LinkedEntityId"][:3] for one in rows["ContentDocumentLink"]} == {"001", "005"}
