"""A small org for the SOQL tests: on Monday 2026-11-23, 09:00 in Los Angeles."""

from datetime import UTC, datetime
from typing import Any

from deployments.sandbox.salesforce.schema import Catalogue, Field, SObject

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)

_ID = Field("Id", "id", nillable=False)
_DELETED = Field("IsDeleted", "boolean", nillable=False)
_CREATED = Field("CreatedDate", "datetime", nillable=False)


def _reference(name: str, *to: str, relationship: str | None = None, children: str | None = None) -> Field:
    return Field(name, "reference", reference_to=to, relationship=relationship, children=children)


CATALOGUE = Catalogue((
    SObject("User", "005", (
        _ID, _DELETED, Field("Name"), Field("FirstName"), Field("Email", "email"), Field("IsActive", "boolean"),
        _reference("ManagerId", "User", relationship="Manager"),
    )),
    SObject("Account", "001", (
        _ID, _DELETED, Field("Name"), Field("Industry", "picklist"), Field("AnnualRevenue", "currency"),
        Field("Description", "textarea", length=32000, filterable=False, sortable=False, groupable=False),
        Field("Tags__c", "multipicklist", sortable=False, groupable=False),
        _reference("OwnerId", "User", relationship="Owner"),
        _reference("ParentId", "Account", relationship="Parent", children="ChildAccounts"),
    )),
    SObject("Contact", "003", (
        _ID, _DELETED, Field("Name"), Field("Email", "email"),
        _reference("AccountId", "Account", relationship="Account", children="Contacts"),
    )),
    SObject("Opportunity", "006", (
        _ID, _DELETED, _CREATED, Field("Name"), Field("StageName", "picklist"), Field("Amount", "currency"),
        Field("CloseDate", "date"), Field("PushCount", "int"), Field("Probability", "percent"),
        Field("LastStageChangeDate", "datetime"),
        Field("IsClosed", "boolean", derived="""COALESCE({row}."StageName" LIKE 'Closed%', 0)"""),
        _reference("OwnerId", "User", relationship="Owner"),
        _reference("AccountId", "Account", relationship="Account", children="Opportunities"),
    )),
    SObject("Task", "00T", (
        _ID, _DELETED, Field("IsArchived", "boolean"), Field("Subject", "combobox"), Field("Status", "picklist"),
        Field("IsClosed", "boolean"), Field("ActivityDate", "date"), Field("CompletedDateTime", "datetime"),
        _reference("WhatId", "Account", "Opportunity", relationship="What", children="Tasks"),
        _reference("WhoId", "Contact", "Lead", relationship="Who", children="Tasks"),
        _reference("OwnerId", "Group", "User", relationship="Owner"),
    )),
    SObject("EmailMessage", "02s", (
        _ID, _DELETED, Field("Subject"), Field("MessageDate", "datetime", groupable=False),
        Field("Incoming", "boolean"),
        _reference("RelatedToId", "Account", "Opportunity", relationship="RelatedTo", children="Emails"),
    )),
))  # fmt: skip

ANN, BOB = "005000000000001AAA", "005000000000002AAA"
ACME, GLOBEX, CHILD = "001000000000001AAA", "001000000000002AAA", "001000000000003AAA"
EVE = "003000000000001AAA"
# Its fifteen characters have capitals, so that the suffix matters.
ALPHA = "006000000000AbCAAU"
BETA, GAMMA, DELTA, GONE = (f"00600000000000{n}AAA" for n in "2345")

ROWS: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "User": ("Id Name FirstName Email IsActive ManagerId", [
        (ANN, "Ann Ames", "Ann", "ann@ours.example", 1, None),
        (BOB, "Bob Boss", "Bob", "bob@ours.example", 0, ANN),
    ]),
    "Account": ("Id Name Industry AnnualRevenue Description Tags__c OwnerId ParentId", [
        (ACME, "Acme", "Media", 1000, "long", "AAA;BBB", ANN, None),
        (GLOBEX, "Globex", None, None, None, "CCC", BOB, None),
        (CHILD, "Acme Söhne", "media", 5.5, None, None, BOB, ACME),
    ]),
    "Contact": ("Id Name Email AccountId", [(EVE, "Eve O'Hara", "eve@acme.example", ACME)]),
    "Opportunity": (
        "Id Name StageName Amount CloseDate PushCount CreatedDate LastStageChangeDate OwnerId AccountId IsDeleted", [
        (ALPHA, "Alpha 2026", "Discovery", 100, "2026-11-23", 0, "2026-11-23T07:59:59.000+0000", None, ANN, ACME, 0),
        (BETA, "Beta_100%", "Closed Won", 250.5, "2026-11-24", 3, "2026-11-23T08:00:00.000+0000", None, BOB, ACME, 0),
        (GAMMA, "gamma", "discovery", None, None, None, "2026-10-01T00:00:00.000+0000",
         "2026-11-01T08:30:00.000+0000", ANN, None, 0),
        (DELTA, "Délta", None, -7, "2025-12-31", 1, "2025-12-31T23:00:00.000+0000", None, BOB, GLOBEX, 0),
        (GONE, "Deleted", "Discovery", 1, "2026-11-23", 0, "2026-11-23T07:00:00.000+0000", None, ANN, ACME, 1),
    ]),
    "Task": ("Id Subject Status IsClosed ActivityDate CompletedDateTime WhatId WhoId OwnerId IsArchived", [
        ("00T000000000001AAA", "Call", "Completed", 1, "2026-10-09", "2026-10-09T16:00:00.000+0000", ALPHA, EVE, ANN,
         0),
        ("00T000000000002AAA", "Mail", "Completed", 1, "2026-10-12", "2026-10-12T16:00:00.000+0000", ALPHA, None, BOB,
         0),
        ("00T000000000003AAA", "Plan", "Open", 0, "2026-12-01", None, ALPHA, None, ANN, 0),
        ("00T000000000004AAA", "Old call", "Completed", 1, "2024-01-01", None, BETA, None, ANN, 1),
        ("00T000000000005AAA", "Visit", "Completed", 1, "2026-11-01", None, ACME, EVE, BOB, 0),
    ]),
    "EmailMessage": ("Id Subject MessageDate Incoming RelatedToId", [
        ("02s000000000001AAA", "Hello", "2026-11-20T10:00:00.000+0000", 1, BETA),
    ]),
}  # fmt: skip
