from collections.abc import Iterator

import pytest

from deployments.sandbox.salesforce.store import Store

from .company import Clock, Salesforce, Stage, running, store_of_company


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    made = store_of_company(clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    with Stage().open() as made:
        yield made


@pytest.fixture
def salesforce(stage: Stage) -> Iterator[Salesforce]:
    with running(stage) as made:
        yield made
