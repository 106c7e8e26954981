"""An expectation in words close to those of its file, for people. Plain text: what is posted is made safe elsewhere."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from tasks.rules.expected import (
    SECOND,
    TOP,
    Among,
    ByEye,
    Claim,
    Components,
    DefaultListView,
    Equals,
    Expectation,
    Has,
    Matches,
    NoNotes,
    NotAfter,
    Opens,
    Pattern,
    Section,
    Side,
    TabShown,
    TabsOnly,
)
from tasks.rules.handbook import plain

NO_OBJECT: Final = "Tabs"
_POSITIONS: Final = {TOP: "top section", SECOND: "second section"}
_LOOKS: Final = {
    Pattern.YEAR: "has its year",
    Pattern.LINKEDIN_PERSON: "is the address of a LinkedIn profile",
    Pattern.LINKEDIN_COMPANY: "is the address of a LinkedIn company page",
    Pattern.SALES_NAVIGATOR: "is an address of LinkedIn sales navigator",
}
_AMONG: Final = {Among.ALL: "", Among.OPEN: "open", Among.WON: "won"}


def claim_words(expectation: Expectation) -> str:
    """What is expected: "section Accounting includes License key, Payment terms"."""
    return _WORDS[type(expectation.claim)](expectation.claim, expectation.object)


def sentence_words(expectation: Expectation) -> str:
    """The handbook's sentence as people read it, without Markdown."""
    return plain(expectation.sentence)


def eyes_words(expectation: Expectation) -> str:
    """What is left to eyes, in a few words: "pinned list views"; the same for expectations of one kind."""
    claim = expectation.claim
    if isinstance(claim, ByEye):
        return claim.what
    if isinstance(claim, DefaultListView):
        return "pinned list views"
    if isinstance(claim, Opens):
        return "LinkedIn pages opening"
    return claim_words(expectation)


def place(expectation: Expectation) -> str:
    """Where it is looked for: "Account \u203a Accounting", "Contact \u203a top section", "Tabs"."""
    return placed(expectation.object, _part(expectation.claim))


def placed(sobject: str, part: str) -> str:
    """An object and a part of it in words; the part may be a heading, a position, or "" for the whole."""
    name = sobject or NO_OBJECT
    return f"{name} \u203a {_POSITIONS.get(part, part)}" if part else name


def plural(sobject: str) -> str:
    """Records of an object: "accounts", "opportunities"."""
    word = sobject.removesuffix("__c").replace("_", " ").lower() or "record"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _part(claim: Claim) -> str:
    if isinstance(claim, Section):
        return claim.section or ("page" if claim.side is None else f"{claim.side} side")
    if isinstance(claim, Components):
        return f"{claim.side} side" if claim.side is Side.RIGHT else str(claim.side)
    if isinstance(claim, DefaultListView):
        return "list views"
    if isinstance(claim, NoNotes):
        return "notes"
    return str(getattr(claim, "field", ""))


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(labels)


def _section(claim: Section, _: str) -> str:
    name = _POSITIONS.get(claim.section, f"section {claim.section}" if claim.section else "the page")
    links = [f"{link.label} (to {link.leads_to})" if link.leads_to else link.label for link in claim.links]
    said = [
        f"starts with {_listed(claim.starts_with)}" if claim.starts_with else "",
        f"includes {_listed(claim.includes)}" if claim.includes else "",
        f"has the {'links' if len(links) > 1 else 'link'} {_listed(links)}" if links else "",
        f"is {_at(claim.side)}" if claim.side else "",
    ]
    return f"{name} {'; '.join(part for part in said if part) or 'is there'}"


def _at(side: str) -> str:
    return f"at the {side}" if side != "right" else "on the right"


def _list_view(claim: DefaultListView, _: str) -> str:
    said = f"default list view is {claim.view}"
    if claim.filters is None:
        return said
    return f"{said}, filtered by {' and '.join(claim.filters)}" if claim.filters else f"{said}, without a filter"


def _matches(claim: Matches, sobject: str) -> str:
    of = f" of {_records(claim.among, sobject)}" if claim.among is not Among.ALL else ""
    required = " and is never empty" if claim.required else ""
    return f"“{claim.field}”{of} {_LOOKS[claim.pattern]}{required}"


def _records(among: Among, sobject: str) -> str:
    return f"{_AMONG[among]} {plural(sobject)}".strip()


def _not_after(claim: NotAfter, sobject: str) -> str:
    return f"“{claim.field}” of {_records(claim.among, sobject)} is not after “{claim.other}”"


def _has(claim: Has, sobject: str) -> str:
    return f"“{claim.field}” of {_records(claim.among, sobject)} has its “{claim.other}”"


_WORDS: Final[dict[type[Any], Callable[[Any, str], str]]] = {
    TabsOnly: lambda claim, _: f"tabs only {_listed(claim.tabs)}",
    TabShown: lambda claim, _: f"tab {claim.tab} is on by default",
    DefaultListView: _list_view,
    Section: _section,
    Components: lambda claim, _: f"{_listed(claim.components)} {_at(claim.side)}",
    NoNotes: lambda _, sobject: f"no notes on {plural(sobject)}",
    Matches: _matches,
    Opens: lambda claim, _: f"links in “{claim.field}” open",
    Equals: lambda claim, _: f"“{claim.field}” equals the {claim.source}",
    NotAfter: _not_after,
    Has: _has,
    ByEye: lambda claim, _: str(claim.what),
}
