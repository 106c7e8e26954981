"""A decision, its undo, a review and a booking survive every kind of fault wherever they reach outside: nothing is done
twice, nothing is lost, and running again repairs it."""

import os

import pytest

from tests.faults import schedules as kinds
from tests.faults.pool import Pool, told
from tests.faults.schedules import drawn, everywhere, one, sampled

ACTS = ("decide", "undo", "review", "book")
KINDS = (*kinds.CALL_KINDS, kinds.ROW_LOCK, *kinds.STEP_KINDS)
# A review writes to Slack alone and a booking makes new records: there is nothing to lock.
CASES = [(act, kind) for act in ACTS for kind in KINDS if kind != kinds.ROW_LOCK or act in {"decide", "undo"}]


@pytest.mark.parametrize(("act", "kind"), CASES)
def test_a_fault_anywhere_is_repaired_by_running_again(faults: Pool, act: str, kind: str) -> None:
    boundaries = faults.boundaries[act]
    if os.environ.get("FAULT_ALL"):
        some = everywhere(act, boundaries, kind)
    elif act == "book":  # has many places
        some = everywhere(act, boundaries, kind, every=24 if kind == kinds.LEDGER_LOST else 12)
    else:
        some = sampled(act, boundaries, kind)

    verdicts = faults.carry_out(f"{act}, {kind}, {len(some)} boundaries", some)

    assert told(verdicts) == ""
    assert [verdict.schedule.name for verdict in verdicts if not verdict.met] == []  # the fault came everywhere


@pytest.mark.slow
def test_again(faults: Pool) -> None:
    """One experiment, to look at it: FAULT_SEED=12 or book:12, or FAULT_AT='decide:59:killed after'."""
    lengths = {act: len(boundaries) for act, boundaries in faults.boundaries.items()}
    seed, place = os.environ.get("FAULT_SEED", ""), os.environ.get("FAULT_AT", "")
    if not seed and not place:
        pytest.skip("FAULT_SEED or FAULT_AT name the experiment")
    act, at, kind = place.split(":") if place else (seed.rpartition(":")[0], "0", "")
    schedule = drawn(int(seed.rpartition(":")[2]), lengths, act) if seed else one(act, int(at), kind)

    assert told(faults.carry_out(schedule.name, [schedule])) == ""
