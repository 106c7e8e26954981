"""Sections of a page: their fields, order and side (handbook L154 to L157, L163 to L165, L171 to L173, L179)."""

import pytest

from tasks.rules.expected import SECOND, TOP, Section, Side
from tasks.rules.layouts import judged
from tasks.rules.org_facts import Kind, OrgFacts, Unread
from tasks.rules.verdicts import Status

from .validation_builders import (
    HIGHLIGHTS,
    LAYOUT,
    LIGHTNING,
    POLICY,
    Row,
    expect,
    fields,
    highlights,
    org,
    page,
    part,
    told,
    told_of,
)

PASSES = ("as expected",)
ACCOUNTING = Section("Accounting", includes=("License key", "Payment terms"))


@pytest.mark.parametrize(
    ("why", "there", "said"),
    [
        ("all there", ["License key", "Payment terms", "Industry"], PASSES),
        ("in any order, and as Salesforce writes labels", ["Payment Terms", "License Key"], PASSES),
        ("spaces and dashes as they come", ["Payment  terms", "License\u00a0key"], PASSES),
        ("one is gone", ["Payment terms"], ("“License key” is missing",)),
        ("both are", ["Industry"], ("“License key” is missing", "“Payment terms” is missing")),
        ("renamed", ["Licence Key", "Payment terms"],
         ("“License key” is missing (found “Licence Key”: renamed?)",)),
        ("there, and hidden by field-level security", [{"label": "License key", "visible": False}, "Payment terms"],
         ("“License key” is on the page, but Standard User may not read it",)),
        ("an empty section", [], ("“License key” is missing", "“Payment terms” is missing")),
    ],
)  # fmt: skip
def test_a_section_includes(why: str, there: list[str | Row], said: tuple[str, ...]) -> None:
    assert told_of(ACCOUNTING, org(page({"Details": ["Name"], "Accounting": there}))) == said


KEY = Section("Accounting", includes=("License key",))
USED = page({"Accounting": ["Payment terms"]})


@pytest.mark.parametrize(
    ("why", "facts", "said"),
    [
        ("in another section", org(page({"Accounting": [], "More": ["License key"]})),
         "“License key” is missing: it is in section “More”"),
        ("in the highlights", org(USED, highlights("License key")),
         "“License key” is missing: it is in the highlights"),
        ("where nobody looks", org(USED, page({"Accounting": ["License key"]}, LAYOUT, in_use=False)),
         "“License key” is on the page layout, not on the Lightning page"),
        ("no such field", org(USED, catalogue=fields("Licence Key", "Industry")),
         "“License key” is missing: no field of Account is called so (found “Licence Key”: renamed?)"),
        ("the field is there, its namesake is no renaming", org(USED, catalogue=fields("License key", "Licence Key")),
         "“License key” is missing"),
        ("nothing is like it", org(USED, catalogue=fields("Industry")),
         "“License key” is missing: no field of Account is called so"),
    ],
)  # fmt: skip
def test_a_missing_field_is_told_with_what_is_known_of_it(why: str, facts: OrgFacts, said: str) -> None:
    assert told_of(KEY, facts) == (said,)


START = Section("Additional information", starts_with=("Account name", "Rating", "Industry"))


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (["Account name", "Rating", "Industry", "Phone"], PASSES),
        (["Account name", "Industry", "Rating"], ("position 2 should be “Rating”, is “Industry”",)),
        (["Phone", "Account name", "Rating", "Industry"], ("position 1 should be “Account name”, is “Phone”",)),
        (["Account name", "Rating", "Phone", "Industry"], ("position 3 should be “Industry”, is “Phone”",)),
        (["Account name", "Industry"], ("“Rating” is missing",)),
        (["Phone", "Account name", "Industry"],
         ("“Rating” is missing", "position 1 should be “Account name”, is “Phone”")),
        ([{"label": "Phone", "visible": False}, "Account name", "Rating", "Industry"], PASSES),  # nobody sees the phone
    ],
)  # fmt: skip
def test_a_section_starts_with(there: list[str | Row], said: tuple[str, ...]) -> None:
    assert told_of(START, org(page({"Additional Information": there}))) == said


FIRST = Section(TOP, starts_with=("Billing address", "Parent account", "Industry"))
IN_ORDER, SWAPPED = ("Billing address", "Parent account", "Industry"), ("Billing address", "Industry", "Parent account")
PAGE = page({"Details": ["Name"]})
SWAP = "position 2 should be “Parent account”, is “Industry”"


