"""What several kinds of tests share: the pretend company, and a Prefect server for those that run flows."""

from collections.abc import Iterator

import pytest

from tasks.settings import settings
from tests.company import Sandbox, running


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    """The small company, for tests that only read."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A small company of one's own, for tests that change something or order faults."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> Iterator[None]:
    """This process reads its settings from the sandbox's environment, as a deployed flow does."""
    for name, value in sandbox.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("RITUALS_ENV_FILE", "")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """A real Prefect server with a database of its own. Not for every test: it takes seconds to start."""
    from prefect.settings import (  # noqa: PLC0415 - the rules' tests run without Prefect
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_LOGGING_TO_API_ENABLED,
        temporary_settings,
    )
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415

    quiet = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_LOGGING_TO_API_ENABLED: False}
    with prefect_test_harness(server_startup_timeout=180), temporary_settings(quiet):
        yield
