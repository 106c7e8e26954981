"""Where the ledger is, SQLite or PostgreSQL, and how it is opened. The address is a secret: no error shows it."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from tasks.settings import SettingsError

SETTING = "RITUALS_LEDGER_URL"
SQLITE_WAITS_SECONDS = 30
READING = "ledger_reading"  # the option of a connection that will write nothing
_POSTGRESQL = {
    "application_name": "revenue-rituals",
    "connect_timeout": 10,
    # A server that vanished without a word would keep us waiting for hours.
    "keepalives_idle": 30,
    "tcp_user_timeout": 30_000,
}


def address(url: str) -> URL:
    """The address, with the driver we use. Raises SettingsError for what is no file of SQLite and no PostgreSQL."""
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):  # a password with an @ or a : that was not escaped ends up here
        raise SettingsError(
            f"{SETTING} is no address: write sqlite:///ledger.db, or postgresql://user:password@host/database "
            "with @ : / % of the password as %40 %3A %2F %25."
        ) from None
    if read.drivername in {"postgresql", "postgres", "postgresql+psycopg"} and read.database:
        return read.set(drivername="postgresql+psycopg")
    if read.drivername in {"sqlite", "sqlite+pysqlite"} and read.database not in {None, "", ":memory:"}:
        return read.set(drivername="sqlite+pysqlite")
    raise SettingsError(f"{SETTING} must name a file of SQLite or a database of PostgreSQL.")


def called(where: URL) -> str:
    """What a person calls it; neither user nor host nor password."""
    return f"SQLite file {where.database}" if is_sqlite(where) else f"PostgreSQL database {where.database}"


def is_sqlite(where: URL) -> bool:
    """Whether it is a file of SQLite."""
    return where.get_backend_name() == "sqlite"


def opened(where: URL, *, create: bool = False) -> Engine:
    """The engine; nothing is connected yet. Only a migration may `create` the file."""
    if not is_sqlite(where):
        return create_engine(
            where,
            hide_parameters=True,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",  # what the claims are reasoned with, whatever the server's default
            connect_args=_POSTGRESQL,
        )
    engine = create_engine(where, hide_parameters=True, creator=_file(where, create=create))
    event.listen(engine, "begin", _begin)
    return engine


def _file(where: URL, *, create: bool) -> Callable[[], sqlite3.Connection]:
    """Opens the file, which is made for its owner alone. A run makes none: it would be empty, and seem to be there."""
    path = Path(str(where.database)).absolute()
    uri = f"{path.as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        if create and path.parent.is_dir():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            path.chmod(0o600)
        connection = sqlite3.connect(
            uri,
            uri=True,
            timeout=SQLITE_WAITS_SECONDS,
            check_same_thread=False,  # the pool hands it from thread to thread, one at a time
            isolation_level=None,  # sqlite3 would begin by itself, late and only before some statements
        )
        _written_ahead(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()
        return connection

    return connect


def _written_ahead(connection: sqlite3.Connection) -> None:
    """The file's journal is written ahead. The first connections to a new file race for that, and SQLite refuses the
    losers at once, whatever timeout it was given: they try again for as long."""
    give_up = monotonic() + SQLITE_WAITS_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > give_up:
                raise
            sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    """Who will write takes the lock at once: of two that read first and write then, one would fail."""
    options: Any = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN" if options.get(READING) else "BEGIN IMMEDIATE")
