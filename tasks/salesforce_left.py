"""What became of opportunities that were open and are not among the open ones any more."""

from collections.abc import Sequence

import pandas as pd
from simple_salesforce.format import format_soql

from tasks.clients import SalesforceDoor
from tasks.salesforce_frames import Column, Columns, from_records
from tasks.salesforce_pages import TooLong, drain, start
from tasks.salesforce_queries import IDS_PER_QUERY, Read, chunks, select
from tasks.settings import Settings


def left_columns(settings: Settings) -> Columns:
    """The fields that tell what became of an opportunity."""
    return {
        "id": Column("Id"),
        "stage": Column("StageName"),
        "is_closed": Column("IsClosed", "flag"),
        "is_won": Column("IsWon", "flag"),
        "is_deleted": Column("IsDeleted", "flag"),
        "amount": Column("Amount", "number"),
        "currency": Column(settings.salesforce_currency_field),
    }


def left_reads(settings: Settings, ids: Sequence[str], size: int = IDS_PER_QUERY) -> list[Read]:
    """Queries for these ids, so many each; deleted records are asked for too."""
    columns = left_columns(settings)
    wanted = select(columns, "Opportunity") + " WHERE "
    return [
        Read("left", wanted + format_soql("Id IN {}", chunk), columns, archived=True) for chunk in chunks(ids, size)
    ]


def left_of(door: SalesforceDoor, settings: Settings, ids: Sequence[str]) -> pd.DataFrame:
    """id, stage, is_closed, is_won, is_deleted, amount, currency, value (corporate currency; missing without a rate) of
    these opportunities as they stand now, five queries a call and none for no ids. What is not found is not there:
    erased for good, or no longer visible to us. Raises as `SalesforceDoor.json`.
    """
    size = IDS_PER_QUERY
    while ids:
        try:
            cursors = start(door, left_reads(settings, ids, size))
            return _valued(drain(door, cursors, lambda _name, _rows: None)["left"], settings)
        except TooLong:
            if size == 1:
                raise
            size //= 2
    return nothing_left(settings)


def nothing_left(settings: Settings) -> pd.DataFrame:
    """The answer of `left_of` for no ids."""
    return _valued(from_records([], left_columns(settings)), settings)


def _valued(left: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    policy = settings.pipeline
    currency = left["currency"].fillna(policy.corporate_currency)
    rate = currency.map({**policy.currency_rates, policy.corporate_currency: 1.0}).astype("float64")
    return left.assign(value=left["amount"] * rate)
