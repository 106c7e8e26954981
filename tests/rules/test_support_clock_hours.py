"""Other hours, allowances, closed days and time zones than the default ones: what the settings may say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from tasks.rules.business_days import OfficeDays
from tasks.rules.feedback import Priority
from tasks.rules.feedback_policy import SupportPolicy
from tasks.rules.support_clock import SupportClock

LA, AMMAN = "America/Los_Angeles", "Asia/Amman"
ALL_DAY = SupportPolicy(opens=time(0), closes=time(23, 59))
# In Amman the clocks went forward on Fri 26 Mar 2021 from 00:00 to 01:00, and back on Fri 25 Oct 2019 from 01:00 to
# 00:00: of few zones they change on a day on which an office works.
FIRST, SECOND = 0, 1


def clock(policy: SupportPolicy, zone: str = LA, closed: frozenset[date] = frozenset()) -> SupportClock:
    return SupportClock(policy, OfficeDays(closed), zone)


def at(said: str, zone: str = LA, fold: int = FIRST) -> datetime:
    moment = datetime.fromisoformat(said[4:]).replace(tzinfo=ZoneInfo(zone), fold=fold)
    assert f"{moment:%a}" == said[:3], f"{said}: it is a {moment:%a}"
    return moment.astimezone(UTC)


def says(moment: datetime, zone: str = LA) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("moment", "is_open", "closed_last", "opens_next"),
    [
        ("Mon 2026-11-23 00:00", True, "Fri 2026-11-20 23:59", "Mon 2026-11-23 00:00"),
        ("Mon 2026-11-23 23:58", True, "Fri 2026-11-20 23:59", "Tue 2026-11-24 00:00"),
        ("Mon 2026-11-23 23:59", False, "Mon 2026-11-23 23:59", "Tue 2026-11-24 00:00"),
        ("Tue 2026-11-24 00:00", True, "Mon 2026-11-23 23:59", "Tue 2026-11-24 00:00"),
        ("Thu 2026-11-26 00:00", False, "Wed 2026-11-25 23:59", "Fri 2026-11-27 00:00"),
        ("Sun 2026-11-01 01:30", False, "Fri 2026-10-30 23:59", "Mon 2026-11-02 00:00"),
    ],
)
def test_open_from_midnight_to_midnight(moment: str, is_open: bool, closed_last: str, opens_next: str) -> None:
    around = clock(ALL_DAY)
    assert around.is_open(at(moment)) is is_open
    assert says(around.last_close(at(moment))) == closed_last
    assert says(around.next_opening(at(moment))) == opens_next


@pytest.mark.parametrize(
    ("priority", "asked", "due"),
    [
        ("P1", "Mon 2026-11-23 20:00", "Tue 2026-11-24 00:01"),  # the minute before midnight is closed
        ("P1", "Fri 2026-11-27 23:59", "Mon 2026-11-30 04:00"),
        ("P2", "Mon 2026-11-23 23:58", "Tue 2026-11-24 23:58"),
        ("P2", "Mon 2026-11-23 23:59", "Wed 2026-11-25 00:00"),
        ("P2", "Sat 2026-11-28 12:00", "Tue 2026-12-01 00:00"),
    ],
)
def test_due_where_support_is_open_from_midnight_to_midnight(priority: str, asked: str, due: str) -> None:
    assert says(clock(ALL_DAY).deadlines(Priority(priority), at(asked)).due) == due


@pytest.mark.parametrize(
    ("policy", "priority", "due"),
    [
        (SupportPolicy(p0_hours=0.5), "P0", "Tue 2026-11-24 15:30"),
        (SupportPolicy(p0_hours=30), "P0", "Wed 2026-11-25 21:00"),
        (SupportPolicy(p1_hours=0.75), "P1", "Tue 2026-11-24 15:45"),
        (SupportPolicy(p1_hours=11), "P1", "Wed 2026-11-25 16:00"),
        (SupportPolicy(p1_hours=25), "P1", "Fri 2026-11-27 10:00"),  # 1 + 10 + 10 on Thanksgiving + 4
        (SupportPolicy(p2_days=2), "P2", "Fri 2026-11-27 15:00"),
        (SupportPolicy(p3_days=3, p3_red_days=5), "P3", "Mon 2026-11-30 15:00"),
        (SupportPolicy(opens=time(15, 30), closes=time(15, 45)), "P1", "Tue 2026-12-15 15:45"),  # 16 days
        (SupportPolicy(opens=time(15, 30), closes=time(15, 45)), "P2", "Wed 2026-11-25 15:30"),
    ],
)
def test_other_allowances_for_what_came_on_a_tuesday_at_three(policy: SupportPolicy, priority: str, due: str) -> None:
    assert says(clock(policy).deadlines(Priority(priority), at("Tue 2026-11-24 15:00")).due) == due


def test_a_goal_longer_than_a_day_goes_on_after_the_holiday() -> None:
    slow = clock(SupportPolicy(goal_minutes=12 * 60))  # 1 hour on Wed, 10 on Fri, 1 on Mon
    assert says(slow.deadlines(Priority.P2, at("Wed 2026-11-25 15:00")).goal) == "Mon 2026-11-30 07:00"


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@pytest.mark.parametrize(
    ("asked", "p1", "p2", "goal"),
    [
        ("Wed 2026-12-23 15:30", "Thu 2026-12-24 09:30", "Mon 2027-01-04 15:30", "Mon 2027-01-04 06:30"),
        ("Mon 2026-12-28 10:00", "Mon 2026-12-28 14:00", "Tue 2027-01-05 06:00", "Mon 2027-01-04 07:00"),
        ("Fri 2027-01-01 10:00", "Fri 2027-01-01 14:00", "Tue 2027-01-05 06:00", "Mon 2027-01-04 07:00"),
    ],
)
def test_an_office_that_is_closed_from_christmas_to_new_year(asked: str, p1: str, p2: str, goal: str) -> None:
    shut = clock(SupportPolicy(), closed=frozenset(days(date(2026, 12, 24), date(2026, 12, 31))))
    assert says(shut.deadlines(Priority.P1, at(asked)).due) == p1
    told = shut.deadlines(Priority.P2, at(asked))
    assert (says(told.due), says(told.goal)) == (p2, goal)
    assert says(shut.last_close(at("Mon 2027-01-04 06:00"))) == "Wed 2026-12-23 16:00"
    assert says(shut.next_opening(at("Wed 2026-12-23 16:00"))) == "Mon 2027-01-04 06:00"


def test_an_opening_that_a_clock_change_skips_is_right_after_it() -> None:
    around = clock(ALL_DAY, AMMAN)
    thursday = at("Thu 2021-03-25 23:59", AMMAN)
    assert says(around.next_opening(thursday), AMMAN) == "Fri 2021-03-26 01:00"
    assert around.is_open(around.next_opening(thursday))
    assert says(around.deadlines(Priority.P1, thursday).due, AMMAN) == "Fri 2021-03-26 05:00"
    # Late on Wed counts as Thu 00:00; a business day later is the midnight that Friday has not.
    assert says(around.deadlines(Priority.P2, at("Wed 2021-03-24 23:59", AMMAN)).due, AMMAN) == "Fri 2021-03-26 01:00"
    # Late on Thu counts as the opening of Fri, which is midnight on every other day.
    assert says(around.deadlines(Priority.P2, thursday).due, AMMAN) == "Mon 2021-03-29 00:00"


def test_a_time_of_day_that_a_clock_change_skips_is_due_right_after_it() -> None:
    due = clock(ALL_DAY, AMMAN).deadlines(Priority.P2, at("Thu 2021-03-25 00:30", AMMAN)).due
    assert says(due, AMMAN) == "Fri 2021-03-26 01:00"


def test_in_an_hour_that_comes_twice_support_opens_the_first_time_and_closes_the_second() -> None:
    brief = clock(SupportPolicy(opens=time(0), closes=time(0, 30), disputed_until=time(0)), AMMAN)
    twice = [("00:00", FIRST), ("00:45", FIRST), ("00:00", SECOND), ("00:29", SECOND), ("00:30", SECOND)]
    moments = [at(f"Fri 2019-10-25 {said}", AMMAN, fold) for said, fold in twice]
    assert [brief.is_open(moment) for moment in moments] == [True, True, True, True, False]
    assert brief.next_opening(at("Thu 2019-10-24 12:00", AMMAN)) == at("Fri 2019-10-25 00:00", AMMAN, FIRST)
    assert brief.last_close(at("Fri 2019-10-25 12:00", AMMAN)) == at("Fri 2019-10-25 00:30", AMMAN, SECOND)


def test_a_time_of_day_that_comes_twice_is_due_the_second_time() -> None:
    around = clock(ALL_DAY, AMMAN)
    due = around.deadlines(Priority.P2, at("Thu 2019-10-24 00:30", AMMAN)).due
    assert due == at("Fri 2019-10-25 00:30", AMMAN, SECOND)
    for fold in (FIRST, SECOND):
        asked = at("Fri 2019-10-25 00:30", AMMAN, fold)
        assert says(around.deadlines(Priority.P2, asked).due, AMMAN) == "Mon 2019-10-28 00:30"


def test_both_passes_of_an_hour_that_comes_twice_count_as_business_time() -> None:
    around = clock(ALL_DAY, AMMAN)
    asked = at("Fri 2019-10-25 00:00", AMMAN, FIRST)
    due = around.deadlines(Priority.P1, asked).due
    assert (due - asked, says(due, AMMAN)) == (timedelta(hours=4), "Fri 2019-10-25 03:00")


def test_seconds_are_kept() -> None:
    asked = at("Fri 2026-11-27 15:59") + timedelta(seconds=59, microseconds=999_999)
    told = clock(SupportPolicy()).deadlines(Priority.P1, asked)
    assert told.due == at("Mon 2026-11-30 09:59") + timedelta(seconds=59, microseconds=999_999)
    assert told.goal == at("Mon 2026-11-30 06:59") + timedelta(seconds=59, microseconds=999_999)
    assert clock(SupportPolicy()).deadlines(Priority.P2, asked).due == asked + timedelta(days=3)


def test_the_hours_are_those_of_the_offices_zone() -> None:
    paris = clock(SupportPolicy(), "Europe/Paris")
    asked = at("Mon 2026-11-23 09:00", "Europe/Paris")
    assert says(paris.deadlines(Priority.P1, asked).due, "Europe/Paris") == "Mon 2026-11-23 13:00"
    assert says(clock(SupportPolicy()).deadlines(Priority.P1, asked).due) == "Mon 2026-11-23 10:00"  # it is 00:00 there


def test_a_zone_that_there_is_not_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        clock(SupportPolicy(), "America/Nowhere").is_open(at("Mon 2026-11-23 09:00"))
