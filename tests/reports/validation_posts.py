"""The Salesforce check's report as its tests read it: its parent's lines, those of one label, its thread."""

from typing import Any

from tasks.reports.post import lines
from tasks.reports.validation import message
from tasks.rules.verdicts import Outcome

from .outcomes import make_context


def shown(outcome: Outcome, **context: Any) -> list[str]:
    """The parent's lines."""
    return lines(message(outcome, make_context(**context)).parent.blocks)


def labelled(label: str, outcome: Outcome, **context: Any) -> list[str]:
    """What stands beside the label, a line each."""
    return [line.removeprefix(label).strip() for line in shown(outcome, **context) if line.startswith(f"{label} ")]


def thread_of(outcome: Outcome, **context: Any) -> list[str]:
    posts = message(outcome, make_context(**context)).thread
    return [line for post in posts for line in lines(post.blocks)]
