"""A parsed query to a plan: the SQL to run, and the shape of the records to make of its rows."""

# ruff: noqa: S608 - the statements are made of names of the catalogue; every value is a parameter

from dataclasses import dataclass, field

from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.soql.ast import Call, Child, Path, Query, Selected, SelectItem, TypeOf
from deployments.sandbox.salesforce.soql.context import Column, Context, Fragment
from deployments.sandbox.salesforce.soql.expressions import checked, column
from deployments.sandbox.salesforce.soql.functions import DATE_PARTS
from deployments.sandbox.salesforce.soql.grouped import (
    CountPlan,
    GroupPlan,
    count_plan,
    group_plan,
    is_count,
    is_grouped,
)
from deployments.sandbox.salesforce.soql.restrictions import refuse_free_search
from deployments.sandbox.salesforce.soql.rows import ChildSlot, Shape, Value
from deployments.sandbox.salesforce.soql.scope import Parent, Scope, Table
from deployments.sandbox.salesforce.soql.semijoins import where
from deployments.sandbox.salesforce.soql.sources import (
    body,
    limit_sql,
    named_scope,
    order_sql,
    refuse_unsupported,
    top_scope,
)

LARGEST_FIELD_SET = 200  # rows of FIELDS(ALL) and FIELDS(CUSTOM)
MOST_CHILDREN = 20


@dataclass(frozen=True)
class RowsPlan:
    """Records. A child plan's first value is the JSON list of parent ids, its last column the parent's id."""

    statement: Fragment
    shape: Shape
    children: "tuple[RowsPlan, ...]" = ()


Plan = RowsPlan | CountPlan | GroupPlan


def compile_query(context: Context, query: Query) -> Plan:
    """The plan for a whole query. Raises SoqlError for whatever Salesforce would refuse."""
    refuse_unsupported(context, query)
    scope = top_scope(context, query)
    refuse_free_search(query)
    if is_count(query):
        return count_plan(scope, query)
    if is_grouped(query):
        return group_plan(scope, query)
    selection = _select(scope, query)
    order = _order(scope, query)
    rows = body(scope, where(scope, query))
    columns = ", ".join(selection.columns)
    sql = f"SELECT {columns}{rows.sql}{order}{limit_sql(query.limit, query.offset)}"
    return RowsPlan(Fragment(sql, rows.params), selection.shape, tuple(selection.children))


def _child_plan(parent: Scope, outer: Query, child: Child) -> tuple[str, RowsPlan]:
    """The plan of a child subquery for all parents at once, and the name of its relationship."""
    context, query = parent.context, child.query
    refuse_unsupported(context, query)
    if query.offset and outer.limit != 1:
        raise context.error(child.at, "OFFSET in a subquery needs LIMIT 1 in the query around it")
    name, sobject, reference = _relationship(parent, query)
    scope = named_scope(context, sobject, query)
    if is_count(query) or is_grouped(query):
        raise context.error(child.at, "Aggregate functions and GROUP BY are not allowed in a child subquery")
    selection = _select(scope, query)
    key = scope.root.sql(reference)
    order = _order(scope, query)
    rows = body(scope, [Fragment(f"{key} IN (SELECT value FROM json_each(?))"), *where(scope, query)])
    statement = _per_parent(query, selection.columns, key, order, rows)
    return name, RowsPlan(statement, selection.shape, tuple(selection.children))


def _per_parent(query: Query, columns: list[str], key: str, order: str, rows: Fragment) -> Fragment:
    """The rows of all parents; LIMIT and OFFSET hold for each parent."""
    if query.limit is None and not query.offset:
        return Fragment(f"SELECT {', '.join(columns)}, {key}{rows.sql}{order}", rows.params)
    first = (query.offset or 0) + 1
    last = first + query.limit - 1 if query.limit is not None else -1
    named = ", ".join(f"{sql} AS c{i}" for i, sql in enumerate(columns))
    place = f"ROW_NUMBER() OVER (PARTITION BY {key}{order}) AS place"
    inner = f"SELECT {named}, {key} AS parent, {place}{rows.sql}"
    outer = ", ".join(f"c{i}" for i in range(len(columns)))
    window = f"place >= {first}" + (f" AND place <= {last}" if query.limit is not None else "")
    return Fragment(f"SELECT {outer}, parent FROM ({inner}) WHERE {window} ORDER BY parent, place", rows.params)


def _relationship(parent: Scope, query: Query) -> tuple[str, SObject, Field]:
    """The child relationship that a subquery is FROM: its name, the child object, its reference field."""
    context, sobject = parent.context, parent.root.sobject
    *before, name = query.source.parts
    known = not before or (len(before) == 1 and not parent.relationships(Path((before[0], name))))
    for relationship in context.catalogue.children_of(sobject.name) if known else ():
        if relationship.name.lower() == name.lower():
            child = context.sobject(relationship.child, query.source.at)
            return relationship.name, child, child.by_name[relationship.field.lower()]
    raise context.error(
        query.source.at,
        f"Didn't understand relationship '{query.source.text}' in FROM part of query call. If you are attempting to"
        " use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference"
        " your WSDL or the describe call for the appropriate names.",
        code="INVALID_TYPE",
    )


def _order(scope: Scope, query: Query) -> str:
    keys = []
    for order in query.order_by:
        found = checked(scope, column(scope, order.expression), "sorted")
        if found.aggregate:
            raise scope.context.error(found.at, "Aggregate functions need GROUP BY")
        keys.append((found, order))
    return order_sql(keys)


