"""The sandbox as a process: what it prints, how it ends, and a company in it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import requests

from deployments.sandbox.app import build
from deployments.sandbox.company.build import build as build_company
from deployments.sandbox.server import HOST, serve
from tasks.settings import Settings

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "deployments.sandbox")
TASK = "/services/data/v67.0/sobjects/Task"


@contextmanager
def process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The sandbox as its own process, gone afterwards."""
    command, pipe = (*COMMAND, *arguments), subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=pipe, stderr=pipe) as running:  # noqa: S603  # our own
        try:
            yield running
        finally:
            running.kill()


def refusal(*arguments: str) -> str:
    """What it says when it does not start."""
    with process(*arguments) as sandbox:
        told, reason = sandbox.communicate(timeout=10)
    assert (told, sandbox.returncode) == ("", 2)
    return reason


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_tells_where_it_is_and_ends_cleanly(number: signal.Signals) -> None:
    with process() as sandbox:
        assert sandbox.stdout is not None
        told = sandbox.stdout.readline()
        address = told.removeprefix("Sandbox at ").partition(",")[0]
        assert requests.get(f"{address}/__sandbox__/health", timeout=5).ok
        sandbox.send_signal(number)
        assert (sandbox.communicate(timeout=10), sandbox.returncode) == (("", ""), 0)


def test_its_env_is_one_a_ritual_can_run_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RITUALS_SALESFORCE_URL", "RITUALS_SLACK_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    with process("--print-env", "--as-of", "2026-11-20") as sandbox:
        assert sandbox.stdout is not None
        lines = [sandbox.stdout.readline() for _ in range(9)]
        (tmp_path / ".env").write_text("".join(lines))
        settings = Settings(_env_file=tmp_path / ".env")
        token = settings.slack_token.get_secret_value()
        asked = {"token": token, "channel": settings.slack_channel}
        assert requests.post(f"{settings.slack_url}conversations.info", data=asked, timeout=5).json()["ok"]
        clock = requests.get(f"{settings.salesforce_url}/__sandbox__/clock", timeout=5).json()
    assert (clock["now"], settings.salesforce_next_step_due_field) == (
        "2026-11-20T15:28:00+00:00",
        "NextStepDueDate__c",
    )


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "Opportunity.csv").write_bytes(b"Id,Name\n006,\xff\n")
    assert refusal("--load", str(tmp_path)).startswith("Opportunity.csv:2: is not UTF-8")


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = str(taken.getsockname()[1])
        reason = refusal("--port", port)
    assert reason == f"port {port}: Address already in use; choose another, or 0 for a free one\n"


def test_one_port_serves_all_of_the_company() -> None:
    app = build(build_company(1, "small", date(2026, 11, 23)), lambda: datetime(2026, 11, 23, 15, 28, tzinfo=UTC))
    with serve(app) as url:
        login = {"grant_type": "client_credentials", "client_id": "sandbox", "client_secret": "sandbox-secret"}
        token = requests.post(f"{url}/services/oauth2/token", data=login, timeout=5).json()["access_token"]
        header = {"Authorization": f"Bearer {token}"}
        rule = {"validation_rules": {"Task": "Say what was agreed."}}
        assert requests.post(f"{url}/__sandbox__/org", json=rule, timeout=5).json()["validation_rules"]
        refused = requests.post(url + TASK, json={"Subject": "Call"}, headers=header, timeout=5)
        assert (refused.status_code, refused.json()[0]["message"]) == (400, "Say what was agreed.")
        requests.post(f"{url}/__sandbox__/org", json={"expire_sessions": True}, timeout=5)
        assert requests.post(url + TASK, json={}, headers=header, timeout=5).status_code == 401
        assert requests.post(f"{url}/__sandbox__/org", json={"locked": []}, timeout=5).status_code == 400
        assert requests.get(f"{url}/slack", timeout=5).ok
