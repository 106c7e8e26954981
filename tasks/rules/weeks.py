"""What one weekly review leaves for the next: the open deals, and what was asked of their owners. Plain values."""

from dataclasses import dataclass
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
