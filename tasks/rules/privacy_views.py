"""One text in all the ways in which a reader, or a machine, may read it: what hides a word is taken away.

A reading keeps its capitals and its line breaks. Letters that look like Latin ones are Latin there, accents are gone,
and so is what has no width. Nothing that is read here is ever shown as the text.
"""

import base64
import html
import re
import unicodedata

_ROUNDS = 3  # "&amp;#65;" takes two
_MOST = 20_000  # decoded characters
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2}))", re.IGNORECASE)
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_BACKSLASH = re.compile(r"\\(?=[^\w\s])")
_TAG = re.compile(r"<!--.*?-->|<[/!]?\w[^<>\n]{0,300}>", re.DOTALL)
_DEFANGED = (
    (re.compile(r"\bhxxp", re.IGNORECASE), "http"),
    (re.compile(r"\s?[\[({<]\s*(?:\.|dot|punkt|point|punto)\s*[\])}>]\s?", re.IGNORECASE), "."),
    (re.compile(r"\s?[\[({<]\s*(?:@|at|arroba)\s*[\])}>]\s?", re.IGNORECASE), "@"),
    (re.compile(r"(?<=\w)(?: dot |\s\.\s)(?=\w)", re.IGNORECASE), "."),
    (re.compile(r"(?<=\w) @ (?=[\w-]+\.\w)"), "@"),
)
_CODED = re.compile(r"(?<![\w+/=-])(?:[0-9a-fA-F]{2}){4,}(?![\w+/=-])|[A-Za-z0-9+/_-]{6,}={0,2}")
_READABLE = re.compile(r"[\w\s.,:;@'&!?()/+-]{4,}")
# What looks like a Latin letter and is none, after accents and widths are gone. Code points of Cyrillic, Greek,
# Armenian, Cherokee, Canadian syllabics, Lisu, Carian and of phonetic letters.
_LOOK_ALIKES = """
A 391 410 13aa 15c5 a4ee 102a0 | B 392 412 13f4 15f7 a4d0 102a1 | C 421 13df 3f9 a4da 102a2 | D 13a0 15de a4d3 | E 395
415 13ac a4f0 404 | F 3dc 15b4 a4dd 492 | G 13c0 50c a4d6 | H 397 41d 13bb a4e7 4ba | I 399 406 4c0 a4f2 | J 408 13ab
a4d9 | K 39a 41a 13e6 a4d7 49a | L 13de a4e1 53c | M 39c 41c 13b7 a4df | N 39d a4e0 418 | O 39f 41e 555 a4f3 d8 | P
3a1 420 13e2 a4d1 | Q 51a 10b3 | R 13a1 a4e3 42f | S 405 54f 13da a4e2 | T 3a4 422 13a2 a4d4 | U 54d a4f4 10ae | V 474
13d9 a4e6 | W 51c 13b3 a4ea 428 | X 3a7 425 a4eb | Y 3a5 4ae 423 a4ec | Z 396 13c3 a4dc | a 430 3b1 251 1d00 | b 42c
44c 299 432 253 | c 441 3f2 1d04 abaf | d 501 257 1d05 111 | e 435 454 3b5 4bd 1d07 | f 192 1e9d a730 493 | g 261 581
262 11f | h 4bb 570 29c 4a3 | i 456 3b9 131 26a 269 | j 458 3f3 1d0a | k 43a 3ba 1d0b 49b | l 4cf 217c 56c 29f 142 | m
43c 1d0d | n 43f 578 274 3b7 438 | o 43e 3bf 585 1d0f 3c3 4e9 | p 440 3c1 1d18 | q 51b 566 563 | r 433 1d26 280 44f |
s 455 a731 282 | t 442 3c4 1d1b | u 3c5 57d 1d1c 446 | v 3bd 475 1d20 | w 461 51d 1d21 3c9 448 | x 445 3c7 | y 443 4af
28f 3b3 | z 1d22 290
"""
_SPELLED = {
    "\u00df": "ss", "\u00e6": "ae", "\u00c6": "AE", "\u0153": "oe", "\u0152": "OE", "\u00f8": "o", "\u00d8": "O",
    "\u0111": "d", "\u0110": "D", "\u00f0": "d", "\u00d0": "D", "\u00fe": "th", "\u00de": "Th", "\u0142": "l",
    "\u0141": "L", "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u3002": ".", "\u06d4": ".",
    "\u00b7": ".", "\u2022": ".", "\u2215": "/", "\u2044": "/", "\u2236": ":", "\u02d0": ":",
    "\u3164": "", "\u115f": "", "\u1160": "", "\uffa0": "",
}  # fmt: skip
_NOTHING = {"Mn", "Me", "Cf", "Cs"}  # accents and marks, what has no width or turns the direction, halves of characters
_LETTERED = ((0x1F1E6, 26), (0x1F130, 26), (0x1F150, 26), (0x1F170, 26))  # flags and boxes: 🇦 🄰 🅐 🅰


