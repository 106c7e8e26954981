"""How the pretend org looks to its users: tabs, apps, list views, layouts and Lightning pages, as metadata.

Bodies are kept as the Metadata API has them, in JSON as the Tooling API answers it (arrays are arrays, names in
camelCase): what is read from XML is put into that shape. Only `described` has what REST's describe/layouts answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True)
class ListView:
    """A list view of an object. `filters` have field (API name), operation ("equals") and value; `shared` with all
    users, or private to its owner; `scope` is everything, mine, …"""

    developer_name: str
    label: str
    filters: Sequence[Body] = ()
    scope: str = "everything"
    shared: bool = True
    columns: Sequence[str] = ("Name",)


@dataclass(frozen=True)
class AuditEntry:
    """One line of the setup audit trail. `at` aware UTC; `by` a user's Id; "" for Salesforce itself."""

    at: datetime
    by: str
    action: str
    section: str
    display: str


@dataclass(frozen=True)
class Structure:
    """What Setup holds.

    tabs           visibility of each tab for each profile: {"Standard User": {"standard-Account": "DefaultOn"}};
                   a hidden tab has no entry          tab_labels   {"standard-Account": "Accounts"}, all tabs of the org
    apps           CustomApplication metadata by developer name
    layouts        Layout metadata by full name ("Account-Account Layout")
    assigned       the layout of (profile, object), by full name; a third part names a record type
    flexipages     FlexiPage metadata by developer name (with sobjectType, masterLabel, type)
    compact        the compact layout in force by object: {"fullName", "label", "fields": [...]}; none: the system's
    list_views     by object
    hidden_fields  by profile: "Account.License_Key__c", which it may not read
    described      answers of describe/layouts by object, served as they are instead of what `layouts` would give
    trail          the setup audit trail, any order
    """

    tabs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tab_labels: Mapping[str, str] = field(default_factory=dict)
    apps: Mapping[str, Body] = field(default_factory=dict)
    layouts: Mapping[str, Body] = field(default_factory=dict)
    assigned: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    flexipages: Mapping[str, Body] = field(default_factory=dict)
    compact: Mapping[str, Body] = field(default_factory=dict)
    list_views: Mapping[str, Sequence[ListView]] = field(default_factory=dict)
    hidden_fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    described: Mapping[str, Body] = field(default_factory=dict)
    trail: Sequence[AuditEntry] = ()
