"""How far the activity review can be trusted: what was read, who cannot be judged, whose rules; in neutral words."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.reports.post import as_text
from tasks.rules.activity import narrowed
from tasks.rules.activity_findings import Month, Rule
from tasks.rules.activity_policy import ActivityPolicy

from .activity_posts import line_of, lines_of, report_of
from .activity_reviews import (
    ANA,
    STREAK,
    full,
    full_talks,
    make_finding,
    make_month,
    make_rep,
    make_review,
    make_touch,
    no_talk,
)

RULES = "Rules: 4/6 unanswered, 3-day gap: not company policy until you set it."
ALL = "All read: 1,172 activities, 138 people."
LINKEDIN = [make_touch(1, None, kind="linkedin")]


@pytest.mark.parametrize(
    ("said", "context", "told"),
    [
        ({}, {}, f"{ALL} LinkedIn not included. {RULES}"),
        ({}, {"policy": ActivityPolicy(agreed=True)}, f"{ALL} LinkedIn not included."),
        ({"touches": LINKEDIN}, {}, f"{ALL} {RULES}"),
        ({"read": {}}, {}, f"LinkedIn not included. {RULES}"),
        (
            {"read": {"tasks": (1_000, 1_204), "events": (90, 88), "leads": (41, 42)}, "touches": LINKEDIN},
            {},
            f"Only 1,000 of 1,204 tasks, 41 of 42 leads read: 205 missing from this report. {RULES}",
        ),
        ({"notes": ("one rep.", "two"), "touches": LINKEDIN}, {}, f"{ALL} One rep. Two. {RULES}"),
        ({"notes": tuple("abcdef"), "touches": LINKEDIN}, {}, f"{ALL} A. B. C. D. 4 of 6 notes shown. {RULES}"),
        (
            {"touches": LINKEDIN},
            {"calls": 5, "daily_share": 0.62},
            f"{ALL} {RULES} 62% of today's Salesforce API calls are used, 5 by this run.",
        ),
    ],
    ids=["all", "agreed", "LinkedIn", "nothing told", "missing", "notes", "many notes", "calls"],
)
def test_each_doubt_is_told_once(said: dict[str, Any], context: dict[str, Any], told: str) -> None:
    review = make_review([make_rep(ANA)], [make_finding(Rule.REST, "x")], **said)
    assert line_of(report_of(review, **context), "DATA") == told


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (2, "Cannot be judged: A (no mail is logged), B (no mail is logged)."),
        (7, ", ".join(f"{name} (no mail is logged)" for name in "ABCDE") + " (+2 more in thread)."),
    ],
)
def test_who_cannot_be_judged_is_named_once_with_the_reason(count: int, told: str) -> None:
    said = {"judged": False, "unjudged_because": "no mail is logged in these 30 days"}
    reps = [make_rep(f"005Hs{n:011d}AA", rep=chr(65 + n), **said) for n in range(count)]
    data = line_of(report_of(make_review(reps)), "DATA")
    assert told in data
    assert data.count("judged") == 1


def test_who_cannot_be_judged_never_makes_a_clean_report() -> None:
    report = report_of(make_review([make_rep(ANA, judged=False)]))
    assert "nothing needs you" not in as_text(report)
    assert len(lines_of(report)) > 1


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (make_month(over=frozenset()), "60% answered (last month 58%) · 1 over-contacted (last month 5)"),
        (
            make_month(window_days=14),
            (
                "60% answered (last month, over 14 days, 58%) · "
                "1 over-contacted (last month, over 14 days, 5, 1 of them again)"
            ),
        ),
    ],
    ids=["nobody then", "another window"],
)
def test_the_team_is_compared_like_with_like(before: Month, said: str) -> None:
    review = make_review([make_rep(ANA)], [make_finding(Rule.STREAK, STREAK)])
    assert line_of(report_of(review, before), "TEAM") == f"1 rep · 60 human touches · 20 people · {said}"


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ({}, "as of 07:28 PT · 30 days inclusive · 2 a day · 2 reps on one person · 10 at one account"),
        (
            {"updated": datetime(2026, 11, 23, 17, 15, tzinfo=UTC), "started_by": "Alex"},
            (
                "as of 07:28 PT · updated 09:15 PT, replaces today's earlier report · 30 days inclusive · 2 a day · "
                "2 reps on one person · 10 at one account · started by Alex"
            ),
        ),
        (
            {"policy": ActivityPolicy(agreed=True, touches_in_7_days=9), "time_zone": "Europe/Berlin"},
            (
                "as of 16:28 CET · 30 days inclusive · 4/6 unanswered, 3-day gap · 2 a day · 2 reps on one person · "
                "10 at one account · 9 in 7 days"
            ),
        ),
    ],
    ids=["plain", "rerun by hand", "rule values"],
)
def test_the_footer_says_how_it_was_made(context: dict[str, Any], told: str) -> None:
    assert lines_of(report_of(full(), **context))[-1] == told


def test_the_report_of_one_rep_names_the_others_and_charts_only_theirs() -> None:
    report = report_of(narrowed(full(), "ana snyder"), make_month(), full_talks()[:1])
    assert "· with Tom Okafor" in as_text(report)
    [chart] = [block["chart"] for block in report.parent.blocks if block["type"] == "data_visualization"]
    assert sum(point["value"] for series in chart["series"] for point in series["data"]) == 7


def test_no_word_ranks_praises_or_blames() -> None:
    said = as_text(report_of(full(), make_month(), full_talks(), (no_talk(),))).lower()
    assert not re.search(r"\b(best|worst|top|rank|great|bad|poor|fail\w*|fault|blame|offend\w*|guilty)\b", said)
