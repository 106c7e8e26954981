"""The names, addresses and numbers of customers, gathered in the forms in which people write them."""

import re
from dataclasses import dataclass, field
from functools import cache

from tasks.rules.privacy_hosts import domain_of, is_public
from tasks.rules.privacy_ordinary import ORDINARY
from tasks.rules.privacy_terms import FUNCTION, LEGAL, TECHNICAL, TRADE
from tasks.rules.privacy_views import plain
from tasks.rules.privacy_words import COMMON, LONGEST, folded, is_common, shape, words

ACCOUNT, PERSON, LAST, FIRST = "an account's name", "a person's name", "a last name", "a first name"
WEBSITE, HOST = "a customer's website", "the name of a host"
SHORTEST = 4  # letters of a word that is looked for whatever stands around it
SURE = 8  # letters of a name that nobody writes by chance
NUMBER = 8  # digits of a phone number that are compared, the last ones: its country may be left out
_SHORTEST_NUMBER = 7
_SHORTEST_NAME = 3
_HONORIFICS = frozenset({"mr", "mrs", "ms", "mx", "dr", "prof", "sir", "miss", "jr", "sr", "ii", "iii", "phd", "mba"})
_MAILBOXES_LISTED = """
abuse accounts admin ap billing contact finance hello help helpdesk hr info it jobs mail marketing noc office ops
postmaster privacy sales security service servicedesk support team webmaster
"""
_PROVIDERS_LISTED = """
163.com aol.com facebook.com fastmail.com gmail.com gmx.de gmx.net googlemail.com hey.com hotmail.com icloud.com
instagram.com linkedin.com live.com mac.com mail.ru me.com msn.com naver.com outlook.com pm.me proton.me protonmail.com
qq.com t-online.de twitter.com web.de x.com yahoo.com yandex.ru youtube.com zoho.com
"""
_MAILBOXES, _PROVIDERS = frozenset(_MAILBOXES_LISTED.split()), frozenset(_PROVIDERS_LISTED.split())
_ASIDE = re.compile(r"[(\[{|].*|\s[-/,]\s.*")
_UMLAUT = re.compile("[äöüåø]", re.IGNORECASE)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


@dataclass(frozen=True)
class Mark:
    """What a word, or several, stand for."""

    kind: str
    words: int


