"""The things the pretend Slack keeps, and its timestamps."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

# Messages are kept as dicts in Slack's own shape: their fields differ with every kind of message.
JsonObject = dict[str, Any]

MICROS = 1_000_000


@dataclass
class Conversation:
    """A channel or a direct message. `messages` by ts, in that order; thread replies are among them."""

    id: str
    name: str
    created: int
    members: list[str]
    topic: str = ""
    purpose: str = ""
    is_private: bool = False
    is_archived: bool = False
    is_im: bool = False
    is_mpim: bool = False
    connected_team_ids: tuple[str, ...] = ()
    pending_team_ids: tuple[str, ...] = ()
    is_org_shared: bool = False
    messages: dict[str, JsonObject] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_channel(self) -> bool:
        """False for direct messages."""
        return not (self.is_im or self.is_mpim)

    def add(self, message: JsonObject) -> None:
        """Keep a message that is later than all others."""
        ts, root = message["ts"], message.get("thread_ts")
        self.messages[ts] = message
        if root is not None and root != ts:
            self.threads.setdefault(root, []).append(ts)

    def remove(self, ts: str) -> None:
        """Forget a message that has no replies."""
        root = self.messages.pop(ts).get("thread_ts")
        if root is not None and root in self.threads:
            self.threads[root].remove(ts)

    def main(self) -> list[JsonObject]:
        """What stands in the channel itself, broadcast replies included, oldest first."""
        return [m for ts, m in self.messages.items() if not is_reply(m) or m.get("subtype") == "thread_broadcast"]

    def replies(self, root: str) -> list[JsonObject]:
        """The replies of that root, oldest first."""
        return [self.messages[ts] for ts in self.threads.get(root, ())]


@dataclass
class StoredFile:
    """A file; `shared` lists where: (channel id, ts of the message). `ready` once its bytes have arrived."""

    id: str
    name: str
    title: str
    mimetype: str
    user: str
    created: int
    content: bytes = b""
    ready: bool = False
    shared: list[tuple[str, str]] = field(default_factory=list)


def is_reply(message: JsonObject) -> bool:
    """True for a message inside a thread, other than its root."""
    return bool(message.get("thread_ts", message["ts"]) != message["ts"])


def as_micros(ts: str) -> int:
    """A ts as a number that compares exactly; a float would lose its last digits. Raises ValueError."""
    seconds, _, fraction = ts.partition(".")
    if not (seconds.isdecimal() and (fraction or "0").isdecimal()):
        raise ValueError(f"not a Slack timestamp: {ts!r}")
    return int(seconds) * MICROS + int(f"{fraction:0<6.6}")


def from_micros(micros: int) -> str:
    """The ts of a number of microseconds since 1970."""
    return f"{micros // MICROS}.{micros % MICROS:06d}"


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    utc = moment.astimezone(UTC)
    return int(utc.replace(microsecond=0).timestamp()) * MICROS + utc.microsecond
