"""What several kinds of tests share: the pretend company, and a Prefect server for those that run flows.

Nothing heavy is imported here: the tests of the rules need neither the company nor Prefect.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from deployments.postgres import Postgres
    from tasks.ledger import Ledger
    from tests.company import Sandbox

Install = Callable[[Mapping[str, str]], None]


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    """The small company, for tests that only read."""
    from tests.company import running  # noqa: PLC0415

    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A small company of one's own, for tests that change something or order faults."""
    from tests.company import running  # noqa: PLC0415

    with running() as sandbox:
        yield sandbox


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch, sqlite_ledger: Path, tmp_path: Path) -> Iterator[Install]:
    """Makes this process an installation with a ledger of its own: it reads its settings from these variables alone, as
    a deployed flow does."""
    from tasks.settings import settings  # noqa: PLC0415
    from tests.databases import sqlite_copy  # noqa: PLC0415

    remembering = {"RITUALS_LEDGER_URL": sqlite_copy(sqlite_ledger, tmp_path), "RITUALS_ENV_FILE": ""}

    def _install(environment: Mapping[str, str]) -> None:
        for name in [name for name in os.environ if name.startswith("RITUALS_")]:
            monkeypatch.delenv(name)
        for name, value in {**remembering, **environment}.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield _install
    settings.cache_clear()


@pytest.fixture
def installed(install: Install, sandbox: Sandbox) -> Sandbox:
    """This process is an installation at the pretend company."""
    install(sandbox.environment)
    return sandbox


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks, and writes of locked records, are repeated as often as they would be, without the time between."""
    from tasks import (  # noqa: PLC0415
        activity,
        after_hours,
        closing,
        coaching,
        codenaming,
        customer_requests,
        decisions,
        feedback,
        feedback_memory,
        filing,
        github_door,
        github_feedback,
        partitions,
        quality,
        remembering,
        salesforce,
        salesforce_customers,
        slack,
        slack_feedback,
        validation,
    )

    monkeypatch.setattr(closing, "lock_waits", lambda _: iter([0.0] * 4))
    monkeypatch.setattr(github_door, "SECONDS_BETWEEN_WRITES", 0)
    monkeypatch.setattr(feedback, "_BRIEFLY", {**feedback._BRIEFLY, "retry_delay_seconds": 0})

    modules = (activity, coaching, decisions, filing, quality, remembering, salesforce, slack, validation)
    modules += (after_hours, codenaming, customer_requests, partitions)
    modules += (feedback, feedback_memory, github_feedback, salesforce_customers, slack_feedback)
    for task in [task for module in modules for task in vars(module).values()]:
        if hasattr(task, "retry_delay_seconds"):
            monkeypatch.setattr(task, "retry_delay_seconds", 0)


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """A real Prefect server with a database of its own. Not for every test: it takes seconds to start."""
    from prefect.settings import (  # noqa: PLC0415
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_LOGGING_TO_API_ENABLED,
        temporary_settings,
    )
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415

    quiet = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_LOGGING_TO_API_ENABLED: False}
    with prefect_test_harness(server_startup_timeout=180), temporary_settings(quiet):
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgres]:
    """A PostgreSQL of our own, with the ledger's tables in the template database."""
    from deployments.migrate import migrate  # noqa: PLC0415
    from deployments.postgres import postgres, programs  # noqa: PLC0415
    from tests.databases import TEMPLATE  # noqa: PLC0415

    if programs() is None:
        pytest.skip("No PostgreSQL here: initdb, pg_ctl and postgres were not found")
    with postgres() as server:
        migrate(server.create(TEMPLATE))
        yield server


@pytest.fixture(scope="session")
def sqlite_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the ledger's tables and nothing in them, to be copied."""
    from tests.databases import sqlite_template  # noqa: PLC0415

    return sqlite_template(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with the ledger's tables, on each kind of database in turn.

    A test that wants one kind: `@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)`.
    """
    from tests.databases import postgresql_copy, sqlite_copy  # noqa: PLC0415

    if request.param == "sqlite":
        yield sqlite_copy(request.getfixturevalue("sqlite_ledger"), tmp_path)
    else:
        with postgresql_copy(request.getfixturevalue("postgresql")) as url:
            yield url


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    """A ledger on that database."""
    from tasks.ledger import Ledger  # noqa: PLC0415

    with Ledger(ledger_url, owner="test") as opened:
        yield opened