@pytest.mark.parametrize(
    ("why", "facts", "said", "surface", "remarks"),
    [
        ("highlights", org(highlights(*IN_ORDER), PAGE), PASSES, "highlights Account Compact", ()),
        ("others among them", org(highlights("Name", *IN_ORDER), PAGE), PASSES, "highlights Account Compact",
         ("other fields stand before or among them",)),
        ("the first section instead", org(highlights("Phone"), page({"": IN_ORDER})), PASSES,
         "Lightning page Account Record Page",
         ("passes on the first section of the Lightning page Account Record Page, not on the highlights",)),
        ("not the second section", org(highlights("Phone", *SWAPPED), page({"A": ["Name"], "B": IN_ORDER})), (SWAP,),
         "highlights Account Compact", ("other fields stand before or among them",)),
        ("nor a sidebar's", org(highlights(*SWAPPED), page({"B": IN_ORDER}, region="right")), (SWAP,),
         "highlights Account Compact", ()),
        ("swapped in both", org(highlights(*SWAPPED), page({"": SWAPPED})), (SWAP,), "highlights Account Compact", ()),
        ("highlights that nobody sees", org(highlights(*IN_ORDER, in_use=False), page({"": SWAPPED})), (SWAP,),
         "Lightning page Account Record Page", ()),
        ("hidden", org(highlights({"label": "Billing address", "visible": False}, *IN_ORDER[1:]), PAGE),
         ("“Billing address” is on the page, but Standard User may not read it",), "highlights Account Compact", ()),
        ("highlights unread, the page does not begin so",
         org(PAGE, unread=[Unread(HIGHLIGHTS, "Account", "no answer")]), ("could not check", "no answer"), "", None),
        ("highlights differ, the page unread", org(highlights("Name"), unread=[Unread(LAYOUT, "", "View Setup")]),
         ("could not check", "View Setup"), "", None),
    ],
)  # fmt: skip
def test_fields_appear_first_in_the_highlights_or_else_in_the_first_section(
    why: str, facts: OrgFacts, said: tuple[str, ...], surface: str, remarks: tuple[str, ...] | None
) -> None:
    verdict = judged(expect(FIRST), facts, POLICY)

    assert told(verdict) == said
    assert remarks is None or (verdict.surface, verdict.remarks) == (surface, remarks)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (org(highlights("Name"), page({"": ["Title", "Department"]})), PASSES),
        (org(highlights("Name", "Title"), page({"": [], "Work": ["Department"]})),
         ("“Department” is missing: it is in section “Work”",)),
        (org(highlights("Name", "Title"), PAGE, page({"": ["Department"]}, LAYOUT, in_use=False)),
         ("“Department” is on the page layout, not on the Lightning page",)),
    ],
)  # fmt: skip
def test_the_top_section_is_highlights_and_first_section_together(facts: OrgFacts, said: tuple[str, ...]) -> None:
    assert told_of(Section(TOP, includes=("Name", "Title", "Department")), facts) == said


@pytest.mark.parametrize(
    ("why", "facts", "said"),
    [
        ("by place, whatever its heading", org(page({"A": [], "B": ["Title"], "C": []})), PASSES),
        ("a sidebar's does not count",
         org(page({"S": []}, region="right"), page({"A": [], "B": ["Title"]}, LAYOUT)), PASSES),
        ("in the first", org(page({"A": ["Title"], "B": []})), ("“Title” is missing: it is in section “A”",)),
        ("there is one only", org(page({"A": ["Title"]})), ("no second section",)),
    ],
)  # fmt: skip
def test_the_second_section(why: str, facts: OrgFacts, said: tuple[str, ...]) -> None:
    assert told_of(Section(SECOND, includes=("Title",)), facts) == said


def test_fields_anywhere_on_the_page() -> None:
    facts = org(page({"A": ["Lead status"], "B": ["Rating"]}), highlights("Name"))

    assert told_of(Section(includes=("Name", "Lead status", "Rating")), facts) == PASSES
    assert told_of(Section(includes=("Lead source",)), facts) == ("“Lead source” is missing",)


@pytest.mark.parametrize(
    ("why", "facts", "said"),
    [
        ("absent: once, not once a field", org(page({"Details": ["License key"]})), ("no section “Accounting”",)),
        ("renamed", org(page({"Acounting": []})), ("no section “Accounting” (found “Acounting”: renamed?)",)),
        ("where nobody looks", org(PAGE, page({"Accounting": []}, LAYOUT, in_use=False)),
         ("section “Accounting” is on the page layout, not on the Lightning page",)),
        ("nothing was read", org(), ("could not check", "no page of Account was read")),
        ("nothing of this object", org(page({"Accounting": []}, of="Lead")),
         ("could not check", "no page of Account was read")),
        ("unread", org(unread=[Unread(LAYOUT, "Account", "needs View Setup")]),
         ("could not check", "needs View Setup")),
        ("unread for all", org(unread=[Unread(LIGHTNING, "", "needs View Setup")]),
         ("could not check", "needs View Setup")),
        ("the layout below the page is unread", org(PAGE, unread=[Unread(LAYOUT, "Account", "needs View Setup")]),
         ("could not check", "needs View Setup")),
        ("another object's is", org(PAGE, unread=[Unread(LAYOUT, "Lead", "needs View Setup")]),
         ("no section “Accounting”",)),
        ("of two of this name the better one", org(page({"Accounting": []}), page({"Accounting": ["License key",
         "Payment terms"]}, LAYOUT)), PASSES),
    ],
)  # fmt: skip
def test_a_section_that_is_not_there(why: str, facts: OrgFacts, said: tuple[str, ...]) -> None:
    assert told_of(ACCOUNTING, facts) == said


