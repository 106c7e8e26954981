"""A Salesforce of a handful of records around the edges of one window: every record is named after what it shows.

The window is the 30 days up to Monday, 23 November 2026, 07:28 in Los Angeles: from Sunday, 25 October, on. There the
day began at 07:00 UTC (daylight saving time), today at 08:00 UTC.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Company, Table
from deployments.sandbox.company.org import PROFILES, ROLES, profile_table, role_table, stage_table, status_table
from deployments.sandbox.company.slack_talk import quiet
from deployments.sandbox.salesforce.custom import SALES
from tasks.clients import SalesforceDoor
from tasks.rules.activity_findings import Window
from tasks.salesforce_activity import ActivityReader, ActivityReading
from tasks.settings import Settings
from tests.company import REVIEW_AT, Sandbox, settings_from

WINDOW = Window(REVIEW_AT, 30, "America/Los_Angeles")
SETTINGS = {"RITUALS_REPS__ROLES": '["account executive", "SDR"]'}

TOM, SAM, VERA, GONE, MACHINE, ROOT = (record_id("005", n) for n in range(1, 7))
USERS = (  # id, name, role, profile, active, manager, zone
    (TOM, "Tom Okafor", "Account Executive", "Standard User", 1, VERA, "America/Los_Angeles"),
    (SAM, "Sam Whitlock", "SDR", "Standard User", 1, GONE, "Europe/Berlin"),
    (VERA, "Vera Lind", "Sales Manager", "Standard User", 1, None, "America/New_York"),
    (GONE, "Greg Halloran", "Account Executive", "Standard User", 0, VERA, "America/Los_Angeles"),
    (MACHINE, "Sync", "Account Executive", "Integration User", 1, None, "America/Los_Angeles"),
    (ROOT, "Root", "Integrations", "System Administrator", 1, None, "America/Los_Angeles"),
)
ACME, GLOBEX, HOOLI, QUIET, DEALT = (record_id("001", n) for n in range(1, 6))
ACCOUNTS = (
    {"Id": ACME, "Name": "Acme", "Type": "Prospect", "OwnerId": TOM},
    {"Id": GLOBEX, "Name": "Globex", "Type": "Customer - Direct", "OwnerId": TOM},
    {"Id": HOOLI, "Name": "Hooli", "Type": None, "OwnerId": SAM},
    {"Id": QUIET, "Name": "Quiet Ltd", "Type": None, "OwnerId": SAM},
    {"Id": DEALT, "Name": "Initrode", "Type": None, "OwnerId": TOM},
)
JANE, LATE, WRITER, UNTOUCHED = (record_id("003", n) for n in range(1, 5))
CONTACTS = (
    {"Id": JANE, "LastName": "Jane", "Email": "Jane@acme.example", "AccountId": ACME, "OwnerId": TOM,
     "HasOptedOutOfEmail": 1, "DoNotCall": 0, "MailingCity": "Portland", "MailingState": "OR", "MailingCountry": "US",
     "EmailBouncedDate": "2026-11-02T10:00:00.000+0000"},
    {"Id": LATE, "LastName": "Late", "Email": "late@globex.example", "AccountId": GLOBEX, "OwnerId": TOM,
     "DoNotCall": 1},
    {"Id": WRITER, "LastName": "Writer", "Email": "Writer@Hooli.example", "AccountId": HOOLI, "OwnerId": SAM},
    {"Id": UNTOUCHED, "LastName": "Untouched", "Email": "untouched@quiet.example", "AccountId": QUIET, "OwnerId": SAM},
)  # fmt: skip
DOE, ASKER, TARDY = (record_id("00Q", n) for n in range(1, 4))
LEADS = (
    {"Id": DOE, "LastName": "Doe", "Company": "Initech", "Email": "doe@initech.example", "OwnerId": SAM,
     "City": "Berlin", "Country": "Germany", "DoNotCall": 1},
    {"Id": ASKER, "LastName": "Asker", "Company": "Umbrella", "Email": "asker@umbrella.example", "OwnerId": SAM},
    {"Id": TARDY, "LastName": "Tardy", "Company": "Vandelay", "Email": "tardy@vandelay.example", "OwnerId": SAM},
)  # fmt: skip

LIST = [f"member{n}@somewhere-else.example" for n in range(40)]

# name, completed (UTC), due, what else, whether it is read
TASKS: tuple[tuple[str, str | None, str | None, dict[str, Any], bool], ...] = (
    ("Sun 25 Oct 00:00:00 office", "2026-10-25T07:00:00", "2026-10-25", {"WhoId": JANE, "AccountId": ACME}, True),
    ("Sat 24 Oct 23:59:59 office", "2026-10-25T06:59:59", "2026-10-24", {}, False),
    ("the moment of the review", "2026-11-23T15:28:00", "2026-11-23", {}, True),
    ("a second after the review", "2026-11-23T15:28:01", "2026-11-23", {}, False),
    ("only a day, Sun 25 Oct", None, "2026-10-25", {}, True),
    ("only a day, Sat 24 Oct", None, "2026-10-24", {}, False),
    ("only a day, today", None, "2026-11-23", {}, True),
    ("only a day, tomorrow", None, "2026-11-24", {}, False),
    ("done in the window, due in August", "2026-11-10T18:00:00", "2026-08-01", {"WhoId": LATE}, True),
    ("done in the window, due in July", "2026-11-10T18:00:00", "2026-07-01", {"WhoId": TARDY}, True),
    ("so old that it is archived", "2026-11-10T18:00:00", "2025-08-01", {"IsArchived": 1}, True),
    ("not done", None, "2026-11-10", {"Status": "Not Started"}, False),
    ("in the recycle bin", "2026-11-10T18:00:00", "2026-11-10", {"IsDeleted": 1}, False),
    ("with somebody who is deleted", "2026-11-10T18:00:00", "2026-11-10", {"WhoId": record_id("003", 99)}, True),
    ("by a machine", "2026-11-10T18:00:00", "2026-11-10", {"OwnerId": MACHINE, "WhoId": DOE}, True),
)
# name, starts, ends (UTC), what else, whether it is read
EVENTS: tuple[tuple[str, str, str, dict[str, Any], bool], ...] = (
    ("ends with the first minute", "2026-10-25T06:30:00", "2026-10-25T07:01:00", {"WhoId": JANE}, True),
    ("two days before", "2026-10-23T17:00:00", "2026-10-23T18:00:00", {}, False),
    ("all of the first day", "2026-10-25T00:00:00", "2026-10-25T00:00:00", {"IsAllDayEvent": 1}, True),
    ("away since September", "2026-09-20T00:00:00", "2026-11-27T00:00:00",
     {"IsAllDayEvent": 1, "ShowAs": "OutOfOffice"}, True),
    ("among ourselves, on the last day for a talk", "2026-12-07T18:00:00", "2026-12-07T19:00:00", {}, True),
    ("among ourselves, in January", "2027-01-11T18:00:00", "2027-01-11T19:00:00", {}, False),
    ("with a person, in January", "2027-01-11T18:00:00", "2027-01-11T19:00:00", {"WhoId": JANE}, True),
    ("with a company, in January", "2027-01-11T18:00:00", "2027-01-11T19:00:00", {"WhatId": ACME}, True),
    ("an invitee's copy", "2026-11-30T18:00:00", "2026-11-30T19:00:00", {"IsChild": 1, "OwnerId": VERA}, True),
    ("cancelled and deleted", "2026-11-10T18:00:00", "2026-11-10T19:00:00", {"IsDeleted": 1}, False),
)  # fmt: skip
# subject, at (UTC), what else, whether it is read
MAIL: tuple[tuple[str, str, dict[str, Any], bool], ...] = (
    ("first second", "2026-10-25T07:00:00", {"FromAddress": "writer@hooli.example", "Incoming": 1}, True),
    ("the second before", "2026-10-25T06:59:59", {}, False),
    ("now", "2026-11-23T15:28:00", {"ToAddress": "Nobody@Elsewhere.example; ASKER@umbrella.example"}, True),
    ("a second too late", "2026-11-23T15:28:01", {}, False),
    ("to a whole list", "2026-11-10T18:00:00",
     {"ToAddress": "; ".join(["jane@ACME.example", "Tom@ourco.example", *LIST])}, True),
    ("a draft", "2026-11-10T18:00:00", {"Status": "5"}, False),
    ("on a case", "2026-11-10T18:00:00", {"ParentId": record_id("500", 1), "BccAddress": "log@tool.example"}, True),
)  # fmt: skip
# name, stage, since (UTC), close date, whether it is read
DEALS: tuple[tuple[str, str, str | None, str, bool], ...] = (
    ("open", "Discovery", None, "2027-01-31", True),
    ("lost on the first day that rests", "Closed Lost", "2026-09-25T07:00:00", "2027-03-31", True),
    ("lost the day before", "Closed Lost", "2026-09-25T06:59:59", "2026-11-10", False),
    ("made as a lost one", "Closed Lost", None, "2026-09-25", True),
    ("made as a lost one the day before", "Closed Lost", None, "2026-09-24", False),
    ("won lately", "Closed Won", "2026-11-10T18:00:00", "2026-11-10", False),
)


def empty() -> Company:
    """The same people of ours, and nothing else."""
    whole = company()
    ours = ("Profile", "UserRole", "User", "OpportunityStage", "TaskStatus")
    return Company(SALES, {name: whole.tables[name] for name in ours}, whole.slack, whole.settings)


def company() -> Company:
    """All of it, with its settings."""
    made = "2025-01-01T12:00:00.000+0000"
    tables = {
        "Profile": profile_table(),
        "UserRole": role_table(),
        "User": _table(_user(*user) for user in USERS),
        "OpportunityStage": stage_table(),
        "TaskStatus": status_table(),
        "Account": _table(ACCOUNTS),
        "Contact": _table(CONTACTS),
        "Lead": _table(LEADS),
        "Opportunity": _table(
            {"Id": record_id("006", n), "Name": name, "StageName": stage, "LastStageChangeDate": _utc(since),
             "CloseDate": close, "AccountId": DEALT, "OwnerId": TOM, "Amount": 1000.0 * n, "CreatedDate": made}
            for n, (name, stage, since, close, _) in enumerate(DEALS, 1)
        ),
        "Task": _table(
            {"Id": record_id("00T", n), "Subject": name, "CompletedDateTime": _utc(done), "ActivityDate": due,
             "Status": "Completed", "TaskSubtype": "Call", "OwnerId": TOM, **more}
            for n, (name, done, due, more, _) in enumerate(TASKS, 1)
        ),
        "Event": _table(
            {"Id": record_id("00U", n), "Subject": name, "StartDateTime": _utc(starts), "EndDateTime": _utc(ends),
             "ActivityDate": starts[:10], "ShowAs": "Busy", "OwnerId": TOM, **more}
            for n, (name, starts, ends, more, _) in enumerate(EVENTS, 1)
        ),
        "EmailMessage": _table(
            {"Id": record_id("02s", n), "Subject": subject, "MessageDate": _utc(at), "Status": "3", "Incoming": 0,
             "FromAddress": "tom@ourco.example", "CreatedById": MACHINE, **more}
            for n, (subject, at, more, _) in enumerate(MAIL, 1)
        ),
    }  # fmt: skip
    return Company(SALES, tables, quiet(), {**SETTINGS, "RITUALS_TOUCHES__IGNORED_USERS": json.dumps([MACHINE[:15]])})


def _user(id_: str, name: str, role: str, profile: str, active: int, manager: str | None, zone: str) -> dict[str, Any]:
    first, _, last = name.partition(" ")
    return {
        "Id": id_, "Username": f"{first}@ourco.example", "FirstName": first, "LastName": last or None,
        "Email": f"{first}@ourco.example".lower(), "IsActive": active, "ManagerId": manager, "TimeZoneSidKey": zone,
        "UserRoleId": record_id("00E", list(ROLES).index(role) + 1),
        "ProfileId": record_id("00e", PROFILES.index(profile) + 1),
    }  # fmt: skip


def _table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Rows that state only what matters, with every column that one of them has."""
    listed = list(rows)
    columns = tuple(dict.fromkeys(name for row in listed for name in row))
    flags = {"IsDeleted", "IsArchived", "IsAllDayEvent", "IsChild", "HasOptedOutOfEmail", "DoNotCall"}
    return Table(columns, tuple(tuple(row.get(c, 0 if c in flags else None) for c in columns) for row in listed))


def _utc(moment: str | None) -> str | None:
    return None if moment is None else f"{moment}.000+0000"


def read(config: Settings) -> ActivityReading:
    """One reading, without waiting between the polls of a bulk job."""
    return ActivityReader(SalesforceDoor(config), config, WINDOW, sleep=lambda _: None).read()


def changed(sandbox: Sandbox, **settings: str) -> Settings:
    return settings_from({**sandbox.environment, **settings})


def row(frame: pd.DataFrame, **where: str) -> dict[str, Any]:
    [(name, value)] = where.items()
    [found] = frame[frame[name] == value].to_dict("records")
    return dict(found)
