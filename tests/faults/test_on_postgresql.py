"""The same with the ledger on PostgreSQL: a sample of the boundaries, and a server that crashes in the middle."""

import pytest

from tests.faults import schedules as kinds
from tests.faults.pool import Pool, told
from tests.faults.schedules import everywhere
from tests.faults.test_every_boundary import CASES

EVERY = 10


@pytest.mark.slow
@pytest.mark.parametrize(("act", "kind"), CASES)
def test_a_fault_at_every_tenth_boundary(faults_on_postgresql: Pool, act: str, kind: str) -> None:
    some = everywhere(act, faults_on_postgresql.boundaries[act], kind, every=EVERY)

    assert told(faults_on_postgresql.carry_out(f"PostgreSQL: {act}, {kind}", some)) == ""


@pytest.mark.parametrize("act", ["decide", "undo"])
def test_the_server_crashes_in_the_middle(faults_on_postgresql: Pool, act: str) -> None:
    some = everywhere(act, faults_on_postgresql.boundaries[act], kinds.RESTARTED, every=EVERY)

    assert told(faults_on_postgresql.carry_out(f"PostgreSQL: {act}, crash of the server", some)) == ""
