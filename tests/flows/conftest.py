"""Each test of a flow has a company of today of its own."""

from collections.abc import Iterator

import pytest

from tests.company import Sandbox
from tests.flows.runs import company_of_today, records


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A small company of one's own, as of today."""
    with company_of_today() as sandbox:
        yield sandbox


@pytest.fixture
def only_reads_salesforce(installed: Sandbox) -> Iterator[None]:
    """Holds for every run of such a test: nothing was written to Salesforce."""
    before = records(installed)
    yield
    installed.cure()
    assert records(installed) == before
