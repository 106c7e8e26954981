"""Methods about reactions to messages."""

import re

from deployments.sandbox.slack.call import Call, Method
from deployments.sandbox.slack.chat import permalink
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.messages import as_read
from deployments.sandbox.slack.records import Conversation, JsonObject

EMOJI_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def add(call: Call) -> JsonObject:
    """React to a message."""
    conversation, message = _target(call)
    if conversation.is_archived:
        raise SlackError("is_archived")
    name = _name(call)
    reactions = message.setdefault("reactions", [])
    reaction = next((r for r in reactions if r["name"] == name), None)
    if reaction is None:
        reactions.append({"name": name, "users": [call.caller.id], "count": 1})
    elif call.caller.id in reaction["users"]:
        raise SlackError("already_reacted")
    else:
        reaction["users"].append(call.caller.id)
        reaction["count"] += 1
    return {}


def remove(call: Call) -> JsonObject:
    """Take one's reaction back."""
    _, message = _target(call)
    name = _name(call)
    reactions: list[JsonObject] = message.get("reactions", [])
    reaction = next((r for r in reactions if r["name"] == name and call.caller.id in r["users"]), None)
    if reaction is None:
        raise SlackError("no_reaction")
    reaction["users"].remove(call.caller.id)
    reaction["count"] -= 1
    kept = [r for r in reactions if r["count"]]
    if kept:
        message["reactions"] = kept
    else:
        del message["reactions"]
    return {}


def get(call: Call) -> JsonObject:
    """A message with its reactions."""
    conversation, message = _target(call)
    shown = as_read(message, conversation, call.state.files, call.base, payloads=False)
    shown["permalink"] = permalink(call, conversation, message)
    return {"type": "message", "channel": conversation.id, "message": shown}


def _target(call: Call) -> tuple[Conversation, JsonObject]:
    if not (call.text("channel") and call.text("timestamp")):
        raise SlackError("no_item_specified")
    call.timestamp("timestamp", "bad_timestamp")
    conversation = call.conversation()
    message = conversation.messages.get(call.text("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    return conversation, message


def _name(call: Call) -> str:
    name = call.required("name").strip(":")
    if not EMOJI_NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


_ITEM = ("channel", "timestamp")

METHODS = {
    "reactions.add": Method(add, (*_ITEM, "name"), reads_json=True),
    "reactions.remove": Method(remove, (*_ITEM, "name"), reads_json=True),
    "reactions.get": Method(get, (*_ITEM, "full")),
}
