"""Ledgers that earlier versions left, put into SQLite or PostgreSQL, and the company as those versions left it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from alembic import command
from sqlalchemy import Column, Connection, MetaData, Table, create_engine, select, text

from deployments.migrate import alembic_config
from tasks.clients import SalesforceDoor, slack_reader
from tasks.ledger_address import address, opened
from tests.ledger.live import Life, company, moment
from tests.ledger.then import CarryOut

LEFT = Path(__file__).parents[1] / "payloads" / "ledgers"
REVISIONS = tuple(sorted(file.stem.removeprefix("r") for file in LEFT.glob("r*.sql")))


def restore(revision: str, url: str) -> None:
    """Put the ledger that was left at that revision where `url` says, which is empty."""
    dump = (LEFT / f"r{revision}.sql").read_text(encoding="utf-8")
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.executescript(dump)
        connection.close()
        return
    engine = opened(address(url))
    with sqlite3.connect(":memory:") as kept, engine.begin() as connection:
        kept.executescript(dump)
        command.upgrade(alembic_config(connection), revision)
        _copy(kept, connection)
    kept.close()
    engine.dispose()


def _copy(kept: sqlite3.Connection, into: Connection) -> None:
    """Every row, as the types of the other database want it."""
    tables = MetaData()
    tables.reflect(into)
    source = create_engine("sqlite://", creator=lambda: kept)
    with source.connect() as reading:
        for table in [one for one in tables.sorted_tables if one.name != "alembic_version"]:
            columns = [Column(column.name, column.type.as_generic()) for column in table.columns]
            found = reading.execute(select(Table(table.name, MetaData(), *columns))).mappings()
            if rows := [{name: _aware(value) for name, value in row.items()} for row in found]:
                into.execute(table.insert(), rows)
            if "id" in table.columns and table.columns["id"].autoincrement is True:
                top = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"  # noqa: S608
                into.execute(text(top))


def _aware(value: Any) -> Any:
    """SQLite keeps moments in UTC without saying so."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def everything(url: str) -> dict[str, list[Any]]:
    """All rows of all tables, in an order of their own; of the revision its name."""
    engine = opened(address(url))
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        found = {table.name: list(connection.execute(select(table))) for table in tables.sorted_tables}
    engine.dispose()
    revision = [name for (name,) in found.pop("alembic_version")]
    return {"alembic_version": revision, **{name: sorted(map(repr, rows)) for name, rows in found.items()}}


def contents(url: str, table: str, *columns: str) -> list[Any]:
    """These columns of the table, each row a tuple; of one column its values."""
    engine = opened(address(url))
    with engine.connect() as connection:
        known = Table(table, MetaData(), autoload_with=connection)
        rows = connection.execute(select(*(known.columns[name] for name in columns))).all()
    engine.dispose()
    return [row[0] for row in rows] if len(columns) == 1 else [tuple(row) for row in rows]


@contextmanager
def left(revision: str, url: str, carry_out: CarryOut) -> Iterator[Life]:
    """The company as the version of that revision left it on Tue 2026-11-24, and the ledger at `url`."""
    outside = json.loads((LEFT / f"r{revision}.json").read_text(encoding="utf-8"))
    with company(moment(16, "06:55")) as sandbox:
        life = Life(sandbox, url, carry_out)
        _say(life, outside["messages"])
        life.set_clock(moment(23, "07:00"))
        life.order("week")
        _write(life, outside)
        life.set_clock(moment(24, "09:00"))
        yield life


def _say(life: Life, messages: list[dict[str, Any]]) -> None:
    client = slack_reader(life.sandbox.settings)
    for message in sorted(messages, key=lambda one: str(one["ts"])):
        seconds, _, micros = message["ts"].partition(".")
        life.set_clock(datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(micros)))
        is_reply = message.get("thread_ts") not in {None, message["ts"]}
        leave = {"ts"} if is_reply else {"ts", "thread_ts"}
        said = client.chat_postMessage(**{name: value for name, value in message.items() if name not in leave})
        assert said["ts"] == message["ts"]


def _write(life: Life, outside: dict[str, list[dict[str, Any]]]) -> None:
    """Each record at the moment at which it was written then, by the integration user."""
    door = SalesforceDoor(life.sandbox.settings)
    for deal in outside["opportunities"]:
        life.set_clock(datetime.fromisoformat(deal.pop("LastModifiedDate")))
        door.json(f"sobjects/Opportunity/{deal.pop('Id')}", "PATCH", deal)
    for event in outside["events"]:
        life.set_clock(datetime.fromisoformat(event.pop("CreatedDate")))
        door.json("sobjects/Event", "POST", event)
    token = {"Authorization": f"Bearer {life.sandbox.environment['RITUALS_GITHUB_TOKEN']}"}
    for issue in outside["issues"]:
        url = f"{life.sandbox.address}/github/repos/{issue.pop('repository')}/issues"
        requests.post(url, json=issue, headers=token, timeout=10).raise_for_status()
