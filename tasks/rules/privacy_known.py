"""What must not be told in public, made ready to be looked for: an org may have 20,000 accounts and 100,000 people."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from tasks.rules.privacy_gathering import NUMBER, Gathering, Mark

__all__ = ["Known", "Mark", "known_of", "phone_key"]


@dataclass(frozen=True, repr=False)
class Known:
    """What is looked for; made by `known_of`. See `privacy_gathering.Gathering` for the first seven.

    public     domains of our own, whose pages may be referred to
    accounts   how many were given: without any nothing may be said
    """

    loose: Mapping[str, Mark] = field(default_factory=dict)
    careful: Mapping[str, Mark] = field(default_factory=dict)
    exact: Mapping[str, Mark] = field(default_factory=dict)
    always: Mapping[str, Mark] = field(default_factory=dict)
    inside: AbstractSet[str] = frozenset()
    domains: AbstractSet[str] = frozenset()
    phones: AbstractSet[str] = frozenset()
    public: tuple[str, ...] = ()
    accounts: int = 0


def known_of(
    accounts: Iterable[str],
    *,
    websites: Iterable[str] = (),
    people: Iterable[str] = (),
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    hosts: Iterable[str] = (),
    public: Iterable[str] = (),
    strictly: bool = False,
) -> Known:
    """What is known of customers and prospects, once for many texts. Empty ones are passed over.

    accounts   full names        websites   "https://www.acme.example/"       people   contacts and Slack's authors
    hosts      names of machines of theirs        public   domains of our own, whose pages may be referred to
    strictly   names of everyday words are found in any case: for the customer that a text is about
    """
    gathered, named, ours = (
        Gathering(),
        [name for name in accounts if name.strip()],
        tuple(one.strip().casefold() for one in public),
    )
    for name in named:
        gathered.account(name, strictly=strictly)
    for address in websites:
        gathered.domain(re.sub(r"^\w+://", "", address.strip()).partition("/")[0].partition(":")[0], ours)
    for person in people:
        gathered.person(person, strictly=strictly)
    for mail in emails:
        gathered.mail(mail, ours)
    for number in phones:
        gathered.phone(number)
    for host in hosts:
        gathered.host(host, ours)
    return Known(**vars(gathered), public=ours, accounts=len(named))


def phone_key(digits: str) -> str:
    """What a number of a text, given its digits, is looked up by in `Known.phones`."""
    return digits[-NUMBER:]
