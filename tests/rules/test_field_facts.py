"""Fields, links, list views and tabs as rows of the facts: what the profile may read, and what people call it."""

import pytest

from tasks.rules.field_catalogue import Fields, readable_fields
from tasks.rules.list_views import list_view, named, unread_view
from tasks.rules.org_facts import Kind, Surface, catalogue_frame
from tasks.rules.page_labels import field_label
from tasks.rules.tabs import navigation, tab_settings
from tests.rules.pages import told


def describe(**fields):
    return {
        "label": "Account",
        "fields": [{"name": name, "label": name, "type": "string", **of} for name, of in fields.items()],
    }


PERMITTED = {"permissionable": True}
PART = {**PERMITTED, "compoundFieldName": "BillingAddress"}
ADDRESS = describe(BillingAddress=PERMITTED, BillingStreet=PART, BillingCity=PART, BillingLatitude=PART)


@pytest.mark.parametrize(
    ("described", "readable", "field_", "visible"),
    [
        (describe(Website=PERMITTED), {"Account.Website"}, "Website", True),
        (describe(Website=PERMITTED), {"Account.Phone"}, "Website", False),
        (describe(Name={"permissionable": False}), set(), "Name", True),
        (ADDRESS, {"Account.BillingAddress"}, "BillingAddress", True),
        (ADDRESS, {"Account.BillingAddress"}, "BillingCity", True),
        (ADDRESS, {"Account.BillingStreet", "Account.BillingCity"}, "BillingAddress", True),
        (ADDRESS, {"Account.BillingStreet"}, "BillingAddress", False),
        (describe(), {"Account.Key__c"}, "Key__c", True),
        (describe(), set(), "Key__c", False),
        (describe(), set(), "RecordTypeId", True),
        (describe(Website=PERMITTED), None, "Website", True),
    ],
)
def test_which_fields_the_profile_may_read(described, readable, field_, visible):
    assert Fields("Account", described, readable).is_visible(field_) is visible


def test_only_a_permission_to_read_counts():
    rows = [{"Field": "Account.A", "PermissionsRead": True}, {"Field": "Account.B", "PermissionsRead": False}]

    assert readable_fields(rows) == {"Account.A"}


def test_fields_that_the_integration_user_may_not_read_are_named():
    assert Fields("Account", describe(Website={}), {"Account.Key__c", "Account.Website", "Lead.X"}).hidden_here() == [
        "Key__c"
    ]


def test_the_catalogue_keeps_describes_own_labels():
    fields = Fields(
        "Account",
        describe(Type={"label": "Account Type", "type": "picklist"}, Nda__c={"calculatedFormula": "1"}),
        {"Account.Type"},
    )
    frame = catalogue_frame(fields.catalogue)

    assert frame.loc[0].to_dict() == {"object": "Account", "field": "Type", "label": "Account Type", "type": "picklist",
                                      "visible": True, "formula": ""}  # fmt: skip
    assert frame["formula"].tolist() == ["", "1"]


HYPERLINK = 'HYPERLINK("https://drive.google.com/?q=" & Name, "Search")'


@pytest.mark.parametrize(
    ("of", "leads_to"),
    [
        ({"calculatedFormula": HYPERLINK}, [HYPERLINK]),
        ({"type": "url"}, [""]),
        ({}, []),
        ({"calculatedFormula": "1 + 1"}, []),
    ],
)
def test_fields_that_are_links_have_a_row_as_links_too(of, leads_to):
    fields = Fields("Account", describe(Nda__c=of), {"Account.Nda__c"})
    rows = list(
        fields.seen([{"kind": Kind.FIELD, "field": "Nda__c", "label": "Signed NDA", "section": "Useful links"}])
    )

    assert told(rows, "kind") == [Kind.FIELD] + [Kind.LINK] * len(leads_to)
    assert told(rows, "detail", kind=Kind.LINK, section="Useful links") == leads_to


