"""Who wrote in Slack: people alone, and ours told from theirs by team and guest flags, never by e-mail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError

from tasks.slack_pages import Message, code

_SAID = {None, "file_share", "thread_broadcast", "me_message"}
_NOT_THERE = {"user_not_found", "user_not_visible"}


@dataclass(frozen=True)
class Person:
    """Somebody, by the name that Slack shows; ours are of our own workspace, and no guests in it."""

    name: str
    is_ours: bool


@dataclass
class People:
    """Everybody who was asked about, each once.

    info   what Slack tells of the person of that id (users.info)     home   id of our own workspace
    """

    info: Callable[[str], Mapping[str, Any]]
    home: str
    known: dict[str, Person] = field(default_factory=dict)

    def of(self, user: str) -> Person:
        """The person of that id. Whom Slack does not know keeps the id as a name, and is taken for a customer: who
        should be answered must not be overlooked. Raises SlackApiError."""
        if user not in self.known:
            self.known[user] = self._asked(user)
        return self.known[user]

    def _asked(self, user: str) -> Person:
        try:
            told = self.info(user)
        except SlackApiError as error:
            if code(error) not in _NOT_THERE:
                raise
            return Person(user, is_ours=False)
        is_guest = told.get("is_restricted") or told.get("is_ultra_restricted")
        name = str(told.get("real_name") or told.get("name") or user)
        return Person(name, is_ours=told.get("team_id") == self.home and not is_guest)


def is_said(message: Message) -> bool:
    """Whether a person said it: no bot did, nor Slack itself (joins, topics, what is left of a deleted one)."""
    is_of_a_bot = message.get("bot_id") or message.get("bot_profile")
    return bool(message.get("user")) and not is_of_a_bot and message.get("subtype") in _SAID
