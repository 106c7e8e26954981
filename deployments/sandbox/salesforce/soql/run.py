"""Runs SOQL against the tables of the pretend org."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from deployments.sandbox.salesforce.schema import Catalogue
from deployments.sandbox.salesforce.soql.compiler import Plan, RowsPlan, compile_query
from deployments.sandbox.salesforce.soql.context import Context, Fragment
from deployments.sandbox.salesforce.soql.errors import SoqlError, malformed
from deployments.sandbox.salesforce.soql.expressions import LOCAL_FUNCTION
from deployments.sandbox.salesforce.soql.filters import FOLD_FUNCTION
from deployments.sandbox.salesforce.soql.grouped import MOST_GROUPS, CountPlan, GroupPlan
from deployments.sandbox.salesforce.soql.literals import local
from deployments.sandbox.salesforce.soql.parser import parse
from deployments.sandbox.salesforce.soql.rows import Record, Shape, Value

VERSION = "67.0"
_SQLITE_LIMITS = ("parser stack overflow", "Expression tree is too large", "too many terms")


class Source(Protocol):
    """What a query needs of the store: its catalogue, its SQLite connection with the lock, and its clock."""

    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def connection(self) -> sqlite3.Connection: ...
    @property
    def lock(self) -> AbstractContextManager[Any]: ...
    def now(self) -> datetime: ...


@dataclass(frozen=True)
class QueryResult:
    """All rows of a query, in the shape of Salesforce's JSON. COUNT() has a total and no records."""

    total: int
    records: list[Record]


@dataclass(frozen=True)
class FlatResult:
    """The rows of a query under dotted names, as the CSV of a bulk job has them; `rows` is read once."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def query(
    store: Source, soql: str, *, all_rows: bool = False, user_id: str = "", version: str = VERSION
) -> QueryResult:
    """The answer to `soql` as of the store's clock.

    `all_rows` includes deleted rows and archived activities (queryAll). `version` goes into the records' URLs.
    Raises SoqlError with Salesforce's code and text.
    """
    with store.lock:
        plan = _plan(store, soql, all_rows, user_id)
        _install(store.connection)
        match plan:
            case CountPlan(statement):
                return QueryResult(_execute(store.connection, statement).fetchone()[0], [])
            case GroupPlan():
                groups = _groups(store.connection, plan)
                return QueryResult(len(groups), groups)
            case RowsPlan():
                base = f"/services/data/v{version}"
                records = _records(store.connection, plan, base)
                return QueryResult(len(records), records)


def flat(store: Source, soql: str, *, all_rows: bool = False, user_id: str = "") -> FlatResult:
    """The answer as flat rows with typed values, read while they are used; keep other writers off meanwhile.

    Raises SoqlError, and refuses aggregates, child subqueries and TYPEOF as Bulk API 2.0 does.
    """
    with store.lock:
        plan = _plan(store, soql, all_rows, user_id)
        if not isinstance(plan, RowsPlan) or plan.children or _has_typed(plan.shape):
            raise malformed("Aggregate functions, GROUP BY, TYPEOF and nested queries are not supported in Bulk Query")
        _install(store.connection)
        cells = tuple(plan.shape.flat())
        rows = _execute(store.connection, plan.statement)
    return FlatResult(tuple(name for name, _ in cells), (tuple(cell.read(row) for _, cell in cells) for row in rows))


def _plan(store: Source, soql: str, all_rows: bool, user_id: str) -> Plan:
    context = Context(soql, store.catalogue, store.now(), all_rows, user_id)
    return compile_query(context, parse(soql))


def _execute(connection: sqlite3.Connection, statement: Fragment, *first: str) -> sqlite3.Cursor:
    """Run a statement; `first` are values before its own."""
    try:
        return connection.execute(statement.sql, (*first, *statement.params))
    except sqlite3.OperationalError as error:
        if any(limit in str(error) for limit in _SQLITE_LIMITS):
            raise SoqlError(
                "QUERY_TOO_COMPLICATED",
                f"Query is either selecting too many fields or the filter conditions are too complicated ({error})",
            ) from error
        raise


def _install(connection: sqlite3.Connection) -> None:
    """Give the connection the two functions that SQLite lacks."""
    connection.create_function(LOCAL_FUNCTION, 1, local, deterministic=True)
    connection.create_function(FOLD_FUNCTION, 1, _fold, deterministic=True)


def _fold(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _has_typed(shape: Shape) -> bool:
    return bool(shape.typed) or any(isinstance(c, Shape) and _has_typed(c) for c in shape.cells.values())


def _groups(connection: sqlite3.Connection, plan: GroupPlan) -> list[Record]:
    rows = _execute(connection, plan.statement).fetchall()
    if len(rows) > MOST_GROUPS:
        raise SoqlError(
            "EXCEEDED_ID_LIMIT",
            "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch",
        )
    cells = [(name, Value(index, kind)) for index, (name, kind) in enumerate(plan.keys)]
    attributes = {"type": "AggregateResult"}
    return [{"attributes": dict(attributes), **{name: cell.read(row) for name, cell in cells}} for row in rows]


def _records(connection: sqlite3.Connection, plan: RowsPlan, base: str) -> list[Record]:
    rows = _execute(connection, plan.statement).fetchall()
    return [record for _, record in _shaped(connection, plan, rows, base)]


def _shaped(connection: sqlite3.Connection, plan: RowsPlan, rows: list[Any], base: str) -> Iterator[tuple[Any, Record]]:
    """Each row's last value and its record. Child subqueries are asked once for all these rows."""
    parents = json.dumps([row[plan.shape.id] for row in rows]) if plan.children else "[]"
    children = [_by_parent(connection, child, parents, base) for child in plan.children]
    for row in rows:
        record = plan.shape.record(row, children, base)
        if record is not None:
            yield row[-1], record


def _by_parent(connection: sqlite3.Connection, plan: RowsPlan, parents: str, base: str) -> Mapping[str, list[Record]]:
    rows = _execute(connection, plan.statement, parents).fetchall()
    found: dict[str, list[Record]] = {}
    for parent, record in _shaped(connection, plan, rows, base):
        found.setdefault(parent, []).append(record)
    return found
