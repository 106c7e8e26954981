"""What the owner of a deal should put right: next step, dates, amount, name (handbook L104 and L164)."""

from datetime import date
from functools import lru_cache

import pandas as pd

from tasks.rules.clock import midnight, quarter_ends, quarters_of
from tasks.rules.flags import counted, flagged, gathered
from tasks.rules.pipeline_book import DatedBook

_YEAR = r"\b20\d\d\b"  # handbook L164: the name "should have the year on it"
# How a flag begins, and the kind of ask it is, by which it is known again next week. Any other flag is a fact: that a
# deal slipped cannot be put right.
_KINDS = {
    "no next step": "next step",
    "next step due": "next step due",
    "next step unchanged": "next step unchanged",
    "close date past": "close date",
    "no amount": "amount",
    "amount is zero": "amount",
    "no year in the name": "year in the name",
}


@lru_cache(maxsize=1024)
def ask_kind(flag: str) -> str:
    """The stable code of what a flag of `hygiene` asks its owner to do, "next step due"; "" for a fact."""
    return next((kind for begins, kind in _KINDS.items() if flag.startswith(begins)), "")


def close_date_moves(book: DatedBook) -> pd.DataFrame:
    """One row a deal: pushes (how often the date moved to a later month) and slipped_from ("Q4 2026" or "").

    A deal slipped when, within the reporting window, its close date left the quarter in which that was done: a date
    moved out and back has not slipped. Pushes are counted from the history where Salesforce has no count.
    """
    moves = book.changes[book.changes["field"].eq("CloseDate")]
    old, new = _days(moves["old"]), _days(moves["new"])
    later = (new.dt.year * 12 + new.dt.month) > (old.dt.year * 12 + old.dt.month)
    pushes = later.groupby(moves["row"]).sum().reindex(book.deals.index)
    window = moves.assign(old=old)[moves["ago"] < book.policy.slipped_within_days]
    first = window.drop_duplicates("row").set_index("row")[["old", "day"]].reindex(book.deals.index)
    quarter = quarters_of(first["day"])
    left = quarters_of(first["old"]).eq(quarter) & (book.deals["close_date"] > quarter_ends(first["day"]))
    return pd.DataFrame(
        {"pushes": book.deals["pushes"].fillna(pushes).fillna(0).astype(int), "slipped_from": flagged(left, quarter)}
    )


def hygiene(book: DatedBook, moves: pd.DataFrame) -> pd.Series:
    """A tuple of short flags a deal. `moves` is the answer of `close_date_moves`."""
    deals, policy, today = book.deals, book.policy, midnight(book.as_of)
    no_step = deals["next_step"].fillna("").str.strip().eq("")
    unchanged = book.ago(book.last_change("NextStep"))
    never = _never_changed(book) & ~no_step
    due = deals["next_step_due"]
    return gathered(
        [
            flagged(no_step, "no next step"),
            flagged(~no_step & (due < today), "next step due " + book.words(due)),
            flagged(
                ~no_step & (unchanged >= policy.next_step_stale_days),
                "next step unchanged for " + counted(unchanged, "day"),
            ),
            flagged(never, f"next step unchanged for {policy.next_step_stale_days} days or more"),
            flagged(deals["close_date"] < today, "close date past (" + book.words(deals["close_date"]) + ")"),
            flagged(moves["pushes"] >= policy.pushes_flagged, "pushed " + counted(moves["pushes"], "time")),
            flagged(moves["slipped_from"].ne(""), "slipped out of " + moves["slipped_from"]),
            flagged(deals["amount"].isna(), "no amount"),
            flagged(deals["amount"].eq(0), "amount is zero"),
            flagged(~deals["name"].fillna("").str.contains(_YEAR), "no year in the name"),
        ]
    )


def _never_changed(book: DatedBook) -> pd.Series:
    """Whether no change of the next step is known although the deal is old enough. An org that shows no such change at
    all does not track the field: then nothing is known."""
    limit = book.policy.next_step_stale_days
    known_since = book.next_steps_since or date.min
    tracked = book.changes["field"].eq("NextStep").any()
    old = book.ago(book.deals["created_day"]) >= limit
    return old & book.last_change("NextStep").isna() & bool(tracked and (book.as_of - known_since).days >= limit)


def _days(texts: pd.Series) -> pd.Series:
    """The dates of history values, which are text; missing where they are none."""
    return pd.to_datetime(texts.str[:10], format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
