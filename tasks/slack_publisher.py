"""Reports into a Slack channel, each message once.

What was posted is in the ledger, and its key travels in the message's metadata. What the ledger knows is updated in
place, without a look at the channel. What it does not know is looked for before it is posted, so that neither a lost
answer nor a lost ledger becomes a second message.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tasks.ledger import Ledger
from tasks.ledger_posts import Posts
from tasks.reports.blocks import Block
from tasks.reports.post import Post, Report, ReportFile
from tasks.slack_pages import Message, code, in_words, pages

EVENT = "ritual_report"
BLOCKS_REFUSED = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
GONE = {"message_not_found", "thread_not_found"}
UPDATED_TEXT = 4_000  # what chat.update takes; chat.postMessage takes ten times as much
LONGEST_KEY, LONGEST_FILE_NAME = 160, 60  # in the name of an effect, which may have 300 characters


@dataclass(frozen=True)
class Delivery:
    """Where a message stands: its channel, its `ts` and link, and whether it replaced one of the same key."""

    channel: str
    ts: str
    link: str
    updated: bool


@dataclass(frozen=True)
class _Put:
    ts: str
    fresh: bool  # posted now, so that nothing can stand below it yet
    without_charts: bool  # Slack refused them, here or in this workspace


@dataclass(frozen=True)
class _Spot:
    """Where a message stands or goes: in the channel, since a moment, or in a thread. `before` is what was there when
    it was read last, None when it was not."""

    since: datetime | None = None
    thread: str | None = None
    before: Sequence[Message] | None = None


Match = Callable[[Iterable[Message]], str | None]


@dataclass
class Publisher:
    """Posts to one channel and remembers it in the ledger. `write` must not repeat a post by itself; `read` may.
    `dressed` makes the blocks that are shown of those that were rendered, which are remembered."""

    write: WebClient
    read: WebClient
    channel: str
    ledger: Ledger
    dressed: Callable[[list[Block]], list[Block]] = list

    def publish(self, report: Report, key: str, since: datetime, shown: Post | None = None) -> Delivery:
        """As the task of that name."""
        with in_words(self.channel):
            parent = self._stand(self._name(key), shown or report.parent, {"key": key}, _Spot(since))
            link = self._remember(key, parent.ts, report.parent)
            pictures = [report.picture()] if parent.without_charts and report.picture else []
            self._under(parent, report.thread, [*pictures, *report.files], key)
        return Delivery(self.channel, parent.ts, link, not parent.fresh)

    def posted(self, key: str, since: datetime) -> bool:
        """Whether a report of this key was posted, as far as the ledger or the channel know."""
        with in_words(self.channel):
            return bool(self._known(self._name(key)) or _ts_of({"key": key}, self._messages(_Spot(since))))

    def say_once(self, text: str, key: str, since: datetime) -> None:
        """As the task of that name."""
        payload = {"key": key}
        self._once(
            self._name(key), lambda: self._put(Post(text), None, payload).ts, partial(_ts_of, payload), _Spot(since)
        )

    def reply(self, report_key: str, post: Post, key: str, since: datetime) -> Delivery:
        """Post one reply of its own `key` in the thread of a report, or bring it up to date; later runs of the report
        leave it alone. It goes to the channel itself where the report was never posted, or somebody deleted it.

        Neither can have been posted before `since` (aware).
        """
        with in_words(self.channel):
            is_in_channel = self.ledger.effect(self._name(key)) is not None
            spot = _Spot(since) if is_in_channel else self._thread_of(report_key, since)
            put = self._stand(self._name(key, spot.thread), post, {"key": key}, spot)
            return Delivery(self.channel, put.ts, self._link(put.ts), not put.fresh)

    def rewrite(self, report_key: str, change: Callable[[Post], Post]) -> Delivery | None:
        """Show the parent of the report as `change` makes it of the original, which stays remembered as it is.

        None when no such report is known here, or when somebody deleted it. Raises Unavailable or Refused.
        """
        original = Posts(self.ledger).at(self._name(report_key))
        if original is None:
            return None
        shown = change(Post(original.text, original.blocks))
        with in_words(self.channel):
            try:
                self._put(shown, original.ts, {"key": report_key})
            except SlackApiError as error:
                if code(error) in GONE:
                    return None
                raise
        return Delivery(self.channel, original.ts, original.link, updated=True)

    def _name(self, key: str, thread: str | None = None) -> str:
        """Of the effect that posts it. With its channel, so that a report can go to a test channel first; with its
        thread, so that nothing of a parent that somebody deleted is taken for a part of the next one."""
        if len(key) > LONGEST_KEY:  # a team's name can be long
            key = f"{key[:LONGEST_KEY]}~{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        return ":".join(["slack", self.channel, *([thread] if thread else []), key])

    def _known(self, name: str) -> str | None:
        effect = self.ledger.effect(name)
        return effect.remote_id if effect else None

    def _stand(self, name: str, post: Post, payload: Mapping[str, str], spot: _Spot) -> _Put:
        """Make the message of that name say `post`."""
        known = self._known(name)
        if known:
            try:
                return self._put(post, known, payload)
            except SlackApiError as error:
                if code(error) not in GONE:
                    raise
            if self._known(name) == known:  # else another run has posted it anew meanwhile
                self.ledger.forget(name)
        made: list[_Put] = []

        def do() -> str:
            made.append(self._put(post, None, payload, spot.thread))
            return made[0].ts

        ts = self._once(name, do, partial(_ts_of, payload), spot)
        return made[0] if made else self._put(post, ts, payload)

    def _once(self, name: str, do: Callable[[], str], match: Match, spot: _Spot) -> str:
        """Do it once; the id that Slack gave it. Where the ledger knows of no attempt, there may be one from before it
        was begun or lost, so that `spot` is looked at in any case."""

        def attempt() -> str:
            with in_words(self.channel):
                stands = self._messages(spot) if spot.before is None else spot.before
                return (match(stands) if is_unknown else None) or do()

        def find() -> str | None:
            with in_words(self.channel):
                return match(self._messages(spot))

        is_unknown = self.ledger.effect(name) is None
        return self.ledger.once(name, {"channel": self.channel}, attempt, find).remote_id

    def _put(self, post: Post, ts: str | None, payload: Mapping[str, str], thread: str | None = None) -> _Put:
        """Post, or update `ts`. Where Slack refuses the blocks: without charts, then as plain text."""
        charts = any(block["type"] == "data_visualization" for block in post.blocks)
        for number, lighter in enumerate((post, post.without_charts(), None)):
            text, blocks = (lighter.text, lighter.blocks) if lighter else (post.plain or post.text, [])
            try:
                sent = self._send(text, blocks, ts, payload, thread)
                return _Put(sent, fresh=ts is None, without_charts=charts and number > 0)
            except SlackApiError as error:
                if code(error) not in BLOCKS_REFUSED or not blocks:
                    raise
        raise AssertionError("the plain text is the last variant and either posts or raises")

    def _send(
        self, text: str, blocks: list[Block], ts: str | None, payload: Mapping[str, str], thread: str | None
    ) -> str:
        content: dict[str, Any] = {
            "channel": self.channel,
            "text": text if ts is None else _lines_within(UPDATED_TEXT, text),
            "blocks": self.dressed(blocks),
            "metadata": {"event_type": EVENT, "event_payload": dict(payload)},
        }
        if ts:
            return str(self.write.chat_update(ts=ts, **content)["ts"])
        posted = self.write.chat_postMessage(thread_ts=thread, unfurl_links=False, unfurl_media=False, **content)
        return str(posted["ts"])

    def _remember(self, key: str, ts: str, original: Post) -> str:
        """Keep what the report says before anybody decides; its link."""
        name, posts = self._name(key), Posts(self.ledger)
        known = posts.at(name)
        link = known.link if known and known.ts == ts else self._link(ts)
        posts.keep(name, self.channel, ts, link, original.text, original.blocks)
        return link

    def _link(self, ts: str) -> str:
        return str(self.read.chat_getPermalink(channel=self.channel, message_ts=ts)["permalink"])

    def _messages(self, spot: _Spot) -> Iterable[Message]:
        if spot.thread:
            return pages(self.read.conversations_replies, self.channel, None, ts=spot.thread)
        return pages(self.read.conversations_history, self.channel, spot.since)

    def _thread_of(self, report_key: str, since: datetime) -> _Spot:
        """Below the report; in the channel where it was never posted or somebody deleted it."""
        parent = self._known(self._name(report_key)) or _ts_of({"key": report_key}, self._messages(_Spot(since)))
        if not parent:
            return _Spot(since)
        try:
            thread = list(self._messages(_Spot(thread=parent)))
        except SlackApiError as error:
            if code(error) in GONE:
                return _Spot(since)
            raise
        is_there = bool(thread) and thread[0].get("subtype") != "tombstone"  # what is left of a deleted parent
        return _Spot(thread=parent, before=thread) if is_there else _Spot(since)

    def _under(self, parent: _Put, posts: Sequence[Post], files: Sequence[ReportFile], key: str) -> None:
        """Bring the thread up to date. It is read only where the ledger does not know all of it."""
        base = self._name(key, parent.ts)
        parts = {f"{base}#{number}": (f"{key}#{number}", post) for number, post in enumerate(posts, start=1)}
        sent = {f"{base}:file:{file.name[:LONGEST_FILE_NAME]}:{_mark(file)}": file for file in files}
        known = {effect.key: effect.remote_id for effect in self.ledger.effects(base)}
        is_known = parent.fresh or {*parts, *sent} <= known.keys()
        before = [] if is_known else list(self._messages(_Spot(thread=parent.ts)))
        spot = _Spot(thread=parent.ts, before=before)
        self._remove_surplus(spot, key, len(posts), known)
        for name, (part, post) in parts.items():
            self._stand(name, post, {"part": part}, spot)
        for name, file in sent.items():
            self._upload(name, file, spot)

    def _remove_surplus(self, spot: _Spot, key: str, count: int, known: Mapping[str, str | None]) -> None:
        """Delete the parts that an earlier version had beyond `count`. First in Slack, then in the ledger: of a run
        that is killed in between, the next one finds in the ledger what may still stand."""
        base = self._name(key, spot.thread)
        stand = {_number(_payload(message).get("part"), key): str(message["ts"]) for message in spot.before or ()}
        stand |= {_number(name, base): ts or "" for name, ts in known.items()}
        for number in sorted(number for number in stand if number > count):
            # Where its answer was lost, only Slack knows whether it stands.
            if ts := stand[number] or _ts_of({"part": f"{key}#{number}"}, self._messages(spot)):
                self._delete(ts)
                self.ledger.forget(f"{base}#{number}")

    def _delete(self, ts: str) -> None:
        try:
            self.write.chat_delete(channel=self.channel, ts=ts)
        except SlackApiError as error:
            if code(error) not in GONE:
                raise

    def _upload(self, name: str, file: ReportFile, spot: _Spot) -> None:
        """Send the file, once for each content. A mark in the title tells one version from the next."""
        title = f"{file.title} · {_mark(file)}"

        def share() -> str:
            shared = self.write.files_upload_v2(
                channel=self.channel, thread_ts=spot.thread, content=file.content, filename=file.name, title=title
            )
            return str(shared["files"][0]["id"])

        self._once(name, share, partial(_file_of, title), spot)


def _payload(message: Message) -> Mapping[str, Any]:
    metadata = message.get("metadata") or {}
    return metadata.get("event_payload", {}) if metadata.get("event_type") == EVENT else {}


def _ts_of(payload: Mapping[str, str], messages: Iterable[Message]) -> str | None:
    return next((str(m["ts"]) for m in messages if _payload(m) == payload), None)


def _file_of(title: str, messages: Iterable[Message]) -> str | None:
    files = (file for message in messages for file in message.get("files") or [])
    return next((str(file["id"]) for file in files if file.get("title") == title), None)


def _mark(file: ReportFile) -> str:
    return hashlib.sha256(file.content).hexdigest()[:6]


def _number(part: Any, key: str) -> int:
    """Which part of `key` it is, 0 when it is none."""
    rest = str(part).removeprefix(f"{key}#")
    return int(rest) if rest != str(part) and rest.isdecimal() else 0


def _lines_within(limit: int, text: str) -> str:
    """As many whole lines as fit; the first is cut only if it is too long by itself."""
    return text if len(text) <= limit else text[:limit].rpartition("\n")[0] or text[:limit]
