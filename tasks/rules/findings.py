"""What the pipeline review reads and what it finds. Frames in, one frozen `Review` out.

Frames are pandas 3 frames with a plain RangeIndex. Text is `str` with missing values, moments are
`datetime64[us, UTC]`, dates are `datetime64[us]` at midnight without a zone (a calendar day, not a moment).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

import pandas as pd

Direction = Literal["inbound", "outbound", "both", "unknown"]


class Verdict(StrEnum):
    """What is said of one open opportunity (handbook L104, decisions.md)."""

    PROPOSE = "propose to close"
    HELD = "held back"
    WARN = "warn the owner"
    HEALTHY = "healthy"


class Level(StrEnum):
    """Where a touch was found; the report shows it as evidence."""

    OPPORTUNITY = "opportunity"
    CONTACT_ROLE = "contact role"
    ACCOUNT = "account"
    NONE = "nowhere"


@dataclass(frozen=True)
class Book:
    """Everything one review reads.

    opportunities  id, name, account_id, account, owner_id, owner, owner_active (bool), stage, amount (float),
                   currency (ISO code, or missing in a single-currency org), close_date (date), created (moment),
                   modified (moment, LastModifiedDate; no rule judges it), stage_since (moment or missing), next_step,
                   next_step_due (date), type, record_type, pushes (float, how often the close date moved to a later
                   month), quote (text of the open quote field)
    touches        what has happened, attributed by `touches.attribute`: opportunity_id, level (Level), counts (bool:
                   False for a touch on an account that has other open deals, which holds back but does not count),
                   kind (call, email, linkedin, meeting, task, slack), direction (Direction), at (moment or missing),
                   due (date, used where `at` is missing), subject, who, record_id (missing on an aggregate row)
    booked         meetings not yet over: opportunity_id, level, starts (moment), subject
    history        opportunity_id, field (Owner, CloseDate, NextStep, StageName), old, new (text), at (moment)
    next_steps_since   the day from which changes of the next step are in `history`; None: all of them are
    stages         name, is_closed (bool), is_won (bool), is_active (bool)
    read, expected rows of opportunities read, and what Salesforce said there are
    """

    opportunities: pd.DataFrame
    touches: pd.DataFrame
    booked: pd.DataFrame
    history: pd.DataFrame
    stages: pd.DataFrame
    expected: int
    notes: tuple[str, ...] = ()  # what the reader wants said about the data, in words
    next_steps_since: date | None = None


@dataclass(frozen=True)
class Touch:
    """One piece of evidence. `day` is the calendar day in the office time zone."""

    day: date
    kind: str
    direction: Direction
    level: Level
    who: str
    subject: str
    record_id: str
    at: datetime | None = None
    counts: bool = True  # as communication on this deal; else it is on an account that has other open deals


@dataclass(frozen=True)
class Deal:
    """One judged open opportunity; a typed view of a row of `Review.deals`. Days are calendar days, office zone."""

    id: str
    name: str
    account: str
    owner_id: str
    owner: str
    owner_active: bool
    stage: str
    amount: float | None  # as recorded, in `currency`
    currency: str
    value: float | None  # in the corporate currency; None where it is missing or cannot be converted
    close_date: date | None
    quarter: str  # of the close date, "Q4 2026"; "" without one
    verdict: Verdict
    reason: str  # one sentence, for a person
    handbook: str  # "L104" or "L104, decisions"
    holds: tuple[str, ...]  # short reasons, "meeting booked 12 Dec"; empty unless held back
    days: int  # since the last communication; since creation or the last owner change when never touched
    never_touched: bool
    level: Level
    last_touch: date | None
    last_inbound: date | None
    last_outbound: date | None
    next_booked: date | None
    renewal: bool
    stage_days: int | None
    pushes: int
    slipped: bool  # within the reporting window the close date left the quarter that was then current
    hygiene: tuple[str, ...]  # short: "no next step", "next step due 3 Nov", "close date past (1 Nov)", "no amount"
    problems: tuple[str, ...]  # what is wrong with the record and what to do about it
    slipped_from: str = ""  # the quarter it slipped out of, "Q4 2026"


@dataclass(frozen=True)
class Review:
    """The findings of one pipeline review, the only input of its report.

    deals     one row per open opportunity that was read, with the columns of `Deal`, most money first, then by id
    evidence  touches of the deals that are proposed, held back or warned: opportunity_id and the fields of `Touch`,
              newest first
    """

    as_of: date
    deals: pd.DataFrame
    evidence: pd.DataFrame
    expected: int
    corporate_currency: str
    unconverted: dict[str, int] = field(default_factory=dict)  # currency -> deals left out of the sums
    untrusted_owners: tuple[str, ...] = ()  # owners whose logged activity collapsed, with a sentence each in `notes`
    notes: tuple[str, ...] = ()
    ceiling: str = ""  # why nothing may be written, when there are too many proposals; "" otherwise
