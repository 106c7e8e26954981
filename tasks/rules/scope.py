"""What one run was asked for: which deals, and under which values."""

from dataclasses import replace

import pandas as pd

from tasks.rules.findings import Book
from tasks.rules.policy import PipelinePolicy


class NobodyFoundError(ValueError):
    """No open deal belongs to the owner or team that was asked for."""


def narrowed(book: Book, owner_or_team: str) -> Book:
    """The book with only the deals of one owner, or of everybody with one role; all of it for an empty text.

    Names are compared without case or outer blanks. Touches were attributed before, so that an account's other open
    deals still count. Raises NobodyFoundError with the names there are.
    """
    wanted = owner_or_team.strip().casefold()
    if not wanted:
        return book
    deals = book.opportunities
    mine = _is(deals["owner"], wanted) | _is(deals["team"], wanted)
    if not mine.any():
        owners, teams = (", ".join(sorted(set(deals[column].dropna()))) for column in ("owner", "team"))
        raise NobodyFoundError(f"No open deal belongs to {owner_or_team!r}. Owners: {owners}. Teams: {teams}.")
    return replace(book, opportunities=deals[mine].reset_index(drop=True), expected=int(mine.sum()))


def policy_for(policy: PipelinePolicy, stale_after_days: int | None) -> PipelinePolicy:
    """The policy with another limit for this run; the warning then comes a day before it at the latest."""
    if stale_after_days is None:
        return policy
    warn = min(policy.warn_after_days, stale_after_days - 1)
    return replace(policy, stale_after_days=stale_after_days, warn_after_days=warn)


def shortest_silence(policy: PipelinePolicy) -> int:
    """Days of silence from which anything is said of a deal."""
    return min([policy.warn_after_days, policy.stale_after_days, *policy.stale_after_by_stage.values()])


def longest_silence(policy: PipelinePolicy) -> int:
    """Days of silence from which closing is proposed in every stage."""
    return max([policy.stale_after_days, *policy.stale_after_by_stage.values()])


def _is(column: pd.Series, wanted: str) -> pd.Series:
    return column.str.strip().str.casefold().eq(wanted).fillna(value=False)
