"""Lightning pages: what real ones hold, counted by hand, and what is made of facets, tabs and rules of visibility."""

import pytest

from tasks.rules.lightning_pages import DEEPEST, lightning_page
from tasks.rules.org_facts import Kind, Surface, facts_frame
from tasks.rules.page_labels import Words
from tests.rules.pages import METADATA, component, field, metadata, page, told

PAGES = sorted(METADATA.rglob("*.flexipage.xml"))
NPSP = "npsp/flexipages/NPSP_"
DREAMHOUSE = "dreamhouse/Property_Record_Page.flexipage.xml"


NOTHING = Words()


def read(body, known=NOTHING):
    return lightning_page(body, "Account", "A_Page", known)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name.partition(".f")[0])
def test_every_recorded_page_is_read_without_a_remark(path):
    found = read(metadata(str(path.relative_to(METADATA))))

    assert len(facts_frame(found.rows)) > 3
    assert found.notes == []


def test_there_are_recorded_pages():
    assert len(PAGES) >= 8


@pytest.mark.parametrize(
    ("name", "right"),
    [
        (
            "Account_Record_Page.flexipage.xml",
            ["runtime_sales_activities:activityPanel", "forceChatter:recordFeedContainer"],
        ),
        ("Opportunity_Record_Page.itemInstances.flexipage.xml", ["runtime_sales_activities:activityPanel"]),
    ],
    ids=["componentInstances, before API 49", "itemInstances"],
)
def test_what_is_in_tabs_of_the_sidebar_is_on_the_right(name, right):
    found = read(metadata(NPSP + name))

    assert told(found.rows, "field", region="right") == right
    assert told(found.rows, "field", region="main", kind=Kind.COMPONENT) == [
        "force:relatedListQuickLinksContainer", "force:detailPanel", "force:relatedListContainer",
    ]  # fmt: skip
    assert told(found.rows, "field", kind=Kind.RELATED_LIST) == ["OpenActivities", "ActivityHistories"]
    assert (len(found.details), len(found.panels), found.has_sections) == (1, 1, False)


def test_header_and_subheader_are_the_top():
    found = read(metadata(f"{NPSP}Opportunity_Record_Page.itemInstances.flexipage.xml"))

    assert told(found.rows, "field", region="top") == [
        "force:highlightsPanel",
        "runtime_sales_pathassistant:pathAssistant",
    ]


def test_dynamic_forms_have_sections_of_their_own():
    found = read(metadata(DREAMHOUSE))

    assert told(found.rows, "section", "section_position", kind=Kind.SECTION) == [
        ("Information", 1), ("Description", 2), ("System Information", 3), ("Dates", 4),
    ]  # fmt: skip
    assert len(told(found.rows, "field", kind=Kind.FIELD)) == 16
    assert told(found.rows, "field", "column", "position", section="Dates", kind=Kind.FIELD) == [
        ("Date_Contracted__c", 1, 1), ("Date_Listed__c", 2, 2), ("Date_Pre_Market__c", 1, 3),
        ("Date_Agreement__c", 2, 4), ("Date_Closed__c", 1, 5),
    ]  # fmt: skip
    assert (len(found.details), found.has_sections) == (0, True)


def test_what_has_a_rule_of_visibility_is_for_some():
    assert told(read(metadata(DREAMHOUSE)).rows, "field", conditional=True) == ["daysOnMarket", "propertyMap"]