@pytest.mark.parametrize(
    ("described", "label"),
    [
        ({"name": "OwnerId", "label": "Owner ID", "type": "reference"}, "Opportunity Owner"),
        ({"name": "AccountId", "label": "Account ID", "type": "reference"}, "Account Name"),
        ({"name": "ParentId", "label": "Parent Account ID", "type": "reference"}, "Parent Account"),
        ({"name": "ReportsToId", "label": "Reports To ID", "type": "reference"}, "Reports To"),
        ({"name": "Name", "label": "Full Name"}, "Name"),
        ({"name": "Name", "label": "Name"}, "Opportunity Name"),
        ({"name": "Type", "label": "Opportunity Type"}, "Type"),
        ({"name": "ExpectedRevenue", "label": "Expected Amount"}, "Expected Amount"),
        ({"name": "License_Key__c", "label": ""}, "License Key"),
    ],
)
def test_what_pages_call_a_field(described, label):
    assert field_label(described, "Opportunity") == label


VIEW = {"Name": "Customers", "DeveloperName": "Our_Customers"}


@pytest.mark.parametrize(
    ("filtered", "said"),
    [
        (("Type", "Type", "Equals", ["Customer"]), "Type equals Customer"),
        (("Type", None, "NotEqual", ["A", "B"]), "Account Type not equal to A, B"),
        (("Fit__c", None, "GreaterOrEqual", ["3"]), "Fit greater or equal 3"),
        (("Fit__c", None, "SomethingNew", []), "Fit something new (nothing)"),
    ],
)
def test_filters_read_as_sentences(filtered, said):
    filtered = dict(zip(("fieldApiName", "label", "operator", "operandLabels"), filtered, strict=True))
    rows = list_view({"filteredByInfo": [filtered]}, VIEW, "Account", 1, {"Type": "Account Type"})

    assert told(rows, "label", kind=Kind.FILTER, section="Customers") == [said]


@pytest.mark.parametrize(
    ("visibility", "shared"), [("Public", True), ("Private", False), ("Shared", False), (None, False)]
)
def test_a_view_is_shared_with_all_or_it_is_not(visibility, shared):
    info = {"label": "Customers", "visibility": visibility, "scope": {"apiName": "mine"}}

    assert told(list_view(info, VIEW, "Account", 1, {}), "visible", "detail", "field") == [
        (shared, "mine", "Our_Customers")
    ]


def test_filters_that_are_not_all_needed_say_so():
    one = {"fieldApiName": "Type", "operator": "Equals", "operandLabels": ["x"]}
    rows = list_view({"filteredByInfo": [one, one], "filterLogicString": "1 OR 2"}, VIEW, "Account", 1, {})

    assert told(rows, "detail", kind=Kind.FILTER) == ["1 OR 2", "1 OR 2"]


@pytest.mark.parametrize("wanted", ["Customers", "customers", "our_customers"])
def test_views_are_meant_by_label_or_name(wanted):
    assert named([VIEW, {"Name": "Other", "DeveloperName": "Other"}], [wanted]) == [VIEW]


def test_a_view_nobody_asked_for_is_no_shared_one():
    assert unread_view(VIEW, "Account", 2)["visible"] is False


TABS = {
    "standard-Account": {"Label": "Accounts", "SobjectName": "Account"},
    "My_Page": {"Label": "Mine", "SobjectName": None},
}


@pytest.mark.parametrize(
    ("name", "visibility", "expected"),
    [
        ("standard-Account", "DefaultOn", ("Account", "Accounts", True)),
        ("standard-Account", "DefaultOff", ("Account", "Accounts", False)),
        ("standard-Lead", "DefaultOn", ("Lead", "Lead", True)),
        ("My_Page", "DefaultOn", ("", "Mine", True)),
        ("Fit__c", "DefaultOn", ("Fit__c", "Fit", True)),
    ],
)
def test_tabs_that_are_on_by_default(name, visibility, expected):
    rows = tab_settings([{"Name": name, "Visibility": visibility}], TABS, "Standard User")

    assert told(rows, "field", "label", "visible", surface=Surface.TABS) == [expected]


def test_the_navigation_is_in_the_apps_order():
    rows = navigation({"label": "Sales", "tabs": ["My_Page", "standard-Account"]}, TABS, "Revenue")

    assert told(rows, "label", "position", "surface_name") == [("Mine", 1, "Sales"), ("Accounts", 2, "Sales")]
