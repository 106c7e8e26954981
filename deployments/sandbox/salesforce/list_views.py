"""The list views of an object: which there are, and how each is defined."""

from typing import Any

from deployments.sandbox.salesforce.errors import not_found
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.ids import is_id, long_form
from deployments.sandbox.salesforce.records import known_object
from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.structure import Body, ListView
from deployments.sandbox.salesforce.structure_names import page_label, spaced
from deployments.sandbox.salesforce.structure_view import View

_PATH = "sobjects/{sobject}/listviews"
_SIGNS = {
    "equals": "=", "notEqual": "!=", "lessThan": "<", "greaterThan": ">", "lessOrEqual": "<=", "greaterOrEqual": ">=",
}  # fmt: skip
_LIKE = {"contains": "'%{}%'", "notContain": "'%{}%'", "startsWith": "'{}%'"}
_SORTED = {"double": ("0-9", "9-0"), "currency": ("0-9", "9-0"), "int": ("0-9", "9-0"), "percent": ("0-9", "9-0"),
           "phone": ("9-0", "0-9"), "date": ("Old-New", "New-Old"), "datetime": ("Old-New", "New-Old"),
           "picklist": ("Low to High", "High to Low")}  # fmt: skip


class ListViews:
    """List views as REST has them."""

    def __init__(self, store: Store, view: View) -> None:
        self._store = store
        self._view = view

    def resources(self) -> list[Resource]:
        """listviews of an object, one of them, and its describe."""
        return [
            Resource(_PATH, {"GET": self._all}, "yes"),
            Resource(f"{_PATH}/{{id}}", {"GET": self._one}, "yes"),
            Resource(f"{_PATH}/{{id}}/describe", {"GET": self._described}, "yes"),
        ]

    def _all(self, call: Call) -> Answer:
        sobject = known_object(self._store, call.part("sobject"))
        views = [_brief(call, sobject, id_, view) for id_, view in self._view.list_views(sobject.name)]
        body = {"done": True, "listviews": views, "nextRecordsUrl": None, "size": len(views),
                "sobjectType": sobject.name}  # fmt: skip
        return Answer(200, body)

    def _one(self, call: Call) -> Answer:
        sobject, id_, view = self._found(call)
        return Answer(200, _brief(call, sobject, id_, view))

    def _described(self, call: Call) -> Answer:
        sobject, id_, view = self._found(call)
        names = list(view.columns)
        first = names[0] if names else "Name"
        conditions = [_condition(sobject, f) for f in view.filters]
        body = {
            "columns": [_column(sobject, name, first=i == 0) for i, name in enumerate(names)],
            "id": id_,
            "orderBy": [{"fieldNameOrPath": first, "nullsPosition": "first", "sortDirection": "ascending"}],
            "query": _query(sobject, view),
            "scope": view.scope,
            "sobjectType": sobject.name,
            "whereCondition": _where(conditions),
        }
        return Answer(200, body)

    def _found(self, call: Call) -> tuple[SObject, str, ListView]:
        sobject = known_object(self._store, call.part("sobject"))
        wanted = call.part("id")
        for id_, view in self._view.list_views(sobject.name):
            if is_id(wanted) and long_form(wanted) == id_:
                return sobject, id_, view
        raise not_found()


def column_label(sobject: SObject, path: str) -> str:
    """What the heading of a column says; a parent's name is called after the parent."""
    parent, _, name = path.rpartition(".")
    if parent:
        lookup = sobject.by_relationship.get(parent.lower())
        return page_label(sobject, lookup) if lookup and name == "Name" else f"{spaced(parent)} {spaced(name)}"
    field = sobject.by_name.get(path.lower())
    return page_label(sobject, field) if field else spaced(path)


def _brief(call: Call, sobject: SObject, id_: str, view: ListView) -> dict[str, Any]:
    address = f"{call.base}/sobjects/{sobject.name}/listviews/{id_}"
    return {
        "describeUrl": f"{address}/describe",
        "developerName": view.developer_name,
        "id": id_,
        "label": view.label,
        "resultsUrl": f"{address}/results",
        "soqlCompatible": True,
        "url": address,
    }


def _column(sobject: SObject, path: str, *, first: bool) -> dict[str, Any]:
    field = sobject.by_name.get(path.lower())
    kind = field.type if field else "string"
    down, up = _SORTED.get(kind, ("Z-A", "A-Z"))
    return {
        "ascendingLabel": down,
        "descendingLabel": up,
        "fieldNameOrPath": path,
        "hidden": False,
        "label": column_label(sobject, path),
        "searchable": kind != "boolean",
        "selectListItem": f"toLabel({path})" if kind == "picklist" else path,
        "sortDirection": "ascending" if first else None,
        "sortIndex": 0 if first else None,
        "sortable": field.sortable if field else True,
        "type": kind,
    }


def _field(sobject: SObject, filter_: Body) -> Field:
    name = str(filter_.get("field") or "")
    return sobject.by_name.get(name.lower()) or Field(name)


def _condition(sobject: SObject, filter_: Body) -> dict[str, Any]:
    field, operation = _field(sobject, filter_), str(filter_.get("operation") or "equals")
    values = [_literal(field, operation, v.strip()) for v in str(filter_.get("value") or "").split(",")]
    return {"field": field.name, "operator": operation, "values": values}


def _literal(field: Field, operation: str, value: str) -> str:
    text = value.replace("\\", "\\\\").replace("'", "\\'")
    if operation in _LIKE:
        return _LIKE[operation].format(text)
    if field.type == "boolean":
        return "true" if value.lower() in {"1", "true"} else "false"
    return text if field.type in {"int", "double", "currency", "percent", "date", "datetime"} else f"'{text}'"


def _where(conditions: list[dict[str, Any]]) -> dict[str, Any]:
    if len(conditions) == 1:
        return conditions[0]
    return {"conditions": conditions, "conjunction": "and"}


def _query(sobject: SObject, view: ListView) -> str:
    """The view as SOQL."""
    names = dict.fromkeys([*view.columns, "Id"])
    scope = "" if view.scope == "everything" else f" USING SCOPE {view.scope}"
    terms = [_term(_condition(sobject, f)) for f in view.filters]
    where = f" WHERE {' AND '.join(terms)}" if terms else ""
    return f"SELECT {', '.join(names)} FROM {sobject.name}{scope}{where} ORDER BY {next(iter(names))} ASC NULLS FIRST"  # noqa: S608 - told, never run


def _term(condition: dict[str, Any]) -> str:
    field, operation, values = condition["field"], condition["operator"], condition["values"]
    if operation in _LIKE:
        term = " OR ".join(f"{field} LIKE {value}" for value in values)
        return f"(NOT ({term}))" if operation == "notContain" else f"({term})"
    if len(values) > 1 and operation in {"equals", "notEqual"}:
        return f"{field} {'IN' if operation == 'equals' else 'NOT IN'} ({', '.join(values)})"
    return f"{field} {_SIGNS.get(operation, '=')} {values[0]}"
