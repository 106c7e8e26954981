"""The page layouts and highlights of the default company (handbook L154 to L179), with their known differences."""

from typing import Any

from deployments.sandbox.company.structure_parts import layout, section

_DESCRIPTION = section("Description Information", "Description")

# Term has moved out of Accounting, and nobody can rate a lead.
LAYOUTS: dict[str, dict[str, Any]] = {
    "Account-Account Layout": layout(
        section("Account Information", "OwnerId", "Phone", "ParentId", "Website", "Type", "NumberOfEmployees",
                "Industry", "CISO_Employees__c", "AccountSource"),
        section("Additional Information", "Name", "Rating", "LinkedIn_Sales_Navigator_URL__c",
                "LinkedIn_Company_URL__c", "My_LinkedIn_Overlaps__c"),
        section("Accounting", "Invoice_Sent_Latest__c", "Total_Opportunities__c", "Payment_Received_On_Latest__c",
                "Deals_Won__c", "Subscription_End_Date_Latest__c", "Close_Date_First_Deal__c", "Press_Approval__c",
                "Cumulative_Revenue__c", "License_Key__c", "Payment_Terms__c", "BillingAddress", "ShippingAddress"),
        _DESCRIPTION,
        related=("RelatedContactList", "RelatedOpportunityList", "RelatedActivityList", "RelatedHistoryList"),
    ),
    "Opportunity-Opportunity Layout": layout(
        section("Opportunity Information", "AccountId", "CloseDate", "Name", "StageName", "Amount",
                "NextStepDueDate__c", "NextStep"),
        section("Accounting", "Up_To_Hosts__c", "Effective_Date__c", "Type", "Subscription_End_Date__c",
                "Payment_Terms__c", "Invoice_Sent__c", "Billing_Process__c", "Payment_Received__c", "Reseller__c"),
        section("Additional Information", "OwnerId", "Probability", "LeadSource", "Term__c", "Open_Quote__c",
                "Loss_Reason__c"),
        _DESCRIPTION,
        related=("RelatedContactRoleList", "RelatedActivityList", "RelatedHistoryList",
                 "RelatedOpportunityHistoryList"),
    ),
    "Contact-Contact Layout": layout(
        section("Contact Information", "OwnerId", "Phone", "Name", "MobilePhone", "AccountId", "Email", "Title",
                "Department", "ReportsToId", "LinkedIn_URL__c", "Is_Champion__c", "Personal_Email__c"),
        section("Address Information", "MailingAddress"),
        _DESCRIPTION,
        related=("RelatedOpportunityList", "RelatedActivityList", "RelatedHistoryList"),
    ),
    "Lead-Lead Layout": layout(
        section("Lead Information", "OwnerId", "Phone", "Name", "MobilePhone", "Company", "Email", "Title", "Website",
                "Status", "LeadSource"),
        section("Address Information", "Address"),
        _DESCRIPTION,
        related=("RelatedActivityList", "RelatedHistoryList"),
    ),
    # What the integration sees is not what people see.
    "Account-Integration Layout": layout(section("Account Information", "Name", "OwnerId")),
    "Opportunity-Integration Layout": layout(section("Opportunity Information", "Name", "OwnerId")),
    "Contact-Integration Layout": layout(section("Contact Information", "Name", "OwnerId")),
    "Lead-Integration Layout": layout(section("Lead Information", "Name", "OwnerId")),
}  # fmt: skip

ASSIGNED: dict[tuple[str, ...], str] = {
    (profile, sobject): f"{sobject}-{'Integration' if profile == 'Integration User' else sobject} Layout"
    for profile in ("Standard User", "System Administrator", "Integration User")
    for sobject in ("Account", "Opportunity", "Contact", "Lead")
}

# The last two but one of the account have changed places.
COMPACT: dict[str, dict[str, Any]] = {
    "Account": {
        "fullName": "Account_Highlights",
        "label": "Account Highlights",
        "fields": ["BillingAddress", "ParentId", "LinkedIn_Company_URL__c", "NumberOfEmployees", "CISO_Employees__c",
                   "Industry"],
    },
    "Opportunity": {
        "fullName": "Opportunity_Highlights",
        "label": "Opportunity Highlights",
        "fields": ["AccountId", "Amount", "CloseDate", "NextStep", "OwnerId"],
    },
    "Contact": {
        "fullName": "Contact_Highlights",
        "label": "Contact Highlights",
        "fields": ["Name", "Title", "AccountId", "LinkedIn_URL__c"],
    },
}  # fmt: skip
