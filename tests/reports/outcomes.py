"""Checks of Salesforce for the report's tests: every verdict states only what matters, the rest is an ordinary one."""

from datetime import UTC, date, datetime
from typing import Any

from tasks.reports.validation_context import ValidationContext
from tasks.rules.expected import (
    Among,
    ByEye,
    Claim,
    Components,
    DefaultListView,
    Equals,
    Expectation,
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
    TabsOnly,
)
from tasks.rules.verdicts import (
    Change,
    Discrepancy,
    News,
    Outcome,
    RecordRef,
    Remembered,
    Status,
    Told,
    Verdict,
)

from .review_builder import BASE

DAY, BEFORE = date(2026, 11, 23), date(2026, 10, 23)
AS_OF = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)  # 07:28 in Los Angeles
SEPTEMBER = date(2026, 9, 3)
RUN_URL = "https://prefect.example.com/runs/flow-run/1f2e3d"
HISTORY_URL = "https://prefect.example.com/artifacts/key/salesforce-check"
FILE_URL = "https://prefect.example.com/deployments/deployment/5f6a/run?parameters="
CHANGE = Change(datetime(2026, 11, 18, 18, 12, tzinfo=UTC), "Jo Admin", "Changed page layout Account Layout")
ACCOUNTING = Section("Accounting", includes=("invoice sent (latest)", "license key", "payment terms"))
RIGHT = Components(("Opportunities", "Meeting notes", "Activity feed"), Side.RIGHT)
STAGE = Components(("Stage history", "Activity feed", "LinkedIn sales navigator"), Side.RIGHT)
YEAR = Matches("opportunity name", Pattern.YEAR)
WON = Equals("deals won (#)", Source.COUNT_WON)
SENTENCES = {
    149: "No other tabs should exist.",
    153: "The default filter is Customers when you click on the accounts tab.",
    155: "Useful links section should appear in the top right section of the account page.",
    156: "Make sure the LinkedIn links work.",
    157: "Accounting section should include the following fields: invoice sent (latest), …, license key, …",
    158: "Opportunities, meeting notes, and activity feed should appear on the right.",
    164: "Opportunity information section should include fields for account name, opportunity name "
    "(should have the year on it), …",
    166: "Stage history, activity feed, and LinkedIn sales navigator should appear at the right.",
    171: "Top section should have fields for the contact's name, job title, department, …",
}


def account_id(number: int) -> str:
    return f"001Hs{number:010d}AAA"


def make_expectation(claim: Claim = ACCOUNTING, line: int | None = 157, **said: Any) -> Expectation:
    """One of the account's, in its file at twice the line of the handbook."""
    sentence = SENTENCES.get(line or 0, "A sentence of the handbook.")
    usual: dict[str, Any] = {
        "object": "Account", "sentence": sentence, "file": "accounts.yml", "line": 2 * (line or 0),
        "handbook_line": line,
    }  # fmt: skip
    return Expectation(claim=claim, **{**usual, **said})


def make_verdict(status: Status, claim: Claim = ACCOUNTING, line: int | None = 157, **said: Any) -> Verdict:
    """`said` may name fields of the verdict and of its expectation."""
    own = {"found", "surface", "discrepancies", "looked_at", "remarks"}
    expectation = make_expectation(claim, line, **{name: value for name, value in said.items() if name not in own})
    return Verdict(expectation, status, **{name: value for name, value in said.items() if name in own})


def missing(label: str, **said: Any) -> Discrepancy:
    return Discrepancy(f"missing|{label}", f"“{label}” is missing", **said)


def remembered(verdict: Verdict, found: Discrepancy, first_seen: date = DAY) -> Remembered:
    expectation = verdict.expectation
    section = expectation.claim.section if isinstance(expectation.claim, Section) else ""
    return Remembered(
        found.key(expectation), expectation.key, expectation.object, section, found.said, expectation.severity,
        first_seen, expectation.handbook_line, found.total, found.of, verdict.status is Status.WAIVED,
    )  # fmt: skip


