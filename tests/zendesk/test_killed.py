"""What the laboratory of tests/faults does not stage: a ticket of somebody else, a closed one, messages of one customer
in two threads. A run is killed after each of its writes to the ledger; the next one makes it good."""

from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import pytest

import tasks.ledger
from deployments.sandbox.zendesk.seed import SeedTicket
from tasks.ledger import Ledger
from tasks.runs import remembered
from tasks.settings import settings
from tests.conftest import Install
from tests.databases import sqlite_copy
from tests.slack_alone import Death, Killed, let_leases_end
from tests.support_alone import ACME, AGENT, DANA, EVENING, MINUTES, Support

SOON = EVENING + 2 * MINUTES
MOST = 20  # more than a run does of one kind
WRITES = ("plan:after", "claim:after", "renew:after", "refuse:after", "finish:after", "move watermarks:after")


def of_somebody_else(support: Support) -> None:
    """The thread has a ticket that was not made here."""
    ts = support.says(DANA, "All agents went offline.", EVENING)
    support.zendesk._plant(SeedTicket("By hand", "Offline.", AGENT, f"slack:T0HOME:{ACME}:{ts}"))


def closed(support: Support) -> None:
    """The thread's ticket was closed, and the customer writes on."""
    ts = support.says(DANA, "All agents went offline.", EVENING - 20 * MINUTES)
    support.run(EVENING - 10 * MINUTES)
    support.ticket().status = "closed"
    support.says(DANA, "Again!", EVENING, ts)


def in_two_threads(support: Support) -> None:
    """A customer goes on within minutes, beside a message that has its ticket."""
    support.says(DANA, "All agents went offline.", EVENING - 3 * MINUTES)
    support.run(EVENING - MINUTES)
    support.says(DANA, "In Lyon.", EVENING)


# What stands in the end: the comments of each ticket, and how many replies.
SCENES: dict[str, tuple[Callable[[Support], None], list[int], int]] = {
    "somebody else's": (of_somebody_else, [2], 0),
    "closed": (closed, [1, 1], 1),
    "two threads": (in_two_threads, [2], 1),
}


@pytest.fixture
def staged(
    anew: Callable[..., Support], install: Install, sqlite_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[Support, Callable[[Callable[[str], None]], None]]]:
    """Stages a scene, with a ledger of its own; and lets ledgers that are opened later take their steps so."""
    numbers = count()

    def taken(step: Callable[[str], None]) -> None:
        monkeypatch.setattr(tasks.ledger, "Ledger", partial(Ledger, step=step))

    def stage(scene: str) -> tuple[Support, Callable[[Callable[[str], None]], None]]:
        home = tmp_path / str(next(numbers))
        home.mkdir()
        support: Support = anew()
        install({**support.environment, "RITUALS_LEDGER_URL": sqlite_copy(sqlite_ledger, home)})
        taken(lambda _: None)
        SCENES[scene][0](support)
        return support, taken

    return stage


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("scene", SCENES)
def test_a_run_that_is_killed_after_any_write_is_made_good_by_the_next(staged, scene: str, name: str) -> None:
    for nth in range(1, MOST):
        support, steps = staged(scene)
        steps(Death(nth, name))
        try:
            support.run(SOON)
        except Killed:
            steps(lambda _: None)
        else:
            assert nth > 1 or name == "refuse:after"  # each of them happens
            break
        with remembered(settings()) as memory:
            let_leases_end(memory)

        support.run(SOON + 5 * MINUTES)

        made = [len(one.comments) for one in support.tickets()], len(support.replies())
        assert (nth, *made) == (nth, *SCENES[scene][1:])
    assert nth < MOST - 1
