"""The week that passes at the pretend company: what the demo's second review finds changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import requests

from deployments.sandbox.clock import OFFICE, OPENING
from deployments.sandbox.company.build import build
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.people import TEAM
from deployments.sandbox.company.week import IDS, RULE, RULED_OUT, TOUCHED_LATE, last_minute, week, week_ago
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.store import Store
from tests.company import running

MONDAY = date(2026, 11, 23)
DAYS = [
    pytest.param(MONDAY, id="Monday"),
    pytest.param(date(2026, 12, 31), id="last day of a quarter, a Thursday"),
    pytest.param(date(2027, 1, 1), id="first day of a quarter, a Friday"),
    pytest.param(date(2026, 3, 8), id="Sunday on which the clocks go forward"),
]


@contextmanager
def company(day: date = MONDAY) -> Iterator[Store]:
    """The small company's records, at its opening on that day."""
    now = datetime.combine(day, OPENING, OFFICE)
    told = build(1, "small", day)
    store = Store(told.catalogue, lambda: now)
    for name, table in told.tables.items():
        store.insert_many(name, table.columns, table.rows)
    yield store
    store.close()


def deals(store: Store) -> dict[str, dict[str, Any]]:
    rows = store.connection.execute("""SELECT "Id" FROM "Opportunity" """).fetchall()
    found = [store.get("Opportunity", row[0]) or {} for row in rows]
    return {str(row["Name"]): row for row in found}


def close_dates(store: Store) -> dict[str, str]:
    return {name: str(deal["CloseDate"]) for name, deal in deals(store).items() if not deal["IsClosed"]}


@pytest.mark.parametrize("day", DAYS)
def test_two_deals_are_new_one_is_won_and_one_is_lost(day: date) -> None:
    with company(day) as store:
        before = deals(store)
        week(store)
        after = deals(store)

    closed = [deal["StageName"] for name, deal in after.items() if deal["IsClosed"] and not before[name]["IsClosed"]]
    assert (len(after.keys() - before.keys()), sorted(closed)) == (2, ["Closed Lost", "Closed Won"])


@pytest.mark.parametrize("day", DAYS)
def test_a_close_date_leaves_the_quarter(day: date) -> None:
    last = OfficeTime(day).in_quarter(1, 0)
    with company(day) as store:
        week_ago(store)
        before = close_dates(store)
        week(store)
        after = close_dates(store)

    slipped = {name for name in before if name in after and before[name] <= last < after[name]}
    assert {"Orchid Telecom field 2026", "Ursa Observatories 2026"} < slipped


def test_a_close_date_comes_into_the_quarter() -> None:
    with company() as store:
        week(store)
        assert close_dates(store)["Helix Genomics lab expansion 2026"] == "2026-12-31"


@pytest.mark.parametrize("day", DAYS)
def test_it_happens_on_working_days_of_the_week_before(day: date) -> None:
    with company(day) as store:
        before = {deal["LastModifiedDate"] for deal in deals(store).values()}
        week(store)
        changed = {deal["LastModifiedDate"] for deal in deals(store).values()} - before
    days = {datetime.fromisoformat(moment).astimezone(OFFICE).date() for moment in changed}
    assert len(days) > 1
    assert all(timedelta(1) <= day - each < timedelta(7) and each.weekday() < 5 for each in days)


def test_the_people_of_the_story_do_it_and_the_clock_is_as_it_was() -> None:
    with company() as store:
        now = store.now()
        told = week(store)
        assert store.now() == now
    names = {colleague.name for colleague in TEAM if colleague.role == "Account Executive"}
    assert all(line.split(": ")[0].split(maxsplit=3)[3] in names for line in told)


def test_a_week_ago_the_dates_that_slipped_are_where_they_were() -> None:
    with company() as store:
        week_ago(store)
        found = deals(store)
    assert {found[name]["CloseDate"] for name in ("Orchid Telecom field 2026", "Ursa Observatories 2026")} == {
        "2026-12-19"
    }


def test_in_the_last_minute_a_customer_calls_and_a_rule_is_switched_on() -> None:
    with company() as store:
        org = Org(store.now)
        last_minute(store, org)
        sql = """SELECT "WhatId", "CallType" FROM "Task" ORDER BY "CompletedDateTime" DESC LIMIT 1"""
        assert store.connection.execute(sql).fetchone() == (IDS[TOUCHED_LATE], "Inbound")
    assert org.validation_rules == {IDS[RULED_OUT]: RULE}


def test_another_company_has_no_such_week() -> None:
    told = build(1, "small", MONDAY)
    bare = {name: table for name, table in told.tables.items() if name in {"Profile", "UserRole", "User"}}
    with running(type(told)(told.catalogue, bare, told.slack, told.settings)) as sandbox:
        for control in ("week-ago", "week", "last-minute"):
            answer = requests.post(f"{sandbox.address}/__sandbox__/{control}", timeout=10)
            assert (answer.status_code, "only the pretend company" in answer.json()["error"]) == (409, True)
