"""The values of the support clocks and of the feedback sweep (handbook L36 to L95, L280 to L308; decisions.md)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOST = 10_000  # hours are counted day by day
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True)
class SupportPolicy:
    """When support is open, and how soon it answers. Times are on the office's clock, Monday to Friday.

    opens, closes     business hours of support (L76; L50 says 07:00)
    disputed_until    what comes from `opens` on before this time is marked: the handbook says both
    p0_hours          calendar hours, all day every day (L45)      p1_hours   business hours, on holidays too (L46)
    p2_days           business days, at the same time of day (L47)
    p3_days, p3_red_days   amber and red (L48)
    goal_minutes      the team's own goal, in business hours (L95)
    watched_days      so long after its ticket was made a thread is read while support is open, so that what customers
                      add gets there within minutes; what is added later gets there when support closes (L76)
    company           as the reply to customers names us, "Fleet"; "": "our"
    """

    opens: time = time(6)
    closes: time = time(16)
    disputed_until: time = time(7)
    p0_hours: float = 4
    p1_hours: float = 4
    p2_days: int = 1
    p3_days: int = 1
    p3_red_days: int = 2
    goal_minutes: int = 60
    watched_days: int = 7
    company: str = ""

    def __post_init__(self) -> None:
        for name in ("opens", "closes", "disputed_until"):
            if getattr(self, name).tzinfo is not None:
                raise ValueError(f"{name} is on the office's clock: write 06:00, without a zone")
        if not self.opens < self.closes:
            raise ValueError(f"opens ({self.opens:%H:%M}) must be before closes ({self.closes:%H:%M})")
        if not self.disputed_until <= self.closes:
            raise ValueError(f"disputed_until ({self.disputed_until:%H:%M}) must not be after closes")
        for name in ("p0_hours", "p1_hours", "p2_days", "p3_days", "goal_minutes", "watched_days"):
            if not 0 < getattr(self, name) < _MOST:
                raise ValueError(f"{name} must be above 0 and below {_MOST:,}, not {getattr(self, name)}")
        if self.p3_red_days < self.p3_days:
            raise ValueError(f"p3_red_days ({self.p3_red_days}) must not be below p3_days ({self.p3_days})")


@dataclass(frozen=True)
class FeedbackPolicy:
    """How the sweep reads and what it proposes.

    lookback_days        a new reply is noticed in a thread that began at most so many days ago, or is still open
    together_minutes     messages of one author that close together are one
    calls_a_minute       calls of one Slack method in a minute at most (Slack's tier 3 allows 50)
    customer_channels    how the name of a customer channel begins: such a one that is not in the settings is reported
    signs                more signs (regular expressions, any case) by what they say: outage, bug, request, question,
                         praise, no reply, P0, P1, P2
    shifts               who is on shift, by weekday: {"Mon": "First L."}
    public_repository    owner/name of the product's GitHub repository; "": nothing is compared or drafted
    public_domains       domains of our own whose pages a public issue may refer to
    request_label        of every issue that a customer asked for (L308)
    compared_labels      open issues with one of these are compared with what customers wrote
    codename_prefix      of the label with a customer's codename (L30)
    candidates           so many issues are named at most       likeness   only those at least that alike, 0 to 1
    filers               who may file requests and assign codenames, beside the deciders
    file_at_most         so many requests are filed by one order
    request_days         a request to the sales team may wait so many business days (L23)
    """

    lookback_days: int = 30
    together_minutes: int = 5
    calls_a_minute: int = 45
    customer_channels: tuple[str, ...] = ("customer-", "ext-", "support-")
    signs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shifts: Mapping[str, str] = field(default_factory=dict)
    public_repository: str = ""
    public_domains: tuple[str, ...] = ()
    request_label: str = "customer request"
    compared_labels: tuple[str, ...] = ("customer request", "bug")
    codename_prefix: str = "customer-"
    candidates: int = 3
    likeness: float = 0.15
    filers: frozenset[str] = frozenset()
    file_at_most: int = 25
    request_days: int = 1

    def __post_init__(self) -> None:
        for name in ("lookback_days", "together_minutes", "calls_a_minute", "candidates", "file_at_most"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, not {getattr(self, name)}")
        if not 0 <= self.likeness <= 1:
            raise ValueError(f"likeness must be from 0 to 1, not {self.likeness}")
        if self.public_repository and not _REPOSITORY.fullmatch(self.public_repository):
            raise ValueError(f"public_repository must be owner/name, not {self.public_repository!r}")
        if unknown := sorted(set(self.shifts) - set(_WEEKDAYS)):
            raise ValueError(f"shifts names weekdays as Mon, Tue, …, not {unknown}")
        for name, patterns in self.signs.items():
            for pattern in patterns:
                try:
                    re.compile(pattern)
                except re.error as error:
                    raise ValueError(f"{name}: {pattern!r} is no regular expression ({error})") from None
