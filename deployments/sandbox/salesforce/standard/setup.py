"""What Setup keeps as records: permissions, tabs, record types, list views, its audit trail. The API only reads it."""

from dataclasses import replace

from deployments.sandbox.salesforce.fields import (
    audit,
    created,
    flag,
    identity,
    lookup,
    picklist,
    read_only,
    required,
    text,
)
from deployments.sandbox.salesforce.schema import Field, SObject


def _unsearchable(field: Field) -> Field:
    return replace(field, filterable=False, sortable=False, groupable=False)


PERMISSION_SET = SObject(
    "PermissionSet",
    "0PS",
    read_only(
        *identity("PermissionSet ID", bin_=False),
        *required(text("Name", "Permission Set Name", 80), text("Label", "Permission Set Label", 80)),
        lookup("ProfileId", "Profile ID", "Profile"),
        flag("IsOwnedByProfile", "Is Owned By Profile"),
        flag("IsCustom", "Is Custom"),
        *audit(),
    ),
    "Permission Set",
    "Permission Sets",
)

PERMISSION_SET_TAB_SETTING = SObject(
    "PermissionSetTabSetting",
    "01P",
    read_only(
        *identity("Tab Setting ID", bin_=False),
        *required(
            lookup("ParentId", "Parent ID", "PermissionSet"),
            picklist("Visibility", "Visibility", "DefaultOff", "DefaultOn", restricted=True),
            text("Name", "Tab Name"),
        ),
        *audit()[-1:],
    ),
    "Permission Set Tab Setting",
    "Permission Set Tab Setting",
)

FIELD_PERMISSIONS = SObject(
    "FieldPermissions",
    "01k",
    read_only(
        *identity("Field Permissions ID", bin_=False),
        *required(
            lookup("ParentId", "Parent ID", "PermissionSet", children="FieldPerms"),
            picklist("SobjectType", "SObject Type Name", length=40),
            picklist("Field", "Field Name", length=40),
        ),
        flag("PermissionsEdit", "Edit Field"),
        flag("PermissionsRead", "Read Field"),
        *audit()[-1:],
    ),
    "Field Permissions",
    "Field Permissions",
)

TAB_DEFINITION = SObject(
    "TabDefinition",
    "01r",
    read_only(
        *identity("Tab Definition ID", bin_=False),
        text("DurableId", "Durable ID"),
        *required(text("Name", "Name"), text("Label", "Label")),
        text("SobjectName", "sObject Name"),
        text("Url", "URL", kind="url"),
        flag("IsCustom", "Is Custom"),
        flag("IsAvailableInLightning", "Is Available In Lightning"),
    ),
    "Tab Definition",
    "Tab Definitions",
)

RECORD_TYPE = SObject(
    "RecordType",
    "012",
    read_only(
        *identity("Record Type ID", bin_=False),
        *required(text("Name", "Name", 80), text("DeveloperName", "Record Type Name", 80)),
        text("Description", "Description"),
        *required(picklist("SobjectType", "SObject Type Name", length=40)),
        flag("IsActive", "Active"),
        *audit(),
    ),
    "Record Type",
    "Record Types",
)

LIST_VIEW = SObject(
    "ListView",
    "00B",
    read_only(
        *identity("List View ID", bin_=False),
        *required(text("Name", "View Name", 40)),
        text("DeveloperName", "API Name", 80),
        picklist("SobjectType", "SObject Type", length=40),
        flag("IsSoqlCompatible", "Is SOQL Compatible"),
        *audit(),
    ),
    "List View",
    "List Views",
)

# Display can be neither filtered, sorted nor grouped: who looks for a change reads the sections of a time.
SETUP_AUDIT_TRAIL = SObject(
    "SetupAuditTrail",
    "0Ym",
    read_only(
        *identity("Setup Audit Trail Entry ID", bin_=False),
        text("Action", "Action", 80),
        text("Section", "Section"),
        created()[0],
        lookup("CreatedById", "Created By ID", "User"),
        _unsearchable(text("Display", "Display", 4000)),
        text("DelegateUser", "Delegate User"),
    ),
    "Setup Audit Trail Entry",
    "Setup Audit Trail Entries",
)

SETUP = (
    PERMISSION_SET, PERMISSION_SET_TAB_SETTING, FIELD_PERMISSIONS, TAB_DEFINITION, RECORD_TYPE, LIST_VIEW,
    SETUP_AUDIT_TRAIL,
)  # fmt: skip
