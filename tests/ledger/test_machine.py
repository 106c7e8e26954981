"""Two runs do what they like, die, are slow, are repeated. A model of a few lines says what the ledger must answer, and
nothing is ever sent twice without a look between."""

from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tasks.clients import Refused
from tasks.ledger import Busy, Ledger, OtherPayload
from tests.ledger.remote import run_out

RUNS = ("one", "two")
RUN = st.sampled_from(RUNS)
NUMBERS = count()


@dataclass(frozen=True)
class Row:
    """What the ledger should say of the effect."""

    payload: str
    state: str = "planned"
    attempt: int = 0
    holder: str = ""  # of a lease that holds
    remote_id: str | None = None


class Machine(RuleBasedStateMachine):
    """One effect at a time; `url` is set below."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runs = {name: Ledger(self.url, owner=name) for name in RUNS}
        self.begin()

    def begin(self) -> None:
        self.key = f"effect {next(NUMBERS)}"
        self.row: Row | None = None
        self.claims: dict[str, int] = {}  # run -> the attempt it believes to hold
        self.seen: dict[str, int] = {}  # run -> how much had been sent when it looked, in this claim
        self.made: list[str] = []  # at the other side
        self.sent = 0  # what may have been executed

    def teardown(self) -> None:
        for ledger in self.runs.values():
            ledger.close()

    def holds(self, name: str) -> bool:
        row = self.row
        return bool(row and row.state == "sending" and row.holder == name and self.claims.get(name) == row.attempt)

    @rule(name=RUN, payload=st.sampled_from(["a", "a", "a", "b"]))
    def plan(self, name: str, payload: str) -> None:
        said = answer(self.runs[name].plan, self.key, {"is": payload})

        assert said == ("OtherPayload" if self.row and self.row.payload != payload else "None")
        self.row = self.row or Row(payload)

    @rule(name=RUN)
    def claim(self, name: str) -> None:
        said = answer(self.runs[name].claim, self.key)

        row = self.row
        if row is None:
            assert said == "Refused"
        elif row.state in {"done", "refused"}:
            assert said == f"{row.state} {row.attempt}"
        elif row.holder:
            assert said == "Busy"
        else:
            self.row = replace(row, state="sending", attempt=row.attempt + 1, holder=name)
            assert said == f"sending {row.attempt + 1}"
            self.claims[name] = row.attempt + 1
            self.seen.pop(name, None)

    @precondition(lambda self: any(attempt > 1 for attempt in self.claims.values()))
    @rule(name=RUN)
    def look(self, name: str) -> None:
        """What a run does first in a later attempt."""
        if self.claims.get(name, 0) > 1:
            self.seen[name] = self.sent
            if self.made:
                self.finish(name, self.made[0])

    @precondition(lambda self: self.claims)
    @rule(name=RUN, happens=st.sampled_from(["answered", "answer lost", "request lost", "not executed", "killed"]))
    def send(self, name: str, happens: str) -> None:
        """As `once` does: never in a later attempt without a look, never without a renewal."""
        attempt = self.claims.get(name, 0)
        if not attempt or (attempt > 1 and name not in self.seen):
            return
        said = answer(self.runs[name].renew, [self.key])
        assert said == ("None" if self.holds(name) else "Refused" if self.row is None else "Busy")
        if said != "None":
            return
        if happens != "not executed":
            assert self.sent == self.seen.get(name, 0), "sent twice without a look between"
            self.sent += 1
        if happens in {"answered", "answer lost", "killed"}:
            self.made.append(f"made {len(self.made) + 1}")
        self.end(name, happens)

    def end(self, name: str, happens: str) -> None:
        assert self.row
        ledger = self.runs[name]
        if happens == "answered":
            self.finish(name, self.made[-1])
        elif happens == "not executed":
            ledger.unsend(self.key)
            self.row = replace(self.row, state="planned", holder="")
        elif happens == "killed":
            self.die(name)
        else:
            ledger.release(self.key)
            self.row = replace(self.row, holder="")
        self.claims.pop(name, None)

    def finish(self, name: str, made: str) -> None:
        self.runs[name].finish(self.key, made)
        assert self.row
        if self.row.state != "done":
            self.row = replace(self.row, state="done", holder="", remote_id=made)
        self.claims.pop(name, None)

    @precondition(lambda self: self.claims)
    @rule(name=RUN)
    def refuse(self, name: str) -> None:
        holds = self.holds(name) and self.row
        said = answer(self.runs[name].refuse, self.key, "a rule")
        if holds:
            self.row = replace(holds, state="refused", holder="")
            self.claims.pop(name, None)
        # One whose lease ran out may still refuse while nobody took over; who lost it may not.
        elif said == "None":
            assert self.row
            assert (self.row.state, self.row.attempt, self.row.holder) == ("sending", self.claims.pop(name), "")
            self.row = replace(self.row, state="refused")

    @rule(name=RUN)
    def die(self, name: str) -> None:
        self.runs[name].close()
        self.runs[name] = Ledger(self.url, owner=name)
        self.claims.pop(name, None)

    @precondition(lambda self: self.row and self.row.holder)
    @rule()
    def time_passes(self) -> None:
        run_out(self.runs["one"], self.key)
        assert self.row
        self.row = replace(self.row, holder="")

    @precondition(lambda self: self.row and self.row.state in {"done", "refused"})
    @rule()
    def another_effect(self) -> None:
        self.begin()
        for name in RUNS:
            self.die(name)

    @invariant()
    def it_says_what_the_model_says(self) -> None:
        effect = self.runs["one"].effect(self.key)
        if effect is None or self.row is None:
            assert effect is None
            assert self.row is None
            return
        row = self.row
        assert (effect.state, effect.attempt, effect.remote_id) == (row.state, row.attempt, row.remote_id)
        assert len(self.made) <= 1


def answer(step: Any, *arguments: object) -> str:
    try:
        said = step(*arguments)
    except (Busy, OtherPayload, Refused) as error:
        return type(error).__name__
    return f"{said.state} {said.attempt}" if said else "None"


@pytest.mark.parametrize(("ledger_url", "examples"), [("sqlite", 25), ("postgresql", 8)], indirect=["ledger_url"])
def test_whatever_two_runs_do(ledger_url: str, examples: int) -> None:
    here = type("Here", (Machine,), {"url": ledger_url})

    run_state_machine_as_test(here, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None))
