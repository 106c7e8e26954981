"""Values of records held against the handbook (L155 to L157, L164, L226 to L229)."""

from typing import Any

import pandas as pd
import pytest

from tasks.rules.expected import (
    Among,
    Equals,
    Has,
    Matches,
    NoNotes,
    NotAfter,
    Opens,
    Pattern,
    Records,
    Section,
    Source,
)
from tasks.rules.org_facts import RecordFacts, Surface, Unread
from tasks.rules.record_checks import (
    RecordFrame,
    Wanted,
    judged_records,
    left_to_eyes,
    values_of,
    verdict_of_records,
    wanted,
    without_looking,
)
from tasks.rules.verdicts import Status, Verdict

from .validation_builders import Row, expect, fields, org, records, told

PASSES = ("as expected",)
ACCOUNT = fields("LinkedIn company URL: Company__c", "Deals won (#): Won__c", "Revenue: Sum__c",
                 "Close date (first deal): First__c", "Account Name: Name")  # fmt: skip
DEAL = fields("Name: Name", "Effective date: From__c", "Ends: To__c", "Next Step: NextStep",
              "Next step's due date: Due__c", "Stage: StageName", "Stage: Stage__c", of="Opportunity")  # fmt: skip
FACTS = org(catalogue=[*ACCOUNT, *DEAL])


def judge(claim: Records, facts: RecordFacts, of: str = "Account", **given: Any) -> Verdict:
    return judged_records(expect(claim, of=of, **given), facts, FACTS)


COMPANY = Matches("LinkedIn company URL", Pattern.LINKEDIN_COMPANY)
REQUIRED = Matches("LinkedIn company URL", Pattern.LINKEDIN_COMPANY, required=True)
URL = "https://linkedin.com/company/x"
NOT_ONE = "“LinkedIn company URL” is not the https address of a LinkedIn company"


@pytest.mark.parametrize(
    ("claim", "values", "said", "looked_at"),
    [
        (COMPANY, [URL, None, " "], PASSES, 1),
        (COMPANY, [f" {URL} "], PASSES, 1),
        (COMPANY, [URL, "x", "y"], (f"2 of 3 accounts: {NOT_ONE}",), 3),
        (REQUIRED, [URL, None, " "], (f"2 of 3 accounts: {NOT_ONE}",), 3),
        (REQUIRED, [URL], PASSES, 1),
        (REQUIRED, [None], (f"1 of 1 accounts: {NOT_ONE}",), 1),
    ],
)
def test_values_look_like_a_pattern(
    claim: Matches, values: list[str | None], said: tuple[str, ...], looked_at: int
) -> None:
    rows = records(rows=[{"Company__c": value} for value in values])
    verdict = judge(claim, RecordFacts({"Account": rows.frames["Account"].astype({"Company__c": "str"})}))

    assert (told(verdict), verdict.looked_at) == (said, looked_at)


DEALS = [
    {"Name": "Acme 2026", "IsClosed": False, "IsWon": False},
    {"Name": "Acme", "IsClosed": True, "IsWon": False},
    {"Name": "Acme too", "IsClosed": True, "IsWon": True},
]


@pytest.mark.parametrize(("among", "bad", "of"), [(Among.ALL, 2, 3), (Among.OPEN, 0, 1), (Among.WON, 1, 1)])
def test_only_some_opportunities_are_looked_at(among: Among, bad: int, of: int) -> None:
    verdict = judge(Matches("Opportunity name", Pattern.YEAR, among), records("Opportunity", DEALS), "Opportunity")

    assert [(one.total, one.of) for one in verdict.discrepancies] == ([(bad, of)] if bad else [])
    assert {ref.found for one in verdict.discrepancies for ref in one.records} <= {""}  # the name says it
    assert verdict.looked_at == of


SUMS = pd.DataFrame({"account_id": ["001001"], Source.COUNT_WON: [2.0]})
WON, SUM = Equals("Deals won (#)", Source.COUNT_WON), Equals("Revenue", Source.SUM_WON)
RIGHT: Row = {"Won__c": 2.0, "Sum__c": 1200.5}
ORDER = NotAfter("Effective date", "Ends")


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-01-01", "2026-12-31", []),
        ("2026-01-01", "2026-01-01", []),
        ("2026-01-02", "2026-01-01", ["2026-01-02 is after 2026-01-01"]),
    ],
)
def test_one_date_is_not_after_the_other(first: str, last: str, found: list[str]) -> None:
    verdict = judge(ORDER, records("Opportunity", [dates(first, last)]), "Opportunity")

    assert [ref.found for one in verdict.discrepancies for ref in one.records] == found


