"""What there is in every Salesforce beside the deals: leads, and notes that the handbook asks nobody to write."""

from collections.abc import Iterator

from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.prospects import PROSPECTS
from deployments.sandbox.company.tell import DIRECTORY, USER_IDS
from deployments.sandbox.company.tell_activity import LEAD_IDS

_LEADS = (
    ("Amara", "Osei", "Copper Ridge Brewing", "IT manager", "Web", "Open - Not Contacted", "Warm", 2),
    ("Bruno", "Keller", "Alpine Cable", "Systems lead", "Web", "Working - Contacted", "Hot", 5),
    ("Chen", "Liu", "Harborview Hospital", "Security analyst", "Partner Referral", "Working - Contacted", "Hot", 9),
    ("Dina", "Farouk", "Sunline Transit", "CIO", "Phone Inquiry", "Open - Not Contacted", "Cold", 1),
    ("Erik", "Holm", "Nordlicht Games", "CTO", "Web", "Closed - Not Converted", "Cold", 60),
    ("Farah", "Aziz", "Prairie Telecom", "IT director", "Other", "Open - Not Contacted", "Warm", 14),
)
_NOTES = (("Acme", "Meeting notes", "They asked for a second trial."),)
_ENHANCED_NOTES = (("Globex", "Wishes", "Order form in two parts."),)


def extras(office: OfficeTime) -> dict[str, Table]:
    """Lead, and notes of both kinds: classic ones, and enhanced ones, which are documents with links."""
    sam = USER_IDS["sam"]
    leads = (*_lying_about(office), *_worked(office))
    notes = tuple(
        (record_id("002", i), DIRECTORY.accounts[account], title, body, 0, sam, 0, *_audit(office.moment(40 * i), sam))
        for i, (account, title, body) in enumerate(_NOTES, 1)
    )
    audit = ("CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp")
    return {
        "Lead": Table(
            ("Id", "FirstName", "LastName", "Company", "Title", "Email", "LeadSource", "Status", "Rating", "OwnerId",
             "City", "State", "Country", "HasOptedOutOfEmail", "DoNotCall", "IsDeleted", *audit),
            leads,
        ),
        "Note": Table(("Id", "ParentId", "Title", "Body", "IsPrivate", "OwnerId", "IsDeleted", *audit), notes),
        **_enhanced_notes(office, audit),
    }  # fmt: skip


def _enhanced_notes(office: OfficeTime, audit: tuple[str, ...]) -> dict[str, Table]:
    sam, documents, notes, links = USER_IDS["sam"], [], [], []
    for i, (account, title, body) in enumerate(_ENHANCED_NOTES, 1):
        id_, made = record_id("069", i), office.moment(30 * i)
        documents.append((id_, title, "SNOTE", sam, 0, *_audit(made, sam)))
        notes.append((id_, title, body, sam, 0, *_audit(made, sam)))
        entities = (DIRECTORY.accounts[account], sam)
        links += [
            (record_id("06A", 2 * i + which), entity, id_, "V" if which else "I", "AllUsers", 0, made)
            for which, entity in enumerate(reversed(entities))
        ]
    columns = ("Id", "Title", "FileType", "OwnerId", "IsDeleted", *audit)
    linked = ("Id", "LinkedEntityId", "ContentDocumentId", "ShareType", "Visibility", "IsDeleted", "SystemModstamp")
    return {
        "ContentDocument": Table(columns, tuple(documents)),
        "ContentNote": Table(("Id", "Title", "TextPreview", "OwnerId", "IsDeleted", *audit), tuple(notes)),
        "ContentDocumentLink": Table(linked, tuple(links)),
    }


def _lying_about(office: OfficeTime) -> Iterator[tuple[object, ...]]:
    """Leads to whom nobody has written lately."""
    sam = USER_IDS["sam"]
    for i, (first, last, company, title, source, status, rating, ago) in enumerate(_LEADS, 1):
        yield (
            record_id("00Q", i), first, last, company, title,
            f"{first}.{last}@{company.replace(' ', '')}.example".lower(), source, status, rating, sam,
            None, None, None, 0, 0, 0, *_audit(office.moment(ago), sam),
        )  # fmt: skip


def _worked(office: OfficeTime) -> Iterator[tuple[object, ...]]:
    """Leads whom our people write to."""
    for i, lead in enumerate(PROSPECTS):
        first, _, last = lead.name.partition(" ")
        owner = USER_IDS[lead.owner]
        yield (
            LEAD_IDS[lead.name], first, last, lead.company, lead.title, lead.email, "Web", "Working - Contacted",
            "Warm", owner, lead.city, lead.state or None, lead.country, int(lead.wish == "no mail"),
            int(lead.wish == "no calls"), 0, *_audit(office.moment(40 + i % 50), owner),
        )  # fmt: skip


def _audit(moment: str, user: str) -> tuple[str, str, str, str, str]:
    return moment, user, moment, user, moment
