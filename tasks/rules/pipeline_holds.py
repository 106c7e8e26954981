"""What keeps a silent deal from being proposed. Each hold is a short reason."""

import pandas as pd

from tasks.rules.flags import ago, flagged, gathered
from tasks.rules.pipeline_book import DatedBook


def is_renewal(book: DatedBook) -> pd.Series:
    """Whether a deal is a renewal, by its type or its record type."""
    names = {name.lower() for name in book.policy.renewal_types}
    given = [book.deals[column] for column in ("type", "record_type") if column in book.deals]
    return pd.concat([column.str.lower().isin(names) for column in given], axis=1).any(axis=1)


def holds(book: DatedBook, quiet: pd.DataFrame, doubt: pd.Series) -> pd.Series:
    """A tuple of reasons a deal, most telling first; empty where nothing holds it back.

    `quiet` is the answer of `silence`, `doubt` that of `capture`.
    """
    deals = book.deals
    open_quote = {value.lower() for value in book.policy.open_quote_values}
    closed = book.stages.loc[book.stages["is_closed"].astype(bool), "name"]
    return gathered(
        [
            *_customer_wrote(book),
            flagged(quiet["next_booked"].notna(), "meeting booked " + book.words(quiet["next_booked"])),
            flagged(is_renewal(book), "renewal"),
            flagged(deals["quote"].str.strip().str.lower().isin(open_quote), "open quote (" + deals["quote"] + ")"),
            *_recent(book, quiet),
            flagged(doubt.notna(), doubt),
            flagged(deals["created_day"].isna(), "creation date cannot be trusted"),
            flagged(deals["stage"].isin(closed), "its stage says it is closed"),
        ]
    )


def may_hold_back(touches: pd.DataFrame) -> pd.Series:
    """Which touches (`DatedBook.touches`) came in without counting as communication (a mask). A record without a
    direction may have come in; an aggregate row (without a record) only dates the last touch."""
    came_in = touches["direction"].isin(["inbound", "both"])
    perhaps = touches["direction"].eq("unknown") & touches["record_id"].notna()
    return ~touches["talk"] & (came_in | perhaps)


def _customer_wrote(book: DatedBook) -> list[pd.Series]:
    """What came in lately without counting as communication on the deal."""
    touches = book.touches[may_hold_back(book.touches)]
    recent = touches[touches["ago"] < touches["row"].map(book.deals["stale_after"])]
    in_slack = recent["kind"].eq("slack")
    slack = recent[in_slack].groupby("row")["ago"].min().reindex(book.deals.index)
    account = recent[~in_slack].groupby("row")["ago"].min().reindex(book.deals.index)
    return [
        flagged(slack.notna(), "customer wrote in their Slack channel " + ago(slack)),
        flagged(account.notna(), "contact on the account " + ago(account) + ", which has other open deals"),
    ]


def _recent(book: DatedBook, quiet: pd.DataFrame) -> list[pd.Series]:
    age = book.ago(quiet["since"])
    limit = book.deals["stale_after"] if book.policy.recent_days is None else book.policy.recent_days
    return [
        flagged((age < limit) & quiet["handed_over"], "owner changed " + ago(age)),
        flagged((age < limit) & ~quiet["handed_over"], "created " + ago(age)),
    ]
