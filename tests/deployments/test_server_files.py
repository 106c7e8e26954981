"""What deployments/server has for compose, Helm and Kubernetes: valid, guarded, with every secret a reference."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from prefect.settings import Settings
from prefect.settings.legacy import _get_valid_setting_names
from prefect_redis.client import RedisMessagingSettings

from deployments.pools.kubernetes import SOURCE
from deployments.pools.places import IN_IMAGE, Kind

SERVER = Path(__file__).parents[2] / "deployments" / "server"
COMPOSE: dict[str, Any] = yaml.safe_load((SERVER / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if "RITUALS_IMAGE" in one["image"]}
MANIFESTS, HELM = (
    {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (SERVER / folder).glob("*.yaml")}
    for folder in ("kubernetes", "helm")
)
EXAMPLE = (SERVER / "settings.example").read_text(encoding="utf-8")
# What the charts call what we set. Held once against their own schemas, which are not ours to copy.
CHART_KEYS = {
    "prefect-server": {
        "global.prefect.image.repository", "global.prefect.image.prefectTag", "global.prefect.env",
        "server.replicaCount", "server.command", "server.args", "server.automountServiceAccountToken",
        "server.basicAuth.enabled", "server.basicAuth.existingSecret", "server.uiConfig.prefectUiApiUrl", "server.env",
        "server.resources", "server.podSecurityContext", "server.containerSecurityContext", "server.affinity",
        "backgroundServices.runAsSeparateDeployment", "backgroundServices.replicaCount", "backgroundServices.command",
        "backgroundServices.args", "backgroundServices.automountServiceAccountToken",
        "backgroundServices.podSecurityContext", "backgroundServices.containerSecurityContext",
        "backgroundServices.messaging.redis.host", "backgroundServices.messaging.redis.port",
        "backgroundServices.messaging.redis.existingSecret", "backgroundServices.messaging.docket.existingSecret",
        "migrations.entrypoint", "migrations.podSecurityContext", "migrations.securityContext", "migrations.resources",
        "migrations.extraVolumeMounts", "migrations.extraVolumes", "externalDatabase.existingSecret",
        "externalDatabase.connectionStringSecretKey", "secret.create", "postgresql.enabled", "redis.enabled",
    },
    "prefect-worker": {
        "worker.image.repository", "worker.image.prefectTag", "worker.command", "worker.args", "worker.config.workPool",
        "worker.config.http2", "worker.apiConfig", "worker.selfHostedServerApiConfig.apiUrl",
        "worker.selfHostedServerApiConfig.basicAuth.enabled",
        "worker.selfHostedServerApiConfig.basicAuth.existingSecret", "worker.extraEnvVars",
        "worker.livenessProbe.enabled", "worker.livenessProbe.config", "worker.resources", "worker.podSecurityContext",
        "worker.containerSecurityContext",
    },
}  # fmt: skip
FREE = re.compile(r"(resources|SecurityContext|securityContext|affinity|config)$")

each_of_ours = pytest.mark.parametrize("name", OURS)
each_manifest = pytest.mark.parametrize("name", MANIFESTS)
each_chart = pytest.mark.parametrize("name", HELM)


def known_settings() -> set[str]:
    """Of Prefect, and of its Redis; a misspelt one is passed over in silence."""
    redis = {f"PREFECT_REDIS_MESSAGING_{name}".upper() for name in RedisMessagingSettings.model_fields}
    return _get_valid_setting_names(Settings) | redis


def keys(values: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, value in values.items():
        path = f"{before}{name}"
        if isinstance(value, dict) and not FREE.search(path.removeprefix("worker.config")):
            yield from keys(value, f"{path}.")
        else:
            yield path


def pod_of(manifest: Mapping[str, Any]) -> dict[str, Any]:
    spec = manifest["spec"]
    spec = spec["jobTemplate"]["spec"] if manifest["kind"] == "CronJob" else spec
    pod: dict[str, Any] = spec["template"]["spec"]
    return pod


def test_compose_takes_the_file() -> None:
    program = shutil.which("docker-compose", path=str(Path(sys.executable).parent)) or shutil.which("docker-compose")
    if not program:
        pytest.skip("No docker-compose here")
    settings = {"RITUALS_IMAGE": "revenue-rituals:0.1.0", "PREFECT_UI_URL": "https://prefect.acme.example"}
    command = [program, "--file", str(SERVER / "compose.yaml"), "--profile", "setup", "config", "--quiet"]

    ran = subprocess.run(  # noqa: S603 - our own words
        command, env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")


def test_nothing_is_reached_from_outside_but_the_proxy_on_loopback() -> None:
    assert {name: one["ports"] for name, one in SERVICES.items() if "ports" in one} == {
        "proxy": ["127.0.0.1:4200:4200"]
    }
    assert not [name for name, one in SERVICES.items() if one.get("network_mode") or one.get("privileged")]
    assert {name for name, one in COMPOSE["networks"].items() if one.get("internal")} == {"data", "inside"}
    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["data"]


def test_the_api_has_two_replicas_and_its_services_run_once() -> None:
    assert SERVICES["api"]["deploy"] == {"replicas": 2}
    assert "--no-services" in SERVICES["api"]["command"]
    assert "deploy" not in SERVICES["services"]
    assert {"container_name", "hostname"} & SERVICES["api"].keys() == set()


@each_of_ours
def test_a_container_of_ours_is_locked_down(name: str) -> None:
    one = OURS[name]

    assert (one["read_only"], one["cap_drop"], one["init"]) == (True, ["ALL"], True)
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one["restart"] == ("no" if name in {"migrate", "setup"} else "unless-stopped")
    assert [secret["target"] for secret in one["secrets"]] == [f"{IN_IMAGE}/.env"]


def test_no_secret_is_in_the_environment_of_a_container() -> None:
    told = {name for one in SERVICES.values() for name in one.get("environment", {})}

    assert {name for name in told if re.search(r"AUTH_STRING|PASSWORD|TOKEN|SECRET|CONNECTION_URL|DOCKET", name)} == {
        "POSTGRES_PASSWORD_FILE"
    }


def test_every_file_of_secrets_is_described() -> None:
    files = {one["file"].removeprefix("secrets/") for one in COMPOSE["secrets"].values()}

    assert {name for name in files if re.search(rf"^# {re.escape(name)}\b", EXAMPLE, re.MULTILINE)} == files


def test_every_setting_of_prefect_is_one_that_it_knows() -> None:
    in_compose = {name for one in SERVICES.values() for name in one.get("environment", {})}
    in_example = set(re.findall(r"^(PREFECT_\w+)=", EXAMPLE, re.MULTILINE))
    server, worker = HELM["prefect-server"], HELM["prefect-worker"]["worker"]
    in_charts = [*server["global"]["prefect"]["env"], *server["server"]["env"], *worker["extraEnvVars"]]
    told = in_compose | in_example | {one["name"] for one in in_charts}

    named = {name for name in told if name.startswith("PREFECT_")}
    assert len(named) > 15
    assert named - known_settings() == set()


def test_every_image_is_fixed() -> None:
    others = {one["image"] for name, one in SERVICES.items() if name not in OURS}

    assert all(re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?-bookworm", image) for image in others)
    assert int(SERVICES["postgres"]["image"].partition(":")[2].partition(".")[0]) >= 15


@each_manifest
def test_kubernetes_takes_the_manifest(name: str) -> None:
    kubernetes_validate.validate(MANIFESTS[name], kubernetes_validate.latest_version(), strict=True)


@each_manifest
def test_a_pod_of_ours_keeps_to_the_restricted_standard_with_secrets_by_reference(name: str) -> None:
    pod = pod_of(MANIFESTS[name])
    [one] = pod["containers"]

    assert (pod["securityContext"]["runAsNonRoot"], pod["automountServiceAccountToken"]) == (True, False)
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert one["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert one["envFrom"][:2] == [{"configMapRef": {"name": SOURCE}}, {"secretRef": {"name": SOURCE}}]
    assert {env["name"] for env in one.get("env", [])} <= {"RITUALS_IMAGE"}


def test_what_is_started_is_there() -> None:
    commands = [one["command"] for one in OURS.values()]
    commands += [pod_of(one)["containers"][0]["command"] for one in MANIFESTS.values()]
    modules = {word for command in commands for word in re.findall(r"deployments\.\w+", " ".join(command))}

    assert modules == {"deployments.setup", "deployments.slack_app", "deployments.watch"}
    assert all(importlib.util.find_spec(module) for module in modules)


def test_all_name_the_same_image_and_pool() -> None:
    images = {pod_of(one)["containers"][0]["image"] for one in MANIFESTS.values()}
    server, worker = HELM["prefect-server"]["global"]["prefect"]["image"], HELM["prefect-worker"]["worker"]["image"]
    images |= {f"{one['repository']}:{one['prefectTag']}" for one in (server, worker)}

    assert images == {"registry.acme.example/revenue-rituals:0.1.0"}
    assert HELM["prefect-worker"]["worker"]["config"]["workPool"] == Kind.KUBERNETES.pool
    assert Kind.PROCESS.pool in SERVICES["worker"]["command"]


@each_chart
def test_the_values_of_a_chart_are_called_as_the_chart_calls_them(name: str) -> None:
    assert set(keys(HELM[name])) == CHART_KEYS[name]


def test_the_charts_get_each_secret_from_one_that_exists() -> None:
    server, worker = HELM["prefect-server"], HELM["prefect-worker"]["worker"]
    messaging = server["backgroundServices"]["messaging"]

    assert {
        server["server"]["basicAuth"]["existingSecret"],
        messaging["redis"]["existingSecret"],
        messaging["docket"]["existingSecret"],
        server["externalDatabase"]["existingSecret"],
        worker["selfHostedServerApiConfig"]["basicAuth"]["existingSecret"],
    } == {"prefect-server"}
    assert server["secret"]["create"] is False
    written = yaml.safe_dump_all([server, worker])
    assert not re.search(r"(?i)(password|authString|connectionString): (?!connection-string)\S", written)
