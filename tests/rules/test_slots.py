"""When two people are free. The rep is in Los Angeles, as is the office; asked from Mon 2026-11-23 on, in a week whose
Thursday is Thanksgiving. Times are on the rep's clock."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.rules.business_days import OfficeDays
from tasks.rules.slots import begin_of_day, free_slot, is_free

LA, NEW_YORK, LONDON, KOLKATA = "America/Los_Angeles", "America/New_York", "Europe/London", "Asia/Kolkata"
KATHMANDU, AUCKLAND = "Asia/Kathmandu", "Pacific/Auckland"
OFFICE = OfficeDays()
REP, MANAGER = "rep", "manager"
Busy = tuple[str, str, str]  # who, from, to: on the clock of Los Angeles

MORNING = "2026-11-23 08:00"


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("2026-11-23 08:00", "Mon 23 Nov 09:00"),
        ("2026-11-23 09:00", "Mon 23 Nov 09:00"),  # not before: at the moment itself is early enough
        ("2026-11-23 09:01", "Mon 23 Nov 09:30"),
        ("2026-11-23 16:30", "Mon 23 Nov 16:30"),  # over at 17:00, when the day ends
        ("2026-11-23 16:31", "Tue 24 Nov 09:00"),
        ("2026-11-25 16:31", "Fri 27 Nov 09:00"),  # over Thanksgiving
        ("2026-11-27 16:31", "Mon 30 Nov 09:00"),  # over the weekend
        ("2026-12-04 16:31", None),  # after the last day, Fri 4 Dec
    ],
)
def test_the_first_half_hour_of_working_time(after: str, found: str | None) -> None:
    assert slot(after=after) == found


@pytest.mark.parametrize(
    ("busy", "found"),
    [
        ([(REP, "2026-11-23 09:00", "2026-11-23 10:00")], "Mon 23 Nov 10:00"),
        ([(MANAGER, "2026-11-23 09:00", "2026-11-23 10:00")], "Mon 23 Nov 10:00"),
        ([("somebody", "2026-11-23 09:00", "2026-11-23 10:00")], "Mon 23 Nov 09:00"),
        ([(REP, "2026-11-23 08:00", "2026-11-23 09:00")], "Mon 23 Nov 09:00"),  # over when the slot begins
        ([(REP, "2026-11-23 09:30", "2026-11-23 12:00")], "Mon 23 Nov 09:00"),  # begins when the slot is over
        ([(REP, "2026-11-23 08:00", "2026-11-23 09:01")], "Mon 23 Nov 09:30"),
        ([(REP, "2026-11-23 09:29", "2026-11-23 12:00")], "Mon 23 Nov 12:00"),
        ([(REP, "2026-11-23 09:10", "2026-11-23 09:20")], "Mon 23 Nov 09:30"),  # inside the slot
        ([(REP, "2026-11-23 09:15", "2026-11-23 09:15")], "Mon 23 Nov 09:00"),  # takes no time
        ([(REP, "2026-11-23 12:00", "2026-11-23 08:00")], "Mon 23 Nov 09:00"),  # ends before it begins: no interval
        ([(REP, "2026-11-20 00:00", "2026-11-25 00:00")], "Wed 25 Nov 09:00"),  # several days
        ([(REP, "2026-11-20 00:00", "2026-12-20 00:00")], None),
        # A long one and a short one within it: the short one's end is not the end.
        ([(REP, "2026-11-23 09:00", "2026-11-23 15:00"), (REP, "2026-11-23 09:30", "2026-11-23 10:00")],
         "Mon 23 Nov 15:00"),
        ([(REP, "2026-11-23 10:00", "2026-11-23 17:00"), (MANAGER, "2026-11-23 09:00", "2026-11-23 10:30")],
         "Tue 24 Nov 09:00"),
    ],
)  # fmt: skip
def test_what_is_in_either_calendar_is_avoided(busy: list[Busy], found: str | None) -> None:
    assert slot(busy) == found
    assert slot(busy[::-1]) == found


def test_an_entry_whose_times_were_not_recorded_blocks_nothing() -> None:
    known = calendar([(REP, "2026-11-23 09:00", "2026-11-23 10:00")])
    assert slot(known.assign(ends=known["ends"].where([False]))) == "Mon 23 Nov 09:00"


@pytest.mark.parametrize(
    ("zones", "found"),
    [
        ((LA, NEW_YORK), "Mon 23 Nov 09:00"),  # 12:00 there
        ((NEW_YORK, LA), "Mon 23 Nov 12:00"),  # on the clock of the first
        ((LA, LONDON), None),  # 09:00 is 17:00 there: nothing of a working day is left
        ((LONDON, KOLKATA), "Tue 24 Nov 09:00"),  # 14:30 there
        ((KOLKATA, LONDON), "Tue 24 Nov 14:30"),
        ((KATHMANDU, LONDON), "Tue 24 Nov 15:00"),  # 09:15 there; 14:30 is 08:45
        ((KATHMANDU, KATHMANDU), "Tue 24 Nov 09:00"),
        ((LA, AUCKLAND), "Mon 23 Nov 12:00"),  # 09:00 of Tuesday there
        ((LA, KOLKATA), None),
    ],
)
def test_within_the_working_hours_on_each_clock(zones: tuple[str, str], found: str | None) -> None:
    assert slot(zones=zones) == found


@pytest.mark.parametrize(
    ("zones", "after", "found"),
    [
        # Their common hours of Friday are Saturday in Auckland, those of Sunday are closed in the office.
        ((LA, AUCKLAND), "2026-11-27 09:00", "Mon 30 Nov 12:00"),
        # Those of Wed 25 Nov are Thanksgiving in Auckland, those of Thu 26 Nov in the office.
        ((LA, AUCKLAND), "2026-11-25 09:00", "Mon 30 Nov 12:00"),
        # In Kolkata: Monday 09:00 is Sunday in the office, until its Monday begins there at 13:30.
        ((KOLKATA, KOLKATA), "2026-11-28 00:00", "Mon 30 Nov 13:30"),
    ],
)
def test_the_day_is_open_on_every_clock(zones: tuple[str, str], after: str, found: str) -> None:
    assert slot(zones=zones, after=after) == found


def test_a_holiday_of_the_settings_is_no_day_for_it() -> None:
    assert slot(office=OfficeDays(frozenset({date(2026, 11, 23)}))) == "Tue 24 Nov 09:00"


@pytest.mark.parametrize(
    ("minutes", "hours", "found"),
    [
        (60, (time(9), time(17)), "Mon 23 Nov 09:00"),
        (480, (time(9), time(17)), "Mon 23 Nov 09:00"),
        (481, (time(9), time(17)), None),
        (30, (time(9, 15), time(17)), "Mon 23 Nov 09:30"),
        (30, (time(16, 45), time(17)), None),
        (45, (time(23), time(23, 59)), "Mon 23 Nov 23:00"),
        (90, (time(23), time(23, 59)), None),  # over midnight is not within the day
    ],
)
def test_the_length_and_the_hours_are_those_asked_for(minutes: int, hours: tuple[time, time], found: str) -> None:
    assert slot(minutes=minutes, day_begins=hours[0], day_ends=hours[1]) == found


@pytest.mark.parametrize(
    ("after", "until", "first"),
    [
        ("2026-03-06 16:45", date(2026, 3, 10), "2026-03-09T16:00"),  # 09:00 of Mon 9 Mar is 16:00 UTC: summer time
        ("2026-10-30 16:45", date(2026, 11, 3), "2026-11-02T17:00"),  # 09:00 of Mon 2 Nov is 17:00 UTC: winter time
    ],
)
def test_the_clock_decides_across_its_changes(after: str, until: date, first: str) -> None:
    found = search([], after=moment(after), until=until)
    assert found == datetime.fromisoformat(first).replace(tzinfo=UTC)


def test_only_one_clock_has_changed() -> None:
    # London went back on Sun 25 Oct, New York goes on Sun 1 Nov: in between they are four hours apart.
    usual: dict[str, Any] = {"people": [(REP, NEW_YORK), (MANAGER, LONDON)], "until": date(2026, 11, 4)}
    last = [search(busy_until("2026-10-28 08:59"), after=moment("2026-10-28 05:00"), **usual)]
    assert last == [datetime(2026, 10, 28, 16, 0, tzinfo=UTC)]  # 12:00 and 16:00


def test_an_hour_that_comes_twice_is_no_hour_lost() -> None:
    # A night shift in Amman, whose clocks went back on Fri 25 Oct 2019 at 01:00.
    night: dict[str, Any] = {
        "people": [(REP, "Asia/Amman")], "day_begins": time(0), "day_ends": time(1), "time_zone": "Asia/Amman",
        "until": date(2019, 10, 25),
    }  # fmt: skip
    assert search([], after=datetime(2019, 10, 24, 22, 1, tzinfo=UTC), **night) == datetime(
        2019, 10, 24, 22, 30, tzinfo=UTC
    )


def test_what_cannot_be_known_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        search([], after=datetime(2026, 11, 23, 9))  # noqa: DTZ001 - the naive moment is the point
    with pytest.raises(ZoneInfoNotFoundError):
        search([], people=[(REP, "Mars/Base")])


@pytest.mark.parametrize(
    ("entry", "free"),
    [
        ((REP, "2026-11-23 09:00", "2026-11-23 09:30"), True),
        ((REP, "2026-11-23 10:00", "2026-11-23 10:30"), True),
        ((REP, "2026-11-23 09:00", "2026-11-23 09:31"), False),
        ((MANAGER, "2026-11-23 09:59", "2026-11-23 10:30"), False),
        (("somebody", "2026-11-23 09:00", "2026-11-23 11:00"), True),
    ],
)
def test_whether_a_time_is_free(entry: Busy, free: bool) -> None:
    asked = (moment("2026-11-23 09:30"), moment("2026-11-23 10:00"))
    assert is_free(calendar([entry]), (REP, MANAGER), *asked) is free


def test_a_day_begins_at_midnight_there() -> None:
    assert begin_of_day(date(2026, 11, 24), LA) == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert begin_of_day(date(2026, 7, 1), LA) == datetime(2026, 7, 1, 7, tzinfo=UTC)


ZONES = st.sampled_from([LA, NEW_YORK, LONDON, KOLKATA, KATHMANDU, AUCKLAND])
ENTRIES = st.tuples(
    st.sampled_from([REP, MANAGER, "somebody"]), st.integers(-48, 300), st.sampled_from([0, 1, 4, 7, 40, 200])
)
FEW = settings(max_examples=25, deadline=None)


@st.composite
def asked(draw: st.DrawFn) -> dict[str, Any]:
    """A search of some days around Thanksgiving or a change of clocks, calendars in quarters of an hour."""
    first = draw(st.sampled_from([datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 10, 29, tzinfo=UTC)]))
    quarter = timedelta(minutes=15)
    busy = [
        (who, first + at * quarter, first + (at + length) * quarter)
        for who, at, length in draw(st.lists(ENTRIES, max_size=12))
    ]
    after = first + draw(st.integers(0, 2000)) * timedelta(minutes=1)
    return {
        "busy": pd.DataFrame(busy, columns=["user_id", "starts", "ends"]).astype(DTYPES),
        "people": [(REP, draw(ZONES)), (MANAGER, draw(ZONES))],
        "after": after,
        "until": after.date() + timedelta(days=draw(st.integers(-1, 5))),
        "minutes": draw(st.sampled_from([15, 30, 60])),
    }


@given(asked=asked())
@FEW
def test_it_is_the_first_time_that_every_condition_allows(asked: dict[str, Any]) -> None:
    grid = (asked["after"].replace(minute=0) + n * timedelta(minutes=15) for n in range(7 * 96))
    assert search(**asked) == next((start for start in grid if allowed(start, **asked)), None)


@given(asked=asked(), entry=ENTRIES)
@FEW
def test_a_fuller_calendar_never_gives_an_earlier_time(asked: dict[str, Any], entry: tuple[str, int, int]) -> None:
    before, (who, at, length) = search(**asked), entry
    starts = asked["after"] + timedelta(minutes=15 * at)
    more = pd.DataFrame({"user_id": [who], "starts": starts, "ends": starts + timedelta(minutes=15 * length)})
    after = search(**{**asked, "busy": pd.concat([asked["busy"], more.astype(DTYPES)], ignore_index=True)})
    assert after is None or (before is not None and after >= before)


def allowed(
    start: datetime, busy: pd.DataFrame, people: list[tuple[str, str]], after: datetime, until: date, minutes: int
) -> bool:
    """What a slot is, said once more in plain Python, for one start."""
    end = start + timedelta(minutes=minutes)
    clocks = [start.astimezone(ZoneInfo(zone)) for _, zone in people]
    return (
        start >= after
        and clocks[0].minute in {0, 30}
        and start.astimezone(ZoneInfo(LA)).date() <= until
        and all(OFFICE.is_open(clock.date()) for clock in [*clocks, start.astimezone(ZoneInfo(LA))])
        and all(clock.time() >= time(9) for clock in clocks)
        and all(end.astimezone(clock.tzinfo).date() == clock.date() for clock in clocks)
        and all(end.astimezone(clock.tzinfo).time() <= time(17) for clock in clocks)
        and not any(
            entry.user_id in dict(people) and entry.starts < end and entry.ends > start and entry.starts < entry.ends
            for entry in busy.itertuples()
        )
    )


DTYPES = {"user_id": "str", "starts": "datetime64[us, UTC]", "ends": "datetime64[us, UTC]"}


def moment(text: str) -> datetime:
    """A time on the clock of Los Angeles."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(LA)).astimezone(UTC)


