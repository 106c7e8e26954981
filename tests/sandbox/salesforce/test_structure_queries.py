"""What SOQL and the Tooling API tell of Setup, and to whom."""

# ruff: noqa: S608 - the queries are written for the sandbox, with values of these tests

import json
from collections.abc import Iterator
from typing import Any

import pytest

from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.salesforce.tooling_objects import VIEW_SETUP

from .company import ACME, ACME_2026, ALEX, GLOBEX, Salesforce, Stage, refusal
from .structured import ADMIN, PAGE, STANDARD_USER, read, running, tooling

NOTE, OTHER_NOTE = make_id("069", 1), make_id("069", 2)
BASE = "/services/data/v67.0"


@pytest.fixture
def structured(stage: Stage) -> Iterator[Salesforce]:
    with running(stage) as made:
        yield made


def rows(salesforce: Salesforce, soql: str) -> list[tuple[Any, ...]]:
    """The values of the records, without their attributes."""
    return [tuple(v for k, v in r.items() if k != "attributes") for r in salesforce.soql(soql)["records"]]


def refused(salesforce: Salesforce, soql: str, path: str = "query") -> tuple[int, str, str]:
    return refusal(salesforce.call("GET", path, params={"q": soql}))


def permission_set(salesforce: Salesforce, profile: str = STANDARD_USER) -> str:
    soql = f"SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND ProfileId = '{profile}'"
    ((found,),) = rows(salesforce, soql)
    return str(found)


def test_a_hidden_tab_has_no_row(structured: Salesforce) -> None:
    soql = f"SELECT Name, Visibility FROM PermissionSetTabSetting WHERE ParentId = '{permission_set(structured)}'"
    expected = [("standard-Account", "DefaultOn"), ("Wiki", "DefaultOff")]
    assert rows(structured, soql) == expected
    assert [(r["Name"], r["Visibility"]) for r in tooling(structured, soql)] == expected


def test_tab_settings_can_be_found_by_the_name_of_the_profile(structured: Salesforce) -> None:
    soql = ("SELECT Name FROM PermissionSetTabSetting WHERE Parent.IsOwnedByProfile = true AND "
            "Parent.Profile.Name = 'System Administrator' ORDER BY Name")  # fmt: skip
    assert rows(structured, soql) == [("standard-Account",), ("standard-Lead",)]


def test_tabs_are_named_by_their_definitions(structured: Salesforce) -> None:
    soql = "SELECT Name, Label, SobjectName, IsCustom FROM TabDefinition WHERE IsCustom = true"
    assert rows(structured, soql) == [("Wiki", "Our wiki", None, True)]


@pytest.mark.parametrize(
    ("profile", "field", "expected"),
    [
        (STANDARD_USER, "Account.Secret_Key__c", []),  # hidden
        (ADMIN, "Account.Secret_Key__c", [(True, True)]),
        (ADMIN, "Account.Notes_Link__c", [(True, False)]),  # a formula
        (ADMIN, "Account.Is_Asleep__c", [(True, True)]),
        (STANDARD_USER, "Account.BillingAddress", [(True, True)]),
        (STANDARD_USER, "Account.BillingCity", []),  # goes with the address
        (STANDARD_USER, "Contact.MailingAddress", []),  # hidden
        (STANDARD_USER, "Account.Name", []),  # required: nobody can be kept from it
        (STANDARD_USER, "Account.CreatedById", []),  # the system's own
        (STANDARD_USER, "Opportunity.StageName", []),
    ],
)
def test_field_permissions_have_rows_only_where_something_is_permitted(
    structured: Salesforce, profile: str, field: str, expected: list[Any]
) -> None:
    parent = permission_set(structured, profile)
    soql = f"SELECT PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE ParentId = '{parent}'"
    assert rows(structured, f"{soql} AND SobjectType = '{field.partition('.')[0]}' AND Field = '{field}'") == expected


def test_the_audit_trail_says_who_did_what(structured: Salesforce) -> None:
    columns = "CreatedDate, CreatedById, CreatedBy.Name, Section, Display"
    soql = f"SELECT {columns} FROM SetupAuditTrail ORDER BY CreatedDate DESC"
    newest, oldest = structured.soql(soql)["records"]
    assert (newest["CreatedById"], newest["CreatedBy"], newest["Display"]) == (None, None, "Upgraded")
    assert (oldest["CreatedBy"]["Name"], oldest["Section"]) == ("Alex Reed", "Page Layouts")
    assert oldest["CreatedDate"] == "2026-11-02T09:00:00.000+0000"


@pytest.mark.parametrize("clause", ["WHERE Display LIKE '%layout%'", "ORDER BY Display"])
def test_the_audit_trail_cannot_be_searched_by_what_it_says(structured: Salesforce, clause: str) -> None:
    assert refused(structured, f"SELECT Id FROM SetupAuditTrail {clause}")[0] == 400


