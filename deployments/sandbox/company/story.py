"""The words in which the default company's story is told: a deal, and what was said about it when.

Days are calendar days in the office: positive ago, negative ahead. A `Deal` states only what matters to it.
"""

from dataclasses import dataclass
from typing import Literal

Expected = Literal["propose", "held", "warn", "healthy"]
Place = Literal["deal", "person", "account"]


@dataclass(frozen=True)
class Said:
    """One activity. `on` is where it was filed; `due` the task's due day, where it is not the day itself."""

    kind: str
    days: int
    at: str = "10:15"
    on: Place = "deal"
    due: int | None = None
    by: str | None = None
    subject: str | None = None


def mail_out(days: int, *, at: str = "10:15", on: Place = "deal") -> Said:
    """We wrote."""
    return Said("mail out", days, at, on)


def mail_in(days: int, *, at: str = "09:40", on: Place = "deal") -> Said:
    """They wrote."""
    return Said("mail in", days, at, on)


def call(days: int, *, at: str = "11:05", on: Place = "deal", due: int | None = None) -> Said:
    """We called and spoke."""
    return Said("call out", days, at, on, due)


def called_us(days: int, *, on: Place = "deal") -> Said:
    """They called."""
    return Said("call in", days, "13:25", on)


def linkedin(days: int) -> Said:
    """A message on LinkedIn."""
    return Said("linkedin", days, "15:10")


def meeting(days: int, *, at: str = "14:00", on: Place = "deal") -> Said:
    """A meeting; ahead of the date it is booked."""
    return Said("meeting", days, at, on)


def noise(kind: str, days: int) -> Said:
    """Something that is no communication: bulk mail, a cadence step, an automatic reply, an internal call, a to-do."""
    return Said(kind, days, "08:30")


@dataclass(frozen=True)
class Quarter:
    """The `day`-th day of the quarter that comes so many `ahead` of the current one."""

    ahead: int
    day: int


@dataclass(frozen=True)
class Handover:
    """The deal changed hands: so many days ago, from this colleague."""

    days: int
    before: str


@dataclass(frozen=True)
class Deal:
    """One opportunity.

    tags           the branches of the rule that it shows
    expect         what a review of that day should say; a closed deal has none
    close          days until the close date (negative: so long past), or a day of a quarter, or none
    person         the contact role's person, as "name" of the deal's account or "name @ account"
    next_due       days until the next step is due
    step_since     days since the next step was last changed, where the history shows it
    slipped        days since the close date was moved here from the current quarter
    """

    tags: tuple[str, ...]
    expect: Expected | None
    name: str
    account: str | None
    owner: str
    stage: str
    amount: float | None
    close: int | Quarter | None
    created: int
    touches: tuple[Said, ...] = ()
    kind: str = "New Customer"
    person: str | None = None
    next_step: str | None = "Agree the next meeting"
    next_due: int | None = 6
    step_since: int | None = None
    handover: Handover | None = None
    pushes: int = 0
    slipped: int | None = None
    quote: str | None = None
    stage_since: int | None = None
    currency: str = "USD"
    lost: str | None = None
