"""Values between JSON and the columns: how they are checked, stored and printed."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from deployments.sandbox.salesforce.errors import SalesforceError, parser_error, wrong_id
from deployments.sandbox.salesforce.ids import is_id, long_form
from deployments.sandbox.salesforce.schema import Field

OFFICE = ZoneInfo("America/Los_Angeles")
_NUMBERS = ("double", "currency", "percent")
_MOST_WHOLE, _MOST = 10**8, 10**18  # eight digits, and eighteen
_DAY_LENGTH = len("2026-11-23")


def as_moment(at: datetime) -> str:
    """A moment as it is stored and printed: UTC, milliseconds."""
    utc = at.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}+0000"


def as_datetime(stored: str) -> datetime:
    """The aware moment that a stored text means."""
    return datetime.fromisoformat(stored)


def stored(field: Field, value: object) -> object:
    """The column's value for a JSON value of an API call. SalesforceError where Salesforce would refuse it."""
    if value is None or value == "":
        return 0 if field.type == "boolean" else None
    convert = _STORED.get(field.type, _text)
    return convert(field, value)


def printed(field: Field, value: Any) -> Any:
    """The JSON value for what a column holds."""
    if field.type == "boolean":
        return bool(value)
    if value is not None and field.type in _NUMBERS:
        return float(value)
    return value


def printed_row(fields: Mapping[str, Field], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of columns as JSON values, in the order of `row`."""
    return {name: printed(fields[name.lower()], value) for name, value in row.items()}


def _cannot_read(kind: str, value: object) -> SalesforceError:
    shape = {bool: "VALUE_TRUE", str: "VALUE_STRING", int: "VALUE_NUMBER_INT", float: "VALUE_NUMBER_FLOAT"}
    token = shape.get(type(value), "START_OBJECT")
    return parser_error(f"Cannot deserialize instance of {kind} from {token} value {value}")


def _boolean(_: Field, value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return int(value.lower() == "true")
    raise _cannot_read("boolean", value)


def _number(field: Field, value: object) -> object:
    whole = field.type == "int"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _cannot_read(field.type, value)
    try:
        number = int(value) if whole else float(value)
    except (ValueError, OverflowError):
        raise _cannot_read(field.type, value) from None
    if not math.isfinite(number) or abs(number) >= (_MOST_WHOLE if whole else _MOST):
        message = f"{field.label}: value outside of valid range on numeric field: {value}"
        raise SalesforceError(400, "NUMBER_OUTSIDE_VALID_RANGE", message, [field.name])
    return number


def _day(_: Field, value: object) -> object:
    try:
        if isinstance(value, str) and len(value) == _DAY_LENGTH:
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise _cannot_read("date", value)


def _moment(_: Field, value: object) -> object:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise _cannot_read("datetime", value)
    return as_moment(at)


def _reference(field: Field, value: object) -> object:
    if not isinstance(value, str) or not is_id(value):
        raise wrong_id(field.label, value, field.name)
    return long_form(value)


def _text(field: Field, value: object) -> object:
    if isinstance(value, dict | list):
        raise _cannot_read(field.type, value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise parser_error("Invalid UTF-8: a surrogate without its other half")
    if len(text) > field.length:
        message = f"{field.label}: data value too large: {text} (max length={field.length})"
        raise SalesforceError(400, "STRING_TOO_LONG", message, [field.name])
    if field.restricted and field.picklist and text not in field.picklist:
        message = f"{field.label}: bad value for restricted picklist field: {text}"
        raise SalesforceError(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, [field.name])
    return text


_STORED: Mapping[str, Callable[[Field, object], object]] = {
    "boolean": _boolean,
    "int": _number,
    "double": _number,
    "currency": _number,
    "percent": _number,
    "date": _day,
    "datetime": _moment,
    "reference": _reference,
    "id": _reference,
}
