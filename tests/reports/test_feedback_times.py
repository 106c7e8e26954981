"""When a customer wrote and when an answer is due, as the report says it: on the office's clock, and how far."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tasks.reports.feedback_times import Watch, disputed_hours, due_words, hours_words, is_overdue, next_moment
from tasks.rules.feedback import Need, Priority
from tasks.rules.feedback_policy import SupportPolicy
from tests.sweeps import OFFICE, UNTIL, at, make_item

MONDAY = Watch(UNTIL, OFFICE)
HOURS = SupportPolicy()


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (at(22, "22:41"), "Sun 22:41"),
        (datetime(2026, 11, 23, 6, 41, tzinfo=UTC), "Sun 22:41"),
        (at(23, "00:00"), "Mon 00:00"),
        (at(17, "06:00"), "Tue 06:00"),
        (at(16, "06:00"), "Mon 16 Nov 06:00"),
        (at(29, "23:59"), "Sun 23:59"),
        (at(30, "06:00"), "Mon 30 Nov 06:00"),
        (at(30, "16:00", month=12, year=2025), "Tue 30 Dec 2025 16:00"),
        (at(4, "06:00", month=1, year=2027), "Mon 4 Jan 2027 06:00"),
    ],
)
def test_a_moment_has_its_date_where_the_weekday_could_mislead(when: datetime, said: str) -> None:
    assert MONDAY.said(when) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (at(23, "06:00"), "(in 0 min)"),
        (at(23, "06:59"), "(in 59 min)"),
        (at(23, "07:00"), "(in 1 h)"),
        (at(23, "10:30"), "(in 4 h)"),
        (at(25, "05:59"), "(in 47 h)"),
        (at(25, "06:00"), "(in 2 d)"),
        (at(23, "05:59"), "(overdue by 1 min)"),
        (at(23, "02:41"), "(overdue by 3 h)"),
        (at(20, "14:10"), "(overdue by 2 d)"),
    ],
)
def test_how_far_it_is_is_rounded_down(when: datetime, said: str) -> None:
    assert MONDAY.away(when) == said


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        MONDAY.said(datetime(2026, 11, 23, 6))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("now", "when", "said"),
    [
        (at(1, "06:00"), at(31, "23:00", month=10), "(overdue by 8 h)"),
        (at(8, "06:00", month=3), at(7, "23:00", month=3), "(overdue by 6 h)"),
        (at(1, "01:50").replace(fold=1), at(1, "01:40"), "(overdue by 1 h)"),
        (at(1, "01:40"), at(1, "01:30").replace(fold=1), "(in 50 min)"),
    ],
    ids=["the night is an hour longer", "an hour shorter", "01:50 the second time", "01:30 is still to come"],
)
def test_the_night_in_which_the_clocks_change(now: datetime, when: datetime, said: str) -> None:
    assert Watch(now, OFFICE).away(when) == said


DUE: list[tuple[Priority, dict[str, Any], str]] = [
    (Priority.P0, {"due": at(23, "02:41")}, "P0? 4 h ended Mon 02:41 (overdue by 3 h)"),
    (Priority.P0, {"due": at(23, "09:10")}, "P0? 4 h end Mon 09:10 (in 3 h)"),
    (Priority.P1, {"due": at(23, "10:00")}, "P1? due Mon 10:00 (in 4 h)"),
    (Priority.P1, {"due": at(20, "15:30")}, "P1? was due Fri 15:30 (overdue by 2 d)"),
    (Priority.P1, {"due": UNTIL}, "P1? due Mon 06:00 (in 0 min)"),
    (Priority.P2, {"due": at(24, "06:00")}, "P2? due Tue 06:00 (in 24 h)"),
    (Priority.P2, {"due": at(12, "09:00")}, "P2? was due Thu 12 Nov 09:00 (overdue by 10 d)"),
    (Priority.P3, {"due": at(24, "06:00"), "red": at(25, "06:00")}, "P3? amber Tue 06:00 (in 24 h), red Wed 06:00"),
    (Priority.P3, {"due": at(23, "05:30"), "red": at(24, "05:30")},
     "P3? amber since Mon 05:30, red Tue 05:30 (in 23 h)"),
    (Priority.P3, {"due": at(19, "05:30"), "red": at(20, "05:30")}, "P3? red since Fri 05:30 (overdue by 3 d)"),
    (Priority.P3, {"due": at(24, "06:00"), "red": None}, "P3? due Tue 06:00 (in 24 h)"),
    (Priority.P3, {"due": at(27, "10:00"), "red": at(30, "10:00")},
     "P3? amber Fri 10:00 (in 4 d), red Mon 30 Nov 10:00"),
]  # fmt: skip


@pytest.mark.parametrize(("priority", "clocks", "said"), DUE, ids=[said for _, _, said in DUE])
def test_a_guessed_priority_has_its_question_mark_and_its_end(
    priority: Priority, clocks: dict[str, Any], said: str
) -> None:
    item = make_item(priority=priority, **clocks)
    assert due_words(item, HOURS, MONDAY) == said
    assert is_overdue(item, MONDAY) is ("overdue" in said)


def test_the_hours_of_an_emergency_are_those_of_the_settings() -> None:
    item = make_item(priority=Priority.P0, due=at(23, "09:10"))
    assert due_words(item, replace(HOURS, p0_hours=1.5), MONDAY).startswith("P0? 1.5 h end Mon 09:10")


@pytest.mark.parametrize(
    ("clocks", "following"),
    [
        ({"due": at(24, "06:00"), "red": at(25, "06:00")}, at(24, "06:00")),
        ({"due": at(23, "05:30"), "red": at(24, "05:30")}, at(24, "05:30")),
        ({"due": at(19, "05:30"), "red": at(20, "05:30")}, None),
        ({"due": at(23, "10:00"), "red": None}, at(23, "10:00")),
    ],
    ids=["amber", "red", "none", "due"],
)
def test_after_amber_comes_red(clocks: dict[str, Any], following: datetime | None) -> None:
    assert next_moment(make_item(**clocks), MONDAY) == following


@pytest.mark.parametrize("need", [Need.ANSWERED, Need.NO_REPLY])
def test_what_needs_no_answer_is_never_overdue(need: Need) -> None:
    assert not is_overdue(make_item(priority=Priority.P0, due=at(20, "17:00"), need=need), MONDAY)


@pytest.mark.parametrize(
    ("hours", "said", "disputed"),
    [
        ({}, "06:00\u201316:00 PT, handbook says both 6 and 7", "06\u201307"),
        ({"opens": time(7)}, "07:00\u201316:00 PT", ""),
        ({"disputed_until": time(6)}, "06:00\u201316:00 PT", ""),
        ({"opens": time(9, 30), "closes": time(17, 30), "disputed_until": time(10)},
         "09:30\u201317:30 PT, handbook says both 9:30 and 10", "09:30\u201310"),
    ],
)  # fmt: skip
def test_the_hours_say_where_the_handbook_says_two_things(hours: dict[str, Any], said: str, disputed: str) -> None:
    policy = SupportPolicy(**hours)
    assert (hours_words(policy, MONDAY.zone_name), disputed_hours(policy)) == (said, disputed)


def test_another_office_has_another_clock() -> None:
    assert Watch(UNTIL, ZoneInfo("Europe/Berlin")).said(at(22, "22:41")) == "Mon 07:41"
