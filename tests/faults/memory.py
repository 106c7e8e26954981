"""Ledgers for experiments: copies of one made ready, on SQLite or PostgreSQL; read without the code on trial."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import create_engine, text, update

from deployments.migrate import migrate
from deployments.postgres import Postgres
from tasks.ledger_address import address
from tasks.ledger_tables import EffectRow


class Copies(Protocol):
    """Databases that are copied: `keep` remembers one under a name, `fresh` gives the URL of a copy of it."""

    def keep(self, url: str, name: str) -> None:
        """Remember."""

    def fresh(self, name: str) -> str:
        """A copy; the one given before is gone."""

    def restart(self) -> None:
        """Every connection is lost."""


@dataclass
class Files:
    """Files of SQLite in `home`."""

    home: Path

    def __post_init__(self) -> None:
        migrate(f"sqlite:///{self.home / 'empty.db'}")

    def keep(self, url: str, name: str) -> None:
        """Remember it: everything is in the one file once nobody has it open."""
        with _connected(url) as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(url.removeprefix("sqlite:///"), self.home / f"{name}.db")

    def fresh(self, name: str) -> str:
        """A copy of it."""
        for left in self.home.glob("trial.db*"):
            left.unlink()
        shutil.copy(self.home / f"{name}.db", self.home / "trial.db")
        return f"sqlite:///{self.home / 'trial.db'}"

    def restart(self) -> None:
        """A file has no server."""


@dataclass
class Databases:
    """Databases of one PostgreSQL."""

    server: Postgres
    prefix: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _last: str = ""

    def __post_init__(self) -> None:
        migrate(self.server.create(f"{self.prefix}_empty"))

    def keep(self, url: str, name: str) -> None:
        """Remember it."""
        self.server.create(f"{self.prefix}_{name}", url.rpartition("/")[2])

    def fresh(self, name: str) -> str:
        """A copy of it."""
        if self._last:
            self.server.drop(self._last)
        self._last = f"{self.prefix}_trial_{next(self._numbers)}"
        url = self.server.create(self._last, f"{self.prefix}_{name}")
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            # A copied sequence believes that its next numbers are in the log already: a crash would give them twice.
            connection.execute("CHECKPOINT")
        return url

    def restart(self) -> None:
        """A crash of the server, and its recovery."""
        self.server.restart("immediate")


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    engine = create_engine(address(url))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def leases_end(url: str) -> None:
    """As if a quarter of an hour had passed."""
    with _connected(url) as connection:
        held = update(EffectRow).where(EffectRow.lease_until.is_not(None))
        connection.execute(held.values(lease_until=datetime(2020, 1, 1, tzinfo=UTC)))
        connection.commit()


def rows(url: str, table: str) -> list[dict[str, Any]]:
    """All rows of a table."""
    with _connected(url) as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]  # noqa: S608
