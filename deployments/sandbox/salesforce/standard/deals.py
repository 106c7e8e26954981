"""What we sell: opportunities, their stages, people and history."""

from dataclasses import replace

from deployments.sandbox.salesforce.fields import (
    area,
    audit,
    computed,
    created,
    day,
    fixed,
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
from deployments.sandbox.salesforce.standard import derived
from deployments.sandbox.salesforce.standard.accounts import SOURCES

FORECAST = ("Omitted", "Pipeline", "BestCase", "MostLikely", "Forecast", "Closed")
FORECAST_NAMES = ("Omitted", "Pipeline", "Best Case", "Commit", "Closed")


def _ungrouped(field: Field) -> Field:
    return replace(field, filterable=False, sortable=False)


OPPORTUNITY = SObject(
    "Opportunity",
    "006",
    (
        *identity("Opportunity ID"),
        lookup("AccountId", "Account ID", "Account", children="Opportunities"),
        flag("IsPrivate", "Private"),
        *required(text("Name", "Name", 120)),
        area("Description", "Description"),
        *required(picklist("StageName", "Stage")),
        number("Amount", "Amount", "currency"),
        number("Probability", "Probability (%)", "percent"),
        computed(number("ExpectedRevenue", "Expected Amount", "currency"), derived.EXPECTED_REVENUE),
        number("TotalOpportunityQuantity", "Quantity"),
        *required(day("CloseDate", "Close Date")),
        picklist("Type", "Opportunity Type", "New Customer", "Existing Customer - Upgrade",
                 "Existing Customer - Replacement", "Existing Customer - Downgrade", "Renewal"),
        text("NextStep", "Next Step"),
        picklist("LeadSource", "Lead Source", *SOURCES),
        flag("IsClosed", "Closed", derived.stage("IsClosed", "0")),
        flag("IsWon", "Won", derived.stage("IsWon", "0")),
        *required(computed(
            picklist("ForecastCategory", "Forecast Category", *FORECAST, length=40, restricted=True),
            derived.stage("ForecastCategory", "'Pipeline'"),
        )),
        picklist("ForecastCategoryName", "Forecast Category", *FORECAST_NAMES, restricted=True),
        *owner(),
        *audit(),
        computed(day("LastActivityDate", "Last Activity"), derived.last_activity("WhatId")),
        *read_only(number("PushCount", "Push Count", "int"),
                   moment("LastStageChangeDate", "Last Stage Change Date")),
        computed(number("FiscalQuarter", "Fiscal Quarter", "int"), derived.FISCAL_QUARTER),
        computed(number("FiscalYear", "Fiscal Year", "int"), derived.FISCAL_YEAR),
        computed(text("Fiscal", "Fiscal Period", 6), derived.FISCAL),
        *fixed(lookup("ContactId", "Contact ID", "Contact", relationship=None, children="Opportunities")),
        _ungrouped(flag("HasOpenActivity", "Has Open Activity", derived.HAS_OPEN_ACTIVITY)),
        _ungrouped(flag("HasOverdueTask", "Has Overdue Task", derived.HAS_OVERDUE_TASK)),
    ),
    "Opportunity",
    "Opportunities",
)  # fmt: skip

OPPORTUNITY_STAGE = SObject(
    "OpportunityStage",
    "01J",
    read_only(
        *identity("Opportunity Stage ID", bin_=False),
        *required(text("MasterLabel", "Master Label")),
        text("ApiName", "API Name"),
        flag("IsActive", "Is Active"),
        number("SortOrder", "Sort Order", "int"),
        flag("IsClosed", "Is Closed"),
        flag("IsWon", "Is Won"),
        picklist("ForecastCategory", "Forecast Category", *FORECAST, length=40, restricted=True),
        picklist("ForecastCategoryName", "Forecast Category Name", *FORECAST_NAMES, restricted=True),
        number("DefaultProbability", "Probability (%)", "percent"),
        text("Description", "Description"),
        *audit(),
    ),
    "Opportunity Stage",
    "Opportunity Stage",
)

OPPORTUNITY_CONTACT_ROLE = SObject(
    "OpportunityContactRole",
    "00K",
    (
        *identity("Contact Role ID"),
        *required(
            *fixed(
                lookup("OpportunityId", "Opportunity ID", "Opportunity", children="OpportunityContactRoles")
            ),
            lookup("ContactId", "Contact ID", "Contact", children="OpportunityContactRoles"),
        ),
        picklist("Role", "Role", "Business User", "Decision Maker", "Economic Buyer",
                 "Economic Decision Maker", "Evaluator", "Executive Sponsor", "Influencer",
                 "Technical Buyer", "Other", length=40),
        flag("IsPrimary", "Primary"),
        *audit(),
    ),
    "Opportunity Contact Role",
    "Opportunity Contact Role",
)  # fmt: skip

OPPORTUNITY_HISTORY = SObject(
    "OpportunityHistory",
    "008",
    read_only(
        *identity("Opportunity History ID"),
        *required(lookup("OpportunityId", "Opportunity ID", "Opportunity", children="OpportunityHistories")),
        *created(),
        picklist("StageName", "Stage Name"),
        number("Amount", "Amount", "currency"),
        number("ExpectedRevenue", "Expected Amount", "currency"),
        day("CloseDate", "Close Date"),
        number("Probability", "Probability", "percent"),
        picklist("ForecastCategory", "To ForecastCategory", *FORECAST, length=40, restricted=True),
        *audit()[-1:],
    ),
    "Opportunity: Stage History",
    "Opportunity: Stage History",
)

_VALUE = Field("OldValue", "anyType", "Old Value", filterable=False, sortable=False, groupable=False)

OPPORTUNITY_FIELD_HISTORY = SObject(
    "OpportunityFieldHistory",
    "017",
    read_only(
        *identity("Opportunity Field History ID"),
        *required(lookup("OpportunityId", "Opportunity ID", "Opportunity", children="Histories")),
        *created(),
        *required(picklist("Field", "Changed Field", restricted=True)),
        picklist("DataType", "Datatype", length=40, restricted=True),
        _VALUE,
        replace(_VALUE, name="NewValue", label="New Value"),
    ),
    "Opportunity Field History",
    "Opportunity Field History",
)
