"""The functions of SOQL: which there are, and how their arguments are written."""

from collections.abc import Callable

from deployments.sandbox.salesforce.soql.ast import Call, Expression, Literal, Path
from deployments.sandbox.salesforce.soql.lexer import Cursor

AGGREGATES = frozenset({"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"})
DATE_PARTS = frozenset({
    "CALENDAR_MONTH", "CALENDAR_QUARTER", "CALENDAR_YEAR", "DAY_IN_MONTH", "DAY_IN_WEEK", "DAY_IN_YEAR",
    "DAY_ONLY", "FISCAL_MONTH", "FISCAL_QUARTER", "FISCAL_YEAR", "HOUR_IN_DAY", "WEEK_IN_MONTH", "WEEK_IN_YEAR",
})  # fmt: skip
FIELD_SETS = frozenset({"ALL", "STANDARD", "CUSTOM"})

Arguments = tuple[Path | Call | Literal, ...]


def path(cursor: Cursor) -> Path:
    """A dotted field name."""
    token = cursor.name(dotted=True)
    return Path(tuple(token.text.split(".")), token.at)


def expression(cursor: Cursor) -> Expression:
    """A field or a function call. A function that SOQL does not have is refused here."""
    if cursor.ahead().text != "(":
        return path(cursor)
    name = cursor.token.upper
    arguments = _ARGUMENTS.get(name)
    if arguments is None:
        raise cursor.unexpected()
    return _call(cursor, name, arguments)


def is_aggregate(node: Path | Call | Literal) -> bool:
    """Whether this is COUNT, SUM and the like."""
    return isinstance(node, Call) and node.name in AGGREGATES


def _call(cursor: Cursor, name: str, arguments: Callable[[Cursor], Arguments]) -> Call:
    at = cursor.token.at
    cursor.expect(name, "(")
    args = arguments(cursor)
    cursor.expect(")")
    return Call(name, args, at)


def _one_path(cursor: Cursor) -> Arguments:
    return (path(cursor),)


def _path_or(*inner: str) -> Callable[[Cursor], Arguments]:
    """One argument: a field, or one of the calls named."""

    def arguments(cursor: Cursor) -> Arguments:
        if cursor.ahead().text == "(" and cursor.token.upper in inner:
            name = cursor.token.upper
            return (_call(cursor, name, _ARGUMENTS.get(name, _one_path)),)
        return _one_path(cursor)

    return arguments


def _count(cursor: Cursor) -> Arguments:
    return () if cursor.token.text == ")" else _one_path(cursor)


def _field_set(cursor: Cursor) -> Arguments:
    if cursor.token.upper not in FIELD_SETS:
        raise cursor.unexpected()
    return _one_path(cursor)


def _number(cursor: Cursor) -> Literal:
    if cursor.token.kind != "number":
        raise cursor.unexpected()
    token = cursor.advance()
    return Literal("number", token.text, token.at)


def _point(cursor: Cursor) -> Arguments:
    latitude = _number(cursor)
    cursor.expect(",")
    return (latitude, _number(cursor))


def _distance(cursor: Cursor) -> Arguments:
    place = path(cursor)
    cursor.expect(",")
    point = _call(cursor, "GEOLOCATION", _point)
    cursor.expect(",")
    if cursor.token.text.lower() not in {"'mi'", "'km'"}:
        raise cursor.unexpected()
    unit = cursor.advance()
    return (place, point, Literal("string", unit.text[1:-1], unit.at))


_ARGUMENTS: dict[str, Callable[[Cursor], Arguments]] = {
    **dict.fromkeys(AGGREGATES, _path_or("CONVERTCURRENCY")),
    **dict.fromkeys(DATE_PARTS, _path_or("CONVERTTIMEZONE")),
    "COUNT": _count,
    "CONVERTCURRENCY": _one_path,
    "DISTANCE": _distance,
    "FIELDS": _field_set,
    "FORMAT": _path_or("CONVERTCURRENCY", *AGGREGATES, *DATE_PARTS),
    "GROUPING": _one_path,
    "TOLABEL": _one_path,
}
