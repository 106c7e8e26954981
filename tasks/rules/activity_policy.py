"""The values of the activity review and its coaching talks that the handbook leaves open, with their defaults."""

import re
from dataclasses import dataclass
from datetime import time

_SALESFORCE_ID = re.compile("[0-9A-Za-z]{15}([0-9A-Za-z]{3})?")


@dataclass(frozen=True)
class RepPolicy:
    """Whose activity is reviewed: the active users with one of these roles or profiles, and these users. Never the
    integration users and bots of `TouchPolicy.ignored_users`. Text is compared without case.

    roles, profiles   names of user roles and profiles          users   Salesforce user ids
    sdr_roles         of these roles, those that are to leave customers to others
    """

    roles: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    sdr_roles: frozenset[str] = frozenset({"SDR", "Sales Development Representative"})

    def __post_init__(self) -> None:
        wrong = sorted(user for user in self.users if not _SALESFORCE_ID.fullmatch(user))
        if wrong:
            raise ValueError(f"users takes Salesforce ids of 15 or 18 characters, not {wrong}")

    @property
    def anybody(self) -> bool:
        """Whether any rep is named at all."""
        return bool(self.roles or self.profiles or self.users)


@dataclass(frozen=True)
class ActivityPolicy:
    """What is too frequent, what does not fit the strategy, and who is forgotten (handbook L138, L143, decisions.md).
    Days are calendar days in the office time zone; none of the numbers stands in the handbook.

    window_days            the days that are reviewed, the day of the review and the first one included
    unanswered_amber/red   so many unanswered touches of one person in a row, from all reps together
    gap_days               two unanswered touches of one person fewer days apart are too close
    touches_a_day          so many unanswered touches of one person on one day are too many
    reps_on_one_person     so many reps who write to one person are too many
    account_unanswered     so many touches of one account's people that nobody there has answered
    touches_in_7_days      so many touches of one person in 7 days, automated ones included; None: only shown
    rest_days              a prospect whose deal was lost fewer days ago is left in peace
    customer_types         values of the account's Type that mean a customer
    day_begins, day_ends   the working day of the people we write to, on their own clock, Monday to Friday
    waiting_days           an inbound message waits for our answer so many business days at most
    automated_senders      whole addresses, or their beginning up to the "@", of machines
    capture_addresses      addresses or domains in Bcc by which a sequence tool files its mail
    support_roles          roles whose touches are support, beside mail on a case
    coach_people           a talk is suggested for a rep with findings about so many people
    coach_red              … or with red findings about so many
    agreed                 whether these values are company policy; until then the report says that they are not
    """

    window_days: int = 30
    unanswered_amber: int = 4
    unanswered_red: int = 6
    gap_days: int = 3
    touches_a_day: int = 2
    reps_on_one_person: int = 2
    account_unanswered: int = 10
    touches_in_7_days: int | None = None
    rest_days: int = 30
    customer_types: frozenset[str] = frozenset({"Customer", "Customer - Direct", "Customer - Channel"})
    day_begins: time = time(8)
    day_ends: time = time(18)
    waiting_days: int = 1
    automated_senders: frozenset[str] = frozenset({"noreply@", "no-reply@", "donotreply@", "mailer-daemon@"})
    capture_addresses: frozenset[str] = frozenset()
    support_roles: frozenset[str] = frozenset({"Support", "Customer Support"})
    coach_people: int = 3
    coach_red: int = 1
    agreed: bool = False

    def __post_init__(self) -> None:
        for name in (
            "unanswered_amber", "gap_days", "account_unanswered", "waiting_days", "coach_people", "coach_red",
        ):  # fmt: skip
            _at_least(name, getattr(self, name), 1)
        for name in ("touches_a_day", "reps_on_one_person"):
            _at_least(name, getattr(self, name), 2)
        _at_least("rest_days", self.rest_days, 0)
        if self.touches_in_7_days is not None:
            _at_least("touches_in_7_days", self.touches_in_7_days, 1)
        if not 7 <= self.window_days <= 92:  # noqa: PLR2004 - a week to a quarter
            raise ValueError(f"window_days must be 7 to 92, not {self.window_days}")
        if self.unanswered_red < self.unanswered_amber:
            raise ValueError(
                f"unanswered_red ({self.unanswered_red}) must not be below unanswered_amber ({self.unanswered_amber})"
            )
        _check_hours(self.day_begins, self.day_ends)
        for name in ("automated_senders", "capture_addresses"):
            if any(len(sign.strip()) < 3 for sign in getattr(self, name)):  # noqa: PLR2004 - "@" would match all
                raise ValueError(f"{name}: an entry of fewer than 3 letters would match every mail: remove it")


@dataclass(frozen=True)
class CoachingPolicy:
    """The 30-minute session of handbook L143: when it may be, and who holds it.

    minutes              its length
    day_begins, day_ends working hours of rep and manager, each on the clock of their Salesforce user
    notice_days          it is so many business days after the review at the earliest
    within_days          it is found within so many calendar days after the review, or not at all
    book_within_days     a drafted talk can be booked so many days after it was drafted
    manager              Salesforce user id of who talks to reps without an active manager; "": they get no draft
    subject              what the calendar shows, for both; names no customer and no finding
    """

    minutes: int = 30
    day_begins: time = time(9)
    day_ends: time = time(17)
    notice_days: int = 1
    within_days: int = 14
    book_within_days: int = 14
    manager: str = ""
    subject: str = "Coaching: following up with people"

    def __post_init__(self) -> None:
        for name in ("minutes", "within_days", "book_within_days"):
            _at_least(name, getattr(self, name), 1)
        _at_least("notice_days", self.notice_days, 0)
        _check_hours(self.day_begins, self.day_ends)
        if self.within_days > 60:  # noqa: PLR2004 - calendars are read so far ahead
            raise ValueError(f"within_days must be 60 or less, not {self.within_days}")
        if self.manager and not _SALESFORCE_ID.fullmatch(self.manager):
            raise ValueError(f"manager takes a Salesforce id of 15 or 18 characters, not {self.manager!r}")
        if not self.subject.strip() or len(self.subject) > 255:  # noqa: PLR2004 - Event.Subject holds no more
            raise ValueError("subject needs 1 to 255 characters")


def _at_least(name: str, value: int, least: int) -> None:
    if value < least:
        raise ValueError(f"{name} must be {least} or more, not {value}")


def _check_hours(begins: time, ends: time) -> None:
    if begins >= ends:
        raise ValueError(f"day_begins ({begins:%H:%M}) must be before day_ends ({ends:%H:%M})")
