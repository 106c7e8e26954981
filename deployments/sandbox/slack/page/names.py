"""Who and what the ids in a message stand for, and how they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

AVATAR_COLOURS = 12  # classes avatar-0 to avatar-11 of slack.css


@dataclass(frozen=True)
class Person:
    """Someone who writes. `badge` names what a reader must know: a customer's team, or a guest."""

    id: str
    name: str
    is_bot: bool = False
    badge: str = ""

    @property
    def initials(self) -> str:
        """The first letters of at most two words of the name."""
        return "".join(word[0] for word in self.name.split()[:2]).upper() or "?"

    @property
    def colour(self) -> int:
        """Which avatar colour: the same for the same id in every run."""
        return crc32(self.id.encode()) % AVATAR_COLOURS


@dataclass(frozen=True)
class Acting:
    """Whoever looks at the page may press: buttons belong to the form of that id, and are sent to that address with the
    fields that are hidden in the form."""

    form: str
    action: str
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Names:
    """What rendering looks up. `people` by user id and bot id, `channels` the name by id; `now` is an aware moment.

    `acting` makes buttons live; without, they only look so.
    """

    people: Mapping[str, Person]
    channels: Mapping[str, str]
    zone: ZoneInfo
    now: datetime
    acting: Acting | None = None

    def sender(self, message: Mapping[str, Any]) -> Person:
        """Who wrote the message; someone unknown is shown by what the message says of itself."""
        user, bot = str(message.get("user") or ""), str(message.get("bot_id") or "")
        known = self.people.get(user) or self.people.get(bot)
        if known:
            return known
        profile = message.get("bot_profile") or {}
        name = profile.get("name") or message.get("username") or user or bot or "Unknown sender"
        return Person(user or bot, str(name), is_bot=bool(bot))

    def local(self, ts: str | float) -> datetime:
        """A Slack timestamp (seconds since 1970) in the office time zone."""
        return datetime.fromtimestamp(float(ts), UTC).astimezone(self.zone)
