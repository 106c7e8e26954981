"""The work pool: where runs wait for a worker, what the worker makes of one, and the heartbeat that every run sends."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.objects import WorkPool
from prefect.exceptions import ObjectNotFound
from prefect.workers.process import ProcessWorker

from deployments.pools import docker, kubernetes
from deployments.pools.places import Kind
from tasks.settings import SettingsError

POOL = Kind.PROCESS.pool
# The automation that calls runs without a sign of life crashed allows for two that are lost; Prefect's own default is
# so long that it would end healthy runs.
HEARTBEAT = {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30"}


def pool(client: SyncPrefectClient, kind: Kind = Kind.PROCESS) -> WorkPool | None:
    """The pool as it stands; None where there is none."""
    try:
        return client.read_work_pool(kind.pool)
    except ObjectNotFound:
        return None


def standing(client: SyncPrefectClient) -> tuple[tuple[Kind, WorkPool], ...]:
    """Those of our pools that there are."""
    return tuple((kind, found) for kind in Kind if (found := pool(client, kind)) is not None)


def has_heartbeat(found: WorkPool) -> bool:
    """Whether the runs of the pool send heartbeats often enough."""
    return _environment(found.base_job_template).items() >= HEARTBEAT.items()


def template(kind: Kind) -> dict[str, Any]:
    """The base job template as a new pool gets it: Prefect's own, with ours in it. It holds no secret. Raises
    SettingsError where the packages for it are not installed."""
    try:
        made = _TEMPLATES[kind]()
    except ImportError as error:
        raise SettingsError(
            f"A pool of type {kind} needs a package that is not here ({error.name}): install revenue-rituals[{kind}]."
        ) from None
    return _with_environment(made, HEARTBEAT)


def wrong(kind: Kind, found: WorkPool) -> tuple[str, ...]:
    """What of ours the pool does not have. Defaults that people have set in it are theirs; a pool of processes is ours
    in its heartbeat alone. Raises SettingsError as `template`."""
    if found.type != kind:
        return (f"it is of type {found.type}: delete it, as a pool keeps its type",)
    lacks = [] if has_heartbeat(found) else ["its runs send too few heartbeats"]
    if kind is Kind.PROCESS:
        return tuple(lacks)
    theirs, ours = found.base_job_template, template(kind)
    if not _environment(theirs).items() >= _environment(ours).items() - HEARTBEAT.items():
        lacks.append("the environment of its runs is not ours")
    if theirs.get("job_configuration") != ours["job_configuration"]:
        lacks.append("its runs are made otherwise")
    if not _variables(theirs).keys() >= _variables(ours).keys():
        lacks.append("it lacks variables of ours")
    return tuple(lacks)


def create(client: SyncPrefectClient, kind: Kind = Kind.PROCESS) -> None:
    """Make the pool. Raises SettingsError as `template`."""
    client.create_work_pool(WorkPoolCreate(name=kind.pool, type=kind, base_job_template=template(kind)))


def repair(client: SyncPrefectClient, kind: Kind, found: WorkPool) -> None:
    """Give it what of ours it lacks; defaults that people have set in it stay. Raises SettingsError as `template`."""
    theirs, ours = found.base_job_template, template(kind)
    wanted = _environment(ours)
    if kind is Kind.PROCESS:
        ours = theirs
    for name, variable in _variables(ours).items():
        kept = _variables(theirs).get(name, {})
        if "default" in kept:
            variable["default"] = kept["default"]
    repaired = _with_environment(ours, wanted)
    client.update_work_pool(kind.pool, WorkPoolUpdate(base_job_template=repaired))


_TEMPLATES = {
    Kind.PROCESS: ProcessWorker.get_default_base_job_template,
    Kind.DOCKER: docker.template,
    Kind.KUBERNETES: kubernetes.template,
}


def _variables(template: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = template.get("variables", {}).get("properties", {})
    return found


def _environment(template: Mapping[str, Any]) -> Mapping[str, str | None]:
    return _variables(template).get("env", {}).get("default") or {}


def _with_environment(template: Mapping[str, Any], more: Mapping[str, str | None]) -> dict[str, Any]:
    changed = deepcopy(dict(template))
    variable = changed.setdefault("variables", {}).setdefault("properties", {}).setdefault("env", {"type": "object"})
    variable["default"] = {**(variable.get("default") or {}), **more}
    return changed
