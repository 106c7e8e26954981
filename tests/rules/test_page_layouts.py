"""Page layouts: what real ones hold, counted by hand, and what a page calls things."""

import json

import pytest

from tasks.rules.org_facts import Kind, facts_frame
from tasks.rules.page_labels import Words
from tasks.rules.page_layouts import (
    NOT_SHOWN,
    PageLayout,
    custom_links,
    described_layout,
    described_links,
    metadata_layout,
)
from tests.rules.pages import METADATA, metadata, told

NPSP = "npsp/layouts/"


def described(name: str) -> PageLayout:
    answer = json.loads((METADATA / "nylas" / name).read_text(encoding="utf-8"))
    return described_layout(answer.get("layouts", [answer])[0], "Opportunity", "Opportunity Layout")


def counted(layout: PageLayout) -> tuple[int, int, int]:
    """Sections, fields, related lists."""
    return (
        len(told(layout.rows, "kind", kind=Kind.SECTION)),
        len(told(layout.rows, "kind", kind=Kind.FIELD)),
        len(layout.lists),
    )


@pytest.mark.parametrize(
    ("name", "sections", "fields", "lists"),
    [("opportunity-layouts.json", 5, 23, 6), ("opportunity-layouts-alt.json", 3, 19, 6)],
)
def test_a_described_layout_is_read_whole(name, sections, fields, lists):
    assert counted(described(name)) == (sections, fields, lists)


@pytest.mark.parametrize(
    ("name", "sections", "fields", "lists"),
    [
        pytest.param(f"{NPSP}Account-Organization Layout.layout.xml", 11, 55, 7, id="npsp account"),
        pytest.param(f"{NPSP}Opportunity-Donation Layout.layout.xml", 8, 41, 8, id="npsp opportunity"),
        pytest.param("dreamhouse/Property__c-Property Layout.layout.xml", 6, 26, 3, id="dreamhouse"),
        pytest.param("ebikes/Case-Case Layout.layout.xml", 6, 24, 5, id="ebikes"),
    ],
)
def test_a_layouts_metadata_is_read_whole(name, sections, fields, lists):
    layout = metadata_layout(metadata(name), "Account", "Layout", Words())

    assert counted(layout) == (sections, fields, lists)
    assert len(facts_frame([*layout.rows, *layout.lists])) == sections + fields + lists


def test_a_section_is_read_row_by_row():
    inside = told(
        described("opportunity-layouts.json").rows, "label", "column", "position", section_position=1, kind=Kind.FIELD
    )

    assert inside[:3] == [("Opportunity Name", 1, 1), ("Opportunity Owner", 2, 2), ("Account Name", 1, 3)]
    assert inside[-1] == ("Forecast Category", 2, 13)


def test_the_columns_of_metadata_are_read_row_by_row():
    layout = metadata_layout(metadata(f"{NPSP}Account-Organization Layout.layout.xml"), "Account", "L", Words())

    assert told(layout.rows, "field", "column", section="Fields", kind=Kind.FIELD) == [
        ("Name", 1), ("Phone", 2), ("RecordTypeId", 1), ("Fax", 2), ("Type", 1), ("Website", 2),
        ("npe01__One2OneContact__c", 1),
    ]  # fmt: skip


def test_a_heading_that_is_not_shown_is_still_known_by_its_name():
    heads = told(described("opportunity-layouts.json").rows, "section", "detail", kind=Kind.SECTION)

    assert heads[:2] == [("Opportunity Information", NOT_SHOWN), ("Additional Information", "")]


def test_a_section_without_anything_in_it_is_there():
    layout = metadata_layout(
        {"layoutSections": {"label": "Custom Links", "layoutColumns": [{}]}}, "Account", "L", Words()
    )

    assert told(layout.rows, "section", "section_position", "kind") == [("Custom Links", 1, Kind.SECTION)]


