"""Pages of a query's result, and the locators that lead to the next one."""

import itertools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.ids import make_id

PAGE = 2000
OPEN_PER_USER = 10
LIFETIME = timedelta(days=2)
Record = dict[str, Any]


@dataclass
class _Cursor:
    id: str
    user_id: str
    opened: datetime
    total: int
    records: list[Record]
    nested: list[str] = field(default_factory=list)  # cursors of child rows that did not fit


class Cursors:
    """Open results. A user has at most ten at a time: the oldest goes; none lives longer than two days."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._serial = itertools.count(1)
        self._open: OrderedDict[str, _Cursor] = OrderedDict()
        self._nested: dict[str, _Cursor] = {}

    def first(self, total: int, records: list[Record], user_id: str, size: int, base: str) -> Record:
        """The first page of a result, in the shape of the query resource."""
        cursor = self._cursor(total, records, user_id)
        page = self._page(cursor, 0, size, base)
        if not page["done"] or cursor.nested:
            self._keep(cursor)
        return page

    def next(self, locator: str, user_id: str, size: int, base: str) -> Record:
        """The page that a locator (`01g…-2000`) leads to. SalesforceError for one that is unknown, old or another's."""
        cursor_id, _, offset = locator.partition("-")
        cursor = self._open.get(cursor_id) or self._nested.get(cursor_id)
        good = cursor is not None and cursor.user_id == user_id and self._now() - cursor.opened <= LIFETIME
        if cursor is None or not good or not offset.isdecimal() or int(offset) >= len(cursor.records):
            raise SalesforceError(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        return self._page(cursor, int(offset), size, base)

    def _cursor(self, total: int, records: list[Record], user_id: str) -> _Cursor:
        return _Cursor(make_id("01g", next(self._serial)), user_id, self._now(), total, records)

    def _keep(self, cursor: _Cursor) -> None:
        self._open[cursor.id] = cursor
        mine = [c for c in self._open.values() if c.user_id == cursor.user_id]
        for old in mine[:-OPEN_PER_USER]:
            del self._open[old.id]
            for child in old.nested:
                self._nested.pop(child, None)

    def _page(self, cursor: _Cursor, offset: int, size: int, base: str) -> Record:
        """Records from `offset` on, as many as fit: child rows count too."""
        rows: list[Record] = []
        room = size
        while offset < len(cursor.records):
            record = cursor.records[offset]
            weight = 1 + sum(len(c["records"]) for c in _child_results(record).values())
            if weight > room and rows:
                break
            rows.append(record if weight <= room else self._clipped(cursor, record, room - 1, base))
            room -= weight
            offset += 1
        page: Record = {"totalSize": cursor.total, "done": offset >= len(cursor.records)}
        if not page["done"]:
            page["nextRecordsUrl"] = _address(base, cursor, offset)
        return {**page, "records": rows}

    def _clipped(self, cursor: _Cursor, record: Record, room: int, base: str) -> Record:
        """A record with more child rows than a page holds: the rest is behind a locator of its own."""
        clipped = dict(record)
        for name, result in _child_results(record).items():
            kept = result["records"][:room]
            room -= len(kept)
            if len(kept) == len(result["records"]):
                continue
            child = self._cursor(result["totalSize"], result["records"], cursor.user_id)
            self._nested[child.id] = child
            cursor.nested.append(child.id)
            more = {"done": False, "nextRecordsUrl": _address(base, child, len(kept))}
            clipped[name] = {"totalSize": result["totalSize"], **more, "records": kept}
        return clipped


def _child_results(record: Record) -> dict[str, Record]:
    return {k: v for k, v in record.items() if isinstance(v, dict) and isinstance(v.get("records"), list)}


def _address(base: str, cursor: _Cursor, offset: int) -> str:
    return f"{base}/query/{cursor.id}-{offset}"
