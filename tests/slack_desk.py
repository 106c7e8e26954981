"""The Slack app as it runs, a process of its own, at the pretend Slack and a real Prefect; and people's hands."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL
from prefect.states import State

from deployments.manifest import deployments
from deployments.processes import running, wait_until
from tasks.clients import slack_reader, slack_writer
from tasks.ledger import Ledger
from tasks.ledger_decisions import Decisions
from tasks.reports.blocks import link_buttons
from tasks.reports.post import Post, Report
from tasks.reports.slack_buttons import pressed_in_slack
from tasks.rules.proposals import Proposal
from tasks.settings import Settings
from tasks.slack_publisher import Publisher
from tests.company import MONDAY, OFFICE, Sandbox, settings_from
from tests.company import running as running_company
from tests.databases import sqlite_copy
from tests.ledger.decision_builders import HOOLI, deal, proposal
from tests.slack_hands import AppEnd, Hands

UI = "http://prefect.example.com"
CRO, REP, KIRA = "U0MARISOL", "U0TOM", "U0KIRA"
DECIDE = "close-opportunities/decide"
SECONDS = 60


@dataclass(frozen=True)
class Office:
    """The company, its ledger, the deployments of prefect.yaml by name, and the app that listens."""

    sandbox: Sandbox
    config: Settings
    ledger: Ledger
    deployed: Mapping[str, UUID]
    log: Path

    def hands(self, user: str = CRO) -> Hands:
        """Of that person."""
        return Hands(self.sandbox.address, user)

    @property
    def app(self) -> AppEnd:
        """The app's end of the line."""
        return AppEnd(self.sandbox.address)

    @property
    def channel(self) -> str:
        """Where the reports go."""
        return self.config.slack_channel

    def address(self, deployment: str, form: Mapping[str, Any]) -> str:
        """Where a report's button leads in Prefect."""
        found = self.deployed.get(deployment, "0c22b1d4-5f0e-4b6f-9a53-2f6f1f0a7c11")
        return f"{UI}/v2/deployments/deployment/{found}/run?parameters={json.dumps({'form': dict(form)})}"

    def post(self, key: str, *buttons: tuple[str, str]) -> str:
        """A report with these buttons (label, address), as the rituals post it; its ts."""
        slack = Publisher(
            slack_writer(self.config), slack_reader(self.config), self.channel, self.ledger, pressed_in_slack
        )
        began = datetime.combine(MONDAY, datetime.min.time(), OFFICE)
        return slack.publish(Report(Post("A report", link_buttons(buttons))), key, began).ts

    def runs(self, deployment: str) -> list[FlowRun]:
        """The runs that were made of it, but those that its schedule made."""
        wanted = DeploymentFilter(id=DeploymentFilterId(any_=[self.deployed[deployment]]))
        with get_client(sync_client=True) as client:
            return [run for run in client.read_flow_runs(deployment_filter=wanted) if not run.auto_scheduled]

    def forms(self, deployment: str) -> list[Mapping[str, Any]]:
        """What they were started with."""
        return [run.parameters["form"] for run in self.runs(deployment)]

    def end(self, run: UUID, state: State[Any]) -> None:
        """The run ends so."""
        with get_client(sync_client=True) as client:
            client.set_flow_run_state(run, state, force=True)


@contextmanager
def listening(home: Path, ledger: Path) -> Iterator[Office]:
    """All of it. Needs a Prefect server; the deployments are removed in the end."""
    with running_company() as sandbox, get_client(sync_client=True) as client:
        who = {"RITUALS_SLACK_DECIDERS": json.dumps({CRO: "Marisol Vega", KIRA: "Kira Sandoval"})}
        environment = {**sandbox.environment, **who, "RITUALS_LEDGER_URL": sqlite_copy(ledger, home)}
        made: dict[str, Any] = {f"{one.flow_name}/{one.name}": one.apply() for one in deployments()}
        log = home / "slack_app.log"
        reached = {"PREFECT_API_URL": str(PREFECT_API_URL.value()), "PREFECT_UI_URL": UI, "RITUALS_ENV_FILE": ""}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RITUALS_")}
        config = settings_from(environment)
        with (
            running(["deployments.slack_app"], log, {**kept, **environment, **reached}) as process,
            Ledger(environment["RITUALS_LEDGER_URL"], owner="test") as memory,
        ):
            wait_until(lambda: b"Listening to Slack" in log.read_bytes(), process, log, SECONDS)
            office = Office(sandbox, config, memory, made, log)
            office.app.connected()
            yield office
        for one in made.values():
            client.delete_deployment(one)


def moment() -> datetime:
    """Now, on the real clock: Prefect and the app have no other."""
    return datetime.now(UTC)


def proposed(office: Office, name: str) -> Proposal:
    """Two deals that are proposed to be closed, today."""
    deals = (deal(), deal(id=HOOLI, name="Hooli 2026", value=9_500.0, owner="Dana Cole", days=61))
    made = replace(proposal(name, deals=deals), made_at=moment() - timedelta(hours=1), report_key=f"report {name}")
    Decisions(office.ledger).propose(made)
    return made


def decide_button(office: Office, name: str) -> str:
    """A report with a Decide button; its ts."""
    return office.post(name, ("Decide", office.address(DECIDE, {"proposal": name, "dry_run": False})))


def words(view: dict[str, Any]) -> str:
    """All that a modal says."""
    found: list[str] = []

    def look(part: Any) -> None:
        if isinstance(part, list):
            for one in part:
                look(one)
        elif isinstance(part, dict):
            if isinstance(part.get("text"), str):
                found.append(part["text"])
            for one in part.values():
                look(one)

    look(view["blocks"])
    return " ".join(found)
