"""What was said in customers' Slack channels: whole threads, who in them is ours, and what is news."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from prefect import task
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tasks.clients import Refused, slack_reader
from tasks.patience import PATIENT
from tasks.rules.feedback import Channel, Conversation
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.slack_ts import ts_of
from tasks.settings import settings
from tasks.slack_channels import Listing, listing_of, trouble_of
from tasks.slack_messages import Sayings
from tasks.slack_pace import Pace, PacedSlack, RetryAfter
from tasks.slack_pages import Message, code, in_words
from tasks.slack_people import People, is_said

_GONE = {"thread_not_found", "message_not_found"}


@dataclass(frozen=True)
class FeedbackReading:
    """What one reading found.

    channels       all that were to be read, in the order of the settings, those that could not be read with the reason
    conversations  in which a person said something that is news, and those that waited and are still there; by channel,
                   the oldest root first
    strangers      names of channels that look like a customer's, and are in no settings
    calls          of Slack, without those that were repeated        notes   sentences on what else could not be read
    """

    channels: tuple[Channel, ...]
    conversations: tuple[Conversation, ...]
    strangers: tuple[str, ...]
    calls: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Span:
    """What is read of a channel, as ts: its history from `oldest` on to `latest`, both included. News is later than
    `mark`. `waiting` are the roots of threads that are read in any case."""

    oldest: str
    mark: str
    latest: str
    waiting: frozenset[str]

    def is_news(self, ts: str) -> bool:
        """Whether it is later than the mark and within the span."""
        return self.mark < ts <= self.latest


@dataclass
class FeedbackReader:
    """Reads customer channels.

    accounts   Salesforce account id by channel id, of all customer channels        pace   see `Pace`
    wanted     ids of those that are read; all of them where it is empty
    """

    client: WebClient
    accounts: Mapping[str, str]
    policy: FeedbackPolicy
    pace: Pace
    wanted: Collection[str] = ()
    _slack: PacedSlack = field(init=False, repr=False)

    def read(
        self,
        since: datetime,
        until: datetime,
        marks: Mapping[str, str] | None = None,
        waiting: Mapping[str, Collection[str]] | None = None,
    ) -> FeedbackReading:
        """As the task `read_feedback`."""
        self._slack = PacedSlack(self.client, self.pace)
        channels: list[Channel] = []
        conversations: list[Conversation] = []
        with in_words("the customer channels"):
            me = self._slack.call("auth.test")
            people = People(lambda user: dict(self._slack.call("users.info", user=user)["user"]), str(me["team_id"]))
            listing = listing_of(self._slack, self.policy.customer_channels)
            sayings = Sayings(people, listing.names, str(me["url"]))
            for id_ in [id_ for id_ in self.accounts if not self.wanted or id_ in self.wanted]:
                span = self._span(since, until, (marks or {}).get(id_, ""), (waiting or {}).get(id_, ()))
                channel, found = self._channel(id_, span, listing, sayings)
                channels.append(channel)
                conversations.extend(found)
        strangers = listing.strangers(self.accounts)
        return FeedbackReading(tuple(channels), tuple(conversations), strangers, self._slack.made, listing.notes)

    def _span(self, since: datetime, until: datetime, mark: str, waiting: Collection[str]) -> _Span:
        mark = mark or ts_of(since)
        oldest = ts_of(until - timedelta(days=self.policy.lookback_days))
        return _Span(min(oldest, mark), mark, ts_of(until), frozenset(waiting))

    def _channel(
        self, id_: str, span: _Span, listing: Listing, sayings: Sayings
    ) -> tuple[Channel, tuple[Conversation, ...]]:
        """The channel, read up to the end of the span; or up to where it was, with the reason."""
        unread = Channel(id_, listing.names.get(id_, id_), self.accounts[id_], span.mark)
        try:
            seen = listing.seen(self._slack, unread)
            if seen.trouble:
                return seen, ()
            found = tuple(self._conversations(id_, span, sayings))
        except SlackApiError as error:
            return replace(unread, trouble=trouble_of(error)), ()
        return replace(seen, up_to=span.latest), found

    def _conversations(self, channel: str, span: _Span, sayings: Sayings) -> Iterator[Conversation]:
        for root, thread in self._threads(channel, span):
            said = [message for message in thread if is_said(message) and message["ts"] <= span.latest]
            if said and (root in span.waiting or span.is_news(said[-1]["ts"])):
                yield Conversation(channel, root, sayings.of(said, channel, root), span.mark)

    def _threads(self, channel: str, span: _Span) -> Iterator[tuple[str, list[Message]]]:
        """Roots with all that stands below them, as far as there may be news in it, or it waits."""
        within = {"oldest": span.oldest, "latest": span.latest, "inclusive": True}
        standing = {
            message["ts"]: message
            for message in self._slack.rows("conversations.history", "messages", channel=channel, **within)
        }
        for root in sorted({_root(message) for message in standing.values()} | span.waiting):
            first = standing.get(root)
            if first is not None and not first.get("reply_count"):
                yield root, [first]
            elif root in span.waiting or self._has_news(root, standing, span):
                yield root, self._thread(channel, root, span) or _below(root, standing)

    @staticmethod
    def _has_news(root: str, standing: Mapping[str, Message], span: _Span) -> bool:
        """Whether something new may stand in the thread: by its last reply; of a root that is not in the history, by a
        reply that was sent to the channel too."""
        if root in standing:
            return str(standing[root].get("latest_reply") or span.latest) > span.mark
        return any(span.is_news(reply["ts"]) for reply in _below(root, standing))

    def _thread(self, channel: str, root: str, span: _Span) -> list[Message]:
        """A thread, the oldest first; nothing where it is gone. Some pages repeat its root."""
        rows = self._slack.rows(
            "conversations.replies", "messages", channel=channel, ts=root, latest=span.latest, inclusive=True
        )
        try:
            thread = {message["ts"]: message for message in rows}
        except SlackApiError as error:
            if code(error) not in _GONE:
                raise
            return []
        return [thread[at] for at in sorted(thread)]


def _below(root: str, standing: Mapping[str, Message]) -> list[Message]:
    """What stands of a thread in the channel itself, the oldest first: its root, and replies to the channel."""
    return [standing[at] for at in sorted(standing) if _root(standing[at]) == root]


def _root(message: Message) -> str:
    return str(message.get("thread_ts") or message["ts"])


@task(**PATIENT)
def read_feedback(
    channels: Sequence[str],
    since: datetime,
    until: datetime,
    marks: Mapping[str, str] | None = None,
    waiting: Mapping[str, Collection[str]] | None = None,
) -> FeedbackReading:
    """What was said in customer channels (ids; all of the settings where there are none) up to `until` (aware).

    News is what was said after the channel's mark (a ts), or after `since` (aware) where it has none; what stands
    exactly at `until` is in. A conversation comes whole, as far as it was said by then: where it has news, and where
    its root is among those that are `waiting`, by channel. A new reply is noticed in threads of the policy's
    `lookback_days`, and in those that wait.

    A channel that cannot be read is told with the reason, and its mark stays; the others are read. Raises Unavailable,
    and then nothing was read; Refused for the whole of Slack, or for a channel that is not in the settings;
    SettingsError.
    """
    config = settings()
    accounts = config.slack_customer_channels
    if unknown := [channel for channel in channels if channel not in accounts]:
        raise Refused(
            f"{', '.join(unknown)}: no customer channel of the settings. Add it to RITUALS_SLACK_CUSTOMER_CHANNELS "
            "with its Salesforce account, or choose one that is there."
        )
    client = slack_reader(config, RetryAfter())
    reader = FeedbackReader(client, accounts, config.feedback, Pace(config.feedback.calls_a_minute), tuple(channels))
    return reader.read(since, until, marks, waiting)
