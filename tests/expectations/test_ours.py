"""Our own files say what the handbook says: every sentence, every field, nothing dropped and nothing waived."""

import re

import pytest

from tasks.expectation_files import load, ours
from tasks.rules.expected import (
    ByEye,
    Claim,
    Components,
    DefaultListView,
    Equals,
    Expectation,
    Matches,
    NoNotes,
    NotAfter,
    Opens,
    Section,
    TabShown,
    TabsOnly,
)

from .files import book

ALL = load(ours())
# What a list of the handbook says around its labels, and how a label is written in the files where it differs.
AROUND = re.compile(r"^(?:and |the |for )+| field$| first$|\(should have the year on it\)$")


def at(line: int, *kinds: type) -> list[Expectation]:
    """The expectations of that line of the handbook."""
    return [one for one in ALL if one.handbook_line == line and isinstance(one.claim, kinds or Claim)]


def labels(line: int) -> list[str]:
    """All labels that sections and components of that line name, in the order of the files."""
    found: list[str] = []
    for one in at(line, Section, Components):
        claim = one.claim
        if isinstance(claim, Components):
            found += claim.components
        elif isinstance(claim, Section):
            found += (*claim.starts_with, *claim.includes, *(link.label for link in claim.links))
    return [label.casefold() for label in found]


def test_every_sentence_is_quoted() -> None:
    assert [(one.line, one.text) for one in book().unquoted(tuple(one.sentence for one in ALL))] == []


def test_every_quote_names_its_line() -> None:
    assert [one.source for one in ALL if one.handbook_line is None] == []


@pytest.mark.parametrize(
    ("line", "lists"),
    [
        (154, r"make sure (.*) appear first"),
        (155, r"links to (.*)\.$"),
        (156, r"fields for (.*)\.$"),
        (157, r"following fields: (.*)\.$"),
        (158, r"^(.*) should appear"),
        (163, r"fields for (.*)\.$"),
        (164, r"fields for (.*)\.$"),
        (165, r"include: (.*)\.$"),
        (166, r"^(.*) should appear"),
        (171, r"fields for (.*)\.$"),
        (172, r"fields for (.*)$"),
        (173, r"fields for (.*)\.$"),
        (174, r"^(.*) should appear"),
        (179, r"fields for (.*)\.$"),
    ],
)
def test_each_label_of_a_sentence_is_claimed_and_no_other(line: int, lists: str) -> None:
    said = next(
        found.group(1) for one in book().sentences if one.line == line and (found := re.search(lists, one.text))
    )
    said = said.replace("section should exist at the bottom", "")
    parts = [part.strip() for part in re.split(r",? and |, ", said)]
    wanted = [AROUND.sub("", AROUND.sub("", part).strip()).strip().casefold() for part in parts]

    assert sorted(labels(line)) == sorted(wanted)


def test_the_six_fields_at_the_top_of_an_account_are_in_order() -> None:
    [one] = at(154)

    assert one.claim == Section(
        "top",
        ("Billing address", "Parent account", "LinkedIn company URL", "CISO employees (#)", "Employees", "Industry"),
    )


def test_what_a_sentence_says_of_order_and_place_is_claimed() -> None:
    sections = {(one.object, one.handbook_line): one.claim for one in ALL if isinstance(one.claim, Section)}
    links = [one.claim for one in at(155, Section)]
    sides = {(one.handbook_line, one.claim.side) for one in ALL if isinstance(one.claim, Components)}

    assert [(one.section, one.side) for one in links if isinstance(one, Section)] == [
        ("Useful links", "right"),
        ("Useful links", None),
    ]
    assert {link.leads_to for one in links if isinstance(one, Section) for link in one.links} == {"drive.google.com"}
    assert sections["Account", 156].starts_with == ("Account (customer) name",)
    assert {line: sections[sobject, line].section for sobject, line in sections} == {
        154: "top", 155: "Useful links", 156: "Additional information", 157: "Accounting", 163: "top",
        164: "Opportunity information", 165: "Accounting", 171: "top", 172: "second", 173: "Additional information",
        179: "",
    }  # fmt: skip
    assert sides == {(158, "right"), (166, "right"), (174, "bottom"), (174, "right")}


def test_the_tabs_and_their_list_views_are_claimed() -> None:
    assert [one.claim for one in at(149)] == [TabsOnly(("Contacts", "Opportunities", "Accounts", "Leads"))]
    assert [(one.handbook_line, one.claim.tab) for one in ALL if isinstance(one.claim, TabShown)] == [
        (151, "Accounts"), (160, "Opportunities"), (168, "Contacts"), (176, "Leads"),
    ]  # fmt: skip
    assert {one.handbook_line: one.claim for one in ALL if isinstance(one.claim, DefaultListView)} == {
        153: DefaultListView("Customers", ("Type equals Customer",)), 162: DefaultListView("All opportunities", ()),
        170: DefaultListView("All contacts", ()), 178: DefaultListView("All leads", ()),
    }  # fmt: skip


def test_what_holds_for_records_is_claimed() -> None:
    assert [(one.object, one.handbook_line) for one in ALL if isinstance(one.claim, NoNotes)] == [
        ("Account", 155), ("Opportunity", 155),
    ]  # fmt: skip
    assert [(one.claim.field, str(one.claim.pattern)) for one in ALL if isinstance(one.claim, Matches)] == [
        ("LinkedIn sales navigator URL", "LinkedIn sales navigator"), ("LinkedIn company URL", "LinkedIn company"),
        ("Opportunity name", "year"), ("LinkedIn URL", "LinkedIn profile"),
    ]  # fmt: skip
    assert [one.claim.field for one in ALL if isinstance(one.claim, Opens)] == [
        "LinkedIn sales navigator URL", "LinkedIn company URL",
    ]  # fmt: skip
    assert {one.claim.field: str(one.claim.source) for one in ALL if isinstance(one.claim, Equals)} == {
        "Total opportunities (#)": "count of opportunities", "Deals won (#)": "count of won opportunities",
        "Close date (first deal)": "first close date of won opportunities",
        "Cumulative revenue": "sum of amount of won opportunities",
    }  # fmt: skip
    assert [str(one.claim) for one in at(164) if not isinstance(one.claim, Section | Matches)] == [
        "Has(field='Next step', other=\"Next step's due date\", among=<Among.OPEN: 'open'>)"
    ]


def test_the_dates_of_a_contract_are_in_order_for_won_deals() -> None:
    dates = [(one.handbook_line, one.claim) for one in ALL if isinstance(one.claim, NotAfter)]

    assert [(line, one.field, one.other, str(one.among)) for line, one in dates] == [
        (227, "Effective date", "Subscription end date", "won"), (228, "Close date", "Invoice sent", "won"),
        (229, "Invoice sent", "Date payment was received", "won"),
    ]  # fmt: skip


def test_what_no_api_sees_is_left_to_eyes() -> None:
    assert [one.handbook_line for one in ALL if isinstance(one.claim, ByEye)] == [155, 155, 155, 156]


def test_orbit_has_an_owner_and_nothing_is_waived() -> None:
    orbit = [one for one in ALL if isinstance(one.claim, Section) and one.claim.includes == ("Orbit feed",)]

    assert [(one.handbook_line, one.owner) for one in orbit] == [(171, "RevOps"), (173, "RevOps")]
    assert [one.source for one in ALL if one.waived_until] == []


def test_no_two_expectations_are_remembered_as_one() -> None:
    assert len({one.key for one in ALL}) == len(ALL)
