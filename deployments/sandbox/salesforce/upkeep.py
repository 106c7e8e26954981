"""What Salesforce fills in by itself when a record is written: defaults, stage facts, activity times."""

# ruff: noqa: S608 - the statements are made of names of the catalogue; every value is a parameter

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from deployments.sandbox.salesforce.event_times import times
from deployments.sandbox.salesforce.values import as_moment

if TYPE_CHECKING:
    from deployments.sandbox.salesforce.store import Store

Row = dict[str, Any]

# Required fields that a caller may leave out.
DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "Task": {"Status": None, "Priority": "Normal", "TaskSubtype": "Task"},
    "Event": {"ShowAs": "Busy"},
    "Lead": {"Status": "Open - Not Contacted"},
    "EventRelation": {"Status": "New"},
    "EmailMessage": {"Status": "3"},
    "Opportunity": {"PushCount": 0},
}
DEFAULTED_ANYWHERE = ("OwnerId", "CurrencyIsoCode")
FROM_STAGE = ("Probability", "ForecastCategoryName")


def completed(store: "Store", sobject: str, before: Row, changes: Row, now: datetime) -> Row:
    """`changes` (columns) with what follows from them; `before` is empty for a new record."""
    if not before:
        changes = {**DEFAULTS.get(sobject, {}), **changes}
    match sobject:
        case "Opportunity":
            return _opportunity(store, before, changes, now)
        case "Task":
            return _task(store, before, changes, now)
        case "Event":
            return _event(store, before, changes)
        case "OpportunityContactRole":
            return _contact_role(store, before, changes)
    return changes


def _opportunity(store: "Store", before: Row, changes: Row, now: datetime) -> Row:
    result = dict(changes)
    stage = changes.get("StageName")
    if stage is not None and stage != before.get("StageName"):
        sql = """SELECT "DefaultProbability", "ForecastCategoryName" FROM "OpportunityStage" WHERE "ApiName" = ?"""
        known = store.connection.execute(sql, (stage,)).fetchone() or (None, None)
        for name, value in zip(FROM_STAGE, known, strict=True):
            if value is not None:
                result.setdefault(name, value)
        if before:
            result["LastStageChangeDate"] = as_moment(now)
    old, new = before.get("CloseDate"), changes.get("CloseDate")
    if old and new and new[:7] > old[:7]:  # a push is a move to a later month
        result["PushCount"] = (before.get("PushCount") or 0) + 1
    return result


def _task(store: "Store", before: Row, changes: Row, now: datetime) -> Row:
    result = {**changes, **_account(store, before, changes)}
    if not before and result.get("Status") is None:
        sql = """SELECT "ApiName" FROM "TaskStatus" ORDER BY "IsDefault" DESC, "SortOrder" LIMIT 1"""
        result["Status"] = (store.connection.execute(sql).fetchone() or ("Not Started",))[0]
    if "Status" in result and result["Status"] != before.get("Status"):
        closed = _is_closed(store, result["Status"])
        if closed and not (before and _is_closed(store, before.get("Status"))):
            result["CompletedDateTime"] = as_moment(now)
        elif not closed:
            result["CompletedDateTime"] = None
    return result


def _is_closed(store: "Store", status: object) -> bool:
    sql = """SELECT "IsClosed" FROM "TaskStatus" WHERE "ApiName" = ?"""
    return bool((store.connection.execute(sql, (status,)).fetchone() or (0,))[0])


def _account(store: "Store", before: Row, changes: Row) -> Row:
    """An activity belongs to its record's account; without a record, to its person's."""
    if "WhatId" not in changes and "WhoId" not in changes:
        return {}
    what = changes.get("WhatId", before.get("WhatId"))
    who = changes.get("WhoId", before.get("WhoId"))
    if what and what.startswith("001"):
        return {"AccountId": what}
    table, record = ("Opportunity", what) if what else ("Contact", who)
    row = store.connection.execute(
        f'SELECT "AccountId" FROM "{table}" WHERE "Id" = ?',
        (record,),
    ).fetchone()
    return {"AccountId": row[0] if row else None}


def _event(store: "Store", before: Row, changes: Row) -> Row:
    return {**changes, **_account(store, before, changes), **times(before, changes)}


def _contact_role(store: "Store", before: Row, changes: Row) -> Row:
    """A deal has one primary contact: a new one takes the place of the old."""
    if changes.get("IsPrimary"):
        deal = changes.get("OpportunityId", before.get("OpportunityId"))
        store.connection.execute(
            """UPDATE "OpportunityContactRole" SET "IsPrimary" = 0 WHERE "OpportunityId" = ?""", (deal,)
        )
    return changes