def told(news: News, verdict: Verdict, found: Discrepancy, first_seen: date = DAY) -> Told:
    return Told(news, remembered(verdict, found, first_seen), verdict, None if news is News.FIXED else found)


def make_outcome(verdicts: list[Verdict], known_since: date | None = None, **said: Any) -> Outcome:
    """What differs is new, or known since that day; what is waived is known."""
    since = known_since or DAY
    rows = [
        told(News.KNOWN if known_since or one.status is Status.WAIVED else News.NEW, one, found, since)
        for one in verdicts
        for found in one.discrepancies
    ]
    rows.sort(key=lambda row: list(News).index(row.news) if row.news is News.NEW else 2)
    rows = [
        *(r for r in rows if r.news is News.NEW),
        *said.pop("fixed", ()),
        *(r for r in rows if r.news is not News.NEW),
    ]
    usual: dict[str, Any] = {"day": DAY, "profile": "Standard User", "before": BEFORE}
    return Outcome(verdicts=tuple(verdicts), told=tuple(rows), **{**usual, **said})


def make_context(**said: Any) -> ValidationContext:
    """A run at 07:28 in Los Angeles, of everything."""
    usual: dict[str, Any] = {
        "as_of": AS_OF, "salesforce_url": BASE, "run_url": RUN_URL, "history_url": HISTORY_URL,
        "file_url": lambda keys: FILE_URL + ",".join(keys), "last_report": BEFORE,
    }  # fmt: skip
    return ValidationContext(**{**usual, **said})


def passes() -> list[Verdict]:
    """One of each object that is as expected."""
    good = Status.AS_EXPECTED
    return [
        make_verdict(good, TabsOnly(("Contacts", "Leads")), 149, object="", file="tabs.yml",
                     found="Contacts, Leads", surface="tabs"),
        make_verdict(good, RIGHT, 158, surface="Lightning page “Account Record Page”"),
        make_verdict(good, YEAR, 164, object="Opportunity", file="opportunities.yml", looked_at=58, surface="records"),
        make_verdict(good, Section("second", includes=("is champion", "reports to")), 172, object="Contact",
                     file="contacts.yml", surface="page layout “Contact Layout”",
                     remarks=("“is champion” is shown to some only",)),
        make_verdict(good, Section("", includes=("name", "lead source", "lead status", "rating")), 179, object="Lead",
                     file="leads.yml", surface="page layout “Lead Layout”"),
    ]  # fmt: skip


def eyes() -> list[Verdict]:
    """The pinned list views of three objects, and links that nothing opens."""
    pinned = "exists, shared, filter as said; that it is the pinned one only eyes can see"
    views = [
        ("Account", "Customers", ("Type equals Customer",)),
        ("Contact", "All contacts", ()),
        ("Lead", "All leads", ()),
    ]
    return [
        *(make_verdict(Status.NEEDS_EYES, DefaultListView(view, by), 153, object=name, found=pinned)
          for name, view, by in views),
        make_verdict(Status.NEEDS_EYES, Opens("LinkedIn company URL"), 156, found="opening links is off"),
        make_verdict(Status.NEEDS_EYES, ByEye("that the links search the right repository"), 155),
    ]  # fmt: skip


def won() -> Verdict:
    """Four accounts whose roll-up is wrong."""
    names = ("Acme", "Globex", "Hooli", "Umbrella")
    records = tuple(RecordRef("Account", account_id(n), name, f"{n}, not {n + 1}") for n, name in enumerate(names))
    found = Discrepancy(
        "differs", "4 of 212 accounts: “deals won (#)” is not their won opportunities", records=records, total=4, of=212
    )
    return make_verdict(Status.DIFFERS, WON, 157, discrepancies=(found,), looked_at=212, surface="records")


