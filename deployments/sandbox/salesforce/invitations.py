"""Who is invited to an event: a user gets a child event in their own calendar, and it goes where the event goes.

Salesforce shows no field that leads from a child to its event, so the link is kept in a table of its own.
"""

# ruff: noqa: S608 - the statements are made of names of the catalogue; every value is a parameter

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from deployments.sandbox.salesforce.errors import SalesforceError

if TYPE_CHECKING:
    from deployments.sandbox.salesforce.store import Store

_USER = "005"
_OWN = ("IsReminderSet", "ReminderDateTime")  # all that an invitee can change of their copy
_TIMES = ("StartDateTime", "ActivityDateTime", "ActivityDate", "EndDateTime", "DurationInMinutes", "IsAllDayEvent")
_COPIED = ("Subject", "Location", "Description", "WhoId", "WhatId", "AccountId", "IsPrivate", "ShowAs", *_TIMES)
_GIVEN = (*_COPIED[:5], "IsPrivate", "ShowAs", "IsAllDayEvent", "StartDateTime", "DurationInMinutes")


def create_table(connection: sqlite3.Connection) -> None:
    """Where the child event of each EventRelation is remembered."""
    connection.execute('CREATE TABLE "_Invitation" ("Relation" TEXT PRIMARY KEY, "Child" TEXT NOT NULL)')


def check(store: "Store", sobject: str, before: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    """SalesforceError for an invitation to a child event, a second one of the same person, or a change of a child event
    that is the organiser's to make. The codes are guesses: no documentation names them."""
    if sobject == "EventRelation" and not before:
        event = store.get("Event", changes["EventId"]) or {}
        if event.get("IsChild"):
            raise _refused("An invitee cannot be added to a child event", "EventId")
        sql = 'SELECT 1 FROM "EventRelation" WHERE "EventId" = ? AND "RelationId" = ? AND "IsDeleted" = 0'
        asked = (changes["EventId"], changes["RelationId"])
        if changes["RelationId"] == event.get("OwnerId") or store.connection.execute(sql, asked).fetchone():
            raise _refused("This person takes part already", "RelationId")
    if sobject == "Event" and before.get("IsChild") and (names := [name for name in changes if name not in _OWN]):
        raise _refused("Only the reminder of a child event can be changed", *names)


def after_create(store: "Store", sobject: str, record_id: str, user_id: str) -> None:
    """Put an event to which a user is invited into that user's calendar."""
    relation = store.get(sobject, record_id) if sobject == "EventRelation" else None
    if relation is None:
        return
    event = store.get("Event", relation["EventId"]) or {}
    store.connection.execute('UPDATE "Event" SET "IsGroupEvent" = 1 WHERE "Id" = ?', (event["Id"],))
    if relation["RelationId"].startswith(_USER):
        same = {name: event[name] for name in _GIVEN if event[name] is not None}
        flags = {name: bool(same[name]) for name in ("IsPrivate", "IsAllDayEvent")}
        child = store.create("Event", {**same, **flags, "OwnerId": relation["RelationId"]}, user_id)
        sql = 'UPDATE "Event" SET "IsChild" = 1, "IsGroupEvent" = 1 WHERE "Id" = ?'
        store.connection.execute(sql, (child,))
        store.connection.execute('INSERT INTO "_Invitation" VALUES (?, ?)', (record_id, child))


def after_update(store: "Store", sobject: str, record_id: str) -> None:
    """Move and rename the child events of an event with it."""
    if sobject != "Event":
        return
    names = (*_COPIED, "LastModifiedDate", "LastModifiedById", "SystemModstamp")
    listed = ", ".join(f'"{name}"' for name in names)
    sql = f"""UPDATE "Event" SET ({listed}) = (SELECT {listed} FROM "Event" WHERE "Id" = ?1) WHERE "IsDeleted" = 0
        AND "Id" IN (SELECT i."Child" FROM "EventRelation" r JOIN "_Invitation" i ON i."Relation" = r."Id"
                     WHERE r."EventId" = ?1 AND r."IsDeleted" = 0)"""
    store.connection.execute(sql, (record_id,))


def child_of(store: "Store", sobject: str, record_id: str) -> list[str]:
    """The child event that goes with an EventRelation, if there is one."""
    if sobject != "EventRelation":
        return []
    sql = """SELECT i."Child" FROM "_Invitation" i JOIN "Event" e ON e."Id" = i."Child" AND e."IsDeleted" = 0
        WHERE i."Relation" = ?"""
    return [child for (child,) in store.connection.execute(sql, (record_id,))]


def _refused(message: str, *names: str) -> SalesforceError:
    return SalesforceError(400, "FIELD_INTEGRITY_EXCEPTION", message, list(names))
