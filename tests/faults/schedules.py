"""What goes wrong, where and when: faults at the boundaries of runs, drawn by a seed or written down.

A boundary is any moment at which a run reaches outside: a call over HTTP, or the ledger before or after one of its
transactions. The boundaries of one run are numbered from 0.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# Of a call over HTTP. "before": it was not carried out; "after": it was, and the answer never came.
KILLED_BEFORE, KILLED_AFTER = "killed before", "killed after"
DROPPED_BEFORE, DROPPED_AFTER = "dropped before", "dropped after"
UNAVAILABLE, UNAUTHORIZED, ROW_LOCK = "503", "401", "row lock"
UNAVAILABLE_AFTER, HTML, RATE_LIMITED, LIMIT = "503 after", "200 html", "429", "limit of the day"
# Of the ledger: its process dies, or its database is lost, at this moment.
KILLED, LEDGER_LOST, RESTARTED = "killed", "ledger lost", "ledger restarted"
# The process stands still until all others have ended and its leases are over; then it goes on.
FROZEN = "frozen"

CALL_KINDS: Final = (KILLED_BEFORE, KILLED_AFTER, DROPPED_BEFORE, DROPPED_AFTER, UNAVAILABLE, UNAUTHORIZED)
STEP_KINDS: Final = (KILLED, LEDGER_LOST)
ANY_CALL_KIND: Final = (*CALL_KINDS, UNAVAILABLE_AFTER, HTML, RATE_LIMITED, LIMIT, ROW_LOCK, FROZEN)
ANY_STEP_KIND: Final = (*STEP_KINDS, FROZEN)
COMPOSITE: Final = "composite"
RENEWED: Final = "ledger renew:after"
UNGUARDED: Final = ("POST chat.", "POST files.", "POST upload", "PUT zendesk", RENEWED)
# Transactions that only read: to die right after one is to die after what was written before it.
READS: Final = frozenset(
    {
        "check", "standings", "results", "now", "effect", "effects", "past", "post", "events", "watermarks", "rituals",
        "waiting", "codenames",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """At boundary `at` of the run number `run`: `call` happens if it is a call, `step` if it is one of the ledger."""

    at: int
    call: str = ""
    step: str = ""
    run: int = 0

    def kind(self, boundary: str, *, unguarded: bool = False) -> str:
        """What happens at a boundary of that name.

        Nothing freezes in the instant between the renewal of a lease and a post to Slack, which has no guard of its
        own: a process that stands still there for a quarter of an hour may post twice. That is a known limit. So it is
        with a new event (`unguarded`): Salesforce guards changes alone; and with a comment of a ticket.
        """
        kind = self.step if is_step(boundary) else self.call
        return "" if kind == FROZEN and (unguarded or boundary.startswith(UNGUARDED)) else kind


@dataclass(frozen=True)
class Edit:
    """Somebody else changes the amount of the deal number `deal`, after so many boundaries of all runs together. Where
    talks are booked, they fill the time of one instead: `deal` 0 and 1 in the calendars of the reps, 2 and 3 in their
    manager's."""

    after: int
    deal: int


@dataclass(frozen=True)
class Schedule:
    """One experiment: `runs` at once, with these faults, interleaved as `seed` says.

    act     "review", "decide", "undo", "book", "support", "sweep", "resweep" (once more on its day)
    bug     the mistake that is made on purpose; "" for none
    other   the loss reason that the second run decides, where it is another one
    left    how many API calls the org has left of its day's share when the first run begins; None: enough
    fresh   whether the runs read and judge the pipeline themselves, or are given what a reading found
    then    what follows a sweep: "", it is run again that day; "tomorrow", only the next day's sweep is run; "looked",
            as before, but that day somebody starts a dry run
    """

    act: str
    faults: tuple[Fault, ...] = ()
    runs: int = 1
    edits: tuple[Edit, ...] = ()
    seed: int = 0
    bug: str = ""
    fresh: bool = False
    retries: int = 0
    other: str = ""
    left: int | None = None
    then: str = ""
    name: str = ""


def is_step(boundary: str) -> bool:
    """Whether it is one of the ledger's."""
    return boundary.startswith("ledger ")


def everywhere(act: str, boundaries: list[str], kind: str, *, every: int = 1) -> list[Schedule]:
    """One schedule for each boundary of a clean run at which that kind of fault can happen, without those that are the
    same as the one before: to die before a transaction is to die after what came before it."""
    places = [at for at, boundary in enumerate(boundaries) if _fits(kind, boundary)]
    return [one(act, at, kind, boundaries[at]) for at in places[::every]]


