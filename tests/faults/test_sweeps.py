"""The feedback sweep under every kind of fault, wherever it reaches outside. Then it is run again that day, or nobody
does and the next day's sweep runs: each conversation is told in a report that stands, none is told twice as news, what
still waits is told every day and marked, and there is one report a day."""

import os
from dataclasses import replace

import pytest

from tests.faults import schedules as kinds
from tests.faults.pool import Pool, told
from tests.faults.schedules import Schedule, everywhere, one
from tests.faults.sweep_bugs import SWEEP_BUGS

ALL = bool(os.environ.get("FAULT_ALL"))
KINDS = (*kinds.CALL_KINDS, kinds.UNAVAILABLE_AFTER, kinds.HTML, kinds.RATE_LIMITED, kinds.LIMIT, *kinds.STEP_KINDS)
# What changes something; the rest only reads.
WRITES = ("POST chat.", ":after)")
KILLED = {kinds.KILLED: 3, kinds.KILLED_AFTER: 1}


def after(then: str, schedules: list[Schedule]) -> list[Schedule]:
    """The same, with what follows them."""
    return [replace(one, then=then, name=f"{one.name} {then}".strip()) for one in schedules]


@pytest.mark.parametrize("act", ["sweep", "resweep"])
@pytest.mark.parametrize("kind", KILLED)
def test_who_is_killed_loses_nothing_whether_it_is_run_again_or_not(faults: Pool, act: str, kind: str) -> None:
    found = [one for one in everywhere(act, faults.boundaries[act], kind) if any(mark in one.name for mark in WRITES)]
    some = found[:: KILLED[kind]]

    verdicts = faults.carry_out(f"{act}, {kind}", [*after("tomorrow", some[::2]), *after("", some[1::2])])

    assert some
    assert told(verdicts) == ""
    assert [verdict.schedule.name for verdict in verdicts if not verdict.met] == []  # the fault came everywhere


def test_other_faults_here_and_there_lose_nothing(faults: Pool) -> None:
    other = [kind for kind in KINDS if kind not in KILLED]
    places = [everywhere("sweep", faults.boundaries["sweep"], kind) for kind in other]
    some = [one for number, found in enumerate(places) for one in found[number::34]]

    assert len(some) >= len(other)
    assert told(faults.carry_out("sweep, other faults", after("tomorrow", some))) == ""


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("act", "then"), [("sweep", "tomorrow"), ("sweep", ""), ("resweep", "tomorrow")])
def test_a_fault_anywhere_loses_nothing_and_tells_nothing_twice(faults: Pool, act: str, kind: str, then: str) -> None:
    # Where it is run again at once less can go wrong. To lose the ledger does less harm than to be killed.
    every = 1 if ALL else (3 if kind == kinds.LEDGER_LOST else 1) * (1 if then else 3)
    everything = after(then, everywhere(act, faults.boundaries[act], kind, every=every))

    verdicts = faults.carry_out(f"{act}, {kind}, {then or 'again'}", everything)

    assert told(verdicts) == ""
    assert [verdict.schedule.name for verdict in verdicts if not verdict.met] == []


def test_two_at_once_make_one_report(faults: Pool) -> None:
    both = [Schedule("sweep", runs=2, seed=seed, name=f"sweep twice, {seed}") for seed in range(24 if ALL else 2)]

    assert told(faults.carry_out("sweep twice at once", both)) == ""


def tempting(faults: Pool, bug: str) -> list[Schedule]:
    """Schedules in which that mistake does harm. Some leave out steps, so that what follows comes so many earlier."""
    posted = faults.boundaries["sweep"].index("POST chat.postMessage")
    [_, moved] = [at for at, name in enumerate(faults.boundaries["resweep"]) if name == "ledger move watermarks:after"]
    return {
        "marks after posting": [one("sweep", posted, kinds.KILLED)],
        "marks of a dry run": [Schedule("sweep")],
        "waiting forgotten": [Schedule("sweep")],
        "any sweep before": [one("sweep", posted - 8, kinds.KILLED)],
        "its own sweep before": [Schedule("resweep")],
        "marks before what waits": [one("resweep", moved - 4, kinds.KILLED)],
    }[bug]


THEN = {"marks of a dry run": "looked", "its own sweep before": ""}


@pytest.mark.parametrize("bug", SWEEP_BUGS)
def test_a_mistake_is_found(faults: Pool, bug: str) -> None:
    schedules = [replace(one, bug=bug) for one in after(THEN.get(bug, "tomorrow"), tempting(faults, bug))]

    verdicts = faults.carry_out(f"mistake: {bug}", schedules)

    assert [wrong for verdict in verdicts for wrong in verdict.wrong if not wrong.startswith("ended with")]


def test_without_the_mistakes_the_same_finds_nothing(faults: Pool) -> None:
    every = {bug: after(THEN.get(bug, "tomorrow"), tempting(faults, bug)) for bug in SWEEP_BUGS}
    without = {(one.act, one.then, one.faults): one for schedules in every.values() for one in schedules}

    assert told(faults.carry_out("sweep, without the mistakes", list(without.values()))) == ""


@pytest.mark.slow
def test_again(faults: Pool) -> None:
    """One experiment, to look at it: FAULT_AT='sweep:59:killed after' with FAULT_THEN=tomorrow."""
    place, then = os.environ.get("FAULT_AT", ""), os.environ.get("FAULT_THEN", "")
    if not place or not then:
        pytest.skip("FAULT_AT and FAULT_THEN name the experiment")
    act, at, kind = place.split(":")

    assert told(faults.carry_out(place, after(then, [one(act, int(at), kind)]))) == ""
