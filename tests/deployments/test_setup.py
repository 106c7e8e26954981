"""The set-up command makes what is missing, once, and changes nothing where it only checks. On SQLite, as the demo."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolUpdate
from prefect.client.schemas.objects import WorkPool
from prefect.settings import PREFECT_API_URL, temporary_settings

from deployments import manifest, setup_deployments, setup_pool
from deployments.doctor_prefect import opened
from deployments.pools.places import IN_IMAGE, Kind, Place
from deployments.setup import Order, Told, _pool, main, set_up
from deployments.setup_pool import POOL
from tasks.clients import Refused
from tests.conftest import Install
from tests.deployments.emptied import empty
from tests.slack_alone import running

pytestmark = pytest.mark.prefect

CHECK, MAKE, PRUNE = Order(check=True), Order(), Order(prune=True)
IMAGE = "registry.acme.example/revenue-rituals:"


@pytest.fixture
def client(prefect_server: None, install: Install) -> Iterator[SyncPrefectClient]:
    """This process is an installation with an empty Prefect; what it makes there is gone afterwards."""
    with running() as slack, get_client(sync_client=True) as opened:
        install(slack.environment)
        empty(opened)
        yield opened
        empty(opened)


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A prefect.yaml with two of ours: deploying all of them takes long."""
    written = yaml.safe_load(manifest.MANIFEST.read_text(encoding="utf-8"))
    kept = [one for one in written["deployments"] if one["name"] in {"weekly", "undo"}]
    file = tmp_path / "prefect.yaml"
    file.write_text(yaml.safe_dump({**written, "deployments": kept}), encoding="utf-8")
    for flows in ("flows", "tasks"):
        (tmp_path / flows).symlink_to(manifest.MANIFEST.parent / flows)
    monkeypatch.setattr(manifest.entries, "__defaults__", (file,))
    monkeypatch.setattr(setup_deployments, "MANIFEST", file)
    return file


def changed(file: Path, **values: Any) -> None:
    """The weekly review has these values in that prefect.yaml."""
    written = yaml.safe_load(file.read_text(encoding="utf-8"))
    [weekly] = [one for one in written["deployments"] if one["name"] == "weekly"]
    weekly.update(values)
    file.write_text(yaml.safe_dump(written), encoding="utf-8")


