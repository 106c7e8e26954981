"""What the database cannot do is one sentence with the remedy, as the kind of error that says whether to try again;
and nothing that is said, logged or shown in a traceback holds the address, which is a secret."""

import logging
import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text

from deployments.migrate import migrate
from deployments.postgres import Postgres
from deployments.processes import free_port
from tasks.clients import Refused, Unavailable
from tasks.ledger import Ledger, LedgerMissing, ledger
from tasks.ledger_database import REVISION
from tasks.settings import SettingsError
from tests.company import settings_from
from tests.databases import postgresql_copy
from tests.ledger.remote import CLOSE, KEY, Remote
from tests.ledger.saying import said_by

CANARY, USER, HOST = "canary-ledger-password-51c8", "canary-user-77e0", "canary-host-0b3c"
on_sqlite = pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("ledger_url", ["postgresql"], indirect=True)


def opened(url: str, owner: str = "test") -> Ledger:
    """As a run opens it, from its settings."""
    own = {
        "RITUALS_SALESFORCE_URL": "https://acme.my.salesforce.com",
        "RITUALS_SALESFORCE_CLIENT_ID": "3MVG9",
        "RITUALS_SALESFORCE_CLIENT_SECRET": "hush",
        "RITUALS_SLACK_TOKEN": "xoxb-hush",
        "RITUALS_SLACK_CHANNEL": "C030A767HQV",
        "RITUALS_LEDGER_URL": url,
    }
    return ledger(settings_from(own), owner)


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://{USER}:{CANARY}@{HOST}:not-a-port/rituals",
        f"postgresql://{USER}:{CANARY}/more@{HOST}:54x/rituals",
        f"{CANARY}",
        f"mysql://{USER}:{CANARY}@{HOST}/rituals",
        f"postgresql+asyncpg://{USER}:{CANARY}@{HOST}/rituals",
        f"postgresql://{USER}:{CANARY}@{HOST}",
        "sqlite://",
        "sqlite:///:memory:",
        "",
    ],
)
@pytest.mark.parametrize("use", [opened, migrate])
def test_a_wrong_address_names_the_setting_and_shows_nothing(url: str, use: Callable[[str], object]) -> None:
    said = said_by(lambda: use(url), SettingsError, CANARY, HOST, USER)

    assert said.startswith("RITUALS_LEDGER_URL ")


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgres"])
@on_postgresql
def test_postgresql_may_be_written_as_everybody_does(ledger_url: str, scheme: str) -> None:
    with opened(ledger_url.replace("postgresql", scheme, 1)) as found:
        assert Remote().once(found) == ("ts-1", True)


# Not there


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    said = said_by(lambda: opened(f"sqlite:///{tmp_path}/ledger.db"), LedgerMissing)

    assert said.endswith("run `python -m deployments.migrate`.")
    assert list(tmp_path.iterdir()) == []


def test_without_tables_the_remedy_is_named_and_a_run_makes_none(postgresql: Postgres) -> None:
    with postgresql_copy(postgresql, "template0") as url:
        for _ in range(2):
            said = said_by(lambda: opened(url), LedgerMissing, postgresql.password)
            assert said.endswith("has no tables yet: run `python -m deployments.migrate`.")
        with Ledger(url, owner="test") as unchecked:
            said_by(lambda: unchecked.plan(KEY, CLOSE), LedgerMissing)
            with unchecked.session() as session:
                assert session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all() == []


def test_tables_of_another_revision_are_not_touched(ledger: Ledger, ledger_url: str) -> None:
    with ledger.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0099'"))

    said = said_by(lambda: opened(ledger_url), LedgerMissing)

    assert f"is at revision 0099, and this release needs {REVISION}: run `python -m deployments.migrate`" in said


# Out of reach


def test_a_server_that_is_not_there_may_be_tried_again() -> None:
    port = free_port()
    url = f"postgresql://{USER}:{CANARY}@127.0.0.1:{port}/rituals"

    for use in (opened, migrate):
        said = said_by(lambda use=use: use(url), Unavailable, CANARY, USER, str(port))
        assert said.startswith("The ledger (PostgreSQL database rituals) cannot be reached")


