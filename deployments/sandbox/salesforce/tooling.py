"""The Tooling API: queries about Setup, and the metadata of one page, app or layout at a time."""

import json
from typing import Any

from deployments.sandbox.salesforce.composite import Composite, Router
from deployments.sandbox.salesforce.cursors import PAGE, Cursors
from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.exchange import Answer, Call, InComposite, Resource
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.records import existing, known_object, picked, shown
from deployments.sandbox.salesforce.soql import run
from deployments.sandbox.salesforce.soql.parser import parse
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.visible import Visible

_ONE_ONLY = {"Metadata", "FullName"}


class Tooling:
    """tooling/query and tooling/sobjects. What a hidden object holds cannot be read; see `Org.hidden_objects`."""

    def __init__(self, store: Store, org: Org) -> None:
        """`store` has the objects of the Tooling API."""
        self._store = store
        self._org = org
        self._cursors = Cursors(store.now)

    def resources(self) -> list[Resource]:
        """tooling/query, its further pages, and tooling/sobjects/X/Id."""
        return [
            Resource("tooling/query", {"GET": self._query}),
            Resource("tooling/query/{locator}", {"GET": self._more}),
            Resource("tooling/sobjects/{sobject}/{id}", {"GET": self._read}),
        ]

    def _query(self, call: Call) -> Answer:
        soql = call.query.get("q")
        if not soql:
            raise SalesforceError(400, "MALFORMED_QUERY", "A query string has to be specified")
        self._org.accept(soql)
        source = Visible(self._store, self._org.hidden_objects)
        # The addresses of the records are below tooling too.
        result = run.query(source, soql, user_id=call.user_id, version=f"{call.version}/tooling")
        records = [_decoded(record, len(result.records)) for record in result.records]
        sobject = self._store.catalogue.get(parse(soql).source.text)
        page = self._cursors.first(result.total, records, call.user_id, PAGE, f"{call.base}/tooling")
        return Answer(200, _envelope(page, sobject.name if sobject else ""))

    def _more(self, call: Call) -> Answer:
        page = self._cursors.next(call.part("locator"), call.user_id, PAGE, f"{call.base}/tooling")
        name = page["records"][0]["attributes"]["type"] if page["records"] else ""
        return Answer(200, _envelope(page, name))

    def _read(self, call: Call) -> Answer:
        sobject = known_object(self._store, call.part("sobject"))
        if sobject.name in self._org.hidden_objects:
            message = f"insufficient access rights on entity: {sobject.name}"
            raise SalesforceError(403, "INSUFFICIENT_ACCESS", message)
        names = picked(sobject, call.listed("fields"))
        row = existing(self._store, sobject, call.part("id"))
        return Answer(200, _decoded(shown(sobject, row, names, f"{call.base}/tooling"), 1))


class _OnlyTooling:
    """What may be in a tooling/composite."""

    def __init__(self, router: Router) -> None:
        self._router = router

    def dispatch(self, call: Call) -> Answer:
        return self._router.dispatch(call)

    def allowed(self, path: str) -> InComposite:
        """Queries and records of the Tooling API. SalesforceError (404) for no resource at all."""
        self._router.allowed(path)
        below = path.strip("/").lower()
        return "query" if below.startswith("tooling/query") else "yes" if below.startswith("tooling/sobjects") else "no"


def composite(store: Store, router: Router, versioned: Any) -> Resource:
    """tooling/composite: the same as composite, for the Tooling API's own resources only."""
    made = Composite(store, _OnlyTooling(router), versioned)
    return Resource("tooling/composite", made.resources()[0].handlers)


def _decoded(record: dict[str, Any], count: int) -> dict[str, Any]:
    """The record with its metadata as JSON. SalesforceError when several were asked for."""
    if count > 1 and _ONE_ONLY.intersection(record):
        message = (
            "When retrieving results with Metadata or FullName fields, the query qualifications must specify no more "
            f"than one row for retrieval. Result size: {count}"
        )
        raise SalesforceError(400, "MALFORMED_QUERY", message)
    decoded = dict(record)
    for name, value in record.items():
        if name == "Metadata" and isinstance(value, str):
            decoded[name] = json.loads(value)
        elif isinstance(value, dict) and name != "attributes":
            decoded[name] = _decoded(value, count)
    return decoded


def _envelope(page: dict[str, Any], name: str) -> dict[str, Any]:
    return {"size": len(page["records"]), **page, "queryLocator": None, "entityTypeName": name}