def found(client: SyncPrefectClient) -> WorkPool:
    """The work pool, which is there."""
    standing = setup_pool.pool(client)
    assert standing is not None
    return standing


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines, each with single spaces."""
    return [re.sub(" +", " ", line) for line in capsys.readouterr().out.splitlines()]


def test_all_that_is_missing_is_named_then_made_then_there(
    client: SyncPrefectClient, two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set_up(CHECK) == 1
    checked = said(capsys)
    assert client.read_deployments() == []
    assert setup_pool.pool(client) is None

    assert set_up(MAKE) == 0
    made = said(capsys)

    assert set_up(MAKE) == set_up(CHECK) == 0
    again = said(capsys)

    assert [line for line in checked if line.endswith("missing")] == [
        "work pool revenue-rituals: missing",
        "deployments pipeline-review/weekly: missing",
        "deployments undo-closure/undo: missing",
    ]
    assert [line for line in made if line.endswith("made")] == [
        line.replace("missing", "made") for line in checked if line.endswith("missing")
    ]
    assert "deployments 2 of 2 were there, each with its limit of runs at once" in again
    assert not [line for line in again if re.search(": (made|missing|changed)", line)]
    [automations] = [line for line in made if line.startswith("automations")]
    assert automations.startswith("automations off: Prefect keeps its data in SQLite, which these lock.")
    assert client.read_automations() == []


def test_what_was_changed_is_deployed_anew_and_a_paused_schedule_stays_paused(
    client: SyncPrefectClient, two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(MAKE)
    weekly = client.read_deployment_by_name("pipeline-review/weekly")
    client.update_deployment_schedule(weekly.id, weekly.schedules[0].id, active=False)
    changed(
        two, tags=["ritual", "weekly"], schedules=[{"cron": "0 8 * * 1", "timezone": "UTC", "slug": "monday-morning"}]
    )
    said(capsys)

    assert set_up(CHECK) == 1
    assert "deployments pipeline-review/weekly: tags, schedule" in said(capsys)
    assert set_up(MAKE) == 0

    assert "deployments pipeline-review/weekly: changed: tags, schedule" in said(capsys)
    [schedule] = client.read_deployment_by_name("pipeline-review/weekly").schedules
    assert not schedule.active


def test_what_is_no_longer_in_the_file_is_named_and_removed_only_when_asked_for(
    client: SyncPrefectClient, two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(MAKE)
    written = yaml.safe_load(two.read_text(encoding="utf-8"))
    kept = [one for one in written["deployments"] if one["name"] == "weekly"]
    two.write_text(yaml.safe_dump({**written, "deployments": kept}), encoding="utf-8")
    said(capsys)

    assert set_up(MAKE) == 0
    assert "deployments undo-closure/undo: not in prefect.yaml any more; --prune removes it" in said(capsys)
    assert len(client.read_deployments()) == 2

    assert set_up(PRUNE) == 0
    assert "deployments undo-closure/undo: removed" in said(capsys)
    assert [one.name for one in client.read_deployments()] == ["weekly"]


def test_a_pool_that_was_there_keeps_what_was_set_in_it_and_gets_the_heartbeat(client: SyncPrefectClient) -> None:
    setup_pool.create(client)
    template = found(client).base_job_template
    template["variables"]["properties"]["env"]["default"] = {"RITUALS_MAX_LATE_HOURS": "6"}
    client.update_work_pool(POOL, WorkPoolUpdate(base_job_template=template))

    assert list(_pool(client, CHECK)) == [Told(f"{POOL}: its runs send too few heartbeats", missing=True)]
    assert not setup_pool.has_heartbeat(found(client))

    assert list(_pool(client, MAKE)) == [Told(f"{POOL}: changed, as its runs send too few heartbeats")]
    assert setup_pool.has_heartbeat(found(client))
    kept = found(client).base_job_template["variables"]["properties"]["env"]["default"]
    assert kept["RITUALS_MAX_LATE_HOURS"] == "6"


def test_deployments_move_to_another_pool_and_to_the_next_image(
    client: SyncPrefectClient, two: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RITUALS_HOME", "/srv/of-the-worker")
    old, new = (Order(place=Place(Kind.DOCKER, IMAGE + tag)) for tag in ("0.1.0", "0.2.0"))
    set_up(MAKE)
    said(capsys)

    assert set_up(old) == 0
    moved = said(capsys)
    assert set_up(replace(old, check=True)) == 0
    assert set_up(replace(new, check=True)) == 1
    checked = said(capsys)
    assert set_up(new) == 0

    assert f"work pool {Kind.DOCKER.pool}: made" in moved
    assert "deployments undo-closure/undo: changed: work pool, job variables, directory" in moved
    assert "deployments undo-closure/undo: job variables" in checked
    undo = client.read_deployment_by_name("undo-closure/undo")
    assert (undo.work_pool_name, undo.job_variables) == (Kind.DOCKER.pool, {"image": IMAGE + "0.2.0"})
    assert undo.pull_steps == [{"prefect.deployments.steps.set_working_directory": {"directory": IN_IMAGE}}]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--pool", "docker"], "name the image of this release", id="no image"),
        pytest.param(["--pool", "kubernetes", "--image", IMAGE + "latest"], "another one tomorrow", id="latest"),
        pytest.param(["--image", IMAGE + "0.1.0"], "processes run what is installed here", id="image for processes"),
    ],
)
def test_a_wrong_place_is_told_before_anything_is_done(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["setup", *arguments])
    monkeypatch.setenv("RITUALS_ENV_FILE", "")
    with temporary_settings(restore_defaults={PREFECT_API_URL}), pytest.raises(SystemExit, match="2"):
        main()

    assert says in capsys.readouterr().err


def test_a_deploy_that_fails_is_told_with_its_last_words(
    client: SyncPrefectClient, two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(two, schedules=[{"cron": "every monday", "timezone": "UTC", "slug": "monday-morning"}])

    assert set_up(MAKE) == 1

    assert any("`prefect deploy --all` failed" in line or "still, after the deploy" in line for line in said(capsys))


def test_without_a_ledger_nothing_is_deployed(
    prefect_server: None, install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running() as slack:
        install({**slack.environment, "RITUALS_LEDGER_URL": f"sqlite:///{tmp_path / 'nowhere' / 'ledger.db'}"})

        assert set_up(MAKE) == 1

    [line] = said(capsys)
    assert line.startswith("ledger The directory of the ledger")


def test_a_prefect_that_nobody_named_is_not_made_up() -> None:
    nowhere = temporary_settings(restore_defaults={PREFECT_API_URL})

    with nowhere, pytest.raises(Refused, match="PREFECT_API_URL is not set"), opened():
        pytest.fail("an address was made up")