def test_a_field_that_is_missing_in_a_section_that_could_be_read_in_part_could_not_be_checked() -> None:
    facts = org(page({"Accounting": ["Payment terms"]}), unread=[Unread(LAYOUT, "Account", "needs View Setup")])

    assert told_of(ACCOUNTING, facts) == ("could not check", "needs View Setup")


SECOND_COLUMN: Row = {"label": "Orders", "column": 2}


@pytest.mark.parametrize(
    ("side", "rows", "said"),
    [
        (Side.RIGHT, page({"Links": ["Orders"]}, region="right"), PASSES),
        (Side.RIGHT, page({"Links": ["Orders"]}),
         ("section “Links” is in the main part of the page, not on the right",)),
        (Side.RIGHT, page({"Links": ["Orders"]}, region="bottom"),
         ("section “Links” is at the bottom, not on the right",)),
        (Side.RIGHT, page({"Links": [SECOND_COLUMN]}, LAYOUT), PASSES),
        (Side.RIGHT, page({"Links": [SECOND_COLUMN, "Invoices"]}, LAYOUT),
         ("section “Links” is in the main part of the page, not on the right",)),
        (Side.RIGHT, page({"Links": []}, LAYOUT),
         ("section “Links” is in the main part of the page, not on the right",)),
        (Side.TOP, page({"Links": [], "More": []}), PASSES),
        (Side.BOTTOM, page({"Links": [], "More": []}),
         ("section “Links” is in the main part of the page, not at the bottom",)),
        (Side.BOTTOM, page({"More": [], "Links": []}), PASSES),
        (Side.RIGHT, [*page({"More": []}), part("Links", kind=Kind.RELATED_LIST)], PASSES),
        (Side.BOTTOM, [*page({"More": []}), part("Links", kind=Kind.RELATED_LIST)],
         ("“Links” is on the right, not at the bottom",)),
        (Side.RIGHT, page({"More": []}), ("no section “Links”",)),
    ],
)  # fmt: skip
def test_a_section_is_on_its_side(side: Side, rows: list[Row], said: tuple[str, ...]) -> None:
    assert told_of(Section("Links", side=side), org(rows)) == said


NO_FIELD = "no field of Account is called so"
NAMED = fields("Account Name: Name", "Account ID: AccountId: reference", "Type: Type", "Type: Type__c")


@pytest.mark.parametrize(
    ("label", "given", "row", "said"),
    [
        ("Account name", {}, {"label": "Name of account", "field": "Name"}, PASSES),
        ("Account (customer) name", {"Account (customer) name": "Name"}, {"label": "Any", "field": "Name"}, PASSES),
        ("CISO employees (#)", {"ciso employees (#)": "CISOs"}, {"label": "CISOs", "field": "X__c"}, PASSES),
        ("Customer", {}, {"label": "Any", "field": "AccountId"}, (f"“Customer” is missing: {NO_FIELD}",)),
        ("Account", {}, {"label": "Any", "field": "AccountId"}, PASSES),  # what pages call the lookup "Account ID"
        ("Type", {}, {"label": "Kind", "field": "Type__c"}, PASSES),  # of two fields of one label either counts
        ("Type", {"Type": "Type"}, {"label": "Kind", "field": "Type__c"}, ("“Type” is missing",)),
        # The name that is given counts, and not another field that is labelled so.
        ("Type", {"Type": "Type"}, {"label": "Type", "field": "Type__c"}, ("“Type” is missing",)),
    ],
)  # fmt: skip
def test_fields_are_found_by_label_or_by_the_name_that_is_given(
    label: str, given: dict[str, str], row: Row, said: tuple[str, ...]
) -> None:
    facts = org(page({"Details": [row]}), catalogue=NAMED)

    assert told_of(Section("Details", includes=(label,)), facts, fields=given) == said


def test_what_some_users_do_not_see_is_as_expected_with_a_remark() -> None:
    facts = org(page({"Accounting": [{"label": "License key", "conditional": True}, "Payment terms"]}))

    verdict = judged(expect(ACCOUNTING), facts, POLICY)

    assert verdict.status is Status.AS_EXPECTED
    assert verdict.remarks == ("“License key” is shown to some only",)
    assert verdict.surface == "Lightning page Account Record Page"


def test_what_is_asked_for_itself_is_no_renaming_of_another() -> None:
    claim = Section("Accounting", includes=("License key", "License keys"))

    assert told_of(claim, org(page({"Accounting": ["License keys"]}))) == ("“License key” is missing",)


def test_an_expectation_that_asks_for_nothing_is_no_pass() -> None:
    assert judged(expect(Section()), org(PAGE), POLICY).status is Status.COULD_NOT_CHECK