def notes() -> Verdict:
    """Two notes on accounts."""
    records = (
        RecordRef("Account", account_id(1), "Globex", "classic"),
        RecordRef("Account", account_id(5), "Wayne", "enhanced"),
    )
    found = Discrepancy("notes", "2 notes on accounts", records=records, total=2, of=212)
    return make_verdict(Status.DIFFERS, NoNotes(), 155, discrepancies=(found,), looked_at=212, surface="records")


def licence() -> Verdict:
    """A renamed field."""
    found = missing("license key", near="found “Licence Key”: renamed?", change=CHANGE)
    return make_verdict(Status.DIFFERS, discrepancies=(found,), surface="Lightning page “Account Record Page”")


def department() -> Verdict:
    """A field that is on the surface that is not in use."""
    said = "“department” is on the page layout, not on the Lightning page"
    return make_verdict(
        Status.DIFFERS, Section("top", includes=("name", "job title", "department")), 171, object="Contact",
        file="contacts.yml", severity=Severity.WARNING, surface="Lightning page “Contact Page”",
        discrepancies=(Discrepancy("elsewhere|department", said),),
    )  # fmt: skip


def useful_links() -> Verdict:
    """What has been missing for long."""
    claim = Section("Useful links", links=(Link("signed NDA", "drive.google.com"),), side=Side.RIGHT)
    return make_verdict(Status.DIFFERS, claim, 155, discrepancies=(missing("signed NDA"),), owner="RevOps",
                        surface="page layout “Account Layout”")  # fmt: skip


def orbit(until: date = date(2026, 12, 31)) -> Verdict:
    """What is waived."""
    claim = Section("Additional information", includes=("orbit feed",))
    return make_verdict(
        Status.WAIVED, claim, 173, object="Contact", file="contacts.yml", discrepancies=(missing("orbit feed"),),
        waived_until=until, because="Orbit no longer exists", surface="page layout “Contact Layout”",
    )  # fmt: skip


def unreadable(line: int = 166, claim: Claim = STAGE, **said: Any) -> Verdict:
    """What could not be checked."""
    why = "the Lightning page could not be read: the user needs the permission “View Setup and Configuration”"
    usual = {"object": "Opportunity", "file": "opportunities.yml", "found": why}
    return make_verdict(Status.COULD_NOT_CHECK, claim, line, **{**usual, **said})


def fixed_year() -> Told:
    """Three names without a year, which have one now."""
    was = Discrepancy("bad", "3 of 58 opportunities: “opportunity name” has no year", total=3, of=58)
    return told(News.FIXED, passes()[2], was, SEPTEMBER)


def full() -> Outcome:
    """Something of everything."""
    known = useful_links(), orbit()
    new = licence(), department(), won(), notes()
    order = NotAfter("invoice sent", "subscription end date", Among.WON)
    verdicts = [
        *passes(),
        *new,
        *known,
        *eyes(),
        unreadable(),
        make_verdict(Status.COULD_NOT_CHECK, order, 161, object="Opportunity", found=unreadable().found),
    ]
    rows = [
        *(told(News.NEW, one, one.discrepancies[0]) for one in new),
        fixed_year(),
        *(told(News.KNOWN, one, one.discrepancies[0], SEPTEMBER) for one in known),
    ]
    before = {one.expectation.key: one.status for one in verdicts if one not in new}
    before |= {one.expectation.key: Status.AS_EXPECTED for one in new}
    before[passes()[2].expectation.key] = Status.DIFFERS
    notes_said = ("The only Lightning page of Account is taken to be the org's default.",)
    return Outcome(DAY, "Standard User", tuple(verdicts), tuple(rows), BEFORE, before, notes_said)


def quiet() -> Outcome:
    """Nothing differs but what is waived."""
    return make_outcome([*passes(), orbit(), *eyes()])


def first() -> Outcome:
    """The first check: all of it is new, more than the parent shows."""
    many = [
        make_verdict(
            Status.DIFFERS, Section(f"Section {n}", includes=("name",)), 150 + n, discrepancies=(missing("name"),)
        )
        for n in range(9)
    ]
    return make_outcome([*passes(), licence(), department(), won(), *many, *eyes()], before=None)