def test_a_rule_holds_for_all_that_is_inside():
    found = read(page(
        {"main": [component("flexipage:tabset", tabs="tabs")]},
        tabs=[component("flexipage:tab", rule=True, body="some", title="Some"), component("flexipage:tab", body="all")],
        some=[component("c:hidden"), component("flexipage:fieldSection", columns="columns", label="Secret")],
        columns=[component("flexipage:column", body="fields")],
        fields=[field("Name"), field("Type", rule=True)],
        all=[component("c:shown"), component("flexipage:fieldSection", columns="columns2", label="Open")],
        columns2=[component("flexipage:column", body="fields2")],
        fields2=[field("Name"), field("Type", rule=True)],
    ))  # fmt: skip

    assert told(found.rows, "field", "conditional", kind=Kind.COMPONENT) == [("c:hidden", True), ("c:shown", False)]
    assert told(found.rows, "conditional", section="Secret") == [True, True, True]
    assert told(found.rows, "conditional", section="Open") == [False, False, True]
    assert told(found.rows, "detail", field="c:hidden") == ["Some"]


def test_an_empty_rule_hides_nothing():
    made = component("c:one")
    made["componentInstance"]["visibilityRule"] = {"booleanFilter": "", "criteria": []}

    assert told(read(page({"main": [made]})).rows, "conditional") == [False]


@pytest.mark.parametrize(
    ("region", "template", "side"),
    [
        ("header", "flexipage:recordHomeTemplateDesktop", "top"),
        ("subheader", "flexipage:recordHomeWithSubheaderTemplateDesktop", "top"),
        ("main", "flexipage:recordHomeTemplateDesktop", "main"),
        ("sidebar", "flexipage:recordHomeTemplateDesktop", "right"),
        ("rightsidebar", "flexipage:recordHomeThreeColTemplateDesktop", "right"),
        ("leftsidebar", "flexipage:recordHomeThreeColTemplateDesktop", "main"),
        ("sidebar", "flexipage:recordHomeLeftSidebarTemplateDesktop", "main"),
        ("footer", "flexipage:recordHomeTwoColEqualHeaderFooter", "bottom"),
    ],
)
def test_regions_are_sides_of_the_page(region, template, side):
    assert told(read(page({region: [component("c:one")]}, template)).rows, "region") == [side]


LIST = component("force:relatedListSingleContainer", relatedListApiName="AccountContactRelations")


@pytest.mark.parametrize(
    ("main", "side"),
    [
        pytest.param([component("force:detailPanel"), LIST], "bottom", id="below the details"),
        pytest.param([LIST, component("force:detailPanel")], "main", id="above the details"),
        pytest.param(
            [component("force:detailPanel"), component("flexipage:tabset", tabs="tabs")], "main", id="in a tab"
        ),
    ],
)
def test_a_related_list_is_at_the_bottom_when_one_scrolls_down_to_it(main, side):
    body = page({"main": main}, tabs=[component("flexipage:tab", body="related", title="Related")], related=[LIST])

    assert told(read(body).rows, "region", kind=Kind.RELATED_LIST) == [side]


def test_the_related_lists_of_the_layout_stand_where_their_component_stands():
    lists = [{"kind": Kind.RELATED_LIST, "field": "Renewals__r", "label": "Renewals", "detail": "Renewal__c"}]
    body = page({"sidebar": [component("force:relatedListContainer")]})

    assert told(read(body, Words(lists=lists)).rows, "label", "region", "detail", kind=Kind.RELATED_LIST) == [
        ("Renewals", "right", "Renewal__c")
    ]


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({"relatedListApiName": "OpportunityHistories"}, "Stage History"),
        ({"relatedListApiName": "Renewals__r"}, "Our renewals"),
        ({"relatedListApiName": "Renewals__r", "relatedListLabel": "Won"}, "Won"),
        ({"relatedListApiName": "Plans__r"}, "Plans"),
    ],
)
def test_a_single_related_list_is_called_as_the_page_or_the_layout_calls_it(given, label):
    lists = [{"kind": Kind.RELATED_LIST, "field": "Renewals__r", "label": "Our renewals", "detail": "Renewal__c"}]
    body = page({"sidebar": [component("lst:dynamicRelatedList", **given)]})

    assert told(read(body, Words(lists=lists)).rows, "label") == [label]


