"""Fields and functions to SQL columns, with the checks that depend on the field's type."""

from deployments.sandbox.salesforce.schema import FieldType
from deployments.sandbox.salesforce.soql.ast import Call, Expression, Literal, Path
from deployments.sandbox.salesforce.soql.context import IDS, NUMBERS, TEXT, Column
from deployments.sandbox.salesforce.soql.functions import AGGREGATES, DATE_PARTS
from deployments.sandbox.salesforce.soql.scope import Scope

LOCAL_FUNCTION = "soql_local"  # the SQL function that turns a stored moment into the org's wall clock

_MONTH = "CAST(substr({0}, 6, 2) AS INTEGER)"
_DAY_OF_YEAR = "(CAST(julianday(substr({0}, 1, 10)) - julianday(substr({0}, 1, 4) || '-01-01') AS INTEGER) + 1)"
_PARTS = {
    "CALENDAR_MONTH": _MONTH,
    "CALENDAR_QUARTER": f"(({_MONTH} + 2) / 3)",
    "CALENDAR_YEAR": "CAST(substr({0}, 1, 4) AS INTEGER)",
    "DAY_IN_MONTH": "CAST(substr({0}, 9, 2) AS INTEGER)",
    "DAY_IN_WEEK": "(CAST(strftime('%w', substr({0}, 1, 10)) AS INTEGER) + 1)",
    "DAY_IN_YEAR": _DAY_OF_YEAR,
    "DAY_ONLY": "substr({0}, 1, 10)",
    "HOUR_IN_DAY": "CAST(substr({0}, 12, 2) AS INTEGER)",
    "WEEK_IN_MONTH": "((CAST(substr({0}, 9, 2) AS INTEGER) + 6) / 7)",
    "WEEK_IN_YEAR": f"(({_DAY_OF_YEAR} + 6) / 7)",
}
_MOMENTS_ONLY = {"HOUR_IN_DAY", "DAY_ONLY"}
_DAYS: frozenset[FieldType] = frozenset({"date", "datetime"})
_COUNTABLE: frozenset[FieldType] = TEXT.difference({"multipicklist", "anyType"}) | NUMBERS | IDS | _DAYS
_AGGREGATED: dict[str, frozenset[FieldType]] = {
    **dict.fromkeys(("COUNT", "COUNT_DISTINCT", "MIN", "MAX"), _COUNTABLE),
    **dict.fromkeys(("SUM", "AVG"), NUMBERS),
}


def column(scope: Scope, node: Expression) -> Column:
    """The SQL of a field or function call. MALFORMED_QUERY for a function that this org does not have."""
    if isinstance(node, Path):
        return scope.column(node)
    if node.name in AGGREGATES:
        return _aggregate(scope, node)
    if node.name in DATE_PARTS:
        return _date_part(scope, node)
    if node.name == "TOLABEL":
        # The pretend org has one language, in which the label of a picklist value is the value.
        return scope.column(_path(scope, node, node.args[0]))
    raise _unsupported(scope, node)


def checked(scope: Scope, found: Column, use: str) -> Column:
    """`found`, unless the field cannot be "filtered", "sorted" or "grouped"."""
    field = found.field
    if (
        field is not None
        and not {"filtered": field.filterable, "sorted": field.sortable, "grouped": field.groupable}[use]
    ):
        code = "INVALID_FIELD" if use == "filtered" else "MALFORMED_QUERY"
        raise scope.context.error(found.at, f"field '{field.name}' can not be {use} in a query call", code=code)
    return found


def _path(scope: Scope, node: Call, argument: Path | Call | Literal) -> Path:
    if not isinstance(argument, Path):
        raise _unsupported(scope, argument if isinstance(argument, Call) else node)
    return argument


def _unsupported(scope: Scope, node: Call) -> Exception:
    return scope.context.error(node.at, f"Function {node.name} is not supported in this organization")


def _aggregate(scope: Scope, node: Call) -> Column:
    if not node.args:
        raise scope.context.error(node.at, "COUNT() must be the only element in the SELECT list")
    inner = scope.column(_path(scope, node, node.args[0]))
    filterable = inner.field is None or inner.field.filterable
    if inner.type not in _AGGREGATED[node.name] or not filterable:
        raise scope.context.error(node.at, f"field {inner.name} does not support aggregate operator {node.name}")
    kind: FieldType = inner.type
    if node.name in {"COUNT", "COUNT_DISTINCT"}:
        kind = "int"
    elif node.name == "AVG":
        kind = "double"
    sql = {
        "COUNT": f"COUNT({inner.sql})",
        "COUNT_DISTINCT": f"COUNT(DISTINCT {inner.folded})",
    }.get(node.name, f"{node.name}({inner.folded})")
    return Column(sql, node.name, kind, node.at, aggregate=True)


def _date_part(scope: Scope, node: Call) -> Column:
    argument = node.args[0]
    local = isinstance(argument, Call)
    inner = scope.column(_path(scope, node, argument.args[0] if isinstance(argument, Call) else argument))
    moments_only = local or node.name in _MOMENTS_ONLY
    if inner.type != "datetime" and (moments_only or inner.type != "date"):
        name = "convertTimezone" if local else node.name
        raise scope.context.error(node.at, f"field {inner.name} is not supported by function {name}")
    source = f"{LOCAL_FUNCTION}({inner.sql})" if local else inner.sql
    part = node.name.replace("FISCAL", "CALENDAR")
    kind: FieldType = "date" if part == "DAY_ONLY" else "int"
    return Column(_PARTS[part].format(source), node.name, kind, node.at)