def test_the_layout_of_a_profile_is_found(structured: Salesforce) -> None:
    found = tooling(structured, "SELECT LayoutId, Layout.Name, RecordTypeId FROM ProfileLayout WHERE ProfileId = "
                    f"'{STANDARD_USER}' AND TableEnumOrId IN ('Account', 'Opportunity', 'Lead')")  # fmt: skip
    assert sorted((r["Layout"]["Name"], r["RecordTypeId"]) for r in found) == [
        ("Account Layout", None), ("Deal Layout", None), ("Lead Layout", None),
    ]  # fmt: skip
    (mine,) = [r for r in found if r["Layout"]["Name"] == "Account Layout"]
    described = read(structured, "sobjects/Account/describe/layouts/")["layouts"][0]
    assert mine["LayoutId"] == described["id"]
    metadata = read(structured, f"tooling/sobjects/Layout/{mine['LayoutId']}")["Metadata"]
    assert [s["label"] for s in metadata["layoutSections"]][1:] == ["Additional Information", "Useful links"]
    assert "webLinks" not in metadata


def test_pages_are_listed_and_read_one_by_one(structured: Salesforce) -> None:
    body = read(structured, "tooling/query", q="SELECT Id, DeveloperName, MasterLabel, Type, EntityDefinitionId FROM "
                "FlexiPage WHERE Type = 'RecordPage' ORDER BY DeveloperName")  # fmt: skip
    assert (body["size"], body["totalSize"], body["done"], body["entityTypeName"]) == (2, 2, True, "FlexiPage")
    page = body["records"][0]
    assert page["attributes"]["url"] == f"{BASE}/tooling/sobjects/FlexiPage/{page['Id']}"
    assert (page["DeveloperName"], page["EntityDefinitionId"]) == ("Account_Page", "Account")
    whole = read(structured, page["attributes"]["url"])
    assert json.dumps(whole["Metadata"]) == json.dumps(PAGE)
    assert whole["FullName"] == "Account_Page"


@pytest.mark.parametrize("field", ["Metadata", "FullName"])
def test_metadata_is_given_for_one_record_only(structured: Salesforce, field: str) -> None:
    (one,) = tooling(structured, f"SELECT Id, {field} FROM FlexiPage WHERE DeveloperName = 'Account_Page'")
    assert one[field] == (PAGE if field == "Metadata" else "Account_Page")
    status, code, message = refused(structured, f"SELECT Id, {field} FROM FlexiPage", "tooling/query")
    assert (status, code) == (400, "MALFORMED_QUERY")
    assert message.endswith("must specify no more than one row for retrieval. Result size: 2")


def test_the_app_has_its_navigation(structured: Salesforce) -> None:
    (app,) = tooling(structured, "SELECT Id, DeveloperName, Label, NavType, UiType FROM CustomApplication")
    assert (app["Label"], app["NavType"], app["UiType"]) == ("Sales", "Standard", "Lightning")
    metadata = read(structured, f"tooling/sobjects/CustomApplication/{app['Id']}")["Metadata"]
    assert metadata["tabs"] == ["standard-Account"]


@pytest.mark.parametrize(
    ("path", "soql", "code"),
    [
        ("query", "SELECT Id FROM FlexiPage", "INVALID_TYPE"),
        ("query", "SELECT Id FROM ProfileLayout", "INVALID_TYPE"),
        ("query", "SELECT Id FROM Layout", "INVALID_TYPE"),
        ("tooling/query", "SELECT Id FROM Account", "INVALID_TYPE"),
        ("tooling/query", "SELECT Id FROM FieldPermissions", "INVALID_TYPE"),
        ("tooling/query", "SELECT Colour FROM FlexiPage", "INVALID_FIELD"),
        ("tooling/query", "SELECT Id FROM FlexiPage WHERE FullName = 'x'", "INVALID_FIELD"),
        ("tooling/query", "SELECT Id FROM", "MALFORMED_QUERY"),
        ("tooling/query", "", "MALFORMED_QUERY"),
    ],
)
def test_each_api_knows_its_own_objects(structured: Salesforce, path: str, soql: str, code: str) -> None:
    assert refused(structured, soql, path)[:2] == (400, code)


@pytest.mark.parametrize("name", sorted(VIEW_SETUP))
def test_without_view_setup_setup_is_unknown(structured: Salesforce, name: str) -> None:
    structured.org.hidden_objects = set(VIEW_SETUP)
    for path in ("query", "tooling/query"):
        status, code, message = refused(structured, f"SELECT Id FROM {name}", path)
        assert (status, code) == (400, "INVALID_TYPE")
        assert f"sObject type '{name}' is not supported." in message
    assert structured.call("GET", f"sobjects/{name}/describe").status_code == 404


