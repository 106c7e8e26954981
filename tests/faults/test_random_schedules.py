"""One to four faults at places drawn by a seed, half of the time with two runs at once, sometimes with somebody else
who edits a record in between. One seed is one order of events: a failure can be seen again."""

import os

import pytest

from tests.faults.pool import Pool, told
from tests.faults.schedules import drawn, telling

SEEDS = int(os.environ.get("FAULT_SEEDS", "0"))  # 0: of the first so many a few, which differ most
FIRST, MOST = 500, 30
BATCH = 50
BOOKINGS = max(SEEDS // 33, 1)


@pytest.mark.parametrize("first", range(0, SEEDS or 1, BATCH))
def test_random_faults_are_repaired_by_running_again(faults: Pool, first: int) -> None:
    lengths = {act: len(boundaries) for act, boundaries in faults.boundaries.items()}
    seeds = range(first, min(first + BATCH, SEEDS) if SEEDS else FIRST)
    schedules = [drawn(seed, lengths) for seed in seeds]
    if not SEEDS:
        schedules = telling(schedules, faults.boundaries, MOST)

    verdicts = faults.carry_out(f"{len(schedules)} of seeds {seeds[0]} to {seeds[-1]}", schedules)

    assert told(verdicts) == ""


@pytest.mark.parametrize("first", range(0, BOOKINGS, BATCH))
def test_random_faults_while_talks_are_booked(faults: Pool, first: int) -> None:
    lengths = {act: len(boundaries) for act, boundaries in faults.boundaries.items()}
    seeds = range(first, min(first + BATCH, BOOKINGS))

    verdicts = faults.carry_out(f"book, seeds {seeds[0]} to {seeds[-1]}", [drawn(n, lengths, "book") for n in seeds])

    assert told(verdicts) == ""
