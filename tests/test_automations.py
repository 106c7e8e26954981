"""automations.yaml: what Prefect takes, what it would do, and that it is kept in Prefect as it is in the file."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import AutomationCore, EventTrigger
from prefect.server.events.schemas.automations import AutomationCore as ServerAutomation
from prefect.server.utilities.user_templates import render_user_template_sync

from deployments.automations import (
    BLOCK,
    FILE,
    PREFIX,
    Kept,
    alarm_block,
    alarm_webhook,
    automations,
    compared,
    drop,
    keep,
    keep_alarm_block,
    tells_slack,
)
from deployments.doctor_prefect import on_postgresql
from deployments.manifest import entries
from deployments.setup_pool import HEARTBEAT, POOL
from tasks.alarms import DONE
from tasks.settings import SettingsError

UI = "https://prefect.acme.example"
ALARMS = uuid4()
ALL = {one.name.removeprefix(PREFIX): one for one in automations(UI, ALARMS)}
OURS = {"Quiet", "Skipped", "Refused"}  # the names that our flows give to their ends
STATES = {"Completed", "Failed", "Crashed", "Cancelled", "Suspended", "AwaitingRetry", "heartbeat", *OURS}

each = pytest.mark.parametrize("automation", ALL.values(), ids=ALL)
each_that_tells_slack = pytest.mark.parametrize(
    "automation",
    [one for one in ALL.values() if tells_slack(one)],
    ids=[n for n, one in ALL.items() if tells_slack(one)],
)
each_that_crashes = pytest.mark.parametrize("name", ["crash zombie runs", "crash runs that never begin"])


def trigger(automation: AutomationCore) -> EventTrigger:
    assert isinstance(automation.trigger, EventTrigger)
    return automation.trigger


def paths(part: Any, at: str = "") -> Iterator[str]:
    """The names of all keys, but those of labels."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield f"{at}{key}"
            yield from () if key.startswith("match") else paths(value, f"{at}{key}.")
    elif isinstance(part, list):
        for value in part:
            yield from paths(value, at)


def test_prefect_knows_every_word_of_the_file() -> None:
    """It passes over those it does not know, so that a misspelt one would have no effect."""
    written = yaml.safe_load(FILE.read_text(encoding="utf-8"))["automations"]

    for one, made in zip(written, ALL.values(), strict=True):
        assert set(paths(one)) <= set(paths(made.model_dump(mode="json")))


@each
def test_the_server_takes_it(automation: AutomationCore) -> None:
    taken = ServerAutomation.model_validate(automation.model_dump(mode="json"))

    assert taken.name.startswith(PREFIX)


@each
def test_it_looks_at_the_runs_of_our_work_pools_alone(automation: AutomationCore) -> None:
    related = trigger(automation).match_related
    wanted = [one.model_dump() for one in (related if isinstance(related, list) else [related])]  # type: ignore[union-attr]

    [pool] = [one for one in wanted if one.get("prefect.resource.role") == "work-pool"]
    assert fnmatchcase(POOL, pool["prefect.resource.name"])


@each
def test_every_tag_it_looks_for_is_one_of_prefect_yaml(automation: AutomationCore) -> None:
    known = {f"prefect.tag.{tag}" for entry in entries() for tag in entry["tags"]} | {"prefect.tag.auto-scheduled"}
    looked_for = set(re.findall(r"prefect\.tag\.[\w-]+", automation.model_dump_json()))

    assert looked_for <= known


def test_every_scheduled_ritual_is_watched() -> None:
    for entry in entries():
        if entry.get("schedules"):
            assert {"ritual", "automation"} & set(entry["tags"])


@pytest.mark.parametrize("name", ["a report is missing", "nothing runs"])
def test_it_waits_an_hour_for_the_event_that_the_runs_emit(name: str) -> None:
    found = trigger(ALL[name])

    assert found.expect == {DONE}
    assert (found.posture, found.within, found.threshold) == ("Proactive", timedelta(hours=1), 1)


def test_a_silence_is_told_once_until_it_is_over() -> None:
    """What arms it is what it waits for: after it has told, only the next sign of life arms it again."""
    found = trigger(ALL["nothing runs"])

    assert found.after == found.expect


def test_two_heartbeats_may_be_lost() -> None:
    beat = timedelta(seconds=int(HEARTBEAT["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"]))

    assert trigger(ALL["crash zombie runs"]).within >= 3 * beat
    assert trigger(ALL["crash zombie runs"]).within <= timedelta(minutes=2)


@each_that_crashes
@pytest.mark.parametrize("state", sorted(STATES))
def test_no_run_that_went_on_is_called_crashed(name: str, state: str) -> None:
    """A run that ends as Quiet has ended, though Prefect's own list of ends does not have it."""
    assert any(fnmatchcase(f"prefect.flow-run.{state}", pattern) for pattern in trigger(ALL[name]).expect)


@each_that_crashes
def test_whoever_it_calls_crashed_is_told_of(name: str) -> None:
    [action] = ALL[name].actions
    match: Any = trigger(ALL["a machine went down"]).match

    assert action.message in match.model_dump()["prefect.state-message"]  # type: ignore[union-attr]


@each_that_tells_slack
def test_what_it_tells_is_what_failed_where_and_what_to_do(automation: AutomationCore) -> None:
    [action] = automation.actions
    template = action.payload  # type: ignore[union-attr]
    objects = {
        "flow": SimpleNamespace(name="pipeline-review"),
        "deployment": SimpleNamespace(name="weekly", id="d1"),
        "flow_run": SimpleNamespace(id="r1", state=SimpleNamespace(message="Acme Corp")),
    }

    told = json.loads(render_user_template_sync(template, objects))

    assert told.keys() == {"text"}
    assert told["text"].startswith("*pipeline-review/weekly ")
    assert re.search(rf"<{UI}/v2/(runs/flow-run/r1|deployments/deployment/d1)\|", told["text"])
    assert "  " not in told["text"]


