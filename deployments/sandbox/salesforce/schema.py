"""What the pretend Salesforce knows about an sObject: its fields, their types and who points at whom.

Both the SOQL compiler and the HTTP surface read these. Values are stored in SQLite as Salesforce prints them:
ids and text as TEXT, dates as `YYYY-MM-DD`, moments as `YYYY-MM-DDTHH:MM:SS.000+0000` (UTC, so that text order is
time order), booleans as 0/1, numbers as INTEGER or REAL, multi-select picklists joined with `;`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

FieldType = Literal[
    "id", "reference", "string", "textarea", "picklist", "multipicklist", "combobox", "email", "phone", "url",
    "boolean", "int", "double", "currency", "percent", "date", "datetime", "anyType",
]  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field. `derived` is a SQL expression over the row's alias `{row}` for what Salesforce computes itself;
    `formula` is how Salesforce words it, of a formula field."""

    name: str
    type: FieldType = "string"
    label: str = ""
    reference_to: tuple[str, ...] = ()
    relationship: str | None = None  # the dotted parent, e.g. Account for AccountId
    children: str | None = None  # the child relationship on the target, e.g. Tasks for Task.WhatId
    length: int = 255
    nillable: bool = True
    createable: bool = True
    updateable: bool = True
    filterable: bool = True
    sortable: bool = True
    groupable: bool = True
    picklist: tuple[str, ...] = ()
    restricted: bool = False
    derived: str | None = None
    formula: str = ""

    @property
    def custom(self) -> bool:
        return self.name.endswith("__c")


@dataclass(frozen=True)
class SObject:
    """One object: `prefix` is the three characters its ids begin with (006 for Opportunity)."""

    name: str
    prefix: str
    fields: tuple[Field, ...]
    label: str = ""
    label_plural: str = ""

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Fields by lower-cased name: SOQL ignores case."""
        return {f.name.lower(): f for f in self.fields}

    @cached_property
    def by_relationship(self) -> Mapping[str, Field]:
        """Reference fields by lower-cased parent relationship name (`account` -> AccountId)."""
        return {f.relationship.lower(): f for f in self.fields if f.relationship}


@dataclass(frozen=True)
class ChildRelationship:
    """`parent` has `name` (Tasks): the rows of `child` whose `field` (WhatId) is its Id."""

    parent: str
    name: str
    child: str
    field: str


@dataclass(frozen=True)
class Catalogue:
    """All objects of the org."""

    objects: tuple[SObject, ...]
    _index: dict[str, SObject] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._index.update({o.name.lower(): o for o in self.objects})

    def get(self, name: str) -> SObject | None:
        """The object of that name in any case, or None."""
        return self._index.get(name.lower())

    def children_of(self, parent: str) -> Iterable[ChildRelationship]:
        """Every child relationship that `parent` has."""
        for o in self.objects:
            for f in o.fields:
                if f.children and parent in f.reference_to:
                    yield ChildRelationship(parent, f.children, o.name, f.name)
