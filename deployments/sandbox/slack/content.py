"""What a message may say, however it comes: its text, blocks and attachments; and how one is taken away."""

from typing import Any

from deployments.sandbox.slack.blocks import checked
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.records import Conversation, JsonObject

TRUNCATED_AT = 40_000
MOST_ATTACHMENTS = 100


def content_of(
    text: str, blocks: Any, attachments: Any, longest: int = TRUNCATED_AT, *, truncate: bool = True
) -> JsonObject:
    """The content of a message as it is kept. Raises SlackError when Slack would refuse it.

    Text is kept as sent: escaping is the sender's business.
    """
    content: JsonObject = {"text": text}
    if blocks is not None:
        content["blocks"] = checked(blocks)
    if attachments is not None:
        content["attachments"] = _attachments(attachments)
    if not any(content.values()):
        raise SlackError("no_text")
    if len(text) > longest:
        if not truncate:
            raise SlackError("msg_too_long")
        content["text"] = text[:longest]
    return content


def body(told: JsonObject) -> JsonObject:
    """The content of a message that came as JSON: a response, or what an acknowledgement carried."""
    text = told.get("text") or ""
    if not isinstance(text, str):
        raise SlackError("invalid_arguments", ("must be a string [json-pointer:/text]",))
    return content_of(text, told.get("blocks"), told.get("attachments"))


def take_away(conversation: Conversation, ts: str) -> None:
    """Delete a message. The root of a thread leaves a tombstone so that its replies still hang together."""
    if not conversation.replies(ts):
        conversation.remove(ts)
        return
    conversation.messages[ts] = {
        "type": "message",
        "subtype": "tombstone",
        "text": "This message was deleted.",
        "user": "USLACKBOT",
        "hidden": True,
        "ts": ts,
        "thread_ts": ts,
    }


def _attachments(value: Any) -> list[JsonObject]:
    if not isinstance(value, list) or not all(isinstance(a, dict) for a in value):
        raise SlackError("invalid_attachments")
    if len(value) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    shown = []
    for number, attachment in enumerate(value, 1):
        blocks = {"blocks": checked(attachment["blocks"])} if "blocks" in attachment else {}
        fallback = attachment.get("fallback") or attachment.get("text") or "[no preview available]"
        shown.append({**attachment, **blocks, "id": number, "fallback": fallback})
    return shown
