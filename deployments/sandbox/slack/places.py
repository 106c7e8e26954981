"""Where a person is in Slack, and what they can press there."""

from dataclasses import dataclass
from typing import Any

from deployments.sandbox.slack.inputs import CannotError, Listed
from deployments.sandbox.slack.records import Conversation, JsonObject
from deployments.sandbox.slack.seed import User
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.slack.view_blocks import elements_of

Element = tuple[JsonObject, JsonObject]  # the block, and what stands in it


@dataclass(frozen=True)
class Desk:
    """A person before their Slack; `base` is the address of the sandbox, http://127.0.0.1:PORT/."""

    state: SlackState
    base: str
    user: User


@dataclass(frozen=True)
class Spot:
    """Something in a message that can be pressed or chosen from."""

    conversation: Conversation
    message: JsonObject
    block: JsonObject
    element: JsonObject


def desk(state: SlackState, base: str, user_id: str) -> Desk:
    """The desk of that person. Raises CannotError for a bot, and for one who has left."""
    user = state.user(user_id)
    if user is None or user.is_bot or user.deleted:
        raise CannotError(f"{user_id} is nobody who can act here")
    return Desk(state, base, user)


def place(at: Desk, channel: str) -> Conversation:
    """A conversation that the person sees. Raises CannotError."""
    found = at.state.conversations.get(channel)
    if found is None or not sees(at.state, at.user, found):
        raise CannotError(f"{at.user.name} does not see {channel}")
    return found


def sees(state: SlackState, user: User, conversation: Conversation) -> bool:
    """Members see it; of the public channels of our workspace all who belong to it do, but for guests."""
    of_ours = user.team_id == state.home.id and not (user.is_restricted or user.is_ultra_restricted)
    is_open = conversation.is_channel and not conversation.is_private
    return user.id in conversation.members or (of_ours and is_open)


def listed(at: Desk) -> Listed:
    """Which ids the menus of people and conversations offer to that person."""

    def offers(kind: str, id_: str) -> bool:
        if kind == "users":
            found = at.state.user(id_)
            return found is not None and not found.deleted and found.team_id == at.state.home.id
        conversation = at.state.conversations.get(id_)
        if conversation is None or not sees(at.state, at.user, conversation):
            return False
        return kind == "conversations" or (conversation.is_channel and not conversation.is_private)

    return offers


def spot(at: Desk, channel: str, ts: str, wanted: str) -> Spot:
    """What has that action id or label in a message that the person sees there, be it one that only they see.

    Raises CannotError.
    """
    conversation = place(at, channel)
    found = conversation.messages.get(ts) or at.state.eyes.ephemeral(at.user.id, channel, ts)
    if found is None:
        raise CannotError(f"{at.user.name} sees no message {ts} in {channel}")
    return Spot(conversation, found, *element_in(_blocks(found), wanted))


def element_in(blocks: list[JsonObject], wanted: str) -> Element:
    """What has that action id, that text or that placeholder. Raises CannotError when there is none, or several."""
    there = [(block, one) for block, one in _named(blocks) if one["type"] != "image"]
    by_id = [pair for pair in there if pair[1]["action_id"] == wanted]
    found = by_id or [pair for pair in there if wanted in _labels(pair[1])]
    if not found:
        seen = ", ".join(" / ".join(dict.fromkeys((one["action_id"], *_labels(one)))) for _, one in there)
        raise CannotError(f"there is no {wanted!r}; there are: {seen or 'none'}")
    if len(found) > 1:
        raise CannotError(f"there are {len(found)} of {wanted!r}: say which by its action id")
    return found[0]


def _named(blocks: list[JsonObject]) -> list[Element]:
    """Everything that can be pressed, with the ids that Slack makes up where the app gave none."""
    return [
        (block, {"action_id": f"a{number}", **one})
        for block in blocks
        for number, one in enumerate(elements_of(block))
        if block["type"] != "input"
    ]


def _labels(element: JsonObject) -> list[str]:
    texts: list[Any] = [element.get("text"), element.get("placeholder")]
    return [text["text"] for text in texts if text]


def field_in(blocks: list[JsonObject], wanted: str) -> Element:
    """The field with that label, block id or action id. Raises CannotError when there is none, or several."""
    fields = [(block, block["element"]) for block in blocks if block["type"] == "input"]
    found = [
        (block, one) for block, one in fields if wanted in (block["block_id"], one["action_id"], block["label"]["text"])
    ]
    if not found:
        seen = ", ".join(block["label"]["text"] for block, _ in fields)
        raise CannotError(f"there is no field {wanted!r}; there are: {seen or 'none'}")
    if len(found) > 1:
        raise CannotError(f"there are {len(found)} fields {wanted!r}: say which by its block id")
    return found[0]


def _blocks(message: JsonObject) -> list[JsonObject]:
    """The blocks of a message and of its attachments."""
    inner = [block for one in message.get("attachments") or () for block in one.get("blocks") or ()]
    return [*(message.get("blocks") or ()), *inner]
