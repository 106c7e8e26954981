"""Runs in processes of their own: they race, and they are killed at a chosen step. What they do is a line in a file."""

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from deployments.migrate import migrate
from tasks.ledger import Busy, Ledger
from tests.ledger.remote import CLOSE

KILLED = 9


def in_processes(target: Callable[..., None], each: Sequence[Sequence[Any]]) -> list[int]:
    """How each ended: 0, or KILLED. All begin at once; arguments are what JSON can tell.

    They are forked from a fresh process: from this one, which has threads, a fork may hang.
    """
    order = json.dumps([target.__name__, each])
    ran = subprocess.run(  # noqa: S603 - this module
        [sys.executable, "-m", __name__, order], capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    return [int(code) for code in json.loads(ran.stdout)]


class Outside:
    """The other side as a file: one line an effect, appended at once."""

    def __init__(self, file: str) -> None:
        self.file = Path(file)
        self.file.touch()

    def made(self, key: str) -> list[str]:
        """The ids of what was made for the key."""
        lines = [line.split() for line in self.file.read_text(encoding="utf-8").splitlines()]
        return [made for of, made in lines if of == key]

    def do(self, key: str) -> str:
        """Make one more."""
        made = f"{os.getpid()}"
        with self.file.open("a", encoding="utf-8") as file:
            file.write(f"{key} {made}\n")
        return made

    def once(self, ledger: Ledger, key: str) -> str:
        """Have it made through the ledger."""
        done = ledger.once(key, CLOSE, lambda: self.do(key), lambda: next(iter(self.made(key)), None))
        return done.remote_id


def race(url: str, file: str, keys: Sequence[str]) -> None:
    """All keys; what another holds is left to it."""
    outside = Outside(file)
    with Ledger(url, owner=f"racer {os.getpid()}") as ledger:
        for key in keys:
            try:
                outside.once(ledger, key)
            except Busy:
                continue


def killed_at(url: str, file: str, key: str, step: int) -> None:
    """One effect, by a process that dies at its step number `step`: without a word, as by kill -9."""
    steps = iter(range(step))

    def count(_: str) -> None:
        if next(steps, None) is None:
            os._exit(KILLED)

    outside = Outside(file)

    def do() -> str:
        count("do:before")
        made = outside.do(key)
        count("do:after")
        return made

    with Ledger(url, owner="the dead", step=count) as ledger:
        ledger.once(key, CLOSE, do, lambda: None)
    os._exit(0)


def migrated(url: str, file: str) -> None:
    """The ledger is migrated, and what that says is a line of the file."""
    with Path(file).open("a", encoding="utf-8") as said:
        said.write(f"{migrate(url)}\n")


def migration_killed(url: str, table: int) -> None:
    """A migration that dies when it is about to make its table number `table`; of 0, when it has made all."""
    left = iter(range(1, table))

    def about_to(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if table and "CREATE TABLE" in statement and next(left, None) is None:
            os._exit(KILLED)

    event.listen(Engine, "before_cursor_execute", about_to)
    event.listen(Engine, "commit", lambda _: os._exit(KILLED))
    migrate(url)


def forked(url: str) -> None:
    """A parent that is connected, its child, and the parent again; ends with 1 if they shared a connection."""
    with Ledger(url, owner="parent") as ledger:
        before = connection(ledger)

        def child() -> None:
            ledger.plan("child", {})
            sys.exit(connection(ledger) is before)

        process = FORK.Process(target=child)
        process.start()
        process.join()
        ledger.plan("parent", {})
    sys.exit(process.exitcode)


def connection(ledger: Ledger) -> object:
    """What the next transaction will use."""
    with ledger.session() as session:
        return session.connection().connection.dbapi_connection


FORK = multiprocessing.get_context("fork")

if __name__ == "__main__":
    name, each = json.loads(sys.argv[1])
    started = [FORK.Process(target=globals()[name], args=arguments) for arguments in each]
    for process in started:
        process.start()
    for process in started:
        process.join()
    sys.stdout.write(json.dumps([process.exitcode for process in started]))
