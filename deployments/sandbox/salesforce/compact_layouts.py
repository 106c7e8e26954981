"""describe/compactLayouts: the fields in the highlights of a record's page."""

from typing import Any

from deployments.sandbox.salesforce.describe_fields import Described
from deployments.sandbox.salesforce.errors import not_found
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.ids import is_id, long_form
from deployments.sandbox.salesforce.layout_items import Items
from deployments.sandbox.salesforce.records import known_object
from deployments.sandbox.salesforce.schema import SObject
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.structure_view import View

_PATH = "sobjects/{sobject}/describe/compactLayouts"
_PRIMARY = "primary"
# The system's own compact layouts, for objects that have no other.
_SYSTEM = {
    "Account": ("Name", "Phone", "Website"),
    "Contact": ("Name", "Title", "AccountId", "Phone", "Email"),
    "Lead": ("Name", "Title", "Company", "Phone", "Email"),
    "Opportunity": ("Name", "AccountId", "CloseDate", "Amount", "OwnerId"),
    "Event": ("Subject", "StartDateTime", "EndDateTime"),
    "Task": ("Subject", "ActivityDate", "Status"),
}


class CompactLayouts:
    """Compact layouts. Each object has one in force for everyone, whatever the record type."""

    def __init__(self, store: Store, view: View, described: Described) -> None:
        self._store = store
        self._view = view
        self._fields = described

    def resources(self) -> list[Resource]:
        """describe/compactLayouts of an object, and of one of its record types."""
        return [Resource(_PATH, {"GET": self._all}, "yes"), Resource(f"{_PATH}/{{id}}", {"GET": self._one}, "yes")]

    def _all(self, call: Call) -> Answer:
        sobject = known_object(self._store, call.part("sobject"))
        layout = self._described(call, sobject)
        address = f"{call.base}/sobjects/{sobject.name}/describe/compactLayouts"
        mappings = [
            {
                "available": True,
                "compactLayoutId": layout["id"],
                "compactLayoutName": layout["name"],
                "recordTypeId": kind.id,
                "recordTypeName": kind.label,
                "urls": {"compactLayout": f"{address}/{kind.id}"},
            }
            for kind in self._view.record_types(sobject.name)
        ]
        body = {
            "compactLayouts": [layout],
            "defaultCompactLayoutId": layout["id"],
            "recordTypeCompactLayoutMappings": mappings,
            "urls": {"primary": f"{address}/{_PRIMARY}"},
        }
        return Answer(200, body)

    def _one(self, call: Call) -> Answer:
        sobject = known_object(self._store, call.part("sobject"))
        wanted = call.part("id")
        known = {_PRIMARY, *(kind.id for kind in self._view.record_types(sobject.name))}
        if (long_form(wanted) if is_id(wanted) else wanted) not in known:
            raise not_found()
        return Answer(200, self._described(call, sobject))

    def _described(self, call: Call, sobject: SObject) -> dict[str, Any]:
        """The layout; the system's has no id. A field that the caller may not read is not in it."""
        body = self._view.structure.compact.get(sobject.name)
        names = list(body.get("fields") or ()) if body else list(_SYSTEM.get(sobject.name, ("Name",)))
        hidden = self._view.hidden(self._view.profile_of(call.user_id), sobject)
        items = Items(sobject, lambda field: self._fields.field(sobject, field), hidden)
        shown = [items.of_field(str(name)) for name in names if str(name).lower() not in hidden]
        for number, component in enumerate((c for item in shown for c in item["layoutComponents"]), 1):
            component["tabOrder"] = number
        return {
            "actions": [],
            "fieldItems": shown,
            "id": self._view.compact_ids.get(sobject.name),
            "imageItems": [],
            "label": str(body.get("label") or body.get("fullName")) if body else "System Default",
            "name": str(body.get("fullName") or body.get("label")) if body else "SYSTEM",
            "objectType": sobject.name,
        }
