"""Deciding and undoing from end to end: the real flows, a Prefect server, Salesforce and Slack over HTTP, a ledger."""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from prefect.settings import PREFECT_UI_URL, temporary_settings

from deployments.manifest import deployments
from flows.forms import PipelineReviewForm
from tasks.clients import SalesforceDoor
from tests.company import Sandbox
from tests.conftest import Install
from tests.flows.runs import POSTING, artifacts, decide, opportunities, proposal, records, reports, run, undo

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]

ACME, COBALT, LARKSPUR = "Acme 2026", "Cobalt Insurance 2026", "Larkspur Media 2026"


@pytest.fixture
def proposed(installed: Sandbox) -> str:
    """The proposal of the weekly review, which has been posted."""
    run(POSTING)
    return proposal()


def stages(sandbox: Sandbox) -> dict[str, str]:
    return {row["Name"]: row["StageName"] for row in opportunities(sandbox)}


def test_a_decision_closes_what_was_chosen_and_says_so_in_the_thread_and_in_the_first_line(
    installed: Sandbox, proposed: str
) -> None:
    before = stages(installed)

    state = decide(proposed, ACME, COBALT)

    assert state.is_completed()
    assert str(state.message).startswith("Closed 2 ($205k) by Marisol Vega")
    changed = {name: stage for name, stage in stages(installed).items() if stage != before[name]}
    assert changed == {ACME: "Closed Lost", COBALT: "Closed Lost"}
    [[parent, *thread]] = reports(installed)
    assert "closed 2 by Marisol Vega" in parent["text"]
    assert thread[-1]["text"].startswith("Closed 2 ($205k) by Marisol Vega")


def test_the_run_shows_what_became_of_every_record(proposed: str) -> None:
    shown = artifacts(decide(proposed, ACME, COBALT))["decision"]

    assert ACME in shown
    assert "Kept open" in shown


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"proposal": "2026-11-23-000000"}, "No proposal '2026-11-23-000000' is remembered"),
        ({"decided_by": "Tom Okafor"}, "Tom Okafor may not decide: those who may are Marisol Vega"),
        ({"decided_by": ""}, "Say who wants to decide"),
        ({"loss_reason": "Bored"}, "'Bored' is no loss reason of the org: choose one of"),
        ({"loss_reason": ""}, "Say why these deals are lost"),
    ],
    ids=["unknown proposal", "not a decider", "nobody", "unknown reason", "no reason"],
)
def test_what_cannot_be_decided_is_refused_with_a_sentence_and_nothing_is_written(
    installed: Sandbox, proposed: str, form: dict[str, str], says: str
) -> None:
    before = records(installed)

    state = decide(**{"proposal": proposed, **form})

    assert (state.type.value, state.name) == ("FAILED", "Refused")
    assert str(state.message).startswith(says)
    assert records(installed) == before


def test_an_opportunity_that_was_not_proposed_is_refused(installed: Sandbox, proposed: str) -> None:
    state = decide(proposed, ACME, "Hooli 2026")

    assert f"Not in proposal {proposed}: Hooli 2026" in str(state.message)
    assert stages(installed)[ACME] == "Discovery"


def test_more_than_the_ceiling_are_refused_and_none_is_written(
    installed: Sandbox, install: Install, proposed: str
) -> None:
    install({**installed.environment, "RITUALS_CLOSING__WRITE_COUNT": "2"})

    state = decide(proposed, ACME, COBALT, LARKSPUR)

    assert "3 opportunities are more than one decision may close (2" in str(state.message)
    assert stages(installed)[ACME] == "Discovery"


def test_a_dry_run_shows_what_would_be_closed_and_takes_nothing_down(installed: Sandbox, proposed: str) -> None:
    before = records(installed)

    state = decide(proposed, ACME, dry_run=True)

    assert state.message == "Dry run: what would be closed is in the artifacts, nothing was written."
    assert f"closed: {ACME}" in artifacts(state)["decision"]
    assert records(installed) == before
    assert decide(proposed, COBALT).is_completed()


