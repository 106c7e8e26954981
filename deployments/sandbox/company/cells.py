"""One cell of a CSV file: what a person writes, and what the sandbox stores. An empty cell is null."""

from collections.abc import Callable
from datetime import date, datetime
from math import isfinite

from deployments.sandbox.salesforce.ids import is_id, long_form
from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.values import as_moment

_BOOLEANS = {"true": 1, "1": 1, "false": 0, "0": 0}


def read_cell(sobject: SObject, field: Field, text: str) -> object:
    """The stored value. ValueError with reason and remedy for what does not fit the field."""
    if text == "":
        return None
    value = _READ.get(field.type, _text)(text)
    if field.type == "id" and not str(value).startswith(sobject.prefix):
        raise ValueError(f"{text!r} is no Id of {sobject.name}; it has to begin with {sobject.prefix}")
    if field.restricted and field.picklist and value not in field.picklist:
        raise ValueError(f"{text!r} is not a value of {field.name}; use one of {', '.join(field.picklist)}")
    return value


def write_cell(field: Field, value: object) -> str:
    """The cell that `read_cell` reads as this stored value."""
    if value is None:
        return ""
    if field.type == "boolean":
        return "true" if value else "false"
    return str(value)


def _text(text: str) -> str:
    return text


def _id(text: str) -> str:
    if not is_id(text):
        raise ValueError(f"{text!r} is no record id; write its 15 characters, or 18 with the right last three")
    return long_form(text)


def _date(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError(f"{text!r} is no date; write it like 2026-11-23")
    return text


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"{text!r} is no moment with a time zone; write it like 2026-11-23T18:30:00Z")
    return as_moment(moment)


def _boolean(text: str) -> int:
    if text.lower() not in _BOOLEANS:
        raise ValueError(f"{text!r} is neither true nor false; write one of these")
    return _BOOLEANS[text.lower()]


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is no whole number; write it like 1200") from None


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise ValueError(f"{text!r} is no number; write it like 1234.5, without separators or currency")
    return number


_READ: dict[str, Callable[[str], object]] = {
    "id": _id,
    "reference": _id,
    "date": _date,
    "datetime": _moment,
    "boolean": _boolean,
    "int": _whole,
    "double": _number,
    "currency": _number,
    "percent": _number,
}
