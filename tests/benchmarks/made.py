"""A pipeline of any size, drawn with numpy: activities as Salesforce's Bulk API gives them, and the deals around."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.company import MONDAY
from tests.rules.builders import CHANGE, OPPORTUNITY, STAGES

DAYS = 700
SUBTYPES = ("Email", "Call", "LinkedIn", "Task", "List Email")


@dataclass(frozen=True)
class Made:
    """`csv` holds the activities as one page of a bulk job; the frames are typed as the reader's are."""

    csv: bytes
    opportunities: pd.DataFrame
    roles: pd.DataFrame
    history: pd.DataFrame
    stages: pd.DataFrame


def made(deals: int, activities: int, seed: int = 1) -> Made:
    """So many open deals with one contact each, and tasks of which a tenth is filed on the contact's account only."""
    rng = np.random.default_rng(seed)
    ids, accounts, contacts = (_ids(prefix, np.arange(deals)) for prefix in ("006", "001", "003"))
    today = pd.Timestamp(MONDAY)
    created = today.tz_localize("UTC") - pd.to_timedelta(rng.integers(3, DAYS, deals), "D")
    opportunities = pd.DataFrame(
        {
            "id": ids, "name": "Acme 2026", "account_id": accounts, "account": "Acme",
            "owner_id": _ids("005", np.arange(deals) // 60), "owner": "Tom Okafor", "owner_active": True,
            "stage": "Discovery", "amount": rng.integers(1, 90, deals) * 1000.0, "close_date": today,
            "created": created.as_unit("us"), "next_step": "Send the offer", "type": "New Business", "pushes": 0.0,
        }
    ).reindex(columns=list(OPPORTUNITY)).astype(OPPORTUNITY)  # fmt: skip
    roles = pd.DataFrame(
        {"opportunity_id": ids, "contact_id": contacts, "contact": "Jane", "contact_account_id": accounts}
    )
    history = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in CHANGE.items()})
    csv = _tasks(rng, activities, ids, accounts, contacts).to_csv(index=False).encode()
    return Made(csv, opportunities, roles.astype("str"), history, pd.DataFrame(STAGES).astype({"name": "str"}))


def _tasks(
    rng: np.random.Generator, count: int, deals: np.ndarray, accounts: np.ndarray, contacts: np.ndarray
) -> pd.DataFrame:
    which, ago = rng.integers(0, len(deals), count), rng.integers(1, DAYS, count)
    done = pd.Timestamp(MONDAY) - pd.to_timedelta(ago, "D") + pd.to_timedelta(rng.integers(0, 86_400, count), "s")
    return pd.DataFrame(
        {
            "Id": _ids("00T", np.arange(count)),
            "TaskSubtype": np.array(SUBTYPES)[rng.integers(0, len(SUBTYPES), count)],
            "Type": "", "CallType": "",
            "WhatId": np.where(rng.random(count) < 0.9, deals[which], ""),
            "WhoId": contacts[which], "AccountId": accounts[which], "OwnerId": _ids("005", which // 60),
            "CompletedDateTime": done.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "ActivityDate": done.strftime("%Y-%m-%d"),
        }
    )  # fmt: skip


def _ids(prefix: str, numbers: np.ndarray) -> np.ndarray:
    return np.array([f"{prefix}Hs{number:010d}AAA" for number in numbers])
