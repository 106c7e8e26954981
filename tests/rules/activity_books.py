"""Books of rep activity in which each row states only what matters. Times are the office's (Los Angeles).

A day is "2026-11-02" (at 10:00), a moment "2026-11-02 10:15". The review runs on Mon 2026-11-23 at 07:28 and looks at
30 days: from Sun 25 Oct on. Reps are called by first name (tom, ann), the people outside by name ("J. Doe").
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from tasks.rules.activity_findings import ActivityBook, Touches, Window
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.activity_touches import touches_of
from tasks.rules.policy import OFFICE_ZONE, TouchPolicy

from .builders import ACTIVITY as PLAIN
from .builders import Row, frame

NOW = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)  # Mon 07:28 in the office
WINDOW = Window(until=NOW, days=30, time_zone=OFFICE_ZONE)
BOT = "005000000000BOT"

ACTIVITY = PLAIN | {
    "sender": "str", "receivers": "str", "bcc": "str", "case_id": "str", "is_child": "boolean", "show_as": "str",
}  # fmt: skip
PERSON = {
    "id": "str", "kind": "str", "name": "str", "email": "str", "account_id": "str", "account": "str",
    "opted_out": "boolean", "do_not_call": "boolean", "city": "str", "state": "str", "country": "str", "zone": "str",
    "email_bounced": "boolean", "owner_id": "str",
}  # fmt: skip
ACCOUNT = {"id": "str", "name": "str", "owner_id": "str", "type": "str"}
DEAL = {
    "id": "str", "name": "str", "account_id": "str", "account": "str", "account_owner_id": "str", "owner_id": "str",
    "amount": "float64", "is_closed": "boolean", "is_won": "boolean", "created": "datetime64[us, UTC]",
    "closed_on": "datetime64[us]",
}  # fmt: skip
REP = {"id": "str", "name": "str", "email": "str", "role": "str", "zone": "str", "manager_id": "str"}
MANAGER = {"id": "str", "name": "str", "zone": "str", "active": "boolean"}


def ours(name: str) -> str:
    """The address of a rep."""
    return f"{name}@us.example"


def theirs(name: str) -> str:
    """The address of somebody outside: "j.doe@acme.example"."""
    return f"{name.replace('. ', '.').replace(' ', '.').lower()}@acme.example"


def mail(at: str, to: str = "J. Doe", by: str = "tom", **given: Any) -> Row:
    """A mail that a rep sent to one person. It knows addresses alone."""
    return {
        "kind": "email", "incoming": False, "at": at, "sender": ours(by), "receivers": theirs(to),
        "owner_id": f"005 {by}", "subject": "Hello",
    } | given  # fmt: skip


def reply(at: str, by: str = "J. Doe", to: str = "tom", **given: Any) -> Row:
    """A mail that a person sent to a rep."""
    return {
        "kind": "email", "incoming": True, "at": at, "sender": theirs(by), "receivers": ours(to),
        "owner_id": f"005 {to}", "subject": "Re: Hello",
    } | given  # fmt: skip


def task(at: str | None, subtype: str = "Call", to: str | None = "J. Doe", by: str = "tom", **given: Any) -> Row:
    """A task that a rep has done with one person."""
    who = f"003 {to}" if to else None
    return {
        "kind": "task", "subtype": subtype, "closed": True, "at": at, "who_id": who, "owner_id": f"005 {by}",
        "subject": "Hello",
    } | given  # fmt: skip


def call(at: str | None, to: str | None = "J. Doe", by: str = "tom", **given: Any) -> Row:
    """A call that a rep made."""
    return task(at, "Call", to, by, **{"call_type": "Outbound"} | given)


def meeting(at: str | None, ends: str | None = None, to: str | None = "J. Doe", by: str = "tom", **given: Any) -> Row:
    """A meeting in a rep's calendar, over at once unless `ends` says otherwise."""
    who = f"003 {to}" if to else None
    return {
        "kind": "event", "at": at, "ends": ends or at, "who_id": who, "owner_id": f"005 {by}", "subject": "Demo",
    } | given  # fmt: skip


