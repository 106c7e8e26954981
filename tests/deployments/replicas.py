"""Prefect's server in two replicas, as deployments/server has it for containers: the same commands, settings and names
of secrets, on loopback. PostgreSQL, Redis and nginx are real ones of this machine."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
import yaml

from deployments.postgres import postgres, programs
from deployments.processes import free_port, running, wait_until
from tests.deployments.production import AUTH, ROOT, _healthy

SERVER = ROOT / "deployments" / "server"
SECONDS = 180
_REDIS_PASSWORD = "of-the-tests-redis"


@dataclass(frozen=True)
class Replicas:
    """Where each is. `first` is the process of the first API; the rituals speak to `proxy`."""

    apis: tuple[str, str]
    proxy: str
    first: subprocess.Popen[bytes]
    environment: Mapping[str, str]


def lacking() -> str:
    """What this machine has not, "" where all is there."""
    found = {"PostgreSQL": programs(), "Redis": shutil.which("redis-server"), "nginx": shutil.which("nginx")}
    return " and ".join(name for name, path in found.items() if not path)


def compose() -> dict[str, Any]:
    """compose.yaml as written, anchors resolved."""
    read: dict[str, Any] = yaml.safe_load((SERVER / "compose.yaml").read_text(encoding="utf-8"))
    return read


@contextmanager
def replicas(home: Path) -> Iterator[Replicas]:
    """All of it, ended with the context. The process is in `home` meanwhile, where the servers find their secrets."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres()).create("prefect")
        port = stack.enter_context(_redis(home))
        _secrets(home, database, port)
        stack.enter_context(_inside(home))
        ui = f"http://127.0.0.1:{free_port()}"
        settings = _settings(ui, home, port)
        _migrated(settings)
        started = [stack.enter_context(_api(home, settings, name)) for name in ("first", "second")]
        services = [*compose()["services"]["services"]["command"]]
        stack.enter_context(running(services, home / "services.log", settings))
        stack.enter_context(_proxy(home, ui, [address for address, _ in started]))
        (first, process), (second, _) = started
        client = {"PREFECT_HOME": str(home), "PREFECT_API_URL": f"{ui}/api", "PREFECT_UI_URL": ui}
        client |= {"PREFECT_API_AUTH_STRING": AUTH, "DO_NOT_TRACK": "1", "PREFECT_CLI_COLORS": "false"}
        yield Replicas((first, second), ui, process, client)


def at(made: Replicas, which: int) -> str:
    """The API's address of one replica."""
    return f"{made.apis[which]}/api"


def _settings(ui: str, home: Path, port: int) -> dict[str, str]:
    """As compose.yaml gives them to the API, for this machine."""
    written = compose()["services"]["api"]["environment"]
    settings = {name: re.sub(r"\$\{PREFECT_UI_URL[^}]*\}", ui, value) for name, value in written.items()}
    here = {"PREFECT_REDIS_MESSAGING_HOST": "127.0.0.1", "PREFECT_REDIS_MESSAGING_PORT": str(port)}
    return {**settings, **here, "PREFECT_HOME": str(home), "DO_NOT_TRACK": "1", "PREFECT_CLI_COLORS": "false"}


def _secrets(home: Path, database: str, port: int) -> None:
    """The file of secrets that the servers read, with the names that settings.example has."""
    values = {
        "PREFECT_SERVER_API_AUTH_STRING": AUTH,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database.replace("postgresql://", "postgresql+asyncpg://"),
        "PREFECT_REDIS_MESSAGING_PASSWORD": _REDIS_PASSWORD,
        "PREFECT_SERVER_DOCKET_URL": f"redis://default:{_REDIS_PASSWORD}@127.0.0.1:{port}/1",
    }
    example = (SERVER / "settings.example").read_text(encoding="utf-8")
    names = re.findall(
        r"^(PREFECT_\w+)=", example.partition("# server.env")[2].partition("# rituals.env")[0], re.MULTILINE
    )
    (home / ".env").write_text("".join(f"{name}={values[name]}\n" for name in names), encoding="utf-8")


@contextmanager
def _inside(home: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(home)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _redis(home: Path) -> Iterator[int]:
    port = free_port()
    config = home / "redis.conf"
    config.write_text(
        f"requirepass {_REDIS_PASSWORD}\nappendonly yes\ndir {home}\nbind 127.0.0.1\nport {port}\n", encoding="utf-8"
    )
    with _program(["redis-server", str(config)], home / "redis.log") as process:
        wait_until(lambda: _answers(port), process, home / "redis.log", SECONDS)
        yield port


def _answers(port: int) -> bool:
    try:
        return bool(redis.Redis(host="127.0.0.1", port=port, password=_REDIS_PASSWORD).ping())
    except redis.RedisError:
        return False


def _migrated(settings: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", *compose()["services"]["migrate"]["command"]]
    ran = subprocess.run(  # noqa: S603 - Prefect's own command
        command, env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


@contextmanager
def _api(home: Path, settings: Mapping[str, str], name: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = str(free_port())
    command = [*compose()["services"]["api"]["command"]]
    command[command.index("--host") + 1], command[command.index("--port") + 1] = "127.0.0.1", port
    log, address = home / f"api-{name}.log", f"http://127.0.0.1:{port}"
    with running(command, log, settings) as process:
        wait_until(lambda: _healthy(address), process, log, SECONDS)
        yield address, process


@contextmanager
def _proxy(home: Path, ui: str, apis: list[str]) -> Iterator[None]:
    """nginx.conf, but for the names that only containers have."""
    config = (SERVER / "nginx.conf").read_text(encoding="utf-8")
    upstream = "".join(f"server {api.removeprefix('http://')}; " for api in apis)
    for written, here in {
        "/tmp/": f"{home}/",  # noqa: S108 - inside the container
        "resolver 127.0.0.11 valid=5s ipv6=off;": f"upstream api {{ {upstream}}}",
        "set $api http://api:4200;": "set $api http://api;",
        "listen 4200;": f"listen {ui.removeprefix('http://')};",
    }.items():
        assert written in config
        config = config.replace(written, here)
    file, log = home / "nginx.conf", home / "nginx.log"
    file.write_text(config, encoding="utf-8")
    with _program(["nginx", "-c", str(file), "-g", "daemon off; user root;"], log) as process:
        wait_until(lambda: _healthy(ui), process, log, SECONDS)
        yield


@contextmanager
def _program(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)
