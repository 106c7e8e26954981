"""From one weekly review to the next: what to remember of it, what to look up, and what to say of the time between.

A week may be compared as a whole or for one owner or team (`scope`, as in `scope.narrowed`). Pure.
"""

from dataclasses import dataclass

import pandas as pd

from tasks.rules.asks import Answered, asks_done, asks_of, warned_before
from tasks.rules.changes import Changes, changed
from tasks.rules.findings import Review
from tasks.rules.weeks import Past, Week, part_of


@dataclass(frozen=True)
class Since:
    """What memory adds to a review.

    changes, answered   since the review before; None for the first one
    warned_before       ids of the deals warned of today for a silence that an earlier review warned of already
    """

    changes: Changes | None = None
    answered: Answered | None = None
    warned_before: frozenset[str] = frozenset()


def week_of(review: Review, teams: pd.DataFrame, past: Past | None = None) -> Week:
    """What to remember of a review of all open deals. `teams`: id, team (text or missing), such as the opportunities as
    they were read; `past`: what was remembered for the review."""
    deals = review.deals[["id", "name", "owner_id", "owner", "stage", "value", "close_date"]]
    team = deals["id"].map(teams.drop_duplicates("id").set_index("id")["team"]).astype("str").fillna("")
    deals = deals.assign(team=team, value=deals["value"].astype("float64"))
    columns = ["id", "name", "owner_id", "owner", "team", "stage", "value", "close_date"]
    return Week(review.as_of, deals[columns].reset_index(drop=True), asks_of(review, past))


def no_longer_open(past: Past, everything_open: frozenset[str], scope: str = "") -> list[str]:
    """The ids of the deals that were open in the last week and are not now: what `read_left` is to be asked."""
    if past.last is None:
        return []
    return [
        record_id for record_id in part_of(past.last, scope).deals["id"].tolist() if record_id not in everything_open
    ]


def since_last(
    past: Past,
    review: Review,
    left: pd.DataFrame,
    *,
    scope: str = "",
    everything_open: frozenset[str] | None = None,
    decided: frozenset[str] = frozenset(),
    unknown: frozenset[str] = frozenset(),
) -> Since:
    """What there is to say of the time since the last review.

    left              id, stage, is_closed, is_won, value, is_deleted: the answer of `read_left` for `no_longer_open`
    everything_open   ids of all deals open now, where the review is about one owner or team (`scope`)
    decided           ids that a decision of ours closed since
    unknown           kinds of asks that could not be judged today: the answer of `asks.not_judged`
    """
    again = frozenset(review.deals.loc[warned_before(review, past), "id"])
    if past.last is None:
        return Since(warned_before=again)
    changes = changed(past.last, review, left, scope=scope, everything_open=everything_open, decided=decided)
    answered = asks_done(part_of(past.last, scope), review, left, unknown)
    return Since(changes, answered, again)
