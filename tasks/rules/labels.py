"""Labels: when two are the same, and which fields of an object the handbook means by one. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

import pandas as pd

from tasks.rules.expected import Expectation
from tasks.rules.org_facts import OrgFacts

# As word processors and page editors write them, and as people type them.
_TYPED: Final = str.maketrans(
    {**dict.fromkeys("\u2018\u2019\u02bc", "'"), **dict.fromkeys("\u201c\u201d", '"'),
     **dict.fromkeys("\u2010\u2011\u2013\u2014", "-")}
)  # fmt: skip


def plain(text: str) -> str:
    """What two equal labels have in common: no case, single spaces, quotes and dashes as typed."""
    return " ".join(text.translate(_TYPED).casefold().split())


def given_for(label: str, expectation: Expectation) -> str:
    """The API name or label that `fields` gives for this label; "" for none."""
    return next((name for said, name in expectation.fields.items() if plain(said) == plain(label)), "")


def fields_called(label: str, expectation: Expectation, facts: OrgFacts) -> tuple[str, ...]:
    """API names of the fields of the expectation's object that the handbook calls so, in order; () for none.

    What `fields` gives, an API name or else a label, is taken before what the handbook writes: a label, else an API
    name, else what pages call a field whose own label differs: "Account Name" for the lookup "Account ID", "Type" for
    "Opportunity Type".
    """
    own = facts.catalogue[facts.catalogue["object"].eq(expectation.object)]
    given = given_for(label, expectation)
    for call in (_by_name, _by_label) if given else (_by_label, _by_name, _as_shown):
        called = picked(own, call(own, plain(given or label)))["field"]
        if len(called):
            return tuple(sorted(set(called)))
    return ()


def picked(rows: pd.DataFrame, holds: Iterable[bool]) -> pd.DataFrame:
    """The rows for which it holds, in their order; a list would take the columns of a frame without rows."""
    return rows[pd.Series(list(holds), index=rows.index, dtype=bool)]


def labels_of(sobject: str, facts: OrgFacts) -> tuple[str, ...]:
    """The labels of an object's fields; () where they were not read."""
    return tuple(facts.catalogue.loc[facts.catalogue["object"].eq(sobject), "label"])


def _by_label(own: pd.DataFrame, wanted: str) -> list[bool]:
    return [plain(label) == wanted for label in own["label"]]


def _by_name(own: pd.DataFrame, wanted: str) -> list[bool]:
    return [name.casefold() == wanted for name in own["field"]]


def _as_shown(own: pd.DataFrame, wanted: str) -> list[bool]:
    return [wanted in _shown(*row) for row in zip(own["object"], own["label"], own["type"], strict=True)]


def _shown(sobject: str, label: str, kind: str) -> Iterator[str]:
    base, of = plain(label), plain(sobject)
    if kind == "reference" and base.endswith(" id"):
        base = base.removesuffix(" id")
        yield from (base, f"{base} name")
    yield from (base.removeprefix(f"{of} "), f"{of} {base}", base.removeprefix("full "))
