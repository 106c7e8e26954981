"""Finding records by what an address says, and showing them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from deployments.sandbox.salesforce.errors import SalesforceError, deleted, not_found, unknown_column, wrong_id
from deployments.sandbox.salesforce.ids import is_id, long_form
from deployments.sandbox.salesforce.schema import SObject
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.values import as_datetime, printed_row


def known_object(store: Store, name: str) -> SObject:
    """The object of that name. SalesforceError (404) for none."""
    sobject = store.catalogue.get(name)
    if sobject is None:
        raise not_found()
    return sobject


def record_id_of(sobject: SObject, text: str) -> str:
    """The long form of an id of that object. SalesforceError for anything else."""
    if not is_id(text):
        message = f"Provided external ID field does not exist or is not accessible: {text}"
        raise SalesforceError(404, "NOT_FOUND", message)
    if not text.startswith(sobject.prefix):
        raise wrong_id(f"{sobject.label} ID", text, "Id")
    return long_form(text)


def existing(store: Store, sobject: SObject, text: str) -> dict[str, Any]:
    """The live record of that id, as stored. SalesforceError for an unknown or deleted one."""
    row = store.get(sobject.name, record_id_of(sobject, text))
    if row is None:
        raise not_found()
    if row.get("IsDeleted"):
        raise deleted()
    return row


def picked(sobject: SObject, names: Sequence[str]) -> list[str]:
    """The real names of the fields asked for; all of them when none is. SalesforceError for an unknown one."""
    if not names:
        return [f.name for f in sobject.fields]
    fields = []
    for name in names:
        field = sobject.by_name.get(name.lower())
        if field is None:
            raise unknown_column(name, sobject.name)
        fields.append(field.name)
    return fields if "Id" in fields else [*fields, "Id"]


def shown(sobject: SObject, row: dict[str, Any], names: Sequence[str], base: str) -> dict[str, Any]:
    """A record as JSON; `base` is the version's address."""
    address = f"{base}/sobjects/{sobject.name}/{row['Id']}"
    values = printed_row(sobject.by_name, {name: row[name] for name in names})
    return {"attributes": {"type": sobject.name, "url": address}, **values}


def last_modified(row: dict[str, Any]) -> datetime | None:
    """When the record was last changed, for objects that say so."""
    at = row.get("LastModifiedDate") or row.get("CreatedDate")
    return as_datetime(at) if at else None
