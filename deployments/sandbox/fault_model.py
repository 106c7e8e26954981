"""A fault as it is ordered: which requests it meets, what it does to them, how often."""

import re
from dataclasses import dataclass
from typing import Any, Final

ANSWERED: Final = frozenset({"unauthorized", "limit_reached", "rate_limited", "server_error", "unavailable", "html"})
SALESFORCE_ONLY: Final = frozenset({"row_lock", "validation_rule"})
GITHUB_ONLY: Final = frozenset({"secondary_limit"})
CONNECTION: Final = frozenset({"slow", "held", "drop_before", "drop_after", "cut_body"})
KINDS: Final = ANSWERED | SALESFORCE_ONLY | GITHUB_ONLY | CONNECTION


class FaultError(Exception):
    """A fault was ordered wrongly; the message says what is wrong."""


@dataclass
class Fault:
    """Meets requests whose path matches `path` (a regular expression) from the `nth` on, `times` times (None: always).

    `retry_after` is what the header says: seconds or an HTTP date. `seconds` is how long a slow answer takes. A
    held one is kept back so long after what was asked for is done, and only where `answer` (a regular expression) is in
    it.
    """

    kind: str
    path: str = "/.*"
    method: str | None = None
    nth: int = 1
    times: int | None = 1
    retry_after: int | str | None = None
    seconds: float = 0.0
    message: str = ""
    answer: str = ""
    seen: int = 0
    applied: int = 0

    def meets(self, method: str, path: str, system: str) -> bool:
        """Whether this request is to be hit; counts it."""
        if self.method not in {None, method} or not re.fullmatch(self.path, path):
            return False
        if self.kind in SALESFORCE_ONLY and system != "salesforce":
            return False
        if self.kind in GITHUB_ONLY and system != "github":
            return False
        self.seen += 1
        if self.seen < self.nth or (self.times is not None and self.applied >= self.times):
            return False
        self.applied += 1
        return True


def ordered(order: Any) -> Fault:
    """The fault of a JSON order. Raises FaultError where it is not understood."""
    if not isinstance(order, dict):
        raise FaultError("send an object with a kind")
    match = order.get("match", {})
    if not isinstance(match, dict):
        raise FaultError("match must be an object")
    known = {"kind", "match", "times", "retry_after", "seconds", "message", "answer"}
    unknown = sorted((set(order) - known) | (set(match) - {"path", "method", "nth"}))
    if unknown:
        raise FaultError(f"unknown: {', '.join(unknown)}")
    if order.get("kind") not in KINDS:
        raise FaultError(f"kind must be one of {', '.join(sorted(KINDS))}")
    fault = Fault(**{**{k: v for k, v in order.items() if k != "match"}, **match})
    _check(fault)
    return fault


def _check(fault: Fault) -> None:
    if fault.kind in {"rate_limited", "secondary_limit"} and fault.retry_after is None:
        fault.retry_after = 1
    whole = [("nth", fault.nth), ("times", fault.times)]
    for name, value in whole:
        if value is not None and (not isinstance(value, int) or value < 1):
            raise FaultError(f"{name} must be a whole number of at least 1")
    if not isinstance(fault.seconds, int | float) or fault.seconds < 0:
        raise FaultError("seconds must be a number of at least 0")
    if fault.method is not None:
        fault.method = str(fault.method).upper()
    for name, expression in (("path", fault.path), ("answer", fault.answer)):
        try:
            re.compile(expression)
        except (re.error, TypeError):
            raise FaultError(f"{name} must be a regular expression") from None
