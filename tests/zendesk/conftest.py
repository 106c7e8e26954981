"""Slack and Zendesk anew for each test of the after-hours support, and this process installed there."""

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Install
from tests.support_alone import Support, running


@pytest.fixture(scope="session")
def anew() -> Iterator[Callable[..., Support]]:
    """What gives both anew."""
    with running() as given:
        yield given


@pytest.fixture
def support(anew: Callable[..., Support], install: Install) -> Support:
    """Both, and the settings of this process lead there."""
    given = anew()
    install(given.environment)
    return given
