"""What the rep activity review reads and what it finds (handbook L138 to L143). Frames in, one frozen review out.

Frames are as in `findings.py`: text `str`, moments `datetime64[us, UTC]`, days `datetime64[us]` at midnight without a
zone, flags `boolean` (missing where unknown), RangeIndex.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

import pandas as pd

from tasks.rules.clock import office_day


class Rule(StrEnum):
    """What a finding is about: six say how often, five whom and when, two who is left."""

    STREAK = "unanswered in a row"
    GAP = "again too soon"
    SAME_DAY = "several times in a day"
    TWO_REPS = "several reps on one person"
    ACCOUNT = "unanswered at one account"
    WEEK = "many in 7 days"
    OPTED_OUT = "opted out of e-mail"
    DO_NOT_CALL = "asked not to be called"
    REST = "in a rest period"
    CUSTOMER = "a customer, by an SDR"
    HOURS = "outside their working day"
    WAITING = "waiting for an answer"
    FORGOTTEN = "open opportunity, no touch"


TOO_MUCH = (Rule.STREAK, Rule.GAP, Rule.SAME_DAY, Rule.TWO_REPS, Rule.ACCOUNT, Rule.WEEK)
NOT_OUR_WAY = (Rule.OPTED_OUT, Rule.DO_NOT_CALL, Rule.REST, Rule.CUSTOMER, Rule.HOURS)
LEFT = (Rule.WAITING, Rule.FORGOTTEN)  # never held against a rep: work to be done


@dataclass(frozen=True)
class Window:
    """The days that are reviewed: `days` of them up to and with that of `until` (aware), in `time_zone`."""

    until: datetime
    days: int
    time_zone: str

    @property
    def last(self) -> date:
        """The day of the review."""
        return office_day(self.until, self.time_zone)

    @property
    def first(self) -> date:
        """The first day that is read."""
        return self.last - timedelta(days=self.days - 1)


@dataclass(frozen=True)
class ActivityBook:
    """Everything one activity review reads.

    activities  one row a Task, Event or EmailMessage of the window, of whoever: the columns of `touches.py` and
                sender, receivers, bcc (the addresses of a mail, as Salesforce has them), case_id (of a mail), is_child
                (an invitee's copy of an event), show_as (Busy, OutOfOffice, Free). Events also of the days to come
    people      contacts and leads that were touched: id, kind (contact, lead), name, email, account_id, account (of a
                lead its company), opted_out, do_not_call, city, state, country, zone (IANA, where the org records it),
                email_bounced, owner_id
    accounts    those that were touched: id, name, owner_id, type
    deals       open opportunities, and those lost lately: id, name, account_id, account, account_owner_id, owner_id,
                amount, is_closed, is_won, created (moment), closed_on (day)
    reps        whose activity is reviewed: id, name, email, role, zone (IANA), manager_id
    managers    who may hold a talk: id, name, zone, active (flag)
    read        what was read of how many: "tasks" -> (rows, rows that Salesforce said there are)
    """

    activities: pd.DataFrame
    people: pd.DataFrame
    accounts: pd.DataFrame
    deals: pd.DataFrame
    reps: pd.DataFrame
    managers: pd.DataFrame
    read: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Touches:
    """What `activity_touches.touches_of` makes of a book.

    touches   what has happened in the window, one row a touch: id, kind (email, call, linkedin, meeting, task),
              direction (inbound, outbound, both, unknown), automated (bool: sent by a machine, or an automatic reply),
              support (bool), at (moment; missing where only the day is known), day, rep_id (missing for whoever is no
              rep), owner_id, person_id, account_id, subject; in the order in which they happened: day, at, id
    booked    meetings with people outside that are not over: person_id, account_id, starts
    busy      what fills calendars from now on: user_id, starts, ends (moments)
    unnamed   touches that name neither a person nor an account
    """

    touches: pd.DataFrame
    booked: pd.DataFrame
    busy: pd.DataFrame
    unnamed: int = 0


@dataclass(frozen=True)
class Totals:
    """The line of the whole team. Touches are those of reps by hand; people those who got at least one, outbound."""

    reps: int
    touches: int
    automated: int
    people: int
    answered: int  # of those people
    over: int  # people with a finding of TOO_MUCH or NOT_OUR_WAY
    waiting: int
    forgotten: int
    talks: int

    @property
    def share_answered(self) -> float | None:
        """0 to 1; None where nobody was written to."""
        return self.answered / self.people if self.people else None


@dataclass(frozen=True)
class ActivityReview:
    """The findings of one activity review, the only input of its report.

    touches   those of `Touches`, with person, account (names), rep (name), counts (bool: by hand, by a rep, outbound
              and no answer to them: what the rhythm is judged by), answered (bool: of those that count, whether that
              person answered later in the window)
    people    one row a person: person_id, person, account_id, account, touches (that count), automated, inbound,
              meetings, streak (longest run without an answer), open_streak (at the end), smallest_gap (days between two
              of a run; missing), busiest_week (most in 7 days, automated ones included), busiest_day, reps (int),
              first_day, last_day, level ("red", "amber", "")
    findings  one row a finding: rule (Rule), level ("red", "amber"), rep_ids (tuple, by name; empty for a machine
              alone), person_id, person, account_id, account (missing where it is about none), value (float), words
              (neutral, no names: "6 in a row without an answer, in 11 days"), touch_ids (tuple, oldest first),
              first_day, last_day, handbook ("L138, decisions"); most value first within a rule, then by name
    reps      one row a rep, by name: rep_id, rep, zone, manager_id, touches, people, answered (people), inbound,
              automated, median_gap (days, missing), streak (longest they had a part in), follow_ups_next_day, threads
              (runs of two or more touches), over (people with findings of theirs), red (of these), judged (bool),
              unjudged_because (text), talk (bool), talk_because (text)
    """

    window: Window
    touches: pd.DataFrame
    people: pd.DataFrame
    findings: pd.DataFrame
    reps: pd.DataFrame
    totals: Totals
    busy: pd.DataFrame
    managers: pd.DataFrame
    scope: str = ""  # the rep it is about, as asked for; "" for the whole team
    read: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what the reader should know of the data, a sentence each


@dataclass(frozen=True)
class Month:
    """One review of the whole team, as the next one needs it.

    over   the ids of people with findings of TOO_MUCH or NOT_OUR_WAY
    """

    day: date
    window_days: int
    totals: Totals
    over: frozenset[str] = frozenset()
