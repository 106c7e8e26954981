"""Two talks are ordered and somebody else fills their time meanwhile, a run stands still, or two order at once: each is
in both calendars once, or in neither and offered at another time."""

import os
from dataclasses import replace

from tests.faults import schedules as kinds
from tests.faults.pool import Pool, told
from tests.faults.schedules import Edit, Fault, Schedule

ALL = bool(os.environ.get("FAULT_ALL"))
REPS, MANAGERS = (0, 1), (2, 3)  # whose calendar: see `schedules.Edit`
BOOK = "POST composite"


def sample(schedules: list[Schedule], every: int) -> list[Schedule]:
    return schedules[:: 1 if ALL else every]


def test_a_time_that_filled_at_any_moment_is_booked_over_only_after_our_last_look(faults: Pool) -> None:
    places = range(len(faults.boundaries["book"]))
    filled = [
        Schedule("book", edits=(Edit(after, number),), name=f"calendar {number} filled after {after}")
        for after in places
        for number in (*REPS, *MANAGERS)
    ]
    looks = [at for at, name in enumerate(faults.boundaries["book"]) if name == BOOK]
    last_look, booked = looks[1:3]
    near = [one for one in filled if (one.edits[0].after, one.edits[0].deal) in {(last_look, 2), (booked, 0)}]

    assert told(faults.carry_out("a time is filled meanwhile", filled if ALL else near)) == ""


def test_a_taken_time_is_told_and_drafted_once_whatever_happens_then(faults: Pool) -> None:
    boundaries = faults.boundaries["book"]
    looked = [at for at, name in enumerate(boundaries) if name == BOOK][1]
    # That run books nothing, so that from here on its boundaries are others: the refusal, and then its result.
    faulty = [
        Schedule("book", (Fault(at, kind, kinds.KILLED),), edits=(Edit(0, 0),), name=f"taken, {at}, {kind}")
        for at in range(looked, len(boundaries))
        for kind in (kinds.KILLED_AFTER, kinds.DROPPED_AFTER)
    ]
    near = [faulty[2 * after] for after in (4, 6, 8)]

    assert told(faults.carry_out("a taken time, and a fault", faulty if ALL else near)) == ""


def test_two_who_order_the_same_at_once_get_it_once(faults: Pool) -> None:
    both = [Schedule("book", runs=2, seed=seed, name=f"book twice, {seed}") for seed in range(24)]
    filled = [replace(one, edits=(Edit(one.seed, one.seed % 4),), name=f"{one.name}, filled") for one in both]

    assert told(faults.carry_out("book twice at once", sample([*both, *filled], 12))) == ""


def test_a_run_that_stood_still_too_long_books_nothing_any_more(faults: Pool) -> None:
    later = Fault(0, step=kinds.FROZEN, run=1)  # the second run begins when the first stands still
    boundaries = faults.boundaries["book"]
    looked = [at for at, name in enumerate(boundaries) if name == BOOK][1]
    places = range(len(boundaries)) if ALL else (looked - 2, looked + 1)  # before the looks, and right after the last
    still = [
        Schedule("book", (Fault(at, kinds.FROZEN, kinds.FROZEN), later), 2, name=f"frozen at {at}") for at in places
    ]

    assert told(faults.carry_out("a booking stands still past its lease", still)) == ""
