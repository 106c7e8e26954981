"""Reading the structure of an org over real HTTP: what it costs, that each surface is there, what a refusal leaves."""

from dataclasses import replace

import pytest

from deployments.sandbox.company.build import build
from tasks.clients import LimitReached, SalesforceDoor, Unavailable
from tasks.rules.expected import OBJECTS
from tasks.rules.org_facts import Kind, Surface
from tasks.salesforce_structure import StructureReader, StructureReading
from tests.company import MONDAY, Sandbox, running, settings_from

APP = {"RITUALS_VALIDATION__APP": "Revenue"}
VIEWS = {
    "Account": ("customers",),
    "Opportunity": ("All Opportunities",),
    "Contact": ("AllContacts",),
    "Lead": ("All Leads",),
}


def read(sandbox: Sandbox, objects: tuple[str, ...] = OBJECTS, **settings: str) -> StructureReading:
    config = settings_from({**sandbox.environment, **APP, **settings})
    return StructureReader(SalesforceDoor(config), config, objects, VIEWS).read()


@pytest.fixture(scope="module")
def reading(shared_sandbox):
    return read(shared_sandbox)


def labels(reading: StructureReading, *, sobject: str = "", **where: object) -> list[str]:
    facts = reading.facts.facts
    for name, value in {"object": sobject, **where}.items():
        facts = facts[facts[name] == value]
    return facts["label"].tolist()


def why(reading: StructureReading, surface: Surface, sobject: str = "Account") -> str:
    return reading.facts.why_unread(surface, sobject)


def test_it_takes_about_thirty_calls(reading):
    assert reading.calls <= 35
    assert (reading.in_bulk, reading.allowed) == (False, 115_000)
    assert reading.used >= reading.calls


def test_every_surface_of_every_object_is_read(reading):
    facts = reading.facts.facts
    of = facts[facts["object"].ne("")].groupby("object")["surface"].agg(set).to_dict()

    shown = {Surface.LIST_VIEW, Surface.HIGHLIGHTS, Surface.LAYOUT, Surface.LIGHTNING}
    assert of == {name: shown - ({Surface.LIGHTNING} if name == "Lead" else set()) for name in OBJECTS}
    assert {Surface.TABS, Surface.NAVIGATION} <= set(facts["surface"])


def test_only_what_has_no_lightning_page_is_unread(reading):
    assert [(one.surface, one.object) for one in reading.facts.unread] == [(Surface.LIGHTNING, "Lead")]
    assert "no API tells" in why(reading, Surface.LIGHTNING, "Lead")


def test_the_tabs_are_those_of_the_profile(reading):
    on = labels(reading, surface=Surface.TABS, visible=True)

    assert {"Accounts", "Contacts", "Leads", "Opportunities"} <= set(on)
    assert "Tasks" not in on


def test_the_page_of_the_profile_is_read_not_that_of_others(reading):
    facts = reading.facts.facts
    pages = facts[facts["surface"].eq(Surface.LIGHTNING) & facts["object"].eq("Account")]["surface_name"].unique()

    assert pages.tolist() == ["Account Record Page"]


def test_the_layout_of_the_profile_is_read_not_that_of_the_integration_user(reading):
    facts = reading.facts.facts

    assert set(facts[facts["surface"].eq(Surface.LAYOUT)]["surface_name"]) == {f"{name} Layout" for name in OBJECTS}


def test_sections_come_from_the_surface_that_is_in_use(reading):
    facts = reading.facts.facts
    sections = facts[facts["kind"].eq(Kind.SECTION)]
    used = sections.groupby(["object", "surface"])["in_use"].all().to_dict()

    assert used[("Account", Surface.LAYOUT)]
    assert used[("Contact", Surface.LIGHTNING)]
    assert not used[("Contact", Surface.LAYOUT)]


def test_fields_that_the_profile_may_not_read_are_marked(reading):
    catalogue = reading.facts.catalogue

    assert catalogue[~catalogue["visible"]]["field"].tolist() == ["Reseller__c"]
    assert labels(reading, sobject="Opportunity", kind=Kind.FIELD, visible=False) == ["Reseller"]


def test_links_say_where_they_lead(reading):
    facts = reading.facts.facts
    links = facts[facts["section"].eq("Useful Links") & facts["kind"].eq(Kind.LINK)]

    assert len(links) == 4
    assert links["detail"].str.startswith("HYPERLINK(").all()
    assert set(links["region"]) == {"right"}


def test_list_views_that_are_asked_for_are_read_with_their_filters(reading):
    assert labels(reading, sobject="Opportunity", kind=Kind.FILTER, section="All Opportunities")
    assert labels(reading, sobject="Account", kind=Kind.VIEW, visible=True) == ["Customers"]


