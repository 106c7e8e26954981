"""Answers of Salesforce's metadata APIs, read without trust in their shape: what is not there is empty."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

Body = Mapping[str, Any]
Row = dict[str, Any]  # a row of FACTS: what it does not say is that frame's default
T = TypeVar("T")


def bodies(value: object) -> list[Body]:
    """The objects of a list; none for what is empty, and the object alone where a reader of XML saw no list."""
    if isinstance(value, Mapping):
        return [value]
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def body(value: object) -> Body:
    """The object, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def text(of: Body, name: str) -> str:
    """A text of an object; "" where there is none."""
    value = of.get(name)
    return "" if value is None or isinstance(value, Mapping | list) else str(value).strip()


def flag(of: Body, name: str) -> bool:
    """Whether it says yes: XML and properties of components write it out."""
    return text(of, name).casefold() == "true"


def row_by_row(columns: Sequence[Sequence[T]]) -> Iterator[tuple[int, T]]:
    """What stands in columns in reading order, each with its column from 1."""
    for row in range(max(map(len, columns), default=0)):
        yield from ((number, column[row]) for number, column in enumerate(columns, 1) if row < len(column))


def same_id(one: str, other: str) -> bool:
    """Whether two ids are one: some answers have 15 characters of it, some 18."""
    return bool(one) and one[:15] == other[:15]
