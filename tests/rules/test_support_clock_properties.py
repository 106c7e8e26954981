"""What holds at every moment, for every policy and in every zone: drawn at random, near the edges more often."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.rules.business_days import OfficeDays, deadline
from tasks.rules.feedback import Deadlines, Priority
from tasks.rules.feedback_policy import SupportPolicy
from tasks.rules.support_clock import SupportClock

SOME = settings(max_examples=150, deadline=None)
NOTHING = timedelta(0)
# Their clocks change on Sundays, or never.
ZONES = ["America/Los_Angeles", "America/Los_Angeles", "Europe/London", "Asia/Kolkata", "Pacific/Auckland", "UTC"]
# Around these days something is odd: a clock change, a holiday, a year's end, a leap day.
ODD_DAYS = [
    date(2026, 3, 6), date(2026, 3, 9), date(2026, 10, 30), date(2026, 11, 2), date(2026, 11, 25), date(2026, 11, 26),
    date(2026, 12, 24), date(2027, 6, 17), date(2027, 12, 30), date(2028, 2, 28), date(2028, 12, 29),
]  # fmt: skip
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31)) | st.builds(
    lambda day, later: day + timedelta(days=later), st.sampled_from(ODD_DAYS), st.integers(-1, 4)
)
EDGES = st.sampled_from([time(0), time(5, 59, 59), time(6), time(7), time(15, 59, 59), time(16), time(23, 59, 59)])


class Asked(NamedTuple):
    """A clock and two moments, the earlier one first."""

    clock: SupportClock
    asked: datetime
    later: datetime


@st.composite
def policies(draw: st.DrawFn) -> SupportPolicy:
    opens, closes = sorted(draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2, unique=True)))
    days = draw(st.integers(1, 3))
    return SupportPolicy(
        opens=time(opens // 60, opens % 60),
        closes=time(closes // 60, closes % 60),
        disputed_until=time(0),
        p0_hours=draw(st.integers(1, 100)) / 4,
        p1_hours=draw(st.integers(1, 50)) / 4,
        p2_days=draw(st.integers(1, 3)),
        p3_days=days,
        p3_red_days=days + draw(st.integers(0, 2)),
        goal_minutes=draw(st.integers(1, 600)),
    )


@st.composite
def cases(draw: st.DrawFn) -> Asked:
    policy = draw(st.just(SupportPolicy()) | policies())
    edges = EDGES | st.sampled_from([policy.opens, policy.closes])
    zone = draw(st.sampled_from(ZONES))
    first = datetime.combine(draw(DAYS), draw(edges | st.times()), ZoneInfo(zone)).astimezone(UTC)
    step = draw(st.sampled_from([NOTHING, timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)]))
    extra = frozenset(first.date() + timedelta(days=n) for n in draw(st.sets(st.integers(-3, 5), max_size=4)))
    clock = SupportClock(policy, OfficeDays(extra), zone)
    return Asked(clock, first, first + draw(st.just(step) | st.timedeltas(NOTHING, timedelta(days=9))))


def business_time(since: datetime, until: datetime, clock: SupportClock, *, holidays_count: bool) -> timedelta:
    """What of the time between two moments lies in business hours, day by day, with nothing of the rules."""
    zone, hours = ZoneInfo(clock.time_zone), clock.policy
    day, passed = since.astimezone(zone).date(), NOTHING
    while day <= until.astimezone(zone).date():
        if day.weekday() < 5 and (holidays_count or clock.office.is_open(day)):  # 5 is Saturday
            begin = datetime.combine(day, hours.opens, zone).astimezone(UTC)
            end = datetime.combine(day, hours.closes, zone).astimezone(UTC)
            passed += max(min(end, until) - max(begin, since), NOTHING)
        day += timedelta(days=1)
    return passed


def all_of(told: Deadlines) -> list[datetime]:
    return [told.due, told.goal, told.red or told.due]


@given(cases())
@SOME
def test_who_asks_later_is_never_due_earlier(case: Asked) -> None:
    for priority in Priority:
        earlier, later = case.clock.deadlines(priority, case.asked), case.clock.deadlines(priority, case.later)
        assert all(one <= other for one, other in zip(all_of(earlier), all_of(later), strict=True)), priority


@given(cases())
@SOME
def test_nothing_but_p0_is_due_while_support_is_closed(case: Asked) -> None:
    clock, zone, hours = case.clock, ZoneInfo(case.clock.time_zone), case.clock.policy
    for priority in (Priority.P2, Priority.P3):
        told = clock.deadlines(priority, case.asked)
        assert clock.is_open(told.due)
        assert told.red is None or clock.is_open(told.red)
    p1 = clock.deadlines(Priority.P1, case.asked)
    due, goal = p1.due.astimezone(zone), p1.goal.astimezone(zone)
    # What is used up when support closes is due then; P1 also on a holiday, but never at night or on a weekend.
    assert due.weekday() < 5
    assert hours.opens <= due.time() <= hours.closes
    assert clock.is_business_day(goal.date())
    assert hours.opens <= goal.time() <= hours.closes


@given(cases())
@SOME
def test_between_asked_and_due_lies_the_allowance_in_business_time(case: Asked) -> None:
    told = case.clock.deadlines(Priority.P1, case.asked)
    policy = case.clock.policy
    assert business_time(case.asked, told.due, case.clock, holidays_count=True) == timedelta(hours=policy.p1_hours)
    assert business_time(case.asked, told.goal, case.clock, holidays_count=False) == timedelta(
        minutes=policy.goal_minutes
    )


@given(cases())
@SOME
def test_p0_is_due_so_many_hours_later(case: Asked) -> None:
    told = case.clock.deadlines(Priority.P0, case.asked)
    assert (told.due - case.asked, told.due.tzinfo) == (timedelta(hours=case.clock.policy.p0_hours), UTC)


@given(cases())
@SOME
def test_p3_is_red_no_earlier_than_amber(case: Asked) -> None:
    told = case.clock.deadlines(Priority.P3, case.asked)
    assert told.red is not None
    assert case.asked < told.due <= told.red


@given(cases())
@SOME
def test_the_last_closing_and_the_next_opening_enclose_the_moment(case: Asked) -> None:
    clock, moment = case.clock, case.asked
    closed, opens = clock.last_close(moment), clock.next_opening(moment)
    begins = clock.next_opening(closed)
    ends = clock.last_close(begins + timedelta(days=1))  # support is never open for a whole day

    assert closed <= moment < ends
    assert moment <= opens
    assert clock.is_open(moment) is (begins <= moment)
    assert clock.is_open(moment) or opens == begins


@given(cases())
@SOME
def test_support_is_closed_at_a_closing_and_open_until_it(case: Asked) -> None:
    instant = timedelta(microseconds=1)
    closed, opens = case.clock.last_close(case.asked), case.clock.next_opening(case.asked)
    around = [closed - instant, closed, opens - instant, opens]
    assert [case.clock.is_open(moment) for moment in around] == [True, False, False, True]


@given(st.lists(cases(), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_what_came_in_business_hours_is_due_as_other_business_days_count(drawn: list[Asked]) -> None:
    """The clock of one moment and `business_days.deadline` of a column agree."""
    for clock, asked, _ in drawn:
        if clock.is_open(asked):
            column = pd.Series([asked]).astype("datetime64[us, UTC]")
            expected = deadline(column, clock.policy.p2_days, clock.office, clock.time_zone)[0]
            assert clock.deadlines(Priority.P2, asked).due == expected
