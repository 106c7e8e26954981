"""What one person alone is shown: messages that only they see, failures, errors under the fields of a modal."""

from collections import defaultdict
from dataclasses import dataclass, field

from deployments.sandbox.slack.records import JsonObject

EPHEMERAL, FAILED, ERRORS, OPENED = "ephemeral", "failed", "errors", "opened"


@dataclass(frozen=True)
class Shown:
    """One thing a person was shown.

    ephemeral   a message, with its channel, ts and blocks     failed   what was tried failed; `error` is Slack's code
    errors      what is wrong in a modal, by block_id          opened   a link was opened; `text` is where it leads
    """

    kind: str
    text: str
    error: str = ""
    channel: str = ""
    ts: str = ""
    blocks: tuple[JsonObject, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)


class Eyes:
    """What everybody was shown, in order; and the messages that only one person sees, while they are there."""

    def __init__(self) -> None:
        self.shown: defaultdict[str, list[Shown]] = defaultdict(list)
        self._ephemeral: dict[tuple[str, str], JsonObject] = {}

    def show(self, user: str, what: Shown) -> None:
        """Somebody sees that."""
        self.shown[user].append(what)

    def whisper(self, user: str, channel: str, message: JsonObject) -> None:
        """Put a message into a channel for one person."""
        self._ephemeral[user, message["ts"]] = {**message, "channel": channel}
        blocks = tuple(message.get("blocks") or ())
        self.show(user, Shown(EPHEMERAL, message.get("text", ""), channel=channel, ts=message["ts"], blocks=blocks))

    def whispered(self, user: str, channel: str) -> list[JsonObject]:
        """What only that person sees there, oldest first."""
        return [m for (whose, _), m in sorted(self._ephemeral.items()) if whose == user and m["channel"] == channel]

    def ephemeral(self, user: str, channel: str, ts: str) -> JsonObject | None:
        """The message of that ts which only this person sees."""
        found = self._ephemeral.get((user, ts))
        return found if found is not None and found["channel"] == channel else None

    def replace(self, user: str, ts: str, content: JsonObject | None) -> None:
        """Give such a message another content, or take it away."""
        old = self._ephemeral.pop((user, ts))
        if content is not None:
            kept = {name: value for name, value in old.items() if name not in {"text", "blocks", "attachments"}}
            self.whisper(user, old["channel"], {**kept, **content})
