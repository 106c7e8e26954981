"""From the press of *Run* to the report in Slack, step by step: `deployments.serve`, and a worker as in production.

A real Prefect server (SQLite), the pretend company of today. Medians of five runs; nothing is asserted about time.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from deployments.local_prefect import LocalPrefect, local_prefect
from deployments.processes import running, wait_until
from deployments.sandbox import environment
from deployments.sandbox.app import build
from deployments.sandbox.clock import Clock
from deployments.sandbox.company.build import build as build_company
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.server import serve
from deployments.setup_pool import POOL
from tasks.clients import slack_reader
from tests.benchmarks.measure import show
from tests.company import OFFICE, settings_from
from tests.faults.served import until

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

ROOT = Path(__file__).parents[2]
TIMES, SECONDS = 5, 300
RITUAL = "pipeline-review/weekly"
STEPS = (
    ("picked up by the process that serves", "Pending"),
    ("process started, modules loaded", "Running"),
    ("Salesforce and Slack read", "read"),
    ("judged", "judged"),
    ("compared, remembered, posted in Slack", "posted"),
    ("thread, files and link", "told"),
    ("Completed", "Completed"),
)


@dataclass(frozen=True)
class Place:
    """What all runs share: the company, Prefect, and the settings under which runs go."""

    home: Path
    prefect: LocalPrefect
    settings: Mapping[str, str]
    template: Path

    @property
    def ledger(self) -> Path:
        """The file of the ledger."""
        return self.home / "ledger.db"

    def begin_anew(self) -> None:
        """As on the first day: an empty ledger, and nothing of ours in Slack."""
        for name in self.home.glob("ledger.db*"):
            name.unlink()
        shutil.copy(self.template, self.ledger)
        client, channel = slack_reader(settings_from(dict(self.settings))), self.settings["RITUALS_SLACK_CHANNEL"]
        for message in _ours(client, channel):
            for one in client.conversations_replies(channel=channel, ts=message["ts"])["messages"][::-1]:
                client.chat_delete(channel=channel, ts=one["ts"])

    def posted(self) -> float:
        """When the report was posted, in seconds since 1970: the `ts` that Slack gave it."""
        client = slack_reader(settings_from(dict(self.settings)))
        [report] = _ours(client, self.settings["RITUALS_SLACK_CHANNEL"])
        return float(report["ts"])


def _ours(client: Any, channel: str) -> list[dict[str, Any]]:
    return [one for one in client.conversations_history(channel=channel)["messages"] if one.get("metadata")]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sqlite_ledger: Path) -> Iterator[Place]:
    """The company of today, whose clock goes as ours does, and a Prefect server."""
    home = tmp_path_factory.mktemp("trigger")
    clock = Clock(lambda: datetime.now(UTC))
    company, org = build_company(1, "small", datetime.now(OFFICE).date()), Org(clock)
    with serve(build(company, clock, org)) as address, local_prefect(home) as prefect:
        told = dict(line.split("=", 1) for line in environment.lines(address, company, org))
        own = {"RITUALS_LEDGER_URL": f"sqlite:///{home / 'ledger.db'}", "RITUALS_ENV_FILE": "", "PYTHONPATH": str(ROOT)}
        here = {PREFECT_API_URL: f"{prefect.ui}/api", PREFECT_API_AUTH_STRING: prefect.auth}
        with temporary_settings(here), pytest.MonkeyPatch.context() as patch:
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # compiled, as an installation is
            shutil.copy(sqlite_ledger, home / "ledger.db")
            yield Place(home, prefect, {**told, **own}, sqlite_ledger)


@contextmanager
def serving(place: Place) -> Iterator[None]:
    """One process that serves all deployments, as the demo and development have it: it looks every 2 seconds."""
    log = place.home / "flows.log"
    with running(["deployments.serve", "--paused"], log, {**place.settings, **place.prefect.environment}) as process:
        wait_until(lambda: b"Your deployments are being served" in log.read_bytes(), process, log, SECONDS)
        yield


@contextmanager
def worker(place: Place) -> Iterator[None]:
    """What `deployments.setup` makes, and a worker of its pool: it looks every 10 seconds, Prefect's own default."""
    known = {**place.settings, **place.prefect.environment, "RITUALS_HOME": str(ROOT)}
    log = place.home / "setup.log"
    with running(["deployments.setup", "--no-doctor"], log, known) as process:
        process.wait(SECONDS)
        assert process.returncode == 0, log.read_text(encoding="utf-8")
    log = place.home / "worker.log"
    with running(["prefect", "worker", "start", "--pool", POOL], log, known) as process:
        wait_until(lambda: b"started!" in log.read_bytes(), process, log, SECONDS)
        yield


@pytest.mark.parametrize("way", [serving, worker])
def test_from_the_press_of_run_to_the_report(place: Place, way: Callable[[Place], Any]) -> None:
    taken = list[list[float]]()
    with way(place):
        for _ in range(TIMES):
            place.begin_anew()
            taken.append(_measured(place))

    middle = [median(column) for column in zip(*taken, strict=True)]
    to_post = sum(middle[:5])
    rows = [(name, f"{s:6.2f} s  {s / to_post:5.0%}") for (name, _), s in zip(STEPS, middle, strict=True)]
    rows[5:5] = [("trigger to post", f"{median(sum(one[:5]) for one in taken):6.2f} s  100%")]
    spread = [sum(one[:5]) for one in taken]
    show(f"{way.__name__}: medians of {TIMES}, from {min(spread):.1f} to {max(spread):.1f} s", rows)


def _measured(place: Place) -> list[float]:
    """The seconds of each step of one run."""
    with get_client(sync_client=True) as client:
        found = client.read_deployment_by_name(RITUAL)
        form = {**found.parameters["form"], "dry_run": False}
        run = client.create_flow_run_from_deployment(found.id, parameters={"form": form})

        def ended() -> bool:
            state = client.read_flow_run(run.id).state
            return state is not None and state.is_final()

        until("the run ended", ended, SECONDS)
        at = _moments(client, run.id)
    assert run.created is not None
    at |= {"posted": place.posted()}
    points = [run.created.timestamp(), *(at[name] for _, name in STEPS)]
    return [after - before for before, after in pairwise(points)]


def _moments(client: SyncPrefectClient, run: UUID) -> dict[str, float]:
    """When the run came into each state for the first time, and to each step, in seconds since 1970."""
    at: dict[str, float] = {}
    for state in client.read_flow_run_states(run):
        at.setdefault(str(state.type.value).capitalize(), state.timestamp.timestamp())
    assert "Completed" in at, at
    mine = FlowRunFilter(id=FlowRunFilterId(any_=[run]))
    tasks = {task.name.rpartition("-")[0]: task for task in client.read_task_runs(flow_run_filter=mine)}
    ends = {name: task.end_time.timestamp() for name, task in tasks.items() if task.end_time}
    began = tasks["recall"].start_time
    assert began is not None
    return at | {"read": ends["read_customer_talk"], "judged": began.timestamp(), "told": ends["publish"]}
