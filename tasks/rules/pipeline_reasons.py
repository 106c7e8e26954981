"""The verdict of each deal as one sentence for a person."""

import pandas as pd

from tasks.rules.findings import Verdict
from tasks.rules.flags import ago, counted, flagged
from tasks.rules.pipeline_book import DatedBook

_NOUNS = {"email": "mail", "call": "call", "linkedin": "LinkedIn message", "meeting": "meeting", "task": "touch"}


def reasons(book: DatedBook, quiet: pd.DataFrame, verdict: pd.Series, holds: pd.Series) -> pd.Series:
    """A sentence a deal, e.g. "No communication for 45 days: last reply 2 Sep, our last mail 9 Oct, nothing booked".

    `quiet` is the answer of `silence`; `verdict` and `holds` belong to the same deals.
    """
    healthy = verdict.eq(Verdict.HEALTHY)
    held = verdict.eq(Verdict.HELD)
    because = flagged(held, "; held back: " + holds.str.join(", "))
    # A hold that is a meeting says so itself.
    booked = quiet["next_booked"]
    ahead = flagged(booked.isna(), ", nothing booked") + flagged(
        booked.notna() & ~held, ", meeting booked " + book.words(booked)
    )
    return (_silent(book, quiet) + ahead + _own_value(book) + because).where(~healthy, _alive(book, quiet))


def handbook(book: DatedBook, quiet: pd.DataFrame, verdict: pd.Series) -> pd.Series:
    """ "L104" where the handbook's own line decides; "L104, decisions" where it is silent and a decision fills in."""
    own_value = book.deals["stage"].isin(list(book.policy.stale_after_by_stage))
    plain = verdict.isin([Verdict.PROPOSE, Verdict.HEALTHY]) & ~quiet["never_touched"] & ~own_value
    return pd.Series("L104, decisions", index=verdict.index, dtype="str").mask(plain, "L104")


def _silent(book: DatedBook, quiet: pd.DataFrame) -> pd.Series:
    days = counted(quiet["days"], "day")
    start = flagged(quiet["since"].notna(), " in the " + days + " since ") + _start(quiet)
    spoke = "No communication for " + days + ": " + _last_words(book, quiet)
    return spoke.where(~quiet["never_touched"], "Never touched" + start)


def _own_value(book: DatedBook) -> pd.Series:
    own = book.deals["stage"].isin(list(book.policy.stale_after_by_stage))
    return flagged(
        own, " (" + book.deals["stage"] + ": closes after " + counted(book.deals["stale_after"], "day") + ")"
    )


def _start(quiet: pd.DataFrame) -> pd.Series:
    return flagged(quiet["since"].notna(), "it was created").mask(quiet["handed_over"], "its owner changed")


def _last_words(book: DatedBook, quiet: pd.DataFrame) -> pd.Series:
    """Who spoke last: "last reply 2 Sep, our last mail 9 Oct"; "last meeting 9 Oct" when that was the last each way."""
    inbound, outbound, last = quiet["last_inbound"], quiet["last_outbound"], quiet["last_touch"]
    reply = ("last reply " + book.words(inbound)).where(inbound.notna(), "no reply on record")
    ours = ("our last " + quiet["outbound_kind"].map(_NOUNS).fillna("touch") + " " + book.words(outbound)).where(
        outbound.notna(), "nothing of ours on record"
    )
    met = quiet["last_direction"].eq("both")
    ways = (reply + ", " + ours).mask(met, "last meeting " + book.words(last))
    noun = quiet["last_kind"].map(_NOUNS).fillna("touch")
    either = "last " + noun + " " + book.words(last) + " (direction not recorded)"
    neither = inbound.isna() & outbound.isna()
    return ways.mask(quiet["last_direction"].eq("unknown"), either + flagged(~neither, ", " + ways))


def _alive(book: DatedBook, quiet: pd.DataFrame) -> pd.Series:
    noun = quiet["last_kind"].map(_NOUNS).fillna("touch")
    spoke = "Last communication " + ago(quiet["days"]) + ": " + noun + " " + book.words(quiet["last_touch"])
    fresh = "Not touched yet: " + _start(quiet) + " " + ago(quiet["days"])
    return spoke.where(~quiet["never_touched"], fresh)