@dataclass
class Gathering:
    """What is looked for, by what it is compared by.

    loose     by shape: found in any case and disguise
    careful   by folded letters, of everyday words: found with a capital, or beside a word that tells a company
    exact     names of two or three letters, as they are written
    always    everyday words that are found in any case
    inside    shapes that are looked for within longer words, too
    domains   what customers registered       phones   the last digits
    """

    loose: dict[str, Mark] = field(default_factory=dict)
    careful: dict[str, Mark] = field(default_factory=dict)
    exact: dict[str, Mark] = field(default_factory=dict)
    always: dict[str, Mark] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)

    def account(self, name: str, *, strictly: bool) -> None:
        """A company: its whole name, that without its legal form and trade, and each word that is no ordinary one."""
        for written in _spellings(name):
            spoken = folded(written)
            spoken = spoken[1:] if spoken[:1] == ["the"] and len(spoken) > 1 else spoken
            core = _without(spoken, LEGAL)
            for parts in (spoken, core, _without(_without(core, LEGAL | TRADE), FUNCTION)):
                if parts and (parts is core or not set(parts) <= TRADE | FUNCTION | LEGAL):
                    self._several(parts, written, strictly=strictly)
            for word in core:
                if len(word) >= SHORTEST and not is_common(word):
                    self._word(word, ACCOUNT, 1)
                    self._inside(word)

    def person(self, name: str, *, strictly: bool = False) -> None:
        """A person: first and last name in either order, a last name that is no ordinary word, "dreyes"; a name alone
        may be a user's name. Strictly, also each everyday word of the name where it has a capital."""
        for written in _spellings(_ASIDE.sub("", name)):
            spoken = [word for word in folded(written) if word not in _HONORIFICS]
            spoken = [word for word in spoken if len(word) > 1 or not word.isascii()]
            if len(spoken) == 1:
                self._user(spoken[0])
            for word in spoken[: len(spoken) if strictly else 1]:
                if len(word) >= _SHORTEST_NAME and word not in (FUNCTION if strictly else COMMON):
                    self.careful.setdefault(word, _mark(FIRST if word == spoken[0] else LAST, 1))
            if len(spoken) > 1:
                self._both(spoken[0], spoken[-1])
                for word in spoken[1:]:
                    self._last(word)

    def mail(self, address: str, public: tuple[str, ...]) -> None:
        """An e-mail address: its domain, and its user's name. The address itself needs no entry: all are refused."""
        local, _, domain = plain(address).strip().casefold().partition("@")
        parts = folded(local.partition("+")[0])
        if "".join(parts) not in _MAILBOXES:
            self._user("".join(parts), len(parts))
            self._last(parts[-1] if len(parts) > 1 else "")
        self.domain(domain, public)

    def domain(self, host: str, public: tuple[str, ...]) -> None:
        """A host of a company, "www.acme.example": its domain and the word before the dot. Those of mail providers, and
        those that everybody may name, say nothing of a customer."""
        domain = domain_of(plain(host).strip())
        if "." not in domain or domain in self.domains or domain in _PROVIDERS or is_public(domain, public):
            return
        self.domains.add(domain)
        stem = "".join(folded(domain.partition(".")[0]))
        if len(stem) >= SHORTEST and not is_common(stem):
            self._word(stem, WEBSITE, 1)
            self._inside(stem)

    def phone(self, number: str) -> None:
        """A phone number, of which the last digits are compared."""
        digits = re.sub(r"\D", "", plain(number))
        if len(digits) >= _SHORTEST_NUMBER:
            self.phones.add(digits[-NUMBER:])

    def host(self, name: str, public: tuple[str, ...]) -> None:
        """A machine of a customer's, with its domain or without."""
        first, _, rest = plain(name).strip().partition(".")
        self.domain(rest, public)
        key = "".join(folded(first))
        if len(key) > SHORTEST and not is_common(key):
            self._word(key, HOST, 1)

    def _several(self, parts: list[str], written: str, *, strictly: bool) -> None:
        """One way to say an account's name."""
        while len(parts) > 1 and sum(map(len, parts)) > LONGEST:
            parts = parts[:-1]
        key, mark = "".join(parts)[:LONGEST], _mark(ACCOUNT, len(parts))
        is_everyday = all(map(is_common, parts))
        is_phrase = len(parts) > 1 and (strictly or _is_telling(parts))
        if len(key) < SHORTEST and key.isascii():
            raw = "".join(word.raw for word in words(written)[: len(parts)])
            self.exact.update({raw: mark} if len(key) > 1 else {})
            self.always.update({key: mark} if strictly and len(key) > 1 else {})
        elif not is_everyday or is_phrase:
            self._word(key, ACCOUNT, len(parts))
            if not is_everyday or len(key) >= SURE:
                self._inside(key)
        else:
            self.careful.setdefault(key, mark)
            self.always.update({key: mark} if strictly else {})

    def _both(self, first: str, last: str) -> None:
        """First and last name in either order; of everyday words, as in "Max Long", with capitals alone."""
        for one, other in ((first, last), (last, first)):
            if is_common(one) and is_common(other) and len(one + other) < SURE:
                self.careful.setdefault(one + other, _mark(PERSON, 2))
            else:
                self._word(one + other, PERSON, 2)
        if len(first + last) >= SURE:
            self._inside(first + last)
        if not is_common(last):
            self._user(first[0] + last)

    def _last(self, word: str) -> None:
        """A last name by itself; one that is an ordinary word only with a capital, one of everyday language never."""
        if word in COMMON:
            return
        if (len(word) >= SHORTEST and word not in ORDINARY and not is_common(word)) or not word.isascii():
            self._word(word, LAST, 1)
        elif len(word) >= _SHORTEST_NAME:
            self.careful.setdefault(word, _mark(LAST, 1))

    def _user(self, name: str, count: int = 1) -> None:
        if len(name) > SHORTEST and not is_common(name) and name not in ORDINARY:
            self._word(name, PERSON, count)

    def _word(self, key: str, kind: str, count: int) -> None:
        self.loose.setdefault(shape(key), _mark(kind, count))
        if not key.isascii():
            self.inside.add(shape(key))  # Chinese and others write no space around a name

    def _inside(self, key: str) -> None:
        """Looked for within words, too, unless ordinary ones hold it, as "disable" does "sable"."""
        if key not in _parts():
            self.inside.add(shape(key))


def _spellings(name: str) -> set[str]:
    """The plain name, and as who has no umlauts writes it."""
    if not _UMLAUT.search(name):
        return {plain(name)}
    return {plain(name), plain(name.casefold().translate(_UMLAUTS))}


def _is_telling(parts: list[str]) -> bool:
    """Whether several everyday words say a name in small letters, too: "best buy" does, "first data" does not."""
    enough = 3
    spoken = set(parts)
    return not spoken <= FUNCTION and (len(parts) >= enough or not (spoken & FUNCTION or spoken <= TECHNICAL))


def _without(parts: list[str], left_out: frozenset[str]) -> list[str]:
    """Without these words at the end; one is left."""
    end = len(parts)
    while end > 1 and parts[end - 1] in left_out:
        end -= 1
    return parts[:end]


@cache
def _mark(kind: str, count: int) -> Mark:
    return Mark(kind, count)


@cache
def _parts() -> frozenset[str]:
    """What ordinary words are made of, from four letters on."""
    return frozenset(
        word[start:end]
        for word in COMMON
        for start in range(len(word) - SHORTEST + 1)
        for end in range(start + SHORTEST, len(word) + 1)
    )
