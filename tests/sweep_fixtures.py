"""The company that is swept, for tests that name this module in `pytest_plugins`."""

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Install
from tests.sweep_company import SweptCompany, running


@pytest.fixture(scope="session")
def _swept_anew() -> Iterator[Callable[[], SweptCompany]]:
    with running() as given:
        yield given


@pytest.fixture
def company(_swept_anew: Callable[[], SweptCompany], install: Install) -> SweptCompany:
    """The company on Fri 21 Nov 2025, where this process is installed."""
    given = _swept_anew()
    install(given.environment)
    return given
