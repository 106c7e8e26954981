"""Processes that a demo or a test starts and always ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

STOP_SECONDS = 20


class DidNotStartError(RuntimeError):
    """A process ended or stayed silent where it should have come up; the message ends with what it said."""


def free_port() -> int:
    """A port on 127.0.0.1 that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def running(
    module: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m …` in a process group of its own, writing to `log`; ended with the context."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *module],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    """Return when `ready` says so. Raises DidNotStartError when the process ends first, or after `seconds`."""
    until = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            raise DidNotStartError(f"{log.name} did not come up:\n{tail(log)}")
        time.sleep(0.2)


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(STOP_SECONDS if number != signal.SIGKILL else None)
            except subprocess.TimeoutExpired:
                continue
    # Flow runs are children in the same group; a server that ended may have left some.
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
