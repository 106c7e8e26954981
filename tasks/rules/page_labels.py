"""What a page calls a field, a related list or a component, where metadata has only its API name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tasks.rules.bodies import Body, Row, bodies, text

# As the metadata of layouts names standard related lists, and as REST and Lightning pages do.
_LISTS: Final[Mapping[str, str]] = {
    "AccountContactRelations": "Related Contacts",
    "ActivityHistories": "Activity History",
    "AttachedContentDocuments": "Files",
    "AttachedContentNotes": "Notes",
    "CampaignMembers": "Campaign History",
    "CombinedAttachments": "Notes & Attachments",
    "NotesAndAttachments": "Notes & Attachments",
    "OpenActivities": "Open Activities",
    "OpportunityContactRoles": "Contact Roles",
    "OpportunityHistories": "Stage History",
    "OpportunityLineItems": "Products",
    "RelatedAccountContactRelationList": "Related Contacts",
    "RelatedActivityList": "Open Activities",
    "RelatedAttachmentList": "Attachments",
    "RelatedCampaignList": "Campaign History",
    "RelatedCaseList": "Cases",
    "RelatedCommentsList": "Case Comments",
    "RelatedContactList": "Contacts",
    "RelatedContactRoleList": "Contact Roles",
    "RelatedContentNoteList": "Notes",
    "RelatedFileList": "Files",
    "RelatedHistoryList": "Activity History",
    "RelatedLineItemList": "Products",
    "RelatedNoteList": "Notes & Attachments",
    "RelatedOpportunityHistoryList": "Stage History",
    "RelatedOpportunityList": "Opportunities",
}
_COMPONENTS: Final[Mapping[str, str]] = {
    "force:detailPanel": "Record Detail",
    "force:highlightsPanel": "Highlights Panel",
    "force:relatedListContainer": "Related Lists",
    "force:relatedListQuickLinksContainer": "Related List Quick Links",
    "forceChatter:recordFeedContainer": "Chatter",
    "record_flexipage:dynamicHighlights": "Dynamic Highlights Panel",
    "runtime_sales_activities:activityPanel": "Activities",
    "runtime_sales_pathassistant:pathAssistant": "Path",
}
_FIELDS: Final[Mapping[str, str]] = {
    "AccountId": "Account Name",
    "CreatedById": "Created By",
    "LastModifiedById": "Last Modified By",
}


@dataclass(frozen=True)
class Words:
    """What the names in metadata mean for one object.

    labels     of its fields, by API name
    children   see `relationships`
    links      custom links by name: WebLink's MasterLabel and Url
    lists      the related lists of its page layout, which `force:relatedListContainer` shows on a Lightning page
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Body] = field(default_factory=dict)
    lists: Sequence[Row] = ()


def words(name: str) -> str:
    """An API name as words: "companyInsightTeaserCard" is "Company Insight Teaser Card", "LinkedIn_URL__c" "LinkedIn
    URL"."""
    plain = re.sub(r"__(c|r)$", "", name.rpartition(":")[2]).strip("_")
    parted = plain.replace("_", " ") if "_" in plain else re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", plain)
    return " ".join(word[0].upper() + word[1:] for word in parted.split())


def component_label(name: str) -> str:
    """What Lightning App Builder calls a component."""
    return _COMPONENTS.get(name) or words(name)


def heading(label: str) -> str:
    """A heading as shown; Salesforce's own are kept as "@@@SFDCSystem_InformationSFDC@@@"."""
    own = re.fullmatch(r"@@@SFDC(.*)SFDC@@@", label)
    return own[1].replace("_", " ").strip() if own else label


def list_label(name: str, children: Mapping[str, str]) -> str:
    """What a page calls a related list. `children`: relationship names by "Child__c.Lookup__c", as `relationships`."""
    if known := _LISTS.get(name):
        return known
    return words(re.sub(r"(?<=s)\d+$", "", children.get(name) or name.partition(".")[0]))


def listed_object(name: str, children: Mapping[str, str]) -> str:
    """The object that a related list lists; "" where its name does not say."""
    if "." in name:
        return name.partition(".")[0]
    return next((child.partition(".")[0] for child, relation in children.items() if relation == name), "")


def relationships(describe: Body) -> dict[str, str]:
    """Names of the relationships of an object by child and lookup: {"Opportunity.AccountId": "Opportunities"}."""
    return {
        f"{text(child, 'childSObject')}.{text(child, 'field')}": text(child, "relationshipName")
        for child in bodies(describe.get("childRelationships"))
        if text(child, "relationshipName")
    }


def field_label(described: Body, of: str) -> str:
    """What pages call a field of the object labelled `of`: describe says "Owner ID", pages say "Opportunity Owner"."""
    name, label = text(described, "name"), text(described, "label")
    if name == "OwnerId":
        return f"{of} Owner"
    if name == "RecordTypeId":
        return f"{of} Record Type"
    if name == "Name" and label in {"Name", "Full Name"}:
        return "Name" if label == "Full Name" else f"{of} Name"
    if text(described, "type") == "reference":
        return _FIELDS.get(name) or re.sub(r"\s+ID$", "", label)
    short = label.removeprefix(f"{of} ")  # describe says "Account Type", pages say "Type"
    return short if short.replace(" ", "").casefold() == name.casefold() else label or words(name)
