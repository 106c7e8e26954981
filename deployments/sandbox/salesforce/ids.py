"""Record ids: fifteen characters that matter and three that make them safe where case is lost."""

import re

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_POD = "Sx0"  # where a real id names the server that made it
_SHAPE = re.compile(r"[0-9A-Za-z]{15}(?:[A-Z0-5]{3})?")
SHORT, LONG = 15, 18


def checksum(short: str) -> str:
    """The three characters that tell which of the fifteen are capitals, five bits each."""
    chunks = (short[0:5], short[5:10], short[10:15])
    return "".join(_SUFFIX[sum(c.isupper() << i for i, c in enumerate(chunk))] for chunk in chunks)


def make_id(prefix: str, number: int) -> str:
    """The id (18 characters) of record `number` of the object with that three-character prefix."""
    serial = ""
    for _ in range(9):
        number, digit = divmod(number, len(_DIGITS))
        serial = _DIGITS[digit] + serial
    short = f"{prefix}{_POD}{serial}"
    return short + checksum(short)


def is_id(text: object) -> bool:
    """Whether it looks like an id, in either form; the suffix of the long form must be right."""
    if not isinstance(text, str) or not _SHAPE.fullmatch(text):
        return False
    return len(text) == SHORT or checksum(text[:SHORT]) == text[SHORT:]


def long_form(record_id: str) -> str:
    """The 18 characters of an id given in either form."""
    return record_id if len(record_id) == LONG else record_id + checksum(record_id)
