"""The tables are made and changed by migrations alone, and are what the code thinks they are."""

import logging
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, inspect, text

from deployments.migrate import alembic_config, main, migrate
from tasks import ledger_feedback_tables
from tasks.clients import Refused
from tasks.ledger import Ledger, LedgerMissing
from tasks.ledger_address import address, opened
from tasks.ledger_database import REVISION
from tasks.ledger_decisions import Decisions
from tasks.ledger_tables import Table
from tasks.settings import SettingsError
from tests.conftest import Install
from tests.databases import postgresql_copy
from tests.ledger.decision_builders import decision, proposal
from tests.ledger.processes import in_processes, migrated

OWN = {
    "RITUALS_SALESFORCE_URL": "https://acme.my.salesforce.com",
    "RITUALS_SALESFORCE_CLIENT_ID": "3MVG9",
    "RITUALS_SALESFORCE_CLIENT_SECRET": "hush",
    "RITUALS_SLACK_TOKEN": "xoxb-hush",
    "RITUALS_SLACK_CHANNEL": "C030A767HQV",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
    else:
        with postgresql_copy(request.getfixturevalue("postgresql"), "template0") as url:
            yield url


def test_every_table_of_ours_is_among_those_that_are_compared() -> None:
    tables = {row.__tablename__ for row in vars(ledger_feedback_tables).values() if hasattr(row, "__tablename__")}

    assert {"watermark", "open_conversation", "request_draft", "codename"} <= tables <= set(Table.metadata.tables)


def called(url: str) -> str:
    if "sqlite" in url:
        return url.replace("sqlite:///", "SQLite file ")
    return f"PostgreSQL database {url.rpartition('/')[2]}"


def test_the_migrations_make_what_the_code_describes(ledger: Ledger) -> None:
    with ledger.session() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})

        assert compare_metadata(context, Table.metadata) == []


def test_they_make_what_a_comparison_does_not_see(ledger: Ledger) -> None:
    """The checks and the order of a primary key."""
    with ledger.session() as session:
        found = inspect(session.connection())
        for table in Table.metadata.sorted_tables:
            checks = {check["name"] for check in found.get_check_constraints(table.name)}
            described = {str(check.name) for check in table.constraints if str(check.name).startswith("ck_")}
            assert checks == described
            key = found.get_pk_constraint(table.name)
            assert key["constrained_columns"] == [column.name for column in table.primary_key]
            assert key["name"] == f"pk_{table.name}"


def test_this_release_needs_the_newest_revision() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [REVISION]


def test_an_empty_database_is_brought_up_and_a_second_time_left_as_it_is(empty: str) -> None:
    assert migrate(empty) == f"Ledger at {called(empty)}: now at revision {REVISION} (was empty)."

    with Ledger(empty, owner="test") as ledger:
        ledger.plan("kept", {})
        assert migrate(empty) == f"Ledger at {called(empty)}: already at revision {REVISION}."
        ledger.check()
        assert ledger.effect("kept").state == "planned"


@pytest.mark.parametrize("revision", ["0001", "0002", "0003"])
def test_a_ledger_of_an_earlier_revision_keeps_what_it_remembers(empty: str, revision: str) -> None:
    _migrated_to(revision, empty)
    with Ledger(empty, owner="test") as ledger:
        ledger.plan("kept", {})
        store = Decisions(ledger)
        store.propose(proposal())
        store.record(decision())
        before = store.standing(proposal().id)

        assert migrate(empty) == f"Ledger at {called(empty)}: now at revision {REVISION} (was {revision})."

        ledger.check()
        assert ledger.effect("kept").state == "planned"
        assert before is not None
        assert store.standing(proposal().id) == before
        with ledger.session() as session:
            context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
            assert compare_metadata(context, Table.metadata) == []


def _migrated_to(revision: str, url: str) -> None:
    """As an earlier release left it."""
    engine = opened(address(url), create=True)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), revision)
    engine.dispose()


