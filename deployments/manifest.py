"""prefect.yaml as deployments that one process can serve: the demo and development run what production deploys."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import yaml
from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, RRule, Schedule
from prefect.types.entrypoint import EntrypointType

MANIFEST = Path(__file__).resolve().parents[1] / "prefect.yaml"


def entries(manifest: Path = MANIFEST) -> list[dict[str, Any]]:
    """The deployments of a prefect.yaml, as written there."""
    return list(yaml.safe_load(manifest.read_text(encoding="utf-8"))["deployments"])


def deployments(manifest: Path = MANIFEST, *, paused: bool = False) -> list[RunnerDeployment]:
    """The same as Prefect serves them; `paused`, without their schedules. Raises ImportError, AttributeError or
    TypeError for a broken entrypoint."""
    return [_deployment(entry, paused=paused) for entry in entries(manifest)]


def name_of(entry: Mapping[str, Any]) -> str:
    """What Prefect calls the deployment, "pipeline-review/weekly"; raises as `flow_at`."""
    return f"{flow_at(entry['entrypoint']).name}/{entry['name']}"


def flow_at(entrypoint: str) -> Flow[..., Any]:
    """The flow that a module entrypoint names; raises ImportError, AttributeError or TypeError where there is none."""
    module, _, name = entrypoint.rpartition(".")
    found = getattr(import_module(module), name)
    if not isinstance(found, Flow):
        raise TypeError(f"{entrypoint} is a {type(found).__name__}, not a flow")
    return found


def _deployment(entry: dict[str, Any], *, paused: bool) -> RunnerDeployment:
    limit = entry["concurrency_limit"]
    strategy = ConcurrencyLimitStrategy(limit["collision_strategy"])
    made = flow_at(entry["entrypoint"]).to_deployment(
        name=entry["name"],
        description=entry["description"],
        tags=entry["tags"],
        parameters=entry.get("parameters", {}),
        schedules=[] if paused else [_schedule(schedule) for schedule in entry.get("schedules", [])],
        concurrency_limit=ConcurrencyLimitConfig(limit=limit["limit"], collision_strategy=strategy),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast("RunnerDeployment", made)  # a coroutine only where it is called from one


def _schedule(schedule: dict[str, Any]) -> Schedule:
    when = {"timezone": schedule["timezone"], "slug": schedule["slug"]}
    return RRule(schedule["rrule"], **when) if "rrule" in schedule else Cron(schedule["cron"], **when)
