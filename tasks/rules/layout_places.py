"""The parts of an object's pages that users see, as what fields are looked for in. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tasks.rules.expected import Expectation, Side
from tasks.rules.judging import quoted
from tasks.rules.labels import fields_called, given_for, picked, plain
from tasks.rules.org_facts import Kind, OrgFacts, Surface

PAGES: Final = (Surface.LAYOUT, Surface.LIGHTNING)
_READING: Final = ["surface", "surface_name", "section_position", "position", "column", "section", "label", "field",
                   "kind"]  # fmt: skip
_WHERE: Final = {Side.TOP: "at the top", Side.RIGHT: "on the right", Side.BOTTOM: "at the bottom"}


@dataclass(frozen=True)
class Place:
    """A part of a page: `rows` of the facts in reading order; `surface` as the report names it."""

    surface: str
    rows: pd.DataFrame

    @property
    def fields(self) -> pd.DataFrame:
        """The fields that users can read, in reading order."""
        return self.rows[self.rows["kind"].eq(Kind.FIELD) & self.rows["visible"]]


def rows_of(facts: OrgFacts, sobject: str, *surfaces: Surface, in_use: bool = True) -> pd.DataFrame:
    """The rows of these surfaces that users of the profile see (or do not), in reading order."""
    frame = facts.facts
    own = frame["object"].eq(sobject) & frame["surface"].isin([str(one) for one in surfaces])
    return frame[own & frame["in_use"].eq(in_use)].sort_values(_READING, kind="stable")


def sections(facts: OrgFacts, sobject: str) -> list[Place]:
    """The sections of the pages in use, in reading order; those of the Lightning page after those of the layout."""
    rows = rows_of(facts, sobject, *PAGES)
    rows = rows[rows["section"].ne("") | rows["section_position"].gt(0)]
    parts = rows.groupby(["surface", "surface_name", "section_position", "section"], sort=False)
    return [Place(surface_said(part), part) for _, part in parts]


def sections_number(number: int, facts: OrgFacts, sobject: str) -> list[Place]:
    """The first, second, … section of each page in use, those of a sidebar or footer not counted."""
    met: dict[str, list[Place]] = {}
    for place in sections(facts, sobject):
        if not place.rows["region"].isin([Side.RIGHT, Side.BOTTOM]).any():
            met.setdefault(place.surface, []).append(place)
    return [places[number - 1] for places in met.values() if len(places) >= number]


def surface_said(rows: pd.DataFrame) -> str:
    """The surfaces of the rows by name: "Lightning page Account Record Page"; "" for no rows."""
    pairs = dict.fromkeys(zip(rows["surface"], rows["surface_name"], strict=True))
    return " and ".join(f"{surface} {name}".strip() for surface, name in pairs)


def elsewhere_said(unused: pd.DataFrame, used: pd.DataFrame) -> str:
    """ "on the page layout, not on the Lightning page": where it stands unseen, and where users look."""
    there = list(dict.fromkeys(unused["surface"]))
    here = [one for one in dict.fromkeys(used["surface"]) if one not in {*there, Surface.HIGHLIGHTS}]
    return f"on the {' and '.join(there)}, not on {'the ' + ' and '.join(here) if here else 'what users see'}"


@dataclass(frozen=True)
class Meant:
    """What the handbook means by a label: fields by API name, and what pages call it."""

    fields: frozenset[str]
    said: str
    only_fields: bool

    def among(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows that are meant."""
        if self.only_fields:
            return rows[rows["field"].isin(self.fields)]
        pairs = zip(rows["field"], rows["label"], strict=True)
        return picked(rows, (self._fits(name, label) for name, label in pairs))

    def _fits(self, name: str, label: str) -> bool:
        return name in self.fields or self.said in {name.casefold(), plain(label)}


def meant_by(label: str, expectation: Expectation, facts: OrgFacts) -> Meant:
    """What `fields` gives for the label, else the label on the page or the fields that have it."""
    fields, given = fields_called(label, expectation, facts), given_for(label, expectation)
    return Meant(frozenset(fields), plain(given or label), bool(given and fields))


def is_on(place: Place, side: Side, facts: OrgFacts, items: pd.DataFrame) -> bool:
    """Whether a section is on that side: in that region; on the right also where its `items` fill the second column;
    at the top or bottom also as the first or last section of its page."""
    if place.rows["region"].eq(side).any():
        return True
    if side is Side.RIGHT:
        return bool(len(items) and items["column"].eq(2).all())
    number, first = int(place.rows["section_position"].iloc[0]), place.rows.iloc[0]
    page = rows_of(facts, first["object"], Surface(first["surface"]))
    last = int(page.loc[page["surface_name"].eq(first["surface_name"]), "section_position"].max())
    return number > 0 and number == (1 if side is Side.TOP else last)


def where_said(rows: pd.DataFrame) -> str:
    """Where the rows stand: "on the right", "in the main part of the page"."""
    regions = [region for region in dict.fromkeys(rows["region"]) if region in set(Side)]
    return _WHERE[Side(regions[0])] if regions else "in the main part of the page"


def side_said(side: Side) -> str:
    """ "on the right"."""
    return _WHERE[side]


def section_said(rows: pd.DataFrame) -> str:
    """Which section the first row is in: "section “Details”", "the highlights"."""
    row = rows.iloc[0]
    if row["surface"] == Surface.HIGHLIGHTS:
        return "the highlights"
    return f"section {quoted(row['section'])}" if row["section"] else where_said(rows).removeprefix("in ")


def headings(places: Iterable[Place]) -> list[str]:
    """The headings of sections, without those that have none."""
    return [name for place in places if (name := str(place.rows["section"].iloc[0]))]