@each_that_tells_slack
def test_it_tells_nothing_that_a_run_has_said(automation: AutomationCore) -> None:
    """A state's message, a parameter or a payload may hold anything."""
    [action] = automation.actions
    used = set(re.findall(r"{{ *([\w.]+) *}}", action.payload))  # type: ignore[union-attr]

    assert used <= {"flow.name", "deployment.name", "deployment.id", "flow_run.id"}


def test_without_a_webhook_those_that_tell_slack_are_left_out() -> None:
    assert {one.name.removeprefix(PREFIX) for one in automations(UI, None)} == {
        "crash zombie runs", "crash runs that never begin",
    }  # fmt: skip


@pytest.mark.parametrize(
    "address", ["http://hooks.example/services/T0/B0/canary", "canary", "https://u:canary@hooks.example/x"]
)
def test_an_unsafe_webhook_is_refused_and_not_shown(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RITUALS_ENV_FILE", "")
    monkeypatch.setenv("RITUALS_ALARM_WEBHOOK", address)

    with pytest.raises(SettingsError, match="RITUALS_ALARM_WEBHOOK is wrong") as refused:
        alarm_webhook()

    assert "canary" not in str(refused.value)


def test_the_webhook_is_read_from_the_file_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("RITUALS_ALARM_WEBHOOK=https://hooks.slack.com/services/T0/B0/x\n")
    monkeypatch.delenv("RITUALS_ALARM_WEBHOOK", raising=False)
    monkeypatch.setenv("RITUALS_ENV_FILE", str(tmp_path / ".env"))

    assert alarm_webhook() == "https://hooks.slack.com/services/T0/B0/x"


# Paused: on SQLite, which this server has, such an automation would lock the database.
PAUSED = tuple(one.model_copy(update={"enabled": False}) for one in ALL.values())


@pytest.fixture
def client(prefect_server: None) -> Iterator[SyncPrefectClient]:
    with get_client(sync_client=True) as opened:
        yield opened
        for one in opened.read_automations():
            opened.delete_automation(one.id)


def stamps(client: SyncPrefectClient) -> dict[str, str]:
    """When each was changed last."""
    return {one["id"]: one["updated"] for one in client.request("POST", "/automations/filter", json={}).json()}


def ids(client: SyncPrefectClient) -> dict[str, list[Any]]:
    return {one.name: [found.id for found in one.found] for one in compared(client, PAUSED)}


@pytest.mark.prefect
def test_what_is_there_is_left_alone_so_that_what_is_armed_stays_armed(client: SyncPrefectClient) -> None:
    for one in compared(client, PAUSED):
        assert not one.is_right
        keep(client, one)
    before = stamps(client)

    again = list(compared(client, PAUSED))
    for one in again:
        keep(client, one)

    assert [one.is_right for one in again] == [True] * len(PAUSED)
    assert stamps(client) == before


@pytest.mark.prefect
def test_what_differs_is_changed_in_place_and_stays_paused(client: SyncPrefectClient) -> None:
    for one in compared(client, PAUSED):
        keep(client, one)
    before = ids(client)
    name = f"{PREFIX}a report is missing"
    longer = ALL["a report is missing"].model_copy(update={"enabled": True}, deep=True)
    trigger(longer).within = timedelta(hours=2)

    [changed] = [one for one in compared(client, (longer,)) if one.name == name]
    assert not changed.is_right
    keep(client, changed)

    [after] = [one for one in compared(client, (longer,)) if one.name == name]
    assert after.is_right
    assert [found.id for found in after.found] == before[name]
    assert not after.found[0].enabled


@pytest.mark.prefect
def test_one_that_is_there_twice_is_there_once_afterwards(client: SyncPrefectClient) -> None:
    for _ in range(2):
        client.create_automation(PAUSED[0])
    [twice] = compared(client, PAUSED[:1])
    assert not twice.is_right

    keep(client, twice)

    [once] = compared(client, PAUSED[:1])
    assert once.is_right


@pytest.mark.prefect
def test_what_the_file_has_no_longer_is_named_and_of_others_nothing(client: SyncPrefectClient) -> None:
    client.create_automation(PAUSED[0])
    client.create_automation(PAUSED[1].model_copy(update={"name": "somebody else's"}))

    [left] = compared(client, ())
    assert (left.name, left.wanted) == (PAUSED[0].name, None)

    drop(client, left)
    assert [one.name for one in client.read_automations()] == ["somebody else's"]


@pytest.mark.prefect
def test_the_webhook_is_kept_in_a_block_that_hides_it(client: SyncPrefectClient) -> None:
    assert alarm_block(client) == (None, "")

    made = keep_alarm_block("https://hooks.slack.com/services/T0/B0/canary")

    assert alarm_block(client) == (made, "https://hooks.slack.com/services/T0/B0/canary")
    shown = client.read_block_document_by_name(BLOCK, "webhook", include_secrets=False)
    assert "canary" not in shown.model_dump_json()
    assert keep_alarm_block("https://hooks.slack.com/services/T0/B0/other") == made


@pytest.mark.prefect
def test_a_server_on_sqlite_is_known(client: SyncPrefectClient) -> None:
    assert not on_postgresql(client)


def test_who_has_it_once_and_as_the_file_has_it_is_right() -> None:
    assert not Kept("x", None).is_right
    assert not Kept("x", PAUSED[0]).is_right
