"""Touches of a month in which each row states only what matters. Days and times are the office's (Los Angeles).

A day is "11-03" (a touch is then at 10:00), a moment "11-03 18:30"; "11-03 ?" is a day of which nobody noted the time.
The review runs on Mon 2026-11-23 at 18:00: its window begins on Sun 25 Oct. Tom, Ann and Bea are reps, Zoe is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import pandas as pd

from tasks.rules.activity_evidence import rep_names
from tasks.rules.activity_findings import LEFT, ActivityBook, Rule, Touches, Window
from tasks.rules.activity_left import Left, left
from tasks.rules.activity_often import too_often
from tasks.rules.activity_people import people_of
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.activity_reps import reps_of
from tasks.rules.activity_rhythm import marked
from tasks.rules.business_days import OfficeDays

from .builders import _DAY, _FLAG, _MOMENT, _NUMBER, _TEXT, ACTIVITY, OFFICE, Row, frame, moment

TODAY = date(2026, 11, 23)
UNTIL = datetime(2026, 11, 23, 18, tzinfo=OFFICE).astimezone(UTC)
WINDOW = Window(UNTIL, 30, "America/Los_Angeles")
TOUCH = {
    "id": _TEXT, "kind": _TEXT, "direction": _TEXT, "automated": "bool", "support": "bool", "at": _MOMENT, "day": _DAY,
    "rep_id": _TEXT, "owner_id": _TEXT, "person_id": _TEXT, "account_id": _TEXT, "subject": _TEXT, "also": _TEXT,
}  # fmt: skip
BOOKED = {"person_id": _TEXT, "account_id": _TEXT, "starts": _MOMENT}
BUSY = {"user_id": _TEXT, "starts": _MOMENT, "ends": _MOMENT}
PEOPLE = {
    "id": _TEXT, "kind": _TEXT, "name": _TEXT, "email": _TEXT, "account_id": _TEXT, "account": _TEXT,
    "opted_out": _FLAG, "do_not_call": _FLAG, "city": _TEXT, "state": _TEXT, "country": _TEXT, "zone": _TEXT,
    "email_bounced": _FLAG, "owner_id": _TEXT,
}  # fmt: skip
ACCOUNT = {"id": _TEXT, "name": _TEXT, "owner_id": _TEXT, "type": _TEXT}
DEAL = {
    "id": _TEXT, "name": _TEXT, "account_id": _TEXT, "account": _TEXT, "account_owner_id": _TEXT, "owner_id": _TEXT,
    "amount": _NUMBER, "is_closed": _FLAG, "is_won": _FLAG, "created": _MOMENT, "closed_on": _DAY,
}  # fmt: skip
REP = {"id": _TEXT, "name": _TEXT, "email": _TEXT, "role": _TEXT, "zone": _TEXT, "manager_id": _TEXT}
MANAGER = {"id": _TEXT, "name": _TEXT, "zone": _TEXT, "active": _FLAG}
REPS = tuple(
    {"id": name.lower(), "name": f"{name} O.", "email": f"{name.lower()}@ours", "role": "AE", "manager_id": "max"}
    for name in ("Tom", "Ann", "Bea")
)


def touch(when: str, to: str | None = "doe", by: str | None = "tom", **given: Any) -> Row:
    """A mail of Tom's to J. Doe, of the account "acme"."""
    day, _, clock = when.partition(" ")
    at = None if clock == "?" else moment(f"2026-{day} {clock or '10:00'}")
    return {
        "id": f"{when} {to} {by}", "kind": "email", "direction": "outbound", "automated": False, "support": False,
        "at": at, "day": f"2026-{day}", "rep_id": by, "owner_id": by or "zoe", "person_id": to, "account_id": "acme",
        "subject": "Hello",
    } | given  # fmt: skip


def reply(when: str, by: str | None = "doe", to: str | None = "tom", **given: Any) -> Row:
    """A mail of J. Doe's to Tom."""
    return touch(when, by, to, direction="inbound", id=f"{when} from {by}") | given


def met(when: str, who: str | None = "doe", by: str | None = "tom", **given: Any) -> Row:
    """A meeting of the two that has been."""
    return touch(when, who, by, kind="meeting", direction="both", id=f"{when} with {who}") | given


