"""Fresh databases with the ledger's tables: a copy of a file, or of a template of PostgreSQL; gone after the test."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deployments.migrate import migrate
from deployments.postgres import Postgres

TEMPLATE = "ledger_template"


def sqlite_template(home: Path) -> Path:
    """A migrated file, to be copied."""
    migrate(f"sqlite:///{home / 'template.db'}")
    return home / "template.db"


def sqlite_copy(template: Path, home: Path) -> str:
    """The URL of a copy of the template."""
    file = home / "ledger.db"
    shutil.copy(template, file)
    return f"sqlite:///{file}"


@contextmanager
def postgresql_copy(server: Postgres, template: str = TEMPLATE) -> Iterator[str]:
    """The URL of a database of one's own; `template0` is empty."""
    name = f"ledger_{uuid.uuid4().hex[:12]}"
    yield server.create(name, template)
    server.drop(name)
