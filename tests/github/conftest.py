"""A small GitHub anew for each test that files there, and ledgers that remember."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tasks import github_door
from tasks.ledger import Ledger
from tests.databases import sqlite_copy
from tests.github_alone import Github, running


@pytest.fixture(scope="module")
def _anew() -> Iterator[Callable[[], Github]]:
    with running() as anew:
        yield anew


@pytest.fixture
def github(_anew: Callable[[], Github], monkeypatch: pytest.MonkeyPatch) -> Github:
    """The small GitHub, anew; nobody waits between writes, nor before a reading is repeated."""
    monkeypatch.setattr(github_door, "SECONDS_BETWEEN_WRITES", 0)
    hasty = github_door.READ_RETRIES.new(backoff_factor=0, backoff_jitter=0, respect_retry_after_header=False)
    monkeypatch.setattr(github_door, "READ_RETRIES", hasty)
    return _anew()


@pytest.fixture
def new_ledger(sqlite_ledger: Path, tmp_path: Path) -> Iterator[Callable[..., Ledger]]:
    """Opens ledgers on one database; on an empty one where `lost`."""
    numbers, opened = count(), list[Ledger]()
    homes = {False: tmp_path / "ours"}
    homes[False].mkdir()
    ours = sqlite_copy(sqlite_ledger, homes[False])

    def _open(owner: str = "test", *, lost: bool = False, step: Callable[[str], None] = lambda _: None) -> Ledger:
        home = tmp_path / str(next(numbers))
        home.mkdir()
        opened.append(Ledger(sqlite_copy(sqlite_ledger, home) if lost else ours, owner=owner, step=step))
        return opened[-1]

    yield _open
    for one in opened:
        one.close()


@pytest.fixture
def ledger(new_ledger: Callable[..., Ledger]) -> Ledger:
    return new_ledger()
