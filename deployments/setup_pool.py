"""The work pool: where runs wait for a worker, and the heartbeat that every run of it sends."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.objects import WorkPool
from prefect.exceptions import ObjectNotFound
from prefect.workers.process import ProcessWorker

POOL = "revenue-rituals"
KIND = "process"
# The automation that calls runs without a sign of life crashed allows for two that are lost; Prefect's own default is
# so long that it would end healthy runs.
HEARTBEAT = {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30"}


def pool(client: SyncPrefectClient) -> WorkPool | None:
    """The pool as it stands; None where there is none."""
    try:
        return client.read_work_pool(POOL)
    except ObjectNotFound:
        return None


def has_heartbeat(found: WorkPool) -> bool:
    """Whether the runs of the pool send heartbeats often enough."""
    return _environment(found.base_job_template).items() >= HEARTBEAT.items()


def create(client: SyncPrefectClient) -> None:
    """Make the pool, of processes on the machine of its worker."""
    template = _with_heartbeat(ProcessWorker.get_default_base_job_template())
    client.create_work_pool(WorkPoolCreate(name=POOL, type=KIND, base_job_template=template))


def set_heartbeat(client: SyncPrefectClient, found: WorkPool) -> None:
    """Let its runs send heartbeats; all else that was changed in the pool stays."""
    template = _with_heartbeat(found.base_job_template)
    client.update_work_pool(POOL, WorkPoolUpdate(base_job_template=template))


def _environment(template: Mapping[str, Any]) -> Mapping[str, str]:
    variable = template.get("variables", {}).get("properties", {}).get("env", {})
    return variable.get("default") or {}


def _with_heartbeat(template: Mapping[str, Any]) -> dict[str, Any]:
    changed = deepcopy(dict(template))
    variable = changed.setdefault("variables", {}).setdefault("properties", {}).setdefault("env", {"type": "object"})
    variable["default"] = {**(variable.get("default") or {}), **HEARTBEAT}
    return changed
