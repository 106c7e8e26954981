"""Conditions to SQL.

SOQL knows true and false only: a comparison with null is false, and its negation true. So `!=`, NOT IN and NOT
give rows whose value is null. In SQL that is IS NOT and `(...) IS NOT TRUE`.
"""

from collections.abc import Callable

from deployments.sandbox.salesforce.soql.ast import (
    And,
    Comparison,
    Condition,
    Expression,
    Literal,
    Membership,
    Not,
    Or,
    SemiJoin,
)
from deployments.sandbox.salesforce.soql.context import Column, Context, Fragment, joined
from deployments.sandbox.salesforce.soql.literals import Span
from deployments.sandbox.salesforce.soql.values import constant, like, shown_type

FOLD_FUNCTION = "soql_fold"  # the SQL function that lowers all letters; SQLite itself folds ASCII only

Resolve = Callable[[Expression], Column]
Subselect = Callable[[Column, SemiJoin], Fragment]

_EQUALITY = {"=", "!="}


class Filter:
    """Compiles the conditions of one clause. `resolve` finds columns, `subselect` compiles semi-joins."""

    def __init__(self, context: Context, resolve: Resolve, subselect: Subselect) -> None:
        self._context = context
        self._resolve = resolve
        self._subselect = subselect

    def compile(self, node: Condition, *, top: bool = True) -> Fragment:
        """The SQL of a condition. Semi-joins may stand only at the top or in an AND there."""
        match node:
            case And(terms):
                at_top = [self.compile(t, top=top and not isinstance(t, And)) for t in terms]
                return joined(at_top, "AND")
            case Or(terms):
                return joined([self.compile(t, top=False) for t in terms], "OR")
            case Not(term):
                inner = self.compile(term, top=False)
                return Fragment(f"(({inner.sql}) IS NOT TRUE)", inner.params)
            case SemiJoin():
                return self._semi_join(node, top=top)
            case Membership():
                return self._membership(node)
            case Comparison():
                return self._comparison(node)

    def _semi_join(self, node: SemiJoin, *, top: bool) -> Fragment:
        if not top:
            raise self._context.error(
                node.at,
                "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE"
                " expressions.",
            )
        column = self._resolve(node.left)
        inner = self._subselect(column, node)
        if node.negated:
            return Fragment(f"({column.sql} IS NULL OR {column.sql} NOT IN ({inner.sql}))", inner.params)
        return Fragment(f"{column.sql} IN ({inner.sql})", inner.params)

    def _comparison(self, node: Comparison) -> Fragment:
        column, operator = self._resolve(node.left), node.operator
        if operator == "LIKE":
            return self._like(column, node.right)
        if operator not in _EQUALITY and column.type in {"boolean", "multipicklist"}:
            raise self._invalid_operator(column)
        value = constant(self._context, column, node.right)
        if value is None:
            if operator not in _EQUALITY:
                raise self._invalid_operator(column)
            return Fragment(f"{column.sql} IS {'' if operator == '=' else 'NOT '}NULL")
        if isinstance(value, Span):
            return _ranged(column, operator, value)
        left, folded = _fold(column, [value])
        return Fragment(f"{left} {'IS NOT' if operator == '!=' else operator} ?", tuple(folded))

    def _like(self, column: Column, literal: Literal) -> Fragment:
        if not column.text or column.type == "multipicklist":
            raise self._invalid_operator(column)
        pattern = like(self._context, column, literal)
        if pattern.isascii():
            return Fragment(f"{column.sql} LIKE ? ESCAPE '\\'", (pattern,))
        return Fragment(f"{FOLD_FUNCTION}({column.sql}) LIKE ? ESCAPE '\\'", (pattern.lower(),))

    def _membership(self, node: Membership) -> Fragment:
        column = self._resolve(node.left)
        if node.operator in {"INCLUDES", "EXCLUDES"}:
            return self._choices(column, node)
        negated = node.operator == "NOT IN"
        values = [constant(self._context, column, literal) for literal in node.values]
        spans = [_ranged(column, "=", v) for v in values if isinstance(v, Span)]
        plain = [v for v in values if v is not None and not isinstance(v, Span)]
        found = list(spans)
        if plain:
            left, folded = _fold(column, plain)
            found.append(Fragment(f"{left} IN ({', '.join('?' * len(folded))})", tuple(folded)))
        if None in values:
            found.append(Fragment(f"{column.sql} IS NULL"))
        inside = joined(found, "OR")
        return Fragment(f"(({inside.sql}) IS NOT TRUE)", inside.params) if negated else inside

    def _choices(self, column: Column, node: Membership) -> Fragment:
        """INCLUDES: one of the values, each a set of choices joined with `;` that must all be chosen."""
        if column.type != "multipicklist":
            raise self._invalid_operator(column)
        sets: list[Fragment] = []
        for literal in node.values:
            value = constant(self._context, column, literal)
            if value is None:
                sets.append(Fragment(f"{column.sql} IS NULL"))
                continue
            chosen = [f";{choice.strip()};".lower() for choice in str(value).split(";")]
            haystack = f"instr({FOLD_FUNCTION}(';' || {column.sql} || ';'), ?) > 0"
            sets.append(joined([Fragment(haystack, (choice,)) for choice in chosen], "AND"))
        inside = joined(sets, "OR")
        return Fragment(f"(({inside.sql}) IS NOT TRUE)", inside.params) if node.operator == "EXCLUDES" else inside

    def _invalid_operator(self, column: Column) -> Exception:
        message = f"invalid operator on {shown_type(column).lower()} field"
        return self._context.error(column.at, message, code="INVALID_QUERY_FILTER_OPERATOR")


def _ranged(column: Column, operator: str, value: Span) -> Fragment:
    """A comparison with a range: before it, inside it, after it."""
    inside = f"{column.sql} >= ? AND {column.sql} < ?"
    match operator:
        case "=":
            return Fragment(f"({inside})", (value.start, value.end))
        case "!=":
            return Fragment(f"(({inside}) IS NOT TRUE)", (value.start, value.end))
        case "<":
            return Fragment(f"{column.sql} < ?", (value.start,))
        case ">":
            return Fragment(f"{column.sql} >= ?", (value.end,))
        case "<=":
            return Fragment(f"{column.sql} < ?", (value.end,))
        case _:
            return Fragment(f"{column.sql} >= ?", (value.start,))


def _fold(column: Column, values: list[str | int | float]) -> tuple[str, list[str | int | float]]:
    """The column and the values so that text compares without regard to case."""
    if not column.text:
        return column.sql, values
    texts = [str(v) for v in values]
    if all(text.isascii() for text in texts):
        return f"{column.sql} COLLATE NOCASE", [*texts]
    return f"{FOLD_FUNCTION}({column.sql})", [text.lower() for text in texts]
