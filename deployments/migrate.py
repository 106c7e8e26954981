"""python -m deployments.migrate: bring the ledger's tables to this release's revision. To be run at every deployment,
before the flows are; never by a run."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

import tasks.ledger_migrations
from tasks.clients import Refused, Unavailable
from tasks.ledger_address import SETTING, address, called, is_sqlite, opened
from tasks.ledger_database import trouble
from tasks.settings import SettingsError, settings

_LOCK = 0x52495455  # of PostgreSQL, for two migrations at once; any number that nobody else takes


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when the ledger of the settings is up to date, 1 with the reason otherwise."""
    argparse.ArgumentParser(prog="python -m deployments.migrate", description=__doc__).parse_args(arguments)
    try:
        told = migrate(settings().ledger_url.get_secret_value())
    except (SettingsError, Refused, Unavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{told}\n")
    return 0


def migrate(url: str) -> str:
    """Make or change the tables in one transaction, after whoever else is about it; says in a sentence what was done.

    Raises SettingsError, Refused or Unavailable without the address.
    """
    where = address(url)
    name = called(where)
    if is_sqlite(where) and not Path(str(where.database)).absolute().parent.is_dir():
        raise SettingsError(f"The directory of the ledger ({name}) does not exist: make it, or correct {SETTING}.")
    engine = opened(where, create=True)
    try:
        with engine.begin() as connection:
            before, after = _upgraded(connection, name)
    except DBAPIError as error:
        changed = Refused(f"The ledger ({name}) could not be changed: {type(error).__name__}.")
        raise (trouble(error, where) or changed) from None
    finally:
        engine.dispose()
    if before == after:
        return f"Ledger at {name}: already at revision {after}."
    return f"Ledger at {name}: now at revision {after} (was {before or 'empty'})."


def _upgraded(connection: Connection, name: str) -> tuple[str | None, str | None]:
    """The revisions before and after."""
    if connection.dialect.name == "postgresql":  # on SQLite, the transaction began with a lock of its own
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    revisions = MigrationContext.configure(connection)
    before = revisions.get_current_revision()
    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError:
        raise Refused(
            f"The database ({name}) is at revision {before}, which this release does not know. Deploy the newest "
            f"release, or correct {SETTING} if it names a database of something else."
        ) from None
    return before, revisions.get_current_revision()


def alembic_config(connection: Connection | None = None) -> Config:
    """Where the migrations are; what Alembic does it does over `connection`."""
    config = Config(attributes={"connection": connection})
    [home] = tasks.ledger_migrations.__path__
    config.set_main_option("script_location", home.replace("%", "%%"))
    return config


if __name__ == "__main__":
    sys.exit(main())
