"""A PostgreSQL of our own on loopback, for tests and the demo: made anew, gone with the context."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg import sql

from deployments.processes import DidNotStartError, free_port, tail

PROGRAMS = "initdb", "pg_ctl", "postgres"
SECONDS = 60
ATTEMPTS = 3  # somebody else may take the port between the look and the start
# Ends the server with whoever started it, also when they are killed: its input ends with them.
AFTERWARDS = """
read -r _
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
for _ in $(seq 100); do [ -e "$1/data/postmaster.pid" ] || break; sleep 0.1; done
rm -rf "$1"
"""


@dataclass(frozen=True)
class Postgres:
    """A running server. `url` leads to its first database, as its superuser, with a password."""

    home: Path
    programs: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """Of the database `postgres`."""
        return self.database("postgres")

    def database(self, name: str) -> str:
        """The URL of another database."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{name}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database, empty or as a copy of another that nobody uses now; its URL."""
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self.database(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def restart(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """Every connection is lost; "immediate" is a crash, after which the server recovers from its log."""
        self.stop(mode)
        self.start()

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """Away, until `start`."""
        self._pg_ctl("stop", "-m", mode)

    def start(self) -> None:
        """Up, on the same port and with the same data. Raises DidNotStartError with what it said."""
        # Not on disk at once, which only a crash of the machine would show; a killed server loses nothing.
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -c unix_socket_directories= -c fsync=off"
        self._pg_ctl(
            "start", "-o", f"{options} -c shared_buffers=32MB -c max_connections=150 -c log_min_messages=error"
        )

    def _pg_ctl(self, *arguments: str) -> None:
        log = self.home / "log"
        command = ["pg_ctl", "-D", str(self.home / "data"), "-l", str(log), "-w", "-t", str(SECONDS), "-s", *arguments]
        if _as_its_user(self.home, self.programs, command).returncode != 0:
            raise DidNotStartError(f"PostgreSQL did not {arguments[0]}:\n{tail(log) if log.exists() else ''}")

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def programs() -> Path | None:
    """The directory of PostgreSQL's programs, the newest where there are several; None where there is no PostgreSQL."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = [*([Path(on_path).parent] if on_path else []), *debian]
    return next((path for path in found if all((path / name).exists() for name in PROGRAMS)), None)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server with a directory of its own. Raises DidNotStartError, also where PostgreSQL is not installed.

    PostgreSQL refuses to run as root, so root runs it as the user that its package makes.
    """
    found = programs()
    if found is None:
        raise DidNotStartError("There is no PostgreSQL here: install it (Debian: apt-get install postgresql).")
    home = Path(tempfile.mkdtemp(prefix="revenue-rituals-postgresql-"))
    with _removed_afterwards(home):
        if os.getuid() == 0:
            _give_away(home)
        yield _started(home, found)


@contextmanager
def _removed_afterwards(home: Path) -> Iterator[None]:
    with subprocess.Popen(  # noqa: S603 - our own words
        ["sh", "-c", AFTERWARDS, "afterwards", str(home)],  # noqa: S607
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    ):
        yield


def _started(home: Path, found: Path) -> Postgres:
    password, file = secrets.token_urlsafe(18), home / "password"
    file.touch(0o600)
    file.write_text(password, encoding="utf-8")
    if os.getuid() == 0:
        _give_away(file)
    command = ["initdb", "-D", str(home / "data"), "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"]
    made = _as_its_user(home, found, [*command, "--auth=scram-sha-256", "--pwfile", str(file)])
    if made.returncode != 0:
        raise DidNotStartError(f"initdb failed:\n{made.stdout}")
    for left in reversed(range(ATTEMPTS)):
        server = Postgres(home, found, free_port(), password)
        try:
            server.start()
        except DidNotStartError:
            if not left:
                raise
        else:
            break
    return server


def _give_away(path: Path) -> None:
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise DidNotStartError("PostgreSQL refuses to run as root, and there is no user `postgres`.") from None
    os.chown(path, user.pw_uid, user.pw_gid)


def _as_its_user(home: Path, found: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    other: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    with (home / "said").open("w+", encoding="utf-8") as said:  # a pipe would be held open by the server itself
        ran = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            [str(found / command[0]), *command[1:]],
            cwd=home,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            check=False,
            **other,
        )
        said.seek(0)
        return subprocess.CompletedProcess(ran.args, ran.returncode, said.read())
