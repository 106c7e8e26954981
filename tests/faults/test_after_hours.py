"""A ticket, comments and a reply survive every kind of fault wherever a run reaches outside, and two runs at once: none
is lost, none is made twice, and running again repairs it."""

import os

import pytest

from tests.faults import schedules as kinds
from tests.faults.pool import Pool, told
from tests.faults.schedules import Fault, Schedule, drawn, everywhere

ALL = bool(os.environ.get("FAULT_ALL"))
ACT = "support"
# A call that only reads does less harm than one that writes; a lost ledger less than a process that is killed.
WRITES = ("POST zendesk", "PUT zendesk", "POST chat.", ":after)")
EVERY = {kinds.LEDGER_LOST: 16, kinds.KILLED: 3, kinds.KILLED_AFTER: 1, kinds.DROPPED_AFTER: 1}
SEEDS = int(os.environ.get("FAULT_SEEDS", "60")) // 10


@pytest.mark.parametrize("kind", [*kinds.CALL_KINDS, *kinds.STEP_KINDS])
def test_a_fault_anywhere_is_repaired_by_running_again(faults: Pool, kind: str) -> None:
    everything = everywhere(ACT, faults.boundaries[ACT], kind)
    if not ALL:
        everything = [one for one in everything if any(mark in one.name for mark in WRITES)][:: EVERY.get(kind, 2)]

    verdicts = faults.carry_out(f"support, {kind}", everything)

    assert told(verdicts) == ""
    assert [verdict.schedule.name for verdict in verdicts if not verdict.met] == []  # the fault came everywhere


def test_a_page_or_a_limit_instead_of_an_answer_makes_nothing_twice(faults: Pool) -> None:
    some = (kinds.HTML, kinds.RATE_LIMITED, kinds.UNAVAILABLE_AFTER)
    wrong = [one for kind in some for one in everywhere(ACT, faults.boundaries[ACT], kind, every=1 if ALL else 8)]

    assert told(faults.carry_out("support, other answers", wrong)) == ""


def test_two_at_once_make_everything_once(faults: Pool) -> None:
    both = [Schedule(ACT, runs=2, seed=seed, name=f"support twice, {seed}") for seed in range(24 if ALL else 3)]

    assert told(faults.carry_out("support twice at once", both)) == ""


def test_a_run_that_stood_still_too_long_makes_nothing_any_more(faults: Pool) -> None:
    later = Fault(0, step=kinds.FROZEN, run=1)  # the second run begins when the first stands still
    places = [at for at, name in enumerate(faults.boundaries[ACT]) if ALL or name == "ledger renew:before"]
    still = [
        Schedule(ACT, (Fault(at, kinds.FROZEN, kinds.FROZEN), later), 2, name=f"frozen at {at}")
        for at in places[:: 1 if ALL else 2]
    ]

    assert told(faults.carry_out("support stands still past its lease", still)) == ""


def test_random_faults_are_repaired_by_running_again(faults: Pool) -> None:
    lengths = {act: len(boundaries) for act, boundaries in faults.boundaries.items()}

    verdicts = faults.carry_out("support, random", [drawn(seed, lengths, ACT) for seed in range(SEEDS)])

    assert told(verdicts) == ""
