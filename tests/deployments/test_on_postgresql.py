"""Prefect as in production: what it watches by itself, and what is told in Slack when a machine dies, a run fails, or a
report never comes. Its windows of an hour are seconds here; that of dead runs is as it is."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.events.filters import EventFilter, EventNameFilter
from prefect.events.schemas.automations import EventTrigger
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_UI_URL, temporary_settings

from deployments import setup_pool
from deployments.automations import PREFIX, alarm_block, automations, compared, keep
from deployments.doctor_prefect import opened, prefect_lines
from deployments.postgres import programs
from deployments.setup import Order, _automations
from tasks.clients import Refused
from tests.databases import sqlite_copy
from tests.deployments.production import Production, processes_of, production
from tests.faults.served import until

pytestmark = [pytest.mark.prefect, pytest.mark.slow, pytest.mark.timeout(900)]

WINDOW = timedelta(seconds=45)  # a worker takes ten to start a run
DEAD_WITHIN = 120.0  # seconds


@pytest.fixture(scope="module")
def prod(tmp_path_factory: pytest.TempPathFactory, sqlite_ledger: Path) -> Iterator[Production]:
    """Set up but for the deployments, with windows of an hour cut short."""
    if programs() is None:
        pytest.skip("No PostgreSQL here: initdb, pg_ctl and postgres were not found")
    home = tmp_path_factory.mktemp("production")
    with pytest.MonkeyPatch.context() as patch, production(home, sqlite_copy(sqlite_ledger, home)) as made:
        patch.setenv("RITUALS_ALARM_WEBHOOK", made.webhook)
        patch.setenv("RITUALS_ENV_FILE", "")
        with get_client(sync_client=True) as client:
            setup_pool.create(client)
            first = [told.line for told in _automations(client, Order())]
            again = [told.line for told in _automations(client, Order())]
            assert [line.rpartition(": ")[2] for line in first] == ["made or changed", *["made"] * 5]
            assert {line.rpartition(": ")[2] for line in again} == {"there"}
            _cut_short()
        yield made


def _cut_short() -> None:
    with get_client(sync_client=True) as client:
        block, _ = alarm_block(client)
        for one in compared(client, automations(PREFECT_UI_URL.value() or "", block)):
            assert one.wanted is not None
            assert isinstance(one.wanted.trigger, EventTrigger)
            if one.wanted.trigger.within == timedelta(hours=1):
                one.wanted.trigger.within = WINDOW
                keep(client, one)


def test_a_server_on_postgresql_is_known_and_the_doctor_finds_it_guarded(prod: Production) -> None:
    lines = list(prefect_lines())

    assert {line.said for line in lines if line.verdict != "ok"} == {
        f"no worker is up: start `prefect worker start --pool {setup_pool.POOL}`."
    }
    assert "keeps its data in PostgreSQL" in {line.said for line in lines}


def test_a_wrong_auth_string_is_told_and_not_shown(prod: Production) -> None:
    with (
        temporary_settings({PREFECT_API_AUTH_STRING: "revenue:canary"}),
        pytest.raises(Refused, match="check PREFECT_API_AUTH_STRING") as refused,
        opened() as client,
    ):
        client.read_work_pools()

    assert "canary" not in str(refused.value)


def told_of(prod: Production, ritual: str) -> list[str]:
    """What Prefect itself told of a ritual."""
    return [text for text in prod.heard if text.startswith(f"*a-ritual/{ritual} ")]


def test_a_ritual_that_no_worker_takes_up_is_told_once(prod: Production) -> None:
    run = prod.start(prod.deploy("never-taken"), "Completed")

    until("it was told", lambda: told_of(prod, "never-taken"), 120)
    time.sleep(WINDOW.total_seconds() + 15)  # as long again: it is not told a second time

    [text] = told_of(prod, "never-taken")
    assert text.startswith("*a-ritual/never-taken has not posted.* Its report has been due")
    assert f"/v2/runs/flow-run/{run}|Open the run>" in text
    assert [one for one in prod.said() if "never-taken" in one] == []


def test_a_ritual_that_posts_or_has_nothing_to_say_is_not_told_of(prod: Production) -> None:
    with prod.worker():
        posted = [prod.start(prod.deploy(name), how) for name, how in (("posts", "Completed"), ("quiet", "Quiet"))]
        assert [prod.ended(run).type.value for run in posted] == ["COMPLETED", "COMPLETED"]
        # The last to be told of is one that fails; by then the windows of the others are over.
        failed = [prod.start(prod.deploy("fails"), "fails")]
        assert prod.ended(failed[0]).is_failed()
        until("its missing report was told", lambda: told_of(prod, "fails"), 120)

    assert told_of(prod, "posts") == told_of(prod, "quiet") == []


def test_a_failure_is_told_by_its_run_once_without_what_it_said(prod: Production) -> None:
    deployment = prod.deploy("breaks")
    with prod.worker():
        for _ in range(2):
            assert prod.ended(prod.start(deployment, "fails")).is_failed()

    [line] = [one for one in prod.said() if "a-ritual/breaks" in one]
    assert line.startswith("*a-ritual/breaks failed.* The run's logs tell why.")
    assert "Acme" not in line


def beats(run: object) -> None:
    """Returns once the run has sent its first heartbeat."""

    def has_beaten() -> bool:
        beat = EventFilter(event=EventNameFilter(name=["prefect.flow-run.heartbeat"]))  # until now, so made anew
        with get_client(sync_client=True) as client:
            return any(str(run) in one.resource.id for one in client.read_events(filter=beat, limit=50).events)

    until("its first heartbeat", has_beaten)


def test_a_run_whose_process_is_killed_is_told_of_by_its_worker(prod: Production) -> None:
    deployment = prod.deploy("killed")
    with prod.worker():
        run = prod.start(deployment, "never")
        beats(run)
        for pid in processes_of(run):
            os.kill(pid, signal.SIGKILL)
        assert prod.ended(run).is_crashed()
        until("it was told", lambda: [one for one in prod.said() if "a-ritual/killed crashed" in one])

    assert len([one for one in prod.said() if "a-ritual/killed" in one]) == 1


def test_a_run_whose_machine_died_is_crashed_and_its_slot_is_free_within_two_minutes(prod: Production) -> None:
    deployment = prod.deploy("machine")
    with prod.worker() as worker:
        run = prod.start(deployment, "never")
        beats(run)
        prod.machine_dies(worker, run)
    began = time.monotonic()
    assert prod.read(run).state.is_running()  # type: ignore[union-attr]

    state = prod.ended(run, DEAD_WITHIN)
    crashed = time.monotonic() - began
    with prod.worker():
        next_one = prod.ended(prod.start(deployment, "Completed"))
    sys.stdout.write(f"machine died: Crashed after {crashed:.0f} s\n")

    assert (state.type.value, state.message) == (
        "CRASHED",
        "No heartbeat for 90 seconds: its process or its machine is gone.",
    )
    assert crashed < DEAD_WITHIN
    assert next_one.name == "Completed"
    crashes = [text for text in told_of(prod, "machine") if re.match(r"\*\S+ crashed", text)]
    assert len(crashes) == 1
    assert f"/v2/runs/flow-run/{run}|Open the run>" in crashes[0]


def test_no_automation_is_there_twice_and_none_took_a_run_that_had_ended(prod: Production) -> None:
    """The last of all: heartbeats that came in after the end have changed nothing."""
    with get_client(sync_client=True) as client:
        names = [one.name for one in client.read_automations()]
        runs = client.read_flow_runs()

    assert len(names) == len(set(names)) == len([name for name in names if name.startswith(PREFIX)])
    kept = {run.state.name for run in runs if run.state and run.parameters["form"]["how"] in {"Completed", "Quiet"}}
    assert kept <= {"Completed", "Quiet", "Late", "Scheduled"}