def dates(first: str | None, last: str | None) -> Row:
    return {"From__c": pd.to_datetime(first), "To__c": pd.to_datetime(last)}


def test_of_two_dates_both_must_be_there_to_be_compared() -> None:
    rows = [dates("2026-01-02", None), dates(None, "2026-01-01"), dates(None, None), dates("2026-01-01", "2026-01-01")]

    assert judge(ORDER, records("Opportunity", rows), "Opportunity").looked_at == 1


def test_what_is_filled_in_has_what_belongs_to_it() -> None:
    day = pd.Timestamp("2026-12-01")
    rows = [{"NextStep": step, "Due__c": due, "IsClosed": closed, "IsWon": closed}
            for step, due, closed in (("Call", day, False), ("Call", pd.NaT, False), (" ", pd.NaT, False),
                                      (None, pd.NaT, False), ("Call", pd.NaT, True))]  # fmt: skip

    verdict = judge(Has("Next step", "Next step's due date"), records("Opportunity", rows), "Opportunity")

    assert told(verdict) == ("1 of 2 opportunities: “Next step” has no “Next step's due date”",)


NOTES = pd.DataFrame({
    "object": ["Account", "Account", "Opportunity"], "record_id": ["001", "002", "006"],
    "record": ["Acme", "Globex", "Deal"], "kind": ["classic", "enhanced", "classic"],
    "at": pd.to_datetime(["2026-11-01", "2026-11-02", "2026-11-03"], utc=True),
})  # fmt: skip


def test_notes_are_not_used() -> None:
    verdict = judge(NoNotes(), RecordFacts(notes=NOTES))

    assert told(verdict) == ("2 notes on accounts, should be none",)
    assert [(ref.id, ref.name, ref.found) for ref in verdict.discrepancies[0].records] == [
        ("001", "Acme", "classic note 2026-11-01"), ("002", "Globex", "enhanced note 2026-11-02"),
    ]  # fmt: skip
    assert told(judge(NoNotes(), RecordFacts(notes=NOTES[:1]))) == ("1 note on accounts, should be none",)
    assert told(judge(NoNotes(), RecordFacts(notes=NOTES[2:]))) == PASSES


OPENS = Opens("LinkedIn company URL")


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["works", "works"], PASSES),
        (["works", "broken"], ("1 of 2 accounts: “LinkedIn company URL” does not open",)),
        (["cannot tell", "broken"], ("1 of 2 accounts: “LinkedIn company URL” does not open",)),
        (["works", "cannot tell"], ("needs eyes", "1 of 2 addresses were not opened, or did not tell")),
        (["works"], ("needs eyes", "1 of 2 addresses were not opened, or did not tell")),
        ([], ("needs eyes", "2 of 2 addresses were not opened, or did not tell")),
    ],
)
def test_links_open(states: list[str], said: tuple[str, ...]) -> None:
    tried = pd.DataFrame({"url": [f"{URL}{n}" for n, _ in enumerate(states)], "state": states, "why": ""})
    links = tried if states else pd.DataFrame()

    verdict = judge(OPENS, records(rows=[{"Company__c": f"{URL}0"}, {"Company__c": f"{URL}1 "}], links=links))

    assert told(verdict) == said


NO_VIEW = "the integration user lacks View All"


@pytest.mark.parametrize(
    ("why", "claim", "facts", "said"),
    [
        ("the object", COMPANY, RecordFacts(unread={"Account": NO_VIEW}), NO_VIEW),
        ("nobody asked", COMPANY, RecordFacts(), "Account.Company__c was not read"),
        ("a field", COMPANY, records(rows=[{}], unread={"Account.Company__c": NO_VIEW}), NO_VIEW),
        ("the sums", WON, records(rows=[RIGHT], unread={"sums": NO_VIEW}), NO_VIEW),
        (
            "a sum",
            SUM,
            records(rows=[RIGHT], sums=SUMS, unread={"sums": NO_VIEW}),
            NO_VIEW,
        ),
        ("the notes", NoNotes(), RecordFacts(unread={"notes": NO_VIEW}), NO_VIEW),
        ("the notes, and nobody says why", NoNotes(), RecordFacts(), "the notes were not read"),
    ],
)
def test_what_could_not_be_read_could_not_be_checked(why: str, claim: Records, facts: RecordFacts, said: str) -> None:
    assert told(judge(claim, facts)) == ("could not check", said)


