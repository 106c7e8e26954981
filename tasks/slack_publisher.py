"""Reports into a Slack channel, each once. A report has a key that travels in the message's metadata; it is looked for
before anything is posted, so a repeated run updates in place and a lost answer does not become a second message."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tasks.reports.blocks import Block
from tasks.reports.post import Post, Report, ReportFile
from tasks.slack_pages import Message, code, in_words, pages

EVENT = "ritual_report"
BLOCKS_REFUSED = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}


@dataclass(frozen=True)
class Delivery:
    """Where a report stands: its channel, its `ts` and link, and whether it replaced one of the same key."""

    channel: str
    ts: str
    link: str
    updated: bool


@dataclass(frozen=True)
class _Put:
    ts: str
    without_charts: bool  # Slack refused them, here or in this workspace


@dataclass
class Publisher:
    """Posts to one channel. `write` must not repeat a post by itself; `read` may."""

    write: WebClient
    read: WebClient
    channel: str

    def publish(self, report: Report, key: str, since: datetime) -> Delivery:
        """As the task of that name."""
        with in_words(self.channel):
            before = self._find(key, since)
            parent = self._put(report.parent, before, {"key": key})
            thread = list(pages(self.read.conversations_replies, self.channel, None, ts=parent.ts))
            self._thread(report.thread, parent.ts, thread, key)
            pictures = [report.picture()] if parent.without_charts and report.picture else []
            self._upload([*pictures, *report.files], parent.ts, thread)
            link = self.read.chat_getPermalink(channel=self.channel, message_ts=parent.ts)["permalink"]
        return Delivery(self.channel, parent.ts, str(link), before is not None)

    def posted(self, key: str, since: datetime) -> bool:
        """Whether a report of this key stands in the channel."""
        with in_words(self.channel):
            return self._find(key, since) is not None

    def say_once(self, text: str, key: str, since: datetime) -> None:
        """As the task of that name."""
        with in_words(self.channel):
            if not self._find(key, since):
                self._put(Post(text), None, {"key": key})

    def _find(self, key: str, since: datetime) -> Message | None:
        history = self.read.conversations_history
        return next((m for m in pages(history, self.channel, since) if _payload(m).get("key") == key), None)

    def _put(self, post: Post, before: Message | None, payload: Mapping[str, str], thread: str | None = None) -> _Put:
        """Post, or update `before`. Where Slack refuses the blocks: without charts, then as plain text."""
        charts = any(block["type"] == "data_visualization" for block in post.blocks)
        for number, lighter in enumerate((post, post.without_charts(), None)):
            text, blocks = (lighter.text, lighter.blocks) if lighter else (post.plain or post.text, [])
            try:
                return _Put(self._send(text, blocks, before, payload, thread), charts and number > 0)
            except SlackApiError as error:
                if code(error) not in BLOCKS_REFUSED or not blocks:
                    raise
        raise AssertionError("the plain text is the last variant and either posts or raises")

    def _send(
        self, text: str, blocks: list[Block], before: Message | None, payload: Mapping[str, str], thread: str | None
    ) -> str:
        content: dict[str, Any] = {
            "channel": self.channel,
            "text": text,
            "blocks": blocks,
            "metadata": {"event_type": EVENT, "event_payload": dict(payload)},
        }
        if before:
            return str(self.write.chat_update(ts=before["ts"], **content)["ts"])
        posted = self.write.chat_postMessage(thread_ts=thread, unfurl_links=False, unfurl_media=False, **content)
        return str(posted["ts"])

    def _thread(self, posts: Sequence[Post], parent: str, thread: Sequence[Message], key: str) -> None:
        stand = {_payload(m).get("part"): m for m in thread if "part" in _payload(m)}
        for number, post in enumerate(posts, start=1):
            part = f"{key}#{number}"
            self._put(post, stand.pop(part, None), {"part": part}, thread=parent)
        for surplus in stand.values():
            self.write.chat_delete(channel=self.channel, ts=surplus["ts"])

    def _upload(self, files: Sequence[ReportFile], parent: str, thread: Sequence[Message]) -> None:
        """The files that are not in the thread yet. A mark in the title tells one version from the next."""
        there = {file.get("title") for message in thread for file in message.get("files") or []}
        for file in files:
            title = f"{file.title} · {hashlib.sha256(file.content).hexdigest()[:6]}"
            if title not in there:
                self.write.files_upload_v2(
                    channel=self.channel, thread_ts=parent, content=file.content, filename=file.name, title=title
                )


def _payload(message: Message) -> Mapping[str, Any]:
    metadata = message.get("metadata") or {}
    return metadata.get("event_payload", {}) if metadata.get("event_type") == EVENT else {}
