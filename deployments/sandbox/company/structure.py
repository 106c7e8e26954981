"""How the default company's Salesforce looks to its users: as the handbook has it (L149 to L179), but for the
differences that `tests/known_deviations.py` lists."""

from collections.abc import Iterator

from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.structure_layouts import ASSIGNED, COMPACT, LAYOUTS
from deployments.sandbox.company.structure_pages import APP, APPS, PAGES
from deployments.sandbox.company.tell import USER_IDS
from deployments.sandbox.salesforce.structure import AuditEntry, ListView, Structure

__all__ = ["APP", "structure_of"]

TAB_LABELS = {
    "standard-Account": "Accounts", "standard-Opportunity": "Opportunities", "standard-Contact": "Contacts",
    "standard-Lead": "Leads", "standard-Campaign": "Campaigns", "standard-Case": "Cases", "standard-Task": "Tasks",
    "standard-report": "Reports", "standard-Dashboard": "Dashboards", "standard-home": "Home",
}  # fmt: skip
_OURS = ("standard-Account", "standard-Opportunity", "standard-Contact", "standard-Lead")
_ASIDE = dict.fromkeys(("standard-Task", "standard-report", "standard-Dashboard", "standard-home"), "DefaultOff")
TABS = {
    "Standard User": {**dict.fromkeys((*_OURS, "standard-Campaign"), "DefaultOn"), **_ASIDE},
    "System Administrator": dict.fromkeys(TAB_LABELS, "DefaultOn"),
    "Integration User": dict.fromkeys(_OURS, "DefaultOff"),
}

_OPEN = {"field": "IsClosed", "operation": "equals", "value": "0"}
_HOT = {"field": "Rating", "operation": "equals", "value": "Hot"}
LIST_VIEWS = {
    "Account": (
        ListView("AllAccounts", "All Accounts"),
        ListView("Customers", "Customers", columns=("Name", "BillingCity", "Phone", "OwnerId")),
        ListView("MyAccounts", "My Accounts", scope="mine"),
    ),
    "Opportunity": (
        ListView("AllOpportunities", "All Opportunities", (_OPEN,), columns=("Name", "AccountId", "Amount")),
        ListView("MyOpportunities", "My Opportunities", scope="mine"),
    ),
    "Contact": (
        ListView("AllContacts", "All Contacts", shared=False, columns=("Name", "AccountId", "Title", "Email")),
        ListView("MyContacts", "My Contacts", scope="mine"),
    ),
    "Lead": (
        ListView("AllLeads", "All Leads", columns=("Name", "Company", "Status")),
        ListView("HotLeads", "Hot Leads", (_HOT,)),
    ),
}
HIDDEN = {"Standard User": frozenset({"Opportunity.Reseller__c"})}


def structure_of(office: OfficeTime) -> Structure:
    """The structure on that day in the office; only the audit trail depends on it."""
    return Structure(
        tabs=TABS,
        tab_labels=TAB_LABELS,
        apps=APPS,
        layouts=LAYOUTS,
        assigned=ASSIGNED,
        flexipages=PAGES,
        compact=COMPACT,
        list_views=LIST_VIEWS,
        hidden_fields=HIDDEN,
        trail=tuple(_trail(office)),
    )


# Days ago, by whom ("" is Salesforce itself), action, section, what Setup shows. It keeps 180 days.
_CHANGES = (
    (3, "marisol", "changedTabVisibility", "Manage Users",
     "Changed profile Standard User: tab visibility for Campaigns was changed from Default Off to Default On"),
    (5, "marisol", "changedCFLabel", "Customize Accounts",
     "Changed Account custom field License Key (Account): label from License Key to Licence Key"),
    (12, "sam", "changedFlexiPage", "Lightning Pages", "Changed Lightning page Account Record Page"),
    (26, "sam", "changedCompactLayout", "Customize Accounts", "Changed compact layout Account Highlights (Account)"),
    (33, "marisol", "changedCFFLS", "Customize Opportunities",
     "Changed field-level security for Opportunity custom field Reseller: no access for profile Standard User"),
    (33, "marisol", "changedLayout", "Customize Opportunities", "Changed page layout Opportunity Layout"),
    (40, "greg", "deletedCF", "Customize Contacts", "Deleted custom field: Orbit Feed (Contact)"),
    (41, "greg", "changedFlexiPage", "Lightning Pages", "Changed Lightning page Contact Record Page"),
    (70, "greg", "changedLayout", "Customize Leads", "Changed page layout Lead Layout"),
    (110, "", "changedRelease", "Company Information", "Organization was upgraded to a new release"),
    (175, "greg", "createdFlexiPage", "Lightning Pages", "Created Lightning page Opportunity Record Page"),
)  # fmt: skip


def _trail(office: OfficeTime) -> Iterator[AuditEntry]:
    for number, (ago, who, action, section, said) in enumerate(_CHANGES):
        yield AuditEntry(office.at(ago, f"{9 + number % 8:02}:40"), USER_IDS.get(who, ""), action, section, said)
