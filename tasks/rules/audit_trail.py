"""Who changed what the check found, by the setup audit trail. Pure. No answer is better than a wrong one."""

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from tasks.rules.expected import Components, DefaultListView, Expectation, Section, Side, TabShown, TabsOnly
from tasks.rules.labels import fields_called, given_for, plain
from tasks.rules.layout_places import PAGES, rows_of
from tasks.rules.org_facts import OrgFacts, Surface
from tasks.rules.verdicts import Change, Discrepancy

# A word like "Type" or "Name" stands in many sentences of Setup; it names a field only after one of these.
_NAMED_AFTER: Final = (
    r"\b(?:field|tab|column|related list|component)s?\b[:\s]*(?:of \w+[:\s]*)?(?:for \w+[:\s]*)?[\"']?"
)


def changed(discrepancy: Discrepancy, expectation: Expectation, facts: OrgFacts, surface: str = "") -> Change | None:
    """The newest entry that names the object, and the label of the discrepancy, an API name of it, or the page layout,
    Lightning page, compact layout or list view it is about; None where none does, and for records.

    `surface` is what the verdict judged: of several pages only those count that it names.
    """
    if discrepancy.total or facts.trail.empty:
        return None
    names, labels = (
        {one for one in _surfaces(expectation, facts) if not surface or one in plain(surface)},
        set(_labels(discrepancy, expectation, facts)),
    )
    names_it = _has if isinstance(expectation.claim, TabsOnly | TabShown) else _names
    for entry in facts.trail.sort_values("at", ascending=False, kind="stable").itertuples():
        said = plain(str(entry.said))
        about = f"{plain(str(entry.section))} {said}"
        if not _is_of(expectation, about):
            continue
        if any(_has(name, said) for name in names) or any(names_it(label, said) for label in labels):
            return Change(pd.Timestamp(str(entry.at)).to_pydatetime(), str(entry.who), str(entry.said))
    return None


def _is_of(expectation: Expectation, about: str) -> bool:
    """Whether the entry speaks of the expectation's object ("account", "accounts"), or of tabs."""
    if isinstance(expectation.claim, TabsOnly | TabShown):
        return _has("tab", about) or _has("tabs", about)
    word = plain(expectation.object)
    return any(_has(one, about) for one in (word, f"{word}s", word.removesuffix("y") + "ies"))


def _surfaces(expectation: Expectation, facts: OrgFacts) -> Iterator[str]:
    claim, sobject = expectation.claim, expectation.object
    if isinstance(claim, DefaultListView):
        yield plain(claim.view)
    elif isinstance(claim, Section | Components):
        highlights = [Surface.HIGHLIGHTS] if isinstance(claim, Section) and claim.section == "top" else []
        on_right = isinstance(claim, Components) and claim.side is Side.RIGHT
        rows = rows_of(facts, sobject, *([Surface.LIGHTNING] if on_right else PAGES), *highlights)
        yield from (plain(name) for name in rows["surface_name"].unique() if name and plain(name) != plain(sobject))


def _labels(discrepancy: Discrepancy, expectation: Expectation, facts: OrgFacts) -> Iterator[str]:
    _, _, label = discrepancy.subject.partition("|")
    if not label:
        return
    yield from map(plain, filter(None, (label, given_for(label, expectation))))
    yield from map(plain, fields_called(label, expectation, facts))


def _has(words: str, said: str) -> bool:
    return bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", said) is not None


def _names(label: str, said: str) -> bool:
    """Whether the entry names this field: a label of several words or an API name anywhere, a single word only where
    it is said to be one."""
    if " " in label or label.endswith("__c"):
        return _has(label, said)
    return re.search(rf"{_NAMED_AFTER}{re.escape(label)}(?!\w)", said) is not None
