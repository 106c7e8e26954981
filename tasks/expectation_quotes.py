"""Whether the sentence that an expectation quotes is in the handbook, and which one may be meant."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from tasks.expectation_mistakes import shown
from tasks.rules.handbook import Handbook, Sentence, plain, sentences_of

_NEAR: Final = 0.6
_NUMBERED: Final = re.compile(r"L(\d+)\s+(\S.*)")


def numbered(quote: str) -> tuple[int | None, str]:
    """The line and the sentence of a quote: 154 and "Click on …" of "L154 Click on …"."""
    found = _NUMBERED.fullmatch(quote)
    return (int(found.group(1)), found.group(2)) if found else (None, quote)


def wrong_quote(quote: str, line: int | None, handbook: Handbook) -> str:
    """Why the handbook does not have this quote in that line (None: anywhere), and what may be meant; "" where it
    does."""
    at = handbook.lines_of(quote)
    if at and (line is None or line in at):
        return ""
    if at:
        there = " and ".join(f"L{one}" for one in at)
        return f"this sentence is in {there} of the handbook, not in L{line}: {shown(quote)}"
    if whole := handbook.holding(quote):
        return f"this is only a part of a sentence of L{whole.line}: quote it whole: “{whole.text}”"
    near = _nearest(quote, line, handbook)
    asked = f" — did you mean L{near.line} “{near.text}”?" if near else ""
    return f"this is not in the handbook, or not any more: {shown(quote)}{asked}"


def _nearest(quote: str, line: int | None, handbook: Handbook) -> Sentence | None:
    """The sentence most like one that is quoted and not there; those of the named line come before all others."""
    lost = [said for said in sentences_of(quote) if not handbook.lines_of(said)] or [plain(quote)]
    there = tuple(one for one in handbook.sentences if one.line == line)
    return _most_like(lost, there) or _most_like(lost, handbook.sentences)


def _most_like(lost: Sequence[str], sentences: Sequence[Sentence]) -> Sentence | None:
    best, found = _NEAR, None
    for said in lost:
        like = SequenceMatcher(None, autojunk=False)
        like.set_seq2(said.casefold())
        for one in sentences:
            like.set_seq1(one.text.casefold())
            if like.real_quick_ratio() > best and like.quick_ratio() > best and (now := like.ratio()) > best:
                best, found = now, one
    return found
