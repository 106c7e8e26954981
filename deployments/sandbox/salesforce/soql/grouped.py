"""Aggregate queries: COUNT(), GROUP BY, HAVING."""

# ruff: noqa: S608 - the statements are made of names of the catalogue; every value is a parameter

from dataclasses import dataclass

from deployments.sandbox.salesforce.schema import FieldType
from deployments.sandbox.salesforce.soql.ast import Call, Expression, Path, Query, Selected, SemiJoin
from deployments.sandbox.salesforce.soql.context import Column, Fragment
from deployments.sandbox.salesforce.soql.expressions import checked, column
from deployments.sandbox.salesforce.soql.filters import Filter
from deployments.sandbox.salesforce.soql.functions import is_aggregate
from deployments.sandbox.salesforce.soql.scope import Scope
from deployments.sandbox.salesforce.soql.semijoins import where
from deployments.sandbox.salesforce.soql.sources import body, limit_sql, order_sql

MOST_GROUPS = 2000


@dataclass(frozen=True)
class CountPlan:
    """One number."""

    statement: Fragment


@dataclass(frozen=True)
class GroupPlan:
    """One row a group; `keys` name the columns. It asks for one group more than Salesforce gives at once."""

    statement: Fragment
    keys: tuple[tuple[str, FieldType], ...]


def is_count(query: Query) -> bool:
    """Whether this is SELECT COUNT()."""
    first = query.select[0]
    return isinstance(first, Selected) and isinstance(first.expression, Call) and not first.expression.args


def is_grouped(query: Query) -> bool:
    """Whether this is answered with AggregateResult rows."""
    return query.group_by is not None or any(
        isinstance(item, Selected) and is_aggregate(item.expression) for item in query.select
    )


def count_plan(scope: Scope, query: Query) -> CountPlan:
    """SELECT COUNT(), which counts no more than its LIMIT."""
    if query.group_by is not None or query.order_by:
        raise scope.context.error(query.at, "COUNT() cannot be used with GROUP BY or ORDER BY")
    rows = body(scope, where(scope, query))
    paging = limit_sql(query.limit, query.offset)
    sql = f"SELECT COUNT(*) FROM (SELECT 1{rows.sql}{paging})" if paging else f"SELECT COUNT(*){rows.sql}"
    return CountPlan(Fragment(sql, rows.params))


def group_plan(scope: Scope, query: Query) -> GroupPlan:
    """A query with aggregates or GROUP BY."""
    grouping = _Grouped(scope, query)
    selected = grouping.selected()
    conditions = where(scope, query)
    having = grouping.having()
    order = order_sql([(grouping.column(key.expression), key) for key in query.order_by])
    rows = body(scope, conditions)
    group_by = f" GROUP BY {', '.join(grouping.by)}" if grouping.by else ""
    having_sql = f" HAVING {having.sql}" if having else ""
    limit = min(query.limit, MOST_GROUPS + 1) if query.limit is not None else MOST_GROUPS + 1
    columns = ", ".join(c.sql for _, c in selected)
    sql = f"SELECT {columns}{rows.sql}{group_by}{having_sql}{order}{limit_sql(limit, query.offset)}"
    params = rows.params + (having.params if having else ())
    return GroupPlan(Fragment(sql, params), tuple((name, c.type) for name, c in selected))


class _Grouped:
    """The columns that a grouped query may name: what it groups by, and aggregates."""

    def __init__(self, scope: Scope, query: Query) -> None:
        self._scope = scope
        self._query = query
        self._error = scope.context.error
        self._refuse()
        expressions = query.group_by.by if query.group_by else ()
        columns = [checked(scope, column(scope, e), "grouped") for e in expressions]
        for found in columns:
            if found.aggregate:
                raise self._error(found.at, "Aggregate functions are not allowed in GROUP BY")
        self.by = tuple(found.folded for found in columns)
        self._plain = {found.sql for found in columns}

    def _refuse(self) -> None:
        query = self._query
        if query.group_by is None and query.limit is not None:
            message = "Non-grouped query that uses overall aggregate functions cannot also use LIMIT"
            raise self._error(query.at, message)
        if query.group_by is not None and query.group_by.kind:
            message = f"GROUP BY {query.group_by.kind} is not supported in this organization"
            raise self._error(query.at, message)

    def column(self, node: Expression) -> Column:
        """An aggregate, or a field that is grouped by."""
        found = column(self._scope, node)
        if not found.aggregate and found.sql not in self._plain:
            raise self._error(found.at, f"Field must be grouped or aggregated: {found.name}")
        return found

    def selected(self) -> list[tuple[str, Column]]:
        """Keys and columns. What has neither alias nor name is expr0, expr1 and so on."""
        result: dict[str, Column] = {}
        unnamed = 0
        for item in self._query.select:
            if not isinstance(item, Selected):
                raise self._error(self._query.at, "Grouped query cannot have subqueries or TYPEOF")
            found = self.column(item.expression)
            name = item.alias or (found.name if isinstance(item.expression, Path) else None)
            if name is None:
                name, unnamed = f"expr{unnamed}", unnamed + 1
            if name.lower() in {known.lower() for known in result}:
                raise self._error(found.at, f"duplicate alias: {name}")
            result[name] = found
        return list(result.items())

    def having(self) -> Fragment | None:
        if self._query.having is None:
            return None
        return Filter(self._scope.context, self.column, self._no_semi_join).compile(self._query.having)

    def _no_semi_join(self, _left: Column, node: SemiJoin) -> Fragment:
        raise self._error(node.at, "Semi join sub-selects are not allowed in HAVING")
