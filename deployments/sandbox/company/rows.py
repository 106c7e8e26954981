"""Rows of the objects around a deal, each with its columns as Salesforce names them."""

from collections.abc import Iterable
from typing import NamedTuple

from deployments.sandbox.company.model import Table


class AccountRow(NamedTuple):
    """Account."""

    Id: str
    Name: str
    Type: str | None
    Industry: str | None
    BillingCity: str | None
    NumberOfEmployees: int | None
    Website: str | None
    ParentId: str | None
    OwnerId: str
    CreatedDate: str
    CreatedById: str
    LastModifiedDate: str
    LastModifiedById: str
    SystemModstamp: str
    BillingCountry: str | None = None
    AnnualRevenue: float | None = None
    IsDeleted: int = 0


class ContactRow(NamedTuple):
    """Contact."""

    Id: str
    AccountId: str | None
    FirstName: str
    LastName: str
    Email: str
    Title: str
    OwnerId: str
    CreatedDate: str
    CreatedById: str
    LastModifiedDate: str
    LastModifiedById: str
    SystemModstamp: str
    IsDeleted: int = 0
    HasOptedOutOfEmail: int = 0
    DoNotCall: int = 0
    Phone: str | None = None


class OpportunityRow(NamedTuple):
    """Opportunity, with the three custom fields of the default company."""

    Id: str
    AccountId: str | None
    Name: str
    StageName: str
    Amount: float | None
    Probability: float | None
    CloseDate: str | None
    Type: str | None
    NextStep: str | None
    OwnerId: str
    NextStepDueDate__c: str | None
    Open_Quote__c: str | None
    Loss_Reason__c: str | None
    LastStageChangeDate: str | None
    PushCount: int
    CreatedDate: str
    CreatedById: str
    LastModifiedDate: str
    LastModifiedById: str
    SystemModstamp: str
    IsDeleted: int = 0


class ContactRoleRow(NamedTuple):
    """OpportunityContactRole."""

    Id: str
    OpportunityId: str
    ContactId: str
    Role: str
    IsPrimary: int
    CreatedDate: str
    CreatedById: str
    LastModifiedDate: str
    LastModifiedById: str
    SystemModstamp: str
    IsDeleted: int = 0


class HistoryRow(NamedTuple):
    """OpportunityHistory: how the deal stood after a change."""

    Id: str
    OpportunityId: str
    StageName: str
    Amount: float | None
    CloseDate: str | None
    Probability: float | None
    CreatedDate: str
    CreatedById: str
    SystemModstamp: str
    IsDeleted: int = 0


class FieldHistoryRow(NamedTuple):
    """OpportunityFieldHistory: one field's change."""

    Id: str
    OpportunityId: str
    Field: str
    OldValue: str | None
    NewValue: str | None
    CreatedDate: str
    CreatedById: str
    IsDeleted: int = 0


ROWS: dict[str, type[tuple[object, ...]]] = {
    "Account": AccountRow,
    "Contact": ContactRow,
    "Opportunity": OpportunityRow,
    "OpportunityContactRole": ContactRoleRow,
    "OpportunityHistory": HistoryRow,
    "OpportunityFieldHistory": FieldHistoryRow,
}


def table(sobject: str, rows: Iterable[tuple[object, ...]]) -> Table:
    """A table of that object's rows."""
    columns: tuple[str, ...] = ROWS[sobject]._fields  # type: ignore[attr-defined]
    return Table(columns, rows)
