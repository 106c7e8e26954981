"""The pretend company looks as the handbook has it (L149 to L179), but for the known deviations, and no other."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.structure import structure_of
from deployments.sandbox.company.structure_pages import APP
from deployments.sandbox.salesforce.custom import SALES
from deployments.sandbox.salesforce.store import Store
from tests.company import MONDAY, OFFICE
from tests.known_deviations import DEVIATIONS, STRUCTURE

STRUCTURE_OF = structure_of(OfficeTime(MONDAY))
PEOPLE = "Standard User"
OBJECTS = ("Account", "Opportunity", "Contact", "Lead")
# What is made of several fields of the catalogue.
COMPOUND = {"BillingAddress", "ShippingAddress", "MailingAddress", "Address"}


def label(sobject: str, field: str) -> str:
    known = SALES.get(sobject)
    found = known and known.by_name.get(field.lower())
    return found.label if found else field


def section(sobject: str, heading: str) -> list[str]:
    """The fields of a section of the layout that people see, row by row."""
    layout = STRUCTURE_OF.layouts[STRUCTURE_OF.assigned[PEOPLE, sobject]]
    (found,) = (one for one in layout["layoutSections"] if one["label"] == heading)
    left, right = ([item["field"] for item in column["layoutItems"]] for column in found["layoutColumns"])
    return [name for pair in zip(left, [*right, ""], strict=False) for name in pair if name]


def on_page(page: str, region: str) -> Iterator[dict[str, Any]]:
    """The components and fields of a region, those within facets too, in order."""
    regions = {one["name"]: one["itemInstances"] for one in STRUCTURE_OF.flexipages[page]["flexiPageRegions"]}
    for item in regions[region]:
        instance = item["componentInstance"] or item["fieldInstance"]
        yield instance
        for value in instance.get("componentInstanceProperties", ()):
            if value["value"] in regions:
                yield from on_page(page, value["value"])


def names(page: str, region: str) -> list[str]:
    return [one.get("componentName") or one["fieldItem"].removeprefix("Record.") for one in on_page(page, region)]


# The handbook's demands in the org's API names: where, what is there, what the handbook wants.
@pytest.mark.parametrize(
    ("line", "found", "wanted", "missing", "extra"),
    [
        pytest.param(149, [tab for tab, how in STRUCTURE_OF.tabs[PEOPLE].items() if how == "DefaultOn"],
                     [f"standard-{name}" for name in OBJECTS], [], ["standard-Campaign"], id="tabs"),
        pytest.param(155, names("Account_Record_Page", "sidebar")[2:6],
                     ["Purchase_Orders__c", "Signed_Subscription_Agreements__c", "Invoices_Sent__c", "Meeting_Notes__c",
                      "Signed_NDA__c"], ["Signed_NDA__c"], [], id="useful links"),
        pytest.param(156, section("Account", "Additional Information"),
                     ["Name", "Rating", "LinkedIn_Sales_Navigator_URL__c", "LinkedIn_Company_URL__c",
                      "My_LinkedIn_Overlaps__c"], [], [], id="account, additional information"),
        pytest.param(157, section("Account", "Accounting"),
                     ["Invoice_Sent_Latest__c", "Payment_Received_On_Latest__c", "Subscription_End_Date_Latest__c",
                      "Press_Approval__c", "License_Key__c", "Total_Opportunities__c", "Deals_Won__c",
                      "Close_Date_First_Deal__c", "Cumulative_Revenue__c", "Payment_Terms__c", "BillingAddress",
                      "ShippingAddress"], [], [], id="account, accounting"),
        pytest.param(158, names("Account_Record_Page", "sidebar")[6:],
                     ["force:relatedListSingleContainer", "c:meetingNotes", "runtime_sales_activities:activityPanel"],
                     [], [], id="account, right"),
        pytest.param(163, STRUCTURE_OF.compact["Opportunity"]["fields"],
                     ["AccountId", "Amount", "CloseDate", "NextStep", "OwnerId"], [], [], id="opportunity, top"),
        pytest.param(164, section("Opportunity", "Opportunity Information"),
                     ["AccountId", "Name", "Amount", "NextStep", "NextStepDueDate__c", "CloseDate", "StageName"],
                     [], [], id="opportunity information"),
        pytest.param(165, section("Opportunity", "Accounting"),
                     ["Up_To_Hosts__c", "Type", "Payment_Terms__c", "Billing_Process__c", "Term__c", "Reseller__c",
                      "Effective_Date__c", "Subscription_End_Date__c", "Invoice_Sent__c", "Payment_Received__c"],
                     ["Term__c"], [], id="opportunity, accounting"),
        pytest.param(166, names("Opportunity_Record_Page", "sidebar"),
                     ["runtime_sales_activities:activityPanel", "c:linkedInSalesNavigator", "stage history"],
                     ["stage history"], [], id="opportunity, right"),
        pytest.param(171, STRUCTURE_OF.compact["Contact"]["fields"],
                     ["Name", "Title", "Department", "AccountId", "LinkedIn_URL__c", "Orbit_Feed__c"],
                     ["Department", "Orbit_Feed__c"], [], id="contact, top"),
        pytest.param(174, names("Contact_Record_Page", "sidebar"),
                     ["runtime_sales_activities:activityPanel", "c:meetingNotesReminder", "c:managerInformation"], [],
                     ["c:relatedContacts"], id="contact, right"),
        pytest.param(179, section("Lead", "Lead Information"), ["Name", "LeadSource", "Status", "Rating"], ["Rating"],
                     ["OwnerId", "Phone", "MobilePhone", "Company", "Email", "Title", "Website"], id="lead"),
    ],
)  # fmt: skip
def test_the_page_differs_from_the_handbook_only_where_it_is_known(
    line: int, found: list[str], wanted: list[str], missing: list[str], extra: list[str]
) -> None:
    assert sorted(set(wanted) - set(found)) == sorted(missing)
    assert sorted(set(found) - set(wanted)) == sorted(extra)
    assert not missing or any(one.line == line for one in STRUCTURE)


def test_the_highlights_of_an_account_have_two_fields_swapped() -> None:
    assert [label("Account", name) for name in STRUCTURE_OF.compact["Account"]["fields"]] == [
        "BillingAddress", "Parent Account ID", "LinkedIn Company URL", "Employees", "CISO Employees (#)", "Industry",
    ]  # fmt: skip
    assert section("Account", "Additional Information")[0] == "Name"


def test_sections_of_a_contact_are_on_the_page_itself() -> None:
    found = [
        one for one in on_page("Contact_Record_Page", "main") if one.get("componentName") == "flexipage:fieldSection"
    ]
    headings = [
        value["value"] for one in found for value in one["componentInstanceProperties"] if value["name"] == "label"
    ]
    assert headings == ["Contact Details", "Relationship", "Ways to Reach"]
    fields = names("Contact_Record_Page", "main")
    second = fields[fields.index("LinkedIn_URL__c") :][:8]
    assert {"LinkedIn_URL__c", "Name", "Is_Champion__c", "AccountId", "Title", "ReportsToId"} <= set(second)
    assert "Department" not in fields
    assert "Department" in section("Contact", "Contact Information")
    assert "force:detailPanel" not in fields


@pytest.mark.parametrize(
    ("sobject", "view", "filters", "shared"),
    [
        ("Account", "Customers", [], True),  # the type is missing
        ("Opportunity", "All Opportunities", ["IsClosed"], True),  # no filter is expected
        ("Contact", "All Contacts", [], False),
        ("Lead", "All Leads", [], True),
    ],
)
def test_list_views(sobject: str, view: str, filters: list[str], shared: bool) -> None:
    (found,) = (one for one in STRUCTURE_OF.list_views[sobject] if one.label == view)
    assert ([one["field"] for one in found.filters], found.shared, found.scope) == (filters, shared, "everything")


@pytest.mark.parametrize(
    ("field", "host"),
    [
        ("Purchase_Orders__c", "drive.google.com"),
        ("Signed_Subscription_Agreements__c", "drive.google.com"),
        ("Invoices_Sent__c", "www.dropbox.com"),
        ("Meeting_Notes__c", "drive.google.com"),
        ("Signed_NDA__c", "drive.google.com"),
    ],
)
def test_links_search_for_the_account(field: str, host: str) -> None:
    store = Store(SALES, lambda: datetime.combine(MONDAY, datetime.min.time(), OFFICE))
    store.insert_many("Account", ("Id", "Name"), [("001000000000001AAA", "Harbor Credit Union")])
    shown = (store.get("Account", "001000000000001AAA") or {})[field]
    assert re.match(
        rf'<a href="https://{re.escape(host)}/[^" ]*Harbor%20Credit%20Union%20[^" ]+" target="_blank">', shown
    )
    account = SALES.get("Account")
    assert account is not None
    assert host in account.by_name[field.lower()].formula


def test_what_the_org_calls_differently_and_what_it_does_not_have() -> None:
    assert label("Account", "License_Key__c") == "Licence Key"
    contact = SALES.get("Contact")
    assert contact is not None
    assert not [field for field in contact.fields if "orbit" in field.label.casefold()]
    assert STRUCTURE_OF.hidden_fields[PEOPLE] == {"Opportunity.Reseller__c"}


def test_the_page_of_an_account_is_that_of_the_profile() -> None:
    app = STRUCTURE_OF.apps[APP]
    default = {one["pageOrSobjectType"]: one["content"] for one in app["actionOverrides"]}
    (own,) = app["profileActionOverrides"]
    assert (own["profile"], own["content"]) == ("Standard", "Account_Record_Page")
    assert default["Account"] != own["content"]
    assert set(default) == {"Account", "Opportunity", "Contact"}


def test_the_integration_sees_other_layouts_than_people() -> None:
    assert all(
        STRUCTURE_OF.assigned["Integration User", name] != STRUCTURE_OF.assigned[PEOPLE, name] for name in OBJECTS
    )


def known(sobject: str, field: str) -> bool:
    found = SALES.get(sobject)
    return field in COMPOUND or (found is not None and field.lower() in found.by_name)


def test_all_that_is_named_exists() -> None:
    laid = [
        (name.partition("-")[0], item["field"])
        for name, layout in STRUCTURE_OF.layouts.items()
        for part in layout["layoutSections"]
        for column in part["layoutColumns"]
        for item in column["layoutItems"]
    ]
    shown = [
        (page["sobjectType"], item["fieldInstance"]["fieldItem"].removeprefix("Record."))
        for page in STRUCTURE_OF.flexipages.values()
        for region in page["flexiPageRegions"]
        for item in region["itemInstances"]
        if item["fieldInstance"]
    ]
    high = [(name, field) for name, one in STRUCTURE_OF.compact.items() for field in one["fields"]]
    listed = [
        (name, field)
        for name, views in STRUCTURE_OF.list_views.items()
        for view in views
        for field in (*view.columns, *(one["field"] for one in view.filters))
    ]
    assert [pair for pair in (*laid, *shown, *high, *listed) if not known(*pair)] == []
    assert set(STRUCTURE_OF.assigned.values()) == set(STRUCTURE_OF.layouts)
    named_pages = {one["content"] for app in STRUCTURE_OF.apps.values()
                   for one in (*app["actionOverrides"], *app["profileActionOverrides"])}  # fmt: skip
    assert named_pages == set(STRUCTURE_OF.flexipages)


def test_no_layout_has_a_field_twice_and_no_page_loses_a_facet() -> None:
    for layout in STRUCTURE_OF.layouts.values():
        fields = [item["field"] for part in layout["layoutSections"] for column in part["layoutColumns"]
                  for item in column["layoutItems"]]  # fmt: skip
        assert [name for name, count in Counter(fields).items() if count > 1] == []
    for page in STRUCTURE_OF.flexipages.values():
        made = Counter(region["name"] for region in page["flexiPageRegions"] if region["type"] == "Facet")
        used = Counter(
            value["value"]
            for region in page["flexiPageRegions"]
            for item in region["itemInstances"]
            if item["componentInstance"]
            for value in item["componentInstance"]["componentInstanceProperties"]
            if value["value"].startswith("Facet")
        )
        assert made == used == Counter(set(made))


@pytest.mark.parametrize("as_of", [MONDAY, date(2028, 2, 29)])
def test_the_audit_trail_is_that_of_the_last_180_days_by_people_who_exist(as_of: date) -> None:
    company = build(1, "small", as_of)
    at = company.tables["User"].columns.index("Id")
    users = {row[at] for row in company.tables["User"].rows} | {""}
    opening = datetime.combine(as_of, datetime.min.time(), OFFICE)
    assert len(company.structure.trail) == 11
    assert all(timedelta() < opening - one.at <= timedelta(days=180) for one in company.structure.trail)
    assert {one.by for one in company.structure.trail} <= users


def test_the_list_of_deviations_is_one_for_people() -> None:
    assert len({one.id for one in DEVIATIONS}) == len(DEVIATIONS) == 23
    assert len({(one.object, one.line, one.about) for one in DEVIATIONS}) == len(DEVIATIONS)
    assert all(one.object in {"", *OBJECTS} and one.what and one.where and one.about for one in DEVIATIONS)
    assert [one.line for one in STRUCTURE] == sorted(one.line for one in STRUCTURE)
