"""sObject rows: one record a call."""

from collections.abc import Mapping
from typing import Any

from deployments.sandbox.salesforce import conditions
from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.records import existing, known_object, last_modified, picked, record_id_of, shown
from deployments.sandbox.salesforce.schema import SObject
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.validation import not_writable
from deployments.sandbox.salesforce.values import OFFICE


class Writer:
    """Writes one record as a user, where the org lets it. Every method raises SalesforceError as the API refuses."""

    def __init__(self, store: Store, org: Org) -> None:
        self._store = store
        self._org = org

    def create(self, sobject: SObject, values: Mapping[str, Any], user_id: str) -> str:
        """The id of the new record."""
        if any(name.lower() == "id" for name in values):
            message = "cannot specify Id in an insert call"
            raise SalesforceError(400, "INVALID_FIELD_FOR_INSERT_UPDATE", message, ["Id"])
        if sobject.name in self._org.not_createable:
            raise not_writable(sobject, "inserted")
        self._org.guard(sobject.name, None)
        return self._store.create(sobject.name, _without_attributes(values), user_id)

    def update(self, sobject: SObject, record_id: str, values: Mapping[str, Any], user_id: str) -> None:
        """Change the record."""
        existing(self._store, sobject, record_id)
        self._org.guard(sobject.name, record_id)
        with self._store.transaction():
            was_open = self._is_open(sobject, record_id)
            self._store.update(sobject.name, record_id, _without_attributes(values), user_id)
            if self._org.moves_close_date and was_open and not self._is_open(sobject, record_id):
                today = self._store.now().astimezone(OFFICE).date().isoformat()
                self._store.update(sobject.name, record_id, {"CloseDate": today}, user_id)

    def delete(self, sobject: SObject, record_id: str, user_id: str) -> None:
        """Put the record into the recycle bin; validation rules do not hold a deletion back."""
        existing(self._store, sobject, record_id)
        self._org.guard_access(record_id)
        self._store.delete(sobject.name, record_id, user_id)

    def _is_open(self, sobject: SObject, record_id: str) -> bool:
        """Of opportunities; nothing else is ever closed."""
        row = self._store.get(sobject.name, record_id) if sobject.name == "Opportunity" else None
        return row is not None and not row["IsClosed"]


def _without_attributes(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "attributes"}


class Rows:
    """The resources of single records."""

    def __init__(self, store: Store, org: Org) -> None:
        self._store = store
        self._org = org
        self._writer = Writer(store, org)

    def resources(self) -> list[Resource]:
        """sobjects/X to create in, sobjects/X/Id to read, change and delete."""
        row = {"GET": self._read, "PATCH": self._change, "DELETE": self._remove}
        return [Resource("sobjects/{sobject}/{id}", row, "yes")]

    def create(self, call: Call) -> Answer:
        """POST sobjects/X."""
        sobject = known_object(self._store, call.part("sobject"))
        record_id = self._writer.create(sobject, call.json(), call.user_id)
        address = f"{call.base}/sobjects/{sobject.name}/{record_id}"
        return Answer(201, {"id": record_id, "success": True, "errors": []}, {"Location": address})

    def _read(self, call: Call) -> Answer:
        sobject = known_object(self._store, call.part("sobject"))
        names = picked(sobject, call.listed("fields"))
        row = existing(self._store, sobject, call.part("id"))
        modified = last_modified(row)
        if modified is None:
            return Answer(200, shown(sobject, row, names, call.base))
        unchanged = conditions.judge(call.headers, modified)
        headers = {"Last-Modified": conditions.http_date(modified)}
        return unchanged or Answer(200, shown(sobject, row, names, call.base), headers)

    def _change(self, call: Call) -> Answer:
        sobject = known_object(self._store, call.part("sobject"))
        values = call.json()
        if any(name.lower() == "id" for name in values):
            message = "The Id field should not be specified in the sobject data."
            raise SalesforceError(400, "INVALID_FIELD", message, ["Id"])
        with self._store.lock:  # nobody may write between the condition and the change
            row = existing(self._store, sobject, call.part("id"))
            modified = last_modified(row)
            unchanged = conditions.judge(call.headers, modified) if modified else None
            if unchanged:
                return unchanged
            self._writer.update(sobject, row["Id"], values, call.user_id)
        return Answer(500 if row["Id"] in self._org.lost_ids else 204)

    def _remove(self, call: Call) -> Answer:
        sobject = known_object(self._store, call.part("sobject"))
        self._writer.delete(sobject, record_id_of(sobject, call.part("id")), call.user_id)
        return Answer(204)
