"""Useful links, default tabs and default list views (handbook L149, L153, L155, L162, L170, L178)."""

import pytest

from tasks.rules.expected import ByEye, DefaultListView, Link, Matches, Pattern, Section, TabShown, TabsOnly
from tasks.rules.layouts import judged
from tasks.rules.org_facts import Kind, OrgFacts, Surface, Unread
from tasks.rules.verdicts import Status

from .validation_builders import POLICY, Row, expect, link, org, page, tab, told, told_of, view

PASSES = ("as expected",)
USEFUL = Section("Useful links", links=(Link("Signed NDA", "drive.google.com"), Link("Invoices sent")))
NDA, INVOICES = link("Signed NDA"), link("Invoices Sent")


@pytest.mark.parametrize(
    ("why", "there", "said"),
    [
        ("both, wherever the other leads", [NDA, link("Invoices Sent", "https://example.com")], PASSES),
        ("a formula", [link("Signed NDA", 'HYPERLINK("https://Drive.google.com/x?q=" & Name)'), INVOICES], PASSES),
        ("one is gone", [INVOICES], ("“Signed NDA” is missing",)),
        ("no link at all", [{"label": "Signed NDA"}, INVOICES], ("“Signed NDA” is there, but it is no link",)),
        ("a link that is a field too", [{"label": "Signed NDA"}, NDA, INVOICES], PASSES),
        ("it leads elsewhere", [link("Signed NDA", "https://docs.example.com/x?drive"), INVOICES],
         ("“Signed NDA” leads to docs.example.com, not to drive.google.com",)),
        ("it leads nowhere that can be read", [link("Signed NDA", "mailto:a"), INVOICES],
         ("“Signed NDA” leads to mailto:a, not to drive.google.com",)),
        ("hidden", [NDA | {"visible": False}, INVOICES],
         ("“Signed NDA” is on the page, but Standard User may not read it",)),
        ("its address stands in each record", [link("Signed NDA", ""), INVOICES],
         ("needs eyes", "where “Signed NDA” leads is in each record, not in the page")),
        ("and what is wrong comes first", [link("Signed NDA", "")], ("“Invoices sent” is missing",)),
    ],
)  # fmt: skip
def test_links(why: str, there: list[str | Row], said: tuple[str, ...]) -> None:
    assert told_of(USEFUL, org(page({"Useful Links": there}))) == said


FOUR = ("Contacts", "Opportunities", "Accounts", "Leads")
ON = [tab(label) for label in FOUR]
ONLY = TabsOnly(FOUR)


@pytest.mark.parametrize(
    ("why", "facts", "said"),
    [
        ("exactly these", org(ON), PASSES),
        ("others that are not on by default", org(ON, tab("Campaigns", on=False)), PASSES),
        ("a fifth", org(ON, tab("Campaigns")), ("“Campaigns” is on by default, and should not be",)),
        ("one too few", org(ON[:3]), ("“Leads” is missing",)),
        ("off", org(ON[:3], tab("Leads", on=False)), ("“Leads” is there, but not on by default",)),
        ("another in its place", org(ON[:3], tab("Lead")),
         ("“Leads” is missing (found “Lead”: renamed?)", "“Lead” is on by default, and should not be")),
        ("none is on", org([tab(label, on=False) for label in FOUR]),
         tuple(f"“{label}” is there, but not on by default" for label in FOUR)),
        ("none was read", org(), ("could not check", "no tab setting of Standard User was read")),
        ("and why", org(unread=[Unread(Surface.TABS, "", "needs View Setup")]),
         ("could not check", "needs View Setup")),
    ],
)  # fmt: skip
def test_default_tabs(why: str, facts: OrgFacts, said: tuple[str, ...]) -> None:
    assert told_of(ONLY, facts, of="") == said


