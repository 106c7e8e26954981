"""Every expectation of the files gets one verdict, in their order; what could not be judged is never a pass."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tasks.quality import NOT_READ, ONLY_READABLE, judge, judged
from tasks.rules.expected import (
    ByEye,
    Components,
    DefaultListView,
    Expectation,
    Matches,
    NoNotes,
    Opens,
    Pattern,
    Section,
    Severity,
    Side,
    TabShown,
    TabsOnly,
)
from tasks.rules.org_facts import OrgFacts, RecordFacts, Surface, Unread, facts_frame
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Status, Verdict
from tests.quality.orgs import DAY, accounts, deals, expectation, notes, org, records

POLICY = ValidationPolicy()
YEAR = Matches("Opportunity Name", Pattern.YEAR)
FOUR = ("Accounts", "Opportunities", "Contacts", "Leads")
PASS, DIFFERS, WAIVED = Status.AS_EXPECTED, Status.DIFFERS, Status.WAIVED
EYES, NOT_CHECKED = Status.NEEDS_EYES, Status.COULD_NOT_CHECK


def only(one: Expectation, facts: OrgFacts | None = None, held: RecordFacts | None = None, day: date = DAY) -> Verdict:
    [verdict] = judged([one], facts or org(*FOUR), held, POLICY, day)
    return verdict


def statuses(*several: Expectation, facts: OrgFacts | None = None, held: RecordFacts | None = None) -> list[Status]:
    return [one.status for one in judged(several, facts or org(*FOUR), held, POLICY, DAY)]


def test_one_verdict_an_expectation_in_their_order() -> None:
    held = records(frames={"Opportunity": deals("Acme 2026", "Globex")}, notes=notes("Account"))
    several = [
        expectation(ByEye("the pinned list view"), line=1),
        expectation(YEAR, line=2),
        expectation(TabsOnly(FOUR), "", line=3),
        expectation(NoNotes(), "Account", line=4),
        expectation(TabShown("Campaigns"), "", line=5),
        expectation(NoNotes(), "Opportunity", line=6),
    ]

    verdicts = judge.fn(several, org(*FOUR), held, POLICY, DAY)

    assert [one.expectation for one in verdicts] == several
    assert [one.status for one in verdicts] == [EYES, DIFFERS, PASS, DIFFERS, DIFFERS, PASS]


def test_two_that_claim_the_same_are_two() -> None:
    twice = [expectation(TabShown("Leads"), "", line=1), expectation(TabShown("Leads"), "", line=1, owner="RevOps")]

    assert [one.expectation for one in judged(twice, org(*FOUR), None, POLICY, DAY)] == twice


def test_no_expectations_no_verdicts() -> None:
    assert judged([], org(*FOUR), records(), POLICY, DAY) == ()


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(TabsOnly(FOUR), id="tabs"),
        pytest.param(TabShown("Accounts"), id="tab"),
        pytest.param(DefaultListView("All"), id="list view"),
        pytest.param(Section("Accounting", includes=("License key",)), id="section"),
        pytest.param(Components(("Activity feed",), Side.RIGHT), id="components"),
    ],
)
def test_of_an_org_of_which_nothing_was_read_nothing_is_said(claim: TabsOnly | Section) -> None:
    nothing = replace(org(), facts=facts_frame([]))

    assert only(expectation(claim, "Account"), nothing).status is NOT_CHECKED


def test_a_rule_that_is_content_with_nothing_is_not_believed() -> None:
    def content(one: Expectation, _facts: OrgFacts, _policy: ValidationPolicy) -> Verdict:
        return Verdict(one, PASS)

    [verdict] = judged([expectation(TabShown("Leads"))], org(), None, POLICY, DAY, structure=content)

    assert verdict.status is NOT_CHECKED
    assert "nothing was read" in verdict.found


def test_what_a_surface_was_not_read_for_is_told() -> None:
    refused = replace(org(), unread=(Unread(Surface.TABS, "", "the tab settings may not be read"),))

    verdict = only(expectation(TabsOnly(FOUR), ""), refused)

    assert verdict.status is NOT_CHECKED
    assert "the tab settings may not be read" in verdict.found


def test_a_rule_that_fails_costs_only_its_own_verdict() -> None:
    def rule(one: Expectation, _facts: OrgFacts, _policy: ValidationPolicy) -> Verdict:
        if one.line == 2:
            raise ZeroDivisionError("of all things")
        return Verdict(one, DIFFERS if one.line == 3 else PASS)

    several = [expectation(TabShown("Leads"), line=line) for line in (1, 2, 3)]
    verdicts = judged(several, org(*FOUR), None, POLICY, DAY, structure=rule)

    assert [one.status for one in verdicts] == [PASS, NOT_CHECKED, DIFFERS]
    assert "ZeroDivisionError: of all things" in verdicts[1].found


def test_records_that_make_a_check_fail_cost_only_its_own_verdict() -> None:
    odd = accounts(Page__c=["x"]).drop(columns="Name")
    held = records(frames={"Account": odd, "Opportunity": deals("Acme 2026")})
    several = [expectation(Matches("LinkedIn company URL", Pattern.LINKEDIN_COMPANY), "Account"), expectation(YEAR)]

    assert statuses(*several, held=held) == [NOT_CHECKED, PASS]


@pytest.mark.parametrize(
    ("day", "status"),
    [(DAY, WAIVED), (DAY + timedelta(days=8), WAIVED), (DAY + timedelta(days=9), DIFFERS)],
    ids=["while it holds", "on its last day", "after it"],
)
def test_a_waiver_ends(day: date, status: Status) -> None:
    waived = expectation(YEAR, waived_until=date(2026, 12, 1), because="renamed in December")

    assert only(waived, held=records(frames={"Opportunity": deals("Globex")}), day=day).status is status


def test_a_waiver_changes_nothing_that_is_as_expected_or_was_not_checked() -> None:
    until = date(2026, 12, 1)
    good, unread = expectation(YEAR, waived_until=until), expectation(NoNotes(), waived_until=until)
    held = RecordFacts(frames={"Opportunity": deals("Acme 2026")})

    assert statuses(good, unread, held=held) == [PASS, NOT_CHECKED]


@pytest.mark.parametrize(
    ("held", "why"),
    [
        pytest.param(None, NOT_READ, id="no records in this run"),
        pytest.param(RecordFacts(), "not read", id="not this object"),
        pytest.param(records(unread={"Opportunity": "no read access"}), "no read access", id="refused"),
    ],
)
def test_records_that_were_not_read_are_never_a_pass(held: RecordFacts | None, why: str) -> None:
    verdict = only(expectation(YEAR), held=held)

    assert verdict.status is NOT_CHECKED
    assert why in verdict.found


@pytest.mark.parametrize(
    "held", [None, RecordFacts(), records(unread={"notes": "no read access"})], ids=["no run", "unread", "refused"]
)
def test_notes_that_were_not_read_are_never_a_pass(held: RecordFacts | None) -> None:
    assert only(expectation(NoNotes()), held=held).status is NOT_CHECKED


def test_that_there_are_no_notes_is_said_with_its_limit() -> None:
    assert ONLY_READABLE in only(expectation(NoNotes()), held=records()).remarks


def test_links_that_nobody_opened_are_left_to_eyes() -> None:
    page = "https://www.linkedin.com/company/acme"
    held = records(frames={"Account": accounts(Page__c=[page])})

    assert only(expectation(Opens("LinkedIn company URL"), "Account"), held=held).status is EYES


def test_all_wrong_records_are_counted_and_ten_named() -> None:
    frame = deals(*["Acme 2026"] * 30, *[f"Deal {number:02d}" for number in range(25)])
    verdict = only(expectation(YEAR), held=records(frames={"Opportunity": frame}))

    [found] = verdict.discrepancies
    assert (found.total, found.of, verdict.looked_at) == (25, 55, 55)
    assert [one.name for one in found.records] == [f"Deal {number:02d}" for number in range(10)]


def test_frames_whose_rows_have_other_numbers_are_read_by_position() -> None:
    frame = deals("Acme 2026", "Globex", "Initech 2027")
    frame.index = [7, 7, 0]
    [found] = only(expectation(YEAR), held=records(frames={"Opportunity": frame})).discrepancies

    assert [one.name for one in found.records] == ["Globex"]


def test_eight_judgings_at_once_agree() -> None:
    def one(number: int) -> list[tuple[Status, int]]:
        names = [f"Deal {row}" for row in range(number)] + ["Acme 2026"] * 5
        held = records(frames={"Opportunity": deals(*names)}, notes=notes(*["Account"] * (number % 2)))
        several = [
            expectation(YEAR, line=1),
            expectation(TabsOnly(FOUR[: number % 4]), "", line=2),
            expectation(NoNotes(), "Account", line=3),
        ]
        found = judged(several, org(*FOUR[:2]), held, POLICY, DAY)
        return [(verdict.status, sum(each.total for each in verdict.discrepancies)) for verdict in found]

    alone = [one(number) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(one, list(range(8)) * 3))

    assert together == alone * 3
    assert len({str(each) for each in alone}) == 8


def test_verdicts_can_be_handed_on() -> None:
    verdicts = judged([expectation(YEAR, severity=Severity.INFO)], org(), records(), POLICY, DAY)

    assert pickle.loads(pickle.dumps(verdicts)) == verdicts  # noqa: S301 - our own


def test_whoever_imports_the_task_does_not_pay_for_great_expectations() -> None:
    told = "import sys, tasks.quality, tasks.quality_suites; print('great_expectations' in sys.modules)"

    ran = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-c", told], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )

    assert ran.stdout.strip() == "False"