def contact(name: str = "J. Doe", account: str | None = "Acme", **given: Any) -> Row:
    """A person at an account, with an address and nothing else."""
    at = {"account_id": f"001 {account}", "account": account} if account else {}
    return {"id": f"003 {name}", "kind": "contact", "name": name, "email": theirs(name)} | at | given


def lead(name: str = "L. Roe", company: str = "Initech", **given: Any) -> Row:
    """A person of no account."""
    return {"id": f"00Q {name}", "kind": "lead", "name": name, "email": theirs(name), "account": company} | given


def account(name: str = "Acme", type: str | None = "Prospect", **given: Any) -> Row:  # noqa: A002 - the column's name
    return {"id": f"001 {name}", "name": name, "owner_id": "005 tom", "type": type} | given


def deal(account: str = "Acme", **given: Any) -> Row:
    """An open opportunity; `lost` the same, lost on a day."""
    return {
        "id": f"006 {account}", "name": f"{account} 2026", "account_id": f"001 {account}", "account": account,
        "account_owner_id": "005 tom", "owner_id": "005 tom", "amount": 50_000.0, "is_closed": False, "is_won": False,
        "created": "2026-03-02",
    } | given  # fmt: skip


def lost(day: str, account: str = "Acme", **given: Any) -> Row:
    return deal(account, id=f"006 {account} lost {day}", is_closed=True, closed_on=day, **given)


def rep(name: str = "tom", role: str | None = "AE", **given: Any) -> Row:
    return {"id": f"005 {name}", "name": name.title(), "email": ours(name), "role": role, "zone": OFFICE_ZONE} | given


def manager(name: str = "mia", **given: Any) -> Row:
    return {"id": f"005 {name}", "name": name.title(), "zone": OFFICE_ZONE, "active": True} | given


def make_book(
    *activities: Row,
    people: Sequence[Row] | None = None,
    accounts: Sequence[Row] | None = None,
    deals: Iterable[Row] = (),
    reps: Sequence[Row] | None = None,
    managers: Sequence[Row] = (),
) -> ActivityBook:
    """A book of reps tom and ann, and of J. Doe at Acme, unless it says otherwise. Activities are called a0, a1, …"""
    return ActivityBook(
        activities=frame([{"id": f"a{i}"} | row for i, row in enumerate(activities)], ACTIVITY),
        people=frame([contact()] if people is None else people, PERSON),
        accounts=frame([account()] if accounts is None else accounts, ACCOUNT),
        deals=frame(deals, DEAL),
        reps=frame([rep("tom"), rep("ann")] if reps is None else reps, REP),
        managers=frame(managers, MANAGER),
    )


def made(book: ActivityBook, touch_policy: TouchPolicy | None = None, **policy: Any) -> Touches:
    """The touches of the book in the window."""
    return touches_of(book, WINDOW, ActivityPolicy(**policy), touch_policy or TouchPolicy())


def told(book: ActivityBook, *columns: str, **policy: Any) -> list[Any]:
    """These columns of the touches, a tuple each (one column: its values); a missing value is None."""
    rows = made(book, **policy).touches[list(columns)].astype(object)
    listed = rows.where(rows.notna(), None).itertuples(index=False, name=None)
    return [row[0] if len(columns) == 1 else row for row in listed]


def found(
    cases: list[Any], *columns: str, touch_policy: TouchPolicy | None = None, policy: Row | None = None, **book: Any
) -> list[Any]:
    """The cases (a row, and what these columns say of it) as they come out, all judged in one book."""
    result = made(make_book(*(row for row, *_ in cases), **book), touch_policy, **(policy or {})).touches
    said = result.set_index("id")[list(columns)].reindex([f"a{i}" for i in range(len(cases))]).astype(object)
    values = said.where(said.notna(), None).itertuples(index=False, name=None)
    return [(row, *value) for (row, *_), value in zip(cases, values, strict=True)]


def shuffled(book: ActivityBook) -> ActivityBook:
    """The same book, each frame the other way round."""
    turned = {
        name: rows.iloc[::-1].reset_index(drop=True)
        for name, rows in vars(book).items()
        if isinstance(rows, pd.DataFrame)
    }
    return replace(book, **turned)
