"""The records of the pretend org, in SQLite: one table an object, one column a field.

Loading takes rows as they are; create, update and delete behave as a call of the API does, with its refusals.
"""

# ruff: noqa: S608 - the statements are made of names of the catalogue; every value is a parameter

import itertools
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deployments.sandbox.salesforce import history, invitations, tables, upkeep, validation
from deployments.sandbox.salesforce.errors import deleted, not_found
from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.salesforce.schema import Catalogue, SObject
from deployments.sandbox.salesforce.values import OFFICE, as_moment

# Rows that vanish with the record they belong to, as the real describes say (cascadeDelete).
_CASCADES = frozenset(
    {"Tasks", "Events", "Notes", "Contacts", "Opportunities", "OpportunityContactRoles", "Histories",
     "OpportunityHistories", "EventRelations", "ContentDocumentLinks"}
)  # fmt: skip


def cascades(parent: str, children: str | None) -> bool:
    """Whether those child rows are deleted with a record of `parent`; a deal outlives its contact."""
    return children in _CASCADES and (parent, children) != ("Contact", "Opportunities")


@dataclass
class Transaction:
    """Set `cancelled` to undo everything done in it."""

    cancelled: bool = False


class Store:
    """All records. `now` gives aware UTC moments; hold `lock` for what must be seen or done as one."""

    def __init__(self, catalogue: Catalogue, now: Callable[[], datetime], path: str = ":memory:") -> None:
        self.catalogue = catalogue
        self.now = now
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._depth = itertools.count()
        self._serials: dict[str, Iterator[int]] = {o.prefix: itertools.count(1) for o in catalogue.objects}
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -200000"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.create_function("salesforce_now", 0, lambda: as_moment(self.now()))
        self.connection.create_function("salesforce_today", 0, self._today)
        for sobject in catalogue.objects:
            self.connection.execute(tables.create_table(sobject))
            for _, statement in tables.indexes(sobject):
                self.connection.execute(statement)
        invitations.create_table(self.connection)

    def close(self) -> None:
        """Forget everything that was not given a path."""
        self.connection.close()

    def _today(self) -> str:
        return self.now().astimezone(OFFICE).date().isoformat()

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """All or nothing; may be nested. An exception undoes it and goes on; so does a cancelled one, quietly."""
        with self.lock:
            name = f"level{next(self._depth)}"
            self.connection.execute(f"SAVEPOINT {name}")
            transaction = Transaction()
            try:
                yield transaction
            except BaseException:
                transaction.cancelled = True
                raise
            finally:
                if transaction.cancelled:
                    self.connection.execute(f"ROLLBACK TO {name}")
                self.connection.execute(f"RELEASE {name}")

    def insert_many(self, sobject: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Load rows as they are and return how many.

        Only what no `columns` name is filled: Id, IsDeleted and other checkboxes (false), ApiName (MasterLabel), and
        who and when. ValueError for a column the object does not have; sqlite3.IntegrityError for an id given twice.
        """
        described = self._object(sobject)
        statement, extras = tables.load_statement(described, columns)
        shared = {"now": as_moment(self.now()), "user": self._someone()}
        fresh = (self._next_id(described) for _ in itertools.count())
        tail = [fresh if extra == "Id" else itertools.repeat(shared[extra]) for extra in extras]
        filled = ((*row, *more) for row, *more in zip(rows, *tail, strict=False)) if tail else rows
        with self.transaction(), self._indexes_later(described):
            return self.connection.executemany(statement, filled).rowcount

    @contextmanager
    def _indexes_later(self, sobject: SObject) -> Iterator[None]:
        """Filling an empty table is several times faster when its indexes are made at the end."""
        empty = self.connection.execute(f'SELECT 1 FROM "{sobject.name}" LIMIT 1').fetchone() is None
        made = tables.indexes(sobject) if empty else []
        for name, _ in made:
            self.connection.execute(f'DROP INDEX "{name}"')
        yield
        for _, statement in made:
            self.connection.execute(statement)

    def get(self, sobject: str, record_id: str) -> dict[str, Any] | None:
        """Every field of a record as stored, derived ones too; IsDeleted tells a deleted one. None for no record."""
        described = self._object(sobject)
        picked = ", ".join(
            f'{f.derived.format(row="r")} AS "{f.name}"' if f.derived else f'r."{f.name}"' for f in described.fields
        )
        sql = f'SELECT {picked} FROM "{described.name}" r WHERE r."Id" = ?'
        with self.lock:
            row = self.connection.execute(sql, (record_id,)).fetchone()
        return dict(zip([f.name for f in described.fields], row, strict=True)) if row else None

    def create(self, sobject: str, values: Mapping[str, object], user_id: str) -> str:
        """Make a record of JSON `values` as that user; its id. SalesforceError as the API would refuse it."""
        described = self._object(sobject)
        validation.writable(described, "inserted")
        with self.transaction():
            now = self.now()
            row = validation.checked(self, described, values, creating=True)
            if "ownerid" in described.by_name:
                row.setdefault("OwnerId", user_id)
            invitations.check(self, described.name, {}, row)
            row = upkeep.completed(self, described.name, {}, row, now)
            record_id = self._insert(described, row, user_id, now)
            self._remember(described, {}, record_id, user_id, now)
            invitations.after_create(self, described.name, record_id, user_id)
        return record_id

    def update(self, sobject: str, record_id: str, values: Mapping[str, object], user_id: str) -> None:
        """Change a record as that user. SalesforceError as the API would refuse it."""
        described = self._object(sobject)
        validation.writable(described, "updated")
        with self.transaction():
            now = self.now()
            before = self._alive(described, record_id)
            changes = validation.checked(self, described, values, creating=False)
            invitations.check(self, described.name, before, changes)
            changes = upkeep.completed(self, described.name, before, changes, now)
            stamps = {"LastModifiedDate": as_moment(now), "LastModifiedById": user_id, "SystemModstamp": as_moment(now)}
            changes.update({k: v for k, v in stamps.items() if k.lower() in described.by_name})
            assigned = ", ".join(f'"{name}" = ?' for name in changes)
            sql = f'UPDATE "{described.name}" SET {assigned} WHERE "Id" = ?'
            self.connection.execute(sql, (*changes.values(), record_id))
            self._remember(described, before, record_id, user_id, now)
            invitations.after_update(self, described.name, record_id)

    def delete(self, sobject: str, record_id: str, user_id: str) -> None:
        """Put a record, and what cascades from it, into the recycle bin."""
        described = self._object(sobject)
        validation.writable(described, "deleted")
        with self.transaction():
            self._alive(described, record_id)
            self._bury(described, record_id, user_id, as_moment(self.now()))

    def _bury(self, sobject: SObject, record_id: str, user_id: str, at: str) -> None:
        changes = {"IsDeleted": 1, "LastModifiedDate": at, "LastModifiedById": user_id, "SystemModstamp": at}
        known = {k: v for k, v in changes.items() if k.lower() in sobject.by_name}
        assigned = ", ".join(f'"{name}" = ?' for name in known)
        sql = f'UPDATE "{sobject.name}" SET {assigned} WHERE "Id" = ?'
        self.connection.execute(sql, (*known.values(), record_id))
        for relation in self.catalogue.children_of(sobject.name):
            if cascades(sobject.name, relation.name):
                sql = f'SELECT "Id" FROM "{relation.child}" WHERE "{relation.field}" = ? AND "IsDeleted" = 0'
                for (child,) in self.connection.execute(sql, (record_id,)).fetchall():
                    self._bury(self._object(relation.child), child, user_id, at)
        for child in invitations.child_of(self, sobject.name, record_id):
            self._bury(self._object("Event"), child, user_id, at)

    def _object(self, name: str) -> SObject:
        sobject = self.catalogue.get(name)
        if sobject is None:
            raise not_found()
        return sobject

    def _alive(self, sobject: SObject, record_id: str) -> dict[str, Any]:
        row = self.get(sobject.name, record_id)
        if row is None:
            raise not_found()
        if row.get("IsDeleted"):
            raise deleted()
        return row

    def _next_id(self, sobject: SObject) -> str:
        return make_id(sobject.prefix, next(self._serials[sobject.prefix]))

    def _someone(self) -> str:
        row = self.connection.execute('SELECT MIN("Id") FROM "User"').fetchone()
        return row[0] or make_id("005", 0)

    def _insert(self, sobject: SObject, row: Mapping[str, Any], user_id: str, now: datetime) -> str:
        statement, extras = tables.load_statement(sobject, tuple(row))
        fresh = (self._next_id(sobject) for _ in itertools.count())
        unused = next(i for i in fresh if self.get(sobject.name, i) is None)  # loaded rows may have such ids
        given = {"Id": unused, "now": as_moment(now), "user": user_id}
        self.connection.execute(statement, (*row.values(), *(given[extra] for extra in extras)))
        return given["Id"]

    def _remember(
        self, sobject: SObject, before: Mapping[str, Any], record_id: str, user_id: str, now: datetime
    ) -> None:
        after = self.get(sobject.name, record_id)
        if sobject.name != "Opportunity" or after is None:
            return
        if shot := history.snapshot(before, after):
            self._insert(self._object("OpportunityHistory"), shot, user_id, now)
        names = {owner: self._user_name(owner) for owner in (before.get("OwnerId"), after["OwnerId"]) if owner}
        for change in history.field_changes(before, after, names):
            self._insert(self._object("OpportunityFieldHistory"), change, user_id, now)

    def _user_name(self, user_id: str) -> str:
        user = self.get("User", user_id)
        return str(user["Name"]) if user else user_id
