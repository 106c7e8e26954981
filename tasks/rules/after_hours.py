"""What becomes of customers' messages while support is closed (handbook L68 to L84): tickets, comments, one reply.

A message counts when a customer posted it while support was closed (L70 to L73). Its thread then has one ticket; what
is said in that thread later is added to it, whenever it is said: the reply promises that to customers (L76), and what
we say is added as an internal note, so that the ticket tells the whole thread. A ticket tells what was said when it was
made: what is edited or deleted in Slack later stays there as it was, and the link leads to what it is now.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.rules.feedback import Conversation, Message
from tasks.rules.slack_ts import ts_of
from tasks.rules.support_clock import SupportClock


@dataclass(frozen=True)
class Matter:
    """What one ticket is about: a thread, with the threads that its author began within minutes of it; never empty.

    In the order in which they began.
    """

    conversations: tuple[Conversation, ...]

    @property
    def channel(self) -> str:
        """Where it is said."""
        return self.conversations[0].channel

    @property
    def root(self) -> str:
        """The ts of its first thread, by which its ticket is found."""
        return self.conversations[0].root

    @property
    def messages(self) -> tuple[Message, ...]:
        """All of it, the oldest first."""
        return _in_order(message for one in self.conversations for message in one.messages)

    @property
    def news(self) -> tuple[Message, ...]:
        """What was said since it was looked at last, the oldest first."""
        return _in_order(message for one in self.conversations for message in one.news)


@dataclass(frozen=True)
class Handled:
    """What became of a matter.

    tickets, comments, replies   how many were made by this run
    trouble   why something of it could not be done, with the channel and the message; "" where all was
    """

    channel: str
    tickets: int = 0
    comments: int = 0
    replies: int = 0
    trouble: str = ""


def counts(message: Message, clock: SupportClock) -> bool:
    """Whether a customer wrote it while support was closed. The hours in dispute (L50, L76) are open, as the settings
    say."""
    return not message.is_ours and not clock.is_open(message.at)


def first_asked(matter: Matter, clock: SupportClock) -> Message | None:
    """The first news of it that counts; None where nothing does."""
    return next((message for message in matter.news if counts(message, clock)), None)


def reply_is_true(asked_at: datetime, moment: datetime, clock: SupportClock) -> bool:
    """Whether "it's currently outside support hours" is true at `moment`, and said of a message of this closed time.

    What was written before support opened and is seen after it gets its ticket without a reply: somebody is there.
    """
    return not clock.is_open(moment) and clock.last_close(moment) <= asked_at


def matters(conversations: Iterable[Conversation], together_minutes: int) -> tuple[Matter, ...]:
    """The conversations by what they are about: messages that one customer posts to a channel within so many minutes of
    each other are one (decisions.md), though each begins a thread of its own."""
    together, groups = timedelta(minutes=together_minutes), list[list[Conversation]]()
    latest: dict[tuple[str, str], list[Conversation]] = {}  # the last matter that each person began in each channel
    for one in sorted(conversations, key=lambda one: (one.channel, one.root)):
        first, group = one.messages[0], [one]
        begins = first.ts == one.root and not first.is_ours  # the root may have been deleted
        before = latest.get((one.channel, first.author), []) if begins else []
        if before and first.at - before[-1].messages[0].at <= together:
            before.append(one)
            continue
        groups.append(group)
        if begins:
            latest[one.channel, first.author] = group
    return tuple(Matter(tuple(group)) for group in groups)


def channels_due(
    channels: Sequence[str],
    marks: Mapping[str, str],
    with_tickets: Collection[str],
    moment: datetime,
    clock: SupportClock,
) -> tuple[str, ...]:
    """Which channels have to be read at `moment`: all while support is closed. While it is open, those that were not
    read since it opened, where something of the night may be left, and those with a ticket.

    marks   how far each was read, by channel      with_tickets   those with a ticket of the last days (SupportPolicy)
    """
    if not clock.is_open(moment):
        return tuple(channels)
    opened = ts_of(clock.next_opening(clock.last_close(moment)))
    return tuple(one for one in channels if marks.get(one, "") < opened or one in with_tickets)


def _in_order(messages: Iterable[Message]) -> tuple[Message, ...]:
    return tuple(sorted(messages, key=lambda message: message.ts))