def test_who_changed_what_is_read_newest_first(reading):
    trail = reading.facts.trail

    assert trail["at"].is_monotonic_decreasing
    assert trail["who"].ne("").sum() > len(trail) / 2
    assert trail["said"].str.contains("Account Record Page").any()


@pytest.mark.parametrize(
    ("hidden", "surfaces"),
    [
        ("PermissionSetTabSetting", {Surface.TABS}),
        ("ProfileLayout", {Surface.LAYOUT}),
        ("FieldPermissions", {Surface.HIGHLIGHTS, Surface.LAYOUT, Surface.LIGHTNING}),
        ("FlexiPage", {Surface.LAYOUT, Surface.LIGHTNING}),
        ("CustomApplication", {Surface.NAVIGATION, Surface.LAYOUT, Surface.LIGHTNING}),
        ("SetupAuditTrail", set()),
    ],
)
def test_what_is_refused_is_named_with_its_remedy_and_the_rest_is_read(sandbox, hidden, surfaces):
    sandbox.org(hidden_objects=[hidden])
    reading = read(sandbox, ("Account",))

    missing = {surface for surface in Surface if why(reading, surface)}
    # The Lightning page shows the related lists of the layout: without it, they are not known there either.
    assert missing - ({Surface.LIGHTNING} if hidden == "ProfileLayout" else set()) == surfaces
    said = [one.why for one in reading.facts.unread] or list(reading.facts.notes)
    assert all("View Setup and Configuration" in one for one in said)
    assert labels(reading, sobject="Account", kind=Kind.VIEW, visible=True) == ["Customers"]


def test_an_object_that_may_not_be_read_does_not_hide_the_others(sandbox):
    sandbox.org(hidden_objects=["Lead"])
    reading = read(sandbox, ("Account", "Lead"))

    assert "read access" in why(reading, Surface.HIGHLIGHTS, "Lead")
    assert why(reading, Surface.LAYOUT, "Account") == ""
    assert labels(reading, sobject="Account", surface=Surface.HIGHLIGHTS, kind=Kind.FIELD)


@pytest.mark.parametrize(
    ("setting", "value", "surfaces"),
    [
        ("PROFILE", "Nobody", {Surface.TABS, Surface.HIGHLIGHTS, Surface.LAYOUT, Surface.LIGHTNING}),
        ("APP", "Nowhere", {Surface.NAVIGATION, Surface.LAYOUT, Surface.LIGHTNING}),
        ("APP", "", {Surface.NAVIGATION, Surface.LAYOUT, Surface.LIGHTNING}),
        ("RECORD_TYPES", '{"Account": "Partner"}', {Surface.HIGHLIGHTS, Surface.LAYOUT, Surface.LIGHTNING}),
    ],
    ids=["no such profile", "no such app", "no app, two pages", "no such record type"],
)
def test_a_setting_that_leads_nowhere_is_named(shared_sandbox, setting, value, surfaces):
    reading = read(shared_sandbox, ("Account",), **{f"RITUALS_VALIDATION__{setting}": value})

    assert {surface for surface in Surface if why(reading, surface)} == surfaces
    assert any(f"RITUALS_VALIDATION__{setting}" in one.why for one in reading.facts.unread)


def test_a_page_named_in_the_settings_is_the_orgs_default(shared_sandbox):
    named = {"RITUALS_VALIDATION__APP": "", "RITUALS_VALIDATION__PAGES": '{"Account": "Account_Record_Page_Others"}'}
    facts = read(shared_sandbox, ("Account",), **named).facts.facts

    assert set(facts[facts["surface"].eq(Surface.LIGHTNING)]["surface_name"]) == {"Account Record Page (others)"}


def test_a_salesforce_that_cannot_answer_now_is_asked_again_by_the_task(sandbox):
    sandbox.fault("html", match={"path": ".*/tooling/query"}, times=None)

    with pytest.raises(Unavailable):
        read(sandbox, ("Account",))


def test_the_share_of_the_days_calls_is_kept(sandbox):
    sandbox.org(used=114_999)

    with pytest.raises(LimitReached):
        read(sandbox, ("Account",))


def test_an_org_with_more_tabs_than_a_page_of_rows_is_read_whole():
    company = build(1, "small", MONDAY)
    tabs = {f"Tab_{number:04}": f"Tab number {number}" for number in range(2100)}
    on = {"Standard User": {"Tab_2099": "DefaultOn"}}
    crowded = replace(company, structure=replace(company.structure, tab_labels=tabs, tabs=on))

    with running(crowded) as sandbox:
        assert labels(read(sandbox, ("Account",)), surface=Surface.TABS) == ["Tab number 2099"]


def test_without_the_layout_the_related_lists_of_a_lightning_page_are_not_known(sandbox):
    sandbox.org(hidden_objects=["ProfileLayout"])

    assert "related lists of the page layout" in why(read(sandbox, ("Account",)), Surface.LIGHTNING)
