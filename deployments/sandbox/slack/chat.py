"""Methods that write messages."""

from deployments.sandbox.slack.blocks import checked
from deployments.sandbox.slack.call import Call, Method
from deployments.sandbox.slack.content import TRUNCATED_AT, content_of, take_away
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.messages import as_read
from deployments.sandbox.slack.records import Conversation, JsonObject, is_reply

UPDATED_TEXT = 4_000
MARKDOWN_TEXT = 12_000


def post_message(call: Call) -> JsonObject:
    """Post into a channel by id or name, into a thread, or to a person."""
    conversation = _destination(call)
    content = _content(call, TRUNCATED_AT, truncate=True)
    if call.text("thread_ts"):
        content |= {"thread_ts": _root(call, conversation)}
        if call.flag("reply_broadcast"):
            content["subtype"] = "thread_broadcast"
    metadata = _metadata(call)
    if metadata:
        content["metadata"] = metadata
    if call.text("username"):
        content |= {"username": call.text("username"), "subtype": content.get("subtype", "bot_message")}
    message = call.state.post(conversation, call.caller, content)
    return {"channel": conversation.id, "ts": message["ts"], "message": _shown(call, conversation, message)}


def update(call: Call) -> JsonObject:
    """Change one's own message. Blocks, attachments and metadata that are not sent stay as they are."""
    conversation, message = _own_message(call, "cant_update_message")
    if conversation.is_archived:
        raise SlackError("is_inactive")
    content = _content(call, UPDATED_TEXT)
    metadata = _metadata(call)
    for name in ("blocks", "attachments"):
        if content.get(name) == []:
            message.pop(name, None)
            del content[name]
    if metadata == {}:
        message.pop("metadata", None)
    elif metadata:
        content["metadata"] = metadata
    message |= {**content, "edited": {"user": call.caller.id, "ts": call.state.next_ts()}}
    shown = _shown(call, conversation, message)
    return {"channel": conversation.id, "ts": message["ts"], "text": message["text"], "message": shown}


def delete(call: Call) -> JsonObject:
    """Delete one's own message."""
    conversation, message = _own_message(call, "cant_delete_message")
    ts = message["ts"]
    take_away(conversation, ts)
    return {"channel": conversation.id, "ts": ts}


def get_permalink(call: Call) -> JsonObject:
    """The address of a message; the sandbox leads it to its page."""
    conversation = call.conversation()
    message = conversation.messages.get(call.required("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    return {"channel": conversation.id, "permalink": permalink(call, conversation, message)}


def post_ephemeral(call: Call) -> JsonObject:
    """A message for one member, which history never shows."""
    conversation = call.joined()
    if conversation.is_archived:
        raise SlackError("is_archived")
    reader = call.required("user")
    if reader not in conversation.members:
        raise SlackError("user_not_in_channel")
    content = _content(call, TRUNCATED_AT, truncate=True)
    if call.text("thread_ts"):
        content["thread_ts"] = _root(call, conversation)
    message = call.state.unsent(call.caller, content)
    call.state.eyes.whisper(reader, conversation.id, message)
    return {"message_ts": message["ts"]}


def permalink(call: Call, conversation: Conversation, message: JsonObject) -> str:
    """The address of a message, as Slack forms it."""
    address = f"{call.base}archives/{conversation.id}/p{message['ts'].replace('.', '')}"
    root = message.get("thread_ts")
    return f"{address}?thread_ts={root}&cid={conversation.id}" if root is not None and is_reply(message) else address


def _destination(call: Call) -> Conversation:
    """The channel to post to: an id, a name with or without #, or a person's id for a direct message."""
    wanted = call.required("channel")
    if wanted in call.state.users and wanted != call.caller.id:
        return call.state.open_direct(call.caller, (wanted,))[0]
    named = next((c for c in call.state.channels() if c.is_channel and c.name == wanted.removeprefix("#")), None)
    conversation = named if named is not None and call.may_see(named) else call.conversation()
    if conversation.is_archived:
        raise SlackError("is_archived")
    if call.caller.id not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


def _content(call: Call, longest: int, *, truncate: bool = False) -> JsonObject:
    """The text, blocks and attachments that were sent."""
    if call.flag("as_user"):
        raise SlackError("as_user_not_supported")
    markdown = call.text("markdown_text")
    if markdown:
        return _markdown(call, markdown)
    blocks = call.decoded("blocks", "invalid_blocks_format")
    attachments = call.decoded("attachments", "invalid_attachments")
    return content_of(call.text("text"), blocks, attachments, longest, truncate=truncate)


def _markdown(call: Call, markdown: str) -> JsonObject:
    if call.text("text") or call.decoded("blocks", "invalid_blocks_format"):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > MARKDOWN_TEXT:
        raise SlackError("msg_too_long")
    return {"text": markdown, "blocks": checked([{"type": "markdown", "text": markdown}])}


def _metadata(call: Call) -> JsonObject | None:
    """The metadata that was sent: None without, {} to remove it."""
    value = call.decoded("metadata", "invalid_metadata_format")
    if value is None:
        return None
    if value == {}:
        return {}
    is_whole = isinstance(value, dict) and set(value) == {"event_type", "event_payload"}
    if not is_whole or not isinstance(value["event_type"], str) or not isinstance(value["event_payload"], dict):
        raise SlackError("invalid_metadata_format")
    return {"event_type": value["event_type"], "event_payload": value["event_payload"]}


def _root(call: Call, conversation: Conversation) -> str:
    """The ts of the thread to reply to, which must be that of a root."""
    call.timestamp("thread_ts", "invalid_thread_ts")
    root = conversation.messages.get(call.text("thread_ts"))
    if root is None:
        raise SlackError("thread_not_found")
    if is_reply(root):
        raise SlackError("cannot_reply_to_message")
    return str(root["ts"])


def _own_message(call: Call, refusal: str) -> tuple[Conversation, JsonObject]:
    conversation = call.conversation()
    message = conversation.messages.get(call.required("ts"))
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message["user"] != call.caller.id:
        raise SlackError(refusal)
    return conversation, message


def _shown(call: Call, conversation: Conversation, message: JsonObject) -> JsonObject:
    return as_read(message, conversation, call.state.files, call.base, payloads=True)


_BODY = ("attachments", "blocks", "channel", "link_names", "markdown_text", "metadata", "parse", "text", "as_user")
_LOOK = ("icon_emoji", "icon_url", "username", "thread_ts")

METHODS = {
    "chat.postMessage": Method(
        post_message, (*_BODY, *_LOOK, "mrkdwn", "reply_broadcast", "unfurl_links", "unfurl_media"), reads_json=True
    ),
    "chat.update": Method(update, (*_BODY, "ts"), reads_json=True),
    "chat.delete": Method(delete, ("channel", "ts", "as_user"), reads_json=True),
    "chat.getPermalink": Method(get_permalink, ("channel", "message_ts")),
    "chat.postEphemeral": Method(post_ephemeral, (*_BODY, *_LOOK, "user"), reads_json=True),
}
