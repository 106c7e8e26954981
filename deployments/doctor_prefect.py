"""The door to Prefect: reachable, guarded, and how its server is set up."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import httpx
import prefect
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import WorkerStatus, WorkPool
from prefect.exceptions import PrefectHTTPStatusError
from prefect.settings import PREFECT_API_URL, PREFECT_UI_URL

from deployments.doctor_lines import Line, ok, warn, wrong
from deployments.setup_pool import POOL, has_heartbeat, standing
from tasks.clients import Refused, Unavailable

DOOR = "Prefect"
_SECONDS = 20
_IN_MEMORY = "prefect.server.concurrency.lease_storage.memory"
_ON_DISK = "prefect.server.concurrency.lease_storage.filesystem"


@contextmanager
def opened() -> Iterator[SyncPrefectClient]:
    """Prefect, by the address and the auth string of the environment. Raises Refused or Unavailable with the remedy;
    without an address Prefect would start a server of its own, so that is refused."""
    if not PREFECT_API_URL.value():
        raise Refused("PREFECT_API_URL is not set: the address of Prefect's API, such as http://127.0.0.1:4200/api.")
    try:
        with get_client(sync_client=True) as client:
            yield client
    except PrefectHTTPStatusError as error:
        status = error.response.status_code
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise Refused(f"Prefect refused the login (HTTP {status}): check PREFECT_API_AUTH_STRING.") from None
        raise Unavailable(f"Prefect cannot answer now (HTTP {status}): see the server's log.") from None
    except (httpx.HTTPError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "Failed to reach API" not in str(error):
            raise
        raise Unavailable(f"Prefect does not answer at {PREFECT_API_URL.value()}: is the server up?") from None


def on_postgresql(client: SyncPrefectClient) -> bool:
    """Whether the server keeps its data in PostgreSQL. No answer of its API says so; but PostgreSQL takes a backslash
    in a pattern as an escape and SQLite as itself, so that only PostgreSQL finds a block that Prefect always has."""
    return [_blocks_like(client, pattern) for pattern in ("slack web", "slack\\ web")] == [True, True]


def prefect_lines() -> Iterator[Line]:
    """How it stands, line by line. Raises as `opened`."""
    with opened() as client:
        version = client.api_version()
        yield ok(DOOR, f"{PREFECT_API_URL.value()} answers, version {version}")
        if version.split(".")[:2] != prefect.__version__.split(".")[:2]:
            yield warn(DOOR, f"here is version {prefect.__version__}: let server and workers have the same.")
        yield _guarded()
        yield _database(client)
        yield from _server(json.loads(client.request("GET", "/admin/settings").content)["server"])
        yield from _workers(client)
    if not PREFECT_UI_URL.value():
        yield wrong(DOOR, "PREFECT_UI_URL is not set: reports and alarms would have no links, and no Decide button.")


def _blocks_like(client: SyncPrefectClient, pattern: str) -> bool:
    asked = {"block_types": {"name": {"like_": pattern}}}
    return bool(client.request("POST", "/block_types/filter", json=asked).json())


def _guarded() -> Line:
    """Whether somebody without the auth string is turned away."""
    try:
        status = httpx.get(f"{PREFECT_API_URL.value()}/admin/version", timeout=_SECONDS).status_code
    except httpx.HTTPError as error:
        raise Unavailable(f"Prefect did not answer in full ({type(error).__name__})") from None
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return ok(DOOR, "turns away who has no auth string")
    return wrong(DOOR, "whoever reaches it may do everything: set PREFECT_SERVER_API_AUTH_STRING, also on loopback.")


def _database(client: SyncPrefectClient) -> Line:
    if on_postgresql(client):
        return ok(DOOR, "keeps its data in PostgreSQL")
    return warn(DOOR, "keeps its data in SQLite: for production set PREFECT_SERVER_DATABASE_CONNECTION_URL.")


def _server(server: Mapping[str, Any]) -> Iterator[Line]:
    """What the server's settings leave open."""
    api = server["api"]
    if api["cors_allowed_origins"] == "*":
        yield warn(DOOR, "takes calls from any web page: set PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS.")
    if not api["csrf_protection_enabled"]:
        yield warn(DOOR, "has no protection against forged requests: set PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED.")
    if server["concurrency"]["lease_storage"] == _IN_MEMORY:
        said = f"set PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE={_ON_DISK}, or the storage in Redis"
        yield warn(DOOR, f"forgets which runs hold a slot when it restarts: {said}.")


def _workers(client: SyncPrefectClient) -> Iterator[Line]:
    found = standing(client)
    if not found:
        yield wrong(DOOR, f"there is no work pool {POOL}: run `python -m deployments.setup`.")
    for _, one in found:
        yield from _workers_of(client, one)


def _workers_of(client: SyncPrefectClient, found: WorkPool) -> Iterator[Line]:
    name = found.name
    if found.is_paused:
        yield wrong(DOOR, f"work pool {name} is paused: resume it in the UI.")
    if not has_heartbeat(found):
        yield wrong(DOOR, f"runs of work pool {name} send too few heartbeats: run `python -m deployments.setup`.")
    workers = [one for one in client.read_workers_for_work_pool(name) if one.status == WorkerStatus.ONLINE]
    if workers:
        yield ok(DOOR, f"{len(workers)} worker{'s' * (len(workers) > 1)} for work pool {name}")
    else:
        yield warn(DOOR, f"no worker is up: start `prefect worker start --pool {name}`.")
