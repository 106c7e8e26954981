"""A company so small that one run of a decision is few calls: five silent deals of three owners with three accounts,
two that are alive. As of Mon 2026-11-23, 07:28 in Los Angeles."""

import json
from dataclasses import replace
from datetime import date
from typing import Final

from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Company, Table
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.org import base_tables
from deployments.sandbox.company.people import INTEGRATIONS, TEAM
from deployments.sandbox.company.slack_talk import CHANNELS, CRO_CHANNEL, colleague_id, quiet
from deployments.sandbox.company.tell import USER_IDS
from deployments.sandbox.salesforce.custom import SALES
from tests.company import MONDAY, OFFICE

DECIDER: Final = "Marisol Vega"
REASON: Final = "No response"
US: Final = USER_IDS[INTEGRATIONS]
SOMEBODY: Final = USER_IDS["nadia"]
ACCOUNTS: Final = ("Acme", "Globex", "Initech")

# name, account, owner, stage, amount, days since we last wrote and at what time
_DEALS: Final = (
    ("Acme 2026", 1, "tom", "Discovery", 120_000, 45, "10:15"),
    # Half past six in the evening in the office is the next day in UTC, where this would be 44 days.
    ("Acme fraud desk 2026", 1, "tom", "Demo", 85_000, 45, "18:30"),
    ("Globex 2026", 2, "priya", "Proposal", 64_000, 60, "10:15"),
    ("Initech 2026", 3, "lena", "Negotiation", 42_000, 72, "10:15"),
    ("Initech pilot 2026", 3, "lena", "Demo", 18_000, 90, "10:15"),
    ("Globex branch 2026", 2, "priya", "Demo", 51_000, 33, "10:15"),
    ("Acme renewal of terms 2026", 1, "tom", "Demo", 33_000, 3, "10:15"),
)
DEALS: Final = tuple(record_id("006", number) for number in range(1, len(_DEALS) + 1))
STALE, ALIVE = DEALS[:5], DEALS[5:]


def small_company(as_of: date = MONDAY) -> Company:
    """The company on that day in the office."""
    office = OfficeTime(as_of)
    tables = {**base_tables(TEAM, office.moment(900)), "Account": _accounts(office)}
    tables |= {"Opportunity": _deals(office), "Task": _tasks(office)}
    settings = {
        "RITUALS_TOUCHES__IGNORED_USERS": json.dumps([US]),
        "RITUALS_DECIDERS": json.dumps([DECIDER]),
        "RITUALS_SLACK_OWNERS": json.dumps({USER_IDS[key]: colleague_id(key) for key in ("tom", "priya", "lena")}),
    }
    slack = quiet()
    slack = replace(slack, channels=(*slack.channels, *(one for one in CHANNELS if one.id == CRO_CHANNEL)))
    return Company(SALES, {o.name: tables[o.name] for o in SALES.objects if o.name in tables}, slack, settings)


def _accounts(office: OfficeTime) -> Table:
    owner, made = USER_IDS["tom"], office.moment(800)
    rows = ((record_id("001", n), name, owner, made, owner) for n, name in enumerate(ACCOUNTS, 1))
    return Table(("Id", "Name", "OwnerId", "CreatedDate", "CreatedById"), tuple(rows))


def _deals(office: OfficeTime) -> Table:
    columns = (
        "Id", "Name", "AccountId", "OwnerId", "StageName", "Amount", "CloseDate", "Type", "NextStep",
        "NextStepDueDate__c", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
    )  # fmt: skip
    rows = (
        (
            record_id("006", n), name, record_id("001", account), USER_IDS[owner], stage, amount, office.day(-40),
            "New Customer", "Agree the next meeting", office.day(-6), office.moment(200), USER_IDS[owner],
            office.moment(days, at), USER_IDS[owner], office.moment(days, at),
        )
        for n, (name, account, owner, stage, amount, days, at) in enumerate(_DEALS, 1)
    )  # fmt: skip
    return Table(columns, tuple(rows))


def _tasks(office: OfficeTime) -> Table:
    columns = (
        "Id", "WhatId", "AccountId", "OwnerId", "Subject", "Status", "TaskSubtype", "CallType",
        "ActivityDate", "CompletedDateTime", "CreatedDate", "CreatedById",
    )  # fmt: skip
    rows = (
        (
            record_id("00T", n), record_id("006", n), record_id("001", account), USER_IDS[owner], "A call",
            "Completed", "Call", "Outbound", office.day(days), office.moment(days, at), office.moment(days, at),
            USER_IDS[owner],
        )
        for n, (_, account, owner, _, _, days, at) in enumerate(_DEALS, 1)
    )  # fmt: skip
    return Table(columns, tuple(rows))


__all__ = ["ALIVE", "DEALS", "DECIDER", "OFFICE", "REASON", "SOMEBODY", "STALE", "US", "small_company"]
