"""A run that is killed, wherever it is: after the next one, each effect is there once and the ledger knows it."""

from pathlib import Path

from tasks.ledger import Ledger
from tests.ledger.processes import KILLED, Outside, forked, in_processes, killed_at
from tests.ledger.remote import run_out

STEPS = 10  # before and after planning, claiming, renewing, doing and finishing


def test_killed_at_any_step_the_next_run_completes_it(ledger: Ledger, ledger_url: str, tmp_path: Path) -> None:
    outside = Outside(str(tmp_path / "made"))
    keys = [f"killed at step {step}".replace(" ", "-") for step in range(STEPS + 1)]

    ended = in_processes(killed_at, [(ledger_url, str(outside.file), key, step) for step, key in enumerate(keys)])

    assert ended == [KILLED] * STEPS + [0], "every step was died at, and there are no more"
    for key in keys:
        effect = ledger.effect(key)
        if effect is not None and effect.state == "sending":
            run_out(ledger, key)
        made = outside.once(ledger, key)
        assert outside.made(key) == [made]
        assert ledger.effect(key).state == "done"


def test_a_step_is_told_before_and_after_its_transaction(ledger_url: str) -> None:
    told: list[str] = []

    def note(step: str) -> None:
        told.append(f"{step} {watching.effect('a') is not None}" if step.startswith("plan") else step)

    with Ledger(ledger_url, owner="watching") as watching, Ledger(ledger_url, owner="test", step=note) as ledger:
        ledger.once("a", {}, lambda: "1", lambda: None)

    assert told == [
        "plan:before False",
        "plan:after True",
        *("claim:before", "claim:after", "renew:before", "renew:after", "finish:before", "finish:after"),
    ]


def test_a_forked_child_opens_connections_of_its_own(ledger: Ledger, ledger_url: str) -> None:
    assert in_processes(forked, [[ledger_url]]) == [0]

    assert [effect.key for effect in ledger.effects("")] == ["child", "parent"]