# Calls that change nothing. What is lost of them before or after is the same, and to be killed at one is to be killed
# after what came before it.
_LOOKS: Final = ("POST oauth2/token", "GET ", "POST conversations.", "POST chat.getPermalink")


def sampled(act: str, boundaries: list[str], kind: str) -> list[Schedule]:
    """Of `everywhere` what differs most: each call that changes something with every kind, each that only looks with
    one of those that do harm there, in turn; of what the ledger does for record after record, the first and the last.
    Before one call alone it is killed: at any other that is the same as after what came before it."""
    if kind == LEDGER_LOST:  # does less harm than a process that is killed, and has many places
        return everywhere(act, boundaries, kind, every=8)
    found = everywhere(act, boundaries, kind)
    if kind in STEP_KINDS:
        ends = _ends_of_rows(boundaries)
        return [one for one in found if one.faults[0].at in ends]
    looks = [at for at, boundary in enumerate(boundaries) if boundary.startswith(_LOOKS)]
    turn = (DROPPED_BEFORE, UNAVAILABLE, UNAUTHORIZED)
    some = {at for number, at in enumerate(looks) if kind == turn[number % len(turn)]}
    chosen = [one for one in found if one.faults[0].at in some or one.faults[0].at not in looks]
    return chosen[:1] if kind == KILLED_BEFORE else chosen


def telling(drawn_ones: Iterable[Schedule], boundaries: dict[str, list[str]], most: int) -> list[Schedule]:
    """So many of them, each the one with most that none before it has: what happens at a boundary of that name, in a
    run that is alone or beside another."""
    left = list(drawn_ones)
    places = {one.name: _places(one, boundaries[one.act]) for one in left}
    found, seen = list[Schedule](), set[tuple[object, ...]]()
    while left and len(found) < most:
        best = max(left, key=lambda one: len(places[one.name] - seen))
        seen |= places[best.name]
        left.remove(best)
        found.append(best)
    return found


def _places(one: Schedule, boundaries: list[str]) -> set[tuple[object, ...]]:
    return {(one.act, one.runs, boundaries[fault.at], fault.kind(boundaries[fault.at])) for fault in one.faults}


def _ends_of_rows(boundaries: list[str]) -> set[int]:
    """Where each boundary stands first and last in a row, such as plan, claim, plan, claim: two transactions a turn."""
    places: dict[str, list[int]] = {}
    for at, boundary in enumerate(boundaries):
        places.setdefault(boundary, []).append(at)
    turn = 4
    return {
        at
        for row in places.values()
        for before, at, after in zip([-turn - 1, *row], row, [*row[1:], len(boundaries) + turn], strict=False)
        if at - before > turn or after - at > turn
    }


def one(act: str, at: int, kind: str, boundary: str = "") -> Schedule:
    """That kind of fault at that boundary."""
    return Schedule(act, (Fault(at, kind, kind),), name=f"{act}:{at}:{kind} ({boundary})")


def _fits(kind: str, boundary: str) -> bool:
    if not is_step(boundary):
        return COMPOSITE in boundary if kind == ROW_LOCK else kind in ANY_CALL_KIND
    name, _, when = boundary.removeprefix("ledger ").rpartition(":")
    if kind in {KILLED, RESTARTED}:
        return when == "after" and name not in READS
    return kind == LEDGER_LOST and (when == "before" or name not in READS)


def drawn(seed: int, lengths: dict[str, int], act: str = "") -> Schedule:
    """One to four faults at random boundaries of that act, else of a decision, an undo or a review (`lengths`: how many
    each has), half of the time with two runs at once; sometimes somebody else edits a record in between."""
    name = f"seed {act}:{seed}" if act else f"seed {seed}"
    chance = random.Random(seed)  # noqa: S311 - a schedule, no secret
    act = act or chance.choices(("decide", "undo", "review"), (5, 3, 2))[0]
    runs = chance.choice((1, 2))
    faults = {
        (run, at): Fault(at, chance.choice(ANY_CALL_KIND), chance.choice(ANY_STEP_KIND), run)
        for run, at in ((chance.randrange(runs), chance.randrange(lengths[act])) for _ in range(chance.randint(1, 4)))
    }
    edits = (Edit(chance.randrange(lengths[act]), chance.randrange(5)),) if chance.random() < 0.25 else ()
    retries = chance.choice((0, 3))
    return Schedule(act, tuple(faults.values()), runs, edits, seed, retries=retries, name=name)
