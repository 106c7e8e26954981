"""One check beside the check before: new, known, fixed; waivers; what is kept; who changed it (handbook L147)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tasks.rules.audit_trail import changed
from tasks.rules.expected import (
    SECOND,
    TOP,
    ByEye,
    Claim,
    Components,
    DefaultListView,
    Expectation,
    NoNotes,
    Opens,
    Section,
    Severity,
    Side,
    TabsOnly,
)
from tasks.rules.org_facts import OrgFacts
from tasks.rules.validation import checkup_of, outcome, place_of, waived
from tasks.rules.verdicts import Checkup, Discrepancy, News, Outcome, Status, Verdict

from .validation_builders import AS_OF, LAYOUT, expect, fields, highlights, org, page, tab, view

LAST = date(2026, 10, 23)
KEY, TERMS = Discrepancy("missing|License key", "“License key” is missing"), Discrepancy("missing|Terms", "no terms")
SECTION = Discrepancy("section|accounting", "no section “Accounting”")
ACCOUNTING = expect(Section("Accounting", includes=("License key", "Terms")), handbook_line=157)
LEADS = expect(Section(includes=("Rating",)), of="Lead", handbook_line=179)
NO_RATING = Discrepancy("missing|Rating", "“Rating” is missing")


def differs(*found: Discrepancy, of: Expectation = ACCOUNTING) -> Verdict:
    return Verdict(of, Status.DIFFERS, discrepancies=found)


def is_now(status: Status, of: Expectation = ACCOUNTING) -> Verdict:
    return Verdict(of, status)


def check(
    *verdicts: Verdict, before: Checkup | None = None, day: date = AS_OF, facts: OrgFacts | None = None
) -> Outcome:
    return outcome(verdicts, facts or org(), before, day)


def kept(*verdicts: Verdict, before: Checkup | None = None, day: date = LAST) -> Checkup:
    return checkup_of(check(*verdicts, before=before, day=day))


def news_of(result: Outcome) -> list[tuple[str, str]]:
    return [(str(one.news), one.remembered.said) for one in result.told]


@pytest.mark.parametrize(
    ("why", "before", "now", "news"),
    [
        ("the first check", None, differs(KEY), [("new", KEY.said)]),
        ("as it was", differs(KEY), differs(KEY), [("known", KEY.said)]),
        ("one more", differs(KEY), differs(KEY, TERMS), [("new", TERMS.said), ("known", KEY.said)]),
        ("one less", differs(KEY, TERMS), differs(TERMS), [("fixed", KEY.said), ("known", TERMS.said)]),
        ("all well", differs(KEY), is_now(Status.AS_EXPECTED), [("fixed", KEY.said)]),
        ("the rest is left to eyes", differs(KEY), is_now(Status.NEEDS_EYES), [("fixed", KEY.said)]),
        ("could not be checked now", differs(KEY), is_now(Status.COULD_NOT_CHECK), [("known", KEY.said)]),
        ("the whole section is gone", differs(KEY), differs(SECTION),
         [("new", SECTION.said), ("known", KEY.said)]),
        ("said in other words", differs(KEY), differs(replace(KEY, said="gone", near="found “x”: renamed?")),
         [("known", "gone")]),
        ("an answer that is none", differs(KEY, of=expect(Opens("x"))), is_now(Status.NEEDS_EYES, expect(Opens("x"))),
         [("known", KEY.said)]),
        ("nothing then, nothing now", is_now(Status.AS_EXPECTED), is_now(Status.AS_EXPECTED), []),
    ],
)  # fmt: skip
def test_news(why: str, before: Verdict | None, now: Verdict, news: list[tuple[str, str]]) -> None:
    assert news_of(check(now, before=kept(before) if before else None)) == news


def test_an_absent_section_is_told_once_and_is_waived_only_where_all_who_ask_for_it_waive_it() -> None:
    orbit = expect(Section("Accounting", includes=("Orbit feed",)), waived_until=AS_OF)

    result = check(differs(SECTION, of=orbit), differs(SECTION), differs(SECTION, of=LEADS))

    assert [(one.remembered.object, one.remembered.waived) for one in result.told] == [
        ("Account", False), ("Lead", False),
    ]  # fmt: skip
    assert kept(differs(SECTION, of=orbit)).discrepancies[0].waived


def test_what_no_expectation_asks_for_any_more_is_fixed_and_a_note_says_why() -> None:
    result = check(before=kept(differs(KEY)), facts=org(notes=("a note of the reader",)))

    assert [(one.news, one.verdict) for one in result.told] == [(News.FIXED, None)]
    assert result.notes == ("a note of the reader", "“License key” is missing: no expectation asks for this any more")


def test_checks_of_another_scope_are_not_compared() -> None:
    narrow = checkup_of(check(differs(KEY), day=LAST), "Lead")

    result = check(differs(KEY), before=narrow)

    assert (result.before, news_of(result)) == (None, [("new", KEY.said)])
    assert outcome([differs(KEY)], org(), narrow, AS_OF, "Lead").before == LAST


def test_since_when_it_is_known_lasts_while_it_could_not_be_checked() -> None:
    first = kept(differs(KEY), day=date(2026, 9, 3))
    unread = kept(is_now(Status.COULD_NOT_CHECK), before=first)

    result = check(differs(KEY, TERMS), before=unread)

    assert {one.remembered.said: one.remembered.first_seen for one in result.told} == {
        KEY.said: date(2026, 9, 3), TERMS.said: AS_OF,
    }  # fmt: skip


def test_what_is_kept() -> None:
    notes = expect(NoNotes(), severity=Severity.WARNING)
    two = Discrepancy("records", "2 notes on accounts, should be none", total=2, of=2)
    looked = replace(differs(two, of=notes), looked_at=2)

    checkup = checkup_of(check(differs(KEY), looked), "all")

    assert (checkup.day, checkup.scope) == (AS_OF, "all")
    assert checkup.statuses == {ACCOUNTING.key: Status.DIFFERS, notes.key: Status.DIFFERS}
    assert checkup.looked_at == {notes.key: 2}
    assert [
        (one.said, one.object, one.section, one.handbook_line, one.severity, one.total) for one in checkup.discrepancies
    ] == [
        (KEY.said, "Account", "Accounting", 157, Severity.CRITICAL, 0),
        (two.said, "Account", "records", None, Severity.WARNING, 2),
    ]


def test_what_was_fixed_is_not_kept_and_is_new_when_it_comes_again() -> None:
    fixed = kept(is_now(Status.AS_EXPECTED), before=kept(differs(KEY), day=date(2026, 9, 3)))

    assert fixed.discrepancies == ()
    assert [one.remembered.first_seen for one in check(differs(KEY), before=fixed).that_are(News.NEW)] == [AS_OF]


UNTIL = replace(ACCOUNTING, waived_until=date(2026, 10, 31), because="moving house")


@pytest.mark.parametrize(
    ("status", "day", "becomes"),
    [
        (Status.DIFFERS, date(2026, 10, 31), Status.WAIVED),
        (Status.DIFFERS, date(2026, 11, 1), Status.DIFFERS),
        (Status.AS_EXPECTED, date(2026, 10, 1), Status.AS_EXPECTED),
        (Status.COULD_NOT_CHECK, date(2026, 10, 1), Status.COULD_NOT_CHECK),
    ],
)
def test_a_difference_is_waived_to_the_end_of_that_day(status: Status, day: date, becomes: Status) -> None:
    assert waived(Verdict(UNTIL, status), day).status is becomes


def test_what_is_waived_is_never_new_and_is_kept_as_waived() -> None:
    result = check(differs(KEY, of=UNTIL), day=LAST)

    assert news_of(result) == [("known", KEY.said)]
    assert [one.waived for one in checkup_of(result).discrepancies] == [True]


@pytest.mark.parametrize(
    ("now", "remarks"),
    [(UNTIL, ("the waiver ended on 31 Oct",)), (ACCOUNTING, ("it is no longer waived",))],
)
def test_what_was_waived_and_is_so_no_more_is_known_and_says_so(now: Expectation, remarks: tuple[str, ...]) -> None:
    result = check(differs(KEY, of=now), before=kept(differs(KEY, of=UNTIL)))

    assert news_of(result) == [("known", KEY.said)]
    assert result.verdicts[0].remarks == remarks


def test_new_before_fixed_before_known_each_by_severity_then_line() -> None:
    minor = expect(ByEye("x"), severity=Severity.INFO, handbook_line=149)
    bare = expect(ByEye("y"))
    before = kept(differs(TERMS, SECTION))

    found = check(
        differs(Discrepancy("m", "minor"), of=minor), differs(Discrepancy("b", "bare"), of=bare),
        differs(NO_RATING, of=LEADS), differs(KEY, TERMS), before=before,
    )  # fmt: skip

    assert [said for _, said in news_of(found)] == [
        KEY.said, NO_RATING.said, "bare", "minor", SECTION.said, TERMS.said,
    ]  # fmt: skip
    assert [one.expectation for one in found.verdicts] == [minor, bare, LEADS, ACCOUNTING]
    assert (found.day, found.before, found.profile) == (AS_OF, LAST, "Standard User")
    assert found.statuses_before == {ACCOUNTING.key: Status.DIFFERS}


@pytest.mark.parametrize(
    ("claim", "place"),
    [
        (Section("Accounting"), "Accounting"),
        (Section(TOP), "top section"),
        (Section(SECOND), "second section"),
        (Section(includes=("Name",)), "page"),
        (Components(("x",), Side.RIGHT), "on the right"),
        (Components(("x",), Side.BOTTOM), "at the bottom"),
        (Components(("x",), Side.TOP), "at the top"),
        (TabsOnly(("x",)), "tabs"),
        (DefaultListView("x"), "list views"),
        (NoNotes(), "records"),
    ],
)
def test_where_on_the_object(claim: Claim, place: str) -> None:
    assert place_of(expect(claim)) == place


RECORD_PAGE = page({"Accounting": ["Terms"]})
CATALOGUE = fields("License key: License_Key__c", "Type: Type")
TYPE, CAMPAIGNS = Discrepancy("missing|Type", ""), Discrepancy("extra|Campaigns", "")
CUSTOMERS = expect(DefaultListView("Customers"))


@pytest.mark.parametrize(
    ("why", "said", "expectation", "found", "is_it"),
    [
        ("its label", "Changed label of Account field License Key", ACCOUNTING, KEY, True),
        ("its API name", "Deleted Account field License_Key__c", ACCOUNTING, KEY, True),
        ("the page", "Changed Lightning page Account Record Page", ACCOUNTING, KEY, True),
        ("the page, for a section", "Changed Lightning page Account Record Page", ACCOUNTING, SECTION, True),
        ("another page", "Changed Account page layout Partner Layout", ACCOUNTING, KEY, False),
        ("another object's field", "Changed label of Lead field License Key", ACCOUNTING, KEY, False),
        ("part of a word", "Changed Account field License keyring", ACCOUNTING, KEY, False),
        ("a word of many meanings", "Changed Account record type", ACCOUNTING, TYPE, False),
        ("said to be the field", "Changed Account field Type", ACCOUNTING, TYPE, True),
        ("another field", "Changed Account field Industry", ACCOUNTING, TYPE, False),
        ("a tab", "Changed tab Campaigns from Default Off to Default On", expect(TabsOnly(())), CAMPAIGNS, True),
        ("a tab's visibility", "Changed tab visibility for Campaigns", expect(TabsOnly(())), CAMPAIGNS, True),
        ("no tab", "Changed Campaigns", expect(TabsOnly(())), CAMPAIGNS, False),
        ("a list view", "Changed Account list view Customers", CUSTOMERS, Discrepancy("shared", ""), True),
        ("another list view", "Changed Account list view Partners", CUSTOMERS, Discrepancy("shared", ""), False),
        ("highlights", "Changed Account Compact of Accounts", expect(Section(TOP)), Discrepancy("order", ""), True),
        ("not of the highlights", "Changed Account Compact of Accounts", ACCOUNTING, KEY, False),
        ("not the layout, for what is on the right", "Changed Account page layout Account Layout",
         expect(Components(("x",), Side.RIGHT)), Discrepancy("missing|x", ""), False),
        ("the layout, for what is below", "Changed Account page layout Account Layout",
         expect(Components(("x",), Side.BOTTOM)), Discrepancy("missing|x", ""), True),
        ("records are no structure", "Changed Account field License Key", ACCOUNTING, replace(KEY, total=3), False),
    ],
)  # fmt: skip
def test_who_changed_it(why: str, said: str, expectation: Expectation, found: Discrepancy, is_it: bool) -> None:
    trail = [{"at": "2026-11-18 10:00", "who": "Ann", "section": "Setup", "said": said}]
    facts = org(RECORD_PAGE, page({"More": []}, LAYOUT), highlights("Name"), catalogue=CATALOGUE, trail=trail)

    change = changed(found, expectation, facts)

    assert (change is not None) == is_it
    assert change is None or (change.at, change.who, change.said) == (
        datetime(2026, 11, 18, 10, tzinfo=UTC),
        "Ann",
        said,
    )


def test_the_newest_change_counts_and_stands_in_the_outcome() -> None:
    trail = [{"at": f"2026-11-{day} 10:00", "who": who, "section": "", "said": "Changed Account field License Key"}
             for day, who in ((17, "Bob"), (18, "Ann"), (16, "Cy"))]  # fmt: skip

    [told] = check(differs(KEY), facts=org(RECORD_PAGE, catalogue=CATALOGUE, trail=trail)).told

    assert told.discrepancy is not None
    assert told.discrepancy.change is not None
    assert told.discrepancy.change.who == "Ann"


def test_of_several_pages_only_the_one_that_was_judged_counts() -> None:
    trail = [{"at": "2026-11-18", "who": "Ann", "section": "", "said": "Changed Account page layout Account Layout"}]
    facts = org(RECORD_PAGE, page({"More": []}, LAYOUT), trail=trail)

    assert changed(KEY, ACCOUNTING, facts, "Lightning page Account Record Page") is None
    assert changed(KEY, ACCOUNTING, facts, "page layout Account Layout") is not None


def test_without_a_trail_nobody_is_named() -> None:
    assert changed(KEY, ACCOUNTING, org(RECORD_PAGE)) is None
    assert changed(CAMPAIGNS, expect(TabsOnly(())), org(tab("Campaigns"))) is None
    assert changed(KEY, CUSTOMERS, org(view("Customers"))) is None
