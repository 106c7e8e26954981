"""What is wrong in the files of `expectations/`, in words, with the file, the line and the remedy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

SHOWN: Final = 100  # characters of a text that is shown in a mistake


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake, or one warning; `line` 0 where it is about the whole file or folder."""

    file: str
    line: int
    said: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.said}" if self.line else f"{self.file}: {self.said}"


class ExpectationsWrong(ValueError):
    """The files cannot be used. Has all `mistakes` of all files, sorted by file and line; its text has one on each
    line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


def shown(text: str) -> str:
    """The text in quotation marks, cut where it is long, without signs that a terminal would obey."""
    seen = "".join(one if one.isprintable() else "\ufffd" for one in text)
    return f"“{seen}”" if len(seen) <= SHOWN else f"“{seen[:SHOWN].rstrip()}…”"


def meant(given: str, allowed: Sequence[str]) -> str:
    """The question whether one of these is meant, to end a mistake with; the empty text where nothing is near."""
    by_look = {one.casefold(): one for one in allowed}
    near = get_close_matches(given.casefold(), by_look, n=1, cutoff=0.6)
    return f" — did you mean {shown(by_look[near[0]])}?" if near else ""


def one_of(allowed: Iterable[str]) -> str:
    """“top”, “right” or “bottom”."""
    *others, last = [f"“{one}”" for one in allowed]
    return f"{', '.join(others)} or {last}" if others else last
