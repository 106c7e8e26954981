"""What an org looks like to users of one profile: the tidy frames that the expectations are held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import pandas as pd


class Surface(StrEnum):
    """Where something is shown, as the report calls it."""

    TABS = "tabs"
    NAVIGATION = "app navigation"
    LIST_VIEW = "list views"
    HIGHLIGHTS = "highlights"
    LAYOUT = "page layout"
    LIGHTNING = "Lightning page"
    RECORDS = "records"


class Kind(StrEnum):
    """What a row of the facts is."""

    TAB = "tab"  # `visible`: on by default; `field`: the object, where it is an object's
    VIEW = "list view"  # `field`: its API name; `visible`: shared with all; `detail`: its scope
    FILTER = "filter"  # of the list view named in `section`; `label`: "Type equals Customer"
    FIELD = "field"
    LINK = "link"  # a custom link, or a field that is one; `detail`: its address or formula
    RELATED_LIST = "related list"  # `field`: its API name; `detail`: the object it lists
    COMPONENT = "component"  # `field`: its component name (runtime_sales_activities:activityPanel)
    SECTION = "section"  # one row a section, also an empty one: `section` is its heading


# object        API name; "" for tabs and navigation
# surface       see Surface; surface_name  of the layout, Lightning page, compact layout, app or list view
# in_use        whether users of the profile see this surface of the object
# region        "top", "main", "right", "bottom"; "" where there is none
# section       heading as shown; "" for none; section_position  1 for the first of the page, 0 for none
# column        1 or 2 (left, right) within the section, 0 where there is none
# position      1 for the first of its section, list or region, in reading order: row by row
# kind, field, label, detail   see Kind; label as users read it
# visible       the profile may read it (field-level security); for tabs and list views see Kind
# conditional   shown to some only (a visibility rule)
FACTS: Final = {
    "object": "str", "surface": "str", "surface_name": "str", "in_use": "bool", "region": "str", "section": "str",
    "section_position": "int64", "column": "int64", "position": "int64", "kind": "str", "field": "str", "label": "str",
    "detail": "str", "visible": "bool", "conditional": "bool",
}  # fmt: skip

# The fields of each object: object, field (API name), label, type (currency), visible (may be read by the profile),
# formula ("" for none).
CATALOGUE: Final = {
    "object": "str", "field": "str", "label": "str", "type": "str", "visible": "bool", "formula": "str",
}  # fmt: skip

# Setup audit trail, newest first: at (aware UTC), who, section ("Page Layouts"), said ("Changed Account page layout").
TRAIL: Final = {"at": "datetime64[us, UTC]", "who": "str", "section": "str", "said": "str"}

_DEFAULTS: Final[dict[str, Any]] = {"str": "", "bool": False, "int64": 0}


@dataclass(frozen=True)
class Unread:
    """What could not be read: a surface of an object ("" for all objects), why, and the remedy, in a sentence."""

    surface: Surface
    object: str
    why: str


@dataclass(frozen=True)
class OrgFacts:
    """The structure of an org as users of `profile` see it.

    facts, catalogue, trail   see FACTS, CATALOGUE, TRAIL
    unread   what is missing in them; never judged as absent
    notes    what was assumed, a sentence each ("The only Lightning page of Account is taken to be the org's default")
    """

    profile: str
    facts: pd.DataFrame
    catalogue: pd.DataFrame
    trail: pd.DataFrame
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()

    def why_unread(self, surface: Surface, sobject: str) -> str:
        """Why this surface of the object could not be read; "" where it was."""
        return next((one.why for one in self.unread if one.surface is surface and one.object in {"", sobject}), "")


@dataclass(frozen=True)
class RecordFacts:
    """The values that the record checks are held against.

    frames   one an object, by API name: Id, Name, and a column an API name that was asked for (raw values; dates as
             datetime64, numbers as numbers, text as str); for an Opportunity also IsClosed and IsWon
    sums     one row an account that has opportunities: account_id, and a column a `Source` value
    notes    one row a note that is readable: object, record_id, record, kind ("classic", "enhanced"), at
    links    one row an address that was tried: url, state ("works", "broken", "cannot tell"), why
    unread   by object ("Account", "notes", "sums", "links"): why it could not be read, with the remedy
    """

    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    sums: pd.DataFrame = field(default_factory=pd.DataFrame)
    notes: pd.DataFrame = field(default_factory=pd.DataFrame)
    links: pd.DataFrame = field(default_factory=pd.DataFrame)
    unread: Mapping[str, str] = field(default_factory=dict)


def facts_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as FACTS has them, those of one surface of an object in reading order; what a row does not say is "",
    False or 0, but `visible` and `in_use` are True. Raises ValueError for a column that is none."""
    return _frame(rows, FACTS, {"visible": True, "in_use": True})


def catalogue_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as CATALOGUE has them; `visible` is True where a row does not say."""
    return _frame(rows, CATALOGUE, {"visible": True})


def trail_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as TRAIL has them, newest first."""
    frame = pd.DataFrame(list(rows), columns=list(TRAIL))
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    return frame.astype(TRAIL).sort_values("at", ascending=False, kind="stable", ignore_index=True)


def _frame(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str], defaults: Mapping[str, Any]) -> pd.DataFrame:
    blank = {name: defaults.get(name, _DEFAULTS[kind]) for name, kind in columns.items()}
    filled = [{**blank, **row} for row in rows]
    if strange := {name for row in filled for name in row} - set(columns):
        raise ValueError(f"no column of these facts: {', '.join(sorted(strange))}")
    return pd.DataFrame(filled, columns=list(columns)).astype(dict(columns))


def moment(text: str) -> datetime:
    """A moment as Salesforce writes it, aware."""
    return datetime.fromisoformat(text.replace("+0000", "+00:00"))
