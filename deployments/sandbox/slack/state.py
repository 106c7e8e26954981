"""The memory of the pretend Slack. The Web API changes it, the page at /slack reads it."""

import itertools
from collections.abc import Callable
from datetime import datetime

from deployments.sandbox.slack.messages import signature, with_thread
from deployments.sandbox.slack.rates import TIERS, Rates
from deployments.sandbox.slack.records import (
    Conversation,
    JsonObject,
    StoredFile,
    as_micros,
    from_micros,
    to_micros,
)
from deployments.sandbox.slack.seed import App, Message, SlackSeed, Team, User
from deployments.sandbox.slack.shown import Eyes
from deployments.sandbox.slack.sockets import Sockets
from deployments.sandbox.slack.triggers import Triggers
from deployments.sandbox.slack.view_state import Views

IM_PEOPLE = 2


class UnusableSeed(ValueError):
    """What a pretend Slack should start with contradicts itself; the message says where."""


class SlackState:
    """All the pretend Slack knows. `now` is the sandbox's clock (aware UTC) and dates what is posted. With `tiers` it
    answers no more calls a minute than Slack does.

    Raises UnusableSeed for a message that is later than `now`, answers none before it, or takes the ts of another.
    """

    def __init__(self, seed: SlackSeed, now: Callable[[], datetime], *, tiers: bool = False) -> None:
        self.now = now
        self.rates = Rates(now, TIERS if tiers else {})
        self.home = seed.home
        self.teams: dict[str, Team] = {team.id: team for team in seed.teams}
        self.users: dict[str, User] = {user.id: user for user in seed.users}
        self.tokens: dict[str, str] = dict(seed.tokens)
        self.apps: tuple[App, ...] = seed.apps
        self.sockets = Sockets()
        self.triggers = Triggers(now)
        self.views = Views(lambda: now().timestamp())
        self.eyes = Eyes()
        self.files: dict[str, StoredFile] = {}
        self.conversations: dict[str, Conversation] = {}
        self._serial = itertools.count(1)
        self._last = 0
        for c in seed.channels:
            self.conversations[c.id] = Conversation(
                c.id,
                c.name,
                created=self._seconds(),
                members=list(c.members),
                topic=c.topic,
                purpose=c.purpose,
                is_private=c.is_private,
                is_im=c.is_im,
                is_archived=c.is_archived,
                connected_team_ids=c.connected_team_ids,
                pending_team_ids=c.pending_team_ids,
                is_org_shared=c.is_org_shared,
            )
        for message in sorted(seed.messages, key=_place):
            self._plant(message)

    def channels(self) -> list[Conversation]:
        """All channels by name, then the direct messages."""
        return sorted(self.conversations.values(), key=lambda c: (not c.is_channel, c.name, c.id))

    def messages(self, channel_id: str) -> list[JsonObject]:
        """What stands in the channel itself, broadcast replies included, oldest first; files are told by their ids.

        Raises KeyError if the channel is unknown.
        """
        conversation = self.conversations[channel_id]
        return [with_thread(m, conversation) for m in conversation.main()]

    def replies(self, channel_id: str, ts: str) -> list[JsonObject]:
        """The replies of that thread without its root, oldest first. KeyError if the channel is unknown."""
        conversation = self.conversations[channel_id]
        return [with_thread(m, conversation) for m in conversation.replies(ts)]

    def user(self, user_id: str) -> User | None:
        """The person or bot of that id."""
        return self.users.get(user_id)

    def team(self, team_id: str) -> Team | None:
        """The workspace of that id."""
        return self.teams.get(team_id)

    def app(self, *, bot: str = "", token: str = "", command: str = "") -> App | None:
        """The app of that bot, of that app-level token, or with that command."""
        return next((a for a in self.apps if a.bot == bot or a.token == token or command in a.commands), None)

    def file(self, file_id: str) -> StoredFile | None:
        """The file of that id, once its bytes have arrived."""
        stored = self.files.get(file_id)
        return stored if stored is not None and stored.ready else None

    def shared_with(self, user: User, other: User) -> bool:
        """True when both are in some conversation together."""
        return any(user.id in c.members and other.id in c.members for c in self.conversations.values())

    def next_ts(self) -> str:
        """The ts of what happens now; later than any given before, even when the clock has been set back."""
        self._last = max(to_micros(self.now()), self._last + 1)
        return from_micros(self._last)

    def post(self, conversation: Conversation, author: User, content: JsonObject) -> JsonObject:
        """Add a message of `author` with these fields; answers the message as it is kept."""
        message = self.unsent(author, content)
        if "thread_ts" in message:
            message["parent_user_id"] = conversation.messages[message["thread_ts"]]["user"]
        conversation.add(message)
        return message

    def unsent(self, author: User, content: JsonObject) -> JsonObject:
        """A message of `author` with these fields that stands in no conversation yet."""
        return {"type": "message", "ts": self.next_ts(), **signature(author, self.home), **content}

    def new_file(self, name: str, mimetype: str, owner: User) -> StoredFile:
        """A file whose bytes are still to come."""
        stored = StoredFile(self._next_id("F"), name, name, mimetype, owner.id, self._seconds())
        self.files[stored.id] = stored
        return stored

    def direct(self, opener: User, others: tuple[str, ...]) -> Conversation | None:
        """The direct message of exactly these people, if it has been opened."""
        people = {opener.id, *others}
        return next((c for c in self.conversations.values() if not c.is_channel and set(c.members) == people), None)

    def open_direct(self, opener: User, others: tuple[str, ...]) -> tuple[Conversation, bool]:
        """The direct message between these people, and whether it was there already."""
        found = self.direct(opener, others)
        if found is not None:
            return found, True
        people = list(dict.fromkeys((opener.id, *others)))
        is_mpim = len(people) > IM_PEOPLE
        opened = Conversation(
            self._next_id("G" if is_mpim else "D"),
            name=f"mpdm-{'--'.join(self.users[p].name for p in people)}-1" if is_mpim else "",
            created=self._seconds(),
            members=people,
            is_private=is_mpim,
            is_im=not is_mpim,
            is_mpim=is_mpim,
        )
        self.conversations[opened.id] = opened
        return opened, False

    def _next_id(self, prefix: str) -> str:
        return f"{prefix}9{next(self._serial):09d}"

    def _seconds(self) -> int:
        return int(self.now().timestamp())

    def _plant(self, seed: Message) -> None:
        """Put a message of the seed in its place; messages come in order of their ts."""
        conversation, author = self.conversations[seed.channel], self.users[seed.user]
        if as_micros(seed.ts) > to_micros(self.now()):
            raise _unusable(seed, f"is later than the sandbox's clock, {self.now():%Y-%m-%d %H:%M} UTC")
        if seed.ts in conversation.messages:
            raise _unusable(seed, "has the ts of another message there")
        message: JsonObject = {"type": "message", "ts": seed.ts, **signature(author, self.home), "text": seed.text}
        if not author.bot_id:
            message["client_msg_id"] = f"{seed.channel}-{seed.ts}".lower()
        subtype = seed.subtype or ("thread_broadcast" if seed.broadcast else "file_share" if seed.files else None)
        if subtype is not None:
            message["subtype"] = subtype
        if seed.thread_ts is not None and seed.thread_ts != seed.ts:
            if seed.thread_ts not in conversation.messages:
                raise _unusable(seed, f"answers {seed.thread_ts}, which is not there before it")
            message["thread_ts"] = seed.thread_ts
            message["parent_user_id"] = conversation.messages[seed.thread_ts]["user"]
        if seed.edited_ts is not None:
            message["edited"] = {"user": seed.user, "ts": seed.edited_ts}
        if seed.files:
            message |= {"files": [a.id for a in seed.files], "upload": False, "display_as_bot": False}
        for a in seed.files:
            created = as_micros(seed.ts) // 1_000_000
            self.files[a.id] = StoredFile(
                a.id, a.name, a.name, a.mimetype, seed.user, created, a.content, True, [(seed.channel, seed.ts)]
            )
        conversation.add(message)
        self._last = as_micros(seed.ts)


def _place(message: Message) -> int:
    try:
        return as_micros(message.ts)
    except ValueError:
        raise _unusable(message, "has no ts such as 1795447680.000000") from None


def _unusable(message: Message, why: str) -> UnusableSeed:
    return UnusableSeed(f"Slack message {message.ts} in channel {message.channel} {why}")
