"""The checks find what they are for: each of eleven mistakes made on purpose; without it they find nothing."""

from dataclasses import replace

import pytest

from tests.faults import schedules as kinds
from tests.faults.bugs import BUGS
from tests.faults.pool import Pool, told
from tests.faults.schedules import Fault, Schedule, everywhere

POST, WRITE, RENEW = "POST chat.postMessage", "POST composite", "ledger renew:before"


def where(faults: Pool, act: str, kind: str, boundary: str) -> list[Schedule]:
    """That fault at each boundary of that name."""
    return [s for s in everywhere(act, faults.boundaries[act], kind) if f"({boundary})" in s.name]


def tempting(faults: Pool, bug: str) -> list[Schedule]:
    """Schedules in which that mistake does harm."""
    # A talk is looked for in two calls, and booked in the third.
    posts = [at for at, name in enumerate(faults.boundaries["decide"]) if name == RENEW]
    later = Fault(0, step=kinds.FROZEN, run=1)  # the second run begins when the first stands still
    frozen = [Schedule("decide", (Fault(at, step=kinds.FROZEN), later), runs=2, name=f"frozen at {at}") for at in posts]
    judged = [Schedule("review", fresh=True, name="judged anew")]
    return {
        "no look-up": [
            *where(faults, "decide", kinds.KILLED_AFTER, POST),
            *where(faults, "decide", kinds.KILLED_AFTER, WRITE),
        ],
        "no renewal": frozen,
        "default retries": where(faults, "decide", kinds.DROPPED_AFTER, POST),
        "remembered at the end": where(faults, "decide", kinds.KILLED_AFTER, WRITE),
        "UTC days": judged,
        "more than": judged,
        "stale list": where(faults, "decide", kinds.KILLED_AFTER, POST),
        "run in key": where(faults, "decide", kinds.KILLED_AFTER, WRITE),
        "past the ledger": where(faults, "book", kinds.KILLED_AFTER, WRITE)[2:3],
        "no find": where(faults, "book", kinds.DROPPED_AFTER, WRITE)[2:3],
        "settled first": where(faults, "book", kinds.KILLED_BEFORE, WRITE)[2:3],
    }[bug]


@pytest.mark.parametrize("bug", BUGS)
def test_a_mistake_is_found(faults: Pool, bug: str) -> None:
    schedules = [replace(schedule, bug=bug) for schedule in tempting(faults, bug)]

    verdicts = faults.carry_out(f"mistake: {bug}", schedules)

    found = [wrong for verdict in verdicts for wrong in verdict.wrong if not wrong.startswith("ended with")]
    assert found


@pytest.mark.parametrize("bug", BUGS)
def test_without_the_mistake_the_same_finds_nothing(faults: Pool, bug: str) -> None:
    assert told(faults.carry_out(f"without: {bug}", tempting(faults, bug))) == ""
