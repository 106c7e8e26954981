"""Each test of a flow has a company of today of its own."""

from collections.abc import Iterator

import pytest

from tests.company import Sandbox
from tests.flows.runs import company_of_today


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A small company of one's own, as of today."""
    with company_of_today() as sandbox:
        yield sandbox
