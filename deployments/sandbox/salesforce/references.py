"""References of a composite request: `@{name.records[0].Id}` stands for a part of an earlier answer."""

import re
from collections.abc import Mapping
from typing import Any

from deployments.sandbox.salesforce.errors import SalesforceError

_REFERENCE = re.compile(r"@\{([^}]*)\}")
_STEP = re.compile(r"\.?([A-Za-z0-9_]+)|\[(\d+)\]")
NAME = re.compile(r"[A-Za-z0-9_]+")


def filled(value: Any, answers: Mapping[str, Any]) -> Any:
    """`value` with every reference replaced. SalesforceError when one points at nothing."""
    if isinstance(value, dict):
        return {key: filled(item, answers) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, answers) for item in value]
    if not isinstance(value, str):
        return value
    if whole := _REFERENCE.fullmatch(value):
        return _looked_up(whole[1], answers)
    return _REFERENCE.sub(lambda found: _as_text(_looked_up(found[1], answers)), value)


def filled_text(text: str, answers: Mapping[str, Any]) -> str:
    """The same for a part of an address, which stays text."""
    return _as_text(filled(text, answers))


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _looked_up(path: str, answers: Mapping[str, Any]) -> Any:
    name = re.split(r"[.\[]", path)[0]
    value = answers.get(name)
    rest = path[len(name) :]
    while rest:
        step = _STEP.match(rest)
        if step is None:
            raise _nothing(path, name)
        value = _below(value, step[1], step[2])
        rest = rest[step.end() :]
    if value is None or isinstance(value, dict | list):
        raise _nothing(path, name)
    return value


def _below(value: Any, key: str | None, index: str | None) -> Any:
    if index is not None:
        return value[int(index)] if isinstance(value, list) and int(index) < len(value) else None
    return value.get(key) if isinstance(value, dict) else None


def _nothing(path: str, name: str) -> SalesforceError:
    message = f"Invalid reference specified. No value for {path} found in {name}"
    return SalesforceError(400, "PROCESSING_HALTED", message)
