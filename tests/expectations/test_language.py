"""What each line of an expectation file becomes."""

from datetime import date

import pytest

from tasks.expectation_language import read
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
    Severity,
    Side,
    Source,
    TabShown,
    TabsOnly,
)

from .files import SENTENCE, expecting, only

NAME, ACCOUNT = "Name", "Account name"


@pytest.mark.parametrize(
    ("object", "said", "claim"),
    [
        ("", "tabs only: [Accounts, Leads]", TabsOnly(("Accounts", "Leads"))),
        ("", "tab: Accounts", TabShown("Accounts")),
        ("Lead", "tab: Leads", TabShown("Leads")),
        ("Lead", "default list view: All leads", DefaultListView("All leads", None)),
        ("Lead", "default list view: All leads\nfiltered by: []", DefaultListView("All leads", ())),
        (
            "Account", "default list view: Customers\nfiltered by:\n  - Type equals Customer",
            DefaultListView("Customers", ("Type equals Customer",)),
        ),
        ("Account", "section: Accounting", Section("Accounting")),
        ("Account", "section: Top\nstarts with:\n  - Name\n  - Account name", Section("top", (NAME, ACCOUNT))),
        ("Account", "section: second\nincludes: [Name]", Section("second", includes=(NAME,))),
        ("Account", "section: Second thoughts", Section("Second thoughts")),
        ("Lead", "includes: [Name]", Section(includes=(NAME,))),
        (
            "Account", "section: Useful links\non the: right\nlinks:\n  - Signed NDA: drive.google.com\n  - POs (#)",
            Section("Useful links", links=(Link("Signed NDA", "drive.google.com"), Link("POs (#)")), side=Side.RIGHT),
        ),
        ("Lead", "components: [Stage history]\non the: bottom", Components(("Stage history",), Side.BOTTOM)),
        ("Lead", "records: {none: notes}", NoNotes()),
        ("Lead", "records: {field: Name, matches: year}", Matches(NAME, Pattern.YEAR)),
        (
            "Opportunity", "records: {field: Name, matches: year, among: open, required: true}",
            Matches(NAME, Pattern.YEAR, Among.OPEN, required=True),
        ),
        ("Contact", "records: {field: Name, matches: linkedin profile}", Matches(NAME, Pattern.LINKEDIN_PERSON)),
        ("Account", "records: {field: Name, matches: LinkedIn company}", Matches(NAME, Pattern.LINKEDIN_COMPANY)),
        ("Account", "records: {field: Name, opens: LinkedIn}", Opens(NAME)),
        ("Account", "records: {field: Name, equals: count of won opportunities}", Equals(NAME, Source.COUNT_WON)),
        ("Lead", "records: {field: A, not after: B}", NotAfter("A", "B", Among.ALL)),
        ("Opportunity", "records: {field: A, not after: B, among: won}", NotAfter("A", "B", Among.WON)),
        ("Opportunity", "records: {field: A, has: B}", Has("A", "B", Among.OPEN)),
        ("Lead", "records: {field: A, has: B}", Has("A", "B", Among.ALL)),
        ("Lead", "needs eyes: The notes are in the folder", ByEye("The notes are in the folder")),
    ],
)  # fmt: skip
def test_a_claim_is_read(object: str, said: str, claim: Claim) -> None:  # noqa: A002
    assert only(expecting(said, object)).claim == claim


def test_a_label_keeps_its_signs_and_its_quotes_do_not_count() -> None:
    said = """
        includes:
          - "Up to # of hosts"
          - 'Next step''s due date'
          - CISO employees (#)
          - 2026
          - Yes
          - Two
            lines
          - "Two   words"  # this is a comment
    """

    claim = only(expecting(said)).claim

    assert isinstance(claim, Section)
    assert claim.includes == (
        "Up to # of hosts", "Next step's due date", "CISO employees (#)", "2026", "Yes", "Two lines", "Two words",
    )  # fmt: skip


def test_what_stands_beside_the_claim_is_kept() -> None:
    said = "tab: Leads\nseverity: info\nowner: RevOps\nwaived until: 2026-12-31\nbecause: It is being built"

    found = only(expecting(said, "Lead", quote=f"L156 {SENTENCE}"), "leads.yml")

    assert (found.object, found.file, found.line, found.source) == ("Lead", "leads.yml", 3, "leads.yml:3")
    assert (found.handbook_line, found.sentence) == (156, SENTENCE)
    assert (found.severity, found.owner, found.because) == (Severity.INFO, "RevOps", "It is being built")
    assert found.waived_until == date(2026, 12, 31)


def test_what_is_left_out_is_critical_and_nobodys() -> None:
    found = only(expecting("tab: Leads", "Lead"))

    assert (found.handbook_line, found.severity, found.owner) == (None, Severity.CRITICAL, "")
    assert (found.waived_until, found.because, found.fields) == (None, "", {})


def test_a_sentence_over_several_lines_is_one() -> None:
    assert (
        only(expecting("tab: Leads", quote=">-\n      L156 Make sure the\n      LinkedIn links work.")).sentence
        == SENTENCE
    )


def test_the_api_names_of_a_file_hold_for_all_its_expectations() -> None:
    fields = "fields:\n  Job title: Title\n  Name: Name\n  Type: Type\n  Signed NDA: NDA__c\n"
    claims = (
        "includes: [job title]",
        "records: {field: Name, matches: year}",
        "default list view: All\n    filtered by: [Type equals X]",
        "links: [Signed NDA]",
    )
    text = f"object: Contact\n{fields}expect:\n" + "".join(f"  - handbook: X.\n    {one}\n" for one in claims)

    found = read(text, "contacts.yml")

    assert found.mistakes == ()
    assert [one.fields for one in found.expectations] == [
        {"Job title": "Title", "Name": "Name", "Type": "Type", "Signed NDA": "NDA__c"}
    ] * 4


@pytest.mark.parametrize("said", ["severity: warning  # was critical", "on the: right  # of the page"])
def test_a_comment_after_a_word_of_the_language_is_a_comment(said: str) -> None:
    assert only(expecting(f"section: Links\n{said}"))


def test_a_comment_on_its_own_line_is_a_comment() -> None:
    found = only(expecting("includes:\n  - Name\n  # - Industry\n  - Rating"))

    assert found.claim == Section(includes=("Name", "Rating"))
