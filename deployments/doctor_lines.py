"""What the doctor says: a line for each thing looked at, and how it stands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tasks.clients import Refused, Unavailable
from tasks.settings import SettingsError

Verdict = Literal["ok", "off", "warn", "wrong"]


@dataclass(frozen=True)
class Line:
    """One line about one door.

    verdict   "ok"; "off": not configured; "warn": it works, with more than it needs or less than is wise; "wrong": it
              is configured and does not work
    said      a sentence, with the remedy where one is needed; never a secret
    """

    door: str
    verdict: Verdict
    said: str

    def __str__(self) -> str:
        return f"{self.verdict:<5} {self.door:<11} {' '.join(self.said.split())}"


def ok(door: str, said: str) -> Line:
    """It works."""
    return Line(door, "ok", said)


def off(door: str, said: str) -> Line:
    """It is not configured, and need not be; what is off without it."""
    return Line(door, "off", f"off: {said}")


def warn(door: str, said: str) -> Line:
    """It works, but may do more than it needs, or is not as it should be."""
    return Line(door, "warn", said)


def wrong(door: str, said: object) -> Line:
    """It is configured and does not work."""
    return Line(door, "wrong", str(said))


def looked_at(door: str, look: Callable[[], Iterable[Line]]) -> Iterator[Line]:
    """The lines of `look` as they come; what the other side refuses, or cannot answer, is the last of them."""
    try:
        yield from look()
    except (Refused, Unavailable, SettingsError) as error:
        yield wrong(door, error)
