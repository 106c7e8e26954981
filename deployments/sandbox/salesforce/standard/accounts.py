"""Whom we sell to: accounts, the people there, and leads."""

from deployments.sandbox.salesforce.fields import (
    address,
    area,
    audit,
    computed,
    day,
    flag,
    identity,
    lookup,
    moment,
    number,
    owner,
    picklist,
    read_only,
    required,
    text,
)
from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.standard.derived import last_activity
from deployments.sandbox.salesforce.standard.people import FULL_NAME

SOURCES = ("Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other")
RATINGS = ("Hot", "Warm", "Cold")
SALUTATIONS = ("Mr.", "Ms.", "Mrs.", "Dr.", "Prof.")


def wishes() -> tuple[Field, ...]:
    """How a person wants to be left alone."""
    return flag("HasOptedOutOfEmail", "Email Opt Out"), flag("DoNotCall", "Do Not Call")


ACCOUNT = SObject(
    "Account",
    "001",
    (
        *identity("Account ID"),
        *required(text("Name", "Account Name")),
        picklist("Type", "Account Type", "Prospect", "Customer - Direct", "Customer - Channel",
                 "Channel Partner / Reseller", "Installation Partner", "Technology Partner", "Other", length=40),
        lookup("ParentId", "Parent Account ID", "Account", children="ChildAccounts"),
        *address("Billing", "Billing"),
        *address("Shipping", "Shipping"),
        text("Phone", "Account Phone", 40, "phone"),
        text("Fax", "Account Fax", 40, "phone"),
        text("AccountNumber", "Account Number", 40),
        text("Website", "Website", 255, "url"),
        picklist("Industry", "Industry", length=40),
        number("AnnualRevenue", "Annual Revenue", "currency"),
        number("NumberOfEmployees", "Employees", "int"),
        picklist("Ownership", "Ownership", "Public", "Private", "Subsidiary", "Other", length=40),
        area("Description", "Account Description"),
        picklist("Rating", "Account Rating", *RATINGS, length=40),
        *owner(),
        *audit(),
        computed(day("LastActivityDate", "Last Activity"), last_activity("AccountId", "WhatId")),
        picklist("AccountSource", "Account Source", *SOURCES, length=40),
    ),
    "Account",
    "Accounts",
)  # fmt: skip

CONTACT = SObject(
    "Contact",
    "003",
    (
        *identity("Contact ID"),
        lookup("AccountId", "Account ID", "Account", children="Contacts"),
        *required(text("LastName", "Last Name", 80)),
        text("FirstName", "First Name", 40),
        picklist("Salutation", "Salutation", *SALUTATIONS, length=40),
        *required(computed(text("Name", "Full Name", 121), FULL_NAME)),
        *address("Mailing", "Mailing"),
        text("Phone", "Business Phone", 40, "phone"),
        text("MobilePhone", "Mobile Phone", 40, "phone"),
        lookup("ReportsToId", "Reports To ID", "Contact"),
        text("Email", "Email", 80, "email"),
        text("Title", "Title", 128),
        text("Department", "Department", 80),
        picklist("LeadSource", "Lead Source", *SOURCES),
        day("Birthdate", "Birthdate"),
        area("Description", "Contact Description"),
        *owner(),
        *wishes(),
        *audit(),
        computed(day("LastActivityDate", "Last Activity"), last_activity("WhoId")),
        text("EmailBouncedReason", "Email Bounced Reason"),
        moment("EmailBouncedDate", "Email Bounced Date"),
        flag("IsEmailBounced", "Is Email Bounced", """({row}."EmailBouncedDate" IS NOT NULL)"""),
    ),
    "Contact",
    "Contacts",
)

LEAD = SObject(
    "Lead",
    "00Q",
    (
        *identity("Lead ID"),
        *required(text("LastName", "Last Name", 80)),
        text("FirstName", "First Name", 40),
        picklist("Salutation", "Salutation", *SALUTATIONS, "Mx.", length=40),
        *required(computed(text("Name", "Full Name", 121), FULL_NAME)),
        text("Title", "Title", 128),
        *required(text("Company", "Company")),
        *address("", ""),
        text("Phone", "Phone", 40, "phone"),
        text("MobilePhone", "Mobile Phone", 40, "phone"),
        text("Email", "Email", 80, "email"),
        text("Website", "Website", 255, "url"),
        area("Description", "Description"),
        picklist("LeadSource", "Lead Source", *SOURCES),
        *required(picklist("Status", "Status", "Open - Not Contacted", "Working - Contacted",
                           "Closed - Converted", "Closed - Not Converted")),
        picklist("Industry", "Industry"),
        picklist("Rating", "Rating", *RATINGS),
        number("AnnualRevenue", "Annual Revenue", "currency"),
        number("NumberOfEmployees", "Employees", "int"),
        *owner("Group", "User"),
        *wishes(),
        *read_only(
            day("ConvertedDate", "Converted Date"),
            lookup("ConvertedAccountId", "Converted Account ID", "Account"),
            lookup("ConvertedContactId", "Converted Contact ID", "Contact"),
            lookup("ConvertedOpportunityId", "Converted Opportunity ID", "Opportunity"),
        ),
        flag("IsUnreadByOwner", "Unread By Owner"),
        *audit(),
        computed(day("LastActivityDate", "Last Activity"), last_activity("WhoId")),
    ),
    "Lead",
    "Leads",
)  # fmt: skip
