"""What every SELECT has in common: its object, the rows that are hidden, its order and paging."""

from collections.abc import Sequence

from deployments.sandbox.salesforce.schema import SObject
from deployments.sandbox.salesforce.soql.ast import Expression, Order, Query
from deployments.sandbox.salesforce.soql.context import Column, Context, Fragment, joined
from deployments.sandbox.salesforce.soql.errors import SoqlError
from deployments.sandbox.salesforce.soql.expressions import checked, column
from deployments.sandbox.salesforce.soql.scope import Scope

LARGEST_OFFSET = 2000
_ARCHIVED = {"Task", "Event"}


def top_scope(context: Context, query: Query) -> Scope:
    """The scope of a query that stands for itself. INVALID_TYPE when its object does not exist."""
    return named_scope(context, context.sobject(query.source.text, query.source.at), query)


def named_scope(context: Context, sobject: SObject, query: Query) -> Scope:
    """A scope in which the object's name and the query's alias may stand before a field."""
    return Scope(context, sobject, (sobject.name, query.alias) if query.alias else (sobject.name,))


def refuse_unsupported(context: Context, query: Query) -> None:
    """Refuse the clauses that parse but that this org does not have."""
    at = query.source.at
    if query.categories or query.update:
        raise context.error(at, "Data categories and article tracking are not supported in this organization")
    for mode in query.modes:
        if mode != "SECURITY_ENFORCED":
            raise context.error(at, f"WITH {mode} is allowed in Apex only")
    if (query.offset or 0) > LARGEST_OFFSET:
        raise SoqlError("NUMBER_OUTSIDE_VALID_RANGE", f"Maximum SOQL offset allowed is {LARGEST_OFFSET}")


def filterable(scope: Scope, node: Expression) -> Column:
    """A column for a WHERE: no aggregate, and a field that can be filtered."""
    found = column(scope, node)
    if found.aggregate:
        raise scope.context.error(found.at, "Aggregate functions are not allowed in WHERE")
    return checked(scope, found, "filtered")


def visible(scope: Scope) -> list[Fragment]:
    """Hides deleted rows, and archived activities. The + keeps SQLite from searching by such a flag."""
    if scope.context.all_rows:
        return []
    root = scope.root
    flags = ["isdeleted", "isarchived"] if root.sobject.name in _ARCHIVED else ["isdeleted"]
    return [Fragment(f"+{root.sql(f)} = 0") for flag in flags if (f := root.sobject.by_name.get(flag))]


def in_scope(scope: Scope, query: Query) -> list[Fragment]:
    """USING SCOPE: everything, or mine."""
    if query.scope is None or query.scope.lower() == "everything":
        return []
    owner = scope.root.sobject.by_name.get("ownerid")
    if query.scope.lower() != "mine" or owner is None or not scope.context.user_id:
        raise scope.context.error(query.source.at, f"Scope '{query.scope}' is not supported for this query")
    return [Fragment(f"{scope.root.sql(owner)} = ?", (scope.context.user_id,))]


def body(scope: Scope, conditions: list[Fragment]) -> Fragment:
    """` FROM ... WHERE ...`. Call it when all columns are found: they decide the joins."""
    source = f" FROM {scope.from_sql()}"
    if not conditions:
        return Fragment(source)
    condition = joined(conditions, "AND")
    return Fragment(f"{source} WHERE {condition.sql}", condition.params)


def order_sql(keys: Sequence[tuple[Column, Order]]) -> str:
    """`ORDER BY ...`; nulls come first in both directions unless NULLS LAST is said."""
    return f" ORDER BY {', '.join(_key_sql(c, o) for c, o in keys)}" if keys else ""


def limit_sql(limit: int | None, offset: int | None) -> str:
    """`LIMIT ... OFFSET ...`; SQLite has no OFFSET without a LIMIT."""
    if limit is None and not offset:
        return ""
    return f" LIMIT {-1 if limit is None else limit} OFFSET {offset or 0}"


def _key_sql(found: Column, order: Order) -> str:
    sql = found.folded + (" DESC" if order.descending else "")
    # SQLite puts nulls at the low end by itself; saying so again would keep it from using an index.
    if found.type == "id" or order.nulls_last == order.descending:
        return sql
    return f"{sql} NULLS {'LAST' if order.nulls_last else 'FIRST'}"
