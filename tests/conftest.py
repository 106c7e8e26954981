"""What several kinds of tests share: the pretend company, and a Prefect server for those that run flows.

Nothing heavy is imported here: the tests of the rules need neither the company nor Prefect.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
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
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Makes this process an installation: it reads its settings from these variables alone, as a deployed flow does."""
    from tasks.settings import settings  # noqa: PLC0415

    def _install(environment: Mapping[str, str]) -> None:
        for name in [name for name in os.environ if name.startswith("RITUALS_")]:
            monkeypatch.delenv(name)
        for name, value in {**environment, "RITUALS_ENV_FILE": ""}.items():
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
    """Tasks are repeated as often as they would be, without the minutes between."""
    from tasks import salesforce, slack  # noqa: PLC0415

    for task in (salesforce.read_pipeline, *vars(slack).values()):
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
