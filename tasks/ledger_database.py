"""The ledger's database: one transaction at a time, its clock, its revision, and what is said when it cannot."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm import Session

from tasks.clients import Refused, Unavailable
from tasks.ledger_address import READING, SETTING, SQLITE_WAITS_SECONDS, address, called, opened

REVISION = "0004"  # of the tables that this release reads and writes
_MIGRATE = "run `python -m deployments.migrate`"
_CLOCKS = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
}


class LedgerMissing(Refused):
    """The tables are absent, or of another revision than this release's."""


# SQLSTATEs of PostgreSQL; where there is none, words of SQLite or psycopg. The first that fits speaks.
_TROUBLES: tuple[tuple[set[str], type[Exception], str], ...] = (
    ({"42P01", "no such table"}, LedgerMissing, f"has no tables yet: {_MIGRATE}."),
    ({"unable to open database file"}, LedgerMissing, f"is not there, or not for this user to open: {_MIGRATE}."),
    ({"3D000", "does not exist"}, LedgerMissing, f"does not exist: create the database, then {_MIGRATE}."),
    ({"42P07", "already exists"}, Refused, "holds tables of something else: give the ledger a database of its own."),
    ({"file is not a database", "malformed"}, Refused, "is no ledger, or is damaged: restore it from a backup."),
    ({"28P01", "28000", "authentication failed", "no password supplied"}, Refused, f"refused the login of {SETTING}."),
    ({"42501", "readonly database"}, Refused, "may not be written by this user: grant it, or correct the file's mode."),
    ({"53100", "disk is full"}, Unavailable, "has no room left on its disk. Nothing was written."),
    ({"database is locked"}, Unavailable, f"was locked by another process for {SQLITE_WAITS_SECONDS} s."),
)


class Database:
    """The ledger at `url`, a secret. `step` is called before and after each transaction with its name,
    "claim:before", "claim:after". Nothing is connected before the first transaction, nor shared with a forked child.
    """

    def __init__(self, url: str, step: Callable[[str], None]) -> None:
        self._where, self._step = address(url), step
        self._engine, self._process = opened(self._where), os.getpid()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back. What is claimed stays claimed until its lease is over."""
        self._engine.dispose()

    @contextmanager
    def session(self, name: str = "session", *, reading: bool = False) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back by any exception. `reading`: nothing will be written.

        Never one within another: on SQLite the inner would wait for the outer. Raises Unavailable, Refused or
        LedgerMissing for what the database cannot do, and an IntegrityError as it is.
        """
        self._step(f"{name}:before")
        try:
            with Session(self._connections(reading), expire_on_commit=False) as session, session.begin():
                yield session
        except (DBAPIError, NoConnectionLeft) as error:
            told = trouble(error, self._where)
            if told is None:
                raise
            raise told from None
        self._step(f"{name}:after")

    def now(self) -> datetime:
        """The database's clock, aware UTC: the only one by which leases are judged."""
        with self.session("now", reading=True) as session:
            return clock(session)

    def check(self) -> None:
        """Raises LedgerMissing unless the tables are there, and of this release's revision."""
        with self.session("check", reading=True) as session:
            _check_revision(session.connection(), self._where)

    def _connections(self, reading: bool) -> Engine:
        if os.getpid() != self._process:  # a connection that a parent goes on using would be torn
            self._engine.dispose(close=False)
            self._process = os.getpid()
        return self._engine.execution_options(**{READING: True}) if reading else self._engine


def clock(session: Session) -> datetime:
    """The database's clock now, aware UTC; not that of the transaction's beginning."""
    told: datetime | str = session.execute(text(_CLOCKS[session.get_bind().dialect.name])).scalar_one()
    return (datetime.fromisoformat(told) if isinstance(told, str) else told).astimezone(UTC)


def trouble(error: SQLAlchemyError, where: URL) -> Exception | None:
    """What went wrong, for a person, to be raised `from None`: the original may show where the ledger is.

    None for a mistake of ours, such as a value that a column does not take, which is to be raised as it is.
    """
    original = error.orig if isinstance(error, DBAPIError) else None
    state = str(getattr(original, "sqlstate", None) or "")
    for signs, kind, said in _TROUBLES:
        if state in signs or (not state and any(sign in str(original) for sign in signs)):
            return kind(f"The ledger ({called(where)}) {said}")
    if isinstance(error, IntegrityError | DataError | ProgrammingError):
        return None
    what = state or type(original or error).__name__
    return Unavailable(f"The ledger ({called(where)}) cannot be reached, or the connection was lost ({what}).")


def _check_revision(connection: Connection, where: URL) -> None:
    if not inspect(connection).has_table("alembic_version"):
        raise LedgerMissing(f"The ledger ({called(where)}) has no tables yet: {_MIGRATE}.")
    found = ", ".join(connection.scalars(text("SELECT version_num FROM alembic_version")))
    if found != REVISION:
        raise LedgerMissing(
            f"The ledger ({called(where)}) is at revision {found or 'none'}, and this release needs {REVISION}: "
            f"{_MIGRATE}, with the newest release that uses it."
        )
