"""What may be said in public: a text that holds anything of a customer is refused, never rewritten (decisions.md).

It fails closed: without a single known account nothing passes, and neither does what is too long to be looked through.
What is looked for, and in which disguises, is in `privacy_known`, `privacy_names`, `privacy_hosts`, `privacy_patterns`
and `privacy_views`. Not found: what is drawn or shown in a picture, other languages' words for a name, and a name of
everyday words in small letters of another customer than the one the text is about.
"""

import re
from collections.abc import Iterator, Mapping

from tasks.rules.place_zones import COUNTRIES, PROVINCES, STATES
from tasks.rules.privacy_hosts import hosts, without_public
from tasks.rules.privacy_known import Known, known_of, phone_key
from tasks.rules.privacy_names import names
from tasks.rules.privacy_patterns import ids, keys, numbers, people_and_machines
from tasks.rules.privacy_terms import PRODUCTS
from tasks.rules.privacy_views import readings
from tasks.rules.wording import name_said

__all__ = ["LONGEST_TEXT", "Known", "known_of", "why_withheld"]

LONGEST_TEXT = 65_536  # characters that GitHub takes
_TOLD = 12
_PRODUCTS = re.compile(PRODUCTS, re.VERBOSE | re.IGNORECASE)
_ZONE = re.compile(r"[A-Z]\w+/[\w/]+")
_ZONES = re.compile(rf"\b(?:{'|'.join(sorted(set(_ZONE.findall(COUNTRIES + STATES + PROVINCES))))})\b")
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
Found = tuple[str, str]


def why_withheld(texts: Mapping[str, str], known: Known, about: Known | None = None) -> tuple[str, ...]:
    """Why these texts may not be read by everybody, one sentence each; () where nothing speaks against it.

    texts   by what they are: "title", "text", "label customer-bennu", "file name"
    about   of the customer that the texts are about, made with `strictly`
    """
    if not known.accounts:
        return (
            "No account is known, so nobody can tell whether one is named: read the accounts from Salesforce first.",
        )
    return tuple(reason for where, text in texts.items() for reason in _reasons(where, text, known, about))


def _reasons(where: str, text: str, known: Known, about: Known | None) -> Iterator[str]:
    if len(text) > LONGEST_TEXT:
        yield f"The {where} is too long to be looked through: {len(text):,} characters, {LONGEST_TEXT:,} at most."
        return
    told: dict[Found, None] = {}
    for reading in _turned(text):
        for found in (*_open(reading, known), *(_open(reading, about) if about else ())):
            if not any(found[1] in shown for _, shown in told):
                told.setdefault(found)
        for line in dict.fromkeys(reading.count("\n", 0, at) + 1 for at in keys(reading)):
            told.setdefault((f"a key, password or token in line {line}", ""))
    for kind, shown in list(told)[:_TOLD]:
        yield f'The {where} holds {kind}: "{name_said(shown)}".' if shown else f"The {where} holds {kind}."
    if len(told) > _TOLD:
        yield f"The {where} holds {len(told) - _TOLD} more of that kind."


def _turned(text: str) -> tuple[str, ...]:
    """The readings, also from the end where signs turn the direction."""
    found = readings(text)
    return (*found, *readings(text[::-1])) if _TURNED.search(text) else found


def _open(reading: str, known: Known) -> Iterator[Found]:
    yield from people_and_machines(reading)
    yield from hosts(reading, known.public, known.domains)
    yield from ids(reading)
    for digits, shown in numbers(reading):
        if phone_key(digits) in known.phones:
            yield "a phone number", shown
    yield from names(_ordinary(reading, known), known)


def _ordinary(reading: str, known: Known) -> str:
    """Without the hosts, products and time zones that hold a name and name nobody."""
    return _ZONES.sub(" ", _PRODUCTS.sub(" ", without_public(reading, known.public)))
