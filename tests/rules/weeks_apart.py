"""Two reviews a week apart, each row stating only what matters: what is remembered of Mon 16 Nov, and Mon 23 Nov."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

import pandas as pd

from tasks.rules.findings import Deal, Review, Verdict
from tasks.rules.weeks import Ask, Week

from .builders import frame

MONDAY, LAST_MONDAY = date(2026, 11, 23), date(2026, 11, 16)
Row = Mapping[str, Any]
_WEEK = {
    "id": "str", "name": "str", "owner_id": "str", "owner": "str", "team": "str", "stage": "str", "value": "float64",
    "close_date": "datetime64[us]",
}  # fmt: skip
_LEFT = {
    "id": "str", "stage": "str", "is_closed": "boolean", "is_won": "boolean", "is_deleted": "boolean",
    "value": "float64",
}  # fmt: skip
_DAYS = ("close_date", "last_touch")


def _deal(given: Row) -> dict[str, Any]:
    """$50,000 of Ann's, West, closing on 18 December."""
    usual = {"name": f"{given['id']} 2026", "owner_id": "ann", "owner": "Ann", "stage": "Discovery", "value": 50_000.0}
    return {**usual, "team": "West", "close_date": "2026-12-18", **given}


def week(deals: Iterable[Row] = (), asks: Iterable[Ask] = (), day: date = LAST_MONDAY) -> Week:
    """What is remembered of a Monday: its open deals, and what was asked."""
    return Week(day, frame(map(_deal, deals), _WEEK), tuple(asks))


def now(deals: Iterable[Row] = (), day: date = MONDAY) -> Review:
    """The review of a Monday: healthy deals, unless they say otherwise. An amount in a currency without a rate is
    {"value": None, "amount": 9.0}."""
    healthy = {"verdict": Verdict.HEALTHY, "hygiene": (), "days": 3, "last_touch": None, "slipped": False}
    rows = [{**healthy, **_deal(deal)} for deal in deals]
    rows = [{"amount": row["value"], **row} for row in rows]
    judged = pd.DataFrame(rows, columns=[field.name for field in fields(Deal)])
    judged = judged.astype({"id": "str", "owner_id": "str", "value": "float64", "amount": "float64"})
    for column in _DAYS:
        judged[column] = pd.to_datetime(judged[column]).astype("datetime64[us]")
    return Review(day, judged, pd.DataFrame({"opportunity_id": []}), len(judged), "USD")


def left(*deals: Row) -> pd.DataFrame:
    """What `read_left` says: lost for $50,000, unless a row says otherwise."""
    usual = {"stage": "Closed Lost", "is_closed": True, "is_won": False, "is_deleted": False, "value": 50_000.0}
    return frame(({**usual, **deal} for deal in deals), _LEFT)


WON = {"stage": "Closed Won", "is_won": True}
DELETED = {"is_deleted": True}
