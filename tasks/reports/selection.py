"""Which deals a part of the report is about: all of them counted, only those that can be shown made into records."""

from dataclasses import dataclass, replace

import pandas as pd

from tasks.rules.findings import Deal, Review, Verdict
from tasks.rules.pipeline import deals_with

_SHOWN = 150  # more rows than three posts hold


@dataclass(frozen=True)
class Selection:
    """The first deals in the order of the review (most money first), and how many there are in all."""

    deals: list[Deal]
    total: int


def where(review: Review, chosen: pd.Series) -> Selection:
    """The deals for which `chosen`, a column beside `review.deals`, is true."""
    return Selection(_records(review, review.deals[chosen].head(_SHOWN)), int(chosen.sum()))


def with_verdict(review: Review, verdict: Verdict, *, renewals: bool | None = None) -> Selection:
    """The deals of a verdict; only the renewals, or all but them, where `renewals` says so."""
    chosen = review.deals["verdict"].eq(verdict)
    if renewals is not None:
        chosen &= review.deals["renewal"].astype(bool).eq(renewals)
    return where(review, chosen)


def said(review: Review, column: str) -> pd.Series:
    """Where a column of texts, tuples or flags is not empty."""
    return review.deals[column].map(bool).astype(bool)


def by_owner(review: Review, chosen: pd.Series, each: int) -> tuple[list[tuple[list[Deal], int]], int]:
    """Owners by name with their first `each` deals and how many they have, and the number of owners."""
    deals = review.deals[chosen]
    folded = deals["owner"].fillna("").str.casefold()
    owners = deals.assign(folded=folded).sort_values(["folded", "owner_id"])["owner_id"].drop_duplicates()
    shown = deals[deals["owner_id"].isin(owners.head(_SHOWN))].groupby("owner_id").head(each)
    groups: dict[str, list[Deal]] = {str(owner_id): [] for owner_id in owners.head(_SHOWN)}
    for deal in _records(review, shown):
        groups[deal.owner_id].append(deal)
    counts = deals["owner_id"].value_counts().to_dict()
    return [(theirs, int(counts[owner_id])) for owner_id, theirs in groups.items()], len(owners)


def _records(review: Review, deals: pd.DataFrame) -> list[Deal]:
    part = replace(review, deals=deals)
    place = {record_id: number for number, record_id in enumerate(deals["id"])}
    return sorted((deal for verdict in Verdict for deal in deals_with(part, verdict)), key=lambda deal: place[deal.id])
