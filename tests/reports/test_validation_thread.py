"""The thread and the table of the Salesforce check: nothing is lost on the way from the verdicts."""

import json
import re
from dataclasses import replace

import pytest

from tasks.reports.post import lines
from tasks.reports.validation import message
from tasks.reports.validation_table import table
from tasks.rules.expected import Section, Severity
from tasks.rules.verdicts import News, Outcome, Remembered, Status, Told, Verdict

from . import outcomes
from .outcomes import (
    BEFORE,
    DAY,
    SEPTEMBER,
    make_context,
    make_outcome,
    make_verdict,
    missing,
    passes,
    told,
    unreadable,
    won,
)
from .validation_posts import labelled, thread_of

GONE = Told(News.FIXED, Remembered("f" * 12, "e" * 12, "Lead", "top", "“rating” is missing", Severity.INFO, SEPTEMBER))


def test_what_is_gone_from_the_files_is_said_to_be() -> None:
    words = "Lead \u203a top section (was: “rating” is missing; its expectation is gone from the files)"
    outcome = make_outcome(passes(), fixed=(GONE,))
    assert labelled("FIXED", outcome) == [words]
    assert f"• {words}" in thread_of(outcome)
    assert table(outcome, make_context())[-1] == {
        "object": "Lead", "verdict": "gone from the files", "expectation": "", "found": "was: “rating” is missing",
        "news": "fixed", "since": "3 Sep", "handbook": "", "where": "",
    }  # fmt: skip


def test_reasons_stand_once_with_how_much_they_cost() -> None:
    other = unreadable(found="no list view could be read: grant “View Setup”", line=160, claim=Section("Term"))
    outcome = make_outcome([*passes(), unreadable(), unreadable(165, claim=Section("Type")), other])
    [line] = labelled("COULD NOT CHECK", outcome)
    assert line.startswith("2: the Lightning page could not be read: ")
    assert line.endswith(" · 1: no list view could be read: grant “View Setup”")
    told_in_full = "2 expectations: Opportunity \u203a right side L166, Opportunity \u203a Type L165"
    assert [row for row in thread_of(outcome) if row.endswith(told_in_full)]


def test_what_was_known_and_could_not_be_judged_stays_in_sight() -> None:
    still = replace(told(News.KNOWN, unreadable(), missing("Stage history"), SEPTEMBER), discrepancy=None)
    outcome = Outcome(DAY, "Standard User", (*passes(), unreadable()), (still,), BEFORE)
    words = "Opportunity \u203a right side: “Stage history” is missing"
    assert labelled("KNOWN", outcome) == [f"{words} (since 3 Sep)"]
    assert f"• {words} · known since 3 Sep" in thread_of(outcome)
    [row] = [row for row in table(outcome, make_context()) if row["news"]]
    assert (row["verdict"], row["found"], row["since"]) == ("could not check", "“Stage history” is missing", "3 Sep")


def test_examples_are_five_with_links_and_of_how_many() -> None:
    records = tuple(outcomes.RecordRef("Account", outcomes.account_id(n), f"Account {n}") for n in range(10))
    found = replace(won().discrepancies[0], records=records, total=14)
    report = message(make_outcome([replace(won(), discrepancies=(found,))]), make_context())
    row = "· Account 0, Account 1, Account 2, Account 3, Account 4 · 5 of 14"
    assert row in [line for post in report.thread for line in lines(post.blocks)]
    links = re.findall(r'"url": "([^"]+)"', json.dumps(report.thread[0].blocks))
    assert links == [f"{outcomes.BASE}/lightning/r/Account/{outcomes.account_id(n)}/view" for n in range(5)]


def test_every_expectation_is_in_the_table() -> None:
    rows = table(outcomes.full(), make_context())
    assert len(rows) == len(outcomes.full().verdicts) + 1  # the fixed one is a row beside its verdict
    [row] = [row for row in rows if row["expectation"].startswith("section Accounting")]
    assert row == {
        "object": "Account", "verdict": "differs",
        "expectation": "section Accounting includes invoice sent (latest), license key, payment terms",
        "found": "“license key” is missing; found “Licence Key”: renamed? "
        "(changed 18 Nov by Jo Admin)",
        "news": "new", "since": "23 Nov", "handbook": "L157", "where": "accounts.yml:314",
    }  # fmt: skip
    assert {row["verdict"] for row in rows} == {str(status) for status in Status}


def test_a_difference_without_words_is_still_told() -> None:
    verdict: Verdict = make_verdict(Status.DIFFERS)
    assert "+ found: (no words)" in thread_of(make_outcome([verdict]))


@pytest.mark.parametrize(
    ("found", "times"), [("“x” is missing (renamed?)", 1), ("the section is empty", 2)], ids=["the same", "more"]
)
def test_the_page_says_what_was_found_once(found: str, times: int) -> None:
    verdict = make_verdict(Status.DIFFERS, discrepancies=(missing("x"),), found=found)
    html = message(make_outcome([verdict]), make_context()).files[0].content.decode()
    cell = html.partition('<td data-label="Found">')[2].partition("</td>")[0]
    assert cell.count("<p>") == times
