"""The activity review's report as its tests read it: all of it, its parent's lines, one line of them."""

from typing import Any

from tasks.reports.activity import message
from tasks.reports.post import Report, lines
from tasks.rules.activity_findings import ActivityReview, Month
from tasks.rules.talks import NoTalk, Talk

from .activity_reviews import make_context


def report_of(
    review: ActivityReview,
    before: Month | None = None,
    talks: tuple[Talk, ...] = (),
    no_talks: tuple[NoTalk, ...] = (),
    **context: Any,
) -> Report:
    return message(review, make_context(**context), before, talks, no_talks)


def lines_of(report: Report) -> list[str]:
    return lines(report.parent.without_charts().blocks)


def line_of(report: Report, label: str) -> str:
    """What stands beside the label; "" where there is no such line."""
    return next((line.removeprefix(f"{label} ") for line in lines_of(report) if line.startswith(f"{label} ")), "")
