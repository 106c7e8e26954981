"""The pipeline review's message: golden files for the eye, and what must hold of every report.

After a wanted change: `UPDATE_GOLDEN=1 pytest tests/reports`, then read the difference.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tasks.reports.limits import problems
from tasks.reports.pipeline import message
from tasks.reports.pipeline_rows import touch_line
from tasks.reports.post import Report, as_text, lines
from tasks.rules.findings import Review, Verdict
from tasks.rules.policy import PipelinePolicy
from tasks.rules.weekly import Since

from . import reviews, weeks_before
from .golden_files import agreed, as_json
from .review_builder import make_context, make_deal, make_review, make_touch


def _first_lines(report: Report) -> list[str]:
    return lines(report.parent.without_charts().blocks)


@pytest.mark.parametrize(
    ("name", "review", "since"),
    [
        ("full", reviews.full(), None),
        ("clean", reviews.quiet(), None),
        ("ceiling", reviews.ceiling(), None),
        ("first", reviews.full(), Since()),
        ("compared", reviews.full(), weeks_before.since()),
    ],
    ids=["full", "clean", "ceiling", "first", "compared"],
)
def test_the_report_reads_as_agreed(name: str, review: Review, since: Since | None) -> None:
    decide = "https://prefect.example.com/deployments/deployment/1a2b" if since else ""
    report = message(review, make_context(decide_url=decide), since)
    written = as_text(report)
    assert written == agreed(f"{name}.txt", written)
    assert len(_first_lines(report)) <= 12
    assert [problems(post.blocks) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))


def test_the_blocks_are_as_agreed() -> None:
    report = message(reviews.full(), make_context())
    written = as_json(report)
    assert written == agreed("full.blocks.json", written)


def test_the_first_line_is_the_notification() -> None:
    report = message(reviews.full(), make_context())
    assert report.parent.text == _first_lines(report)[0]


def test_names_link_to_their_record() -> None:
    parent = json.dumps(message(reviews.full(), make_context()).parent.blocks)
    assert "https://acme.my.salesforce.com/lightning/r/Opportunity/006Hs0000000001AAA/view" in parent


PROPOSED = {"verdict": Verdict.PROPOSE, "days": 45}
WARNED = {"verdict": Verdict.WARN, "days": 30}
SLIPPED = {"slipped": True, "slipped_from": "Q4 2026"}


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        ([{}], "nothing needs you"),
        ([PROPOSED], "1 to decide ($10k)"),
        ([PROPOSED, PROPOSED, WARNED], "2 to decide ($20k), 1 needs its owner"),
        ([WARNED, WARNED], "nothing to decide, 2 need their owner"),
        ([SLIPPED], "nothing to decide, 1 slipped out of Q4 ($10k)"),
        ([SLIPPED, {**SLIPPED, "slipped_from": "Q3 2026"}], "nothing to decide, 2 slipped out of their quarter ($20k)"),
        ([{**PROPOSED, "amount": None}], "1 to decide"),
        ([{"verdict": Verdict.HELD, "holds": ("renewal",), "renewal": True}], "nothing needs you"),
    ],
)
def test_the_headline_counts_what_needs_somebody(said: list[dict[str, object]], headline: str) -> None:
    review = make_review([make_deal(number, "Acme", **row) for number, row in enumerate(said)])
    assert message(review, make_context()).parent.text == f"Pipeline review · Mon 23 Nov · {headline}"


@pytest.mark.parametrize(
    ("count", "told"), [(5, ""), (6, " · 5 of 6, +1 more in thread"), (14, " · 5 of 14, +9 more in thread")]
)
def test_five_rows_and_how_many_more(count: int, told: str) -> None:
    deals = [make_deal(number, f"Deal {number}", amount=1e4 * number, **PROPOSED) for number in range(1, count + 1)]
    shown = _first_lines(message(make_review(deals), make_context()))
    assert shown[1] == f"DECIDE (no communication for 45 days or more){told}"
    assert [line.split(" · ")[0] for line in shown[2:7]] == [f"{n}. Deal {count + 1 - n}" for n in range(1, 6)]
    assert shown[7].startswith("OPEN ")


@pytest.mark.parametrize(
    ("read", "expected", "told"),
    [
        (2, 2, "DATA 2 of 2 open deals read."),
        (2, 3, "DATA 2 of 3 open deals read: 1 missing from this report."),
        (3, 2, "DATA 3 of 2 open deals read: 1 added meanwhile."),
        (0, 4, "DATA 0 of 4 open deals read: 4 missing from this report."),
    ],
)
def test_coverage_is_always_said(read: int, expected: int, told: str) -> None:
    deals = [make_deal(number, "Acme", **PROPOSED) for number in range(read)]
    assert told in _first_lines(message(make_review(deals, expected=expected), make_context()))


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ({}, "as of 07:28 PT · 45 days inclusive, warned from 30"),
        (
            {"updated": datetime(2026, 11, 23, 17, 15, tzinfo=UTC)},
            "as of 07:28 PT · updated 09:15 PT, replaces today's earlier report · 45 days inclusive, warned from 30",
        ),
        ({"started_by": "Alex"}, "as of 07:28 PT · 45 days inclusive, warned from 30 · started by Alex"),
        (
            {"policy": PipelinePolicy(stale_after_days=60, stale_after_by_stage={"Legal": 90})},
            "as of 07:28 PT · 60 days inclusive, warned from 30 · Legal 90 days",
        ),
    ],
    ids=["plain", "rerun", "by hand", "rule values"],
)
def test_the_footer_says_how_it_was_made(context: dict[str, object], told: str) -> None:
    review = make_review([make_deal(1, "Acme", **PROPOSED)])
    assert _first_lines(message(review, make_context(**context)))[-1] == told


@pytest.mark.parametrize(("share", "told"), [(0.5, False), (0.62, True)])
def test_api_calls_are_told_above_half_of_the_day(share: float, told: bool) -> None:
    review = make_review([make_deal(1, "Acme", **PROPOSED)])
    shown = _first_lines(message(review, make_context(calls=2, daily_share=share)))
    said = f"{share:.0%} of today's Salesforce API calls are used, 2 by this run." in " ".join(shown)
    assert said is told


def test_a_dry_run_says_so_in_the_notification() -> None:
    report = message(reviews.full(), make_context(dry_run=True))
    assert report.parent.text.startswith("Pipeline review (dry run) · Mon 23 Nov · 4 to decide")


def test_without_addresses_there_are_no_buttons() -> None:
    report = message(reviews.full(), make_context(salesforce_url="", list_url="", run_url=""))
    assert "http" not in json.dumps([post.blocks for post in (report.parent, *report.thread)])


def test_each_owner_stands_once_in_the_order_of_names() -> None:
    people = [("005Hs00000000003AA", "zoe"), ("005Hs00000000001AA", "Ann"), ("005Hs00000000002AA", "Ann")]
    deals = [
        make_deal(number, f"Deal {number}", owner_id=owner_id, owner=owner, hygiene=("no amount",))
        for number, (owner_id, owner) in enumerate(people * 8)
    ]
    shown = as_text(message(make_review(deals), make_context())).splitlines()
    rows = [line for line in shown if line.startswith("• ")]
    assert [row.split(" · ")[0] for row in rows] == ["• Ann", "• Ann", "• zoe"]
    assert all(row.endswith("5 of 8, the rest in the file") for row in rows)


def test_a_touch_that_does_not_count_says_why() -> None:
    call = replace(make_touch(date(2026, 11, 13), "call", "outbound", "", "Test results"), counts=False)
    assert touch_line(call, date(2026, 11, 23)) == (
        'Us 13 Nov (10 d): call "Test results" · not counted: the account has other open deals'
    )