def calendar(entries: list[Busy]) -> pd.DataFrame:
    rows = [(who, moment(starts), moment(ends)) for who, starts, ends in entries]
    return pd.DataFrame(rows, columns=["user_id", "starts", "ends"]).astype(DTYPES)


def busy_until(end: str) -> list[Busy]:
    return [(REP, "2026-10-20 00:00", end)]


def search(busy: pd.DataFrame | list[Busy], **said: Any) -> datetime | None:
    usual: dict[str, Any] = {
        "people": [(REP, LA), (MANAGER, LA)], "after": moment(MORNING), "until": date(2026, 12, 4), "minutes": 30,
        "day_begins": time(9), "day_ends": time(17), "office": OFFICE, "time_zone": LA,
    }  # fmt: skip
    people = said.pop("people", usual["people"])
    frame = busy if isinstance(busy, pd.DataFrame) else calendar(busy)
    return free_slot(frame, people, **{name: said.get(name, usual[name]) for name in usual if name != "people"})


def slot(
    busy: pd.DataFrame | list[Busy] | None = None, zones: tuple[str, str] = (LA, LA), after: str = MORNING, **said: Any
) -> str | None:
    """The slot as the rep's clock shows it: "Mon 23 Nov 09:00"."""
    people = [(REP, zones[0]), (MANAGER, zones[1])]
    found = search([] if busy is None else busy, people=people, after=moment(after), **said)
    return f"{found.astimezone(ZoneInfo(zones[0])):%a %-d %b %H:%M}" if found else None