@pytest.mark.parametrize(
    ("wrong", "kind", "says"),
    [
        pytest.param("user", Refused, "refused the login of RITUALS_LEDGER_URL", id="user"),
        pytest.param("password", Refused, "refused the login of RITUALS_LEDGER_URL", id="password"),
        pytest.param("database", LedgerMissing, "does not exist: create the database", id="database"),
    ],
)
def test_a_wrong_login_is_told_without_its_parts(
    postgresql: Postgres, wrong: str, kind: type[Exception], says: str
) -> None:
    own = {"user": "postgres", "password": postgresql.password, "database": "postgres", wrong: CANARY}
    url = f"postgresql://{own['user']}:{own['password']}@127.0.0.1:{postgresql.port}/{own['database']}"
    secrets = [postgresql.password, str(postgresql.port), *([CANARY] if wrong != "database" else [])]

    for use in (opened, migrate):
        assert says in said_by(lambda use=use: use(url), kind, *secrets)


def test_who_may_only_read_is_told_so(postgresql: Postgres) -> None:
    with postgresql_copy(postgresql) as url:
        reader = f"reader_{url[-6:]}"
        with Ledger(url, owner="test") as owner, owner.session() as session:
            session.execute(text(f"CREATE ROLE {reader} LOGIN PASSWORD '{CANARY}'"))
            session.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}"))

        with opened(url.replace(f"postgres:{postgresql.password}", f"{reader}:{CANARY}")) as found:
            said = said_by(lambda: found.plan(KEY, CLOSE), Refused, CANARY, reader)
        with Ledger(url, owner="test") as owner, owner.session() as session:
            session.execute(text(f"DROP OWNED BY {reader}"))
            session.execute(text(f"DROP ROLE {reader}"))

    assert "may not be written by this user" in said


# SQLite


@on_sqlite
def test_the_file_is_for_its_owner_alone_and_durable(ledger: Ledger, ledger_url: str) -> None:
    file = Path(ledger_url.removeprefix("sqlite:///"))
    file.unlink()
    migrate(ledger_url)
    with Ledger(ledger_url, owner="test") as found, found.session() as session:
        session.execute(text("UPDATE effect SET reason = ''"))
        modes = {path.name: stat.filemode(path.stat().st_mode) for path in file.parent.glob("ledger.db*")}
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert modes == dict.fromkeys(["ledger.db", "ledger.db-wal", "ledger.db-shm"], "-rw-------")
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@on_sqlite
def test_a_file_that_another_process_has_locked_is_waited_for(ledger: Ledger, ledger_url: str) -> None:
    waiting = Event()
    with Ledger(ledger_url, owner="late", step=lambda _: waiting.set()) as late, ThreadPoolExecutor(1) as pool:
        holder = sqlite3.connect(ledger_url.removeprefix("sqlite:///"), isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        planned = pool.submit(late.plan, KEY, CLOSE)
        waiting.wait()
        assert ledger.effect(KEY) is None, "who only reads need not wait"
        assert not planned.done()
        holder.execute("COMMIT")
        holder.close()

        planned.result()
    assert ledger.effect(KEY).state == "planned"


@on_sqlite
def test_who_reads_first_and_writes_then_is_not_overtaken(ledger: Ledger, ledger_url: str) -> None:
    """SQLite would refuse the write of a transaction that has read what another changed since."""
    waiting = Event()
    with Ledger(ledger_url, owner="late", step=lambda _: waiting.set()) as late, ThreadPoolExecutor(1) as pool:
        with ledger.session() as session:
            assert session.scalar(text("SELECT count(*) FROM effect")) == 0
            planned = pool.submit(late.plan, KEY, CLOSE)
            waiting.wait()
            wait([planned], timeout=0.2)
            session.execute(text("UPDATE effect SET reason = 'read before'"))
        planned.result()

    assert ledger.effect(KEY).reason == ""


def test_what_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    file.write_bytes(b"Dear diary, " * 200)

    for use in (opened, migrate):
        assert "is no ledger, or is damaged" in said_by(lambda use=use: use(f"sqlite:///{file}"), Refused)
    assert file.read_bytes() == b"Dear diary, " * 200


# Logs


def test_nothing_of_the_address_or_the_contents_is_logged(
    ledger: Ledger, ledger_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    Remote().once(ledger)
    said_by(lambda: ledger.claim("unknown"), Refused)

    assert [record.getMessage() for record in caplog.records] == []
