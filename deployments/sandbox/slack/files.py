"""Methods about files: an upload in three steps, as files_upload_v2 of slack_sdk takes them."""

import mimetypes
from typing import Any

from deployments.sandbox.slack.blocks import checked
from deployments.sandbox.slack.call import Call, Method
from deployments.sandbox.slack.errors import SlackError, missing
from deployments.sandbox.slack.messages import file_object
from deployments.sandbox.slack.records import Conversation, JsonObject, StoredFile, is_reply

UPLOAD_PATH = "api/upload/v1/"
MOST_CHANNELS = 100
LONGEST_ALT_TEXT = 1000


def get_upload_url(call: Call) -> JsonObject:
    """Step one: an address to which the bytes are posted."""
    name = call.required("filename")
    if call.number("length", 0) <= 0:
        raise SlackError("missing_argument")
    if len(call.text("alt_txt")) > LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    mimetype = mimetypes.guess_type(name)[0] or "text/plain"
    stored = call.state.new_file(name, mimetype, call.caller)
    return {"upload_url": f"{call.base}{UPLOAD_PATH}{stored.id}", "file_id": stored.id}


def complete_upload(call: Call) -> JsonObject:
    """Step three: name the files and share them, one message a channel; without a channel they stay private."""
    files = _uploaded(call)
    channels = [c.strip() for c in (call.text("channel_id") or call.text("channels")).split(",") if c.strip()]
    if len(channels) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    places = [_place(call, channel) for channel in channels]
    content = _comment(call)
    thread = call.text("thread_ts")
    for place in places:
        if thread and (thread not in place.messages or is_reply(place.messages[thread])):
            raise SlackError("thread_not_found")
    for stored, title in files:
        stored.title = title
    for place in places:
        _share(call, place, [stored for stored, _ in files], content, thread)
    private = all(place.is_private for place in places)
    return {"files": [file_object(stored, private, call.base) for stored, _ in files]}


def info(call: Call) -> JsonObject:
    """One file, for its owner and for those who are where it is shared."""
    stored = call.state.file(call.required("file"))
    if stored is None:
        raise SlackError("file_not_found")
    places = [call.state.conversations[channel] for channel, _ in stored.shared]
    if stored.user != call.caller.id and not any(call.may_see(place) for place in places):
        raise SlackError("file_not_found")
    private = all(place.is_private for place in places)
    shown = file_object(stored, private, call.base)
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def _uploaded(call: Call) -> list[tuple[StoredFile, str]]:
    """The files of the call, whose bytes have arrived, with their titles."""
    listed = call.decoded("files", "invalid_arguments")
    if not listed:
        raise missing("files")
    if not isinstance(listed, list) or not all(isinstance(f, dict) and "id" in f for f in listed):
        raise SlackError("invalid_arguments", ("must be an array of objects with an id [json-pointer:/files]",))
    return [_uploaded_file(call, described) for described in listed]


def _uploaded_file(call: Call, described: dict[str, Any]) -> tuple[StoredFile, str]:
    stored = call.state.file(str(described["id"]))
    if stored is None:
        raise SlackError("file_not_found")
    if stored.user != call.caller.id:
        raise SlackError("access_denied")
    return stored, str(described.get("title") or stored.name)


def _place(call: Call, channel: str) -> Conversation:
    if channel in call.state.users:
        return call.state.open_direct(call.caller, (channel,))[0]
    place = call.state.conversations.get(channel)
    if place is None or not call.may_see(place):
        raise SlackError("channel_not_found")
    if call.caller.id not in place.members:
        raise SlackError("not_in_channel")
    if place.is_archived:
        raise SlackError("posting_to_channel_denied")
    return place


def _comment(call: Call) -> JsonObject:
    content: JsonObject = {"text": call.text("initial_comment")}
    blocks = call.decoded("blocks", "invalid_blocks")
    return content if blocks is None else {**content, "blocks": checked(blocks)}


def _share(call: Call, place: Conversation, files: list[StoredFile], content: JsonObject, thread: str) -> None:
    sharing = {**content, "subtype": "file_share", "files": [f.id for f in files], "upload": True}
    sharing |= {"display_as_bot": False, **({"thread_ts": thread} if thread else {})}
    message = call.state.post(place, call.caller, sharing)
    for stored in files:
        stored.shared.append((place.id, message["ts"]))


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, ("filename", "length", "alt_txt", "snippet_type")),
    "files.completeUploadExternal": Method(
        complete_upload,
        ("files", "channel_id", "channels", "thread_ts", "initial_comment", "blocks"),
        reads_json=True,
    ),
    "files.info": Method(info, ("file", "count", "cursor", "limit", "page")),
}
