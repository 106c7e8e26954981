"""The values the handbook leaves open, with their defaults. Settings build these; the rules only read them."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OFFICE_ZONE = "America/Los_Angeles"


@dataclass(frozen=True)
class TouchPolicy:
    """What counts as communication between a person of ours and a person of theirs. Text is compared without case.

    counted_subtypes    TaskSubtype values that count by themselves
    counted_types       Type values that count when the subtype is a plain Task (or missing)
    automated_subtypes  TaskSubtype values that never count: one mail to many, or sent by a machine
    internal_calls      CallType values of calls among ourselves
    ignored_users       ids of integration users and bots (15 or 18 characters): what they record as sent by us does
                        not count; what they record as received was still written by a customer, and counts
    automated_subjects  how the subjects of automatic mail and of cancelled meetings begin
    """

    counted_subtypes: frozenset[str] = frozenset({"Call", "Email", "LinkedIn"})
    counted_types: frozenset[str] = frozenset({"Call", "Email", "Meeting", "LinkedIn"})
    automated_subtypes: frozenset[str] = frozenset({"List Email", "Cadence"})
    internal_calls: frozenset[str] = frozenset({"Internal"})
    ignored_users: frozenset[str] = frozenset()
    automated_subjects: tuple[str, ...] = (
        "Automatic reply:", "Auto reply:", "Autoreply:", "Auto-reply:", "Out of office", "Undeliverable:",
        "Delivery Status Notification", "Mail delivery failed", "Accepted:", "Declined:", "Tentative:",
        "Canceled:", "Cancelled:",
    )  # fmt: skip

    def __post_init__(self) -> None:
        both = _folded(self.counted_subtypes) & _folded(self.automated_subtypes)
        if both:
            raise ValueError(f"task subtypes cannot both count and be automated: {sorted(both)}")
        if any(not subject.strip() for subject in self.automated_subjects):
            raise ValueError("an empty text in automated_subjects would match every mail: remove it")
        wrong = sorted(u for u in self.ignored_users if not re.fullmatch(r"[0-9A-Za-z]{15}([0-9A-Za-z]{3})?", u))
        if wrong:
            raise ValueError(f"ignored_users takes Salesforce ids of 15 or 18 characters, not {wrong}")


@dataclass(frozen=True)
class PipelinePolicy:
    """The values of the pipeline review. Days are calendar days in the office time zone.

    stale_after_days       silent this long, or longer, is proposed to close (handbook L104)
    stale_after_by_stage   stage name -> its own value, instead of stale_after_days
    warn_after_days        silent this long, or longer, and not proposed: the owner is warned
    recent_days            a deal created or handed over fewer days ago is held back; None: as long as its stage's
                           stale value, so that nobody loses a deal they have not had for that long
    open_quote_values      values of the quote field that mean a quote is open, or accepted; compared without case
    ceiling_*              more proposals than the count, or than the share of open deals, and nothing may be written;
                           the share speaks only from ceiling_share_min_deals open deals on (1 of 3 is no mass change)
    collapse_*             an owner's logged activity is not believed when, of at least min_deals open deals, at most
                           the share had a touch in the window. A window longer than the stale value notices only
                           after missing mails have become proposals; 30 notices in time
    next_step_stale_days   a next step unchanged this long, or longer, is flagged
    slipped_within_days    the reporting window: a date moved out of its quarter in the last so many days
    pushes_flagged         a close date moved to a later month this often, or more, is flagged
    currency_rates         ISO code -> the value of one unit in the corporate currency (EUR: 1.08)
    """

    stale_after_days: int = 45
    stale_after_by_stage: Mapping[str, int] = field(default_factory=dict)
    warn_after_days: int = 30
    time_zone: str = OFFICE_ZONE
    closed_lost_stage: str = "Closed Lost"
    renewal_types: frozenset[str] = frozenset({"Renewal", "Existing Business - Renewal"})
    recent_days: int | None = None
    open_quote_values: frozenset[str] = frozenset(
        {"Open", "Draft", "Needs Review", "In Review", "Approved", "Sent", "Presented", "Accepted", "Yes", "True"}
    )
    ceiling_count: int = 50
    ceiling_share: float = 0.25
    ceiling_share_min_deals: int = 20
    collapse_window_days: int = 90
    collapse_min_deals: int = 5
    collapse_share: float = 0.1
    next_step_stale_days: int = 28
    slipped_within_days: int = 7
    pushes_flagged: int = 3
    corporate_currency: str = "USD"
    currency_rates: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_zone(self.time_zone)
        self._check_days()
        _check_shares(self.ceiling_share, self.collapse_share)
        _check_currencies(self.corporate_currency, self.currency_rates)
        if not self.closed_lost_stage.strip():
            raise ValueError("closed_lost_stage is empty: name the stage that closes a deal as lost")

    def _check_days(self) -> None:
        for name in (
            "stale_after_days", "warn_after_days", "collapse_window_days", "collapse_min_deals",
            "next_step_stale_days", "slipped_within_days", "pushes_flagged", "ceiling_share_min_deals",
        ):  # fmt: skip
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, not {getattr(self, name)}")
        for name in ("ceiling_count", "recent_days"):
            if (getattr(self, name) or 0) < 0:
                raise ValueError(f"{name} must be 0 or more, not {getattr(self, name)}")
        if self.warn_after_days >= self.stale_after_days:
            raise ValueError(
                f"warn_after_days ({self.warn_after_days}) must be below stale_after_days ({self.stale_after_days}):"
                " a warning comes before the proposal"
            )
        wrong = {stage: days for stage, days in self.stale_after_by_stage.items() if days < 1}
        if wrong:
            raise ValueError(f"stale_after_by_stage needs 1 day or more for each stage, not {wrong}")


@dataclass(frozen=True)
class ClosingPolicy:
    """How a decision to close is carried out, and undone.

    write_count, write_share   one decision closes at most so many opportunities, and at most this share of the open
                               ones; the share speaks only from write_share_min_deals open deals on
    decide_within_days         a proposal can be decided so many days after it was made
    undo_within_days           a decision can be undone so many days after it was taken
    """

    write_count: int = 25
    write_share: float = 0.1
    write_share_min_deals: int = 20
    decide_within_days: int = 7
    undo_within_days: int = 7

    def __post_init__(self) -> None:
        for name in ("write_count", "write_share_min_deals", "decide_within_days", "undo_within_days"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, not {getattr(self, name)}")
        _check_shares(self.write_share)


@dataclass(frozen=True)
class DaskPolicy:
    """How the pipeline of a very large company is read: in partitions of owners, on Dask.

    above_deals      with more open deals than that; 0: never, everything is read by one process
    partition_deals  so many deals a partition; one owner with more of them is a partition all the same
    address          of the scheduler of a running cluster (tls://dask.example:8786); empty: `workers` processes on the
                     machine of the run, for the time of the reading
    """

    above_deals: int = 0
    partition_deals: int = 5_000
    address: str = ""
    workers: int = 2

    def __post_init__(self) -> None:
        if self.above_deals < 0:
            raise ValueError(f"above_deals must be 0 (never) or more, not {self.above_deals}")
        for name in ("partition_deals", "workers"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, not {getattr(self, name)}")
        if self.address and not re.fullmatch(r"(tcp|tls|ws|wss)://[^\s/@]+", self.address):
            raise ValueError("address is that of a Dask scheduler, such as tls://dask.example:8786")


def _folded(values: frozenset[str]) -> set[str]:
    return {value.casefold() for value in values}


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"time_zone {name!r} is not a known zone, e.g. {OFFICE_ZONE}") from error


def _check_shares(*shares: float) -> None:
    for share in shares:
        if not 0 <= share <= 1:
            raise ValueError(f"a share lies between 0 and 1, not {share}")


def _check_currencies(corporate: str, rates: Mapping[str, float]) -> None:
    wrong = [code for code in (corporate, *rates) if not re.fullmatch(r"[A-Z]{3}", code)]
    if wrong:
        raise ValueError(f"currencies are three capital letters (USD), not {wrong}")
    bad = {code: rate for code, rate in rates.items() if not (math.isfinite(rate) and rate > 0)}
    if bad:
        raise ValueError(f"currency_rates must be above 0: {bad}")
    if rates.get(corporate, 1.0) != 1.0:
        raise ValueError(f"the rate of the corporate currency {corporate} is 1, not {rates[corporate]}")
