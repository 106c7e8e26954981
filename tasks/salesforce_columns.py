"""Which fields the pipeline review reads, and under which names the rules know them. Least privilege follows it."""

from tasks.salesforce_frames import Column, Columns
from tasks.settings import Settings


def opportunity_columns(settings: Settings) -> Columns:
    """Columns of `Book.opportunities` and where this org keeps them, and the owner's team for the run form."""
    return {
        "id": Column("Id"),
        "name": Column("Name"),
        "account_id": Column("AccountId"),
        "account": Column("Account.Name"),
        "owner_id": Column("OwnerId"),
        "owner": Column("Owner.Name"),
        "owner_active": Column("Owner.IsActive", "flag"),
        "team": Column("Owner.UserRole.Name"),
        "stage": Column("StageName"),
        "amount": Column("Amount", "number"),
        "currency": Column(settings.salesforce_currency_field),
        "close_date": Column("CloseDate", "day"),
        "created": Column("CreatedDate", "moment"),
        "modified": Column("LastModifiedDate", "moment"),
        "stage_since": Column("LastStageChangeDate", "moment"),
        "next_step": Column("NextStep"),
        "next_step_due": Column(settings.salesforce_next_step_due_field, "day"),
        "type": Column("Type"),
        "pushes": Column("PushCount", "number"),
        "quote": Column(settings.salesforce_open_quote_field),
    }


TASK = {
    "id": Column("Id"),
    "subtype": Column("TaskSubtype"),
    "type": Column("Type"),
    "call_type": Column("CallType"),
    "what_id": Column("WhatId"),
    "who_id": Column("WhoId"),
    "account_id": Column("AccountId"),
    "owner_id": Column("OwnerId"),
    "at": Column("CompletedDateTime", "moment"),
    "due": Column("ActivityDate", "day"),
    "subject": Column("Subject"),
    "who": Column("Who.Name"),
}
EVENT = {
    "id": Column("Id"),
    "what_id": Column("WhatId"),
    "who_id": Column("WhoId"),
    "account_id": Column("AccountId"),
    "owner_id": Column("OwnerId"),
    "at": Column("StartDateTime", "moment"),
    "due": Column("ActivityDate", "day"),
    "ends": Column("EndDateTime", "moment"),
    "all_day": Column("IsAllDayEvent", "flag"),
    "subject": Column("Subject"),
    "who": Column("Who.Name"),
}
EMAIL = {
    "id": Column("Id"),
    "what_id": Column("RelatedToId"),
    "activity_id": Column("ActivityId"),
    "owner_id": Column("CreatedById"),
    "incoming": Column("Incoming", "flag"),
    "at": Column("MessageDate", "moment"),
    "subject": Column("Subject"),
    "who": Column("FromAddress"),
}
LAST_TASK = {"opportunity_id": Column("WhatId"), "at": Column("lastDone", "moment"), "rows": Column("n", "number")}
LAST_EMAIL = {"opportunity_id": Column("RelatedToId"), "at": Column("lastMsg", "moment"), "rows": Column("n", "number")}
ROLE = {
    "opportunity_id": Column("OpportunityId"),
    "contact_id": Column("ContactId"),
    "contact": Column("Contact.Name"),
    "contact_account_id": Column("Contact.AccountId"),
}
HISTORY = {
    "opportunity_id": Column("OpportunityId"),
    "field": Column("Field"),
    "old": Column("OldValue"),
    "new": Column("NewValue"),
    "at": Column("CreatedDate", "moment"),
}
STAGE = {
    "name": Column("ApiName"),
    "is_closed": Column("IsClosed", "flag"),
    "is_won": Column("IsWon", "flag"),
    "is_active": Column("IsActive", "flag"),
}
