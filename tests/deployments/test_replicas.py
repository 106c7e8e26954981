"""Two replicas of Prefect's server are one: what one is told the other knows, and when one dies the rituals go on."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.schedules import CronSchedule
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, PREFECT_UI_URL, temporary_settings

from deployments import setup_pool
from deployments.doctor_prefect import prefect_lines
from deployments.setup import Order, _automations
from tests.databases import sqlite_copy
from tests.deployments.production import AUTH, ROOT, Production
from tests.deployments.replicas import Replicas, at, lacking, replicas
from tests.deployments.test_on_postgresql import beats
from tests.faults.served import until
from tests.slack_alone import running as running_slack

pytestmark = [pytest.mark.prefect, pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    if lacks := lacking():
        pytest.skip(f"No {lacks} here")
    began = time.monotonic()
    with replicas(tmp_path_factory.mktemp("replicas")) as made:
        sys.stdout.write(
            f"two replicas, services, Redis, PostgreSQL and nginx up after {time.monotonic() - began:.0f} s\n"
        )
        yield made


@pytest.fixture(scope="module")
def prod(made: Replicas, tmp_path_factory: pytest.TempPathFactory, sqlite_ledger: Path) -> Iterator[Production]:
    """What runs the rituals knows nothing but the proxy."""
    home = tmp_path_factory.mktemp("rituals")
    ledger = sqlite_copy(sqlite_ledger, home)
    with running_slack() as slack, through(made.proxy + "/api"), temporary_settings({PREFECT_UI_URL: made.proxy}):
        rituals = {**slack.environment, "RITUALS_LEDGER_URL": ledger, "RITUALS_ENV_FILE": "", "PYTHONPATH": str(ROOT)}
        with get_client(sync_client=True) as client, pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("RITUALS_")]:
                patch.delenv(name)
            patch.setenv("RITUALS_ENV_FILE", "")
            setup_pool.create(client)
            assert [told.line for told in _automations(client, Order()) if told.line.endswith(": made")]
        yield Production(home, slack, "", {**made.environment, **rituals})


@contextmanager
def through(api: str) -> Iterator[None]:
    """Speak to that address."""
    with temporary_settings({PREFECT_API_URL: api, PREFECT_API_AUTH_STRING: AUTH}):
        yield


def test_the_doctor_finds_postgresql_leases_in_redis_and_a_guard(prod: Production) -> None:
    lines = list(prefect_lines())

    assert "keeps its data in PostgreSQL" in {line.said for line in lines}
    assert {line.said.partition(":")[0] for line in lines if line.verdict != "ok"} == {"no worker is up"}


def test_what_one_was_told_the_other_knows(prod: Production, made: Replicas) -> None:
    with through(at(made, 0)):
        run = prod.start(prod.deploy("ordered-at-the-first"), "Completed")
    with prod.worker(), through(at(made, 1)):
        state = prod.ended(run)

    assert state.name == "Completed"


def test_the_services_make_the_runs_of_a_schedule(prod: Production, made: Replicas) -> None:
    deployment = prod.deploy("scheduled")
    soon = DeploymentScheduleCreate(schedule=CronSchedule(cron="*/5 * * * *"))
    with through(at(made, 1)), get_client(sync_client=True) as client:
        client.create_deployment_schedules(deployment, [(soon.schedule, True)])
        runs = until("they were made", lambda: [r for r in client.read_flow_runs() if r.deployment_id == deployment])

    assert {run.state_name for run in runs} <= {"Scheduled", "Late"}


def test_when_one_dies_the_rituals_go_on_and_a_dead_run_is_still_crashed(prod: Production, made: Replicas) -> None:
    """The last of all: the first replica stays dead."""
    deployment = prod.deploy("goes-on")
    with prod.worker() as worker:
        running = prod.start(deployment, "never")
        beats(running)
        os.kill(made.first.pid, signal.SIGKILL)
        next_one = prod.start(prod.deploy("after-it"), "Completed")
        assert prod.ended(next_one).name == "Completed"
        prod.machine_dies(worker, running)
        began = time.monotonic()

    state = prod.ended(running, 120)
    sys.stdout.write(f"with one replica, a dead run is Crashed after {time.monotonic() - began:.0f} s\n")

    assert (state.type.value, state.message) == (
        "CRASHED",
        "No heartbeat for 90 seconds: its process or its machine is gone.",
    )