def test_without_view_setup_no_page_can_be_read(structured: Salesforce) -> None:
    page = tooling(structured, "SELECT Id FROM FlexiPage")[0]["Id"]
    structured.org.hidden_objects = set(VIEW_SETUP)
    assert refusal(structured.call("GET", f"tooling/sobjects/FlexiPage/{page}"))[:2] == (403, "INSUFFICIENT_ACCESS")
    assert structured.soql("SELECT Id FROM Profile")["totalSize"] == 2
    structured.org.hidden_objects.clear()
    assert read(structured, f"tooling/sobjects/FlexiPage/{page}")["Id"] == page


@pytest.fixture
def noted(structured: Salesforce) -> Salesforce:
    """An enhanced note at a deal, and one at an account."""
    load = structured.store.insert_many
    notes = [(NOTE, "Call with Jo", ALEX), (OTHER_NOTE, "Renewal", ALEX)]
    load("ContentDocument", ("Id", "Title", "OwnerId"), notes)
    load("ContentNote", ("Id", "Title", "OwnerId"), notes)
    load("ContentDocumentLink", ("ContentDocumentId", "LinkedEntityId"), [(NOTE, ACME_2026), (OTHER_NOTE, ACME)])
    return structured


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (f"WHERE ContentDocumentId = '{NOTE}'", 1),
        (f"WHERE ContentDocumentId IN ('{NOTE}', '{OTHER_NOTE}')", 2),
        (f"l WHERE l.LinkedEntityId = '{ACME}' AND ShareType = null", 1),
        (f"WHERE LinkedEntityId IN ('{ACME}', '{GLOBEX}')", 1),
    ],
)
def test_links_are_found_from_their_ends(noted: Salesforce, where: str, found: int) -> None:
    assert noted.soql(f"SELECT LinkedEntityId FROM ContentDocumentLink {where}")["totalSize"] == found


@pytest.mark.parametrize(
    "where",
    [
        "",
        "WHERE ShareType = 'V'",
        f"WHERE LinkedEntityId != '{ACME}'",
        f"WHERE LinkedEntityId NOT IN ('{ACME}')",
        "WHERE LinkedEntity.Type = 'Account'",
        f"WHERE LinkedEntityId = '{ACME}' OR ShareType = 'V'",
        "WHERE LinkedEntityId IN (SELECT Id FROM Account)",
    ],
)
def test_links_cannot_be_searched_freely(noted: Salesforce, where: str) -> None:
    status, code, message = refused(noted, f"SELECT Id FROM ContentDocumentLink {where}")
    assert (status, code) == (400, "MALFORMED_QUERY")
    assert message.startswith("Implementation restriction: ContentDocumentLink requires a filter by a single Id")


def test_links_are_no_subselect(noted: Salesforce) -> None:
    soql = f"SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '{ACME}'"
    assert refused(noted, f"SELECT Id FROM ContentDocument WHERE Id IN ({soql})")[:2] == (400, "MALFORMED_QUERY")


def test_a_note_knows_what_it_hangs_at(noted: Salesforce) -> None:
    soql = (
        f"SELECT LinkedEntity.Type, ContentDocument.Title FROM ContentDocumentLink WHERE ContentDocumentId = '{NOTE}'"
    )
    (link,) = noted.soql(soql)["records"]
    assert (link["LinkedEntity"]["Type"], link["ContentDocument"]["Title"]) == ("Opportunity", "Call with Jo")


def test_descriptions_fit_into_a_composite_and_the_tooling_api_has_its_own(structured: Salesforce) -> None:
    def get(name: str, path: str) -> dict[str, str]:
        return {"method": "GET", "url": f"{BASE}/{path}", "referenceId": name}

    used = structured.org.used
    paths = ("sobjects/Account/describe/layouts/", "sobjects/Account/describe/compactLayouts",
             "sobjects/Account/listviews", "ui-api/list-info/Account", "tooling/query?q=SELECT Id")  # fmt: skip
    answers = structured.composite(*(get(f"r{i}", path) for i, path in enumerate(paths)))
    assert [a["httpStatusCode"] for a in answers] == [200, 200, 200, 404, 404]
    assert structured.org.used == used + 1
    inner = {"compositeRequest": [get("pages", "tooling/query?q=SELECT Id FROM FlexiPage"), get("limits", "limits")]}
    answer = structured.call("POST", "tooling/composite", json=inner).json()["compositeResponse"]
    assert [a["httpStatusCode"] for a in answer] == [200, 404]


def test_setup_can_only_be_read(structured: Salesforce) -> None:
    answer = structured.call("POST", "sobjects/SetupAuditTrail", json={"Action": "x"})
    assert refusal(answer)[1] == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
    assert structured.call("POST", "tooling/sobjects/FlexiPage/0M0000000000001AAA", json={}).status_code == 405
