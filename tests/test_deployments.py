"""prefect.yaml: every ritual is deployed, loads, starts when it should and may be started by hand."""

import asyncio
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.schedules import CronSchedule
from prefect.flows import load_flow_from_entrypoint

from deployments.manifest import deployments, entries, flow_at

ROOT = Path(__file__).parents[1]
ENTRIES = {f"{entry['entrypoint'].rpartition('.')[2]}/{entry['name']}": entry for entry in entries()}
SCHEDULES = {
    f"{deployment} {schedule['slug']}": schedule
    for deployment, entry in ENTRIES.items()
    for schedule in entry.get("schedules", [])
}

each_deployment = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
each_schedule = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)


def test_every_flow_is_deployed() -> None:
    files = [path.stem for path in (ROOT / "flows").glob("*.py") if path.stem != "__init__"]
    modules = [importlib.import_module(f"flows.{name}") for name in files]
    flows = {
        f"{made.__name__}.{name}"
        for made in modules
        for name, value in vars(made).items()
        if isinstance(value, Flow) and value.fn.__module__ == made.__name__
    }

    assert flows == {entry["entrypoint"] for entry in ENTRIES.values()}


@each_deployment
def test_the_entrypoint_loads_as_prefect_loads_it(entry: dict[str, Any]) -> None:
    # With a placeholder, which is the default, a flow that does not import deploys happily.
    flow = load_flow_from_entrypoint(entry["entrypoint"], use_placeholder_flow=False)

    assert flow is flow_at(entry["entrypoint"])


@each_deployment
def test_it_tells_what_it_does_and_where_the_handbook_says_so(entry: dict[str, Any]) -> None:
    assert re.search(r"Handbook L\d+", entry["description"])
    assert {"ritual", "decision"} & set(entry["tags"])


@each_deployment
def test_two_runs_of_it_never_meet_and_what_a_person_asked_for_waits(entry: dict[str, Any]) -> None:
    collision = "CANCEL_NEW" if entry.get("schedules") else "ENQUEUE"

    assert entry["concurrency_limit"] == {"limit": 1, "collision_strategy": collision}


@each_deployment
def test_its_parameters_are_what_the_form_accepts(entry: dict[str, Any]) -> None:
    flow = flow_at(entry["entrypoint"])

    assert flow.validate_parameters(entry["parameters"]).keys() == entry["parameters"].keys()


@each_schedule
def test_a_schedule_is_in_the_office_time_and_can_be_told_from_others(schedule: dict[str, Any]) -> None:
    assert schedule["timezone"] == "America/Los_Angeles"
    assert ZoneInfo(schedule["timezone"])
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", schedule["slug"])


@each_schedule
def test_a_schedule_paused_in_the_ui_is_not_switched_on_by_the_next_deploy(schedule: dict[str, Any]) -> None:
    assert "active" not in schedule


@each_schedule
def test_a_schedule_keeps_out_of_the_hours_that_a_clock_change_repeats_or_skips(schedule: dict[str, Any]) -> None:
    assert CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
    _, hour, *_ = schedule["cron"].split()

    assert int(hour) not in {1, 2, 3}


def test_dry_runs_are_turned_off_in_prefect_yaml_and_nowhere_else() -> None:
    off = re.compile(r"""dry_run["']?\s*[:=]\s*(bool\s*=\s*)?(Field\(\s*default=)?[Ff]alse""")
    code = [path for top in ("flows", "deployments") for path in (ROOT / top).rglob("*.py")]

    assert {path.name for path in [*code, ROOT / "prefect.yaml"] if off.search(path.read_text())} == {"prefect.yaml"}


@each_deployment
def test_a_run_that_is_started_without_asking_for_more_is_a_dry_run(entry: dict[str, Any]) -> None:
    flow = flow_at(entry["entrypoint"])

    assert flow.validate_parameters({"form": {}})["form"].dry_run is True


def test_the_demo_serves_the_same() -> None:
    served = {deployment.name: deployment for deployment in deployments()}

    assert served.keys() == {entry["name"] for entry in ENTRIES.values()}
    for entry in ENTRIES.values():
        made = served[entry["name"]]
        assert (made.entrypoint, made.description, made.tags) == (
            entry["entrypoint"],
            entry["description"],
            entry["tags"],
        )
        assert made.parameters == entry["parameters"]
        assert [(s.schedule.cron, s.schedule.timezone, s.slug) for s in made.schedules or []] == [
            (s["cron"], s["timezone"], s["slug"]) for s in entry.get("schedules", [])
        ]
        limit = {"limit": made.concurrency_limit, **made.concurrency_options.model_dump(include={"collision_strategy"})}
        assert limit == entry["concurrency_limit"]


@pytest.mark.parametrize(
    "entrypoint", ["flows.pipeline_review.missing", "flows.missing.flow", "flows.forms.PipelineReviewForm"]
)
def test_an_entrypoint_that_is_no_flow_is_refused(entrypoint: str) -> None:
    with pytest.raises((ImportError, AttributeError, TypeError)):
        flow_at(entrypoint)


@pytest.fixture
def client(prefect_server: None) -> Iterator[SyncPrefectClient]:
    with get_client(sync_client=True) as opened:
        yield opened


@pytest.mark.prefect
def test_the_scheduler_starts_what_is_deployed(client: SyncPrefectClient) -> None:
    """With some versions of its packages the server looks healthy and no schedule ever fires."""
    from prefect.server.services.scheduler import schedule_deployments  # noqa: PLC0415 - only where a server runs

    ids = [deployment.apply() for deployment in deployments() if deployment.schedules]

    asyncio.run(schedule_deployments())

    for made in ids:
        only = DeploymentFilter(id=DeploymentFilterId(any_=[made]))
        runs = client.read_flow_runs(deployment_filter=only)
        assert len(runs) >= 3
        starts = [run.expected_start_time.astimezone(ZoneInfo("America/Los_Angeles")) for run in runs]
        assert {(start.strftime("%a"), start.hour, start.minute) for start in starts} == {("Mon", 7, 0)}
