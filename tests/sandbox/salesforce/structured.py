"""A small structure, and the pretend Salesforce that has it: what Setup says, so that it can be asked for again."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from starlette.applications import Starlette

from deployments.sandbox.salesforce.custom import SALES, with_custom
from deployments.sandbox.salesforce.fields import flag, read_only, text
from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.salesforce.org import Client, Org
from deployments.sandbox.salesforce.routes import routes
from deployments.sandbox.salesforce.structure import AuditEntry, ListView, Structure

from .company import ALEX, Clock, Salesforce, Stage, store_of_company

PAYLOADS = Path(__file__).resolve().parents[2] / "payloads" / "salesforce"
STANDARD_USER, ADMIN = make_id("00e", 9), make_id("00e", 10)
LINK = "https://drive.google.com/drive/search?q={!Account.Name}"
FORMULA = 'HYPERLINK("https://drive.google.com/drive/search?q=" & Name, "Notes")'


def payload(name: str) -> Any:
    """A recorded body."""
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


CATALOGUE = with_custom(
    SALES,
    {
        "Account": (
            text("Secret_Key__c", "Secret key"),
            flag("Is_Asleep__c", "Is asleep"),
            replace(*read_only(text("Notes_Link__c", "Notes link")), formula=FORMULA),
        )
    },
)


def section(label: str, *columns: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A section of a layout, of columns of items."""
    made = {"label": label, "detailHeading": True, "editHeading": True, "style": "TwoColumnsTopToBottom"}
    return {**made, "layoutColumns": [{"layoutItems": items} for items in columns], **more}


def fields(*names: str) -> list[dict[str, Any]]:
    """Items that can be edited."""
    return [{"behavior": "Edit", "field": name} for name in names]


ACCOUNT_LAYOUT = {
    "layoutSections": [
        section("Account Information", [{"behavior": "Required", "field": "Name"}, *fields("OwnerId", "Secret_Key__c"),
                                        {"emptySpace": True}, *fields("Type")],
                [*fields("BillingAddress"), {"behavior": "Readonly", "field": "CreatedById"}], detailHeading=False),
        section("Additional Information", [*fields("Rating"), {"behavior": "Readonly", "field": "Phone"}],
                fields("ParentId"), style="TwoColumnsLeftToRight"),
        section("Useful links", [{"customLink": "Meeting_notes"}], [], [], style="CustomLinks"),
    ],
    "relatedLists": [
        {"relatedList": "RelatedOpportunityList", "sortField": "CloseDate", "sortOrder": "Desc",
         "fields": ["OPPORTUNITY.NAME", "OPPORTUNITY.STAGE_NAME", "OPPORTUNITY.CLOSE_DATE", "Loss_Reason__c"]},
        {"relatedList": "Review__c.Account__c", "fields": ["NAME"]},
    ],
    "webLinks": [{"fullName": "Meeting_notes", "masterLabel": "Meeting notes", "url": LINK, "linkType": "url"}],
}  # fmt: skip
DEAL_LAYOUT = {"layoutSections": [section("Deal", fields("Name", "Nowhere__c"))],
               "relatedLists": [{"relatedList": "RelatedOpportunityHistoryList"}]}  # fmt: skip
PAGE = {
    "masterLabel": "Account page", "sobjectType": "Account", "type": "RecordPage",
    "flexiPageRegions": [{"name": "sidebar", "type": "Region", "itemInstances": [
        {"componentInstance": {"componentName": "runtime_sales_activities:activityPanel"}}]}],
}  # fmt: skip
STRUCTURE = Structure(
    tabs={"Standard User": {"standard-Account": "DefaultOn", "Wiki": "DefaultOff"},
          "System Administrator": {"standard-Account": "DefaultOn", "standard-Lead": "DefaultOn"}},
    tab_labels={"standard-Account": "Accounts", "standard-Lead": "Leads", "Wiki": "Our wiki"},
    apps={"Sales": {"label": "Sales", "navType": "Standard", "uiType": "Lightning", "tabs": ["standard-Account"]}},
    layouts={"Account-Account Layout": ACCOUNT_LAYOUT, "Account-Bare Layout": {"layoutSections": []},
             "Opportunity-Deal Layout": DEAL_LAYOUT},
    assigned={("Standard User", "Account"): "Account-Account Layout",
              ("System Administrator", "Account"): "Account-Bare Layout"},
    flexipages={"Account_Page": PAGE, "Other_Page": {"masterLabel": "Other", "sobjectType": "Lead"}},
    compact={"Account": {"fullName": "Top", "label": "Top of an account", "fields": ["BillingAddress", "Secret_Key__c",
                                                                                    "Industry"]}},
    list_views={"Account": (
        ListView("Customers", "Customers", ({"field": "Type", "operation": "equals", "value": "Customer - Direct"},),
                 columns=("Name", "Owner.Name", "Type")),
        ListView("Mine", "My own", scope="mine", shared=False),
    )},
    hidden_fields={"Standard User": frozenset({"Account.Secret_Key__c", "Contact.MailingAddress"})},
    trail=(AuditEntry(datetime(2026, 11, 2, 9, tzinfo=UTC), ALEX, "layoutChange", "Page Layouts", "Changed a layout"),
           AuditEntry(datetime(2026, 11, 9, 9, tzinfo=UTC), "", "upgrade", "Releases", "Upgraded")),
)  # fmt: skip


@contextmanager
def running(stage: Stage, structure: Structure = STRUCTURE, profile: str = STANDARD_USER) -> Iterator[Salesforce]:
    """The company with this structure; the caller has the profile."""
    clock = Clock()
    store = store_of_company(clock, CATALOGUE)
    store.insert_many("Profile", ("Id", "Name"), [(STANDARD_USER, "Standard User"), (ADMIN, "System Administrator")])
    store.connection.execute('UPDATE "User" SET "ProfileId" = ?', (profile,))
    org = Org(clock, clients=(Client("sandbox", "sandbox-secret", "alex@rituals.example"),), structure=structure)
    stage.app = Starlette(routes=list(routes(store, org)))
    with requests.Session() as session:
        salesforce = Salesforce(stage.url, store, org, clock, session)
        salesforce.log_in()
        yield salesforce
    store.close()


def read(salesforce: Salesforce, path: str, **query: str) -> Any:
    """The body of a resource, which must be there."""
    answer = salesforce.call("GET", path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def tooling(salesforce: Salesforce, soql: str) -> list[Mapping[str, Any]]:
    """The records of a query of the Tooling API."""
    return list(read(salesforce, "tooling/query", q=soql)["records"])
