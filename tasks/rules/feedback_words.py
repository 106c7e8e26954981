"""The words that signs are made of. In a sign a word in capitals stands for one of a group: "THE SYSTEM is ADV DOWN".

Signs are regular expressions over plain text (see feedback_text). Every gap is bounded, so that looking takes a time
in proportion to the text.
"""

import re
from functools import lru_cache

from tasks.rules.feedback_groups import GROUPS
from tasks.rules.feedback_text import prose, unaccented

_A_WORD = r"[^\s,;]{1,30} "
# Words between: at most two, at most four.
_GAPS = {"FEW": rf"(?:{_A_WORD}){{0,2}}?", "GAP": rf"(?:{_A_WORD}){{0,4}}?"}

# How often a group may come, with the blank after it: "ADV DOWN", "completely again down".
_OFTEN = {"THE": "{0,4}", "BE": "{0,3}", "ADV": "{0,3}"}
_FURTHER = " " * 5
_GROUP = re.compile(r"\b([A-Z]{2,})\b( ?)")


def signs(block: str) -> tuple[str, ...]:
    """The signs of a block, one a line; a line that is indented further than four goes on with the one before."""
    found: list[str] = []
    for line in block.splitlines():
        if line.startswith(_FURTHER) and found:
            found[-1] += line.strip()
        elif line.strip():
            found.append(line.strip())
    return tuple(found)


def expanded(sign: str, product: str = "") -> str:
    """A sign as a regular expression, its groups written out. Raises KeyError for a group that is none."""

    def written(found: re.Match[str]) -> str:
        name, blank = found[1], found[2]
        if name == "PRODUCT":
            return _named(product) + blank if product else "(?!)"
        if name in _GAPS:
            return _GAPS[name]
        group = expanded(f"(?:{'|'.join(signs(GROUPS[name]))})", product)
        return rf"(?:{group}{blank}){_OFTEN[name]}" if name in _OFTEN else group + blank

    return _GROUP.sub(written, sign)


@lru_cache(maxsize=64)
def compiled(signs: tuple[str, ...], product: str = "") -> re.Pattern[str]:
    """One regular expression for all of them: whole words of plain text. No signs fit nothing."""
    if not signs:
        return re.compile("(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(expanded(sign, product) for sign in signs)})(?!\w)")


@lru_cache(maxsize=64)
def compiled_as_given(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Those of the settings, each for itself: it may have flags and numbered groups. In any case, with or without
    accents."""
    return tuple(_as_given(pattern) for pattern in patterns)


def _as_given(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(unaccented(pattern), re.IGNORECASE)
    except re.error:  # [þ-ÿ] without its accents ends before it begins
        return re.compile(pattern, re.IGNORECASE)


def _named(product: str) -> str:
    """The product's name as a sign; it fits nothing where it is none, or a word that is there already."""
    plain = prose(product).plain.strip()
    is_new = plain and not re.fullmatch(expanded("SYSTEM"), plain)
    return re.escape(plain) if is_new else "(?!)"