def test_a_ledger_of_the_first_revision_is_not_used_by_this_release(empty: str) -> None:
    _migrated_to("0001", empty)

    with (
        Ledger(empty, owner="test") as ledger,
        pytest.raises(LedgerMissing, match=f"is at revision 0001, and this release needs {REVISION}: run `python -m"),
    ):
        ledger.check()


def test_of_several_at_once_one_migrates_and_all_end_well(empty: str, tmp_path: Path) -> None:
    said = tmp_path / "said"

    assert in_processes(migrated, [[empty, str(said)]] * 4) == [0, 0, 0, 0]

    already, now = f"already at revision {REVISION}.", f"now at revision {REVISION} (was empty)."
    told = said.read_text(encoding="utf-8").splitlines()
    assert sorted(told) == [f"Ledger at {called(empty)}: {state}" for state in (already, already, already, now)]


def test_the_first_to_open_a_new_file_do_not_hinder_each_other(tmp_path: Path) -> None:
    """SQLite lets nobody wait who would change how a file's journal is kept."""
    for number in range(20):
        where, together = address(f"sqlite:///{tmp_path}/{number}.db"), Barrier(6)

        def connect(where: URL = where, together: Barrier = together) -> str:
            engine = opened(where, create=True)
            together.wait(timeout=30)
            with engine.connect() as connection:
                mode: str = connection.execute(text("PRAGMA journal_mode")).scalar_one()
            engine.dispose()
            return mode

        with ThreadPoolExecutor(6) as pool:
            assert [each.result() for each in [pool.submit(connect) for _ in range(6)]] == ["wal"] * 6


def test_a_migration_that_fails_leaves_nothing_behind(empty: str) -> None:
    """Tables of something else are in the way of the last of ours."""
    if "sqlite" in empty:
        Path(empty.removeprefix("sqlite:///")).touch()
    with Ledger(empty, owner="test") as ledger, ledger.session() as session:
        session.execute(text("CREATE TABLE codename (id INTEGER)"))

    with pytest.raises(Refused, match="holds tables of something else: give the ledger a database of its own"):
        migrate(empty)

    with Ledger(empty, owner="test") as ledger, ledger.session() as session:
        assert inspect(session.connection()).get_table_names() == ["codename"]


def test_a_database_of_something_else_is_not_touched(empty: str) -> None:
    """Prefect's own, for one: it is kept by Alembic too."""
    migrate(empty)
    with Ledger(empty, owner="test") as ledger, ledger.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9e83011d1f2a'"))

    with pytest.raises(Refused, match="is at revision 9e83011d1f2a, which this release does not know"):
        migrate(empty)


def test_the_directory_of_a_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"The directory of the ledger \(SQLite file .*\) does not exist: make it"):
        migrate(f"sqlite:///{tmp_path}/nowhere/ledger.db")


def test_alembic_leaves_the_logging_alone(empty: str) -> None:
    root = logging.getLogger()
    before = root.level, list(root.handlers), logging.getLogger("tasks.ledger").disabled

    migrate(empty)

    assert (root.level, list(root.handlers), logging.getLogger("tasks.ledger").disabled) == before


def test_the_command_migrates_the_ledger_of_the_settings(
    install: Install, empty: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["migrate"])
    install({**OWN, "RITUALS_LEDGER_URL": empty})

    assert main() == 0
    assert capsys.readouterr() == (f"Ledger at {called(empty)}: now at revision {REVISION} (was empty).\n", "")


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param({}, "RITUALS_SALESFORCE_URL is missing", id="no settings"),
        pytest.param({**OWN, "RITUALS_LEDGER_URL": "ledger.db"}, "RITUALS_LEDGER_URL is no address", id="no address"),
    ],
)
def test_the_command_says_in_a_sentence_why_it_could_not(
    install: Install,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: dict[str, str],
    says: str,
) -> None:
    monkeypatch.setattr(sys, "argv", ["migrate"])
    install(settings)

    assert main() == 1
    told, error = capsys.readouterr()
    assert (told, error.count("\n")) == ("", 1)
    assert says in error