def person(id: str = "doe", **given: Any) -> Row:  # noqa: A002 - the name of the column
    """A contact of the account "acme"."""
    return {"id": id, "kind": "contact", "name": f"J. {id.title()}", "account_id": "acme", "account": "Acme"} | given


def account(id: str = "acme", **given: Any) -> Row:  # noqa: A002 - the name of the column
    """An account of Tom's."""
    return {"id": id, "name": id.title(), "owner_id": "tom"} | given


def deal(id: str = "deal", account_id: str | None = "acme", **given: Any) -> Row:  # noqa: A002 - the name of the column
    """An open opportunity of Tom's, created in March."""
    return {
        "id": id, "account_id": account_id, "account": account_id and account_id.title(), "account_owner_id": "tom",
        "owner_id": "tom", "amount": 50_000.0, "is_closed": False, "created": "2026-03-02",
    } | given  # fmt: skip


def make_book(
    people: Iterable[Mapping[str, Any]] | None = None,
    *,
    accounts: Iterable[Mapping[str, Any]] | None = None,
    deals: Iterable[Mapping[str, Any]] = (),
    reps: Iterable[Mapping[str, Any]] = REPS,
) -> ActivityBook:
    """A book of J. Doe and J. Roe of Acme, without its activities."""
    return ActivityBook(
        activities=frame([], ACTIVITY),
        people=frame([person("doe"), person("roe")] if people is None else people, PEOPLE),
        accounts=frame([account()] if accounts is None else accounts, ACCOUNT),
        deals=frame(deals, DEAL),
        reps=frame(reps, REP),
        managers=frame([{"id": "max", "name": "M. Vega", "active": True}], MANAGER),
    )


def touches(rows: Iterable[Row], booked: Iterable[Row] = ()) -> Touches:
    """As `touches_of` makes them."""
    told = frame(rows, TOUCH).sort_values(["day", "at", "id"], na_position="first", ignore_index=True)
    return Touches(told, frame(booked, BOOKED), frame([], BUSY))


@dataclass(frozen=True)
class Seen:
    """What the rhythm says of some touches, as far as a test looks."""

    touches: Touches
    book: ActivityBook
    window: Window
    office: OfficeDays
    policy: ActivityPolicy

    @cached_property
    def marks(self) -> pd.DataFrame:
        """By the id of the touch."""
        return marked(self.touches.touches).set_index("id", drop=False)

    @cached_property
    def _people(self) -> pd.DataFrame:
        return people_of(self.marks, self.book)

    @cached_property
    def people(self) -> pd.DataFrame:
        """By the id of the person, or of the account as a whole."""
        return self._people.set_index("who")

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Those of TOO_MUCH."""
        return too_often(self.marks, self._people, rep_names(self.book.reps), self.policy, self.window.last)

    @cached_property
    def left(self) -> Left:
        """Those of LEFT."""
        values = {"policy": self.policy, "window": self.window, "office": self.office}
        return left(self.marks, self._people, self.touches.booked, self.book, **values)

    @cached_property
    def reps(self) -> pd.DataFrame:
        """By the id of the rep."""
        return reps_of(self.marks, self.findings, self.book, self.policy).set_index("rep_id", drop=False)

    def counting(self) -> list[str]:
        """The ids of the touches that count, as they happened."""
        counting: list[str] = self.marks[self.marks["counts"]].sort_values("order").index.tolist()
        return counting

    def one(self, rule: Rule) -> dict[str, Any]:
        """The only finding of that rule."""
        [found] = self.all(rule)
        return found

    def all(self, rule: Rule) -> list[dict[str, Any]]:
        """The findings of that rule."""
        every = self.left.findings if rule in LEFT else self.findings
        rows: list[dict[str, Any]] = every[every["rule"].eq(rule)].to_dict("records")
        return rows


def judge(
    rows: Iterable[Row],
    book: ActivityBook | None = None,
    *,
    booked: Iterable[Row] = (),
    window: Window = WINDOW,
    office: OfficeDays | None = None,
    **policy: Any,
) -> Seen:
    """What the rhythm says of these touches, under these values of the policy."""
    days = office or OfficeDays(frozenset())
    return Seen(touches(rows, booked), book or make_book(), window, days, ActivityPolicy(**policy))
