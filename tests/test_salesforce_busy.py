"""When people are busy, as their calendars in Salesforce say over real HTTP."""

from collections.abc import Iterator

import pytest

from tasks.rules.talks import Booked
from tasks.salesforce_calendar import NotBooked
from tests import calendar_desk
from tests.calendar_desk import FIELDS, MANAGER, OTHER, PACIFIC, REP, SATURDAY_10, SPANS, TALK, Desk
from tests.sandbox.salesforce.company import Stage


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with Stage().open() as made:
        yield made


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return calendar_desk.at(stage)


class TestBusy:
    def test_both_are_busy_where_a_talk_is_booked(self, desk: Desk) -> None:
        assert desk.spans() == []
        desk.writer.book(TALK, FIELDS)

        assert desk.spans() == sorted([(REP, "20 18:00", "20 18:30"), (MANAGER, "20 18:00", "20 18:30")])

    @pytest.mark.parametrize(
        ("starts", "minutes", "is_seen"),
        [("16:30", 30, False), ("16:30", 31, True), ("19:59", 30, True), ("20:00", 30, False), ("12:00", 600, True)],
    )
    def test_only_what_reaches_into_the_time_counts(self, desk: Desk, starts: str, minutes: int, is_seen: bool) -> None:
        desk.somebody_fills(REP, StartDateTime=f"2027-02-20T{starts}:00Z", DurationInMinutes=minutes)

        assert bool(desk.spans()) is is_seen

    @pytest.mark.parametrize(("show_as", "is_seen"), [("Busy", True), ("OutOfOffice", True), ("Free", False)])
    def test_what_is_shown_as_free_does_not_count(self, desk: Desk, show_as: str, is_seen: bool) -> None:
        desk.somebody_fills(REP, ShowAs=show_as)

        assert bool(desk.spans()) is is_seen

    @pytest.mark.parametrize(
        ("zone", "day", "span"),
        [
            (PACIFIC, "2027-02-20", ("20 08:00", "21 08:00")),  # Saturday
            (PACIFIC, "2027-02-19", None),  # Friday is over at 8:00 UTC
            ("Asia/Tokyo", "2027-02-20", None),  # Saturday is over at 15:00 UTC
            ("Asia/Tokyo", "2027-02-21", ("20 15:00", "21 15:00")),  # there it is Sunday already
            ("Pacific/Honolulu", "2027-02-19", None),  # Friday is over at 10:00 UTC
            ("", "2027-02-21", ("20 10:00", "22 12:00")),  # somewhere it is Sunday already
        ],
    )
    def test_an_all_day_event_fills_the_day_of_its_user(
        self, desk: Desk, zone: str, day: str, span: tuple[str, str] | None
    ) -> None:
        whole = {"StartDateTime": None, "DurationInMinutes": None, "IsAllDayEvent": True, "ActivityDate": day}
        desk.somebody_fills(REP, **whole)

        assert desk.spans(**{REP: zone}) == ([(REP, *span)] if span else [])

    def test_of_several_days_the_last_one_counts_too(self, desk: Desk) -> None:
        whole = {"StartDateTime": None, "IsAllDayEvent": True, "ActivityDate": "2027-02-18", "DurationInMinutes": 4320}
        desk.somebody_fills(REP, **whole)

        assert desk.spans() == [(REP, "18 08:00", "21 08:00")]

    def test_it_is_one_call_and_nobody_elses_calendar(self, desk: Desk) -> None:
        desk.somebody_fills(OTHER)
        desk.calendar(OTHER)
        desk.sandbox.forget_calls()

        assert desk.spans() == []
        assert len(desk.sandbox.calls()["calls"]) == 1

    def test_nobody_asked_is_nobody_busy(self, desk: Desk) -> None:
        found = desk.writer.busy({}, SATURDAY_10, SATURDAY_10)

        assert (list(found), len(found), str(found["starts"].dtype)) == (SPANS, 0, "datetime64[us, UTC]")


class TestZones:
    def test_each_has_their_own(self, desk: Desk) -> None:
        assert desk.writer.zones((REP, MANAGER)) == {REP: PACIFIC, MANAGER: PACIFIC}

    def test_who_has_left_gets_no_talk(self, desk: Desk) -> None:
        left = desk.left()

        with pytest.raises(NotBooked, match=f"{left} is no active user") as refused:
            desk.writer.zones((REP, left))
        assert refused.value.outcome is Booked.REFUSED
