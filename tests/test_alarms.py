"""Deployed runs that end, fail and crash, against a real Prefect, with a Slack and a ledger of the test's own."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.events import Event
from prefect.events.filters import EventFilter, EventNameFilter
from prefect.events.worker import EventsWorker
from prefect.flow_engine import run_flow
from prefect.states import Completed, Crashed, Failed

from tasks.alarms import DONE, WATCHED, on_crashed
from tasks.clients import Refused
from tests.conftest import Install
from tests.slack_alone import Slack, payload, running

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]

NOT_THERE = "Slack refused (not_in_channel) for C1. Invite the bot to the channel."
ENDS: dict[str, Callable[[], Any]] = {
    "posted": lambda: Completed(message="Pipeline review · 6 to decide"),
    "quiet": lambda: Completed(name="Quiet", message="Nothing to tell."),
    "refused": lambda: Failed(name="Refused", message="Already decided by Marisol Vega."),
}


@flow(name="a-ritual", persist_result=False, **WATCHED)
def a_ritual(form: dict[str, Any]) -> Any:
    """Ends as its form says."""
    if form["how"] == "door":
        raise Refused(f"{NOT_THERE} Tried {form.get('number', 1)} times.")
    if form["how"] == "bug":
        raise KeyError("Acme Corp")
    return ENDS[form["how"]]()


@pytest.fixture
def slack(install: Install) -> Iterator[Slack]:
    with running() as slack:
        install(slack.environment)
        yield slack


def deployed(name: str = "weekly") -> UUID:
    made: Any = a_ritual.to_deployment(name=name, tags=["ritual"])
    return UUID(str(made.apply()))


def ended(how: str, deployment: UUID | None, dry_run: bool = False, **form: object) -> FlowRun:
    """A run that ends so, in this process, as a worker's would in its own."""
    parameters = {"form": {"how": how, "dry_run": dry_run, **form}}
    with get_client(sync_client=True) as client:
        if deployment is None:
            run = client.create_flow_run(a_ritual, parameters=parameters)
        else:
            run = client.create_flow_run_from_deployment(deployment, parameters=parameters)
        run_flow(a_ritual, run, parameters=parameters, return_type="state")
        return client.read_flow_run(run.id)


def heard(enough: int) -> dict[str, Event]:
    """The signs of life that Prefect knows, by the run's name, once there are so many."""
    EventsWorker.instance().wait_until_empty()
    until = time.monotonic() + 60
    with get_client(sync_client=True) as client:
        while True:
            found = client.read_events(filter=EventFilter(event=EventNameFilter(name=[DONE])), limit=50).events
            if len(found) >= enough:
                return {str(event.resource.name): event for event in found}
            assert time.monotonic() < until, f"{len(found)} of {enough} signs of life"
            time.sleep(0.2)


def test_who_posts_or_has_nothing_to_say_gives_a_sign_of_life_and_a_dry_run_does_not(slack: Slack) -> None:
    deployment = deployed()
    silent = [ended("posted", deployment, dry_run=True), ended("posted", None), ended("refused", deployment)]
    told = [ended("quiet", deployment), ended("posted", deployment)]

    found = heard(len(told))

    assert found.keys() == {run.name for run in told}
    assert not found.keys() & {run.name for run in silent}
    assert [found[run.name].payload for run in told] == [{"ended": "Quiet"}, {"ended": "Completed"}]
    roles = {(one.role, one.id) for one in found[told[0].name].related}
    # As the automations look for them: the run counts for its schedule, whoever has started it.
    wanted = {("deployment", f"prefect.deployment.{deployment}"), ("tag", "prefect.tag.ritual")}
    assert wanted | {("tag", "prefect.tag.auto-scheduled")} <= roles


def said(slack: Slack) -> list[str]:
    return [str(message["text"]) for message in slack.messages() if payload(message).get("key", "").startswith("alarm")]


def test_a_failure_is_told_once_a_day_and_cause(slack: Slack) -> None:
    deployment = deployed()

    runs = [ended("door", deployment, number=number) for number in (1, 2)] + [ended("bug", deployment)]

    assert all(run.state is not None and run.state.is_failed() for run in runs)
    bug, door = said(slack)
    assert door.startswith("*a-ritual/weekly failed.* Slack refused (")
    assert "Invite the bot to the channel." in door
    assert bug.startswith("*a-ritual/weekly failed.* The run's logs tell why.")
    assert "Acme" not in bug


def test_two_rituals_with_the_same_trouble_are_told_each(slack: Slack) -> None:
    for name in ("weekly", "monthly"):
        ended("door", deployed(name))

    assert len(said(slack)) == 2


@pytest.mark.parametrize("how", ["refused", "posted", "quiet"])
def test_nothing_is_told_where_a_person_was_answered_or_all_is_well(slack: Slack, how: str) -> None:
    ended(how, deployed())

    assert slack.messages() == []


def test_a_run_that_was_not_deployed_tells_nothing(slack: Slack) -> None:
    ended("door", None)

    assert slack.messages() == []


def test_a_crash_is_told_by_whoever_watches_over_the_run(slack: Slack) -> None:
    """Prefect calls the hook from the worker, by the names of its parameters."""
    run = ended("posted", deployed())

    for _ in range(2):
        on_crashed(flow=a_ritual, flow_run=run, state=Crashed(message="Process exited with -9: Acme Corp"))

    [line] = said(slack)
    assert line.startswith("*a-ritual/weekly crashed.* Its process ended without a word")
    assert "Acme" not in line


def test_each_message_can_be_told_from_a_report(slack: Slack) -> None:
    """Reports are found by keys with colons."""
    ended("door", deployed())

    [message] = slack.messages()
    assert ":" not in payload(message)["key"]
