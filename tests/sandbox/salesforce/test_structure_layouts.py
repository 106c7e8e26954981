"""What describe says of pages: layouts, compact layouts and fields, as the calling user sees them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from deployments.sandbox.salesforce.objects import STANDARD
from deployments.sandbox.salesforce.structure import Structure
from deployments.sandbox.salesforce.structure_names import page_label

from .company import Salesforce, Stage, refusal
from .structured import ADMIN, LINK, STRUCTURE, payload, read, running

ELEMENTS: dict[str, list[str]] = payload("layout_elements")
RECORDED: dict[str, Any] = payload("opportunity_layouts")
# What REST adds to the types of the SOAP API.
REST = {
    "DescribeLayout": {"multirowEditLayoutSections", "offlineLinks"},
    "DescribeLayoutComponent": {"details", "components", "fieldType", "customLink"},
    "RecordTypeMapping": {"urls"},
    "RecordTypeCompactLayoutMapping": {"urls"},
    "DescribeCompactLayoutsResult": {"urls"},
}
MASTER = "012000000000000AAA"
Seen = tuple[str, list[str]]


@pytest.fixture
def structured(stage: Stage) -> Iterator[Salesforce]:
    with running(stage) as made:
        yield made


def held(body: dict[str, Any], kind: str) -> None:
    """The body has the elements of that type, and no others but what REST adds."""
    extra = REST.get(kind, set())
    assert set(ELEMENTS[kind]) - set(body) == set(), kind
    assert set(body) - set(ELEMENTS[kind]) - extra == set(), kind


def components(layout: dict[str, Any], kind: str = "detailLayoutSections") -> list[tuple[str, str, list[Any]]]:
    """Heading, label and values of each item, row by row."""
    return [
        (s["heading"], i["label"], [c["value"] for c in i["layoutComponents"]])
        for s in layout[kind] for row in s["layoutRows"] for i in row["layoutItems"]
    ]  # fmt: skip


def only_layout(salesforce: Salesforce, sobject: str) -> dict[str, Any]:
    (layout,) = read(salesforce, f"sobjects/{sobject}/describe/layouts/")["layouts"]
    return dict(layout)


def test_a_layout_reads_row_by_row_as_it_was_designed(structured: Salesforce) -> None:
    assert components(only_layout(structured, "Account")) == [
        ("Account Information", "Account Name", ["Name"]),
        ("Account Information", "Billing Address", ["BillingAddress"]),
        ("Account Information", "Account Owner", ["OwnerId"]),
        ("Account Information", "Created By", ["CreatedById", ", ", "CreatedDate"]),
        ("Account Information", "", [None]),
        ("Account Information", "", []),
        ("Account Information", "Type", ["Type"]),
        ("Account Information", "", []),
        ("Additional Information", "Rating", ["Rating"]),
        ("Additional Information", "Parent Account", ["ParentId"]),
        ("Additional Information", "Phone", ["Phone"]),
        ("Additional Information", "", []),
        ("Useful links", "Meeting notes", ["Meeting_notes"]),
        ("Useful links", "", []),
        ("Useful links", "", []),
    ]


def test_headings_columns_and_order_are_those_of_the_sections(structured: Salesforce) -> None:
    layout = only_layout(structured, "Account")
    told = [(s["heading"], s["useHeading"], s["columns"], s["rows"], s["tabOrder"])
            for s in layout["detailLayoutSections"]]  # fmt: skip
    assert told == [
        ("Account Information", False, 2, 4, "TopToBottom"),
        ("Additional Information", True, 2, 2, "LeftToRight"),
        ("Useful links", True, 3, 1, "TopToBottom"),
    ]
    assert [s["heading"] for s in layout["editLayoutSections"]] == ["Account Information", "Additional Information"]


def test_the_tab_order_follows_the_columns_or_the_rows(structured: Salesforce) -> None:
    first, second = only_layout(structured, "Account")["detailLayoutSections"][:2]
    orders = [[c["tabOrder"] for row in s["layoutRows"] for i in row["layoutItems"] for c in i["layoutComponents"]]
              for s in (first, second)]  # fmt: skip
    assert orders == [[1, 5, 2, 6, 7, 8, 3, 4], [17, 18, 19]]


@pytest.mark.parametrize(
    ("label", "flags"),
    [  # required, editable for a new one, editable later
        ("Account Name", (True, True, True)),
        ("Account Owner", (False, True, False)),
        ("Type", (False, True, True)),
        ("Phone", (False, False, False)),  # read-only on this layout
        ("Created By", (False, False, False)),
    ],
)
def test_what_can_be_edited_is_told_in_the_edit_sections(
    structured: Salesforce, label: str, flags: tuple[bool, ...]
) -> None:
    items = {i["label"]: i for s in only_layout(structured, "Account")["editLayoutSections"]
             for row in s["layoutRows"] for i in row["layoutItems"]}  # fmt: skip
    assert tuple(items[label][k] for k in ("required", "editableForNew", "editableForUpdate")) == flags


def test_an_address_is_one_field_of_five(structured: Salesforce) -> None:
    item = only_layout(structured, "Account")["detailLayoutSections"][0]["layoutRows"][0]["layoutItems"][1]
    (component,) = item["layoutComponents"]
    assert [c["value"] for c in component["components"]] == [
        "BillingStreet", "BillingCity", "BillingState", "BillingPostalCode", "BillingCountry",
    ]  # fmt: skip
    assert (component["fieldType"], component["details"]["type"]) == ("address", "address")


def test_a_custom_link_says_where_it_leads(structured: Salesforce) -> None:
    links = only_layout(structured, "Account")["detailLayoutSections"][2]
    (component,) = links["layoutRows"][0]["layoutItems"][0]["layoutComponents"]
    link = component["customLink"]
    held(link, "DescribeLayoutButton")
    assert (component["type"], link["name"], link["label"], link["url"]) == (
        "CustomLink", "Meeting_notes", "Meeting notes", LINK,
    )  # fmt: skip


def test_related_lists_have_names_labels_and_columns(structured: Salesforce) -> None:
    lists = only_layout(structured, "Account")["relatedLists"]
    assert [(r["name"], r["label"], r["sobject"], r["field"], r["custom"], r["sort"]) for r in lists] == [
        ("Opportunities", "Opportunities", "Opportunity", "AccountId", False,
         [{"ascending": False, "column": "CloseDate"}]),
        ("Reviews__r", "Reviews", "Review__c", "Account__c", True, []),
    ]  # fmt: skip
    assert [(c["name"], c["label"], c["format"]) for c in lists[0]["columns"]] == [
        ("Name", "Opportunity Name", None),
        ("StageName", "Stage", None),
        ("CloseDate", "Close Date", "date"),
        ("Loss_Reason__c", "Loss reason", None),
    ]


def test_the_history_of_stages_is_called_as_in_the_recording(structured: Salesforce) -> None:
    (history,) = only_layout(structured, "Opportunity")["relatedLists"]
    assert (history["label"], history["sobject"], history["field"]) == (
        "Stage History", "OpportunityHistory", "OpportunityId",
    )  # fmt: skip


def test_a_field_that_the_org_does_not_have_is_shown_all_the_same(structured: Salesforce) -> None:
    """Layouts come from elsewhere too."""
    assert components(only_layout(structured, "Opportunity"))[1] == ("Deal", "Nowhere", ["Nowhere__c"])


def test_another_profile_sees_another_layout(stage: Stage) -> None:
    with running(stage, profile=ADMIN) as salesforce:
        assert only_layout(salesforce, "Account")["detailLayoutSections"] == []


def test_who_may_read_everything_sees_everything(stage: Stage) -> None:
    assigned = {("System Administrator", "Account"): "Account-Account Layout"}
    with running(stage, replace(STRUCTURE, assigned=assigned), ADMIN) as salesforce:
        assert ("Account Information", "Secret key", ["Secret_Key__c"]) in components(
            only_layout(salesforce, "Account")
        )


def test_an_org_without_a_structure_has_a_plain_layout(stage: Stage) -> None:
    with running(stage, Structure()) as salesforce:
        layout = only_layout(salesforce, "Lead")
        compact = read(salesforce, "sobjects/Lead/describe/compactLayouts")
    shown = {values[0] for heading, _, values in components(layout) if values and heading == "Information"}
    assert {"Name", "LeadSource", "Status", "Rating", "Address"} <= shown
    assert (compact["defaultCompactLayoutId"], compact["compactLayouts"][0]["label"]) == (None, "System Default")


def test_with_record_types_each_has_to_be_asked_for(stage: Stage) -> None:
    assigned = {**STRUCTURE.assigned, ("Standard User", "Account", "Big_Partner"): "Account-Bare Layout"}
    with running(stage, replace(STRUCTURE, assigned=assigned)) as salesforce:
        body = read(salesforce, "sobjects/Account/describe/layouts/")
        each = {m["name"]: read(salesforce, m["urls"]["layout"])["id"] for m in body["recordTypeMappings"]}
        (kind,) = salesforce.soql("SELECT Id, Name, DeveloperName, IsActive FROM RecordType WHERE "
                                  "SobjectType = 'Account'")["records"]  # fmt: skip
        infos = read(salesforce, "sobjects/Account/describe")["recordTypeInfos"]
    assert body["layouts"] is None
    assert each == {m["name"]: m["layoutId"] for m in body["recordTypeMappings"]}
    assert len(set(each.values())) == 2
    assert (kind["Name"], kind["DeveloperName"], kind["IsActive"]) == ("Big Partner", "Big_Partner", True)
    assert [i["recordTypeId"] for i in infos] == [kind["Id"], MASTER]


def test_the_shape_is_that_of_the_soap_types_and_of_a_recorded_layout(structured: Salesforce) -> None:
    body = read(structured, "sobjects/Account/describe/layouts/")
    (layout,) = body["layouts"]
    row = layout["detailLayoutSections"][0]["layoutRows"][0]
    component = row["layoutItems"][0]["layoutComponents"][0]
    related = layout["relatedLists"][0]
    for part, kind in (
        (body, "DescribeLayoutResult"), (layout, "DescribeLayout"), (row, "DescribeLayoutRow"),
        (layout["detailLayoutSections"][0], "DescribeLayoutSection"), (row["layoutItems"][0], "DescribeLayoutItem"),
        (component, "DescribeLayoutComponent"), (related, "RelatedList"),
        (related["columns"][0], "RelatedListColumn"), (related["sort"][0], "RelatedListSort"),
        (body["recordTypeMappings"][0], "RecordTypeMapping"),
        (layout["buttonLayoutSection"], "DescribeLayoutButtonSection"),
    ):  # fmt: skip
        held(part, kind)
    real = RECORDED["layouts"][0]
    real_component = real["detailLayoutSections"][0]["layoutRows"][0]["layoutItems"][0]["layoutComponents"][0]
    assert set(real) <= set(layout)
    assert set(real_component) == set(component)
    assert set(real_component["details"]) <= set(component["details"])


def test_labels_are_those_of_the_recorded_pages() -> None:
    differences: dict[tuple[str, str], tuple[str, str]] = {}
    recorded = {("Opportunity", c["value"]): i["label"]
                for s in RECORDED["layouts"][0]["detailLayoutSections"] for row in s["layoutRows"]
                for i in row["layoutItems"] for c in i["layoutComponents"][:1] if c["type"] == "Field"}  # fmt: skip
    recorded |= {("Account", name): label for name, label in payload("page_labels")["Account"].items()}
    for (sobject, name), label in recorded.items():
        known = STANDARD.get(sobject)
        field = known.by_name.get(name.lower()) if known else None
        if known and field and (ours := page_label(known, field)) != label:
            differences[sobject, name] = (ours, label)
    assert differences == {}


@pytest.mark.parametrize("record_type", ["", MASTER, MASTER[:15]])
def test_a_recorded_answer_comes_back_byte_for_byte(stage: Stage, record_type: str) -> None:
    with running(stage, Structure(described={"Opportunity": RECORDED})) as salesforce:
        text = salesforce.call("GET", f"sobjects/Opportunity/describe/layouts/{record_type}").text
    assert text == json.dumps(RECORDED["layouts"][0] if record_type else RECORDED, ensure_ascii=False)


def test_a_single_recorded_layout_is_that_of_every_record(stage: Stage) -> None:
    single = payload("opportunity_layout")
    with running(stage, Structure(described={"Opportunity": single})) as salesforce:
        assert read(salesforce, f"sobjects/Opportunity/describe/layouts/{MASTER}") == single
        assert read(salesforce, "sobjects/Opportunity/describe/layouts/")["layouts"] == [single]
        other = salesforce.call("GET", "sobjects/Opportunity/describe/layouts/012000000000001AAA")
    assert refusal(other)[:2] == (404, "NOT_FOUND")


def test_the_highlights_leave_out_what_the_caller_may_not_read(structured: Salesforce) -> None:
    body = read(structured, "sobjects/Account/describe/compactLayouts")
    (layout,) = body["compactLayouts"]
    (mapping,) = body["recordTypeCompactLayoutMappings"]
    held(body, "DescribeCompactLayoutsResult")
    held(layout, "DescribeCompactLayout")
    held(mapping, "RecordTypeCompactLayoutMapping")
    assert [i["label"] for i in layout["fieldItems"]] == ["Billing Address", "Industry"]
    assert (layout["label"], layout["name"]) == ("Top of an account", "Top")
    assert body["defaultCompactLayoutId"] == layout["id"] == mapping["compactLayoutId"]
    assert read(structured, mapping["urls"]["compactLayout"]) == layout


@pytest.mark.parametrize(
    "path",
    [
        "sobjects/Invoice/describe/layouts/",
        "sobjects/OpportunityStage/describe/layouts/",
        "sobjects/Account/describe/layouts/012000000000001AAA",
        "sobjects/Account/describe/compactLayouts/other",
        "sobjects/Invoice/describe/compactLayouts",
        "sobjects/Account/listviews/00B000000000001AAA",
        "sobjects/Invoice/listviews",
        "ui-api/list-info/Account/Nobody",
        "ui-api/layout/Account",
        "tooling/sobjects/ApexClass/01p000000000001AAA",
    ],
)
def test_what_is_not_there_is_not_found(structured: Salesforce, path: str) -> None:
    assert refusal(structured.call("GET", path))[:2] == (404, "NOT_FOUND")
