"""What customers wrote while we were closed, and what it comes to: the words that the parts of the sweep share.

A moment is an aware `datetime`. A `ts` is Slack's name of a message within its channel, "1795447680.000100": ten digits
and six, so that texts compare as moments do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256


class Need(StrEnum):
    """What a conversation asks of us."""

    ANSWER = "needs an answer"
    ANSWERED = "answered"
    NO_REPLY = "no reply needed"


class Kind(StrEnum):
    """What it is about, guessed from its words."""

    OUTAGE = "outage"
    BUG = "bug"
    REQUEST = "request"
    QUESTION = "question"
    PRAISE = "praise"


class Priority(StrEnum):
    """The impact levels of the support agreement (handbook L43 to L48), guessed. What is called P4 (L258) is P3."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


@dataclass(frozen=True)
class SharedFile:
    """A file below a message: its name, and where it can be read."""

    name: str
    link: str


@dataclass(frozen=True)
class Message:
    """One message of a person, as it stands now: an edited one has its latest text, a deleted one is not there.

    author    Slack's id of who wrote it       name   as Slack shows them
    is_ours   of our own workspace and no guest; what bots and Slack itself say is no message
    text      plain: mentions and links in words, "@Tom Okafor", nothing that formats      link   its permalink
    """

    ts: str
    at: datetime
    author: str
    name: str
    is_ours: bool
    text: str
    files: tuple[SharedFile, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class Conversation:
    """A thread of a channel, or a message that nobody answered in a thread.

    root       ts of its first message, also where that is deleted
    messages   the oldest first; never empty
    after      only what is later than this ts is news; "" where all of it is
    joined     roots of the threads that its author began within minutes of it, and that are read as a part of it
    """

    channel: str
    root: str
    messages: tuple[Message, ...]
    after: str = ""
    joined: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is found by in forms and marks: twelve hexadecimal digits that tell nothing of it."""
        return sha256(f"{self.channel}:{self.root}".encode()).hexdigest()[:12]

    @property
    def news(self) -> tuple[Message, ...]:
        """What was said since it was looked at last."""
        return tuple(message for message in self.messages if message.ts > self.after)


@dataclass(frozen=True)
class Channel:
    """A customer channel, and how far it was read.

    account_id   Salesforce's id of the customer      up_to   nothing up to this ts has to be read again
    trouble      why it could not be read, and what to do about it, one sentence; "" where it was
    """

    id: str
    name: str
    account_id: str
    up_to: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Customer:
    """A customer, as Salesforce knows them.

    value      what they pay, in the corporate currency; None where nothing tells
    renewal    the close date of the next open renewal, else the day on which the subscription ends
    """

    account_id: str
    name: str
    owner: str = ""
    value: float | None = None
    renewal: date | None = None
    codename: str = ""


@dataclass(frozen=True)
class Deadlines:
    """When an answer is due.

    due       by the support agreement (L43 to L48); P3: after one business day, from when on it is amber
    red       P3 alone: after two business days; None for the others
    goal      the team's own: within the hour, in business hours (L95)
    disputed  whether it came in an hour of which the handbook says both that we are open and closed (L50, L76)
    """

    due: datetime
    goal: datetime
    red: datetime | None = None
    disputed: bool = False


@dataclass(frozen=True)
class Judged:
    """What the words of a conversation say. A `sign` is the words that say so, as they were written; "" for none."""

    need: Need
    reason: str
    kind: Kind
    kind_sign: str
    priority: Priority
    priority_sign: str


@dataclass(frozen=True)
class Details:
    """The required details of a request (L281 to L288) by the handbook's names: found, with the words, or missing."""

    found: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True)
class Candidate:
    """An issue that may be about the same, with how alike the words are, 0 to 1."""

    number: int
    title: str
    url: str
    score: float


@dataclass(frozen=True)
class KnownIssue:
    """An open issue of the public repository, as GitHub has it."""

    number: int
    title: str
    url: str
    body: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class IssueDraft:
    """A public issue that a person may have filed. `withheld` are the reasons why it may not be as it is, one sentence
    each; empty where nothing speaks against it."""

    title: str
    body: str
    labels: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One conversation of the sweep.

    asked_at   when the first message came that nobody of ours answered; the last of theirs where all are
    from_before   it waited already when the sweep before was made
    """

    conversation: Conversation
    customer: Customer
    judged: Judged
    asked_at: datetime
    deadlines: Deadlines
    details: Details = field(default_factory=Details)
    candidates: tuple[Candidate, ...] = ()
    draft: IssueDraft | None = None
    from_before: bool = False
    ticket_url: str = ""

    @property
    def key(self) -> str:
        """As the conversation's."""
        return self.conversation.key

    @property
    def may_be_p0(self) -> bool:
        """Whether somebody should look at once."""
        return self.judged.priority is Priority.P0 and self.judged.need is Need.ANSWER


@dataclass(frozen=True)
class DraftedRequest:
    """A drafted issue as it is kept for the person who may file it: of which conversation (see `Conversation`), and of
    which customer."""

    key: str
    channel: str
    root: str
    account_id: str
    draft: IssueDraft


@dataclass(frozen=True)
class OpenRequest:
    """A request to the sales team that is older than a business day (L23): an issue of the private repository."""

    number: int
    title: str
    url: str
    opened: datetime


@dataclass(frozen=True)
class Sweep:
    """All that a sweep found between two moments.

    items      in the order in which answers are due, P0 candidates first; then what needs none
    channels   those of the settings, read or not
    strangers  names of channels that look like a customer's and are not in the settings
    requests   the oldest first
    notes      sentences on what could not be read or asked
    """

    since: datetime
    until: datetime
    items: tuple[Item, ...]
    channels: tuple[Channel, ...]
    strangers: tuple[str, ...] = ()
    requests: tuple[OpenRequest, ...] = ()
    notes: tuple[str, ...] = ()

    def with_need(self, need: Need) -> tuple[Item, ...]:
        """The items of that need, in their order."""
        return tuple(item for item in self.items if item.judged.need is need)
