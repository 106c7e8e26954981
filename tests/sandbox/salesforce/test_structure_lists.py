"""List views and tabs, as REST and the User Interface API tell of them."""

from collections.abc import Iterator

import pytest

from .company import Salesforce, Stage, refusal
from .structured import payload, read, running

RECORDED = payload("list_info")
ELEMENTS = payload("layout_elements")
NOT_IN_REST = {"relatedEntityId", "scopeEntityId"}


@pytest.fixture
def structured(stage: Stage) -> Iterator[Salesforce]:
    with running(stage) as made:
        yield made


def test_all_list_views_of_an_object_are_named(structured: Salesforce) -> None:
    body = read(structured, "sobjects/Account/listviews")
    assert (body["done"], body["size"], body["sobjectType"], body["nextRecordsUrl"]) == (True, 2, "Account", None)
    assert [(v["developerName"], v["label"]) for v in body["listviews"]] == [
        ("Customers", "Customers"), ("Mine", "My own"),
    ]  # fmt: skip
    assert read(structured, body["listviews"][0]["url"]) == body["listviews"][0]


def test_a_list_view_is_described_as_a_query_that_runs(structured: Salesforce) -> None:
    listed = read(structured, "sobjects/Account/listviews")["listviews"]
    body, mine = (read(structured, view["describeUrl"]) for view in listed)
    assert body["whereCondition"] == {"field": "Type", "operator": "equals", "values": ["'Customer - Direct'"]}
    assert [(c["fieldNameOrPath"], c["label"]) for c in body["columns"]] == [
        ("Name", "Account Name"), ("Owner.Name", "Account Owner"), ("Type", "Type"),
    ]  # fmt: skip
    assert set(body["columns"][0]) == set(ELEMENTS["ListViewColumn"])
    assert set(body) == set(ELEMENTS["DescribeSoqlListView"]) - NOT_IN_REST
    assert structured.soql(body["query"])["totalSize"] == 0
    assert structured.soql(mine["query"])["totalSize"] == 1


def test_list_info_tells_filters_and_who_sees_it(structured: Salesforce) -> None:
    body = read(structured, "ui-api/list-info/Account/customers")
    assert set(body) == {*RECORDED, "scope"}
    for part in ("listReference", "userPreferences"):
        assert set(body[part]) == set(RECORDED[part])
    for part in ("displayColumns", "orderedByInfo"):
        assert set(body[part][0]) == set(RECORDED[part][0])
    assert body["filteredByInfo"] == [
        {"fieldApiName": "Type", "label": "Type", "operandLabels": ["Customer - Direct"], "operator": "Equals"}
    ]
    assert (body["label"], body["visibility"], body["scope"]["apiName"]) == ("Customers", "Public", "everything")


def test_list_info_tells_a_private_list_and_its_scope(structured: Salesforce) -> None:
    body = read(structured, "ui-api/list-info/Account/Mine")
    assert (body["visibility"], body["scope"]["apiName"], body["filteredByInfo"]) == ("Private", "mine", [])


def test_the_lists_of_an_object_come_by_pages(structured: Salesforce) -> None:
    body = read(structured, "ui-api/list-info/Account", pageSize="1")
    assert [one["apiName"] for one in body["lists"]] == ["Customers"]
    after = read(structured, body["nextPageUrl"])
    assert [one["apiName"] for one in after["lists"]] == ["Mine"]
    assert after["nextPageToken"] is None


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("ui-api/list-info/Invoice", (400, "INVALID_TYPE")),
        ("ui-api/list-info/Profile/All", (400, "INVALID_TYPE")),
        ("ui-api/list-info/Account?pageSize=0", (400, "ILLEGAL_QUERY_PARAMETER_VALUE")),
        ("ui-api/list-info/Account?pageToken=x", (400, "ILLEGAL_QUERY_PARAMETER_VALUE")),
    ],
)
def test_list_info_refuses_what_it_does_not_know(structured: Salesforce, path: str, refused: tuple[int, str]) -> None:
    assert refusal(structured.call("GET", path))[:2] == refused


def test_the_tabs_are_those_that_the_caller_may_open(structured: Salesforce) -> None:
    tabs = read(structured, "tabs")
    assert [(t["name"], t["label"], t["sobjectName"], t["custom"]) for t in tabs] == [
        ("standard-Account", "Accounts", "Account", False),
        ("Wiki", "Our wiki", "", True),
    ]
    assert set(tabs[0]) == set(ELEMENTS["DescribeTab"])
