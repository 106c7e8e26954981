"""sObject collections: up to 200 records a call, one result each, in the order of the request."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from deployments.sandbox.salesforce.errors import SalesforceError, not_found, parser_error, unknown_column, wrong_id
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.ids import is_id, long_form
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.records import existing, known_object, picked, shown
from deployments.sandbox.salesforce.rows import Writer
from deployments.sandbox.salesforce.schema import SObject
from deployments.sandbox.salesforce.store import Store

MAX_RECORDS = 200
MAX_READ = 2000
MAX_CHUNKS = 10
Result = dict[str, Any]
Write = Callable[[Any, str], Result]  # record or id, user -> success


class Collections:
    """The resources of many records."""

    def __init__(self, store: Store, org: Org) -> None:
        self._store = store
        self._writer = Writer(store, org)

    def resources(self) -> list[Resource]:
        """composite/sobjects to write, composite/sobjects/X to read."""
        write = {"POST": self._create, "PATCH": self._update, "DELETE": self._delete}
        read = {"GET": self._read, "POST": self._read_many}
        return [
            Resource("composite/sobjects", write, "query"),
            Resource("composite/sobjects/{sobject}", read, "query"),
        ]

    def _create(self, call: Call) -> Answer:
        return self._from_body(call, self._create_one)

    def _update(self, call: Call) -> Answer:
        return self._from_body(call, self._update_one)

    def _delete(self, call: Call) -> Answer:
        ids = call.listed("ids")
        _limit(len(ids), MAX_RECORDS)
        return self._each(ids, call.flag("allOrNone"), self._delete_one, call.user_id)

    def _from_body(self, call: Call, write: Write) -> Answer:
        body = call.json()
        records = body.get("records")
        if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
            raise parser_error("records must be an array of sObjects")
        _limit(len(records), MAX_RECORDS)
        chunks = [kind for kind, _ in groupby(_type_name(r) for r in records)]
        if len(chunks) > MAX_CHUNKS:
            message = f"The request changes its sObject type {len(chunks) - 1} times; {MAX_CHUNKS} chunks are allowed"
            raise SalesforceError(400, "LIMIT_EXCEEDED", message)
        return self._each(records, body.get("allOrNone") is True, write, call.user_id)

    def _each(self, items: Sequence[Any], all_or_none: bool, write: Write, user_id: str) -> Answer:
        with self._store.transaction() as transaction:
            results = [self._tried(write, item, user_id) for item in items]
            transaction.cancelled = all_or_none and not all(r["success"] for r in results)
        if transaction.cancelled:
            results = [_rolled_back() if r["success"] else r for r in results]
        return Answer(200, results)

    def _tried(self, write: Write, item: Any, user_id: str) -> Result:
        try:
            return write(item, user_id)
        except SalesforceError as error:
            return _failure(error)

    def _create_one(self, record: dict[str, Any], user_id: str) -> Result:
        return _success(self._writer.create(self._object(_type_name(record)), record, user_id))

    def _update_one(self, record: dict[str, Any], user_id: str) -> Result:
        sobject = self._object(_type_name(record))
        given = {name.lower(): value for name, value in record.items()}
        record_id = given.get("id")
        if not record_id:
            raise SalesforceError(400, "MISSING_ARGUMENT", "Id not specified in an update call", [])
        if not is_id(record_id) or not str(record_id).startswith(sobject.prefix):
            raise wrong_id(f"{sobject.label} ID", record_id, "Id")
        values = {name: value for name, value in record.items() if name.lower() != "id"}
        self._writer.update(sobject, long_form(record_id), values, user_id)
        return _success(long_form(record_id))

    def _delete_one(self, record_id: str, user_id: str) -> Result:
        sobject = next((o for o in self._store.catalogue.objects if record_id.startswith(o.prefix)), None)
        if sobject is None or not is_id(record_id):
            raise SalesforceError(400, "MALFORMED_ID", f"malformed id {record_id}", [])
        self._writer.delete(sobject, long_form(record_id), user_id)
        return _success(long_form(record_id))

    def _object(self, name: str) -> SObject:
        sobject = self._store.catalogue.get(name)
        if sobject is None:
            raise SalesforceError(400, "INVALID_TYPE", f"sObject type '{name}' is not supported.", [])
        return sobject

    def _read(self, call: Call) -> Answer:
        return self._shown(call, call.listed("ids"), call.listed("fields"))

    def _read_many(self, call: Call) -> Answer:
        body = call.json()
        return self._shown(call, body.get("ids") or [], body.get("fields") or [])

    def _shown(self, call: Call, ids: Sequence[str], fields: Sequence[str]) -> Answer:
        sobject = known_object(self._store, call.part("sobject"))
        if not ids or not fields:
            raise SalesforceError(400, "MISSING_ARGUMENT", "ids and fields are required")
        _limit(len(ids), MAX_READ)
        if bad := [name for name in fields if name.lower() not in sobject.by_name]:
            raise unknown_column(bad[0], sobject.name)
        names = picked(sobject, fields)
        return Answer(200, [self._read_one(sobject, one, names, call.base) for one in ids])

    def _read_one(self, sobject: SObject, record_id: str, names: Sequence[str], base: str) -> Result | None:
        try:
            return shown(sobject, existing(self._store, sobject, record_id), names, base)
        except SalesforceError:  # a record that cannot be read is null in its place
            return None


def _type_name(record: dict[str, Any]) -> str:
    attributes = record.get("attributes")
    name = attributes.get("type") if isinstance(attributes, dict) else None
    if not isinstance(name, str):
        raise parser_error("An sObject has no type in its attributes")
    return name


def _limit(count: int, most: int) -> None:
    if count > most:
        message = f"record limit reached. cannot submit more than {most} records into this call"
        raise SalesforceError(400, "EXCEEDED_ID_LIMIT", message)
    if count == 0:
        raise SalesforceError(400, "REQUIRED_FIELD_MISSING", "The request has no records")


def _success(record_id: str) -> Result:
    return {"id": record_id, "success": True, "errors": []}


def _failure(error: SalesforceError) -> Result:
    if error.code == not_found().code:  # what REST calls a missing resource is a bad reference among records
        error = SalesforceError(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [])
    return {"success": False, "errors": [error.as_save_error()]}


def _rolled_back() -> Result:
    message = "Record rolled back because not all records were valid and the request was using AllOrNone header"
    error = SalesforceError(400, "ALL_OR_NONE_OPERATION_ROLLED_BACK", message, [])
    return {"success": False, "errors": [error.as_save_error()]}
