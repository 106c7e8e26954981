"""The feedback sweep's report as its tests read it: its parent's lines, those of one label, its thread."""

from datetime import UTC, datetime
from typing import Any

from tasks.reports.feedback import message
from tasks.reports.feedback_context import FeedbackContext
from tasks.reports.post import lines
from tasks.rules.feedback import Sweep

from .review_builder import BASE

RUN_URL = "https://prefect.example.com/runs/flow-run/1f2e3d"
FILE_URL = "https://prefect.example.com/deployments/deployment/7c8d/run?parameters="
AS_OF = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 06:00 in Los Angeles


def make_context(**said: Any) -> FeedbackContext:
    """A run of Mon 23 Nov, 06:00, in Los Angeles, with the default hours."""
    usual: dict[str, Any] = {
        "as_of": AS_OF, "salesforce_url": BASE, "run_url": RUN_URL, "on_shift": "Kim S.",
        "file_url": lambda keys: FILE_URL + ",".join(keys), "slack_calls": 61, "calls": 4,
    }  # fmt: skip
    return FeedbackContext(**{**usual, **said})


def shown(sweep: Sweep, **context: Any) -> list[str]:
    """The parent's lines."""
    return lines(message(sweep, make_context(**context)).parent.blocks)


def labelled(label: str, sweep: Sweep, **context: Any) -> list[str]:
    """What stands beside the label, a line each."""
    return [line.removeprefix(label).strip() for line in shown(sweep, **context) if line.startswith(f"{label} ")]


def thread_of(sweep: Sweep, **context: Any) -> list[str]:
    """The lines of all posts below it."""
    posts = message(sweep, make_context(**context)).thread
    return [line for post in posts for line in lines(post.blocks)]
