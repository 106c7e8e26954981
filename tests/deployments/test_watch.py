"""What was due and has not posted is told once, by a command that needs neither a worker nor Prefect's server."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events import emit_event
from prefect.events.filters import EventFilter, EventNameFilter, EventOccurredFilter
from prefect.events.worker import EventsWorker
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

from deployments import watch
from deployments.manifest import deployments
from tasks.alarms import DONE
from tests.company import OFFICE
from tests.conftest import Install
from tests.slack_alone import Slack, running

pytestmark = pytest.mark.prefect

WEEKLY, DAILY, ACTIVITY, CHECK = (
    "pipeline-review/weekly", "feedback-sweep/daily", "activity-review/monthly", "salesforce-validation/monthly",
)  # fmt: skip


def weekday_to_come(number: int, hour: int, minute: int = 0) -> datetime:
    """That time of the next such day (0 is Monday) which is no first weekday of a month: deployments are made today."""
    day = datetime.now(OFFICE).date() + timedelta(days=1)
    while day.weekday() != number or day.day <= 9:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OFFICE)


MONDAY = weekday_to_come(0, 8, 1)  # an hour and a minute after the weekly review, two after the daily sweep
FIRST = (MONDAY.replace(day=1) + timedelta(days=32)).replace(day=1, hour=10)
FIRST_WEEKDAY = FIRST + timedelta(days=max(0, 7 - FIRST.weekday()) if FIRST.weekday() > 4 else 0)


@pytest.fixture
def slack(install: Install) -> Iterator[Slack]:
    with running() as slack:
        install(slack.environment)
        yield slack


@pytest.fixture
def client(prefect_server: None, slack: Slack) -> Iterator[SyncPrefectClient]:
    """The rituals of prefect.yaml are deployed, with their schedules."""
    with get_client(sync_client=True) as opened:
        made: list[Any] = [one.apply() for one in deployments() if "ritual" in (one.tags or ())]
        yield opened
        for one in made:
            with suppress(ObjectNotFound):
                opened.delete_deployment(one)


def found(client: SyncPrefectClient, now: datetime) -> dict[str, datetime]:
    return {one.ritual: one.due for one in watch.missing(client, now)}


def heard_of(client: SyncPrefectClient, ritual: str, at: datetime) -> None:
    """As `tasks.alarms` emits it, at that moment."""
    deployment = client.read_deployment_by_name(ritual)
    related = {"prefect.resource.id": f"prefect.deployment.{deployment.id}", "prefect.resource.role": "deployment"}
    made = emit_event(DONE, {"prefect.resource.id": "prefect.flow-run.1"}, occurred=at, related=[related])
    EventsWorker.instance().wait_until_empty()
    around = EventOccurredFilter(since=at - timedelta(seconds=1), until=at + timedelta(seconds=1))  # type: ignore[arg-type]
    wanted = EventFilter(event=EventNameFilter(name=[DONE]), occurred=around)
    until = time.monotonic() + 60
    while made is not None and made.id not in {
        event.id for event in client.read_events(filter=wanted, limit=50).events
    }:
        assert time.monotonic() < until, "the event was not kept"
        time.sleep(0.2)


def test_a_ritual_is_missing_from_an_hour_after_its_time_on_and_for_a_day(client: SyncPrefectClient) -> None:
    seven, six = MONDAY.replace(hour=7, minute=0), MONDAY.replace(hour=6, minute=0)

    assert found(client, MONDAY.replace(hour=7, minute=59)) == {DAILY: six}
    assert found(client, MONDAY) == {WEEKLY: seven, DAILY: six}
    assert found(client, MONDAY + timedelta(days=1)) == {DAILY: six + timedelta(days=1)}
    assert WEEKLY in found(client, MONDAY + timedelta(hours=23))
    assert WEEKLY not in found(client, MONDAY + timedelta(hours=24))


def test_a_monthly_one_is_watched_on_each_weekday_that_its_schedule_tries(client: SyncPrefectClient) -> None:
    assert {ACTIVITY, CHECK} <= found(client, FIRST_WEEKDAY).keys()
    assert not {ACTIVITY, CHECK} & found(client, MONDAY).keys()


def test_what_posted_since_its_time_is_not_missing(client: SyncPrefectClient) -> None:
    heard_of(client, WEEKLY, MONDAY.replace(hour=6, minute=59))
    assert WEEKLY in found(client, MONDAY)

    heard_of(client, WEEKLY, MONDAY.replace(hour=7, minute=3))

    assert found(client, MONDAY).keys() == {DAILY}


def test_what_was_paused_is_not_missing_and_what_is_not_deployed_is(client: SyncPrefectClient) -> None:
    weekly = client.read_deployment_by_name(WEEKLY)
    client.update_deployment_schedule(weekly.id, weekly.schedules[0].id, active=False)
    assert found(client, MONDAY).keys() == {DAILY}

    client.delete_deployment(weekly.id)
    assert found(client, MONDAY).keys() == {WEEKLY, DAILY}


def test_what_was_deployed_after_its_time_is_not_missing(client: SyncPrefectClient) -> None:
    today = datetime.now(OFFICE).replace(hour=8, minute=1, second=0, microsecond=0)

    assert DAILY not in found(client, min(today, datetime.now(OFFICE)))


def test_each_is_told_once_with_its_hour_and_place(client: SyncPrefectClient, slack: Slack) -> None:
    for minutes in (0, 15):
        watch.watch(MONDAY + timedelta(minutes=minutes))

    lines = sorted(str(message["text"]) for message in slack.messages())
    assert [line.partition(" has")[0] for line in lines] == [f"*{DAILY}", f"*{WEEKLY}"]
    assert f"due since Mon {MONDAY.day} {MONDAY:%b}, 07:00" in lines[1]


def test_a_prefect_that_does_not_answer_is_told_once_a_day(slack: Slack) -> None:
    nobody = {PREFECT_API_URL: "http://127.0.0.1:1/api", PREFECT_CLIENT_MAX_RETRIES: 0}
    with temporary_settings(nobody):
        for minutes in (0, 15):
            watch.watch(MONDAY + timedelta(minutes=minutes))
        watch.watch(MONDAY + timedelta(days=1))

    lines = [str(message["text"]) for message in slack.messages()]
    assert len(lines) == 2
    assert lines[0].startswith("*The rituals do not run.* Prefect does not answer at")


def test_a_slack_that_cannot_be_told_is_a_failure_of_the_command(
    install: Install, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["watch"])
    with running() as slack:
        install({**slack.environment, "RITUALS_SLACK_TOKEN": "xoxb-wrong"})
        with temporary_settings(restore_defaults={PREFECT_API_URL}):
            assert watch.main() == 1

    assert "Check RITUALS_SLACK_TOKEN" in capsys.readouterr().err
