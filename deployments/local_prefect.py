"""A Prefect server of our own on loopback: SQLite, protected by an auth string, telling nobody."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from deployments.processes import free_port, running, wait_until

START_SECONDS = 180


@dataclass(frozen=True)
class LocalPrefect:
    """A running server: its UI, its user and password, and the environment with which a process reaches it."""

    ui: str
    auth: str
    environment: dict[str, str]


@contextmanager
def local_prefect(home: Path) -> Iterator[LocalPrefect]:
    """A server that keeps everything in `home` and ends with the context. Raises DidNotStartError."""
    ui = f"http://127.0.0.1:{free_port()}"
    auth = f"revenue:{secrets.token_urlsafe(12)}"
    client = {
        "PREFECT_HOME": str(home),
        "TMPDIR": str(home),  # Prefect leaves an empty directory there
        "PREFECT_API_URL": f"{ui}/api",
        "PREFECT_UI_URL": ui,
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLI_COLORS": "false",
        "PREFECT_LOGGING_COLORS": "false",
    }
    server = {
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": ui,
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_SERVER_MEMO_STORE_PATH": str(home / "memo.toml"),
    }
    log = home / "prefect-server.log"
    port = ui.rpartition(":")[2]
    command = ["prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
    with running(command, log, {**client, **server}) as process:
        wait_until(lambda: _healthy(ui), process, log, START_SECONDS)
        yield LocalPrefect(ui, auth, client)


def _healthy(ui: str) -> bool:
    try:
        return httpx.get(f"{ui}/api/health", timeout=2).is_success
    except httpx.HTTPError:
        return False
