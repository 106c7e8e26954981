"""What the activity review asks of Salesforce, as SOQL. Pure: settings, a window and ids in, `Read`s out.

Values enter only through `format_soql`; field names come from the columns and from validated settings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from simple_salesforce.format import format_soql

from tasks.rules.activity_findings import Window
from tasks.salesforce_activity_columns import (
    ACCOUNT,
    EVENT,
    OPPORTUNITY,
    TASK,
    USER,
    contact_columns,
    email_columns,
    lead_columns,
)
from tasks.salesforce_frames import Columns
from tasks.salesforce_queries import Read, chunks, select, sent_mail
from tasks.settings import Settings


@dataclass(frozen=True)
class Missing:
    """Whom activities name and no query has brought yet: ids, and e-mail addresses of mails that name nobody."""

    contacts: Sequence[str] = ()
    leads: Sequence[str] = ()
    accounts: Sequence[str] = ()
    addresses: Sequence[str] = ()


def first_look(settings: Settings, window: Window) -> list[Read]:
    """The first call: who the reps are, and all activities and opportunities. Their first pages tell how many."""
    return [users(settings), *activities(settings, window), opportunities(settings, window)]


def users(settings: Settings) -> Read:
    """The active users with a role, a profile or an id of the settings, their managers, and who talks for want of one.

    Which of them are reps is for the reader to say: Salesforce compares names without case, as it should.
    """
    reps, stand_in = settings.reps, settings.coaching.manager
    named = [
        format_soql(f"{field} IN {{}}", sorted(values))
        for field, values in (("UserRole.Name", reps.roles), ("Profile.Name", reps.profiles), ("Id", reps.users))
        if values
    ]
    condition = " OR ".join(named)
    where = f"(IsActive = true AND ({condition}))"
    if stand_in:
        where += format_soql(" OR Id = {}", stand_in)
    return Read("users", select(USER, "User") + f" WHERE {where}", USER)


def activities(settings: Settings, window: Window) -> list[Read]:
    """Tasks done, events and mail of the window, of whoever: a person's burden is over all senders."""
    mail = email_columns(settings.activity)
    return [
        Read("tasks", select(TASK, "Task") + f" WHERE {_done_in(window)}", TASK, archived=True),
        Read("events", select(EVENT, "Event") + f" WHERE {_held_in(settings, window)}", EVENT, archived=True),
        Read("mail", select(mail, "EmailMessage") + f" WHERE {_sent_in(window)}", mail),
    ]


def opportunities(settings: Settings, window: Window) -> Read:
    """Those that are open, and those lost so lately that their people were to be left in peace within the window.

    The day a deal was lost is that of its last stage: nothing moves its close date to it.
    """
    since = window.first - timedelta(days=settings.activity.rest_days)
    lost = format_soql(
        "(IsWon = false AND (LastStageChangeDate >= {} OR (LastStageChangeDate = null AND CloseDate >= {})))",
        _midnight(since, window),
        since,
    )
    return Read(
        "opportunities",
        select(OPPORTUNITY, "Opportunity") + f" WHERE IsClosed = false OR {lost}",
        OPPORTUNITY,
    )


def touched(settings: Settings, window: Window) -> list[Read]:
    """The contacts, leads and accounts with an event or a done task that is due in the window or later."""
    where = format_soql("LastActivityDate >= {}", window.first)
    contact, lead = contact_columns(settings), lead_columns(settings)
    return [
        Read("contacts", select(contact, "Contact") + f" WHERE {where}", contact),
        Read("leads", select(lead, "Lead") + f" WHERE {where}", lead),
        Read("accounts", select(ACCOUNT, "Account") + f" WHERE {where}", ACCOUNT),
    ]


def the_rest(settings: Settings, missing: Missing, ids_per_query: int) -> list[Read]:
    """Queries for what is still missing, so many ids each, and half as many addresses, which are longer."""
    contact, lead = contact_columns(settings), lead_columns(settings)
    wanted: list[tuple[str, str, Columns, str, Sequence[str], int]] = [
        ("contacts", "Contact", contact, "Id", missing.contacts, ids_per_query),
        ("leads", "Lead", lead, "Id", missing.leads, ids_per_query),
        ("accounts", "Account", ACCOUNT, "Id", missing.accounts, ids_per_query),
        ("contacts", "Contact", contact, "Email", missing.addresses, max(ids_per_query // 2, 1)),
        ("leads", "Lead", lead, "Email", missing.addresses, max(ids_per_query // 2, 1)),
    ]
    return [
        Read(name, select(columns, sobject) + " WHERE " + format_soql(f"{field} IN {{}}", chunk), columns)
        for name, sobject, columns, field, values, size in wanted
        for chunk in chunks(values, size)
    ]


def _done_in(window: Window) -> str:
    """As `done_tasks`, from the window's first day on."""
    return format_soql(
        "IsClosed = true AND IsDeleted = false AND ((CompletedDateTime >= {} AND CompletedDateTime <= {}) "
        "OR (CompletedDateTime = null AND ActivityDate >= {} AND ActivityDate <= {}))",
        _midnight(window.first, window),
        window.until,
        window.first,
        window.last,
    )


def _held_in(settings: Settings, window: Window) -> str:
    """The events of the window and, for the calendars, of the days in which a talk may be; those with people outside
    however far ahead they are, as whoever has one is not forgotten. An all-day event's moments are midnights in UTC,
    which may be the office's day before: hence a day more at both ends."""
    ahead = window.last + timedelta(days=settings.coaching.within_days + 2)
    return format_soql(
        "IsDeleted = false AND EndDateTime >= {} AND "
        "(StartDateTime < {} OR (IsChild = false AND (WhoId != null OR WhatId != null)))",
        _midnight(window.first - timedelta(days=1), window),
        _midnight(ahead, window),
    )


def _sent_in(window: Window) -> str:
    return format_soql("MessageDate >= {}", _midnight(window.first, window)) + f" AND {sent_mail(window.until)}"


def _midnight(day: date, window: Window) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(window.time_zone))