def test_a_dynamic_highlights_panel_has_its_own_fields():
    body = page(
        {"header": [component("record_flexipage:dynamicHighlights", primaryField="first", secondaryFields="more")]},
        first=[field("Name")],
        more=[field("Title"), field("Department", rule=True)],
    )
    found = read(body, Words(labels={"Title": "Job title"}))

    assert told(found.highlights, "label", "position", "conditional", surface=Surface.HIGHLIGHTS, region="top") == [
        ("Name", 1, False), ("Job title", 2, False), ("Department", 3, True),
    ]  # fmt: skip
    assert (found.rows, found.panels) == ([], [])


def test_sections_are_counted_as_one_reads_the_page_whatever_order_it_is_kept_in():
    def section(name):
        return component("flexipage:fieldSection", columns=name, label=name)

    body = page({"sidebar": [section("Beside")], "main": [section("First"), section("Second")]},
                Beside=[], First=[], Second=[])  # fmt: skip

    assert told(read(body).rows, "section", kind=Kind.SECTION) == ["First", "Second", "Beside"]


@pytest.mark.parametrize(
    ("given", "heading"),
    [("Accounting", "Accounting"), ("@@@SFDCSystem_InformationSFDC@@@", "System Information"), ("", "")],
)
def test_headings_are_read_as_shown(given, heading):
    body = page({"main": [component("flexipage:fieldSection", columns="columns", label=given)]}, columns=[])

    assert told(read(body).rows, "section", kind=Kind.SECTION) == [heading]


def test_links_in_a_rich_text_are_links():
    text = """<p>See <a target="_blank" href="https://drive.google.com/?q=a&amp;b"><b>Signed</b> NDA</a></p>"""
    body = page({"sidebar": [component("flexipage:richText", richTextValue=text)]})

    assert told(read(body).rows, "label", "detail", kind=Kind.LINK) == [
        ("Signed NDA", "https://drive.google.com/?q=a&b")
    ]


def test_a_component_is_known_by_the_title_it_was_given():
    body = page({"main": [component("flexipage:filterListCard", title="Meeting notes"), component("c:stageHistory")]})

    assert told(read(body).rows, "label") == ["Meeting notes", "Stage History"]


@pytest.mark.parametrize(
    ("facets", "said"),
    [
        pytest.param({"a": [component("flexipage:tab", body="a")]}, "within itself", id="a facet in itself"),
        pytest.param({"a": [component("flexipage:tab", body="b")], "b": [component("flexipage:tab", body="a")]},
                     "within itself", id="a circle"),
        pytest.param({"a": [component("flexipage:tab", body="gone")]}, "does not have", id="no such facet"),
        pytest.param({"a": [component("c:custom", where="Facet-1234")]}, "does not have", id="of another component"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_named_and_the_rest_is_read(facets, said):
    found = read(page({"main": [component("flexipage:tabset", tabs="a"), component("c:last")]}, **facets))

    assert said in found.notes[0]
    assert "c:last" in told(found.rows, "field")


def test_a_page_deeper_than_anybody_builds_is_cut_off():
    facets = {f"f{n}": [component("flexipage:tab", body=f"f{n + 1}")] for n in range(3000)}

    found = read(page({"main": [component("flexipage:tabset", tabs="f0")]}, **facets))

    assert found.notes == [f"Page holds the facet f{DEEPEST} deeper than is followed"]


@pytest.mark.parametrize(
    "body", [{}, {"flexiPageRegions": None}, {"flexiPageRegions": [{"type": "Region", "name": None}, 3]}]
)
def test_a_body_of_another_shape_is_an_empty_page(body):
    assert read(body).rows == []


def test_what_stands_on_top_of_another_page_is_said():
    body = page({"main": [component("c:one")]}) | {"parentFlexiPage": "sfa__base"}
    body["flexiPageRegions"][0]["mode"] = "Append"

    assert read(body).notes == ["Page adds to sfa__base, which was not read"]
