"""prefect.yaml: every ritual is deployed, loads, starts when it should and may be started by hand."""

import asyncio
import importlib
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.flows import load_flow_from_entrypoint
from prefect.server.schemas.schedules import CronSchedule as ServerCron
from prefect.server.schemas.schedules import RRuleSchedule as ServerRRule

from deployments.manifest import deployments, entries, flow_at
from tasks.rules.business_days import OfficeDays, why_not_due

OFFICE = ZoneInfo("America/Los_Angeles")
ROOT = Path(__file__).parents[1]
ENTRIES = {f"{entry['entrypoint'].rpartition('.')[2]}/{entry['name']}": entry for entry in entries()}
SCHEDULES = {
    f"{deployment} {schedule['slug']}": schedule
    for deployment, entry in ENTRIES.items()
    for schedule in entry.get("schedules", [])
}

each_deployment = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
each_schedule = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
# What runs every few minutes misses nothing where the clock jumps.
ONCE_A_DAY = {name: schedule for name, schedule in SCHEDULES.items() if "*/" not in schedule.get("cron", "")}
each_that_runs_once_a_day = pytest.mark.parametrize("schedule", ONCE_A_DAY.values(), ids=ONCE_A_DAY)


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
    assert {"ritual", "decision", "automation"} & set(entry["tags"])


@each_deployment
def test_two_runs_of_it_never_meet_and_what_a_person_asked_for_waits(entry: dict[str, Any]) -> None:
    collision = "CANCEL_NEW" if entry.get("schedules") else "ENQUEUE"

    assert entry["concurrency_limit"] == {"limit": 1, "collision_strategy": collision}


@each_deployment
def test_its_parameters_are_what_the_form_accepts(entry: dict[str, Any]) -> None:
    flow = flow_at(entry["entrypoint"])

    assert flow.validate_parameters(entry["parameters"]).keys() == entry["parameters"].keys()


def year_of(schedule: dict[str, Any]) -> list[datetime]:
    """When a schedule starts a run from Mon 2 Nov 2026 on for more than a year, in the office's time."""
    kind = ServerRRule if "rrule" in schedule else ServerCron
    made = kind(**{name: value for name, value in schedule.items() if name != "slug"})
    begin = datetime(2026, 11, 2, tzinfo=OFFICE)
    starts = asyncio.run(made.get_dates(80, start=begin))
    return [datetime.fromisoformat(start.isoformat()).astimezone(OFFICE) for start in starts]


@each_schedule
def test_a_schedule_is_in_the_office_time_and_can_be_told_from_others(schedule: dict[str, Any]) -> None:
    assert schedule["timezone"] == "America/Los_Angeles"
    assert ZoneInfo(schedule["timezone"])
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", schedule["slug"])


@each_schedule
def test_a_schedule_paused_in_the_ui_is_not_switched_on_by_the_next_deploy(schedule: dict[str, Any]) -> None:
    assert "active" not in schedule


@each_that_runs_once_a_day
def test_a_schedule_keeps_out_of_the_hours_that_a_clock_change_repeats_or_skips(schedule: dict[str, Any]) -> None:
    starts = year_of(schedule)

    assert len(starts) > 50
    assert {start.hour for start in starts} & {1, 2, 3} == set()
    assert len({(start.hour, start.minute) for start in starts}) == 1, "the same time in summer and in winter"


FIRST_BUSINESS_DAYS = [
    # 1 November is a Sunday; Thanksgiving and Christmas are no first days; 1 January is a Friday and a holiday.
    "Mon 2 Nov 2026", "Tue 1 Dec 2026", "Mon 4 Jan 2027", "Mon 1 Feb 2027", "Mon 1 Mar 2027", "Thu 1 Apr 2027",
    "Mon 3 May 2027", "Tue 1 Jun 2027", "Thu 1 Jul 2027", "Mon 2 Aug 2027", "Wed 1 Sep 2027", "Fri 1 Oct 2027",
]  # fmt: skip


