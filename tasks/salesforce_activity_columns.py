"""Which fields the activity review reads, and under which names the rules know them. Least privilege follows it.

Nobody's phone number, no description and no body of a mail is among them.
"""

from tasks import salesforce_columns
from tasks.rules.activity_policy import ActivityPolicy
from tasks.salesforce_frames import Column, Columns
from tasks.settings import Settings

USER = {
    "id": Column("Id"),
    "name": Column("Name"),
    "email": Column("Email"),
    "active": Column("IsActive", "flag"),
    "role": Column("UserRole.Name"),
    "profile": Column("Profile.Name"),
    "zone": Column("TimeZoneSidKey"),
    "manager_id": Column("ManagerId"),
    "manager": Column("Manager.Name"),
    "manager_zone": Column("Manager.TimeZoneSidKey"),
    "manager_active": Column("Manager.IsActive", "flag"),
}
# As the pipeline review reads them, but for the person's name: here `people` have it.
TASK = {name: column for name, column in salesforce_columns.TASK.items() if name != "who"}
EVENT = {
    **{name: column for name, column in salesforce_columns.EVENT.items() if name != "who"},
    "is_child": Column("IsChild", "flag"),
    "show_as": Column("ShowAs"),
}
_EMAIL = {
    "id": Column("Id"),
    "what_id": Column("RelatedToId"),
    "activity_id": Column("ActivityId"),
    "case_id": Column("ParentId"),
    "owner_id": Column("CreatedById"),
    "incoming": Column("Incoming", "flag"),
    "at": Column("MessageDate", "moment"),
    "subject": Column("Subject"),
    "sender": Column("FromAddress"),
    "receivers": Column("ToAddress"),
}
# One activity, whatever it is. `who` is only there for the rules of the pipeline review.
ACTIVITY: Columns = {
    "kind": Column(""),
    "subtype": Column(""),
    "type": Column(""),
    "call_type": Column(""),
    **_EMAIL,
    **EVENT,
    "bcc": Column(""),
    "who": Column(""),
}
PEOPLE: Columns = {
    "id": Column(""),
    "kind": Column(""),
    "name": Column(""),
    "email": Column(""),
    "account_id": Column(""),
    "account": Column(""),
    "opted_out": Column("", "flag"),
    "do_not_call": Column("", "flag"),
    "city": Column(""),
    "state": Column(""),
    "country": Column(""),
    "zone": Column(""),
    "email_bounced": Column("", "moment"),
    "owner_id": Column(""),
}
ACCOUNT = {
    "id": Column("Id"),
    "name": Column("Name"),
    "owner_id": Column("OwnerId"),
    "type": Column("Type"),
}
OPPORTUNITY = {
    "id": Column("Id"),
    "name": Column("Name"),
    "account_id": Column("AccountId"),
    "account": Column("Account.Name"),
    "account_owner_id": Column("Account.OwnerId"),
    "account_type": Column("Account.Type"),
    "owner_id": Column("OwnerId"),
    "amount": Column("Amount", "number"),
    "is_closed": Column("IsClosed", "flag"),
    "is_won": Column("IsWon", "flag"),
    "created": Column("CreatedDate", "moment"),
    "closed_at": Column("LastStageChangeDate", "moment"),
    "close_date": Column("CloseDate", "day"),
}
DEAL: Columns = {
    "id": Column(""),
    "name": Column(""),
    "account_id": Column(""),
    "account": Column(""),
    "account_owner_id": Column(""),
    "owner_id": Column(""),
    "amount": Column("", "number"),
    "is_closed": Column("", "flag"),
    "is_won": Column("", "flag"),
    "created": Column("", "moment"),
    "closed_on": Column("", "day"),
}
REP: Columns = {name: Column("") for name in ("id", "name", "email", "role", "zone", "manager_id")}
MANAGER: Columns = {"id": Column(""), "name": Column(""), "zone": Column(""), "active": Column("", "flag")}


def email_columns(policy: ActivityPolicy) -> Columns:
    """Columns of mail. Whom a mail went to in secret is asked for only where a sequence tool is known by it."""
    return {**_EMAIL, "bcc": Column("BccAddress" if policy.capture_addresses else "")}


def contact_columns(settings: Settings) -> Columns:
    """Columns of a contact, with what `accounts` need of its account: that spares a call for it."""
    return {
        "id": Column("Id"),
        "name": Column("Name"),
        "email": Column("Email"),
        "account_id": Column("AccountId"),
        "account": Column("Account.Name"),
        "account_owner_id": Column("Account.OwnerId"),
        "account_type": Column("Account.Type"),
        "opted_out": Column("HasOptedOutOfEmail", "flag"),
        "do_not_call": Column("DoNotCall", "flag"),
        "city": Column("MailingCity"),
        "state": Column("MailingState"),
        "country": Column("MailingCountry"),
        "zone": Column(settings.salesforce_person_zone_field),
        "email_bounced": Column("EmailBouncedDate", "moment"),
        "owner_id": Column("OwnerId"),
    }


def lead_columns(settings: Settings) -> Columns:
    """Columns of a lead; its account is the company as it was typed in."""
    return {
        "id": Column("Id"),
        "name": Column("Name"),
        "email": Column("Email"),
        "account": Column("Company"),
        "opted_out": Column("HasOptedOutOfEmail", "flag"),
        "do_not_call": Column("DoNotCall", "flag"),
        "city": Column("City"),
        "state": Column("State"),
        "country": Column("Country"),
        "zone": Column(settings.salesforce_person_zone_field),
        "owner_id": Column("OwnerId"),
    }
