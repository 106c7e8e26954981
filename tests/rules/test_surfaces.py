"""What users of a profile see: which page they are given, and what on it is in use."""

import pytest

from tasks.rules.highlights import compact_layout
from tasks.rules.lightning_pages import lightning_page
from tasks.rules.org_facts import Kind, Surface, facts_frame
from tasks.rules.page_assignments import MASTER, layout_of, lightning_page_of
from tasks.rules.page_labels import Words
from tasks.rules.page_layouts import metadata_layout
from tasks.rules.surfaces import remarks, rows_in_use
from tasks.rules.validation_policy import ValidationPolicy
from tests.rules.pages import component, field, page, told

RENEWAL = "012000000000001AAA"


def override(content="App_Page", **more):
    return {"actionName": "View", "content": content, "formFactor": "Large", "pageOrSobjectType": "Account",
            "type": "Flexipage", **more}  # fmt: skip


def named_pages(*names, of="Account"):
    return [{"DeveloperName": name, "EntityDefinitionId": of} for name in names]


APP = {"actionOverrides": [override()]}
FOR_PROFILE = {"profileActionOverrides": [override("Profile_Page", profile="Standard")], **APP}


@pytest.mark.parametrize(
    ("app", "policy", "pages", "expected"),
    [
        pytest.param(FOR_PROFILE, {}, ["Org_Page"], "Profile_Page", id="of app and profile, before all others"),
        pytest.param(
            APP, {"pages": {"Account": "Org_Page"}}, ["Org_Page"], "App_Page", id="of the app, before the org"
        ),
        pytest.param(
            {}, {"pages": {"Account": "Named"}}, ["A", "B"], "Named", id="of the org, as the settings name it"
        ),
        pytest.param({}, {}, ["A"], "A", id="the only one"),
        pytest.param({}, {}, [], "", id="none: the page that Salesforce makes"),
        pytest.param(FOR_PROFILE, {"profile": "Read Only"}, [], "App_Page", id="another profile"),
        pytest.param({"actionOverrides": override(formFactor="Small")}, {}, ["A"], "A", id="a page of phones"),
        pytest.param({"actionOverrides": override(pageOrSobjectType="Lead")}, {}, ["A"], "A", id="another object"),
        pytest.param({"actionOverrides": override(actionName="New")}, {}, ["A"], "A", id="another action"),
        pytest.param({"actionOverrides": override(type="Default")}, {}, ["A"], "A", id="an override taken back"),
        pytest.param({"actionOverrides": override("ns__A")}, {}, ["A"], "A", id="a page of a package"),
    ],
)
def test_which_lightning_page_is_seen(app, policy, pages, expected):
    assigned = lightning_page_of("Account", named_pages(*pages), app, ValidationPolicy(**policy))

    assert (assigned.page, assigned.unread) == (expected, "")


@pytest.mark.parametrize(
    ("kind", "wanted", "expected"),
    [
        ("Account.Partner", {}, "App_Page"),
        ("Account.Partner", {"Account": "Partner"}, "Profile_Page"),
        ("Account.Master", {}, "Profile_Page"),
        (None, {"Account": "Partner"}, "App_Page"),
    ],
)
def test_a_page_for_a_record_type_is_for_that_alone(kind, wanted, expected):
    app = {"profileActionOverrides": [override("Profile_Page", profile="Standard", recordType=kind)], **APP}

    assert lightning_page_of("Account", [], app, ValidationPolicy(record_types=wanted)).page == expected


def test_the_only_page_is_taken_to_be_the_default_and_that_is_said():
    pages = [*named_pages("A"), *named_pages("B", of="Lead")]

    assert "taken to be the org's default" in lightning_page_of("Account", pages, {}, ValidationPolicy()).note


def test_of_several_pages_none_is_guessed():
    why = lightning_page_of("Account", named_pages("A", "B"), {}, ValidationPolicy()).unread

    assert "2 Lightning pages (A, B)" in why
    assert "RITUALS_VALIDATION__PAGES" in why


def test_a_visualforce_page_cannot_be_seen_into():
    app = {"actionOverrides": override("Old_Page", type="Visualforce")}

    assert "Old_Page" in lightning_page_of("Account", named_pages("A"), app, ValidationPolicy()).unread


def given(layout, record_type=None, of="Account"):
    return {"LayoutId": layout, "RecordTypeId": record_type, "TableEnumOrId": of}


@pytest.mark.parametrize(
    ("rows", "record_type", "expected"),
    [
        pytest.param([given("a"), given("b", RENEWAL)], "", "a", id="the master's"),
        pytest.param([given("a"), given("b", RENEWAL)], RENEWAL, "b", id="the record type's"),
        pytest.param([given("a", MASTER)], "", "a", id="master by its id"),
        pytest.param([given("b", RENEWAL)], "", "b", id="the only one"),
        pytest.param([given("a")], RENEWAL, None, id="none for the record type"),
        pytest.param([given("a", "012000000000002AAA"), given("b", RENEWAL)], "", None, id="two, and no master"),
        pytest.param([given("a", of="Lead")], "", None, id="another object's"),
    ],
)
def test_which_page_layout_is_seen(rows, record_type, expected):
    found = layout_of(rows, "Account", record_type)

    assert (found and found["LayoutId"]) == expected


