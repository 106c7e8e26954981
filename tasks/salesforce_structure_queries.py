"""What the check of an org's structure asks, as SOQL. Pure: settings and ids in, text out.

Values enter only through `format_soql`. What a `Metadata` holds is asked for one record at a time, not by query.
"""

from collections.abc import Sequence
from typing import Final

from simple_salesforce.format import format_soql

TAB_DEFINITIONS: Final = "SELECT Name, Label, SobjectName FROM TabDefinition"
RECORD_PAGES: Final = (
    "SELECT Id, DeveloperName, MasterLabel, EntityDefinitionId FROM FlexiPage WHERE Type = 'RecordPage'"
)
TRAIL_AT_MOST: Final = 2000


def profile(name: str) -> str:
    """The profile of this name in Setup."""
    return str(format_soql("SELECT Id, Name FROM Profile WHERE Name = {}", name))


def permission_set(profile_id: str) -> str:
    """The permission set that holds what the profile itself permits."""
    wanted = "SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND ProfileId = {}"
    return str(format_soql(wanted, profile_id))


def tab_settings(permission_set_id: str) -> str:
    """The tabs that are not hidden."""
    return str(
        format_soql("SELECT Name, Visibility FROM PermissionSetTabSetting WHERE ParentId = {}", permission_set_id)
    )


def field_permissions(permission_set_id: str, objects: Sequence[str]) -> str:
    """The fields of the objects that a permission is given for."""
    wanted = "SELECT Field, PermissionsRead FROM FieldPermissions WHERE ParentId = {} AND SobjectType IN {}"
    return str(format_soql(wanted, permission_set_id, list(objects)))


def record_types(objects: Sequence[str], names: Sequence[str]) -> str:
    """The record types of these developer names."""
    wanted = "SELECT Id, DeveloperName, SobjectType FROM RecordType WHERE SobjectType IN {} AND DeveloperName IN {}"
    return str(format_soql(wanted, list(objects), list(names)))


def profile_layouts(profile_id: str, objects: Sequence[str]) -> str:
    """The page layouts that the profile is given, by object and record type. For the Tooling API."""
    wanted = (
        "SELECT LayoutId, Layout.Name, RecordTypeId, TableEnumOrId FROM ProfileLayout "
        "WHERE ProfileId = {} AND TableEnumOrId IN {}"
    )
    return str(format_soql(wanted, profile_id, list(objects)))


def app(name: str) -> str:
    """The app of this developer name. For the Tooling API."""
    return str(format_soql("SELECT Id, DeveloperName, Label FROM CustomApplication WHERE DeveloperName = {}", name))


def list_views(objects: Sequence[str]) -> str:
    """The list views of the objects that the integration user sees; `Name` is the label."""
    wanted = "SELECT Name, DeveloperName, SobjectType FROM ListView WHERE SobjectType IN {} ORDER BY SobjectType, Name"
    return str(format_soql(wanted, list(objects)))


def web_links(objects: Sequence[str]) -> str:
    """The custom links of the objects."""
    wanted = "SELECT Name, MasterLabel, Url, PageOrSobjectType FROM WebLink WHERE PageOrSobjectType IN {}"
    return str(format_soql(wanted, list(objects)))


def trail(days: int) -> str:
    """What was changed in Setup in so many days, the newest of it."""
    wanted = (
        "SELECT CreatedDate, CreatedBy.Name, Section, Display FROM SetupAuditTrail "
        "WHERE CreatedDate = LAST_N_DAYS:{} ORDER BY CreatedDate DESC LIMIT {}"
    )
    return str(format_soql(wanted, days, TRAIL_AT_MOST))
