"""What is booked with people outside, and what fills the calendars from now on. The review is on Mon 23 Nov, 07:28."""

from typing import Any

import pytest

from .activity_books import call, made, mail, make_book, manager, meeting, rep
from .builders import Row, moment


# --- what is to come ---
@pytest.mark.parametrize(
    ("row", "starts"),
    [
        (meeting("2026-11-24 10:00", ends="2026-11-24 11:00"), "2026-11-24 10:00"),  # Tue
        (meeting("2026-11-23 07:00", ends="2026-11-23 08:00"), "2026-11-23 07:00"),  # going on
        (meeting("2026-11-26 16:00", due="2026-11-27", all_day=True), "2026-11-27 00:00"),
        (meeting("2026-11-24 10:00", is_child=True), None),
        (meeting("2026-11-24 10:00", to=None), None),
        (meeting("2026-11-24 10:00", subject="Canceled: Demo"), None),
        (meeting("2026-11-20 10:00"), None),  # over
        (mail("2026-11-24 10:00"), None),
    ],
)
def test_booked(row: Row, starts: str | None) -> None:
    booked = made(make_book(row)).booked
    expected = [("003 J. Doe", "001 Acme", moment(starts))] if starts else []
    assert list(booked.itertuples(index=False, name=None)) == expected


BERLIN = {"zone": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("row", "user", "span"),
    [
        (meeting("2026-11-24 10:00", ends="2026-11-24 11:00"), {}, ("2026-11-24 10:00", "2026-11-24 11:00")),
        (meeting("2026-11-24 10:00", ends="2026-11-24 11:00", is_child=True), {},
         ("2026-11-24 10:00", "2026-11-24 11:00")),
        (meeting("2026-11-24 10:00", ends="2026-11-24 11:00", show_as="OutOfOffice"), {},
         ("2026-11-24 10:00", "2026-11-24 11:00")),
        (meeting("2026-11-24 10:00", show_as="free"), {}, None),
        (meeting("2026-11-24 10:00", ends="2026-11-24 11:00", subject="Out of office", to=None), {},
         ("2026-11-24 10:00", "2026-11-24 11:00")),  # no touch, and yet away
        (meeting("2026-11-23 06:00", ends="2026-11-23 07:28"), {}, None),  # over
        (meeting("2026-11-23 06:00", ends="2026-11-23 07:29"), {}, ("2026-11-23 06:00", "2026-11-23 07:29")),
        # Whole days, on the user's clock: midnight in Berlin is 15:00 in the office.
        (meeting("2026-11-24 16:00", due="2026-11-25", all_day=True), {}, ("2026-11-25 00:00", "2026-11-26 00:00")),
        (meeting("2026-11-24 16:00", ends="2026-11-26 16:00", due="2026-11-25", all_day=True), {},
         ("2026-11-25 00:00", "2026-11-28 00:00")),
        (meeting("2026-11-24 16:00", due="2026-11-25", all_day=True), BERLIN, ("2026-11-24 15:00", "2026-11-25 15:00")),
        (meeting("2026-11-24 16:00", due="2026-11-25", all_day=True), {"zone": "Nowhere/At all"},
         ("2026-11-25 00:00", "2026-11-26 00:00")),
        (meeting("2026-11-24 16:00", due="2026-11-25", all_day=True, by="mia"), {},
         ("2026-11-24 15:00", "2026-11-25 15:00")),
        (meeting("2026-11-22 16:00", due="2026-11-23", all_day=True), {}, ("2026-11-23 00:00", "2026-11-24 00:00")),
        (call("2026-11-24 10:00"), {}, None),
    ],
)  # fmt: skip
def test_busy(row: Row, user: dict[str, Any], span: tuple[str, str] | None) -> None:
    busy = made(make_book(row, reps=[rep(**user)], managers=[manager("mia", **BERLIN)])).busy
    expected = [(row["owner_id"], moment(span[0]), moment(span[1]))] if span else []
    assert list(busy.itertuples(index=False, name=None)) == expected
