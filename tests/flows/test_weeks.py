"""From one weekly review to the next: the real flow, a Prefect server, Salesforce and Slack over HTTP, a ledger."""

import re
from datetime import date, datetime, timedelta

import pytest

from flows.forms import PipelineReviewForm
from tasks.clients import SalesforceDoor
from tasks.reports.post import lines
from tests.company import OFFICE, Sandbox
from tests.flows.runs import opportunities, proposal, reports, run

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]

TODAY = datetime.now(OFFICE).date()
WEEK_AGO, TWO_WEEKS_AGO = TODAY - timedelta(days=7), TODAY - timedelta(days=14)


def review_of(day: date) -> None:
    assert run(PipelineReviewForm(as_of=day, dry_run=False)).is_completed()


def said(sandbox: Sandbox, day: date) -> str:
    """What the report of that day says in its first message."""
    title = f" {day.day} {day:%b} · "
    [parent] = [messages[0] for messages in reports(sandbox) if title in messages[0]["text"]]
    return "\n".join(lines(parent["blocks"]))


def test_the_first_review_has_nothing_to_compare_with_and_says_so(installed: Sandbox) -> None:
    review_of(TODAY)

    assert "CHANGED nothing to compare with yet" in said(installed, TODAY)
    assert "LAST WEEK" not in said(installed, TODAY)


def test_the_next_review_says_what_changed_and_which_asks_are_done(installed: Sandbox) -> None:
    review_of(WEEK_AGO)
    deal = next(row for row in opportunities(installed) if row["Name"] == "Acme 2026")
    SalesforceDoor(installed.settings).json(f"sobjects/Opportunity/{deal['Id']}", "PATCH", {"Amount": 130_000})

    review_of(TODAY)

    assert f"CHANGED since {WEEK_AGO.day} {WEEK_AGO:%b}: open $" in said(installed, TODAY)
    assert "amounts +$10k" in said(installed, TODAY)
    assert re.search(r"LAST WEEK \d+ of \d+ asks done", said(installed, TODAY))


def test_nobody_is_warned_of_the_same_silence_twice(installed: Sandbox) -> None:
    review_of(TODAY)
    alone = re.search(r"(\d+) need their owner", said(installed, TODAY))
    review_of(WEEK_AGO)

    review_of(TODAY)

    after = re.search(r"(\d+) need their owner", said(installed, TODAY))
    assert alone is not None
    assert after is not None
    assert int(after[1]) < int(alone[1])


def test_a_replayed_week_compares_with_its_own_past(installed: Sandbox) -> None:
    review_of(TWO_WEEKS_AGO)
    review_of(TODAY)

    review_of(WEEK_AGO)

    assert f"CHANGED since {TWO_WEEKS_AGO.day} {TWO_WEEKS_AGO:%b}" in said(installed, WEEK_AGO)


def test_what_was_true_on_a_day_is_not_overwritten_by_a_replay(installed: Sandbox) -> None:
    review_of(WEEK_AGO)
    deal = next(row for row in opportunities(installed) if row["Name"] == "Acme 2026")
    SalesforceDoor(installed.settings).json(f"sobjects/Opportunity/{deal['Id']}", "PATCH", {"Amount": 130_000})
    review_of(WEEK_AGO)

    review_of(TODAY)

    assert "amounts +$10k" in said(installed, TODAY)


def test_a_replay_proposes_nothing_to_decide(installed: Sandbox) -> None:
    review_of(WEEK_AGO)

    assert proposal() == "None"
