"""What reading a month of a hundred reps costs: a million touches, by Bulk API 2.0."""

import pytest

from tests.benchmarks.canned_org import CALLS, CONTACTS, LEADS, MAIL, MEETINGS, REPS, TOUCHES, canned_org
from tests.benchmarks.measure import alone, show

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

ROWS = MAIL + MAIL + CALLS + MEETINGS  # a mail is two rows: itself and its task
# Measured: see the README. About twice that, against what keeps a page's raw text or goes row by row.
MOST_CALLS, MOST_MEGABYTES, MOST_SECONDS = 60, 1_600, 15.0


def test_a_million_touches_of_a_hundred_reps() -> None:
    with canned_org() as environment:
        took = alone("tests.benchmarks.activity_reading", environment)

    show(
        f"Reading {TOUCHES:,} touches of {REPS} reps, in all {took['activities']:,} rows, {took['people']:,} people",
        [
            ("calls", f"{took['calls']:,}"),
            ("wall", f"{took['wall']:.1f} s"),
            ("CPU of the client", f"{took['cpu']:.1f} s"),
            ("rows a CPU second", f"{took['activities'] / took['cpu']:,.0f}"),
            ("peak memory", f"{took['peak_mb']:,.0f} MB"),
            ("of it beyond the imports", f"{took['added_mb']:,.0f} MB"),
            ("the activities themselves", f"{took['frame_mb']:,.0f} MB"),
        ],
    )
    assert (took["activities"], took["people"], took["reps"]) == (ROWS, CONTACTS + LEADS, REPS)
    assert took["in_bulk"]
    assert took["calls"] <= MOST_CALLS
    assert took["peak_mb"] <= MOST_MEGABYTES
    assert took["cpu"] <= MOST_SECONDS
