"""Runs that somebody started from Slack, followed until they end, so that this person is told how."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prefect.client.schemas.objects import State

from deployments.slack_prefect import ended
from tasks.clients import Refused, Unavailable

SECONDS = 2.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Followed:
    """A run, what people call its ritual, and who is told in which channel; `view` is the modal that shows it."""

    run: UUID
    title: str
    person: str
    channel: str
    view: str


class Follower:
    """Asks Prefect every two seconds, a thread for each run. What it follows is forgotten when this process ends; the
    run goes on, and is told of where its report stands."""

    def __init__(self, tell: Callable[[Followed, State[Any]], None]) -> None:
        self._tell = tell
        self._known = set[UUID]()
        self._lock = threading.Lock()
        self._closed = threading.Event()

    def follow(self, one: Followed) -> None:
        """From now on; once, however often it is asked for."""
        with self._lock:
            if one.run in self._known:
                return
            self._known.add(one.run)
        threading.Thread(target=self._go_on, args=(one,), name=f"follows {one.run}", daemon=True).start()

    def close(self) -> None:
        """Follow nothing any more."""
        self._closed.set()

    def _go_on(self, one: Followed) -> None:
        while not self._closed.wait(SECONDS):
            try:
                if (state := ended(one.run)) is not None:
                    self._tell(one, state)
                    return
            except Unavailable as away:
                log.info("run %s: %s", one.run, away)  # the next look may find it
            except Refused as gone:
                log.warning("run %s: %s", one.run, gone)
                return
