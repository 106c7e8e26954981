"""A second run beside the first, the other side, and a proposal that is decided."""

from collections.abc import Iterator

import pytest

from tasks.ledger import Ledger
from tasks.ledger_decisions import Decisions
from tests.ledger.decision_builders import decision, proposal
from tests.ledger.remote import Remote


@pytest.fixture
def other(ledger_url: str) -> Iterator[Ledger]:
    """Another run on the same database."""
    with Ledger(ledger_url, owner="other") as opened:
        yield opened


@pytest.fixture
def remote() -> Remote:
    return Remote()


@pytest.fixture
def store(ledger: Ledger) -> Decisions:
    return Decisions(ledger)


@pytest.fixture
def decided(store: Decisions) -> Decisions:
    """One proposal, decided."""
    store.propose(proposal())
    store.record(decision())
    return store
