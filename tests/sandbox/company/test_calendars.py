"""The two weeks to come: who is busy when, and what only looks like it."""

from datetime import date, timedelta

import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.tell import USER_IDS

from .whole import Row, rows_of

AS_OF = date(2026, 11, 23)  # a Monday
EVERY_WEEKDAY = [pytest.param(AS_OF + timedelta(days), id=f"{AS_OF + timedelta(days):%A}") for days in range(7)]


def inside(as_of: date = AS_OF) -> list[Row]:
    """The events among ourselves of the company of that day."""
    return [row for row in rows_of(build(1, "small", as_of))["Event"] if not row["WhoId"] and not row["WhatId"]]


def entries(rows: list[Row], who: str, day: str) -> list[tuple[str, str, str]]:
    """Subject, beginning (in UTC; "" for the whole day) and how it shows, of one person's day."""
    mine = [row for row in rows if row["OwnerId"] == USER_IDS[who] and row["ActivityDate"] == day]
    return sorted((r["Subject"], "" if r["IsAllDayEvent"] else r["StartDateTime"][11:16], r["ShowAs"]) for r in mine)


@pytest.mark.parametrize(
    ("who", "day", "expected"),
    [
        pytest.param("marisol", "2026-11-24", [("Leads of the day", "16:30", "Busy"),
                                               ("Out of office", "", "OutOfOffice")],
                     id="Tue: away"),
        pytest.param("marisol", "2026-11-25", [("Forecast call", "16:30", "Busy"),
                                               ("Hold for the board papers", "19:00", "Free")],
                     id="Wed: from half past eight to eleven in the office"),
        pytest.param("sam", "2026-11-25", [("Calls", "19:00", "Busy")], id="Wed"),
        pytest.param("marcus", "2026-11-25", [("Security questions", "19:00", "Busy")], id="Wed"),
        pytest.param("marcus", "2026-11-30", [("Pipeline review", "17:00", "Busy")], id="Mon"),
        pytest.param("marcus", "2026-12-07", [("Pipeline review", "17:00", "Busy")], id="Mon, again"),
        pytest.param("jo", "2026-11-26", [("Working from home", "", "Free")], id="Thu"),
    ],
)  # fmt: skip
def test_a_day_of_theirs(who: str, day: str, expected: list[tuple[str, str, str]]) -> None:
    assert entries(inside(), who, day) == expected


@pytest.mark.parametrize("as_of", EVERY_WEEKDAY)
def test_the_manager_is_away_on_the_first_day_and_busy_when_the_second_begins(as_of: date) -> None:
    office, rows = OfficeTime(as_of), inside(as_of)
    first, second = (office.day(office.working_day(ahead)) for ahead in (1, 2))
    assert ("Out of office", "", "OutOfOffice") in entries(rows, "marisol", first)
    [call] = [row for row in rows if row["Subject"] == "Forecast call"]
    assert (call["ActivityDate"], call["DurationInMinutes"]) == (second, 150)


@pytest.mark.parametrize("as_of", EVERY_WEEKDAY)
def test_calendars_are_filled_on_weekdays_of_the_two_weeks_to_come(as_of: date) -> None:
    days = {date.fromisoformat(row["ActivityDate"]) for row in inside(as_of)}
    assert all(as_of < day <= as_of + timedelta(days=14) and day.weekday() < 5 for day in days)
    assert len(days) == 10


def test_who_is_invited_has_a_copy() -> None:
    monday = [row for row in inside() if row["Subject"] == "Pipeline review" and row["ActivityDate"] == "2026-11-30"]
    assert [row["OwnerId"] for row in monday if not row["IsChild"]] == [USER_IDS["marisol"]]
    assert sum(row["IsChild"] for row in monday) == 7


def test_a_whole_day_has_no_hours() -> None:
    whole = [row for row in inside() if row["IsAllDayEvent"]]
    assert {(row["StartDateTime"][11:], row["DurationInMinutes"]) for row in whole} == {("00:00:00.000+0000", 1440)}
    assert all(row["StartDateTime"][:10] == row["EndDateTime"][:10] == row["ActivityDate"] for row in whole)
