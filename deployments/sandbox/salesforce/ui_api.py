"""The part of the User Interface API that tells of list views."""

import hashlib
import json
from typing import Any

from deployments.sandbox.salesforce.errors import SalesforceError, not_found
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.list_views import column_label
from deployments.sandbox.salesforce.schema import SObject
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.structure import Body, ListView
from deployments.sandbox.salesforce.structure_view import LAID_OUT, View

_PATH = "ui-api/list-info/{sobject}"
_PAGE, _LARGEST = 20, 2_000
_SCOPES = {"everything": "All {}", "mine": "My {}", "queue": "Queue Owned {}", "team": "My Team's {}"}


class UiApi:
    """list-info: the lists of an object, and what one of them shows. No list says whether it is somebody's default."""

    def __init__(self, store: Store, view: View) -> None:
        self._store = store
        self._view = view

    def resources(self) -> list[Resource]:
        """list-info of an object, and of one list by its API name."""
        return [Resource(_PATH, {"GET": self._all}), Resource(f"{_PATH}/{{name}}", {"GET": self._one})]

    def _sobject(self, call: Call) -> SObject:
        name = call.part("sobject")
        sobject = self._store.catalogue.get(name)
        if sobject is None or sobject.name not in LAID_OUT:
            raise SalesforceError(400, "INVALID_TYPE", f"Object {name} is not supported in UI API")
        return sobject

    def _one(self, call: Call) -> Answer:
        sobject = self._sobject(call)
        wanted = call.part("name").lower()
        for id_, view in self._view.list_views(sobject.name):
            if view.developer_name.lower() == wanted:
                return Answer(200, _info(sobject, id_, view))
        raise not_found()

    def _all(self, call: Call) -> Answer:
        """Summaries, by pages of `pageSize` from `pageToken` on."""
        sobject = self._sobject(call)
        size, at = _number(call, "pageSize", _PAGE), _number(call, "pageToken", 0)
        if not 1 <= size <= _LARGEST:
            raise SalesforceError(400, "ILLEGAL_QUERY_PARAMETER_VALUE", f"pageSize must be between 1 and {_LARGEST}")
        views = self._view.list_views(sobject.name)
        address = f"{call.base}/ui-api/list-info/{sobject.name}"
        page = [
            {"apiName": view.developer_name, "id": id_, "label": view.label, "url": f"{address}/{view.developer_name}"}
            for id_, view in views[at : at + size]
        ]
        tokens = {
            "currentPage": at,
            "nextPage": at + size if at + size < len(views) else None,
            "previousPage": max(at - size, 0) if at else None,
        }
        body: dict[str, Any] = {"count": len(page), "lists": page, "objectApiName": sobject.name, "pageSize": size}
        for name, token in tokens.items():
            body[f"{name}Token"] = None if token is None else str(token)
            body[f"{name}Url"] = None if token is None else f"{address}?pageSize={size}&pageToken={token}"
        return Answer(200, body | {"eTag": _tag(page), "queryString": None, "recentListsOnly": False})


def _number(call: Call, name: str, otherwise: int) -> int:
    text = call.query.get(name, str(otherwise))
    if not text.isdecimal():
        raise SalesforceError(400, "ILLEGAL_QUERY_PARAMETER_VALUE", f"{name} must be a number: {text}")
    return int(text)


def _info(sobject: SObject, id_: str, view: ListView) -> dict[str, Any]:
    first = view.columns[0] if view.columns else "Name"
    label = _SCOPES.get(view.scope, "{}").format(sobject.label_plural)
    body = {
        "cloneable": True,
        "createable": True,
        "deletable": True,
        "displayColumns": [
            {"fieldApiName": path, "label": column_label(sobject, path), "sortable": True} for path in view.columns
        ],
        "filterLogicString": None,
        "filteredByInfo": [_filter(sobject, f) for f in view.filters],
        "label": view.label,
        "listReference": {
            "id": id_,
            "listViewApiName": view.developer_name,
            "objectApiName": sobject.name,
            "type": "listView",
        },
        "orderedByInfo": [{"fieldApiName": first, "isAscending": True, "label": column_label(sobject, first)}],
        "scope": {"apiName": view.scope, "entityId": None, "label": label, "relatedEntityId": None},
        "updateable": True,
        "userPreferences": {
            "columnWidths": dict.fromkeys(view.columns, -1),
            "columnWrap": dict.fromkeys(view.columns, False),
        },
        "visibility": "Public" if view.shared else "Private",
        "visibilityEditable": True,
    }
    return body | {"eTag": _tag(body)}


def _filter(sobject: SObject, filter_: Body) -> dict[str, Any]:
    """As `Customer,Partner` is two operands there. Metadata has 0 and 1 for what lists call False and True."""
    path, operation = str(filter_.get("field") or ""), str(filter_.get("operation") or "equals")
    value = filter_.get("value")
    field = sobject.by_name.get(path.lower())
    if field and field.type == "boolean" and value is not None:
        value = str(str(value).casefold() in {"1", "true"})
    return {
        "fieldApiName": path,
        "label": column_label(sobject, path),
        "operandLabels": [] if value is None else [part.strip() for part in str(value).split(",")],
        "operator": operation[:1].upper() + operation[1:],
    }


def _tag(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]
