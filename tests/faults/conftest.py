"""The processes in which experiments run, shared by all tests here, and the table of what was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from deployments.postgres import Postgres
    from tests.faults.pool import Pool, Series

_DONE: list[Series] = []


@pytest.fixture(scope="session")
def faults() -> Iterator[Pool]:
    """Experiments with the ledger on SQLite."""
    from tests.faults.pool import pool  # noqa: PLC0415

    with pool() as started:
        started.series = _DONE
        yield started


@pytest.fixture(scope="module")
def faults_on_postgresql(postgresql: Postgres) -> Iterator[Pool]:
    """Experiments with the ledger on PostgreSQL."""
    from tests.faults.pool import pool  # noqa: PLC0415

    with pool(postgresql, workers=1) as started:  # one: a crash of the server is one experiment's
        started.series = _DONE
        yield started


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table: what was tried, what happened, what was wrong."""
    if not _DONE:
        return
    terminalreporter.section("faults")
    head = f"{'series':<44}{'experiments':>12}{'faults':>8}{'runs':>8}{'violations':>12}{'seconds':>9}"
    terminalreporter.write_line(head)
    for one in _DONE:
        terminalreporter.write_line(
            f"{one.name:<44}{one.experiments:>12,}{one.faults:>8,}{one.runs:>8,}{one.wrong:>12,}{one.seconds:>9.0f}"
        )
    real = [one for one in _DONE if not one.name.startswith("mistake")]
    sums = [sum(getattr(one, what) for one in real) for what in ("experiments", "faults", "runs", "wrong")]
    terminalreporter.write_line(
        f"{'in all, without the mistakes made on purpose':<44}{sums[0]:>12,}{sums[1]:>8,}{sums[2]:>8,}{sums[3]:>12,}"
        f"{sum(one.seconds for one in real):>9.0f}"
    )
