"""A reply of ours in a thread of a customer's channel, posted once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.reports.blocks import Block
from tasks.slack_pages import code, in_words, pages
from tasks.slack_publisher import BLOCKS_REFUSED

EVENT = "ritual_reply"
_GONE = {"thread_not_found", "message_not_found", "cannot_reply_to_message"}


class ThreadGone(Refused):
    """Somebody deleted the message below which it was to be said."""


def reply_once(  # noqa: PLR0917 - a reply is these
    write: WebClient,
    read: WebClient,
    ledger: Ledger,
    channel: str,
    thread: str,
    text: str,
    key: str,
    blocks: Sequence[Block] | None = None,
) -> str:
    """Post `text` (safe mrkdwn) below the message whose ts is `thread`, unless a reply of this `key` stands there; its
    ts. Where Slack refuses the `blocks`, the text stands alone.

    The key travels in the message's metadata, by which it is found again whatever became of the answer or the ledger.
    `write` must not repeat a post by itself; `read` may. Raises Unavailable, Refused with the remedy, ThreadGone, or
    what the ledger raises.
    """
    name, metadata = reply_name(channel, thread, key), {"event_type": EVENT, "event_payload": {"key": key}}

    def find() -> str | None:
        with _there(channel, thread):
            standing = pages(read.conversations_replies, channel, None, ts=thread)
            return next((str(one["ts"]) for one in standing if _is(metadata, one.get("metadata"))), None)

    def post(shown: Sequence[Block] | None) -> str:
        posted = write.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            text=text,
            blocks=shown or None,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(posted["ts"])

    def do() -> str:
        with _there(channel, thread):
            try:
                return post(blocks)
            except SlackApiError as error:
                if not blocks or code(error) not in BLOCKS_REFUSED:
                    raise
                return post(None)

    # A ledger that is new, or was lost, knows nothing of what was said.
    is_unknown = ledger.effect(name) is None
    send = (lambda: find() or do()) if is_unknown else do
    return ledger.once(name, _payload(channel, thread), send, find).remote_id


def never_reply(ledger: Ledger, channel: str, thread: str, key: str, reason: str) -> None:
    """Put down that no reply of this `key` will be posted there, and why; nothing where one was. Raises what the ledger
    raises."""
    name = reply_name(channel, thread, key)
    ledger.plan(name, _payload(channel, thread))
    if ledger.claim(name).state == "sending":
        ledger.refuse(name, reason)


def reply_name(channel: str, thread: str, key: str) -> str:
    """The key of the effect that posts it, in the ledger."""
    return f"slack:{channel}:{thread}:{key}"


@contextmanager
def _there(channel: str, thread: str) -> Iterator[None]:
    """Errors in words; ThreadGone where the message is no more."""
    with in_words(channel):
        try:
            yield
        except SlackApiError as error:
            if code(error) not in _GONE:
                raise
            raise ThreadGone(f"The message {thread} in {channel} was deleted: nothing is said there.") from None


def _payload(channel: str, thread: str) -> Mapping[str, str]:
    return {"channel": channel, "thread": thread}


def _is(metadata: Mapping[str, Any], found: Any) -> bool:
    return isinstance(found, Mapping) and dict(found) == metadata
