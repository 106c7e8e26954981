"""What every deployed run tells of its end: a sign of life where its report stands, an alarm where it failed.

`@flow(name=…, **WATCHED)`. Prefect calls hooks by these names of their parameters when a run crashed, from the process
that watches over it. Runs that were not deployed have a person in front of them and tell nothing.
"""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State
from prefect.events import emit_event

from tasks.reports.alarms import alarm_line, run_ended
from tasks.rules.alarms import is_dry, trouble_of
from tasks.runs import run_page
from tasks.settings import settings
from tasks.slack import publisher

DONE = "revenue-rituals.done"
# The tag by which the automations know what a schedule has started. Whoever started the run, it counts for its
# schedule: a person who repeats what failed has done what was due.
_BY_SCHEDULE = "auto-scheduled"
_ROLE = "prefect.resource.role"
_ANSWER = "Refused"  # a person asked for something that may not be; the reason is before their eyes


def on_completion(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Tell Prefect that the report of this deployment stands, or that there was nothing to say: `DONE`. A dry run tells
    nothing."""
    if flow_run.deployment_id is None or is_dry(flow_run.parameters):
        return
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment(flow_run.deployment_id)
    emit_event(
        DONE,
        resource=_resource(f"prefect.flow-run.{flow_run.id}", flow_run.name),
        related=[
            {**_resource(f"prefect.flow.{flow_run.flow_id}", flow.name), _ROLE: "flow"},
            {**_resource(f"prefect.deployment.{deployment.id}", deployment.name), _ROLE: "deployment"},
            {**_resource("prefect.work-pool", deployment.work_pool_name or ""), _ROLE: "work-pool"},
            *({**_resource(f"prefect.tag.{tag}"), _ROLE: "tag"} for tag in {*deployment.tags, _BY_SCHEDULE}),
        ],
        payload={"ended": state.name or ""},
    )


def on_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Say in the report's channel that it failed. Raises as `say_once` where that cannot be said."""
    if state.name != _ANSWER:
        _say(flow.name, flow_run, state)


def on_crashed(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Say in the report's channel that it crashed. Raises as `say_once` where that cannot be said."""
    _say(flow.name, flow_run, state)


WATCHED: dict[str, Any] = {
    "on_completion": [on_completion],
    "on_failure": [on_failure],
    "on_crashed": [on_crashed],
}


def ended_line(title: str, state: State[Any], run_url: str) -> str:
    """How a run ended that a person started, said to that person, as safe mrkdwn. A completed or refused run ends with
    a sentence of ours; of any other only what an alarm may show."""
    if state.is_completed() or state.name == _ANSWER:
        return run_ended(title, state.name or "", state.message or "", run_url)
    if state.is_cancelled():
        return run_ended(title, "Cancelled", "Another run of it is going on: start it when that has ended.", run_url)
    trouble = trouble_of("" if state.is_crashed() else state.message or "")
    return alarm_line(title, trouble, run_url, crashed=state.is_crashed())


def _resource(id_: str, name: str = "") -> dict[str, str]:
    return {"prefect.resource.id": id_, **({"prefect.resource.name": name} if name else {})}


def _say(flow: str, flow_run: FlowRun, state: State[Any]) -> None:
    """One message a day, ritual and cause."""
    if flow_run.deployment_id is None:
        return
    with get_client(sync_client=True) as client:
        ritual = f"{flow}/{client.read_deployment(flow_run.deployment_id).name}"
    crashed = state.is_crashed()
    trouble = trouble_of("" if crashed else state.message or "")
    zone = ZoneInfo(settings().pipeline.time_zone)
    today = datetime.now(zone).date()
    key = f"alarm {today} {ritual} {state.type.value.lower()} {trouble.cause}"
    with publisher() as slack:
        slack.say_once(
            alarm_line(ritual, trouble, run_page(str(flow_run.id)), crashed=crashed),
            key,
            datetime.combine(today, time(), zone),
        )
