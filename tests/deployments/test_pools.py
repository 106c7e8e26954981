"""What a worker of Docker or Kubernetes makes of a run: rendered by Prefect's own workers from the pool as the server
has it, and held against Docker's client and the schemas of Kubernetes. No secret is in it."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import kubernetes_validate
import prefect.settings
import pytest
from docker.models.containers import _create_container_args
from docker.types import HostConfig
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.objects import WorkPool
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, Settings, temporary_settings
from prefect_docker.worker import DockerWorker, DockerWorkerJobConfiguration
from prefect_kubernetes.worker import KubernetesWorkerJobConfiguration
from pydantic import BaseModel, SecretStr

from deployments import setup_pool
from deployments.pools.docker import SECRETS_FILE, WITHHELD
from deployments.pools.places import Kind, Place, place
from deployments.setup import Order, Told, _pool
from tasks.settings import SettingsError
from tests.deployments.a_ritual import a_ritual
from tests.deployments.emptied import empty

IMAGE = "registry.acme.example/revenue-rituals:0.1.0"
CANARY = "canary-4f81c2"
IN_CONTAINERS = [Kind.DOCKER, Kind.KUBERNETES]

each = pytest.mark.parametrize("kind", IN_CONTAINERS)


@pytest.fixture
def client(prefect_server: None) -> Iterator[SyncPrefectClient]:
    with get_client(sync_client=True) as opened:
        empty(opened)
        yield opened
        empty(opened)


def found(client: SyncPrefectClient, kind: Kind) -> WorkPool:
    standing = setup_pool.pool(client, kind)
    assert standing is not None
    return standing


def secret_settings(model: type[BaseModel] = Settings) -> set[str]:
    """The variables of all of Prefect's settings whose values are secrets."""
    names: set[str] = set()
    for name, setting in model.model_fields.items():
        kind = setting.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names |= secret_settings(kind)
        elif SecretStr in {kind, *get_args(kind)}:
            names.add(f"{model.model_config.get('env_prefix')}{name}".upper())
    return names


def rendered(client: SyncPrefectClient, kind: Kind) -> Any:
    """What the worker makes of a run of ours, on a machine with secrets and a home of its own."""
    deployment = client.create_deployment(
        flow_id=client.create_flow(a_ritual),
        name=f"in-{kind}",
        entrypoint="tests.deployments.a_ritual.a_ritual",
        work_pool_name=kind.pool,
        job_variables={"image": IMAGE},
    )
    run = client.create_flow_run_from_deployment(deployment, parameters={"form": {"how": "Completed"}})
    configuration: Any = DockerWorkerJobConfiguration if kind is Kind.DOCKER else KubernetesWorkerJobConfiguration
    secrets = {getattr(prefect.settings, name): f"postgresql+asyncpg://{CANARY}" for name in WITHHELD}

    async def resolved() -> Any:
        async with get_client() as asked:
            here = {**secrets, PREFECT_API_URL: "https://prefect.acme.example/api", PREFECT_HOME: "/srv/worker"}
            with temporary_settings(here):
                return await configuration.resolve_for_flow_run(
                    run, client=asked, work_pool=found(client, kind), worker_name="worker"
                )

    return asyncio.run(resolved())


def job(client: SyncPrefectClient) -> dict[str, Any]:
    setup_pool.create(client, Kind.KUBERNETES)
    manifest: dict[str, Any] = rendered(client, Kind.KUBERNETES).job_manifest
    return manifest


def container(client: SyncPrefectClient) -> dict[str, Any]:
    """As Docker's client sends it to the daemon."""
    setup_pool.create(client, Kind.DOCKER)
    configuration = rendered(client, Kind.DOCKER)
    worker = DockerWorker(work_pool_name=Kind.DOCKER.pool, test_mode=True)
    settings = worker._build_container_settings(None, configuration)
    sent: dict[str, Any] = _create_container_args({**settings, "version": "1.43"})
    assert isinstance(sent["host_config"], HostConfig)
    return sent


def test_all_of_prefects_secret_settings_are_withheld() -> None:
    assert secret_settings() == set(WITHHELD)


@pytest.mark.prefect
def test_a_job_is_one_that_kubernetes_takes(client: SyncPrefectClient) -> None:
    manifest = job(client)
    # Prefect insists on these two in the pod, where Kubernetes knows no such fields and passes over them.
    pod = manifest["spec"]["template"]["spec"]
    assert (pod.pop("parallelism"), pod.pop("completions")) == (1, 1)

    kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)


@pytest.mark.prefect
def test_a_job_is_never_started_again_and_ends(client: SyncPrefectClient) -> None:
    manifest = job(client)
    spec, pod = manifest["spec"], manifest["spec"]["template"]["spec"]
    environment = {one["name"]: one["value"] for one in pod["containers"][0]["env"]}

    assert (spec["backoffLimit"], pod["restartPolicy"]) == (0, "Never")
    assert (spec["activeDeadlineSeconds"], spec["ttlSecondsAfterFinished"]) == (4 * 3600, 24 * 3600)
    assert environment["PREFECT_FLOW_RUN_EXECUTE_SIGTERM_BEHAVIOR"] == "crash"


