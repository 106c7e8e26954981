"""Records that are wrong: what is wrong, and what to do about it. They are judged all the same, as far as possible."""

import pandas as pd

from tasks.rules.clock import midnight, office_day
from tasks.rules.flags import flagged, gathered
from tasks.rules.pipeline_book import DatedBook

_LONGEST_NAME = 255
_FIRST_YEAR = 1999  # Salesforce began: an earlier date was typed wrongly
_YEARS_AHEAD = 10


def problems(book: DatedBook) -> pd.Series:
    """A tuple of sentences a deal, "no close date: set one"; empty where the record is sound."""
    return gathered([*_names(book.deals), *_owner(book.deals), *_stage(book), *_dates(book), *_amount(book.deals)])


def _names(deals: pd.DataFrame) -> list[pd.Series]:
    name = deals["name"].fillna("").str.strip()
    return [
        flagged(name.eq(""), "no name: give the deal one"),
        flagged(name.str.len() >= _LONGEST_NAME, "name is 255 characters long and may be cut off: shorten it"),
        flagged(deals["account_id"].isna(), "no account: link the deal to its account"),
        flagged(
            deals["account_id"].notna() & deals["account"].isna(),
            "its account is deleted or not visible to us: link the deal to an account that exists",
        ),
    ]


def _owner(deals: pd.DataFrame) -> list[pd.Series]:
    active = deals["owner_active"].astype("boolean")
    gone = deals["owner_id"].isna() | deals["owner"].isna() | active.isna()
    return [
        flagged(gone, "its owner is missing or deleted: give the deal an active owner"),
        flagged(~gone & ~active, "owner " + deals["owner"].fillna("") + " is inactive: give the deal an active owner"),
    ]


def _stage(book: DatedBook) -> list[pd.Series]:
    if book.stages.empty:  # said once in the notes of the review, not on every deal
        return []
    stage, stages = book.deals["stage"], book.stages
    named = "stage '" + stage.fillna("") + "'"
    known = stage.isin(stages["name"])
    closed = stage.isin(stages.loc[stages["is_closed"].astype(bool), "name"])
    in_use = stage.isin(stages.loc[stages["is_active"].astype(bool), "name"])
    return [
        flagged(stage.isna(), "no stage: choose one"),
        flagged(stage.notna() & ~known, named + " is unknown to Salesforce: choose one of its stages"),
        flagged(closed, named + " is a closed one, yet the deal is open: close or reopen it properly"),
        flagged(known & ~closed & ~in_use, named + " is no longer in use: choose an active one"),
    ]


def _dates(book: DatedBook) -> list[pd.Series]:
    deals, today = book.deals, midnight(book.as_of)
    created = office_day(deals["created"], book.policy.time_zone)
    return [
        flagged(created.isna(), "no creation date: ask the Salesforce administrator"),
        flagged(created > today, "created in the future (" + book.words(created) + "): ask the administrator"),
        flagged(created.dt.year < _FIRST_YEAR, "created " + book.words(created) + ": ask the administrator"),
        flagged(deals["close_date"].isna(), "no close date: set one"),
        _implausible(book, "close_date", "close date"),
        _implausible(book, "next_step_due", "next step due"),
    ]


def _implausible(book: DatedBook, column: str, label: str) -> pd.Series:
    day = book.deals[column]
    years = day.dt.year
    wrong = (years < _FIRST_YEAR) | (years > book.as_of.year + _YEARS_AHEAD)
    return flagged(wrong, f"{label} " + book.words(day) + ": correct the year")


def _amount(deals: pd.DataFrame) -> list[pd.Series]:
    return [flagged(deals["amount"] < 0, "amount is negative: correct it")]
