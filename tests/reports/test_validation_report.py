"""The Salesforce check's message: golden files for the eye, and what must hold of every report.

After a wanted change: `UPDATE_GOLDEN=1 pytest tests/reports`, then read the difference.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tasks.reports.limits import problems
from tasks.reports.post import as_text, lines
from tasks.reports.validation import message
from tasks.reports.validation_lines import checked, fixed_said, headline
from tasks.rules.verdicts import News, Outcome, Status

from . import outcomes
from .golden_files import agreed, as_json
from .outcomes import (
    BEFORE,
    DAY,
    FILE_URL,
    HISTORY_URL,
    RUN_URL,
    SEPTEMBER,
    department,
    eyes,
    fixed_year,
    licence,
    make_context,
    make_outcome,
    make_verdict,
    missing,
    orbit,
    passes,
    told,
    unreadable,
    useful_links,
    won,
)
from .validation_posts import labelled, shown, thread_of


@pytest.mark.parametrize(
    ("name", "outcome", "said"),
    [
        ("validation", outcomes.full(), {}),
        ("validation_clean", outcomes.quiet(), {}),
        ("validation_first", outcomes.first(), {"last_report": None}),
    ],
    ids=["full", "clean", "first"],
)
def test_the_report_reads_as_agreed(name: str, outcome: Outcome, said: dict[str, Any]) -> None:
    report = message(outcome, make_context(**said))
    written = re.sub(r", [\d,]+ bytes$", "", as_text(report), flags=re.MULTILINE)
    assert written == agreed(f"{name}.txt", written)
    assert len(lines(report.parent.blocks)) <= 12
    assert [line for line in as_text(report).splitlines() if line != line.rstrip()] == []
    assert [problems(post.blocks) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))


def test_the_blocks_are_as_agreed() -> None:
    report = message(outcomes.full(), make_context())
    written = as_json(report)
    assert written == agreed("validation.blocks.json", written)


FIXED = {"fixed": (fixed_year(),)}
HEADLINES: list[tuple[str, Outcome]] = [
    ("nothing needs you", make_outcome([*passes(), *eyes()])),
    ("nothing needs you, 1 known (waived to 31 Dec)", make_outcome([*passes(), orbit()])),
    ("nothing needs you, 1 fixed", make_outcome(passes(), **FIXED)),
    ("1 new problem", make_outcome([licence()])),
    ("2 new problems, 1 fixed", make_outcome([licence(), department(), *passes()], **FIXED)),
    ("no new problems, 1 known", make_outcome([licence()], SEPTEMBER)),
    ("no new problems, 2 known (1 waived to 31 Dec)", make_outcome([licence(), orbit()], SEPTEMBER)),
    ("no new problems, 1 could not be checked", make_outcome([*passes(), unreadable()])),
    ("nothing could be judged, 1 could not be checked", make_outcome([*eyes(), unreadable()])),
    ("nothing could be judged", make_outcome(eyes())),
    ("nothing was checked: there are no expectations", make_outcome([])),
    ("first check: nothing needs you", make_outcome(passes(), before=None)),
    ("first check: 2 problems, 1 known (waived to 31 Dec)",
     make_outcome([licence(), won(), orbit()], before=None)),
    ("first check: no problems, 1 could not be checked", make_outcome([*passes(), unreadable()], before=None)),
    ("no new problems, 1 more differs", make_outcome([make_verdict(Status.DIFFERS, found="odd"), *passes()])),
]  # fmt: skip


@pytest.mark.parametrize(("said", "outcome"), HEADLINES, ids=[said for said, _ in HEADLINES])
def test_the_first_line_says_what_is_new(said: str, outcome: Outcome) -> None:
    report = message(outcome, make_context())
    assert report.parent.text == f"Salesforce check · {said}"


def test_two_waivers_say_when_the_first_ends() -> None:
    later = replace(orbit(date(2027, 3, 31)), expectation=replace(orbit(date(2027, 3, 31)).expectation, object="Lead"))
    assert headline(make_outcome([orbit(), later, *passes()]), make_context()).endswith(
        "2 known (2 waived, the first to 31 Dec)"
    )


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ({"dry_run": True}, "Salesforce check (dry run) · "),
        ({"objects": ("Lead",)}, "Salesforce check · Lead · "),
        ({"objects": ("Account", "Lead")}, "Salesforce check · Account, Lead · "),
        ({"objects": ("Account", "Contact", "Lead")}, "Salesforce check · 3 objects · "),
    ],
)
def test_a_dry_run_and_a_part_stand_in_the_first_line(said: dict[str, Any], start: str) -> None:
    words = "4 new problems, 1 fixed, 2 known (1 waived to 31 Dec), 2 could not be checked"
    assert headline(outcomes.full(), make_context(**said)) == start + words


@pytest.mark.parametrize(
    ("outcome", "one_line"),
    [
        (outcomes.quiet(), True),
        (make_outcome([*passes(), unreadable()]), False),
        (make_outcome(passes(), **FIXED), False),
        (make_outcome([*passes(), licence()], SEPTEMBER), False),
        (make_outcome(eyes()), False),
        (make_outcome([*passes(), make_verdict(Status.DIFFERS, found="odd")]), False),
    ],
    ids=["clean", "could not check", "fixed", "known", "nothing judged", "untold"],
)
def test_only_a_check_without_any_doubt_is_one_line(outcome: Outcome, one_line: bool) -> None:
    assert (len(shown(outcome)) == 1) is one_line


@pytest.mark.parametrize(
    "outcome", [outcomes.full(), outcomes.quiet(), outcomes.first()], ids=["full", "clean", "first"]
)
def test_the_counts_of_the_footer_add_up(outcome: Outcome) -> None:
    counted = "expectations|as expected|differ|waived|need eyes|could not be checked"
    total, *sums = (int(n) for n in re.findall(rf"(\d+) (?:{counted})", checked(outcome, make_context())))
    assert total == sum(sums) == len(outcome.verdicts)
    assert checked(outcome, make_context()) in " ".join(shown(outcome))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"updated": outcomes.AS_OF}, "updated 07:28 PT, replaces today's earlier report"),
        ({"with_records": False}, "records not looked at"),
        ({"last_report": date(2026, 9, 23)}, "compared with 23 Oct · last report 23 Sep"),
        ({"started_by": "Marisol Vega"}, "started by Marisol Vega"),
        ({"profile": "Sales"}, "as profile Sales"),
        ({"daily_share": 0.6, "calls": 30}, "60% of today's Salesforce API calls are used, 30 by this run"),
    ],
)
def test_the_footer_says_how_the_run_came_about(said: dict[str, Any], words: str) -> None:
    assert words in shown(outcomes.full(), **said)[-1]
    assert words not in shown(outcomes.full())[-1]


def test_new_lines_are_five_and_the_rest_is_counted() -> None:
    rows = labelled("NEW", outcomes.first())
    assert len(rows) == 5
    assert rows[-1].endswith(" · 5 of 11, +6 more in thread")
    both = make_outcome(list(outcomes.full().verdicts) + list(outcomes.first().verdicts[7:]), fixed=(fixed_year(),))
    assert len(shown(both)) == 12
    assert labelled("NEW", both)[-1].endswith("in thread")


def test_who_changed_it_is_told_on_the_offices_clock() -> None:
    late = replace(outcomes.CHANGE, at=outcomes.CHANGE.at.replace(hour=3))  # 19:12 of the day before in Los Angeles
    verdict = make_verdict(Status.DIFFERS, discrepancies=(missing("license key", change=late),))
    assert "(changed 17 Nov by Jo Admin)" in labelled("NEW", make_outcome([verdict]))[0]
    assert "· Setup audit trail: 17 Nov 19:12 PT, Jo Admin: “Changed page layout Account Layout”" in thread_of(
        make_outcome([verdict])
    )


def test_wrong_values_have_a_line_of_their_own_and_say_whether_they_are_new() -> None:
    new, known, first = make_outcome([won()]), make_outcome([won()], SEPTEMBER), make_outcome([won()], before=None)
    words = "4 of 212 accounts: “deals won (#)” is not their won opportunities"
    assert labelled("VALUES", new) == [f"{words} (new)"]
    assert labelled("VALUES", known) == [f"{words} (since 3 Sep)"]
    assert labelled("VALUES", first) == [words]
    assert labelled("NEW", new) == labelled("KNOWN", known) == []


def test_the_oldest_known_comes_first_and_what_is_waived_last() -> None:
    verdicts = [orbit(), useful_links(), licence(), department()]
    days = [date(2026, 1, 2), date(2026, 10, 1), date(2026, 9, 1), date(2026, 10, 2)]
    known = [told(News.KNOWN, one, one.discrepancies[0], day) for one, day in zip(verdicts, days, strict=True)]
    [line] = labelled("KNOWN", Outcome(DAY, "Standard User", tuple(verdicts), tuple(known), BEFORE))
    assert re.findall(r"since [^),]+", line) == ["since 1 Sep", "since 1 Oct"]
    assert line.endswith(" · +2 more in thread")


@pytest.mark.parametrize(
    ("total", "of", "looked_at", "words"),
    [
        (3, 58, 58, "Opportunity: “opportunity name” has its year: 58 of 58 (was 55)"),
        (3, 60, 58, "Opportunity: “opportunity name” has its year: 58 of 58 (was 57 of 60)"),
        (3, 58, 0, "Opportunity \u203a opportunity name (was: “x” is missing)"),
        (9, 2, 58, "Opportunity \u203a opportunity name (was: “x” is missing)"),
    ],
)
def test_what_was_fixed_says_how_it_was(total: int, of: int, looked_at: int, words: str) -> None:
    verdict = replace(passes()[2], looked_at=looked_at)
    assert fixed_said(told(News.FIXED, verdict, missing("x", total=total, of=of))) == words


def test_half_fixed_is_not_said_to_be_all() -> None:
    left = replace(passes()[2], status=Status.DIFFERS)
    assert fixed_said(told(News.FIXED, left, missing("x", total=3, of=58))) == (
        "Opportunity \u203a opportunity name (was: “x” is missing)"
    )


def test_the_form_is_filled_in_with_what_is_neither_fixed_nor_waived() -> None:
    outcome = outcomes.full()
    keys = [one.remembered.key for one in outcome.told if one.remembered.said != "“orbit feed” is missing"]
    keys.remove(fixed_year().remembered.key)
    [row] = [block for block in message(outcome, make_context()).parent.blocks if block["type"] == "actions"]
    assert [(b["text"]["text"], b["url"]) for b in row["elements"]] == [
        ("Report", RUN_URL), ("History", HISTORY_URL), ("File as issues", FILE_URL + ",".join(keys)),
    ]  # fmt: skip


def test_where_all_is_fixed_the_form_says_so_on_github() -> None:
    fixed = replace(outcomes.full(), told=(fixed_year(),))

    assert "[Report]  [History]  [Say on GitHub what is fixed]" in shown(fixed)
    assert not [line for line in shown(fixed) if "as issues" in line]


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ({}, "[Report]  [History]  [File as issues]"),
        ({"file_at_most": 3}, "[Report]  [History]  [File as issues (3 of 5)]"),
        ({"file_url": lambda keys: "https://p.example/" + "x" * 1_000 * len(keys)},
         "[Report]  [History]  [File as issues (2 of 5)]"),
        ({"file_url": lambda _: ""}, "[Report]  [History]"),
        ({"run_url": "", "history_url": ""}, "[File as issues]"),
    ],
)  # fmt: skip
def test_buttons_lead_where_there_is_something(said: dict[str, Any], label: str) -> None:
    assert label in shown(outcomes.full(), **said)
