"""What Salesforce refuses to write, before anything is written."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from deployments.sandbox.salesforce.errors import SalesforceError, unknown_column, wrong_id
from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.upkeep import DEFAULTED_ANYWHERE, DEFAULTS, FROM_STAGE
from deployments.sandbox.salesforce.values import stored

if TYPE_CHECKING:
    from deployments.sandbox.salesforce.store import Store


def writable(sobject: SObject, action: str) -> None:
    """Refuse objects that the API cannot write. `action` is inserted, updated or deleted."""
    can = {
        "inserted": any(f.createable for f in sobject.fields),
        "updated": any(f.updateable for f in sobject.fields),
        "deleted": "isdeleted" in sobject.by_name and any(f.createable for f in sobject.fields),
    }
    if not can[action]:
        raise not_writable(sobject, action)


def not_writable(sobject: SObject, action: str) -> SalesforceError:
    """The refusal to have a record of an object inserted, updated or deleted (`action`)."""
    message = f"entity type cannot be {action}: {sobject.label}"
    return SalesforceError(400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message, [])


def defaulted(sobject: SObject, field: Field) -> bool:
    """Whether Salesforce fills the field on create when the caller leaves it out."""
    own = field.name == "Id" or field.name in (*DEFAULTED_ANYWHERE, *DEFAULTS.get(sobject.name, {}))
    staged = sobject.name == "Opportunity" and field.name in FROM_STAGE
    return own or staged or field.type == "boolean" or not (field.createable or field.nillable or field.derived)


def checked(store: "Store", sobject: SObject, values: Mapping[str, object], *, creating: bool) -> dict[str, Any]:
    """The columns to write for the JSON `values` of an API call. SalesforceError for the first thing refused."""
    columns: dict[str, Any] = {}
    locked: list[str] = []
    for name, value in values.items():
        field = sobject.by_name.get(name.lower())
        if field is None:
            raise unknown_column(name, sobject.name)
        if not (field.createable if creating else field.updateable):
            locked.append(field.name)
        else:
            columns[field.name] = stored(field, value)
    if locked:
        raise _not_writable(locked)
    _require(sobject, columns, creating=creating)
    for name, value in columns.items():
        _check_reference(store, sobject.by_name[name.lower()], value)
    if sobject.name == "User":
        _check_username(store, columns)
    _check_owner(store, sobject, columns.get("OwnerId"))
    return columns


def _not_writable(names: list[str]) -> SalesforceError:
    message = (
        f"Unable to create/update fields: {', '.join(names)}. Please check the security settings of this field "
        "and verify that it is read/write for your profile or permission set."
    )
    return SalesforceError(400, "INVALID_FIELD_FOR_INSERT_UPDATE", message, names)


def _require(sobject: SObject, columns: Mapping[str, Any], *, creating: bool) -> None:
    missing = []
    for field in sobject.fields:
        if field.nillable or field.derived is not None or not (field.createable or field.updateable):
            continue
        absent = creating and not defaulted(sobject, field) and field.name not in columns
        emptied = field.name in columns and columns[field.name] is None
        if absent or emptied:
            missing.append(field.name)
    if missing:
        message = f"Required fields are missing: [{', '.join(missing)}]"
        raise SalesforceError(400, "REQUIRED_FIELD_MISSING", message, missing)


def _check_reference(store: "Store", field: Field, value: Any) -> None:
    if field.type != "reference" or value is None:
        return
    targets = [o for o in map(store.catalogue.get, field.reference_to) if o and value.startswith(o.prefix)]
    if not targets:
        raise wrong_id(field.label, value, field.name)
    found = store.get(targets[0].name, value)
    if found is None:
        raise SalesforceError(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [])
    if found.get("IsDeleted"):
        raise SalesforceError(400, "ENTITY_IS_DELETED", "entity is deleted", [])


def _check_owner(store: "Store", sobject: SObject, owner: str | None) -> None:
    user = store.get("User", owner) if owner else None
    if user is not None and not user["IsActive"]:
        message = f"operation performed with inactive user [{owner}] as owner of {sobject.label.lower()}"
        raise SalesforceError(400, "INACTIVE_OWNER_OR_USER", message, ["OwnerId"])


def _check_username(store: "Store", columns: Mapping[str, Any]) -> None:
    name = columns.get("Username")
    sql = """SELECT 1 FROM "User" WHERE "Username" = ? COLLATE NOCASE"""
    if name and store.connection.execute(sql, (name,)).fetchone():
        message = "Duplicate Username.<br>The username already exists in this or another Salesforce organization."
        raise SalesforceError(400, "DUPLICATE_USERNAME", message, ["Username"])
