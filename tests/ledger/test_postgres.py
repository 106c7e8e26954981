"""PostgreSQL going away under the ledger: a step is done or it is not, and nothing is sent without the ledger knowing.
And a server of our own leaves nothing behind."""

import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import text

from deployments.postgres import Postgres, postgres
from tasks.clients import Unavailable
from tasks.ledger import Ledger
from tests.databases import postgresql_copy
from tests.ledger.remote import CLOSE, KEY, Remote, run_out
from tests.ledger.saying import said_by


def test_a_server_that_restarts_between_two_steps_is_not_noticed(postgresql: Postgres) -> None:
    with postgresql_copy(postgresql) as url, Ledger(url, owner="test") as found:
        found.plan(KEY, CLOSE)
        postgresql.restart()

        assert Remote().once(found) == ("ts-1", True)


def test_a_server_that_crashes_within_a_step_undoes_the_step(postgresql: Postgres) -> None:
    with postgresql_copy(postgresql) as url, Ledger(url, owner="test") as found:
        found.plan("before", CLOSE)

        def broken() -> None:
            with found.session() as session:
                session.execute(text("UPDATE effect SET reason = 'half'"))
                postgresql.restart("immediate")
                session.execute(text("SELECT 1"))

        said = said_by(broken, Unavailable, postgresql.password, str(postgresql.port))

        assert "the connection was lost" in said
        assert found.effect("before").reason == ""


def test_while_the_ledger_is_away_nothing_is_sent(postgresql: Postgres) -> None:
    remote = Remote()
    with postgresql_copy(postgresql) as url, Ledger(url, owner="test") as found:
        found.plan(KEY, CLOSE)
        postgresql.stop()
        try:
            said_by(lambda: remote.once(found), Unavailable, postgresql.password)
        finally:
            postgresql.start()

    assert remote.made == []


def test_an_answer_that_comes_while_the_ledger_is_away_is_looked_for(postgresql: Postgres) -> None:
    remote = Remote()
    with postgresql_copy(postgresql) as url, Ledger(url, owner="test") as found:

        def send() -> str:
            made = remote.do()
            postgresql.stop()
            return made

        try:
            said_by(lambda: found.once(KEY, CLOSE, send, remote.find), Unavailable, postgresql.password)
        finally:
            postgresql.start()
        assert (found.effect(KEY).state, len(remote.made)) == ("sending", 1)
        run_out(found)
        assert remote.once(found) == ("ts-1", False)


def test_a_server_of_our_own_is_gone_with_its_context(postgresql: Postgres) -> None:
    with postgres() as server:
        home = server.home
        assert server.port != postgresql.port
    assert not home.exists()
    said_by(Ledger(server.url, owner="test").check, Unavailable, server.password)


def test_a_server_of_our_own_is_gone_with_who_started_it() -> None:
    """Killed, they end no context."""
    code = """
import os
from deployments.postgres import postgres
print(postgres().__enter__().home)
os.kill(os.getpid(), 9)
"""
    with subprocess.Popen([sys.executable, "-uc", code], stdout=subprocess.PIPE, text=True) as starting:  # noqa: S603
        assert starting.stdout is not None
        home = Path(starting.stdout.readline().strip())

    until = time.monotonic() + 20
    while home.exists():
        assert time.monotonic() < until, "it is still there"
        time.sleep(0.05)
