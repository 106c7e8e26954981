"""Words as names are compared by, and which of them are no evidence of anybody."""

import re
from dataclasses import dataclass
from functools import cache

from tasks.rules.place_zones import COUNTRIES, PROVINCES, STATES
from tasks.rules.privacy_everyday import EVERYDAY
from tasks.rules.privacy_terms import FUNCTION, LEGAL, PLAIN, TECHNICAL, TRADE

LONGEST = 40  # letters of a name that are compared
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_A-Za-z]+")
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y")
_SHORTEST_STEM = 3
# One letter for those that are written for each other.
_SHAPES = str.maketrans("l1035478926", "iioesatbgzg")
_SIGN = re.compile("[@$!|+\u20ac\u00a3]")
_SIGNS = tuple(str.maketrans("@$!|+\u20ac\u00a3", f"{at}siitel") for at in "a ")


@dataclass(frozen=True)
class Word:
    """A word of a text, and where it stands. `folded` is compared; `shape` is, where it may be disguised."""

    raw: str
    folded: str
    shape: str
    start: int
    end: int

    @property
    def has_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.raw[:1].isupper()


def folded(text: str) -> list[str]:
    """The words of a plain text, without case."""
    return _WORD.findall(text.casefold())


def shape(word: str) -> str:
    """A folded word as it looks: "gl0bex" and "globex" are the same."""
    return word.translate(_SHAPES)


def words(text: str) -> list[Word]:
    """The words of a plain text, one after the other."""
    return [_word(found[0], found.start()) for found in _WORD.finditer(text)]


def pieces(text: str) -> list[Word]:
    """The words, also apart where a capital or a digit begins another one: "AcmeProd2" has three."""
    return [
        _word(piece[0], found.start() + piece.start())
        for found in _WORD.finditer(text)
        for piece in _PIECE.finditer(found[0])
    ]


def spelled(text: str) -> tuple[str, ...]:
    """The text with letters for the signs that stand for some: "$able" is "sable"; @ may be a letter, or part two
    words. Nothing where it has none."""
    return tuple(dict.fromkeys(text.translate(signs) for signs in _SIGNS)) if _SIGN.search(text) else ()


@cache
def is_common(word: str) -> bool:
    """Whether a folded word is of everyday English, of our trade or a place, in any of its usual forms."""
    if word in COMMON or word.isdigit():
        return True
    stems = [word[: -len(end)] for end in _ENDINGS if word.endswith(end)]
    return any(stem in COMMON or f"{stem}e" in COMMON for stem in stems if len(stem) >= _SHORTEST_STEM)


def _word(raw: str, start: int) -> Word:
    lowered = raw.casefold()
    return Word(raw, lowered, shape(lowered), start, start + len(raw))


def _places() -> set[str]:
    found = _WORD.findall(f"{COUNTRIES} {STATES} {PROVINCES}".casefold().replace("_", " "))
    return {word for word in found if len(word) >= _SHORTEST_STEM}


COMMON = frozenset(EVERYDAY | PLAIN | TECHNICAL | TRADE | LEGAL | FUNCTION | _places() | {"a", "i"})
