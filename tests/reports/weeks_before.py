"""What was remembered on Mon 16 Nov of the deals in `reviews.full`, and what became of those that left since."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from tasks.rules.weekly import Since, since_last, week_of
from tasks.rules.weeks import SILENCE, Ask, Past, Week

from . import reviews
from .review_builder import record_id

LAST_MONDAY = date(2026, 11, 16)


def make_ask(number: int, name: str, kind: str, words: str, **said: Any) -> Ask:
    """Something asked of Li Wei on Mon 16 Nov."""
    usual: dict[str, Any] = {"owner_id": "005Hs00000000003AA", "owner": "Li Wei"}
    return Ask(LAST_MONDAY, record_id(number), name, kind=kind, words=words, **{**usual, **said})


def past() -> Past:
    """Of the deals of today Massive Dynamic and Bluth were not there; Oscorp and Weyland were. Acme was worth less,
    Soylent was to close this quarter, Aperture belonged to somebody else."""
    findings = reviews.full()
    kept = week_of(findings, findings.deals[["id"]].assign(team="West")).deals
    kept = kept[~kept["id"].isin([record_id(12), record_id(15)])].set_index("id")
    kept.loc[record_id(1), "value"] = 100_000.0
    kept.loc[record_id(9), "value"] = 155_000.0
    kept.loc[record_id(11), "close_date"] = pd.Timestamp(2026, 12, 18)
    kept.loc[record_id(13), ["owner_id", "owner"]] = ["005Hs00000000001AA", "Tom Okafor"]
    left = {"owner_id": "005Hs00000000003AA", "owner": "Li Wei", "stage": "Proposal"}
    kept.loc[record_id(20)] = pd.Series({**left, "name": "Oscorp 2026", "value": 50_000.0})
    kept.loc[record_id(21)] = pd.Series({**left, "name": "Weyland 2026", "value": 90_000.0})
    asks = (
        make_ask(3, "Hooli expansion 2026", "next step", "no next step"),
        make_ask(3, "Hooli expansion 2026", "close date", "close date past (1 Nov)"),
        make_ask(10, "Wonka", "amount", "no amount"),
        make_ask(10, "Wonka", "year in the name", "no year in the name"),
        make_ask(11, "Soylent 2026", "next step due", "next step due 3 Nov"),
        make_ask(9, "Cyberdyne 2026", SILENCE, "silent since 16 Oct", since=date(2026, 10, 16)),
        make_ask(13, "Aperture 2026", "amount", "no amount"),
        make_ask(6, "Initech 2026", "next step", "no next step"),
        make_ask(20, "Oscorp 2026", "amount", "no amount"),
    )
    return Past(Week(LAST_MONDAY, kept.reset_index(), asks), frozenset({(record_id(9), date(2026, 10, 16))}))


def left() -> pd.DataFrame:
    """Oscorp was lost, Weyland won."""
    return pd.DataFrame(
        {
            "id": [record_id(20), record_id(21)], "stage": ["Closed Lost", "Closed Won"], "is_closed": [True, True],
            "is_won": [False, True], "is_deleted": [False, False], "value": [50_000.0, 95_000.0],
        }
    )  # fmt: skip


def since() -> Since:
    """What there is to say of it beside `reviews.full`."""
    return since_last(past(), reviews.full(), left(), decided=frozenset({record_id(20)}))


def make_week(kept: Mapping[str, Mapping[str, Any]], asks: Iterable[Ask] = ()) -> Week:
    """What was remembered on Mon 16 Nov: deals by id, each stating what matters."""
    usual = {"name": "Acme 2026", "owner_id": "005A", "owner": "Li Wei", "team": "", "stage": "", "value": 10_000.0}
    rows = [{"id": name, **usual, "close_date": None, **said} for name, said in kept.items()]
    deals = pd.DataFrame(rows, columns=["id", *usual, "close_date"]).astype({"id": "str", "value": float})
    close_date = pd.to_datetime(deals["close_date"]).astype("datetime64[us]")
    return Week(LAST_MONDAY, deals.assign(close_date=close_date), tuple(asks))