def test_what_could_not_be_settled_is_reported_before_the_run_fails(installed: Sandbox, proposed: str) -> None:
    acme = next(r["Id"] for r in opportunities(installed) if r["Name"] == ACME)
    installed.org(locked_times={acme: 30})

    state = decide(proposed, ACME, COBALT)

    assert state.is_failed()
    assert "1 of 2 opportunities are not settled yet" in str(state.message)
    [[_, *thread]] = reports(installed)
    assert thread[-1]["text"].startswith("Closed 1 of 2")
    installed.org(locked_times={})
    assert decide(proposed, ACME, COBALT).is_completed()
    [[_, *thread]] = reports(installed)
    assert [reply["text"][:8] for reply in thread if reply["text"].startswith("Closed")] == ["Closed 2"]


def test_an_undo_reopens_and_says_so_in_the_thread_and_in_the_first_line(installed: Sandbox, proposed: str) -> None:
    decide(proposed, ACME, COBALT)

    state = undo(proposed, ACME)

    assert state.is_completed()
    assert (stages(installed)[ACME], stages(installed)[COBALT]) == ("Discovery", "Closed Lost")
    [[parent, *thread]] = reports(installed)
    assert re.search(r"closed 2 by Marisol Vega \d\d:\d\d, kept 4, 1 undone", parent["text"])
    assert thread[-1]["text"].startswith("Undone 1 ($120k) by Marisol Vega")


def test_a_dry_run_of_an_undo_leaves_everything_closed(installed: Sandbox, proposed: str) -> None:
    decide(proposed, ACME)

    state = undo(proposed, dry_run=True)

    assert state.message == "Dry run: what would be restored is in the artifacts, nothing was written."
    assert stages(installed)[ACME] == "Closed Lost"
    assert undo(proposed).is_completed()


def test_nothing_is_undone_that_was_not_decided(proposed: str) -> None:
    assert "was never decided: there is nothing to undo" in str(undo(proposed).message)


def test_a_review_that_runs_again_keeps_saying_what_was_decided(installed: Sandbox, proposed: str) -> None:
    decide(proposed, ACME, COBALT)

    run(POSTING)

    [[parent, *_]] = reports(installed)
    assert "closed 2 by Marisol Vega" in parent["text"]
    assert "4 to decide" in parent["text"]
    assert proposal() != proposed


def test_what_a_newer_review_replaced_can_no_longer_be_decided(installed: Sandbox, proposed: str) -> None:
    deal = next(r for r in opportunities(installed) if r["Name"] == ACME)
    SalesforceDoor(installed.settings).json(f"sobjects/Opportunity/{deal['Id']}", "PATCH", {"Amount": 90_000})
    run(POSTING)

    assert f"Proposal {proposed} was replaced by {proposal()}" in str(decide(proposed, ACME).message)


def test_a_dry_run_of_the_review_proposes_nothing_to_decide(installed: Sandbox) -> None:
    state = run(PipelineReviewForm())

    assert "[Decide]" not in artifacts(state)["pipeline-review"]
    assert proposal() == "None"


@pytest.fixture
def served() -> Iterator[None]:
    """The deployments stand in Prefect, and it has an address to show them at."""
    for deployment in deployments():
        deployment.apply()
    with temporary_settings({PREFECT_UI_URL: "http://prefect.example"}):
        yield


@pytest.mark.usefixtures("served")
def test_the_button_opens_the_form_with_the_proposal_filled_in(installed: Sandbox) -> None:
    run(POSTING)

    [[parent, *_]] = reports(installed)
    [actions] = [block for block in parent["blocks"] if block["type"] == "actions"]
    button = actions["elements"][0]
    assert button["text"]["text"] == "Decide"
    link = urlsplit(button["url"])
    assert link.path.startswith("/v2/deployments/deployment/")
    filled = json.loads(parse_qs(link.query)["parameters"][0])
    assert filled == {"form": {"proposal": proposal(), "dry_run": False}}


@pytest.mark.usefixtures("served")
def test_after_a_decision_the_button_leads_to_its_undo(installed: Sandbox) -> None:
    run(POSTING)
    decide(proposal(), ACME)

    [[parent, *_]] = reports(installed)
    [actions] = [block for block in parent["blocks"] if block["type"] == "actions"]
    assert actions["elements"][0]["text"]["text"].startswith("Undo until ")
