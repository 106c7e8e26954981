"""Ids of the records that the company brings along, made fast enough for millions of them."""

from functools import cache
from string import ascii_lowercase, ascii_uppercase, digits

from deployments.sandbox.salesforce.ids import checksum

ALPHABET = digits + ascii_uppercase + ascii_lowercase
SUFFIX = ascii_uppercase + "012345"
# The characters after the prefix name the instance that made the record; these mark what the company brought along.
INSTANCE = "Hs"

_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]
_CAPITALS = [a.isupper() | b.isupper() << 1 for a in ALPHABET for b in ALPHABET]
LIMIT = len(_PAIRS) ** 2


@cache
def _frame(prefix: str) -> tuple[str, str]:
    """What all ids of a prefix share: the first eleven characters, and the first two of the checksum."""
    head = f"{prefix}{INSTANCE}000000"
    return head, checksum(f"{head}0000")[:2]


def record_id(prefix: str, number: int) -> str:
    """The 18-character id of the record `number` (from 0, below 14.7 million) of the object with that prefix."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"record number {number} is outside 0..{LIMIT - 1}")
    head, tail = _frame(prefix)
    high, low = divmod(number, len(_PAIRS))
    return f"{head}{_PAIRS[high]}{_PAIRS[low]}{tail}{SUFFIX[_CAPITALS[high] << 1 | _CAPITALS[low] << 3]}"
