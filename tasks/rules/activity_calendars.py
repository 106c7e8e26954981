"""What fills the calendars of reps and managers from now on, so that a talk is not put on top of it."""

from datetime import timedelta

import pandas as pd

from tasks.rules.activity_addresses import by_id, looked_up
from tasks.rules.activity_findings import ActivityBook, Window
from tasks.rules.clock import office_midnight
from tasks.rules.places import is_zone

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def busy_of(book: ActivityBook, window: Window) -> pd.DataFrame:
    """user_id, starts, ends (moments) of what is not over at `until`, by user and then by time.

    An invitee's copy fills the invitee's calendar; "Free" fills none, and what says nothing does. An event of whole
    days fills them on the clock of its user: a rep or manager in the book, else the office. An event without an end
    is taken to last an hour.
    """
    events = book.activities[book.activities["kind"].eq("event")].drop_duplicates("id").reset_index(drop=True)
    events = events[events["owner_id"].notna() & ~events["show_as"].str.lower().eq("free").fillna(value=False)]
    whole = events["all_day"].astype("boolean").fillna(value=False).astype(bool) | events["at"].isna()
    hours, days = events[~whole], events[whole]
    spans = pd.concat(
        [
            pd.DataFrame(
                {"user_id": hours["owner_id"], "starts": hours["at"], "ends": hours["ends"].fillna(hours["at"] + _HOUR)}
            ),
            *_whole_days(days, _zones(days["owner_id"], book, window)),
        ],
        ignore_index=True,
    )
    ahead = spans[spans["ends"] > window.until]
    return ahead.sort_values(["user_id", "starts", "ends"], ignore_index=True)


def _zones(users: pd.Series, book: ActivityBook, window: Window) -> pd.Series:
    zones = pd.concat([book.managers[["id", "zone"]], book.reps[["id", "zone"]]])
    zones = zones[zones["zone"].fillna("").map(is_zone).astype(bool)]
    return looked_up(users, by_id(zones, "zone")).fillna(window.time_zone)


def _whole_days(events: pd.DataFrame, zones: pd.Series) -> list[pd.DataFrame]:
    """A frame a zone; the moments of such an event are midnights in UTC, the last one that of its last day."""
    first = events["due"].fillna(events["at"].dt.tz_localize(None).dt.normalize())
    last = events["ends"].dt.tz_localize(None).dt.normalize()
    after = last.where(last >= first, first) + _DAY
    return [
        pd.DataFrame(
            {
                "user_id": events.loc[rows, "owner_id"],
                "starts": office_midnight(first[rows], str(zone)),
                "ends": office_midnight(after[rows], str(zone)),
            }
        )
        for zone, rows in zones.groupby(zones).groups.items()
    ]