@pytest.mark.prefect
def test_a_job_keeps_to_the_restricted_standard_of_pod_security(client: SyncPrefectClient) -> None:
    pod = job(client)["spec"]["template"]["spec"]
    [one] = pod["containers"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert one["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {volume["name"]: volume.keys() for volume in pod["volumes"]} == {"scratch": {"name", "emptyDir"}}
    assert one["resources"].keys() == {"requests", "limits"}
    assert one["resources"]["limits"].keys() == one["resources"]["requests"].keys() == {"cpu", "memory"}


@pytest.mark.prefect
def test_a_job_takes_its_secrets_by_reference(client: SyncPrefectClient) -> None:
    [one] = job(client)["spec"]["template"]["spec"]["containers"]

    assert one["image"] == IMAGE
    assert one["envFrom"] == [
        {"configMapRef": {"name": "revenue-rituals"}},
        {"secretRef": {"name": "revenue-rituals"}},
    ]


@pytest.mark.prefect
def test_a_container_is_locked_down_and_leaves_nothing(client: SyncPrefectClient) -> None:
    sent = container(client)
    host: Mapping[str, Any] = sent["host_config"]

    assert (sent["image"], sent["user"]) == (IMAGE, "10001:10001")
    assert host["ReadonlyRootfs"] is True
    assert host["CapDrop"] == ["ALL"]
    assert host["SecurityOpt"] == ["no-new-privileges"]
    assert host["AutoRemove"] is True
    assert not host.get("Privileged")
    assert host["Memory"] == 4 * 2**30
    assert host["Binds"] == [f"{SECRETS_FILE}:/srv/revenue-rituals/.env:ro"]


@each
@pytest.mark.prefect
def test_no_secret_of_the_worker_and_no_path_of_its_machine_is_handed_on(client: SyncPrefectClient, kind: Kind) -> None:
    made = container(client) if kind is Kind.DOCKER else job(client)
    told = json.dumps(made)

    assert "https://prefect.acme.example/api" in told
    assert "PREFECT_FLOWS_HEARTBEAT_FREQUENCY" in told
    assert CANARY not in told
    assert "/srv/worker" not in told


@each
@pytest.mark.prefect
def test_what_people_set_in_a_pool_stays_and_what_they_took_away_comes_back(
    client: SyncPrefectClient, kind: Kind
) -> None:
    assert list(_pool(client, order(kind))) == [Told(f"{kind.pool}: made")]
    template = found(client, kind).base_job_template
    variables = template["variables"]["properties"]
    variables["env"]["default"] = {"RITUALS_MAX_LATE_HOURS": "6", "PREFECT_API_AUTH_STRING": CANARY}
    variables["image_pull_policy"]["default"] = "Always"
    template["job_configuration"]["name"] = "of-their-own"
    client.update_work_pool(kind.pool, WorkPoolUpdate(base_job_template=template))

    checked = list(_pool(client, order(kind, check=True)))
    [repaired] = _pool(client, order(kind))

    lacks = "its runs send too few heartbeats; the environment of its runs is not ours; its runs are made otherwise"
    assert checked == [Told(f"{kind.pool}: {lacks}", missing=True)]
    assert repaired == Told(f"{kind.pool}: changed, as {lacks}")
    assert list(_pool(client, order(kind))) == [Told(f"{kind.pool}: there")]
    standing = found(client, kind).base_job_template
    kept = standing["variables"]["properties"]
    assert kept["env"]["default"]["RITUALS_MAX_LATE_HOURS"] == "6"
    assert kept["image_pull_policy"]["default"] == "Always"
    assert CANARY not in json.dumps(standing)


@pytest.mark.prefect
def test_a_pool_of_another_type_is_named_and_left_alone(client: SyncPrefectClient) -> None:
    client.create_work_pool(WorkPoolCreate(name=Kind.DOCKER.pool, type="process"))

    told = list(_pool(client, order(Kind.DOCKER)))

    sentence = f"{Kind.DOCKER.pool}: it is of type process: delete it, as a pool keeps its type"
    assert told == [Told(sentence, missing=True)]
    assert found(client, Kind.DOCKER).type == "process"


def order(kind: Kind, *, check: bool = False) -> Order:
    return Order(check=check, place=Place(kind, IMAGE))


@pytest.mark.parametrize(
    "image",
    [
        "revenue-rituals:0.1.0",
        "registry.acme.example:5000/sales/revenue-rituals:0.1.0",
        "registry.acme.example/revenue-rituals@sha256:" + "0" * 64,
        "registry.acme.example/revenue-rituals:latest@sha256:" + "0" * 64,
    ],
)
def test_an_image_that_stays_the_same_is_taken(image: str) -> None:
    assert place("docker", image) == Place(Kind.DOCKER, image)


@pytest.mark.parametrize(
    "image",
    ["", "revenue-rituals", "revenue-rituals:latest", "registry.acme.example:5000/revenue-rituals", "two images:1"],
)
def test_an_image_that_may_be_another_one_tomorrow_is_refused(image: str) -> None:
    with pytest.raises(SettingsError, match=r"RITUALS_IMAGE \(--image\)"):
        place("kubernetes", image)


def test_the_settings_say_where_runs_run_unless_the_command_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RITUALS_ENV_FILE", "")
    assert place() == Place()
    file = tmp_path / "settings.env"
    file.write_text(f"RITUALS_WORK_POOL=kubernetes\nRITUALS_IMAGE={IMAGE}\n", encoding="utf-8")
    monkeypatch.setenv("RITUALS_ENV_FILE", str(file))

    assert place() == Place(Kind.KUBERNETES, IMAGE)
    assert place("docker") == Place(Kind.DOCKER, IMAGE)
    assert place("process") == Place()


def test_a_place_that_is_none_and_an_image_for_processes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="processes run what is installed here"):
        place("process", IMAGE)
    monkeypatch.setenv("RITUALS_WORK_POOL", "nomad")
    with pytest.raises(SettingsError, match="nomad: it is one of process, docker, kubernetes"):
        place()