LAYOUT = metadata_layout(
    {"layoutSections": [{"label": "Details", "layoutColumns": [{"layoutItems": [{"field": "Name"}]}]}],
     "relatedLists": [{"relatedList": "RelatedOpportunityList"}]},
    "Account", "Account Layout", Words(),
)  # fmt: skip
COMPACT = compact_layout(
    {"compactLayouts": [{"id": None, "label": "System", "fieldItems": [
        {"label": "Account Name", "layoutComponents": [{"type": "Field", "value": "Name"}]}]}]}, "Account",
)  # fmt: skip
PANEL, DETAILS, LISTS = (
    component(f"force:{name}") for name in ("highlightsPanel", "detailPanel", "relatedListContainer")
)
FORM = {"columns": [component("flexipage:column", body="fields")], "fields": [field("Type")]}
SECTION = component("flexipage:fieldSection", columns="columns", label="Form")


def seen(body=None):
    """(surface, kind) of what is in use, and of what is not."""
    made = lightning_page(body, "Account", "P", Words(lists=LAYOUT.lists)) if body else None
    frame = facts_frame(rows_in_use(LAYOUT, COMPACT, made))
    pairs = [
        set(zip(part["surface"], part["kind"], strict=True))
        for part in (frame[frame["in_use"]], frame[~frame["in_use"]])
    ]
    return pairs[0], pairs[1], list(remarks(made))


TOP = (Surface.HIGHLIGHTS, Kind.FIELD)
FIELDS = {(Surface.LAYOUT, Kind.SECTION), (Surface.LAYOUT, Kind.FIELD)}
BELOW = {(Surface.LAYOUT, Kind.RELATED_LIST)}
OF_PAGE = {(Surface.LIGHTNING, Kind.SECTION), (Surface.LIGHTNING, Kind.FIELD)}


def test_without_a_lightning_page_the_layout_and_the_highlights_are_seen():
    assert seen() == ({TOP, *FIELDS, *BELOW}, set(), [])


def test_a_details_component_shows_the_layout_and_its_related_lists_stand_where_the_page_has_them():
    used, unused, said = seen(page({"header": [PANEL], "main": [DETAILS, LISTS]}))

    assert used == {TOP, *FIELDS, (Surface.LIGHTNING, Kind.COMPONENT), (Surface.LIGHTNING, Kind.RELATED_LIST)}
    assert (unused, said) == (BELOW, [])


def test_dynamic_forms_hide_the_layout():
    used, unused, _ = seen(page({"header": [PANEL], "main": [SECTION]}, **FORM))

    assert used >= OF_PAGE
    assert unused == {*FIELDS, *BELOW}


def test_a_page_with_both_shows_both():
    used, _, _ = seen(page({"header": [PANEL], "main": [DETAILS, SECTION]}, **FORM))

    assert used >= {*OF_PAGE, *FIELDS}


def test_a_page_with_neither_is_remarked_on():
    used, unused, said = seen(page({"main": [component("c:one")]}))

    assert used == {(Surface.LIGHTNING, Kind.COMPONENT)}
    assert unused == {TOP, *FIELDS, *BELOW}
    assert [sentence.split(" ", 1)[1] for sentence in said] == [
        "has no highlights panel: the compact layout is not shown",
        "shows no details: neither the page layout nor sections of its own",
    ]


def test_dynamic_highlights_take_the_place_of_the_compact_layout():
    body = page({"header": [component("record_flexipage:dynamicHighlights", primaryField="first")], "main": [DETAILS]},
                first=[field("Type")])  # fmt: skip
    rows = rows_in_use(LAYOUT, COMPACT, lightning_page(body, "Account", "P", Words()))

    assert told(rows, "field", "in_use", surface=Surface.HIGHLIGHTS) == [("Name", False), ("Type", True)]


def test_details_that_some_do_not_see_are_conditional_and_where_the_page_has_them():
    body = page({"sidebar": [component("force:detailPanel", rule=True)]})
    rows = rows_in_use(LAYOUT, None, lightning_page(body, "Account", "P", Words()))

    assert told(rows, "region", "conditional", surface=Surface.LAYOUT, kind=Kind.FIELD) == [("right", True)]


MAPPING = {
    "recordTypeCompactLayoutMappings": [{"recordTypeId": RENEWAL, "compactLayoutId": "0AH000000000002"}],
    "defaultCompactLayoutId": "0AH000000000001AAA",
    "compactLayouts": [{"id": "0AH000000000001AAA", "label": "One"}, {"id": "0AH000000000002AAA", "label": "Two"}],
}


@pytest.mark.parametrize(
    ("described", "record_type", "expected"),
    [
        pytest.param(MAPPING, RENEWAL, "Two", id="of the record type, by 15 characters"),
        pytest.param(MAPPING, MASTER, "One", id="the object's"),
        pytest.param({**MAPPING, "compactLayouts": []}, MASTER, None, id="named and not described"),
    ],
)
def test_which_compact_layout_is_seen(described, record_type, expected):
    found = compact_layout(described, "Account", record_type)

    assert (found and found.name) == expected
