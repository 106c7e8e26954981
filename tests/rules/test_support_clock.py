"""The support clocks as tables: when support is open, and by when an answer is due (handbook L43 to L50, L76, L95).

Times are on the clock of Los Angeles, the office's. Support is open from Monday to Friday, 06:00 to 16:00. In 2026 the
clocks go forward on Sun 8 Mar and back on Sun 1 Nov. By the settings nobody works on Thu 24 Dec 2026, beside the
federal holidays.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tasks.rules.business_days import OfficeDays
from tasks.rules.feedback import Deadlines, Priority
from tasks.rules.feedback_policy import SupportPolicy
from tasks.rules.support_clock import SupportClock

LA = ZoneInfo("America/Los_Angeles")
CLOCK = SupportClock(SupportPolicy(), OfficeDays(frozenset({date(2026, 12, 24)})), "America/Los_Angeles")


def at(said: str, zone: ZoneInfo = LA) -> datetime:
    """ "Mon 2026-11-30 06:00" as a moment, in UTC as the rest of the project passes it on."""
    moment = datetime.fromisoformat(said[4:]).replace(tzinfo=zone)
    assert f"{moment:%a}" == said[:3], f"{said}: it is a {moment:%a}"
    return moment.astimezone(UTC)


def says(moment: datetime, zone: ZoneInfo = LA) -> str:
    assert moment.tzinfo is UTC
    return f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M}"


def answer(priority: str, asked: str) -> Deadlines:
    return CLOCK.deadlines(Priority(priority), at(asked))


@pytest.mark.parametrize(
    ("moment", "is_open", "because"),
    [
        ("Mon 2026-11-23 05:59", False, "it is before the opening"),
        ("Mon 2026-11-23 06:00", True, "it opens now"),
        ("Mon 2026-11-23 06:59", True, "06:00 holds, whatever L50 says"),
        ("Fri 2026-11-27 12:00", True, "the day after Thanksgiving is no federal holiday"),
        ("Mon 2026-11-23 15:59", True, "it is the last minute"),
        ("Mon 2026-11-23 16:00", False, "it closes now"),
        ("Mon 2026-11-23 23:59", False, "it is night"),
        ("Tue 2026-11-24 00:00", False, "it is night"),
        ("Sat 2026-11-28 12:00", False, "it is a weekend"),
        ("Sun 2026-11-29 23:59", False, "it is a weekend, in UTC Monday"),
        ("Thu 2026-11-26 12:00", False, "it is Thanksgiving"),
        ("Thu 2026-12-24 12:00", False, "the settings close the day"),
        ("Thu 2027-12-30 12:00", True, "New Year 2028 is observed tomorrow"),
        ("Fri 2027-12-31 12:00", False, "New Year 2028 is a Saturday"),
        ("Fri 2027-06-18 12:00", False, "Juneteenth 2027 is a Saturday"),
        ("Mon 2027-07-05 12:00", False, "Independence Day 2027 is a Sunday"),
        ("Tue 2028-02-29 12:00", True, "a leap day is a day"),
        ("Wed 2029-01-17 12:00", True, "it is an ordinary day"),
        ("Wed 2021-01-20 12:00", True, "Inauguration Day is a holiday in Washington alone"),
        ("Fri 2026-03-06 15:59", True, "it is winter time"),
        ("Mon 2026-03-09 06:00", True, "it is summer time"),
        ("Mon 2026-03-09 05:59", False, "05:59 in summer is 04:59 in winter"),
        ("Mon 2026-11-02 06:00", True, "it is winter time again"),
        ("Mon 2026-11-02 05:59", False, "05:59 in winter is 06:59 in summer"),
    ],
)
def test_support_is_open(moment: str, is_open: bool, because: str) -> None:
    assert CLOCK.is_open(at(moment)) is is_open, because


@pytest.mark.parametrize(
    ("moment", "closed_last", "opens_next"),
    [
        ("Mon 2026-11-30 06:00", "Fri 2026-11-27 16:00", "Mon 2026-11-30 06:00"),  # the sweep of a Monday
        ("Tue 2026-11-24 06:00", "Mon 2026-11-23 16:00", "Tue 2026-11-24 06:00"),
        ("Tue 2026-11-24 06:01", "Mon 2026-11-23 16:00", "Wed 2026-11-25 06:00"),
        ("Tue 2026-11-24 15:59", "Mon 2026-11-23 16:00", "Wed 2026-11-25 06:00"),
        ("Tue 2026-11-24 16:00", "Tue 2026-11-24 16:00", "Wed 2026-11-25 06:00"),
        ("Tue 2026-11-24 23:59", "Tue 2026-11-24 16:00", "Wed 2026-11-25 06:00"),
        ("Fri 2026-11-27 05:59", "Wed 2026-11-25 16:00", "Fri 2026-11-27 06:00"),  # after Thanksgiving
        ("Thu 2026-11-26 06:00", "Wed 2026-11-25 16:00", "Fri 2026-11-27 06:00"),  # on it
        ("Sun 2026-11-29 22:41", "Fri 2026-11-27 16:00", "Mon 2026-11-30 06:00"),
        ("Sat 2026-12-26 09:00", "Wed 2026-12-23 16:00", "Mon 2026-12-28 06:00"),  # Christmas and the day before it
        ("Thu 2026-12-31 17:00", "Thu 2026-12-31 16:00", "Mon 2027-01-04 06:00"),
        ("Mon 2028-01-03 06:00", "Thu 2027-12-30 16:00", "Mon 2028-01-03 06:00"),  # New Year on Fri 31 Dec
        ("Mon 2027-06-21 06:00", "Thu 2027-06-17 16:00", "Mon 2027-06-21 06:00"),  # Juneteenth on Fri
        ("Wed 2028-03-01 06:00", "Tue 2028-02-29 16:00", "Wed 2028-03-01 06:00"),
        ("Sun 2026-03-08 03:00", "Fri 2026-03-06 16:00", "Mon 2026-03-09 06:00"),
        ("Sun 2026-11-01 12:00", "Fri 2026-10-30 16:00", "Mon 2026-11-02 06:00"),
        ("Sun 2027-03-14 12:00", "Fri 2027-03-12 16:00", "Mon 2027-03-15 06:00"),
    ],
)
def test_the_closing_before_and_the_opening_after(moment: str, closed_last: str, opens_next: str) -> None:
    assert says(CLOCK.last_close(at(moment))) == closed_last
    assert says(CLOCK.next_opening(at(moment))) == opens_next


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("Sun 2026-11-29 22:41", "Mon 2026-11-30 02:41"),
        ("Mon 2026-11-23 10:00", "Mon 2026-11-23 14:00"),
        ("Fri 2026-11-27 15:59", "Fri 2026-11-27 19:59"),  # it does not stop at 16:00
        ("Thu 2026-11-26 06:00", "Thu 2026-11-26 10:00"),  # nor on Thanksgiving
        ("Fri 2027-12-31 23:59", "Sat 2028-01-01 03:59"),
        ("Mon 2028-02-28 22:00", "Tue 2028-02-29 02:00"),
        ("Sun 2026-03-08 01:30", "Sun 2026-03-08 06:30"),  # four hours: that from 02:00 to 03:00 was none
        ("Sun 2026-11-01 00:30", "Sun 2026-11-01 03:30"),  # that from 01:00 to 02:00 came twice
        ("Sat 2027-03-13 23:00", "Sun 2027-03-14 04:00"),
    ],
)
def test_p0_is_due_after_four_hours_of_any_kind(asked: str, due: str) -> None:
    assert says(answer("P0", asked).due) == due


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("Mon 2026-11-23 05:10", "Mon 2026-11-23 10:00"),  # as if written at opening
        ("Mon 2026-11-23 06:00", "Mon 2026-11-23 10:00"),
        ("Mon 2026-11-23 06:30", "Mon 2026-11-23 10:30"),
        ("Mon 2026-11-23 11:59", "Mon 2026-11-23 15:59"),
        ("Mon 2026-11-23 12:00", "Mon 2026-11-23 16:00"),  # the allowance ends with the day
        ("Mon 2026-11-23 12:01", "Tue 2026-11-24 06:01"),
        ("Mon 2026-11-23 15:59", "Tue 2026-11-24 09:59"),
        ("Mon 2026-11-23 16:00", "Tue 2026-11-24 10:00"),
        ("Mon 2026-11-23 20:00", "Tue 2026-11-24 10:00"),
        ("Fri 2026-11-20 14:30", "Mon 2026-11-23 08:30"),  # over the weekend
        ("Sat 2026-11-28 12:00", "Mon 2026-11-30 10:00"),
        ("Sun 2026-11-29 23:59", "Mon 2026-11-30 10:00"),
        ("Wed 2026-11-25 14:00", "Thu 2026-11-26 08:00"),  # Thanksgiving does not stop it
        ("Thu 2026-11-26 09:00", "Thu 2026-11-26 13:00"),
        ("Wed 2026-12-23 15:00", "Thu 2026-12-24 09:00"),  # nor does a day that the settings close
        ("Fri 2027-12-31 15:00", "Mon 2028-01-03 09:00"),
        ("Fri 2027-06-18 06:00", "Fri 2027-06-18 10:00"),
        ("Mon 2028-02-28 15:00", "Tue 2028-02-29 09:00"),
        ("Fri 2026-03-06 15:00", "Mon 2026-03-09 09:00"),  # 65 hours later, not 66
        ("Fri 2026-10-30 15:00", "Mon 2026-11-02 09:00"),  # 67 hours later
        ("Sun 2027-03-14 02:15", "Mon 2027-03-15 10:00"),  # at a time that there was not
    ],
)
def test_p1_is_due_after_four_business_hours_of_any_weekday(asked: str, due: str) -> None:
    assert says(answer("P1", asked).due) == due


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("Mon 2026-11-23 06:00", "Tue 2026-11-24 06:00"),
        ("Mon 2026-11-23 10:15", "Tue 2026-11-24 10:15"),
        ("Mon 2026-11-23 15:59", "Tue 2026-11-24 15:59"),
        ("Mon 2026-11-23 16:00", "Wed 2026-11-25 06:00"),  # as if written on Tue at opening
        ("Tue 2026-11-24 05:59", "Wed 2026-11-25 06:00"),
        ("Fri 2026-11-27 16:00", "Tue 2026-12-01 06:00"),
        ("Sun 2026-11-29 14:00", "Tue 2026-12-01 06:00"),
        ("Mon 2026-11-30 05:59", "Tue 2026-12-01 06:00"),
        ("Fri 2026-11-20 10:15", "Mon 2026-11-23 10:15"),
        ("Wed 2026-11-25 10:15", "Fri 2026-11-27 10:15"),  # Thanksgiving stops it
        ("Wed 2026-11-25 17:00", "Mon 2026-11-30 06:00"),
        ("Thu 2026-11-26 10:15", "Mon 2026-11-30 06:00"),
        ("Wed 2026-12-23 10:15", "Mon 2026-12-28 10:15"),  # a day of the settings, Christmas, a weekend
        ("Thu 2026-12-24 10:15", "Tue 2026-12-29 06:00"),
        ("Thu 2026-12-31 10:15", "Mon 2027-01-04 10:15"),
        ("Thu 2027-12-30 10:15", "Mon 2028-01-03 10:15"),  # New Year is observed on Fri 31 Dec
        ("Thu 2027-06-17 10:15", "Mon 2027-06-21 10:15"),  # Juneteenth is observed on Fri 18 Jun
        ("Tue 2028-02-29 10:15", "Wed 2028-03-01 10:15"),
        ("Fri 2026-03-06 09:00", "Mon 2026-03-09 09:00"),  # the same time of day, 71 hours later
        ("Fri 2026-10-30 09:00", "Mon 2026-11-02 09:00"),  # 73 hours later
        ("Fri 2027-03-12 16:00", "Tue 2027-03-16 06:00"),
    ],
)
def test_p2_is_due_at_the_same_time_on_the_next_business_day(asked: str, due: str) -> None:
    assert says(answer("P2", asked).due) == due


@pytest.mark.parametrize(
    ("asked", "amber", "red"),
    [
        ("Mon 2026-11-23 10:15", "Tue 2026-11-24 10:15", "Wed 2026-11-25 10:15"),
        ("Tue 2026-11-24 10:15", "Wed 2026-11-25 10:15", "Fri 2026-11-27 10:15"),
        ("Wed 2026-11-25 10:15", "Fri 2026-11-27 10:15", "Mon 2026-11-30 10:15"),
        ("Fri 2026-11-27 16:00", "Tue 2026-12-01 06:00", "Wed 2026-12-02 06:00"),
        ("Thu 2026-11-26 10:15", "Mon 2026-11-30 06:00", "Tue 2026-12-01 06:00"),
        ("Tue 2026-12-22 10:15", "Wed 2026-12-23 10:15", "Mon 2026-12-28 10:15"),
        ("Wed 2027-12-29 10:15", "Thu 2027-12-30 10:15", "Mon 2028-01-03 10:15"),
        ("Mon 2028-02-28 10:15", "Tue 2028-02-29 10:15", "Wed 2028-03-01 10:15"),
        ("Thu 2026-10-29 10:15", "Fri 2026-10-30 10:15", "Mon 2026-11-02 10:15"),
    ],
)
def test_p3_is_amber_after_one_business_day_and_red_after_two(asked: str, amber: str, red: str) -> None:
    told = answer("P3", asked)
    assert told.red is not None
    assert (says(told.due), says(told.red)) == (amber, red)


@pytest.mark.parametrize("priority", ["P0", "P1", "P2"])
def test_only_p3_turns_red(priority: str) -> None:
    assert answer(priority, "Mon 2026-11-23 10:15").red is None


@pytest.mark.parametrize("priority", Priority)
@pytest.mark.parametrize(
    ("asked", "goal"),
    [
        ("Mon 2026-11-23 10:15", "Mon 2026-11-23 11:15"),
        ("Mon 2026-11-23 15:00", "Mon 2026-11-23 16:00"),
        ("Mon 2026-11-23 15:30", "Tue 2026-11-24 06:30"),
        ("Mon 2026-11-23 20:00", "Tue 2026-11-24 07:00"),
        ("Fri 2026-11-27 15:59", "Mon 2026-11-30 06:59"),
        ("Sun 2026-11-29 22:41", "Mon 2026-11-30 07:00"),
        ("Thu 2026-11-26 10:15", "Fri 2026-11-27 07:00"),  # on a holiday nobody is there
        ("Wed 2026-12-23 15:30", "Mon 2026-12-28 06:30"),
        ("Thu 2027-12-30 15:59", "Mon 2028-01-03 06:59"),
        ("Sun 2026-03-08 12:00", "Mon 2026-03-09 07:00"),
    ],
)
def test_the_team_means_to_answer_within_an_hour_of_business(asked: str, goal: str, priority: Priority) -> None:
    assert says(answer(priority, asked).goal) == goal


@pytest.mark.parametrize("priority", Priority)
@pytest.mark.parametrize(
    ("asked", "disputed"),
    [
        ("Mon 2026-11-23 05:59", False),
        ("Mon 2026-11-23 06:00", True),
        ("Mon 2026-11-23 06:59", True),
        ("Mon 2026-11-23 07:00", False),
        ("Mon 2026-11-23 15:59", False),
        ("Mon 2026-11-23 18:30", False),
        ("Sat 2026-11-28 06:30", False),
        ("Thu 2026-11-26 06:30", False),  # on Thanksgiving both lines say closed
        ("Mon 2026-03-09 06:30", True),
        ("Mon 2026-11-02 06:30", True),
    ],
)
def test_from_six_to_seven_the_handbook_says_both(asked: str, disputed: bool, priority: Priority) -> None:
    assert answer(priority, asked).disputed is disputed


def test_hours_that_begin_at_the_later_time_dispute_nothing() -> None:
    late = SupportClock(SupportPolicy(opens=time(7)), OfficeDays(), "America/Los_Angeles")
    asked = at("Mon 2026-11-23 06:30"), at("Mon 2026-11-23 07:00")
    assert [late.deadlines(Priority.P2, moment).disputed for moment in asked] == [False, False]


@pytest.mark.parametrize(
    ("day", "works"),
    [("Wed 2026-11-25", True), ("Thu 2026-11-26", False), ("Sat 2026-11-28", False), ("Thu 2026-12-24", False)],
)
@pytest.mark.parametrize("clock", ["00:00", "06:00", "23:59"])
def test_a_scheduled_run_learns_whether_the_office_is_closed_that_day(day: str, works: bool, clock: str) -> None:
    assert CLOCK.is_closed_day(at(f"{day} {clock}")) is not works
    assert CLOCK.is_business_day(date.fromisoformat(day[4:])) is works


def test_a_moment_may_come_in_any_zone_but_not_without_one() -> None:
    utc = at("Mon 2026-11-23 15:30")
    for moment in (utc, utc.astimezone(LA), utc.astimezone(ZoneInfo("Asia/Tokyo"))):
        assert CLOCK.deadlines(Priority.P1, moment) == CLOCK.deadlines(Priority.P1, utc)
        assert (CLOCK.is_open(moment), CLOCK.last_close(moment)) == (True, at("Fri 2026-11-20 16:00"))
    naive = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - the naive moment is the point
    for asks in (CLOCK.is_open, CLOCK.is_closed_day, CLOCK.last_close, CLOCK.next_opening):
        with pytest.raises(ValueError, match="no time zone"):
            asks(naive)
    for priority in Priority:
        with pytest.raises(ValueError, match="no time zone"):
            CLOCK.deadlines(priority, naive)
