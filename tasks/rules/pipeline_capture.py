"""Owners whose logged activity collapsed: silence on their deals may only be silence in the records."""

from dataclasses import dataclass

import pandas as pd

from tasks.rules.flags import flagged
from tasks.rules.pipeline_book import DatedBook


@dataclass(frozen=True)
class Capture:
    """`owners` whose logging is not believed, by owner_id: owner (name), deals, touched (of them, in the window), since
    (text). `doubt` is the short reason a deal; missing where its owner's logging is believed."""

    owners: pd.DataFrame
    doubt: pd.Series


def capture(book: DatedBook, quiet: pd.DataFrame) -> Capture:
    """Whom to believe, by the open deals of each owner that had a touch in the window.

    Asked of active owners only: why nobody logs for one who left is known. A deal younger than the window and not yet
    touched says nothing. Of a deal its own touch is not asked: a late one would else lift the doubt from the very deal
    that it leaves silent, and move it towards closing. `quiet` is the answer of `silence`.
    """
    policy = book.policy
    touched = book.ago(quiet["last_touch"]) < policy.collapse_window_days
    young = book.ago(book.deals["created_day"]) < policy.collapse_window_days
    active = book.deals["owner_active"].astype("boolean").fillna(value=False).astype(bool)
    owner_of = book.deals["owner_id"]
    asked = pd.DataFrame(
        {
            "owner_id": owner_of,
            "owner": book.deals["owner"].fillna(owner_of),
            "touched": touched,
            "before": quiet["last_touch"].where(~touched),
        }
    )[active & (touched | ~young)]
    owners = asked.groupby("owner_id").agg(
        owner=("owner", "min"), deals=("touched", "size"), touched=("touched", "sum"), before=("before", "max")
    )
    owners["since"] = flagged(owners["before"].notna(), " since " + book.words(owners["before"])).fillna("")
    owners = owners[owners["deals"] >= policy.collapse_min_deals].assign(few=policy.collapse_share * owners["deals"])
    elsewhere = owner_of.map(owners["touched"]).astype("float64") - (touched & active).astype(float)
    doubted = elsewhere <= owner_of.map(owners["few"]).astype("float64")
    words = "little logged activity from " + owners["owner"] + owners["since"]
    collapsed = owners[owners["touched"] <= owners["few"]].sort_values(["owner", "before"])
    return Capture(collapsed.drop(columns=["before", "few"]), owner_of.map(words).astype("str").where(doubted))


def sentences(owners: pd.DataFrame, window: int) -> list[str]:
    """A sentence for each collapsed owner, by name. `window` in days."""
    touched = owners["touched"].astype("str") + " of " + owners["deals"].astype("str")
    said = "Little logged activity from " + owners["owner"] + owners["since"] + " (" + touched
    return [f"{text} open deals touched in {window} days): none of theirs is proposed" for text in said]
