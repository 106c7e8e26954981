"""What each kind of metadata file adds to the structure of an org that is loaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from deployments.sandbox.company.metadata_xml import UnreadableMetadata
from deployments.sandbox.salesforce.structure import ListView

Body = dict[str, Any]
Key = TypeVar("Key", str, tuple[str, str])
# Metadata knows the standard profiles by names that Setup does not show.
PROFILES = {
    "Admin": "System Administrator", "Standard": "Standard User", "ReadOnly": "Read Only",
    "SolutionManager": "Solution Manager", "MarketingProfile": "Marketing User", "ContractManager": "Contract Manager",
}  # fmt: skip
_SCOPES = {"Everything": "everything", "Mine": "mine", "Queue": "queue", "Delegated": "delegated", "Team": "team"}


@dataclass
class Loaded:
    """What was read so far, still as the files have it.

    assignments   per profile: the layout of an object, or of a record type of it
    compact       compact layouts by full name, and by object and full name where the file says the object
    chosen        per object: the full name of the compact layout in force
    org_pages     per object: the Lightning page that the org shows by default
    """

    layouts: dict[str, Body] = field(default_factory=dict)
    pages: dict[str, Body] = field(default_factory=dict)
    apps: dict[str, Body] = field(default_factory=dict)
    described: dict[str, Body] = field(default_factory=dict)
    profiles: set[str] = field(default_factory=set)
    assignments: dict[tuple[str, ...], str] = field(default_factory=dict)
    tabs: dict[str, dict[str, str]] = field(default_factory=dict)
    hidden: dict[str, frozenset[str]] = field(default_factory=dict)
    compact: dict[tuple[str, str], Body] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    org_pages: dict[str, str] = field(default_factory=dict)
    list_views: dict[str, list[ListView]] = field(default_factory=dict)


def _keep_layout(loaded: Loaded, name: str, body: Body, _under: str) -> None:
    if "-" not in name:
        raise UnreadableMetadata(f"a page layout is called by its object, like Account-{name}; rename the file")
    _once(loaded.layouts, name, {"layoutSections": [], "relatedLists": [], **body})


def keep_page(loaded: Loaded, name: str, body: Body, _under: str) -> None:
    """A Lightning page, in the old form or the new."""
    _once(loaded.pages, name, {**body, "flexiPageRegions": list(body["flexiPageRegions"])})


def keep_described(loaded: Loaded, sobject: str, body: Body) -> None:
    """An answer of describe/layouts, as it is."""
    _once(loaded.described, sobject, body)


def _keep_app(loaded: Loaded, name: str, body: Body, _under: str) -> None:
    _once(loaded.apps, name, {"tabs": [], "actionOverrides": [], "profileActionOverrides": [], "label": name, **body})


def _keep_profile(loaded: Loaded, name: str, body: Body, _under: str) -> None:
    profile = PROFILES.get(name, name)
    loaded.profiles.add(profile)
    for one in body.get("layoutAssignments", ()):
        sobject, _, record_type = one.get("recordType", "").partition(".")
        key = (profile, sobject or one["layout"].partition("-")[0])
        loaded.assignments[(*key, record_type) if record_type else key] = one["layout"]
    shown = {one["tab"]: one["visibility"] for one in body.get("tabVisibilities", ())}
    loaded.tabs[profile] = {tab: how for tab, how in shown.items() if how != "Hidden"}
    fields = body.get("fieldPermissions", ())
    loaded.hidden[profile] = frozenset(one["field"] for one in fields if one["readable"] is not True)


def _keep_compact(loaded: Loaded, name: str, body: Body, under: str) -> None:
    named = {"fullName": name, "label": name, "fields": [], **body}
    _once(loaded.compact, (under, named["fullName"]), named)


def _keep_list_view(loaded: Loaded, name: str, body: Body, under: str) -> None:
    if not under:
        raise UnreadableMetadata("a list view belongs into objects/<object>/listViews, which says its object")
    loaded.list_views.setdefault(under, []).append(_list_view({"fullName": name, **body}))


def _keep_object(loaded: Loaded, name: str, body: Body, _under: str) -> None:
    for one in body.get("actionOverrides", ()):
        if (one.get("actionName"), one.get("type")) == ("View", "Flexipage") and one.get("formFactor") != "Small":
            loaded.org_pages[name] = one["content"]
    chosen = body.get("compactLayoutAssignment", "SYSTEM")
    if chosen != "SYSTEM":
        loaded.chosen[name] = chosen
    for one in body.get("compactLayouts", ()):
        _keep_compact(loaded, one["fullName"], one, name)
    loaded.list_views.setdefault(name, []).extend(_list_view(one) for one in body.get("listViews", ()))


def _list_view(body: Mapping[str, Any]) -> ListView:
    """Filters and columns as the metadata names fields: ACCOUNT.TYPE is Type. A view that is shared with some is
    private to the others: without the words "sharedTo" it is everybody's."""
    filters = [
        {**one, "field": field_of(one["field"]), "value": one.get("value", "")} for one in body.get("filters", ())
    ]
    return ListView(
        developer_name=body["fullName"],
        label=body.get("label", body["fullName"]),
        filters=tuple(filters),
        scope=_SCOPES.get(body.get("filterScope", "Everything"), "everything"),
        shared="sharedTo" not in body,
        columns=tuple(field_of(name) for name in body.get("columns", ())),
    )


# Names that metadata of list views has for standard fields; others are told by what follows the dot.
_FIELDS = {
    "NAME": "Name", "FULL_NAME": "Name", "TYPE": "Type", "STAGE_NAME": "StageName",
    "AMOUNT": "Amount", "CLOSE_DATE": "CloseDate", "CLOSED": "IsClosed", "WON": "IsWon", "RECORDTYPE": "RecordTypeId",
    "INDUSTRY": "Industry", "RATING": "Rating", "STATUS": "Status", "LEAD_SOURCE": "LeadSource", "EMAIL": "Email",
    "TITLE": "Title", "PHONE1": "Phone", "ADDRESS1_STATE": "BillingState", "ADDRESS1_CITY": "BillingCity",
    "PROBABILITY": "Probability", "COMPANY": "Company",
}  # fmt: skip


def field_of(name: str) -> str:
    """The API name of a field that a list view's metadata calls `ACCOUNT.TYPE`; custom fields have their own name."""
    return name if name.endswith("__c") else _FIELDS.get(name, _FIELDS.get(name.rpartition(".")[2], name))


def _once(kept: dict[Key, Body], name: Key, body: Body) -> None:
    if name in kept:
        shown = name if isinstance(name, str) else name[-1]
        raise UnreadableMetadata(f"{shown} was read from another file already; leave one of them out")
    kept[name] = body


Keep = Callable[[Loaded, str, Body, str], None]  # the file's name, its body, the object whose folder it is in or ""
KINDS: Mapping[str, Keep] = {
    "Layout": _keep_layout,
    "FlexiPage": keep_page,
    "CustomApplication": _keep_app,
    "Profile": _keep_profile,
    "CompactLayout": _keep_compact,
    "ListView": _keep_list_view,
    "CustomObject": _keep_object,
}
