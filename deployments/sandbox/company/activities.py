"""Activities as Salesforce files them: a call is a Task, a meeting an Event, a mail an EmailMessage and often a Task"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.office_time import MEETING

MEETING_MINUTES = int(MEETING.total_seconds() // 60)
# One mail in so many has no Task of its own, as when an add-in failed halfway.
MAIL_WITHOUT_TASK = 8


@dataclass(frozen=True)
class Kind:
    """How one kind of activity is filed. Without `subtype` it is an Event; with `incoming` also an EmailMessage."""

    subtype: str | None
    type: str | None = None
    call_type: str | None = None
    incoming: int | None = None
    status: str = "Completed"
    archived: int = 0


KINDS = {
    "mail out": Kind("Email", "Email", incoming=0),
    "mail in": Kind("Email", "Email", incoming=1),
    "automatic reply": Kind("Email", "Email", incoming=1),
    "call out": Kind("Call", "Call", "Outbound"),
    "call in": Kind("Call", "Call", "Inbound"),
    "internal call": Kind("Call", "Call", "Internal"),
    "archived call": Kind("Call", "Call", "Outbound", archived=1),
    "linkedin": Kind("LinkedIn", "LinkedIn"),
    "bulk mail": Kind("List Email", "Email"),
    "cadence": Kind("Cadence", "Other"),
    "integration": Kind("Task", "Other"),
    "to-do": Kind("Task", "Other", status="Not Started"),
    "meeting": Kind(None),
}


class Activity(NamedTuple):
    """One activity. `day` and `due` are office days, `at`, `ends` and `logged` stored moments; references are ids."""

    number: int
    kind: str
    day: str
    at: str
    owner: str
    what: str | None
    who: str | None
    account: str | None
    subject: str
    due: str
    logged: str
    ends: str = ""
    body: str | None = None
    ours: str = ""
    theirs: str = ""
    bcc: str | None = None  # the address to which a sequence tool has its mail copied
    case: str | None = None  # the support case that a mail is about


TASK_COLUMNS = (
    "Id", "WhoId", "WhatId", "AccountId", "OwnerId", "Subject", "ActivityDate", "Status", "Priority", "Type",
    "TaskSubtype", "CallType", "CompletedDateTime", "Description", "IsArchived", "IsDeleted",
    "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
)  # fmt: skip
EVENT_COLUMNS = (
    "Id", "WhoId", "WhatId", "AccountId", "OwnerId", "Subject", "ActivityDate", "ActivityDateTime", "StartDateTime",
    "EndDateTime", "DurationInMinutes", "ShowAs", "IsAllDayEvent", "IsChild", "IsArchived", "IsDeleted",
    "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
)  # fmt: skip
EMAIL_COLUMNS = (
    "Id", "ActivityId", "RelatedToId", "Incoming", "Status", "MessageDate", "Subject", "TextBody", "FromAddress",
    "ToAddress", "BccAddress", "ParentId", "IsDeleted",
    "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
)  # fmt: skip


def tables(activities: Callable[[], Iterable[Activity]]) -> dict[str, Table]:
    """Task, Event and EmailMessage. `activities` is called once for each, so that none has to be kept in memory."""
    return {
        "Task": Table(TASK_COLUMNS, _tasks(activities())),
        "Event": Table(EVENT_COLUMNS, _events(activities())),
        "EmailMessage": Table(EMAIL_COLUMNS, _emails(activities())),
    }


def _has_task(a: Activity, kind: Kind) -> bool:
    if kind.incoming is None:
        return kind.subtype is not None
    # An EmailMessage names no person: a mail that is about nothing but a person is found by its Task alone.
    return a.what is None or a.number % MAIL_WITHOUT_TASK != 0


def _tasks(activities: Iterable[Activity]) -> Iterator[tuple[object, ...]]:
    for a in activities:
        kind = KINDS[a.kind]
        if not _has_task(a, kind):
            continue
        done = a.at if kind.status == "Completed" else None
        body = None if kind.incoming is not None else a.body
        yield (
            record_id("00T", a.number), a.who, a.what, a.account, a.owner, a.subject, a.due, kind.status, "Normal",
            kind.type, kind.subtype, kind.call_type, done, body, kind.archived, 0,
            a.logged, a.owner, a.logged, a.owner, a.logged,
        )  # fmt: skip


def _events(activities: Iterable[Activity]) -> Iterator[tuple[object, ...]]:
    for a in activities:
        if KINDS[a.kind].subtype is None:
            yield (
                record_id("00U", a.number), a.who, a.what, a.account, a.owner, a.subject, a.day, a.at, a.at,
                a.ends, MEETING_MINUTES, "Busy", 0, 0, 0, 0,
                a.logged, a.owner, a.logged, a.owner, a.logged,
            )  # fmt: skip


def _emails(activities: Iterable[Activity]) -> Iterator[tuple[object, ...]]:
    for a in activities:
        kind = KINDS[a.kind]
        if kind.incoming is None:
            continue
        task = record_id("00T", a.number) if _has_task(a, kind) else None
        sender, receiver = (a.theirs, a.ours) if kind.incoming else (a.ours, a.theirs)
        yield (
            record_id("02s", a.number), task, a.what, kind.incoming, "3", a.at, a.subject, a.body, sender or None,
            receiver or None, a.bcc, a.case, 0, a.logged, a.owner, a.logged, a.owner, a.logged,
        )  # fmt: skip
