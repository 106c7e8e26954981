"""The objects that only the Tooling API knows; `Metadata` is kept as JSON text."""

from dataclasses import replace

from deployments.sandbox.salesforce.fields import audit, identity, lookup, picklist, read_only, required, text
from deployments.sandbox.salesforce.schema import Catalogue, Field, SObject
from deployments.sandbox.salesforce.standard import people, setup


def _whole() -> tuple[Field, ...]:
    """The name and body that are only given for a single record."""
    return tuple(
        replace(field, filterable=False, sortable=False, groupable=False)
        for field in (text("FullName", "Full Name"), Field("Metadata", "anyType", "Metadata"))
    )


LAYOUT = SObject(
    "Layout",
    "00h",
    read_only(
        *identity("Layout ID", bin_=False),
        *required(text("Name", "Name"), picklist("TableEnumOrId", "Entity Enumeration Or ID")),
        text("EntityDefinitionId", "Entity Definition ID"),
        text("LayoutType", "Layout Type"),
        *_whole(),
        *audit(),
    ),
    "Layout",
    "Layouts",
)

PROFILE_LAYOUT = SObject(
    "ProfileLayout",
    "01G",
    read_only(
        *identity("Profile Layout ID", bin_=False),
        *required(
            lookup("LayoutId", "Layout ID", "Layout"),
            lookup("ProfileId", "Profile ID", "Profile"),
            picklist("TableEnumOrId", "Entity Enumeration Or ID"),
        ),
        lookup("RecordTypeId", "Record Type ID", "RecordType"),
    ),
    "Profile Layout",
    "Profile Layouts",
)

FLEXI_PAGE = SObject(
    "FlexiPage",
    "0M0",
    read_only(
        *identity("Lightning Page ID", bin_=False),
        *required(text("DeveloperName", "Developer Name", 80), text("MasterLabel", "Label", 80)),
        picklist("Type", "Type"),
        text("EntityDefinitionId", "Entity Definition ID"),
        text("Description", "Description"),
        *_whole(),
        *audit(),
    ),
    "Lightning Page",
    "Lightning Pages",
)

CUSTOM_APPLICATION = SObject(
    "CustomApplication",
    "02u",
    read_only(
        *identity("Custom Application ID", bin_=False),
        *required(text("DeveloperName", "Developer Name", 80), text("Label", "Label")),
        picklist("NavType", "Navigation Type"),
        picklist("UiType", "UI Type"),
        text("Description", "Description"),
        *_whole(),
        *audit(),
    ),
    "Custom Application",
    "Custom Applications",
)

WHOLE = (LAYOUT, FLEXI_PAGE, CUSTOM_APPLICATION)  # what has a Metadata
# What both APIs know. User and Profile are there for the names of who changed something and whose layout it is.
SHARED = (people.PROFILE, people.USER_ROLE, people.USER, setup.PERMISSION_SET, setup.PERMISSION_SET_TAB_SETTING,
          setup.TAB_DEFINITION, setup.RECORD_TYPE)  # fmt: skip
TOOLING = Catalogue((*SHARED, *WHOLE, PROFILE_LAYOUT))

# What a user without View Setup and Configuration cannot read, in either API.
VIEW_SETUP = frozenset(
    {"PermissionSet", "PermissionSetTabSetting", "FieldPermissions", "TabDefinition", "SetupAuditTrail",
     "ProfileLayout", *(o.name for o in WHOLE)}
)  # fmt: skip
