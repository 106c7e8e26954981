"""What /rituals answers, on Mon 30 Nov 2026, 09:00 in Los Angeles."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tasks.reports.limits import problems
from tasks.reports.post import lines
from tasks.reports.rituals import LastRun, Ritual, rituals_said

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LOS_ANGELES)


NOW = at(30, 9)
WEEKLY = Ritual(
    "pipeline-review",
    "Pipeline review",
    LastRun(at(30, 7), "Completed", "https://prefect.example.com/v2/runs/flow-run/1"),
    at(7, 7, month=12),
)


def said(*rituals: Ritual, may_run: bool = True) -> list[str]:
    return lines(rituals_said(rituals, NOW, "America/Los_Angeles", may_run=may_run).blocks)


def row(**known: Any) -> str:
    return said(Ritual("pipeline-review", "Pipeline review", **known))[1]


def test_a_ritual_is_told_with_its_last_and_its_next_run() -> None:
    assert said(WEEKLY) == [
        "Rituals",
        "• Pipeline review (pipeline-review): last Mon 30 Nov 07:00 PT, completed; next Mon 7 Dec 07:00 PT",
        "Start one with /rituals run pipeline-review. What a report proposes is decided with the buttons below it.",
    ]


def test_one_that_never_ran_and_has_no_schedule_says_so() -> None:
    assert row() == "• Pipeline review (pipeline-review): has not run yet; no schedule is on"


def test_one_that_goes_on_says_so_instead_of_when_it_runs_next() -> None:
    assert row(running=True, next=at(7, 7, month=12)).endswith("has not run yet; running now")


def test_one_that_waits_for_a_worker_says_so() -> None:
    assert row(next=at(30, 7)).endswith("; was due Mon 30 Nov 07:00 PT and has no worker")


def test_a_run_that_did_not_complete_stands_out() -> None:
    [shown, *_] = rituals_said(
        [Ritual("p", "Pipeline review", LastRun(at(30, 7), "Crashed"))], NOW, "America/Los_Angeles", may_run=True
    ).blocks
    [_, rows] = shown["elements"]

    assert [element["text"] for element in rows["elements"][0]["elements"] if element.get("style")] == [
        "Pipeline review",
        "crashed",
    ]


def test_who_may_not_start_any_is_told_who_can_change_that() -> None:
    assert said(WEEKLY, may_run=False)[-1] == (
        "To start one from Slack, ask RevOps to add you to RITUALS_SLACK_DECIDERS."
    )


def test_where_none_is_deployed_it_says_how_to() -> None:
    assert said()[1] == "None is deployed: run python -m deployments.setup."


def test_it_fits_into_a_message() -> None:
    assert problems(rituals_said([WEEKLY] * 5, NOW, "America/Los_Angeles", may_run=True).blocks) == []
