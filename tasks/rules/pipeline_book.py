"""A book of the pipeline made ready for judging: one row a deal by id, every other frame pointing at those rows."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from tasks.rules.clock import day_words, days_before, midnight, office_day
from tasks.rules.findings import Book, Level
from tasks.rules.policy import PipelinePolicy

EACH_WAY = 3
_LEVELS = {str(level): rank for rank, level in enumerate(Level)}


@dataclass(frozen=True)
class DatedBook:
    """`deals` are the opportunities sorted by id. In the other frames `row` is the position of the deal in `deals`.

    deals     with created_day (missing where it is not recorded or still to come) and stale_after (days, of its stage)
    touches   of what had happened on `as_of`, by deal and then oldest first; with day, ago (days), and `talk`:
              whether the touch counts as communication (Slack and a shared account's touches only hold back)
    booked    with day
    changes   of the history up to `as_of`, with day and ago, oldest first; those of the next step from
              `next_steps_since` on
    undated   touches left out because nothing says when they were
    """

    as_of: date
    policy: PipelinePolicy
    deals: pd.DataFrame
    stages: pd.DataFrame
    touches: pd.DataFrame
    booked: pd.DataFrame
    changes: pd.DataFrame
    next_steps_since: date | None
    undated: int

    def ago(self, days: pd.Series) -> pd.Series:
        """How many days before `as_of` each day was."""
        return days_before(days, self.as_of)

    def words(self, days: pd.Series) -> pd.Series:
        """Each day for a sentence, "9 Oct"."""
        return day_words(days, self.as_of)

    def last_change(self, field: str) -> pd.Series:
        """The day on which `field` of each deal last changed; missing where the history does not show a change."""
        days = self.changes[self.changes["field"].eq(field)].groupby("row")["day"].max()
        return days.reindex(self.deals.index)


def dated(book: Book, as_of: date, policy: PipelinePolicy) -> DatedBook:
    """The book as of a day. Raises ValueError for an opportunity without an id, or one that is there twice."""
    deals = _deals(book.opportunities, as_of, policy)
    touches = dated_touches(book.touches, deals, as_of, policy.time_zone)
    booked = _pointing(book.booked, deals)
    changes = _pointing(book.history, deals)
    changed = office_day(changes["at"], policy.time_zone)
    changes = changes.assign(day=changed, ago=days_before(changed, as_of))
    return DatedBook(
        as_of=as_of,
        policy=policy,
        deals=deals,
        stages=book.stages,
        touches=touches[touches["ago"] >= 0],
        booked=booked.assign(day=office_day(booked["starts"], policy.time_zone)),
        changes=changes[changes["ago"] >= 0].sort_values(["row", "at", "old", "new"]),
        next_steps_since=book.next_steps_since,
        undated=int(touches["day"].isna().sum()),
    )


def dated_touches(touches: pd.DataFrame, deals: pd.DataFrame, as_of: date, time_zone: str) -> pd.DataFrame:
    """The touches of `deals` (id) with row, day, ago, rank and talk, by deal and then oldest first: see `DatedBook`.
    Those without a day and those to come are among them."""
    touches = _pointing(touches, deals)
    day = office_day(touches["at"], time_zone).fillna(touches["due"])
    rank = touches["level"].astype("str").map(_LEVELS)
    talk = touches["counts"].astype(bool) & touches["kind"].ne("slack")
    touches = touches.assign(day=day, ago=days_before(day, as_of), rank=rank, talk=talk)
    # Of touches of one moment the closest level comes last; the other keys only make the order one and the same.
    return touches.sort_values(
        ["row", "day", "at", "rank", "kind", "direction"],
        ascending=[True, True, True, False, True, True],
        na_position="first",
    )


def _deals(opportunities: pd.DataFrame, as_of: date, policy: PipelinePolicy) -> pd.DataFrame:
    wrong = opportunities.loc[opportunities["id"].isna() | opportunities["id"].duplicated(), "id"]
    if len(wrong):
        raise ValueError(f"opportunities must have an id each and come once; not so: {wrong.unique().tolist()[:5]}")
    deals = opportunities.sort_values("id").reset_index(drop=True)
    created = office_day(deals["created"], policy.time_zone)
    own = deals["stage"].map(dict(policy.stale_after_by_stage)).astype("float64")
    return deals.assign(
        created_day=created.where(created <= midnight(as_of)), stale_after=own.fillna(policy.stale_after_days)
    )


def _pointing(frame: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    """The rows of `frame` that are about one of `deals`, with `row`."""
    rows = pd.Index(deals["id"]).get_indexer(pd.Index(frame["opportunity_id"]))
    pointing = frame.assign(row=rows)
    return pointing.loc[pointing["row"] >= 0].reset_index(drop=True)


def newest_each_way(touches: pd.DataFrame) -> pd.DataFrame:
    """Of `DatedBook.touches` what is worth showing: those with a record, newest first, three of a deal and way."""
    shown = touches[touches["record_id"].notna()]
    newest = shown.sort_values(["day", "at", "opportunity_id", "record_id"], ascending=[False, False, True, True])
    return newest[newest.groupby(["opportunity_id", "direction"]).cumcount() < EACH_WAY]