class _Plain(dict[int, str]):
    """What each character is read as, found once: the table of `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = _read(chr(code))
        return self[code]


def plain(text: str) -> str:
    """The text with Latin letters, without accents and hidden characters."""
    if text.isascii() and text.isprintable() and "`" not in text:
        return text
    return unicodedata.normalize("NFKC", text).translate(_PLAIN)


def readings(text: str) -> tuple[str, ...]:
    """The text as it is read, decoded; without tags; with addresses put together again; and what is coded in it as
    base64 or hexadecimal. Each once, the plain one first."""
    shown = plain(_decoded(text))
    found = [shown, _TAG.sub("", shown)]
    found += [_refanged(one) for one in found]
    found.append("\n".join(_coded(plain(text))))
    return tuple(dict.fromkeys(one for one in found if one))


def _decoded(text: str) -> str:
    """Without escapes of Markdown, HTML, addresses and source code, however often they were applied."""
    for _ in range(_ROUNDS):
        before = text
        text = _BACKSLASH.sub("", plain(text))
        text = _PERCENT.sub(_bytes, html.unescape(_ESCAPED.sub(_character, text)))
        if text == before:
            break
    return text


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2] or found[3], 16)
    return chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004 - the last one of Unicode


def _bytes(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "ignore")


def _refanged(text: str) -> str:
    for pattern, stands_for in _DEFANGED:
        text = pattern.sub(stands_for, text)
    return text


def _coded(text: str) -> list[str]:
    """What words in base64 or hexadecimal say, where that can be read."""
    said = [one for word in _CODED.findall(text) for one in _uncoded(word)]
    return said if sum(map(len, said)) <= _MOST else ["\n".join(said)[:_MOST]]


def _uncoded(word: str) -> list[str]:
    tries = []
    if re.fullmatch(r"(?:[0-9a-fA-F]{2})+", word):
        tries.append(bytes.fromhex(word))
    digits = word.rstrip("=").replace("-", "+").replace("_", "/")
    if len(digits) % 4 != 1:
        tries.append(base64.b64decode(digits + "=" * (-len(digits) % 4)))
    texts = [plain(one.decode("utf-8", "replace")) for one in tries]
    return [one for one in texts if _READABLE.fullmatch(one)]


def _read(character: str) -> str:
    if character in _SPELLED:
        return _SPELLED[character]
    for first, many in _LETTERED:
        if 0 <= ord(character) - first < many:
            return chr(ord("A") + ord(character) - first)
    category = unicodedata.category(character)
    if character == "\n" or category in {"Zl", "Zp"}:
        return "\n"
    if category in {"Cc", "Zs"}:
        return " "
    if category == "Pd":
        return "-"
    parts = [one for one in unicodedata.normalize("NFKD", character) if unicodedata.category(one) not in _NOTHING]
    return "".join(_LATIN.get(one, one) for one in parts)


_LATIN = {
    chr(int(code, 16)): letter
    for line in _LOOK_ALIKES.split("|")
    for letter, *codes in [line.split()]
    for code in codes
}
_PLAIN = _Plain()
