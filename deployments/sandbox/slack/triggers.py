"""What an interaction hands to the app: a trigger to open a modal with, and an address to respond to."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from deployments.sandbox.slack.errors import SlackError

TRIGGER_LIFE = timedelta(seconds=3)
URL_LIFE = timedelta(minutes=30)
URL_USES = 5
HOOKS = "/hooks/"
_FORM = re.compile(r"\d+\.\d+\.[0-9a-f]+")


@dataclass
class Trigger:
    """May be exchanged once. `root` is the modal stack in which it was made, "" for one made elsewhere."""

    user: str
    channel: str
    root: str
    made: datetime
    exchanged: bool = False


@dataclass
class ResponseUrl:
    """Where an app may respond: for whom, in which channel, about which message ("" for a command)."""

    user: str
    channel: str
    message: str
    thread: str
    bot: str
    made: datetime
    uses: int = 0


class Triggers:
    """Triggers and response addresses, by the sandbox's clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._serial = itertools.count(1000)
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}

    def trigger(self, user: str, channel: str = "", root: str = "") -> str:
        """A new trigger: its id."""
        trigger_id = f"{next(self._serial)}.{next(self._serial)}.{uuid4().hex}"
        self._triggers[trigger_id] = Trigger(user, channel, root, self._now())
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """The trigger of that id, now used up. Raises SlackError for one that is unknown, too old, or used before."""
        found = self._triggers.get(trigger_id) if _FORM.fullmatch(trigger_id) else None
        if found is None:
            raise SlackError("invalid_trigger_id")
        if found.exchanged:
            raise SlackError("exchanged_trigger_id")
        if self._now() - found.made > TRIGGER_LIFE:
            raise SlackError("expired_trigger_id")
        found.exchanged = True
        return found

    def response_url(self, base: str, kind: str, for_: ResponseUrl) -> str:
        """An address at which the app may respond; `kind` is commands or actions."""
        key = uuid4().hex
        self._urls[key] = for_
        return f"{base.rstrip('/')}{HOOKS}{kind}/{key}"

    def use(self, key: str) -> ResponseUrl:
        """What an address is for, counting the use. Raises SlackError: five uses within thirty minutes."""
        found = self._urls.get(key)
        if found is None:
            raise SlackError("invalid_url")
        if self._now() - found.made > URL_LIFE:
            raise SlackError("expired_url")
        if found.uses >= URL_USES:
            raise SlackError("used_url")
        found.uses += 1
        return found
