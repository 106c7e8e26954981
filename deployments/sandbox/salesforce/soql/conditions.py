"""Parses WHERE and HAVING. AND and OR never mix at one level and NOT stands alone, as in Salesforce's grammar."""

from collections.abc import Callable

from deployments.sandbox.salesforce.soql.ast import (
    And,
    Comparison,
    Condition,
    Expression,
    Literal,
    LiteralKind,
    Membership,
    Not,
    Or,
    Query,
    SemiJoin,
)
from deployments.sandbox.salesforce.soql.functions import expression
from deployments.sandbox.salesforce.soql.lexer import Cursor
from deployments.sandbox.salesforce.soql.literals import is_date_formula

DEEPEST = 100  # nested parentheses; well below Python's own limit
_COMPARISONS = ("=", "!=", "<>", "<=", ">=", "<", ">", "LIKE")
_WORDS: dict[str, LiteralKind] = {"TRUE": "boolean", "FALSE": "boolean", "NULL": "null"}

Subselect = Callable[[Cursor], Query]


def condition(cursor: Cursor, subselect: Subselect, depth: int = 0) -> Condition:
    """The condition at the cursor. `subselect` parses what stands after IN ( when that is a SELECT."""
    if depth > DEEPEST:
        raise cursor.error(cursor.token.at, "Query is nested too deeply")
    if cursor.accept("NOT"):
        return Not(_term(cursor, subselect, depth))
    terms = [_term(cursor, subselect, depth)]
    word = cursor.token.upper
    if word not in {"AND", "OR"}:
        return terms[0]
    while cursor.accept(word):
        terms.append(_term(cursor, subselect, depth))
    return And(tuple(terms)) if word == "AND" else Or(tuple(terms))


def _term(cursor: Cursor, subselect: Subselect, depth: int) -> Condition:
    if cursor.accept("("):
        inner = condition(cursor, subselect, depth + 1)
        cursor.expect(")")
        return inner
    left = expression(cursor)
    at = cursor.token.at
    for operator in ("IN", "INCLUDES", "EXCLUDES"):
        if cursor.accept(operator):
            return _membership(cursor, subselect, left, operator, at)
    if cursor.accept("NOT", "IN"):
        return _membership(cursor, subselect, left, "NOT IN", at)
    for operator in _COMPARISONS:
        if cursor.accept(operator):
            return Comparison(left, "!=" if operator == "<>" else operator, literal(cursor))
    raise cursor.unexpected()


def _membership(
    cursor: Cursor, subselect: Subselect, left: Expression, operator: str, at: int
) -> Membership | SemiJoin:
    cursor.expect("(")
    if cursor.token.upper == "SELECT" and operator in {"IN", "NOT IN"}:
        query = subselect(cursor)
        cursor.expect(")")
        return SemiJoin(left, operator == "NOT IN", query, at)
    values = [literal(cursor)]
    while cursor.accept(","):
        values.append(literal(cursor))
    cursor.expect(")")
    return Membership(left, operator, tuple(values))


def literal(cursor: Cursor) -> Literal:
    """The constant at the cursor."""
    token = cursor.token
    kind: LiteralKind
    match token.kind:
        case "string":
            cursor.advance()
            return Literal("string", token.text[1:-1], token.at)
        case "number" | "date" | "datetime" | "currency":
            kind = token.kind
        case "formula" | "name" if is_date_formula(token.text):
            kind = "formula"
        case "name" if token.upper in _WORDS:
            kind = _WORDS[token.upper]
        case "name":
            raise cursor.error(token.at, "Bind variables only allowed in Apex code")
        case _:
            raise cursor.unexpected()
    cursor.advance()
    return Literal(kind, token.text, token.at)
