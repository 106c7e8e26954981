"""The pretend Zendesk, anew for each test."""

from collections.abc import Callable, Iterator

import pytest

from tests.support_alone import Support, running


@pytest.fixture(scope="session")
def _support() -> Iterator[Callable[..., Support]]:
    with running() as anew:
        yield anew


@pytest.fixture
def support(_support: Callable[..., Support]) -> Support:
    return _support()


@pytest.fixture
def anew(_support: Callable[..., Support]) -> Callable[..., Support]:
    return _support
