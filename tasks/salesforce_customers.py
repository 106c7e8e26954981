"""What Salesforce knows of customers: who looks after them, what they pay and until when; and the names, addresses and
numbers that nobody may find in public."""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
from prefect import task

from tasks.clients import LimitReached, Refused, SalesforceDoor, salesforce
from tasks.patience import PATIENT
from tasks.rules.clock import midnight, office_day
from tasks.rules.feedback import Customer
from tasks.rules.policy import PipelinePolicy
from tasks.rules.wording import name_said
from tasks.salesforce_customer_queries import ACCOUNT, customers, deal_columns, names
from tasks.salesforce_frames import from_records
from tasks.salesforce_pages import Cursor, Frames, TooLong, bulk, drain, start, step
from tasks.salesforce_queries import IDS_PER_QUERY, Read
from tasks.settings import Settings, settings

_ID: Final = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_SHORT: Final = 15  # the last three characters of an id only repeat which of the others are capitals
_YEAR: Final = pd.DateOffset(years=1)


@dataclass(frozen=True)
class KnownNames:
    """What must not stand in a public issue, each once and in order: of all accounts their names and websites; of the
    people of customers and of the accounts that were asked for their names, e-mail addresses and phone numbers."""

    accounts: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class CustomerReading:
    """The customers that were asked for, in that order, each once; by the id as it was given.

    calls   made for it; `used` of `allowed` API calls of the org's day are gone (0 of 0 when unknown)
    notes   a sentence for each that Salesforce does not show: it is none of the customers
    """

    customers: tuple[Customer, ...]
    calls: int = 0
    used: int = 0
    allowed: int = 0
    in_bulk: bool = False
    notes: tuple[str, ...] = ()


@task(**PATIENT)
def read_customers(account_ids: Sequence[str], as_of: date | None = None) -> CustomerReading:
    """These accounts as customers, on that day of the office (today where none is given); see `customers_of`. One call
    for up to 900 accounts, none for no ids. Raises SettingsError, or Unavailable, Refused or LimitReached with the
    remedy."""
    config = settings()
    today = as_of or office_day(datetime.now(ZoneInfo(config.pipeline.time_zone)), config.pipeline.time_zone)
    if not account_ids:
        return CustomerReading(())
    ends = config.salesforce_subscription_end_field
    return CustomerReader(salesforce(config), config, ends).customers(account_ids, today)


@task(**PATIENT)
def read_known(account_ids: Sequence[str]) -> KnownNames:
    """All names that a public draft is held against; see `KnownNames`. Raises as `read_customers`: a field that may not
    be read refuses all, as a gate that does not know it would let its content pass."""
    config = settings()
    return CustomerReader(salesforce(config), config).known(account_ids)


@task(**PATIENT)
def read_both(account_ids: Sequence[str], as_of: date) -> tuple[CustomerReading, KnownNames]:
    """What `read_customers` and `read_known` give, by one login. Raises as they do, whichever of the two it is."""
    config = settings()
    reader = CustomerReader(salesforce(config), config, config.salesforce_subscription_end_field)
    return reader.customers(account_ids, as_of), reader.known(account_ids)


@dataclass
class CustomerReader:
    """Reads through one door.

    ends_field   opportunity field with the day on which the subscription ends; "" where the org has none
    sleep        called between the polls of a bulk job
    """

    door: SalesforceDoor
    config: Settings
    ends_field: str = ""
    sleep: Callable[[float], None] = time.sleep

    def customers(self, account_ids: Sequence[str], today: date) -> CustomerReading:
        """As `read_customers`."""
        before, ids = self.door.calls, _askable(account_ids)
        frames = self._read(lambda size: customers(self.config, ids, self.ends_field, size)) if ids else {}
        accounts = frames.get("accounts", from_records([], ACCOUNT))
        deals = frames.get("deals", from_records([], deal_columns(self.config, self.ends_field)))
        found = customers_of(account_ids, accounts, deals, self.config.pipeline, today)
        there = {one.account_id for one in found}
        notes = tuple(_not_there(id_) for id_ in dict.fromkeys(account_ids) if id_ not in there)
        return CustomerReading(found, self.door.calls - before, *self.door.usage, notes=notes)

    def known(self, account_ids: Sequence[str]) -> KnownNames:
        """As `read_known`. Above RITUALS_SALESFORCE_BULK_ABOVE rows by Bulk API 2.0, else in pages."""
        ids = _askable(account_ids)
        frames = self._read(lambda size: names(self.config, ids, size), self._in_bulk)
        accounts, people = frames["accounts"], frames["people"]
        return KnownNames(
            accounts=_each_once(accounts["name"]),
            websites=_each_once(accounts["website"]),
            people=_each_once(people["name"]),
            emails=_each_once(people["email"]),
            phones=_each_once(people["phone"], people["mobile"]),
        )

    def _read(
        self, reads: Callable[[int], list[Read]], otherwise: Callable[[Sequence[Cursor]], Frames] = lambda _: {}
    ) -> Frames:
        """All pages, unless `otherwise` has them after the first; the lists of ids become shorter while too long."""
        size = IDS_PER_QUERY
        while True:
            cursors = start(self.door, reads(size))
            try:
                while first := [cursor for cursor in cursors if cursor.next and not cursor.pages]:
                    step(self.door, first)
                return otherwise(cursors) or drain(self.door, cursors, lambda _name, _rows: None)
            except TooLong:
                if size == 1:
                    raise
                size //= 2

    def _in_bulk(self, cursors: Sequence[Cursor]) -> Frames:
        """By Bulk API 2.0; nothing where there is little, or for an org or a query that it does not take."""
        if sum(cursor.expected for cursor in cursors) <= self.config.salesforce_bulk_above:
            return {}
        try:
            return bulk(self.door, [cursor.read for cursor in cursors], self.sleep, lambda _name, _rows: None)
        except LimitReached:
            raise
        except Refused:
            return {}


