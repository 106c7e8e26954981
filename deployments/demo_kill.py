"""The decision at its worst moment: its process is killed when Salesforce has closed the deals and nobody was told yet.
Prefect calls the run crashed, and the same decision is run again."""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from simple_salesforce.format import format_soql
from slack_sdk import WebClient
from sqlalchemy import update

from deployments.demo_run import Form, filled_in, posted_reports, run_to_the_end, started
from deployments.processes import DidNotStartError, tail
from tasks.clients import SalesforceDoor
from tasks.ledger import Ledger
from tasks.ledger_tables import EffectRow
from tasks.salesforce_writes import OpportunityWriter
from tasks.settings import settings

SECONDS, BETWEEN = 120.0, 0.1
HELD_SECONDS = 300  # far longer than the kill takes
WRITTEN = '"httpStatusCode": ?204'  # what a composite answers where a record was changed


def press_and_kill(button: str, log: Path, form: Form) -> str:
    """Press the button, fill in the rest of the form, kill the run between what it did and what it knows, and run the
    same again; the second run's address. Raises DidNotStartError, also where a deal was written twice."""
    sandbox, (deployment, filled) = settings().salesforce_url, filled_in(button)
    asked = {**filled, **form}
    faults = f"{sandbox}/__sandbox__/faults"
    held = {"kind": "held", "seconds": HELD_SECONDS, "answer": WRITTEN, "match": {"path": ".*/composite"}}
    httpx.post(faults, json=held, timeout=SECONDS).raise_for_status()
    with get_client(sync_client=True) as client:
        run = started(client, deployment, asked).id
    _until("the decision wrote nothing", lambda: any(f["applied"] for f in httpx.get(faults).json()["faults"]), log)
    written, sent = _closed(), _effects(str(asked["proposal"])).count("sending")
    _say(
        f"{len(written)} deals are closed in Salesforce; of {sent} writes the ledger knows that they began, and no more"
    )
    _kill(run)
    state = _until("the run did not end", lambda: _ended(run), log)
    _say(f"kill -9. In Prefect: {state.name}. In Slack: {_until('Slack was not told', _alarm, log)}")
    httpx.delete(faults, timeout=SECONDS).raise_for_status()
    _a_quarter_of_an_hour(sandbox)
    again = run_to_the_end(deployment, log, asked)
    if _closed() != written:
        raise DidNotStartError(f"What the killed run had closed was written again: {written}, then {_closed()}")
    _say(f"{len(written)} closings, each written once: the second run found them. Its reply: {_reply()}")
    return again


def _alarm() -> str:
    """The first sentence of what Slack was told of the crash; "" as long as it was not."""
    config = settings()
    slack = WebClient(config.slack_token.get_secret_value(), base_url=config.slack_url)
    said = [str(one["text"]) for one in slack.conversations_history(channel=config.slack_channel)["messages"]]
    return next((text.split("*")[1] for text in said if " crashed.*" in text), "")


def _reply() -> str:
    """What the reply under the report says became of the deals."""
    lines = posted_reports(os.environ)[0].text.splitlines()
    return next((line for line in lines if line.startswith("Of ")), "none")


def _ended(run: UUID) -> State[Any] | None:
    with get_client(sync_client=True) as client:
        state = client.read_flow_run(run).state
    return state if state and state.is_final() else None


def _closed() -> dict[str, str]:
    """When each deal that we closed was written, by its name."""
    config = settings()
    door = SalesforceDoor(config)
    soql = format_soql(
        "SELECT Name, SystemModstamp FROM Opportunity WHERE StageName = {} AND LastModifiedById = {}",
        config.pipeline.closed_lost_stage,
        OpportunityWriter(door, config).us,
    )
    return {one["Name"]: one["SystemModstamp"] for one in door.json(f"query?q={quote(soql)}")["records"]}


def _effects(proposal: str) -> list[str]:
    """The states of the closings of a proposal, as the ledger has them."""
    with Ledger(settings().ledger_url.get_secret_value(), owner="demo") as ledger:
        return [effect.state for effect in ledger.effects(f"pipeline-review:{proposal}:close")]


def _kill(run: UUID) -> None:
    """End every process of the run, as by kill -9."""
    mark = f"PREFECT__FLOW_RUN_ID={run}".encode()
    processes = [int(place.parent.name) for place in Path("/proc").glob("[0-9]*/environ") if mark in _read(place)]
    if not processes:
        raise DidNotStartError("The process of the run is not under /proc: --kill needs Linux.")
    for process in processes:
        os.kill(process, signal.SIGKILL)


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:  # another's, or gone by now
        return b""


def _a_quarter_of_an_hour(sandbox: str) -> None:
    """Let it pass: what a dead run has begun belongs to nobody by then. The company's clock goes on, so that a second
    write would be seen."""
    httpx.post(f"{sandbox}/__sandbox__/clock", json={"now": datetime.now(UTC).isoformat()}, timeout=SECONDS)
    with Ledger(settings().ledger_url.get_secret_value(), owner="demo") as ledger, ledger.session() as session:
        session.execute(update(EffectRow).where(EffectRow.state == "sending").values(lease_until=datetime.now(UTC)))
    _say("a quarter of an hour later, when its lease is over, the same decision again …")


def _until(otherwise: str, ready: Callable[[], Any], log: Path) -> Any:
    end = time.monotonic() + SECONDS
    while not (answer := ready()):
        if time.monotonic() > end:
            raise DidNotStartError(f"{otherwise} in {SECONDS:.0f} s:\n{tail(log, 40)}")
        time.sleep(BETWEEN)
    return answer


def _say(line: str) -> None:
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()
