"""SOQL text to its tree, by recursive descent. Nothing is looked up; whatever is not understood is refused."""

from deployments.sandbox.salesforce.soql.ast import (
    Call,
    Child,
    DataCategory,
    Grouping,
    Order,
    Path,
    Query,
    Selected,
    SelectItem,
    TypeOf,
)
from deployments.sandbox.salesforce.soql.conditions import condition
from deployments.sandbox.salesforce.soql.functions import expression, path
from deployments.sandbox.salesforce.soql.lexer import RESERVED, Cursor

MODES = ("SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE")
SELECTORS = ("AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW")
DEEPEST = 5  # levels of child subqueries


def parse(soql: str) -> Query:
    """The tree of `soql`. Raises SoqlError MALFORMED_QUERY."""
    cursor = Cursor(soql)
    query = _query(cursor, 0)
    if cursor.token.kind != "end":
        raise cursor.unexpected()
    return query


def _query(cursor: Cursor, depth: int) -> Query:
    at = cursor.token.at
    cursor.expect("SELECT")
    select = _select(cursor, depth)
    cursor.expect("FROM")
    source, alias = path(cursor), _alias(cursor)
    scope = cursor.name().text if cursor.accept("USING", "SCOPE") else None
    where = condition(cursor, _subselect) if cursor.accept("WHERE") else None
    categories, modes = _with(cursor)
    group_by = _group_by(cursor) if cursor.accept("GROUP", "BY") else None
    having = condition(cursor, _subselect) if group_by and cursor.accept("HAVING") else None
    order_by = _order_by(cursor) if cursor.accept("ORDER", "BY") else ()
    limit = cursor.integer() if cursor.accept("LIMIT") else None
    offset = cursor.integer() if cursor.accept("OFFSET") else None
    tracking, update = _tracking(cursor)
    return Query(
        select, source, alias, scope, where, categories, modes, group_by, having, order_by, limit, offset,
        tracking, update, at,
    )  # fmt: skip


def _subselect(cursor: Cursor) -> Query:
    """What a semi-join allows: one field, one object, a WHERE."""
    at = cursor.token.at
    cursor.expect("SELECT")
    selected = Selected(path(cursor))
    cursor.expect("FROM")
    source, alias = path(cursor), _alias(cursor)
    where = condition(cursor, _subselect) if cursor.accept("WHERE") else None
    return Query((selected,), source, alias, where=where, at=at)


def _select(cursor: Cursor, depth: int) -> tuple[SelectItem, ...]:
    items = [_item(cursor, depth)]
    if _is_count(items[0]):
        return tuple(items)
    while cursor.accept(","):
        items.append(_item(cursor, depth))
        if _is_count(items[-1]):
            raise cursor.unexpected()
    return tuple(items)


def _is_count(item: SelectItem) -> bool:
    """COUNT() without a field, which stands alone and has no alias."""
    return isinstance(item, Selected) and isinstance(item.expression, Call) and not item.expression.args


def _item(cursor: Cursor, depth: int) -> SelectItem:
    at = cursor.token.at
    if cursor.accept("("):
        if depth >= DEEPEST:
            raise cursor.error(at, f"Child subqueries can be nested at most {DEEPEST} levels deep")
        child = Child(_query(cursor, depth + 1), at)
        cursor.expect(")")
        return child
    if cursor.token.upper == "TYPEOF" and cursor.ahead(2).upper == "WHEN":
        return _type_of(cursor)
    item = Selected(expression(cursor))
    if _is_count(item) or cursor.token.kind not in {"name", "currency"} or cursor.token.upper == "FROM":
        return item
    return Selected(item.expression, cursor.name().text)


def _type_of(cursor: Cursor) -> TypeOf:
    cursor.expect("TYPEOF")
    relationship = path(cursor)
    branches = []
    while cursor.accept("WHEN"):
        sobject = cursor.name().text
        cursor.expect("THEN")
        branches.append((sobject, _paths(cursor)))
    otherwise = _paths(cursor) if cursor.accept("ELSE") else ()
    cursor.expect("END")
    return TypeOf(relationship, tuple(branches), otherwise)


def _paths(cursor: Cursor) -> tuple[Path, ...]:
    paths = [path(cursor)]
    while cursor.accept(","):
        paths.append(path(cursor))
    return tuple(paths)


def _alias(cursor: Cursor) -> str | None:
    """An alias of the object. ORDER, GROUP and OFFSET are good aliases unless they begin their clause."""
    if cursor.accept("AS"):
        return cursor.name().text
    token, after = cursor.token, cursor.ahead()
    begins = (token.upper in {"ORDER", "GROUP"} and after.upper == "BY") or (
        token.upper == "OFFSET" and after.kind == "number"
    )
    if token.kind not in {"name", "currency"} or token.text.lower() in RESERVED or begins:
        return None
    return cursor.name().text


def _with(cursor: Cursor) -> tuple[tuple[DataCategory, ...], tuple[str, ...]]:
    categories: list[DataCategory] = []
    modes: list[str] = []
    while cursor.accept("WITH"):
        if cursor.accept("DATA", "CATEGORY"):
            categories.append(_category(cursor))
            while cursor.accept("AND"):
                categories.append(_category(cursor))
        elif cursor.token.upper in MODES:
            modes.append(cursor.advance().upper)
        else:
            raise cursor.unexpected()
    return tuple(categories), tuple(modes)


def _category(cursor: Cursor) -> DataCategory:
    group = cursor.name().text
    selector = cursor.token.upper
    if selector not in SELECTORS:
        raise cursor.unexpected()
    cursor.advance()
    if not cursor.accept("("):
        return DataCategory(group, selector, (cursor.name().text,))
    names = [cursor.name().text]
    while cursor.accept(","):
        names.append(cursor.name().text)
    cursor.expect(")")
    return DataCategory(group, selector, tuple(names))


def _group_by(cursor: Cursor) -> Grouping:
    for kind in ("ROLLUP", "CUBE"):
        if cursor.accept(kind, "("):
            grouping = Grouping(_grouped(cursor).by, kind)
            cursor.expect(")")
            return grouping
    return _grouped(cursor)


def _grouped(cursor: Cursor) -> Grouping:
    by = [expression(cursor)]
    while cursor.accept(","):
        by.append(expression(cursor))
    return Grouping(tuple(by))


def _order_by(cursor: Cursor) -> tuple[Order, ...]:
    keys: list[Order] = []
    while not keys or cursor.accept(","):
        key = expression(cursor)
        descending = not cursor.accept("ASC") and cursor.accept("DESC")
        nulls_last = False
        if cursor.accept("NULLS"):
            nulls_last = cursor.accept("LAST")
            if not nulls_last:
                cursor.expect("FIRST")
        keys.append(Order(key, descending, nulls_last))
    return tuple(keys)


def _tracking(cursor: Cursor) -> tuple[tuple[str, ...], str | None]:
    """FOR VIEW, FOR REFERENCE, UPDATE TRACKING, UPDATE VIEWSTAT. FOR UPDATE exists in Apex only."""
    tracking: list[str] = []
    while cursor.accept("FOR"):
        if cursor.token.upper not in {"VIEW", "REFERENCE"}:
            raise cursor.unexpected()
        tracking.append(cursor.advance().upper)
    if not cursor.accept("UPDATE"):
        return tuple(tracking), None
    if cursor.token.upper not in {"TRACKING", "VIEWSTAT"}:
        raise cursor.unexpected()
    return tuple(tracking), cursor.advance().upper
