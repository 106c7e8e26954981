"""The Lightning pages of the default company and the app that assigns them, with their known differences."""

from typing import Any

from deployments.sandbox.company.structure_parts import Body, Page, component, related_list

APP = "Revenue"
_HIGHLIGHTS = component("force:highlightsPanel", collapsed="false", numVisibleActions="3")
_DETAILS = component("force:detailPanel")
_RELATED = component("force:relatedListContainer", relatedListComponentOverride="NONE")
_ACTIVITY = component("runtime_sales_activities:activityPanel")
_UNTIL_LOST = {
    "booleanFilter": None,
    "criteria": [{"leftValue": "{!Record.StageName}", "operator": "NE", "rightValue": "Closed Lost"}],
}


def _account() -> Body:
    """The page layout in a tab, the links in the top right corner: without the NDA."""
    page = Page("Account", "Account Record Page")
    links = page.fields(
        "Useful Links",
        ("Purchase_Orders__c", "Signed_Subscription_Agreements__c", "Invoices_Sent__c", "Meeting_Notes__c"),
    )
    return page.body(
        header=[_HIGHLIGHTS],
        main=[page.tabs(Details=[_DETAILS], Related=[_RELATED])],
        sidebar=[links, related_list("Account", "Opportunities"), component("c:meetingNotes"), _ACTIVITY],
    )


def _plain_account() -> Body:
    """What others than the standard users see."""
    page = Page("Account", "Account Record Page (others)")
    return page.body(header=[_HIGHLIGHTS], main=[_DETAILS], sidebar=[_ACTIVITY])


def _opportunity() -> Body:
    """The page layout in a tab; the stage history is there only among the related lists of another."""
    page = Page("Opportunity", "Opportunity Record Page", "flexipage:recordHomeWithSubheaderTemplateDesktop")
    path = component("runtime_sales_pathassistant:pathAssistant", variant="linear")
    return page.body(
        header=[_HIGHLIGHTS],
        subheader=[path],
        main=[page.tabs(Details=[_DETAILS], Related=[_RELATED])],
        sidebar=[_ACTIVITY, component("c:linkedInSalesNavigator", _UNTIL_LOST)],
    )


def _contact() -> Body:
    """All fields on the page itself (Dynamic Forms): neither Department nor a section for whatever else there is."""
    page = Page("Contact", "Contact Record Page")
    sections = (
        page.fields("Contact Details", ("OwnerId", "LeadSource"), ("Phone", "MailingAddress")),
        page.fields(
            "Relationship", ("LinkedIn_URL__c", "Name", "Is_Champion__c"), ("AccountId", "Title", "ReportsToId")
        ),
        page.fields(
            "Ways to Reach",
            ("Email", "Twitter__c", "MobilePhone", "Description"),
            ("Personal_Email__c", "GitHub__c", "Website__c"),
        ),
    )
    side = ("c:managerInformation", "c:meetingNotesReminder", "c:relatedContacts")
    return page.body(
        header=[_HIGHLIGHTS],
        main=[page.tabs(Details=sections, Related=[_RELATED])],
        sidebar=[_ACTIVITY, *(component(name) for name in side)],
    )


PAGES: dict[str, dict[str, Any]] = {
    "Account_Record_Page": _account(),
    "Account_Record_Page_Others": _plain_account(),
    "Opportunity_Record_Page": _opportunity(),
    "Contact_Record_Page": _contact(),
}


def _shows(sobject: str, page: str) -> Body:
    return {
        "actionName": "View",
        "comment": "Action override created by Lightning App Builder during activation.",
        "content": page,
        "formFactor": "Large",
        "pageOrSobjectType": sobject,
        "skipRecordTypeSelect": False,
        "type": "Flexipage",
    }


# Metadata calls the profile Standard User by its old name, Standard.
APPS: dict[str, dict[str, Any]] = {
    APP: {
        "actionOverrides": [
            _shows("Account", "Account_Record_Page_Others"),
            _shows("Opportunity", "Opportunity_Record_Page"),
            _shows("Contact", "Contact_Record_Page"),
        ],
        "formFactors": ["Large"],
        "isNavPersonalizationDisabled": False,
        "label": "Sales",
        "navType": "Standard",
        "profileActionOverrides": [
            {**_shows("Account", "Account_Record_Page"), "profile": "Standard", "recordType": None}
        ],
        "tabs": ["standard-Account", "standard-Opportunity", "standard-Contact", "standard-Lead"],
        "uiType": "Lightning",
    }
}
