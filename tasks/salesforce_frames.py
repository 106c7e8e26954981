"""Salesforce rows to typed frames: the border at which raw names (`Owner.Name`) end. Pure; page by page.

The same columns serve JSON records and Bulk API CSV, whose headers are the same dotted paths.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

Kind = Literal["text", "moment", "day", "number", "flag"]
Columns = Mapping[str, "Column"]


@dataclass(frozen=True)
class Column:
    """Where a column comes from. `path` may be empty for a field this org does not have: the column is missing."""

    path: str
    kind: Kind = "text"


def paths(columns: Columns) -> list[str]:
    """The fields to ask for, without those that this org does not have."""
    return [column.path for column in columns.values() if column.path]


def from_records(records: Sequence[Mapping[str, Any]], columns: Columns) -> pd.DataFrame:
    """One page of REST records as a typed frame with exactly `columns`."""
    raw = {name: _values(records, column.path) for name, column in columns.items()}
    return pd.DataFrame({name: _typed(pd.Series(raw[name], dtype=object), c.kind) for name, c in columns.items()})


def from_csv(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """One page of Bulk API results, read as text with empty cells missing, as a typed frame with exactly `columns`."""
    found = {name: _typed(frame[c.path], c.kind) for name, c in columns.items() if c.path}
    return conform(pd.DataFrame(found, index=frame.index), columns)


def conform(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """`frame` with exactly `columns`, in their order; what it lacks is missing, with the right type."""
    none = pd.Series([], index=frame.index[:0], dtype=object)
    return pd.DataFrame(
        {n: frame[n] if n in frame else _typed(none, c.kind).reindex(frame.index) for n, c in columns.items()}
    )


def together(pages: Iterable[pd.DataFrame], columns: Columns) -> pd.DataFrame:
    """All pages in one frame; typed and empty when there were none."""
    kept = [page for page in pages if len(page)]
    return pd.concat(kept, ignore_index=True) if kept else from_records([], columns)


def _values(records: Sequence[Mapping[str, Any]], path: str) -> list[Any]:
    if not path:
        return [None] * len(records)
    first, *rest = path.split(".")
    values: list[Any] = [record.get(first) for record in records]
    for name in rest:  # a parent may be empty, or one that the user may not see
        values = [None if value is None else value.get(name) for value in values]
    return values


def _typed(values: pd.Series, kind: Kind) -> pd.Series:
    if kind == "moment":
        return pd.to_datetime(values, utc=True, format="ISO8601").astype("datetime64[us, UTC]")
    if kind == "day":
        return pd.to_datetime(values, format="%Y-%m-%d").astype("datetime64[us]")
    if kind == "number":
        return pd.to_numeric(values).astype("float64")
    if kind == "flag":
        return values.map({True: True, False: False, "true": True, "false": False}).astype("boolean")
    return values.astype("str")