def customers_of(
    account_ids: Iterable[str], accounts: pd.DataFrame, deals: pd.DataFrame, policy: PipelinePolicy, today: date
) -> tuple[Customer, ...]:
    """One customer an id that there is an account for, by the id as it was given, which may be the short one of 15
    characters.

    accounts   id, name, owner       deals   as `salesforce_customer_queries.deal_columns`: won, and open renewals

    value      the won amounts whose subscription runs on `today`, that is until its end; without an end that is known,
               for twelve months from the close date. A contract over several years counts with its whole amount, as
               Salesforce has it. Where none runs any more but a renewal is open, it is late: then what was won last.
               None where nothing of this is known, or an amount is in a currency without a rate
               (RITUALS_PIPELINE__CURRENCY_RATES): a sum without it would be too small. A renewal that was signed early
               counts beside what it renews until that ends.
    renewal    the earliest close date of an open opportunity of a renewal type, also one that has passed; else the
               next end of a subscription that runs, else, where none runs, the last end there was
    """
    deals = _valued(deals, policy)
    theirs = {str(key): rows for key, rows in deals.groupby(deals["account_id"].str[:_SHORT])}
    named = {str(row.id)[:_SHORT]: row for row in accounts.itertuples()}
    return tuple(
        _customer(id_, named[id_[:_SHORT]], theirs.get(id_[:_SHORT], deals.iloc[:0]), today)
        for id_ in dict.fromkeys(account_ids)
        if id_[:_SHORT] in named
    )


def _not_there(id_: str) -> str:
    return (
        f"Salesforce shows no account {name_said(id_)}: it is gone, or hidden from the integration user. Give it View "
        "All on Account, or correct RITUALS_SLACK_CUSTOMER_CHANNELS."
    )


def _customer(id_: str, account: Any, deals: pd.DataFrame, today: date) -> Customer:
    won = deals[deals["is_won"].fillna(value=False).astype(bool)]
    renewals = deals.drop(index=won.index)
    now = midnight(today)
    runs = won["ends"].ge(now) | (won["ends"].isna() & won["close_date"].gt(now - _YEAR))
    paid = won[runs]
    if paid.empty and len(renewals):
        paid = won[won["close_date"].eq(won["close_date"].max())]
    return Customer(
        id_,
        account.name,
        account.owner if isinstance(account.owner, str) else "",
        _sum(paid),
        _day(renewals["close_date"].min(), won.loc[runs, "ends"].min(), None if runs.any() else won["ends"].max()),
    )


def _sum(paid: pd.DataFrame) -> float | None:
    amounts = paid.dropna(subset="amount")
    return None if amounts.empty or amounts["value"].isna().any() else float(amounts["value"].sum())


def _day(*days: Any) -> date | None:
    return next((day.date() for day in days if not pd.isna(day)), None)


def _valued(deals: pd.DataFrame, policy: PipelinePolicy) -> pd.DataFrame:
    currency = deals["currency"].fillna(policy.corporate_currency)
    rate = currency.map({**policy.currency_rates, policy.corporate_currency: 1.0}).astype("float64")
    return deals.assign(value=deals["amount"] * rate)


def _askable(account_ids: Iterable[str]) -> list[str]:
    """Those that have the form of an id: one that has not would have the whole query refused."""
    return [id_ for id_ in dict.fromkeys(account_ids) if _ID.fullmatch(id_)]


def _each_once(*columns: pd.Series) -> tuple[str, ...]:
    said = pd.concat(columns).dropna().str.strip()
    return tuple(sorted(set(said[said.ne("")])))