def test_one_item_may_show_two_fields():
    rows = described("opportunity-layouts.json").rows

    assert told(rows, "field", "label", section="System Information", kind=Kind.FIELD) == [
        ("CreatedById", "Created By"), ("CreatedDate", "Created Date"),
        ("LastModifiedById", "Last Modified By"), ("LastModifiedDate", "Last Modified Date"),
    ]  # fmt: skip


def test_commas_and_gaps_are_no_parts_of_a_layout():
    assert told(described("opportunity-layouts.json").rows, "field", kind=Kind.COMPONENT) == []


def test_related_lists_stand_at_the_bottom_and_say_what_they_list():
    first, *_ = described("opportunity-layouts.json").lists

    assert (first["region"], first["field"], first["label"], first["detail"]) == (
        "bottom",
        "OpenActivities",
        "Open Activities",
        "OpenActivity",
    )


@pytest.mark.parametrize(
    ("name", "label", "lists"),
    [
        ("RelatedOpportunityHistoryList", "Stage History", ""),
        ("RelatedOpportunityList", "Opportunities", ""),
        ("RelatedNoteList", "Notes & Attachments", ""),
        ("Renewal__c.Account__c", "Upcoming Renewals", "Renewal__c"),
        ("Grant_Deadline__c.Opportunity__c", "Grant Deadline", "Grant_Deadline__c"),
    ],
)
def test_related_lists_are_called_as_on_pages(name, label, lists):
    known = Words(children={"Renewal__c.Account__c": "Upcoming_Renewals__r"})
    [found] = metadata_layout({"relatedLists": [{"relatedList": name}]}, "Account", "L", known).lists

    assert (found["label"], found["detail"]) == (label, lists)


def item(**of):
    return {"layoutSections": [{"label": "S", "layoutColumns": [{"layoutItems": [of]}]}]}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ({"field": "License_Key__c"}, [(Kind.FIELD, "License key", None)]),
        ({"field": "Unknown_Thing__c"}, [(Kind.FIELD, "Unknown Thing", None)]),
        ({"customLink": "Signed_NDA"}, [(Kind.LINK, "Signed NDA", "https://drive.google.com/nda")]),
        ({"customLink": "Who_Knows"}, [(Kind.LINK, "Who Knows", "")]),
        ({"page": "LinkedInPanel"}, [(Kind.COMPONENT, "Linked In Panel", None)]),
        ({"reportChartComponent": {"reportName": "Sales/Won"}}, [(Kind.COMPONENT, "Sales/Won", None)]),
        ({"emptySpace": True}, []),
    ],
)  # fmt: skip
def test_whatever_stands_on_a_layout_has_a_row(of, expected):
    links = {"Signed_NDA": {"MasterLabel": "Signed NDA", "Url": "https://drive.google.com/nda"}}
    layout = metadata_layout(item(**of), "Account", "L", Words(labels={"License_Key__c": "License key"}, links=links))

    assert told(layout.rows, "kind", "label", "detail", section="S")[1:] == expected


def test_described_custom_links_lead_somewhere():
    link = {"name": "POs", "label": "Purchase orders (POs)", "url": "https://drive.google.com/po"}
    part = {"type": "CustomLink", "value": "POs", "customLink": link}
    described = {
        "detailLayoutSections": [{"layoutRows": [{"layoutItems": [{"label": "", "layoutComponents": [part]}]}]}]
    }

    [row] = [row for row in described_layout(described, "Account", "L").rows if row["kind"] == Kind.LINK]
    assert (row["label"], row["detail"]) == ("Purchase orders (POs)", "https://drive.google.com/po")
    assert described_links(described) == {
        "POs": {"MasterLabel": "Purchase orders (POs)", "Url": "https://drive.google.com/po"}
    }
    assert custom_links(item(customLink="POs")) == {"POs"}


@pytest.mark.parametrize("broken", [{}, {"layoutSections": None}, {"layoutSections": ["x", {"layoutColumns": "y"}]}])
def test_a_body_of_another_shape_is_an_empty_layout(broken):
    assert len(told(metadata_layout(broken, "Account", "L", Words()).rows, "kind", kind=Kind.FIELD)) == 0
