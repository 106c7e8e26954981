"""What a review proposes to close, what a person decided of it, and what became of each record. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

Fields = Mapping[str, Any]  # API name of a Salesforce field -> its value as JSON has it


class Outcome(StrEnum):
    """What became of one record of a decision or of its undo."""

    CLOSED = "closed"
    RESTORED = "restored"
    ALREADY = "already closed"  # undo: already open again
    SKIPPED = "skipped"  # changed, touched or handed over since; `detail` says what
    GONE = "gone"  # deleted, or no longer visible to us
    REFUSED = "refused"  # by a validation rule or another rule of the org, in its own words
    FORBIDDEN = "forbidden"  # the integration user may not write it
    LOCKED = "locked"  # somebody held the record each time: asked again by the next run
    UNANSWERED = "unanswered"  # nobody knows yet: the next run looks first

    @property
    def is_final(self) -> bool:
        """Whether a later run of the same decision leaves the record alone."""
        return self not in {Outcome.LOCKED, Outcome.UNANSWERED}


@dataclass(frozen=True)
class ProposedDeal:
    """One opportunity as it stood when closing it was proposed, and why. Days are calendar days, office zone."""

    id: str
    name: str
    account: str
    owner_id: str
    owner: str
    stage: str
    amount: float | None  # as recorded, in `currency`
    currency: str
    value: float | None  # in the corporate currency
    close_date: date | None
    next_step: str
    modified: datetime  # LastModifiedDate, aware
    days: int  # of silence
    last_touch: date | None
    reason: str
    evidence: tuple[str, ...] = ()  # its last touches, a line each


@dataclass(frozen=True)
class Proposal:
    """What one review proposes to close. Its `id` names its day and its contents: other contents, another id.

    scope              "all", or the owner or team the review was about
    day, made_at       the office day it judges; the moment it was made (aware UTC)
    open_deals         how many were open then, of which a decision may close only a share
    stale_after_days   the limit it was judged by
    headline           the words of the report's first line that a decision replaces, "6 to decide ($381k)"
    report_key         the key under which the report stands in Slack, in `channel`
    """

    id: str
    ritual: str
    scope: str
    day: date
    made_at: datetime
    open_deals: int
    stale_after_days: int
    headline: str
    report_key: str
    channel: str
    deals: tuple[ProposedDeal, ...]

    def expires(self, within_days: int) -> datetime:
        """The moment from which it can no longer be decided (aware UTC)."""
        return self.made_at + timedelta(days=within_days)


@dataclass(frozen=True)
class Decision:
    """What a named person decided of one proposal: close `approved` (opportunity ids), keep the rest. There is one
    decision a proposal, so the proposal's id is the decision's."""

    proposal_id: str
    approved: tuple[str, ...]
    loss_reason: str  # "" where the org records none
    decided_by: str
    decided_at: datetime
    run_id: str = ""


@dataclass(frozen=True)
class Undo:
    """That a named person wants records of a decision to be as they were."""

    proposal_id: str
    records: tuple[str, ...]
    undone_by: str
    undone_at: datetime
    run_id: str = ""


@dataclass(frozen=True)
class Result:
    """What became of one record. The images hold every field that we can see.

    before   as read right before the write      sent    what we wrote      after   as read right after it
    by_org   fields that Salesforce changed by itself with the write -> (before, after)
    """

    record_id: str
    outcome: Outcome
    detail: str = ""  # one sentence for a person; "" where the outcome says it all
    before: Fields = field(default_factory=dict)
    sent: Fields = field(default_factory=dict)
    after: Fields = field(default_factory=dict)
    by_org: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """Where a proposal stands: undecided, decided, replaced by a newer one of the same scope; its results so far."""

    proposal: Proposal
    decision: Decision | None = None
    superseded_by: str = ""
    closed: tuple[Result, ...] = ()
    undos: tuple[Undo, ...] = ()
    undone: tuple[Result, ...] = ()
