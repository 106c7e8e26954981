"""Related lists as a described layout has them: RelatedOpportunityList of the metadata is Opportunities there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployments.sandbox.salesforce.schema import Catalogue
from deployments.sandbox.salesforce.structure import Body
from deployments.sandbox.salesforce.structure_names import page_label, spaced

LIMIT_ROWS = 5
_FORMATS = {"date": "date", "datetime": "datetime", "currency": "currency", "percent": "percent"}


@dataclass(frozen=True)
class Kind:
    """A standard related list: its name in the API, its label, the object it lists and the field that leads back.

    `field` may hold `{parent}`, the object of the page.
    """

    name: str
    label: str
    sobject: str
    field: str = "{parent}Id"


KINDS: Mapping[str, Kind] = {
    "RelatedOpportunityList": Kind("Opportunities", "Opportunities", "Opportunity"),
    "RelatedContactList": Kind("Contacts", "Contacts", "Contact"),
    "RelatedActivityList": Kind("OpenActivities", "Open Activities", "OpenActivity", "WhatId"),
    "RelatedHistoryList": Kind("ActivityHistories", "Activity History", "ActivityHistory", "WhatId"),
    "RelatedNoteList": Kind("CombinedAttachments", "Notes & Attachments", "CombinedAttachment", "ParentId"),
    "RelatedContentNoteList": Kind("AttachedContentNotes", "Notes", "AttachedContentNote", "LinkedEntityId"),
    "RelatedFileList": Kind("AttachedContentDocuments", "Files", "AttachedContentDocument", "LinkedEntityId"),
    "RelatedOpportunityHistoryList": Kind("OpportunityHistories", "Stage History", "OpportunityHistory"),
    "RelatedEntityHistoryList": Kind("Histories", "{parent} History", "{parent}History"),
    "RelatedContactRoleList": Kind("OpportunityContactRoles", "Contact Roles", "OpportunityContactRole"),
    "RelatedAccountContactRoleList": Kind("AccountContactRoles", "Contact Roles", "AccountContactRole"),
    "RelatedAccountContactRelationshipList":
        Kind("AccountContactRelations", "Related Contacts", "AccountContactRelation"),
    "RelatedContactAccountRelationshipList":
        Kind("AccountContactRelations", "Related Accounts", "AccountContactRelation"),
    "RelatedLineItemList": Kind("OpportunityLineItems", "Products", "OpportunityLineItem"),
    "RelatedQuoteList": Kind("Quotes", "Quotes", "Quote"),
    "RelatedCaseList": Kind("Cases", "Cases", "Case"),
    "RelatedCampaignList": Kind("CampaignMembers", "Campaign History", "CampaignMember"),
    "RelatedEmailMessageList": Kind("Emails", "Emails", "EmailMessage", "RelatedToId"),
    "RelatedPartnerList": Kind("Partners", "Partners", "Partner"),
}  # fmt: skip
_PEOPLE = ("Contact", "Lead")  # an activity names people otherwise than records


def related_list(catalogue: Catalogue, parent: str, body: Body) -> dict[str, Any]:
    """An entry of `relatedLists`, from an entry of the layout's metadata."""
    written = str(body.get("relatedList") or "")
    kind = KINDS.get(written) or _custom(written)
    field = "WhoId" if kind.field == "WhatId" and parent in _PEOPLE else kind.field.format(parent=parent)
    sobject = kind.sobject.format(parent=parent)
    sort = body.get("sortField")
    return {
        "accessLevelRequiredForCreate": None,
        "buttons": [],
        "columns": [_column(catalogue, sobject, str(name)) for name in body.get("fields") or ()],
        "custom": "__c" in written,
        "field": field,
        "label": kind.label.format(parent=parent),
        "limitRows": LIMIT_ROWS,
        "name": kind.name,
        "sobject": sobject,
        "sort": [{"ascending": body.get("sortOrder") != "Desc", "column": str(sort)}] if sort else [],
    }


def _custom(written: str) -> Kind:
    """`Review__c.Account__c`, or a standard list that is not among ours."""
    sobject, _, field = written.partition(".")
    if field:
        words = spaced(sobject)
        plural = words if words.endswith("s") else f"{words}s"
        return Kind(f"{plural.replace(' ', '_')}__r" if sobject.endswith("__c") else plural, plural, sobject, field)
    name = written.removeprefix("Related").removesuffix("List") or written
    return Kind(f"{name}s", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"{name}s"), name)


def _column(catalogue: Catalogue, sobject: str, written: str) -> dict[str, Any]:
    """`OPPORTUNITY.STAGE_NAME`, `NAME` and `Due__c` all name a field of the listed object."""
    name = written.rpartition(".")[2]
    plain = name if name.endswith("__c") else "".join(part.capitalize() for part in name.lower().split("_"))
    listed = catalogue.get(sobject)
    field = (listed.by_name.get(plain.lower()) or listed.by_name.get(name.lower())) if listed else None
    named = field.name if field else plain
    return {
        "field": f"{sobject}.{named}",
        "fieldApiName": named,
        "format": _FORMATS.get(field.type) if field else None,
        "label": page_label(listed, field) if listed and field else spaced(name).replace("__", " ").capitalize(),
        "lookupId": "Id" if named in {"Name", "Subject"} else None,
        "name": named,
        "sortable": field.sortable if field else True,
    }
