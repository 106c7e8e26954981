"""Messages and files as Slack prints them when they are read."""

from collections.abc import Mapping
from pathlib import PurePath

from deployments.sandbox.slack.records import Conversation, JsonObject, StoredFile
from deployments.sandbox.slack.seed import Team, User

APP_ID = "A0SANDBOX"
ICON_SIZES = (36, 48, 72)
THREAD_FACES = 5
PRETTY_TYPES = {"csv": "CSV", "txt": "Plain Text", "png": "PNG", "pdf": "PDF", "json": "JSON", "log": "Plain Text"}


def signature(author: User, home: Team) -> JsonObject:
    """The fields by which a message tells who wrote it."""
    marks: JsonObject = {"user": author.id, "team": author.team_id}
    if author.bot_id:
        marks |= {"bot_id": author.bot_id, "app_id": APP_ID, "bot_profile": bot_profile(author)}
    if author.team_id != home.id:
        marks |= {"user_team": author.team_id, "source_team": author.team_id}
    return marks


def bot_profile(bot: User) -> JsonObject:
    """The short form of a bot that its messages carry."""
    return {
        "id": bot.bot_id,
        "app_id": APP_ID,
        "name": bot.real_name,
        "icons": bot_icons(),
        "deleted": bot.deleted,
        "updated": 0,
        "team_id": bot.team_id,
    }


def bot_icons() -> dict[str, str]:
    """Every bot looks the same here."""
    return {f"image_{size}": f"https://a.slack-edge.com/80588/img/plugins/app/bot_{size}.png" for size in ICON_SIZES}


def as_read(
    message: JsonObject, conversation: Conversation, files: Mapping[str, StoredFile], base: str, payloads: bool
) -> JsonObject:
    """The message as the Web API answers it; `base` is the address of the sandbox.

    Without `payloads` only the type of its metadata is shown.
    """
    shown = with_thread(message, conversation)
    if "files" in shown:
        shown["files"] = [file_object(files[file_id], conversation.is_private, base) for file_id in shown["files"]]
    if "metadata" in shown and not payloads:
        shown["metadata"] = {"event_type": shown["metadata"]["event_type"]}
    if "root" in shown:
        shown["root"] = as_read(shown["root"], conversation, files, base, payloads)
    return shown


def with_thread(message: JsonObject, conversation: Conversation) -> JsonObject:
    """A copy of the message with its place in a thread: a root counts its replies, a broadcast carries its root."""
    shown = dict(message)
    replies = conversation.replies(message["ts"])
    if replies:
        shown |= thread_summary(message["ts"], replies)
    root = conversation.messages.get(message.get("thread_ts", ""))
    if message.get("subtype") == "thread_broadcast" and root is not None:
        shown["root"] = with_thread(root, conversation)
    return shown


def thread_summary(root: str, replies: list[JsonObject]) -> JsonObject:
    """What a thread's root says about its replies; it names five people at most."""
    people = list(dict.fromkeys(reply["user"] for reply in replies))
    return {
        "thread_ts": root,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "latest_reply": replies[-1]["ts"],
        "reply_users": people[:THREAD_FACES],
        "subscribed": False,
    }


def file_object(stored: StoredFile, private: bool, base: str) -> JsonObject:
    """A file as messages and files.info show it. Its addresses lead to the sandbox's page."""
    kind = PurePath(stored.name).suffix.lstrip(".").lower() or "text"
    address = f"{base}slack/files/{stored.id}"
    channels = list(dict.fromkeys(channel for channel, _ in stored.shared))
    return {
        "id": stored.id,
        "created": stored.created,
        "timestamp": stored.created,
        "name": stored.name,
        "title": stored.title,
        "mimetype": stored.mimetype,
        "filetype": kind,
        "pretty_type": PRETTY_TYPES.get(kind, kind.upper()),
        "user": stored.user,
        "editable": stored.mimetype.startswith("text/"),
        "size": len(stored.content),
        "mode": "snippet" if stored.mimetype.startswith("text/") else "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": bool(channels) and not private,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        "shares": _shares(stored, private),
        "channels": [] if private else channels,
        "groups": channels if private else [],
        "ims": [],
        "has_rich_preview": False,
        "file_access": "visible",
    }


def _shares(stored: StoredFile, private: bool) -> JsonObject:
    places: dict[str, list[JsonObject]] = {}
    for channel, ts in stored.shared:
        places.setdefault(channel, []).append({"ts": ts, "share_user_id": stored.user})
    return {"private" if private else "public": places} if places else {}
