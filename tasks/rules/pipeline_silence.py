"""How long nobody has spoken on a deal, and who spoke last."""

import pandas as pd

from tasks.rules.findings import Level
from tasks.rules.pipeline_book import DatedBook

INBOUND, OUTBOUND = ("inbound", "both"), ("outbound", "both")  # a meeting is both


def silence(book: DatedBook) -> pd.DataFrame:
    """One row a deal.

    since, handed_over  the later of its creation and its last owner change, and whether it is the latter; missing
                        where neither is known
    days                since the last communication; since `since` when never touched; missing without either
    never_touched, level, last_touch, last_kind, last_direction   of the last communication
    last_inbound, last_outbound, outbound_kind                    of the last each way; a meeting is both
    next_booked         day of the next meeting
    """
    talk = book.touches[book.touches["talk"]]
    last = _last(talk, book)
    inbound = _last(talk[talk["direction"].isin(INBOUND)], book)
    outbound = _last(talk[talk["direction"].isin(OUTBOUND)], book)
    handed_over = book.last_change("Owner")
    since = pd.concat([book.deals["created_day"], handed_over], axis=1).max(axis=1)
    return pd.DataFrame(
        {
            "since": since,
            "handed_over": handed_over.notna() & handed_over.eq(since),
            "days": book.ago(last["day"].fillna(since)),
            "never_touched": last["day"].isna(),
            "level": last["level"].fillna(str(Level.NONE)),
            "last_touch": last["day"],
            "last_kind": last["kind"].fillna(""),
            "last_direction": last["direction"].fillna(""),
            "last_inbound": inbound["day"],
            "last_outbound": outbound["day"],
            "outbound_kind": outbound["kind"].fillna(""),
            "next_booked": book.booked.groupby("row")["day"].min().reindex(book.deals.index),
        }
    )


def _last(touches: pd.DataFrame, book: DatedBook) -> pd.DataFrame:
    last = touches.drop_duplicates("row", keep="last").set_index("row")
    return last[["day", "level", "kind", "direction"]].astype({"level": "str"}).reindex(book.deals.index)
