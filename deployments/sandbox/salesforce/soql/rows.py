"""Rows of SQLite to records as Salesforce's JSON shows them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deployments.sandbox.salesforce.schema import FieldType

Row = Sequence[Any]
Record = dict[str, Any]
# The records of each child subquery, by its slot and then by the id of the parent.
Children = Sequence[Mapping[str, list[Record]]]

_CONVERT: dict[FieldType, Callable[[Any], Any]] = {
    "boolean": bool,
    "int": int,
    "double": float,
    "currency": float,
    "percent": float,
}


@dataclass(frozen=True)
class Value:
    """A field: the column of the row, and its type."""

    index: int
    type: FieldType

    def read(self, row: Row) -> Any:
        raw = row[self.index]
        convert = _CONVERT.get(self.type)
        return raw if raw is None or convert is None else convert(raw)


@dataclass(frozen=True)
class ChildSlot:
    """Where the records of a child subquery go."""

    slot: int


@dataclass(frozen=True)
class Shape:
    """One record, or a parent within it.

    `id` is the index of its id; `kind` the object's name, or the index of it where a relationship may lead to
    several; `label` is the type shown then. A TYPEOF has one shape of fields for each object in `typed`.
    """

    id: int
    kind: str | int
    label: str | None = None
    cells: "dict[str, Value | Shape | ChildSlot]" = field(default_factory=dict)
    typed: "dict[str, Shape]" = field(default_factory=dict)

    def record(self, row: Row, children: Children, base: str) -> Record | None:
        """The record, None when the row has no such parent. `base` begins the URLs: /services/data/v67.0."""
        record_id = row[self.id]
        if record_id is None:
            return None
        kind = row[self.kind] if isinstance(self.kind, int) else self.kind
        shape = self.typed.get(kind, self)
        record: Record = {"attributes": {"type": self.label or kind, "url": f"{base}/sobjects/{kind}/{record_id}"}}
        for name, cell in shape.cells.items():
            match cell:
                case Value():
                    record[name] = cell.read(row)
                case Shape():
                    record[name] = cell.record(row, children, base)
                case ChildSlot():
                    record[name] = _nested(children[cell.slot].get(record_id))
        return record

    def flat(self, prefix: str = "") -> Iterator[tuple[str, Value]]:
        """The fields in order under their dotted names, as CSV shows them."""
        for name, cell in self.cells.items():
            match cell:
                case Value():
                    yield prefix + name, cell
                case Shape():
                    yield from cell.flat(f"{prefix}{name}.")
                case ChildSlot():
                    raise ValueError(f"{prefix}{name} is a subquery and has no place in flat rows")


def _nested(records: list[Record] | None) -> Record | None:
    if not records:
        return None
    return {"totalSize": len(records), "done": True, "records": records}
