"""Constants to stored values, held to the type of the field they are compared with."""

from datetime import date

from deployments.sandbox.salesforce.ids import is_id, long_form
from deployments.sandbox.salesforce.soql.ast import Literal
from deployments.sandbox.salesforce.soql.context import IDS, NUMBERS, Column, Context
from deployments.sandbox.salesforce.soql.literals import Span, like_pattern, moment, span, unescape

Value = str | int | float | Span | None

_LONGEST_INTEGER = 18  # digits that SQLite holds as an integer
_SHOWN_TYPES = {"id": "ID", "datetime": "dateTime"}


def constant(context: Context, column: Column, literal: Literal) -> Value:
    """The literal in stored form, None for null and for the empty text, which Salesforce stores as null.

    INVALID_FIELD when its kind does not fit the column, MALFORMED_QUERY when there is no such day or escape.
    """
    if literal.kind == "null":
        return None
    if not _fits(column, literal):
        raise _wrong_type(context, column)
    try:
        return _stored(context, column, literal)
    except (ValueError, OverflowError) as error:
        raise context.error(literal.at, f"invalid {literal.kind} literal: {literal.text}") from error


def like(context: Context, column: Column, literal: Literal) -> str:
    r"""The pattern of a LIKE in SQLite's form, with `\` as its escape."""
    if literal.kind != "string":
        raise _wrong_type(context, column)
    try:
        return like_pattern(literal.text)
    except ValueError as error:
        raise context.error(literal.at, f"invalid string literal: {literal.text}") from error


def shown_type(column: Column) -> str:
    """The column's type as Salesforce's messages name it."""
    return _SHOWN_TYPES.get(column.type, column.type)


def _accepted(column: Column) -> set[str]:
    """The kinds of literal that fit a column."""
    if column.type == "boolean":
        return {"boolean"}
    if column.type in NUMBERS:
        return {"number"}
    if column.type in {"date", "datetime"}:
        return {column.type, "formula"}
    return {"string"}


def _fits(column: Column, literal: Literal) -> bool:
    whole = column.type != "int" or "." not in literal.text
    return literal.kind in _accepted(column) and whole


def _wrong_type(context: Context, column: Column) -> Exception:
    quoted = "should" if "string" in _accepted(column) else "should not"
    return context.error(
        column.at,
        f"value of filter criterion for field '{column.name}' must be of type {shown_type(column)}"
        f" and {quoted} be enclosed in quotes",
        code="INVALID_FIELD",
    )


def _stored(context: Context, column: Column, literal: Literal) -> Value:
    match literal.kind:
        case "boolean":
            return int(literal.text.upper() == "TRUE")
        case "number":
            return _number(literal.text)
        case "date":
            return date.fromisoformat(literal.text).isoformat()
        case "datetime":
            return moment(literal.text)
        case "formula":
            return span(literal.text, context.now, moments=column.type == "datetime")
    text = unescape(literal.text)
    return _id(context, text, literal.at) if text and column.type in IDS else text or None


def _number(text: str) -> int | float:
    whole = text.lstrip("+-")
    return int(text) if whole.isdecimal() and len(whole) <= _LONGEST_INTEGER else float(text)


def _id(context: Context, text: str, at: int) -> str:
    """The 18-character form of an id."""
    if not is_id(text):
        raise context.error(at, f"invalid ID field: {text}", code="INVALID_QUERY_FILTER_OPERATOR")
    return long_form(text)