def test_one_tab_is_on_by_default() -> None:
    assert told_of(TabShown("Accounts"), org(ON)) == PASSES
    assert told_of(TabShown("Campaigns"), org(ON)) == ("“Campaigns” is missing",)
    assert told_of(TabShown("Accounts"), org()) == ("could not check", "no tab setting of Standard User was read")


def test_what_else_the_app_shows_is_worth_knowing() -> None:
    shown = [one | {"surface": Surface.NAVIGATION} for one in (*ON, tab("Home"))]

    verdict = judged(expect(ONLY, of=""), org(ON, shown), POLICY)

    assert (verdict.status, verdict.remarks) == (Status.AS_EXPECTED, ("the navigation of the app also has Home",))


EYES = ("needs eyes", "exists, shared, filter as said; that it is the pinned one only eyes can see")
CUSTOMERS = DefaultListView("Customers", ("Type equals Customer",))


@pytest.mark.parametrize(
    ("claim", "rows", "said"),
    [
        (CUSTOMERS, view("Customers", "Type equals Customer"), EYES),
        (CUSTOMERS, view("CUSTOMERS", "type equals customer"), EYES),
        (CUSTOMERS, view("Customers"), ("“Customers” is not filtered by “Type equals Customer”",)),
        (CUSTOMERS, view("Customers", "Type equals Customer", "City equals Rome"),
         ("“Customers” is also filtered by “City equals Rome”",)),
        (CUSTOMERS, view("Customers", "Type equals Customers"),
         ("“Customers” is not filtered by “Type equals Customer”",
          "“Customers” is also filtered by “Type equals Customers”")),
        (CUSTOMERS, view("Customers", "Type equals Customer", shared=False), ("“Customers” is not shared with all",)),
        (CUSTOMERS, view("Customers", "Type equals Customer", scope="mine"),
         ("“Customers” shows only what its scope “mine” holds",)),
        (CUSTOMERS, [*view("Customers", shared=False), *view("Others", "Type equals Customer")],
         ("“Customers” is not shared with all", "“Customers” is not filtered by “Type equals Customer”")),
        (CUSTOMERS, view("Customrs", "Type equals Customer"),
         ("no list view “Customers” (found “Customrs”: renamed?)",)),
        (CUSTOMERS, view("Customers", of="Lead"), ("could not check", "no list view of Account was read")),
        (DefaultListView("All Accounts", ()), view("All Accounts"), EYES),
        (DefaultListView("All Accounts", ()), view("All Accounts", "Type equals Customer"),
         ("“All Accounts” is also filtered by “Type equals Customer”",)),
        (DefaultListView("AllAccounts"), view("All Accounts", "Type equals Customer"),
         ("needs eyes", "exists, shared; that it is the pinned one only eyes can see")),
    ],
)  # fmt: skip
def test_a_default_list_view_is_never_a_pass(claim: DefaultListView, rows: list[Row], said: tuple[str, ...]) -> None:
    assert told_of(claim, org(rows)) == said


def test_of_two_views_of_one_name_the_better_one_counts() -> None:
    private = view("Customers", "Type equals Customer", shared=False)
    shared = view("Customers", "Type equals Customer")

    assert told_of(CUSTOMERS, org(private, [row for row in shared if row["kind"] == Kind.VIEW])) == EYES


def test_list_views_that_could_not_be_read() -> None:
    facts = org(view("Others"), unread=[Unread(Surface.LIST_VIEW, "Account", "needs read access")])

    assert told_of(CUSTOMERS, facts) == ("could not check", "needs read access")


def test_what_only_eyes_see_is_left_to_them() -> None:
    assert told(judged(expect(ByEye("The notes are in the folder")), org(), POLICY)) == (
        "needs eyes", "The notes are in the folder",
    )  # fmt: skip


def test_records_are_judged_elsewhere() -> None:
    with pytest.raises(TypeError, match=r"accounts\.yml:27"):
        judged(expect(Matches("Name", Pattern.YEAR)), org(), POLICY)
