"""What one weekly review leaves for the next: the open deals, and what was asked of their owners. Plain values."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

SILENCE = "silence"  # the kind of an ask that is an early warning


@dataclass(frozen=True)
class Ask:
    """Something an owner was asked to do about one opportunity.

    day     of the review that asked      kind    what is to be done, a stable code: "next step", "close date", SILENCE
    words   as the report said it, "next step due 3 Nov"
    since   of a warning: the day since which nothing was heard; a later warning of the same day is no new one
    """

    day: date
    record_id: str
    name: str
    owner_id: str
    owner: str
    kind: str
    words: str
    since: date | None = None


@dataclass(frozen=True)
class Week:
    """One review of all open deals, as the next one needs it.

    deals   id, name, owner_id, owner, team (text), stage, value (float, corporate currency), close_date (date)
    """

    day: date
    deals: pd.DataFrame
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True)
class Past:
    """What is remembered on the day of a review: the latest week before it, and whom earlier reviews warned of what.

    warned  (record_id, since) of every warning of a day before
    """

    last: Week | None = None
    warned: frozenset[tuple[str, date]] = frozenset()


def part_of(week: Week, scope: str) -> Week:
    """The week with only the deals of one owner, or of everybody with one role, as they stood then, and what was asked
    about them; all of it for an empty text. Names are compared as in `scope.narrowed`."""
    wanted = scope.strip().casefold()
    if not wanted:
        return week
    deals = week.deals
    mine = [deals[column].str.strip().str.casefold().eq(wanted).fillna(value=False) for column in ("owner", "team")]
    part = deals[mine[0] | mine[1]].reset_index(drop=True)
    ids = frozenset(part["id"].tolist())
    return replace(week, deals=part, asks=tuple(ask for ask in week.asks if ask.record_id in ids))


def among(ids: pd.Series, wanted: Collection[str]) -> pd.Series:
    """Whether each id is one of `wanted`. `Series.isin` says the same, but makes a scalar of every text: half a second
    for 100,000."""
    known = frozenset(wanted)
    return pd.Series([record_id in known for record_id in ids.tolist()], index=ids.index, dtype="bool")
