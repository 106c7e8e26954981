"""What Setup calls things: ids of what has no record, and the labels that fields have on a page."""

from collections.abc import Mapping

from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.salesforce.schema import Field, SObject

MASTER_RECORD_TYPE = "012000000000000AAA"
PEOPLE = ("Contact", "Lead")
_PERSON_NAME = ("Salutation", "FirstName", "LastName")
_ADDRESS_PARTS = ("Street", "City", "State", "PostalCode", "Country")
# Where a page calls a field otherwise than the API does (recorded layouts of an opportunity and an account).
_ON_PAGES: Mapping[tuple[str, str], str] = {
    ("Account", "Type"): "Type", ("Account", "Rating"): "Rating", ("Account", "Phone"): "Phone",
    ("Account", "Description"): "Description", ("Account", "Fax"): "Fax", ("Account", "Name"): "Account Name",
    ("Account", "ParentId"): "Parent Account", ("Account", "OwnerId"): "Account Owner",
    ("Contact", "AccountId"): "Account Name", ("Contact", "Name"): "Name", ("Contact", "Phone"): "Phone",
    ("Contact", "MobilePhone"): "Mobile", ("Contact", "Description"): "Description",
    ("Contact", "OwnerId"): "Contact Owner", ("Contact", "ReportsToId"): "Reports To",
    ("Lead", "Name"): "Name", ("Lead", "MobilePhone"): "Mobile", ("Lead", "Status"): "Lead Status",
    ("Lead", "NumberOfEmployees"): "No. of Employees", ("Lead", "OwnerId"): "Lead Owner",
    ("Opportunity", "Name"): "Opportunity Name", ("Opportunity", "AccountId"): "Account Name",
    ("Opportunity", "Type"): "Type", ("Opportunity", "OwnerId"): "Opportunity Owner",
    ("Opportunity", "ExpectedRevenue"): "Expected Revenue",
}  # fmt: skip
# Standard fields that everyone sees or that follow another: no permission can be given for them (recorded describes).
_NOT_PERMISSIONABLE = {
    "Account": {"Name"},
    "Contact": {*_PERSON_NAME, "EmailBouncedReason", "EmailBouncedDate"},
    "Lead": {*_PERSON_NAME, "IsUnreadByOwner"},
    "Opportunity": {"ForecastCategoryName", "ContactId"},
    "Event": {"Subject", "ActivityDateTime", "ActivityDate", "DurationInMinutes", "StartDateTime", "EndDateTime",
              "IsPrivate", "ShowAs", "ReminderDateTime", "IsReminderSet", "EventSubtype"},
}  # fmt: skip
_COMPUTED_PERMISSIONABLE = {("Opportunity", "ExpectedRevenue")}


def numbered(prefix: str, names: list[str]) -> dict[str, str]:
    """An id for each name, the same for the same names."""
    return {name: make_id(prefix, i) for i, name in enumerate(names, 1)}


def addresses(sobject: SObject) -> dict[str, list[Field]]:
    """The compound addresses by name (BillingAddress), each with its parts."""
    found: dict[str, list[Field]] = {}
    for field in sobject.fields:
        before = field.name.removesuffix("Street")
        if field.name.endswith("Street") and not field.custom:
            found[f"{before}Address"] = [sobject.by_name[f"{before}{part}".lower()] for part in _ADDRESS_PARTS]
    return found


def compound_of(sobject: SObject, field: Field) -> str | None:
    """The compound field that this one is a part of."""
    if sobject.name in PEOPLE and field.name in _PERSON_NAME:
        return "Name"
    return next((name for name, parts in addresses(sobject).items() if field in parts), None)


def address_label(name: str) -> str:
    """`Billing Address`."""
    return f"{name.removesuffix('Address')} Address".strip()


def page_label(sobject: SObject, field: Field) -> str:
    """What a page calls a field: a lookup is called after what it leads to."""
    label = field.label or spaced(field.name)
    return _ON_PAGES.get((sobject.name, field.name)) or (label.removesuffix(" ID") if field.reference_to else label)


def spaced(name: str) -> str:
    """Words from an API name: `License_Key__c` is License Key."""
    return name.removesuffix("__c").removesuffix("__r").replace("_", " ").strip()


def permissionable(sobject: SObject, field: Field) -> bool:
    """Whether a profile may be kept from the field: not from what is required, nor from the system's own."""
    if (sobject.name, field.name) in _COMPUTED_PERMISSIONABLE:
        return True
    optional = field.nillable or field.type == "boolean"
    if field.custom:
        return optional
    return optional and field.createable and field.name not in _NOT_PERMISSIONABLE.get(sobject.name, ())
