"""An expectation in the words of people, and where it is looked for."""

import pytest

from tasks.reports.validation_words import claim_words, eyes_words, place
from tasks.rules.expected import (
    Among,
    ByEye,
    Claim,
    Components,
    DefaultListView,
    Equals,
    Has,
    Link,
    Matches,
    NoNotes,
    NotAfter,
    Opens,
    Pattern,
    Section,
    Side,
    Source,
    TabShown,
    TabsOnly,
)

from .outcomes import make_expectation

URL = "LinkedIn URL"
CLAIMS: list[tuple[Claim, str, str]] = [
    (TabsOnly(("Contacts", "Leads")), "tabs only Contacts, Leads", "Account"),
    (TabShown("Accounts"), "tab Accounts is on by default", "Account"),
    (DefaultListView("Customers"), "default list view is Customers", "Account \u203a list views"),
    (DefaultListView("All", ()), "default list view is All, without a filter",
     "Account \u203a list views"),
    (DefaultListView("Customers", ("Type equals Customer", "Active equals True")),
     "default list view is Customers, filtered by Type equals Customer and Active equals True",
     "Account \u203a list views"),
    (Section("Accounting", includes=("License key", "Payment terms")),
     "section Accounting includes License key, Payment terms", "Account \u203a Accounting"),
    (Section("top", starts_with=("Name", "Type")), "top section starts with Name, Type", "Account \u203a top section"),
    (Section("second", ("Name",), ("Email",)), "second section starts with Name; includes Email",
     "Account \u203a second section"),
    (Section("", includes=("Rating",)), "the page includes Rating", "Account \u203a page"),
    (Section("Useful links", links=(Link("NDA", "drive.google.com"), Link("POs")), side=Side.RIGHT),
     "section Useful links has the links NDA (to drive.google.com), POs; is on the right",
     "Account \u203a Useful links"),
    (Section("Useful links", links=(Link("NDA"),)), "section Useful links has the link NDA",
     "Account \u203a Useful links"),
    (Section("Accounting"), "section Accounting is there", "Account \u203a Accounting"),
    (Components(("Opportunities", "Activity feed"), Side.RIGHT), "Opportunities, Activity feed on the right",
     "Account \u203a right side"),
    (Components(("Related contacts",), Side.BOTTOM), "Related contacts at the bottom", "Account \u203a bottom"),
    (NoNotes(), "no notes on accounts", "Account \u203a notes"),
    (Matches("Name", Pattern.YEAR), "“Name” has its year", "Account \u203a Name"),
    (Matches(URL, Pattern.LINKEDIN_PERSON, required=True),
     "“LinkedIn URL” is the address of a LinkedIn profile and is never empty", "Account \u203a LinkedIn URL"),
    (Matches(URL, Pattern.LINKEDIN_COMPANY, Among.WON),
     "“LinkedIn URL” of won accounts is the address of a LinkedIn company page", "Account \u203a LinkedIn URL"),
    (Matches(URL, Pattern.SALES_NAVIGATOR), "“LinkedIn URL” is an address of LinkedIn sales navigator",
     "Account \u203a LinkedIn URL"),
    (Opens(URL), "links in “LinkedIn URL” open", "Account \u203a LinkedIn URL"),
    (Equals("Deals won (#)", Source.COUNT_WON), "“Deals won (#)” equals the count of won opportunities",
     "Account \u203a Deals won (#)"),
    (NotAfter("Effective date", "End date"), "“Effective date” of accounts is not after “End date”",
     "Account \u203a Effective date"),
    (Has("Next step", "Due date"), "“Next step” of open accounts has its “Due date”", "Account \u203a Next step"),
    (ByEye("that the note is there"), "that the note is there", "Account"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "words", "where"), CLAIMS, ids=[words for _, words, _ in CLAIMS])
def test_a_claim_reads_like_its_file(claim: Claim, words: str, where: str) -> None:
    expectation = make_expectation(claim)
    assert claim_words(expectation) == words
    assert place(expectation) == where


def test_what_concerns_no_object_is_about_the_tabs() -> None:
    assert place(make_expectation(TabsOnly(("Leads",)), object="")) == "Tabs"


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (DefaultListView("Customers"), "pinned list views"),
        (Opens(URL), "LinkedIn pages opening"),
        (ByEye("that the search finds it"), "that the search finds it"),
        (NoNotes(), "no notes on accounts"),
    ],
)
def test_what_is_left_to_eyes_is_named_by_its_kind(claim: Claim, words: str) -> None:
    assert eyes_words(make_expectation(claim)) == words


def test_opportunities_are_spelled_as_people_do() -> None:
    assert claim_words(make_expectation(NoNotes(), object="Opportunity")) == "no notes on opportunities"