def test_which_are_won_must_have_been_read() -> None:
    claim = Matches("Name", Pattern.YEAR, Among.WON)

    verdict = judge(claim, records("Opportunity", [{"Name": "Acme 2026"}]), "Opportunity")

    assert told(verdict) == ("could not check", "Opportunity.IsWon was not read")


def test_notes_that_are_seen_differ_even_where_others_cannot_be_read() -> None:
    assert judge(NoNotes(), RecordFacts(notes=NOTES, unread={"notes": NO_VIEW})).status is Status.DIFFERS


def test_a_label_that_no_field_has_differs_and_two_fields_of_one_label_cannot_be_checked() -> None:
    assert told(judge(Equals("Deal won (#)", Source.COUNT_WON), records(rows=[RIGHT], sums=SUMS))) == (
        "no field of Account is called “Deal won (#)” (found “Deals won (#)”: renamed?)",
    )
    assert told(judge(Matches("Stage", Pattern.YEAR), records("Opportunity", DEALS), "Opportunity")) == (
        "could not check",
        "several fields of Opportunity are called “Stage” (StageName, Stage__c): say which in `fields`",
    )


def test_labels_of_an_object_whose_fields_are_unread() -> None:
    facts = org(unread=[Unread(Surface.RECORDS, "Account", "needs read access")])
    values = values_of(expect(COMPANY), RecordFacts(), facts)

    assert told(without_looking(expect(COMPANY), values) or Verdict(expect(COMPANY), Status.AS_EXPECTED)) == (
        "could not check", "needs read access",
    )  # fmt: skip


def test_an_object_without_records_is_as_expected_and_says_so() -> None:
    verdict = judge(COMPANY, records(rows=[{"Company__c": None}]))

    assert (verdict.status, verdict.remarks) == (Status.AS_EXPECTED, ("there was none to look at (0 looked at)",))


def test_ten_records_are_named_and_all_are_counted() -> None:
    bad = pd.DataFrame({"Id": [f"{n:03}" for n in range(12)], "Name": [f"N{n:02}" for n in range(12)], "found": "x"})

    [found] = verdict_of_records(expect(COMPANY), bad.sample(frac=1, random_state=1), 1212).discrepancies

    assert found.said == f"12 of 1,212 accounts: {NOT_ONE}"
    assert (found.total, found.of) == (12, 1212)
    assert [(ref.name, ref.found) for ref in found.records] == [(f"N{n:02}", "x") for n in range(10)]


def test_what_is_wanted() -> None:
    asked = [expect(COMPANY), expect(REQUIRED), expect(OPENS), expect(WON), expect(NoNotes()), expect(Section("A")),
             expect(ORDER, of="Opportunity"), expect(Matches("Stage", Pattern.YEAR), of="Opportunity"),
             expect(Matches("Unknown", Pattern.YEAR), of="Lead")]  # fmt: skip

    assert wanted(asked, FACTS) == Wanted(
        {"Account": ("Company__c", "Won__c"), "Opportunity": ("From__c", "To__c")},
        notes=True, sums=True, links={"Account": ("Company__c",)},
    )  # fmt: skip
    assert wanted([expect(Section("A"))], FACTS) == Wanted()


def test_claims_of_structure_are_judged_elsewhere() -> None:
    with pytest.raises(TypeError, match=r"accounts\.yml:27"):
        values_of(expect(Section("A")), RecordFacts(), FACTS)
    with pytest.raises(TypeError, match=r"accounts\.yml:27"):
        verdict_of_records(expect(Section("A")), pd.DataFrame(), 0)
    assert left_to_eyes(expect(WON), RecordFrame("Account", pd.DataFrame())) == ""
