"""WHERE of a whole query, with the semi- and anti-joins that only it may have."""

from functools import partial

from deployments.sandbox.salesforce.soql.ast import Path, Query, Selected, SemiJoin
from deployments.sandbox.salesforce.soql.context import IDS, Column, Context, Fragment
from deployments.sandbox.salesforce.soql.filters import Filter
from deployments.sandbox.salesforce.soql.restrictions import refuse_as_inner
from deployments.sandbox.salesforce.soql.scope import Scope
from deployments.sandbox.salesforce.soql.sources import body, filterable, in_scope, top_scope, visible

MOST_SEMI_JOINS = 2


def where(scope: Scope, query: Query) -> list[Fragment]:
    """All conditions on the rows of `query`: its WHERE, its USING SCOPE, and what is hidden."""
    conditions: list[Fragment] = []
    if query.where is not None:
        subselect = _SemiJoins(scope).compile
        conditions.append(Filter(scope.context, partial(filterable, scope), subselect).compile(query.where))
    return conditions + in_scope(scope, query) + visible(scope)


class _SemiJoins:
    """The semi-joins of one WHERE."""

    def __init__(self, outer: Scope) -> None:
        self._context: Context = outer.context
        self._outer = outer
        self._count = 0

    def compile(self, left: Column, node: SemiJoin) -> Fragment:
        """`SELECT field FROM object WHERE ...`, as Salesforce restricts it."""
        self._count += 1
        if self._count > MOST_SEMI_JOINS:
            raise self._context.error(node.at, f"Maximum {MOST_SEMI_JOINS} semi join sub-selects are allowed")
        if left.type not in IDS:
            raise self._context.error(
                left.at,
                f"The left operand '{left.name}' in the where expression for outer query should be an id field,"
                f" cannot use : '{left.name}'",
            )
        scope = top_scope(self._context, node.query)
        refuse_as_inner(self._context, node.query)
        inner = self._selected(scope, node.query)
        conditions = visible(scope)
        if node.query.where is not None:
            resolve = partial(filterable, scope)
            conditions.insert(0, Filter(self._context, resolve, self._nested).compile(node.query.where))
        if node.negated:
            # NOT IN a set with a null in it is true for nothing.
            conditions.append(Fragment(f"{inner.sql} IS NOT NULL"))
        rows = body(scope, conditions)
        return Fragment(f"SELECT {inner.sql}{rows.sql}", rows.params)

    def _nested(self, _left: Column, node: SemiJoin) -> Fragment:
        raise self._context.error(node.at, "Nesting of semi join sub-selects is not supported")

    def _selected(self, scope: Scope, query: Query) -> Column:
        item = query.select[0]
        path = item.expression if isinstance(item, Selected) else None
        if not isinstance(path, Path) or scope.relationships(path):
            raise self._context.error(query.at, "The inner select of a semi join cannot use a relationship field")
        inner = scope.column(path)
        if inner.type not in IDS:
            raise self._context.error(path.at, f"The inner select field '{inner.name}' should be an id field")
        if inner.field is not None and len(inner.field.reference_to) > 1:
            message = f"The inner select field '{inner.name}' cannot have more than one type"
            raise self._context.error(path.at, message)
        if scope.root.sobject is self._outer.root.sobject:
            message = "The inner and outer selects should not be on the same object type"
            raise self._context.error(query.at, message)
        return inner
