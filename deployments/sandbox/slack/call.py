"""One call of a Web API method: who calls, with which arguments."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from deployments.sandbox.slack.errors import SlackError, missing
from deployments.sandbox.slack.records import Conversation, JsonObject, as_micros
from deployments.sandbox.slack.seed import User
from deployments.sandbox.slack.state import SlackState

TRUE = {"1", "true", "yes", "on"}


@dataclass(frozen=True)
class Call:
    """A call as a method sees it. Arguments are text (a form, a query) or JSON values; `base` ends with a slash."""

    state: SlackState
    caller: User
    arguments: Mapping[str, Any]
    base: str

    def text(self, name: str, default: str = "") -> str:
        """The argument as text; the default when it is absent or null."""
        value = self.arguments.get(name)
        if value is None:
            return default
        if isinstance(value, dict | list):
            raise SlackError("invalid_arguments", (f"must be a string [json-pointer:/{name}]",))
        return str(value)

    def required(self, name: str) -> str:
        """The argument as text, which must be there."""
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def flag(self, name: str) -> bool:
        """The argument as a boolean: slack_sdk sends 1 and 0 in forms, true and false in JSON."""
        return self.text(name).lower() in TRUE

    def number(self, name: str, default: int) -> int:
        """The argument as a whole number."""
        value = self.text(name)
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            raise SlackError("invalid_arguments", (f"must be an integer [json-pointer:/{name}]",)) from None

    def decoded(self, name: str, refusal: str) -> Any:
        """The argument as JSON: forms carry it as text. None when absent; `refusal` when it is not JSON."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise SlackError(refusal) from None

    def timestamp(self, name: str, refusal: str) -> int | None:
        """The argument as microseconds; None when absent; `refusal` when it is no timestamp."""
        value = self.text(name)
        if not value:
            return None
        try:
            return as_micros(value)
        except ValueError:
            raise SlackError(refusal) from None

    def conversation(self, name: str = "channel") -> Conversation:
        """The conversation named by id, if the caller may know of it: private ones only show to members."""
        found = self.state.conversations.get(self.required(name))
        if found is None or not self.may_see(found):
            raise SlackError("channel_not_found")
        return found

    def joined(self, name: str = "channel") -> Conversation:
        """The conversation named by id, of which the caller is a member."""
        found = self.conversation(name)
        if self.caller.id not in found.members:
            raise SlackError("not_in_channel")
        return found

    def may_see(self, conversation: Conversation) -> bool:
        """Private channels and direct messages show to their members only."""
        is_open = conversation.is_channel and not conversation.is_private
        return is_open or self.caller.id in conversation.members


@dataclass(frozen=True)
class Method:
    """A Web API method, the arguments it knows, and whether it reads a JSON body (Slack drops JSON elsewhere)."""

    handler: Callable[[Call], JsonObject]
    arguments: tuple[str, ...] = ()
    reads_json: bool = False
