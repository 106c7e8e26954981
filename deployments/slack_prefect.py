"""What the Slack app asks of Prefect: which rituals there are and how they stand, to start one, and how it ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import TERMINAL_STATES, FlowRun, State, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from pydantic import BaseModel

from deployments.doctor_prefect import opened
from deployments.manifest import entries, flow_at, name_of
from tasks.clients import Refused
from tasks.reports.rituals import LastRun, Ritual
from tasks.runs import run_page

FROM_SLACK = "from-slack"
_LISTED, _WRITES = "ritual", "writes"


@dataclass(frozen=True)
class Deployed:
    """A deployment of prefect.yaml, as a person starts it: its name ("pipeline-review/weekly"), the model of its form,
    whether it writes what a person decides, and whether it is a ritual that /rituals lists."""

    name: str
    form: type[BaseModel]
    writes: bool
    listed: bool

    @property
    def command(self) -> str:
        """What stands after `/rituals run`."""
        return self.name.partition("/")[0]

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.form.model_config.get("title") or self.command)


@cache
def everything() -> Mapping[str, Deployed]:
    """The deployments that have a form, by name, in the order of prefect.yaml. Read once."""
    forms = {name_of(entry): (_form_of(entry), entry["tags"]) for entry in entries()}
    return {
        name: Deployed(name, type(form), _WRITES in tags, _LISTED in tags)
        for name, (form, tags) in forms.items()
        if isinstance(form, BaseModel)
    }


def named(deployment_id: str) -> Deployed:
    """The deployment of that id. Raises Refused where it is not deployed any more, and as `opened`."""
    with opened() as client:
        try:
            found = client.read_deployment(UUID(deployment_id))
            name = f"{client.read_flow(found.flow_id).name}/{found.name}"
        except (ObjectNotFound, ValueError):
            raise Refused("This report is of an earlier installation: press the button of a newer one.") from None
    if name in everything():
        return everything()[name]
    raise Refused(f"{name} is not in prefect.yaml any more: press the button of a newer report.")


def given_by(one: Deployed) -> Mapping[str, Any]:
    """What is deployed as the values of its form. Raises Refused where it is not deployed, and as `opened`."""
    with opened() as client:
        return _form(_deployment(client, one).parameters)


def rituals() -> tuple[Ritual, ...]:
    """How the rituals stand; those that are not deployed are left out. Raises as `opened`."""
    with opened() as client:
        found = [_ritual(client, one) for one in everything().values() if one.listed]
    return tuple(ritual for ritual in found if ritual)


def start(one: Deployed, form: Mapping[str, Any], key: str, by: str) -> UUID:
    """Make a run with these values of its form, once for each `key`; `by` (a Slack member id) stays with it as a tag.
    Raises Refused where it is not deployed or that key has made a run with other values, and as `opened`."""
    with opened() as client:
        deployment = _deployment(client, one)
        values = {**_form(deployment.parameters), **form}
        run = client.create_flow_run_from_deployment(
            deployment.id, parameters={"form": values}, idempotency_key=key, tags=[FROM_SLACK, f"{FROM_SLACK}:{by}"]
        )
    if _form(run.parameters) != values:
        raise Refused("This form has been sent already, with other values: press the button again for a new one.")
    return run.id


def ended(run: UUID) -> State[Any] | None:
    """The state in which it ended; None while it goes on. Raises as `opened`, and Refused for a deleted run."""
    with opened() as client:
        try:
            state = client.read_flow_run(run).state
        except ObjectNotFound:
            raise Refused("The run was deleted in Prefect.") from None
    return state if state is not None and state.is_final() else None


def _form_of(entry: Mapping[str, Any]) -> object:
    return signature(flow_at(entry["entrypoint"]).fn).parameters["form"].default


def _deployment(client: SyncPrefectClient, one: Deployed) -> DeploymentResponse:
    try:
        return client.read_deployment_by_name(one.name)
    except ObjectNotFound:
        raise Refused(f"{one.name} is not deployed: run `python -m deployments.setup`.") from None


def _form(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    given = parameters.get("form")
    return given if isinstance(given, dict) else {}


def _ritual(client: SyncPrefectClient, one: Deployed) -> Ritual | None:
    try:
        deployment = client.read_deployment_by_name(one.name)
    except ObjectNotFound:
        return None
    last = _first(client, deployment, TERMINAL_STATES, FlowRunSort.END_TIME_DESC)
    to_come = _first(client, deployment, {StateType.SCHEDULED}, FlowRunSort.EXPECTED_START_TIME_ASC)
    running = _first(client, deployment, {StateType.RUNNING, StateType.PENDING}, FlowRunSort.START_TIME_DESC)
    return Ritual(
        one.command,
        one.title,
        LastRun(last.start_time, last.state_name or "", run_page(str(last.id))) if last and last.start_time else None,
        to_come.expected_start_time if to_come else None,
        running is not None,
    )


def _first(
    client: SyncPrefectClient, deployment: DeploymentResponse, kinds: Iterable[StateType], order: FlowRunSort
) -> FlowRun | None:
    """A run of the deployment in one of these states, the first in that order."""
    found = client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(kinds)))),
        sort=order,
        limit=1,
    )
    return found[0] if found else None
