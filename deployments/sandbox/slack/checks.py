"""Small checks from which the rules of Block Kit are written. Each adds what is wrong to a list, in Slack's words."""

from collections.abc import Callable, Mapping
from typing import Any

Problems = list[str]
Check = Callable[[Any, str, Problems], None]


def wrong(problems: Problems, sentence: str, pointer: str) -> None:
    """Note a problem at a place in the request."""
    problems.append(f"{sentence} [json-pointer:{pointer}]")


def text(most: int | None = None, least: int = 0) -> Check:
    """A string of so many characters."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, str):
            wrong(problems, "must be a string", pointer)
        elif len(value) < least:
            wrong(problems, f"must be more than {least - 1} characters", pointer)
        elif most is not None and len(value) > most:
            wrong(problems, f"must be less than {most + 1} characters", pointer)

    return check


def one_of(*allowed: object) -> Check:
    """One of these values."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if value not in allowed:
            wrong(problems, f"must be one of: {', '.join(map(str, allowed))}", pointer)

    return check


def flag(value: Any, pointer: str, problems: Problems) -> None:
    """A boolean."""
    if not isinstance(value, bool):
        wrong(problems, "must be a boolean", pointer)


def number(least: float | None = None, most: float | None = None, *, whole: bool = False, above: bool = False) -> Check:
    """A number in a range; with `above` the lower end is excluded."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            wrong(problems, "must be an integer" if whole else "must be a number", pointer)
        elif least is not None and (value <= least if above else value < least):
            wrong(problems, f"must be more than {'' if above else 'or equal to '}{least}", pointer)
        elif most is not None and value > most:
            wrong(problems, f"must be less than or equal to {most}", pointer)

    return check


def items(each: Check, most: int | None = None, least: int = 0) -> Check:
    """A list of so many items, each of which is checked."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, list):
            wrong(problems, "must be an array", pointer)
            return
        if len(value) < least:
            wrong(problems, f"no less than {least} items allowed", pointer)
        if most is not None and len(value) > most:
            wrong(problems, f"no more than {most} items allowed", pointer)
        for place, item in enumerate(value):
            each(item, f"{pointer}/{place}", problems)

    return check


def fields(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these fields and no others; `type` is the business of `typed`."""
    known = {**(optional or {}), **required}

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            wrong(problems, "must be an object", pointer)
            return
        for name in required:
            if name not in value:
                wrong(problems, f"missing required field: {name}", pointer)
        for name, content in value.items():
            if name in known:
                known[name](content, f"{pointer}/{name}", problems)
            elif name != "type":
                wrong(problems, f"invalid additional property: {name}", pointer)

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` chooses its check."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            wrong(problems, "must be an object", pointer)
        elif "type" not in value:
            wrong(problems, "missing required field: type", pointer)
        elif not isinstance(value["type"], str) or value["type"] not in kinds:
            wrong(problems, f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            kinds[value["type"]](value, pointer, problems)

    return check


def both(*checks: Check) -> Check:
    """All of these checks."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        for each in checks:
            each(value, pointer, problems)

    return check


def needs_one(*names: str) -> Check:
    """An object with at least one of these fields."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if isinstance(value, dict) and not any(value.get(name) for name in names):
            wrong(problems, f"must provide at least one of: {', '.join(names)}", pointer)

    return check
