"""The small GitHub, anew for each test."""

from collections.abc import Callable, Iterator

import pytest

from tests.github_alone import Github, running


@pytest.fixture(scope="session")
def _github() -> Iterator[Callable[[], Github]]:
    with running() as anew:
        yield anew


@pytest.fixture
def github(_github: Callable[[], Github]) -> Github:
    return _github()