def _select(scope: Scope, query: Query) -> "_Selection":
    selection = _Selection(scope)
    if sum(isinstance(item, Child) for item in query.select) > MOST_CHILDREN:
        raise scope.context.error(query.at, f"Only {MOST_CHILDREN} child subqueries are allowed")
    for item in query.select:
        selection.add(item, query)
    return selection


@dataclass
class _Selection:
    """Collects the SELECT list: SQL columns, the shape of a record, the plans of its children."""

    scope: Scope
    columns: list[str] = field(default_factory=list)
    children: list[RowsPlan] = field(default_factory=list)

    def __post_init__(self) -> None:
        root = self.scope.root
        self.shape = Shape(self._index(f'{root.alias}."Id"'), root.sobject.name)

    def add(self, item: SelectItem, query: Query) -> None:
        match item:
            case Selected(Call(name="FIELDS") as call, _):
                self._field_set(call, query)
            case Selected():
                self._expression(item)
            case TypeOf():
                self._type_of(item)
            case Child():
                name, plan = _child_plan(self.scope, query, item)
                self._put(self.shape, name, ChildSlot(len(self.children)), item.at)
                self.children.append(plan)

    def _expression(self, item: Selected) -> None:
        node = item.expression
        error = self.scope.context.error
        if isinstance(node, Path) and item.alias:
            raise error(node.at, "only aggregate expressions use field aliasing")
        if isinstance(node, Call) and node.name in DATE_PARTS:
            raise error(node.at, f"Field must be grouped or aggregated: {node.name}")
        found = column(self.scope, node)
        source = node if isinstance(node, Path) else node.args[0]
        parents = self.scope.relationships(source) if isinstance(source, Path) and not item.alias else ()
        self._field(self._parent_shape(parents, node.at), item.alias or found.name, found)

    def _field_set(self, call: Call, query: Query) -> None:
        which = call.args[0].text.upper() if isinstance(call.args[0], Path) else ""
        if which != "STANDARD" and (query.limit is None or query.limit > LARGEST_FIELD_SET):
            message = f"The SOQL FIELDS function must have a LIMIT of at most {LARGEST_FIELD_SET}"
            raise self.scope.context.error(call.at, message)
        root = self.scope.root
        for known in root.sobject.fields:
            if which == "ALL" or known.custom == (which == "CUSTOM"):
                self._field(self.shape, known.name, self.scope.own(root, known.name, call.at))

    def _type_of(self, item: TypeOf) -> None:
        path, context = item.relationship, self.scope.context
        names = (*self.scope.relationships(path), path.parts[-1])
        parent = self.scope.parent(names, path.at)
        if not parent.polymorphic:
            raise context.error(path.at, f"TYPEOF needs a polymorphic relationship, {path.text} is none")
        shape = self._shape_of(parent, label=None)
        for sobject, paths in item.branches:
            table = parent.table(context.sobject(sobject, path.at).name)
            if table is None:
                raise context.error(path.at, f"Relationship {path.text} does not lead to {sobject}")
            shape.typed[table.sobject.name] = self._branch(shape, table, paths)
        for other in item.otherwise:
            self._field(shape, other.parts[-1], self._simple(names, other))
        self._put(self._parent_shape(names[:-1], path.at), parent.relationship, shape, path.at)

    def _branch(self, shape: Shape, table: Table, paths: tuple[Path, ...]) -> Shape:
        branch = Shape(shape.id, shape.kind)
        for path in paths:
            if len(path.parts) > 1:
                raise self.scope.context.error(path.at, "TYPEOF with parents of parents is not supported")
            self._field(branch, path.text, self.scope.own(table, path.text, path.at))
        return branch

    def _simple(self, parents: tuple[str, ...], path: Path) -> Column:
        if len(path.parts) > 1:
            raise self.scope.context.error(path.at, "TYPEOF with parents of parents is not supported")
        return self.scope.column_of(parents, path.text, path.at)

    def _parent_shape(self, names: tuple[str, ...], at: int) -> Shape:
        """The shape of the parent along these relationships, made where it is missing."""
        shape = self.shape
        for depth in range(1, len(names) + 1):
            parent = self.scope.parent(names[:depth], at)
            cell = shape.cells.get(parent.relationship)
            if not isinstance(cell, Shape):
                cell = self._shape_of(parent, label="Name")
                shape.cells[parent.relationship] = cell
            shape = cell
        return shape

    def _shape_of(self, parent: Parent, label: str | None) -> Shape:
        index = self._index(parent.id_sql())
        if parent.polymorphic:
            return Shape(index, self._index(parent.type_sql()), label)
        return Shape(index, parent.tables[0].sobject.name)

    def _field(self, shape: Shape, name: str, found: Column) -> None:
        name = found.field.name if found.field and name.lower() == found.field.name.lower() else name
        self._put(shape, name, Value(self._index(found.sql), found.type), found.at)

    def _put(self, shape: Shape, name: str, cell: Value | Shape | ChildSlot, at: int) -> None:
        if name in shape.cells:
            message = f"duplicate field selected: {name}"
            raise self.scope.context.error(at, message, code="INVALID_FIELD")
        shape.cells[name] = cell

    def _index(self, sql: str) -> int:
        if sql not in self.columns:
            self.columns.append(sql)
        return self.columns.index(sql)