@pytest.mark.parametrize(
    ("closed", "firsts"),
    [
        pytest.param([], FIRST_BUSINESS_DAYS, id="federal holidays alone"),
        pytest.param(
            ["2027-01-04", "2027-01-05"],
            ["Wed 6 Jan 2027" if day == "Mon 4 Jan 2027" else day for day in FIRST_BUSINESS_DAYS],
            id="the office is closed in the first days of January",
        ),
    ],
)
@pytest.mark.parametrize("ritual", ["activity_review", "salesforce_validation"])
def test_a_monthly_ritual_is_due_once_a_month_on_the_first_business_day(
    ritual: str, closed: list[str], firsts: list[str]
) -> None:
    office = OfficeDays(frozenset(map(date.fromisoformat, closed)))
    starts = year_of(SCHEDULES[f"{ritual}/monthly first-business-day"])

    due = defaultdict(list)
    for start in starts:
        if not why_not_due(start.date(), office, "It"):
            due[start.strftime("%Y-%m")].append(f"{start:%a} {start.day} {start:%b %Y}")

    assert [days for _, days in sorted(due.items())][: len(firsts)] == [[day] for day in firsts]


def test_on_the_other_days_it_says_when_it_is_due() -> None:
    assert why_not_due(date(2027, 1, 1), OfficeDays(frozenset()), "The activity review") == (
        "The activity review is due on the first business day of the month, Mon 4 Jan."
    )


def test_dry_runs_are_turned_off_in_prefect_yaml_and_nowhere_else() -> None:
    off = re.compile(r"""dry_run["']?\s*[:=]\s*(bool\s*=\s*)?(Field\(\s*default=)?[Ff]alse""")
    code = [path for top in ("flows", "deployments") for path in (ROOT / top).rglob("*.py")]

    assert {path.name for path in [*code, ROOT / "prefect.yaml"] if off.search(path.read_text())} == {"prefect.yaml"}


@each_deployment
def test_a_run_that_is_started_without_asking_for_more_is_a_dry_run(entry: dict[str, Any]) -> None:
    flow = flow_at(entry["entrypoint"])

    assert flow.validate_parameters({"form": {}})["form"].dry_run is True


TIMES = {
    "feedback-sweep/daily": {(6, 0)},
    "pipeline-review/weekly": {(7, 0)},
    "activity-review/monthly": {(7, 30)},
    "salesforce-validation/monthly": {(8, 0)},
    "after-hours-support/watch": {(hour, minute) for hour in range(24) for minute in range(0, 60, 5)},
}


def when(schedule: Any) -> str:
    """Its cron, or its rule; Prefect puts a first day on the line before."""
    return str(getattr(schedule, "cron", None) or schedule.rrule.rpartition("\n")[2])


def test_the_demo_serves_the_same() -> None:
    served = {(deployment.entrypoint, deployment.name): deployment for deployment in deployments()}

    assert served.keys() == {(entry["entrypoint"], entry["name"]) for entry in ENTRIES.values()}
    for entry in ENTRIES.values():
        made = served[entry["entrypoint"], entry["name"]]
        assert (made.description, made.tags) == (entry["description"], entry["tags"])
        assert made.parameters == entry["parameters"]
        assert [(when(s.schedule), s.schedule.timezone, s.slug) for s in made.schedules or []] == [
            (s.get("cron") or s["rrule"], s["timezone"], s["slug"]) for s in entry.get("schedules", [])
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

    ids = {deployment.apply(): f"{deployment.flow_name}/{deployment.name}" for deployment in deployments()
           if deployment.schedules}  # fmt: skip

    asyncio.run(schedule_deployments())

    for made, name in ids.items():
        only = DeploymentFilter(id=DeploymentFilterId(any_=[made]))
        runs = client.read_flow_runs(deployment_filter=only)
        assert len(runs) >= 3
        starts = [run.expected_start_time.astimezone(ZoneInfo("America/Los_Angeles")) for run in runs]
        assert {(start.hour, start.minute) for start in starts} <= TIMES[name]
