"""A second run beside the first, and the other side."""

from collections.abc import Iterator

import pytest

from tasks.ledger import Ledger
from tests.ledger.remote import Remote


@pytest.fixture
def other(ledger_url: str) -> Iterator[Ledger]:
    """Another run on the same database."""
    with Ledger(ledger_url, owner="other") as opened:
        yield opened


@pytest.fixture
def remote() -> Remote:
    return Remote()
