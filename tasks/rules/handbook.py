"""The handbook's text as sentences with their lines: what the expectations quote (handbook L146 to L179)."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

CHECKUP: Final = "Validate Salesforce data"  # the chapter whose list says what Salesforce must look like

_NUMBERED = re.compile(r"L(\d+)(?:\t(.*))?")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_LIST_MARK = re.compile(r"\s*(?:[*+-]|\d+[.)])\s+(.*)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"\*+|`")
_STRAIGHT = str.maketrans("\u201c\u201d\u201e\u2019\u2018\u2011", '"""\'\'-')  # quotation marks, apostrophes, a hyphen
_END = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-z_]|[\"'(])")  # "e.g. a name" is no end


@dataclass(frozen=True)
class Sentence:
    """One sentence, as it is read (no Markdown). `line` as in "L154", `chapter` the heading above it; `listed` tells
    the items of a list from running text."""

    line: int
    text: str
    chapter: str
    listed: bool


@dataclass(frozen=True)
class Handbook:
    """All its sentences, in order."""

    sentences: tuple[Sentence, ...]

    @cached_property
    def _by_line(self) -> dict[int, list[str]]:
        by_line: dict[int, list[str]] = {}
        for one in self.sentences:
            by_line.setdefault(one.line, []).append(_bare(one.text))
        return by_line

    def lines_of(self, quote: str) -> tuple[int, ...]:
        """The lines that have this quote: one whole sentence or more in a row. White space, Markdown, kinds of
        quotation marks and the last full stop do not count."""
        wanted = [_bare(one) for one in sentences_of(quote)]
        if not wanted:
            return ()
        return tuple(
            line
            for line, said in self._by_line.items()
            if any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1))
        )

    def holding(self, part: str) -> Sentence | None:
        """The first sentence that has these words within it; None where there is none."""
        bare = _bare(plain(part))
        return next((one for one in self.sentences if bare and bare in one.text), None)

    def demands(self) -> tuple[Sentence, ...]:
        """What the checkup asks for: the sentences of the list under `CHECKUP` (L149 to L179)."""
        return tuple(one for one in self.sentences if one.listed and one.chapter == CHECKUP)

    def unquoted(self, quotes: tuple[str, ...]) -> tuple[Sentence, ...]:
        """The demands that none of these quotes has."""
        quoted = {_bare(said) for quote in quotes for said in sentences_of(quote)}
        return tuple(one for one in self.demands() if _bare(one.text) not in quoted)


def handbook(text: str) -> Handbook:
    """The handbook from its Markdown, numbered by its own lines; or from an excerpt in which each line starts with its
    number and a tab ("L149<TAB>1. Make sure …")."""
    rows = [(line, row.rstrip("\r")) for line, row in enumerate(text.split("\n"), start=1)]
    numbered = [_NUMBERED.fullmatch(row) for _, row in rows if row.strip()]
    if numbered and all(numbered):
        rows = [(int(one.group(1)), one.group(2) or "") for one in numbered if one]
    sentences, chapter = [], ""
    for line, row in rows:
        if heading := _HEADING.fullmatch(row.strip()):
            chapter = plain(heading.group(1))
            continue
        listed = _LIST_MARK.fullmatch(row) is not None
        sentences += [Sentence(line, said, chapter, listed) for said in sentences_of(row)]
    return Handbook(tuple(sentences))


def plain(text: str) -> str:
    """The text as it is read: no list mark, no emphasis, links as their words, straight quotation marks, single
    spaces."""
    marked = _LIST_MARK.fullmatch(text)
    linked = _LINK.sub(r"\1", marked.group(1) if marked else text)
    return " ".join(_EMPHASIS.sub("", linked).translate(_STRAIGHT).split())


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a line, as they are read."""
    return tuple(said for said in _END.split(plain(text)) if said)


def _bare(sentence: str) -> str:
    return sentence.rstrip(" .")
