"""A coaching talk: drafted by a review, booked because a named person decided so (handbook L143). Plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Booked(StrEnum):
    """What became of one talk that a person wanted booked."""

    BOOKED = "booked"
    TAKEN = "the time is taken"  # in the meantime, for one of the two: another time is drafted
    REFUSED = "refused"  # by Salesforce, in its own words
    FORBIDDEN = "forbidden"  # the integration user may not create it
    UNANSWERED = "unanswered"  # nobody knows yet: the next run looks first

    @property
    def is_final(self) -> bool:
        """Whether a later run leaves it alone."""
        return self is not Booked.UNANSWERED


@dataclass(frozen=True)
class Talk:
    """One drafted talk. Its `id` names its day and its contents, and no person: "talk-2026-12-01-3f9a1c".

    report_key     under which the review that drafted it stands in Slack, in `channel`
    starts         aware UTC                      time_zone  the rep's, in which the time is said
    agenda         three examples, a line each; text from Salesforce, so never trusted
    because        why it is suggested, neutral words
    instead_of     the id of the draft whose time was taken; "" for a first draft
    """

    id: str
    report_key: str
    channel: str
    rep_id: str
    rep: str
    manager_id: str
    manager: str
    starts: datetime
    minutes: int
    time_zone: str
    subject: str
    agenda: tuple[str, ...]
    because: str
    drafted_at: datetime
    instead_of: str = ""

    @property
    def ends(self) -> datetime:
        """Aware UTC."""
        return self.starts + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class NoTalk:
    """Why a talk that is suggested has no draft; `because` is a sentence with the remedy."""

    rep_id: str
    rep: str
    because: str


@dataclass(frozen=True)
class Booking:
    """That a named person wants a drafted talk to be booked. There is one a draft."""

    talk_id: str
    decided_by: str
    decided_at: datetime  # aware UTC
    run_id: str = ""


@dataclass(frozen=True)
class TalkResult:
    """What became of it. `event_id` is that of the rep's event; `detail` one sentence for a person."""

    talk_id: str
    outcome: Booked
    event_id: str = ""
    detail: str = ""


@dataclass(frozen=True)
class TalkStanding:
    """Where a drafted talk stands: undecided, decided, replaced by the draft of another time or another review."""

    talk: Talk
    booking: Booking | None = None
    result: TalkResult | None = None
    superseded_by: str = ""
