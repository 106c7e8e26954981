"""A Prefect as in production: its server on PostgreSQL, guarded, with workers that can be killed, and a Slack that
takes the messages of runs and, by a webhook, those of Prefect itself."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, FlowRun
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, PREFECT_UI_URL, temporary_settings
from prefect.states import Scheduled
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from deployments.postgres import postgres
from deployments.processes import free_port, running, wait_until
from deployments.sandbox.server import serve
from deployments.setup_pool import POOL
from tests.deployments.a_ritual import a_ritual
from tests.faults.served import _carrying, until
from tests.slack_alone import Slack
from tests.slack_alone import running as running_slack

ROOT = Path(__file__).parents[2]
AUTH = "revenue:of-the-tests"
SERVER_SECONDS = 180


@dataclass
class Production:
    """All of it, for as long as the context lasts. `heard` are the messages that Prefect itself sent by the webhook."""

    home: Path
    slack: Slack
    webhook: str
    environment: Mapping[str, str]
    heard: list[str] = field(default_factory=list)
    _workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def deploy(self, name: str) -> UUID:
        """The ritual of the tests, one run at a time, for the workers of our pool; its id."""
        step = {"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}
        with get_client(sync_client=True) as client:
            flow = client.create_flow(a_ritual)
            return client.create_deployment(
                flow_id=flow,
                name=name,
                entrypoint="tests.deployments.a_ritual.a_ritual",
                tags=["ritual"],
                work_pool_name=POOL,
                pull_steps=[step],
                concurrency_limit=1,
                concurrency_options={"collision_strategy": ConcurrencyLimitStrategy.CANCEL_NEW},
            )

    def start(self, deployment: UUID, how: str) -> UUID:
        """A run that its schedule has made for now."""
        parameters = {"form": {"how": how, "dry_run": False}}
        with get_client(sync_client=True) as client:
            run = client.create_flow_run_from_deployment(
                deployment, parameters=parameters, tags=["auto-scheduled"], state=Scheduled()
            )
        return run.id

    def read(self, run: UUID) -> FlowRun:
        """The run as the server has it."""
        with get_client(sync_client=True) as client:
            return client.read_flow_run(run)

    def ended(self, run: UUID, seconds: float = 120) -> Any:
        """Its final state, once it has one."""
        return until(f"run {run} ended", lambda: (s := self.read(run).state) and s.is_final() and s, seconds)

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker of our pool."""
        log = self.home / f"worker-{len(self._workers)}.log"
        command = ["prefect", "worker", "start", "--pool", POOL]
        with running(command, log, {**self.environment, "PREFECT_WORKER_QUERY_SECONDS": "1"}) as process:
            self._workers.append(process)
            yield process

    def machine_dies(self, worker: subprocess.Popen[bytes], run: UUID) -> None:
        """Worker and run end at once, without a word."""
        for pid in [worker.pid, *processes_of(run)]:
            os.kill(pid, signal.SIGKILL)

    def said(self) -> list[str]:
        """What runs said in Slack, the oldest first."""
        return [str(message["text"]) for message in reversed(self.slack.messages())]


def processes_of(run: UUID) -> list[int]:
    """The processes of a run."""
    return _carrying(f"PREFECT__FLOW_RUN_ID={run}".encode())


@contextmanager
def production(home: Path, ledger_url: str) -> Iterator[Production]:
    """It, on loopback; ended with the context."""
    heard: list[str] = []
    with ExitStack() as stack:
        slack = stack.enter_context(running_slack())
        webhook = f"{stack.enter_context(serve(_webhook(heard)))}/services/T0/B0/canary"
        prefect = stack.enter_context(_server(home, stack.enter_context(postgres()).create("prefect")))
        rituals = {**slack.environment, "RITUALS_LEDGER_URL": ledger_url, "RITUALS_ENV_FILE": ""}
        rituals |= {"RITUALS_ALARM_WEBHOOK": webhook, "PYTHONPATH": str(ROOT)}
        here = {
            PREFECT_API_URL: prefect["PREFECT_API_URL"],
            PREFECT_UI_URL: prefect["PREFECT_UI_URL"],
            PREFECT_API_AUTH_STRING: AUTH,
        }
        with temporary_settings(here):
            yield Production(home, slack, webhook, {**prefect, **rituals}, heard)


@contextmanager
def _server(home: Path, database: str) -> Iterator[dict[str, str]]:
    """A server with its data in that PostgreSQL; the environment with which a process reaches it."""
    ui = f"http://127.0.0.1:{free_port()}"
    client = {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"{ui}/api",
        "PREFECT_UI_URL": ui,
        "PREFECT_API_AUTH_STRING": AUTH,
        "DO_NOT_TRACK": "1",
        "PREFECT_CLI_COLORS": "false",
    }
    server = {
        "PREFECT_SERVER_API_AUTH_STRING": AUTH,
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": ui,
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database.replace("postgresql://", "postgresql+asyncpg://"),
        "PREFECT_SERVER_MEMO_STORE_PATH": str(home / "memo.toml"),
    }
    log = home / "prefect-server.log"
    command = ["prefect", "server", "start", "--host", "127.0.0.1", "--port", ui.rpartition(":")[2]]
    with running(command, log, {**client, **server}) as process:
        wait_until(lambda: _healthy(ui), process, log, SERVER_SECONDS)
        yield client


def _healthy(ui: str) -> bool:
    try:
        return httpx.get(f"{ui}/api/health", timeout=2).is_success
    except httpx.HTTPError:
        return False


def _webhook(heard: list[str]) -> Starlette:
    """Takes what Slack's incoming webhooks take: JSON with a text."""

    async def take(request: Request) -> PlainTextResponse:
        heard.append(str(json.loads(await request.body())["text"]))
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/services/T0/B0/canary", take, methods=["POST"])])
