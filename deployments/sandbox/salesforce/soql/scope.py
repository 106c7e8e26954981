"""Finds fields: a dotted path becomes a SQL column, its parents become LEFT JOINs of one SELECT."""

from dataclasses import dataclass

from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.soql.ast import Path
from deployments.sandbox.salesforce.soql.context import Column, Context

MOST_PARENTS = 55
LONGEST_PATH = 5  # relationships from child to parent
# What can be read through a relationship that may lead to several objects: the entity "Name" of Salesforce.
_NAME_FIELDS = {
    f.name.lower(): f
    for f in (
        Field("Id", "id"),
        Field("Name"),
        Field("Type"),
        *(Field(name) for name in ("FirstName", "LastName", "Title", "Alias", "Username")),
        Field("Email", "email"),
        Field("Phone", "phone"),
        Field("IsActive", "boolean"),
        Field("ProfileId", "reference"),
        Field("UserRoleId", "reference"),
    )
}
_NAME_RELATIONSHIPS = {"profile", "userrole"}


@dataclass(frozen=True)
class Table:
    """One object under its SQL alias."""

    alias: str
    sobject: SObject

    def sql(self, field: Field) -> str:
        if field.derived:
            return f"({field.derived.format(row=self.alias)})"
        return f'{self.alias}."{field.name}"'


@dataclass(frozen=True)
class Parent:
    """Where a relationship leads: one table for each object it may point at."""

    relationship: str
    tables: tuple[Table, ...]
    polymorphic: bool

    def id_sql(self) -> str:
        return _first([f'{t.alias}."Id"' for t in self.tables])

    def type_sql(self) -> str:
        """The name of the object that a polymorphic relationship led to, null when to none."""
        cases = "".join(f" WHEN {t.alias}.\"Id\" IS NOT NULL THEN '{t.sobject.name}'" for t in self.tables)
        return f"CASE{cases} END" if cases else "NULL"

    def table(self, sobject: str) -> Table | None:
        return next((t for t in self.tables if t.sobject.name.lower() == sobject.lower()), None)


class Scope:
    """The names that one SELECT can see."""

    def __init__(self, context: Context, sobject: SObject, names: tuple[str, ...] = ()) -> None:
        """`names` may stand before a field for the object itself: its alias, its name."""
        self.context = context
        self.root = Table(context.alias(), sobject)
        self._names = {n.lower() for n in names}
        self._joins: list[str] = []
        self._parents: dict[tuple[str, ...], Parent] = {}

    def from_sql(self) -> str:
        """The tables of the SELECT. MALFORMED_QUERY when there are more parents than Salesforce allows."""
        if len(self._joins) > MOST_PARENTS:
            raise self.context.error(0, f"Only {MOST_PARENTS} child-to-parent relationships are allowed in a query")
        return " ".join([f'"{self.root.sobject.name}" AS {self.root.alias}', *self._joins])

    def column(self, path: Path) -> Column:
        """The column at `path`. INVALID_FIELD when there is none."""
        return self.column_of(self.relationships(path), path.parts[-1], path.at)

    def relationships(self, path: Path) -> tuple[str, ...]:
        """The relationships of `path`, without the object's own name before them."""
        parents = path.parts[:-1]
        if parents and parents[0].lower() in self._names and not self._has_parent(parents[0]):
            return parents[1:]
        return parents

    def column_of(self, parents: tuple[str, ...], name: str, at: int) -> Column:
        if not parents:
            return self.own(self.root, name, at)
        parent = self.parent(parents, at)
        if parent.polymorphic:
            return self._of_any(parent, name, at)
        return self.own(parent.tables[0], name, at)

    def own(self, table: Table, name: str, at: int) -> Column:
        """A field of one table."""
        field = table.sobject.by_name.get(name.lower())
        if field is None:
            raise self.context.no_column(at, name, table.sobject.name)
        return Column(table.sql(field), field.name, field.type, at, field)

    def parent(self, names: tuple[str, ...], at: int) -> Parent:
        """The parent along these relationships, joined once."""
        if len(names) > LONGEST_PATH:
            raise self.context.error(at, f"Only {LONGEST_PATH} levels of child-to-parent relationships are allowed")
        key = tuple(n.lower() for n in names)
        if key not in self._parents:
            self._parents[key] = self._join(self._tables(names[:-1], names[-1], at), names[-1], at)
        return self._parents[key]

    def _has_parent(self, name: str) -> bool:
        return name.lower() in self.root.sobject.by_relationship

    def _tables(self, before: tuple[str, ...], name: str, at: int) -> tuple[Table, ...]:
        """The tables that carry the relationship `name`."""
        if not before:
            return (self.root,)
        parent = self.parent(before, at)
        if parent.polymorphic and name.lower() not in _NAME_RELATIONSHIPS:
            raise self.context.no_relationship(at, name)
        return parent.tables

    def _join(self, tables: tuple[Table, ...], name: str, at: int) -> Parent:
        carriers = [
            (t, t.sobject.by_relationship[name.lower()]) for t in tables if name.lower() in t.sobject.by_relationship
        ]
        if not carriers:
            raise self.context.no_relationship(at, name)
        reference = _first([table.sql(field) for table, field in carriers])
        field = carriers[0][1]
        targets = [t for t in map(self.context.catalogue.get, field.reference_to) if t is not None]
        if not targets:
            raise self.context.no_relationship(at, name)
        joined = tuple(Table(self.context.alias(), target) for target in targets)
        for table in joined:
            self._joins.append(f'LEFT JOIN "{table.sobject.name}" AS {table.alias} ON {table.alias}."Id" = {reference}')
        return Parent(field.relationship or name, joined, len(field.reference_to) > 1)

    def _of_any(self, parent: Parent, name: str, at: int) -> Column:
        field = _NAME_FIELDS.get(name.lower())
        if field is None:
            raise self.context.no_column(at, name, "Name")
        if field.name == "Type":
            return Column(parent.type_sql(), "Type", "string", at, field)
        found = [t.sql(f) for t in parent.tables if (f := t.sobject.by_name.get(name.lower()))]
        return Column(_first(found), field.name, field.type, at, field)


def _first(expressions: list[str]) -> str:
    """The first of these that is not null."""
    if len(expressions) == 1:
        return expressions[0]
    return f"COALESCE({', '.join(expressions)})" if expressions else "NULL"
