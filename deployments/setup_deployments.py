"""The deployments of prefect.yaml, in the work pool where runs are to run, beside those that Prefect has: what is
missing, what differs, what is left over."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import WorkPoolFilter, WorkPoolFilterName
from prefect.client.schemas.objects import DeploymentSchedule
from prefect.client.schemas.responses import DeploymentResponse
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings

from deployments.manifest import MANIFEST, entries, name_of
from deployments.pools.places import IN_IMAGE, Kind, Place
from deployments.processes import DidNotStartError

HOME = "RITUALS_HOME"  # where a run finds its directory, as prefect.yaml names it
HERE = Place()
_LAST_LINES = 20
_PAGE = 200


@dataclass(frozen=True)
class Differs:
    """A deployment ("pipeline-review/weekly") that is not as prefect.yaml has it; `how` is what differs, "missing" for
    one that is not there."""

    name: str
    how: str


def names() -> tuple[str, ...]:
    """The deployments of prefect.yaml, by flow and name."""
    return tuple(name_of(entry) for entry in entries())


def differing(client: SyncPrefectClient, place: Place = HERE) -> tuple[Differs, ...]:
    """What `prefect deploy` has to do. Whether a schedule is paused is left to people."""
    found = []
    for entry in entries():
        name = name_of(entry)
        try:
            how = ", ".join(_differences(_placed(entry, place), client.read_deployment_by_name(name), place))
        except ObjectNotFound:
            how = "missing"
        found += [Differs(name, how)] if how else []
    return tuple(found)


def left_over(client: SyncPrefectClient, pool: str) -> dict[str, DeploymentResponse]:
    """The deployments in our work pool that prefect.yaml has no longer, by name."""
    ours = WorkPoolFilter(name=WorkPoolFilterName(any_=[pool]))
    deployed: dict[str, DeploymentResponse] = {}
    known = set(names())
    for one in client.read_deployments(work_pool_filter=ours, limit=_PAGE):
        name = f"{client.read_flow(one.flow_id).name}/{one.name}"
        deployed |= {} if name in known else {name: one}
    return deployed


def deploy(place: Place = HERE) -> None:
    """`prefect deploy --all`, as at every release, of prefect.yaml with that work pool in it. Raises DidNotStartError
    with the end of what it said."""
    written = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    written["deployments"] = [_placed(entry, place) for entry in written["deployments"]]
    reached = get_current_settings().to_environment_variables(exclude_unset=True)
    with tempfile.TemporaryDirectory(prefix="revenue-rituals-") as scratch:
        file = Path(scratch) / MANIFEST.name
        file.write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
        ran = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(file)],
            cwd=MANIFEST.parent,
            env={**os.environ, HOME: directory(place), **reached, "PREFECT_CLI_COLORS": "false"},
            capture_output=True,
            text=True,
            check=False,
        )
    if ran.returncode:
        said = "\n".join(f"{ran.stdout}{ran.stderr}".splitlines()[-_LAST_LINES:])
        raise DidNotStartError(f"`prefect deploy --all` failed:\n{said}")


def directory(place: Place = HERE) -> str:
    """Where a run finds its directory: beside its worker this one, or the one that the environment names; in the image,
    the image's own, which needs no checkout."""
    return IN_IMAGE if place.kind is not Kind.PROCESS else os.environ.get(HOME) or str(MANIFEST.parent)


def _placed(entry: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """The entry in that place's work pool; prefect.yaml itself has the pool of processes."""
    if place.kind is Kind.PROCESS:
        return dict(entry)
    return {**entry, "work_pool": {"name": place.kind.pool, "job_variables": {"image": place.image}}}


def _differences(entry: Mapping[str, Any], found: DeploymentResponse, place: Place) -> Iterator[str]:
    limit = entry["concurrency_limit"]
    options = found.concurrency_options
    strategy = options.collision_strategy.value if options else ""
    standing = found.global_concurrency_limit.limit if found.global_concurrency_limit else found.concurrency_limit
    places = [step.get("directory") for steps in found.pull_steps or () for step in steps.values()]
    for what, wanted, stands in (
        ("description", entry["description"], found.description),
        ("code", entry["entrypoint"], found.entrypoint),
        ("tags", sorted(entry["tags"]), sorted(found.tags)),
        ("parameters", entry.get("parameters", {}), found.parameters),
        ("work pool", entry["work_pool"]["name"], found.work_pool_name),
        ("job variables", entry["work_pool"].get("job_variables", {}), found.job_variables or {}),
        ("directory", [directory(place)], places),
        ("concurrency limit", (limit["limit"], limit["collision_strategy"]), (standing, strategy)),
        ("schedule", sorted(map(_wanted, entry.get("schedules", []))), sorted(map(_standing, found.schedules))),
    ):
        if wanted != stands:
            yield what


def _wanted(schedule: Mapping[str, Any]) -> tuple[str, str, str]:
    return schedule["slug"], schedule.get("cron") or schedule["rrule"], schedule["timezone"]


def _standing(found: DeploymentSchedule) -> tuple[str, str, str]:
    """Prefect puts the day a rule begins on the line before it."""
    when = getattr(found.schedule, "cron", None) or getattr(found.schedule, "rrule", "").rpartition("\n")[2]
    return found.slug or "", when, getattr(found.schedule, "timezone", None) or ""
