"""Our Slack app in somebody else's pretend Slack: what a command starts there as in ours (test_slack_app.py)."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL

from deployments.manifest import deployments
from deployments.processes import running, wait_until
from tests.databases import sqlite_copy
from tests.slack_emulated import APP_TOKEN, BOT_TOKEN, CHANNEL, PERSON, Emulated, emulated_or_skipped
from tests.slack_hands import waited

pytestmark = [pytest.mark.slow, pytest.mark.prefect]
WEEKLY = "pipeline-review/weekly"


@pytest.fixture
def other() -> Iterator[Emulated]:
    with emulated_or_skipped() as there:
        yield there


def test_a_ritual_is_listed_and_started(
    prefect_server: None, shared_sandbox: Any, sqlite_ledger: Path, tmp_path: Path, other: Emulated
) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("RITUALS_")}
    here = {
        "RITUALS_SLACK_URL": other.web_api, "RITUALS_SLACK_TOKEN": BOT_TOKEN, "RITUALS_SLACK_APP_TOKEN": APP_TOKEN,
        "RITUALS_SLACK_CHANNEL": CHANNEL, "RITUALS_SLACK_DECIDERS": json.dumps({PERSON: "Marisol Vega"}),
        "RITUALS_LEDGER_URL": sqlite_copy(sqlite_ledger, tmp_path), "RITUALS_ENV_FILE": "",
        "PREFECT_API_URL": str(PREFECT_API_URL.value()),
    }  # fmt: skip
    [weekly] = [one for one in deployments() if f"{one.flow_name}/{one.name}" == WEEKLY]
    made, log = weekly.apply(), tmp_path / "slack_app.log"
    with running(["deployments.slack_app"], log, {**own, **shared_sandbox.environment, **here}) as process:
        wait_until(lambda: b"Listening to Slack" in log.read_bytes(), process, log, 60)
        other.type("/rituals")
        waited(lambda: [m for m in other.messages() if "rituals. Start one" in m["text"]], "the list")
        other.type("/rituals run pipeline-review")
        modal = waited(other.modal, "the form")
        fields = [block["block_id"] for block in modal["blocks"] if block["type"] == "input"]
        filled = {"stale_after_days": {"stale_after_days": {"type": "number_input", "value": "3"}}}

        assert fields == ["as_of", "owner_or_team", "stale_after_days", "channel", "dry_run"]
        assert other.submit({**_beginning(modal), **filled}) == {"stale_after_days": "Give a number from 7 to 365."}
        assert other.submit(_beginning(modal)) == {}
        with get_client(sync_client=True) as client:
            waited(lambda: [r for r in client.read_flow_runs() if r.deployment_id == made], "the run")
            [run] = [one for one in client.read_flow_runs() if one.deployment_id == made]
            client.delete_deployment(made)
    assert run.parameters["form"]["dry_run"] is False
    assert f"from-slack:{PERSON}" in run.tags


def _beginning(modal: dict[str, Any]) -> dict[str, Any]:
    """What the form holds when nobody has touched it."""
    [on_or_off] = [block["element"] for block in modal["blocks"] if block.get("block_id") == "dry_run"]
    return {"dry_run": {"dry_run": {"type": "radio_buttons", "selected_option": on_or_off["initial_option"]}}}
