"""A customer's text as signs are looked for in it, and the same words as they were written.

Signs are found in plain text: small letters without accents, straight quotes, single blanks, nothing invisible, and
without what is pasted or quoted: blocks of code, lines of logs, lines that begin with ">".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.rules.wording import name_said

_STRAIGHT = {
    "'": "\u2018\u2019\u201a\u201b\u0060\u00b4\u2032\uff07",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    " ": "\t\v\f\u00a0\u2002\u2003\u2007\u2009\u202f\u3000",
    "\n": "\u2028\u2029\r",
    ".": "\u2026",
    "a": "áàâäãåāă",
    "c": "çćč",
    "e": "éèêëēęě",
    "i": "íìîïīı",
    "n": "ñńň",
    "o": "óòôöõøō",
    "s": "śš",
    "u": "úùûüūů",
    "y": "ýÿ",
    "z": "źżž",
}
_PLAIN = {ord(odd): plain for plain, several in _STRAIGHT.items() for odd in several}
# Joiners, marks of direction, the soft hyphen, the byte order mark, accents that stand alone, looks of emoji, NUL.
_INVISIBLE = {
    code: ""
    for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0x300, 0x36F), (0xFE00, 0xFE0F))
    for code in range(first, last + 1)
} | {0: "", 0xAD: "", 0xFEFF: "", 0x61C: "", 0x180E: ""}
_FOLDED = _PLAIN | _INVISIBLE
_CAPITALS = {
    ord(odd.upper()): plain.upper() for plain, several in _STRAIGHT.items() for odd in several if odd.isalpha()
}

_ODD = re.compile(r"  |[\0\t\r\v\f`]")
_FENCED = re.compile(r"'''.*?'''", re.DOTALL)
_CITED = re.compile(r"^[ \t]*(?:>|&gt;)[^\n]*", re.MULTILINE)
_LOGGED = re.compile(
    r"^[ \t]*(?:[\w.-]{1,40} ?\| ?)?[\[(\"']?\d{4}[-/]\d\d[-/]\d\d[t ]\d\d:\d\d:\d\d[^\n]*"
    r"|^[ \t]*[a-z]{3} {1,2}\d{1,2} \d\d:\d\d:\d\d [^\n]*"
    r"|\b(?:level|lvl|ts|msg|component)=[^\n]*"
    r"|^[ \t]*(?:traceback \(|file \"|at [\w$.]{3,80}\(|\{\")[^\n]*",
    re.MULTILINE,
)
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?;]+(?=[\s\"')]|$)|(?=\n)|$)")
_SPOKEN = re.compile(r'"[^"\n]{1,300}"' + r"|(?<!\w)'[^'\n]{1,80}'(?!\w)")
_SHORTCODE = re.compile(r":[a-z0-9_+'-]{1,40}:")
_QUESTION = re.compile(r"\?[?!.\"') ]{0,9}$")
_WORD = re.compile(r"\w")
_LONGEST, _AROUND = 60, 24


@dataclass(frozen=True)
class Sentence:
    """A sentence in plain text, with its end mark, and where it begins in the text. `spoken` are the places between
    quotes: words of somebody else, or of a screen."""

    start: int
    plain: str
    spoken: tuple[tuple[int, int], ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return _QUESTION.search(self.plain) is not None

    def is_spoken(self, start: int, end: int) -> bool:
        """Whether this part of the sentence stands wholly between quotes."""
        return any(first <= start and end <= last for first, last in self.spoken)


@dataclass(frozen=True)
class Prose:
    """A text.

    written    as it came            plain    as signs are looked for; as long as `places`
    places     where in `written` each character of `plain` stands
    pasted     the first words that were left out as pasted, as they were written; "" for none
    """

    written: str
    plain: str
    places: Sequence[int]
    pasted: str = ""

    def sentences(self) -> Iterator[Sentence]:
        """The sentences with a word, or with a mark such as "?", in their order."""
        for found in _SENTENCE.finditer(self.plain):
            if text := found[0].strip():
                spoken = (
                    tuple(quote.span() for quote in _SPOKEN.finditer(found[0])) if '"' in text or "'" in text else ()
                )
                yield Sentence(found.start(), found[0], spoken)

    def quoted(self, sentence: Sentence, start: int, end: int) -> str:
        """These characters of a sentence as they were written, with a few whole words around, on one line of at most
        sixty characters. Nothing invisible is in it."""
        plain, spare = sentence.plain, max(0, min(_AROUND, (_LONGEST - (end - start)) // 2))
        before, after = plain[max(0, start - spare) : start], plain[end : end + spare]
        if start > spare:
            before = before.partition(" ")[2]
        if end + spare < len(plain):
            after = after.rpartition(" ")[0]
        first = self.places[sentence.start + start - len(before)]
        last = self.places[sentence.start + end + len(after) - 1]
        return shown(self.written[first : last + 1])


def prose(text: str) -> Prose:
    """A text, ready to be looked at. Any text will do."""
    plain, places = _folded(text)
    kept, pasted = plain, ""
    for pattern in (_FENCED, _CITED, _LOGGED):
        if found := pattern.search(kept):
            first, last = places[found.start()], places[found.end() - 1] + 1
            pasted = pasted or (shown(text[first:last]) if pattern is not _CITED else "")
            kept = pattern.sub(_blank, kept)
    return Prose(text, kept, places, pasted)


def shown(text: str) -> str:
    """A name or text of others on one line of at most sixty characters, nothing invisible in it."""
    return name_said(_visible(text))


def has_words(plain: str) -> bool:
    """Whether a plain text is more than marks and emoji."""
    return _WORD.search(_SHORTCODE.sub(" ", plain)) is not None


def unaccented(pattern: str) -> str:
    """A regular expression that fits plain text: without accents and curly quotes."""
    return pattern.translate(_CAPITALS | _FOLDED)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    if text.isascii() and not _ODD.search(text):
        return text.lower(), range(len(text))
    plain, places = [""], []
    for place, character in enumerate(text):
        for small in character.translate(_FOLDED).casefold().translate(_FOLDED):
            if small != " " or plain[-1] != " ":
                plain.append(small)
                places.append(place)
    return "".join(plain), places


def _blank(found: re.Match[str]) -> str:
    return "\n" * len(found[0])


def _visible(text: str) -> str:
    return "".join(character for character in text if character.isprintable() or character.isspace())
