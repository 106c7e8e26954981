"""Which of the proposed opportunities a person means, and whether that person may."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tasks.rules.proposals import ProposedDeal
from tasks.rules.wording import listed, name_said

_SHORT_ID = 15


@dataclass(frozen=True)
class Choice:
    """What an order's opportunities mean.

    ids        of the proposal, in its order, each once
    strangers  what names none of them         ambiguous   names that several of them have -> their ids
    """

    ids: tuple[str, ...]
    strangers: tuple[str, ...] = ()
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether everything that was named is exactly one of the proposed."""
        return not self.strangers and not self.ambiguous

    def refusal(self, proposal_id: str) -> str:
        """One sentence on what is not clear, "" where all is."""
        if self.strangers:
            return (
                f"Not in proposal {proposal_id}: {listed(self.strangers)};"
                " give ids or full names as the report shows them"
            )
        if self.ambiguous:
            name, ids = self.ambiguous[0]
            return f"'{name_said(name)}' is the name of {len(ids)} opportunities: give the id, one of {listed(ids)}"
        return ""


def chosen(given: Sequence[str], deals: Sequence[ProposedDeal]) -> Choice:
    """The deals that `given` names by id (15 or 18 characters) or by full name without case; all for nothing given."""
    if not given:
        return Choice(tuple(deal.id for deal in deals))
    ids, strangers, ambiguous = set[str](), [], []
    for text in given:
        found = _named(text, deals)
        if len(found) == 1:
            ids.add(found[0])
        elif found:
            ambiguous.append((text, found))
        else:
            strangers.append(text.strip() or "an empty name")
    return Choice(tuple(deal.id for deal in deals if deal.id in ids), tuple(strangers), tuple(ambiguous))


def each_once(given: Sequence[str]) -> tuple[str, ...]:
    """What a person filled in, in that order: each once, without what is empty and without the space around it."""
    return tuple(dict.fromkeys(text.strip() for text in given if text.strip()))


def same_id(one: str, other: str) -> bool:
    """Whether two ids are of one record. One may be the short form of fifteen characters: the three more of the long
    form only repeat which of them are capitals."""
    if len(one) == len(other):
        return bool(one) and one == other
    short, long = sorted((one, other), key=len)
    return len(short) == _SHORT_ID and long.startswith(short)


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same without case and blanks around or between."""
    return _folded(one) == _folded(other)


def signed_by(name: str, deciders: Collection[str], verb: str, setting: str = "RITUALS_DECIDERS") -> tuple[str, str]:
    """The decider as the settings spell the name, and why that person may not: one of the two is empty. `setting` is
    where those who may are named."""
    if not deciders:
        return "", f'Nobody may {verb} yet: name those who may in {setting}, such as ["First Last"]'
    found = [decider for decider in sorted(deciders) if same_person(decider, name)]
    if found:
        return found[0], ""
    who = f"{name_said(name)} may not {verb}" if name.strip() else f"Say who wants to {verb}"
    return "", f"{who}: those who may are {listed(sorted(deciders))} ({setting})"


def _named(text: str, deals: Sequence[ProposedDeal]) -> tuple[str, ...]:
    wanted = text.strip()
    by_id = tuple(deal.id for deal in deals if same_id(wanted, deal.id))
    return by_id or tuple(deal.id for deal in deals if wanted and same_person(deal.name, wanted))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
