"""What the API says about objects and fields: the shapes of Describe and Describe Global."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from deployments.sandbox.salesforce import conditions
from deployments.sandbox.salesforce.describe_fields import Described, compound, field
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.records import known_object
from deployments.sandbox.salesforce.rows import Rows
from deployments.sandbox.salesforce.schema import SObject
from deployments.sandbox.salesforce.store import Store, cascades
from deployments.sandbox.salesforce.structure_names import addresses
from deployments.sandbox.salesforce.structure_view import RecordType, View

_BRIEF = {
    "activateable": False, "associateEntityType": None, "associateParentEntity": None, "customSetting": False,
    "deepCloneable": False, "deprecatedAndHidden": False, "feedEnabled": False, "hasSubtypes": False,
    "isInterface": False, "isSubtype": False, "layoutable": True, "mergeable": False, "mruEnabled": False,
    "queryable": True, "replicateable": True, "retrieveable": True, "searchable": True, "triggerable": True,
}  # fmt: skip
_FULL = {
    "actionOverrides": [], "compactLayoutable": True, "defaultImplementation": None, "extendedBy": None,
    "extendsInterfaces": None, "implementedBy": None, "implementsInterfaces": None, "listviewable": None,
    "lookupLayoutable": None, "namedLayoutInfos": [], "networkScopeFieldName": None, "searchLayoutable": True,
    "sobjectDescribeOption": "FULL",
}  # fmt: skip
__all__ = ["Describe", "brief", "field"]


class Describe:
    """The resources that describe; metadata counts as changed when the org was made."""

    def __init__(self, store: Store, rows: Rows, view: View) -> None:
        self._store = store
        self._rows = rows
        self._view = view
        self._described = Described(store)
        self._changed: datetime = store.now()

    def resources(self) -> list[Resource]:
        """sobjects, sobjects/X (where records are made too) and sobjects/X/describe."""
        return [
            Resource("sobjects", {"GET": self._all}, "yes"),
            Resource("sobjects/{sobject}", {"GET": self._basic, "POST": self._rows.create}, "yes"),
            Resource("sobjects/{sobject}/describe", {"GET": self._full}, "yes"),
        ]

    def _conditional(self, call: Call, body: dict[str, Any]) -> Answer:
        unchanged = conditions.judge(call.headers, self._changed)
        return unchanged or Answer(200, body, {"Last-Modified": conditions.http_date(self._changed)})

    def _all(self, call: Call) -> Answer:
        objects = [brief(o, call.base) for o in self._store.catalogue.objects]
        return self._conditional(call, {"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects})

    def _basic(self, call: Call) -> Answer:
        sobject = known_object(self._store, call.part("sobject"))
        return Answer(200, {"objectDescribe": brief(sobject, call.base), "recentItems": []})

    def _full(self, call: Call) -> Answer:
        """Fields that the caller may not read are not there."""
        sobject = known_object(self._store, call.part("sobject"))
        types = self._view.record_types(sobject.name)
        body = {
            **brief(sobject, call.base),
            **_FULL,
            "childRelationships": list(self._children(sobject)),
            "fields": self._fields(call.user_id, sobject),
            "recordTypeInfos": [_record_type(sobject, t, call.base, first=i == 0) for i, t in enumerate(types)],
            "supportedScopes": _scopes(sobject),
        }
        return self._conditional(call, body)

    def _fields(self, user_id: str, sobject: SObject) -> list[dict[str, Any]]:
        fields = [self._described.field(sobject, f) for f in self._view.readable(user_id, sobject)]
        hidden = self._view.hidden(self._view.profile_of(user_id), sobject)
        return fields + [compound(sobject, name) for name in addresses(sobject) if name.lower() not in hidden]

    def _children(self, parent: SObject) -> Iterable[dict[str, Any]]:
        for child in self._store.catalogue.objects:
            for f in child.fields:
                if parent.name in f.reference_to:
                    yield {
                        "cascadeDelete": cascades(parent.name, f.children),
                        "childSObject": child.name,
                        "deprecatedAndHidden": False,
                        "field": f.name,
                        "junctionIdListNames": [],
                        "junctionReferenceTo": [],
                        "relationshipName": f.children,
                        "restrictedDelete": False,
                    }


def brief(sobject: SObject, base: str) -> dict[str, Any]:
    """An object's entry in Describe Global."""
    address = f"{base}/sobjects/{sobject.name}"
    names = ("compactLayouts", "approvalLayouts", "listviews", "describe", "quickActions", "layouts")
    under = {"compactLayouts": "describe/", "approvalLayouts": "describe/", "layouts": "describe/"}
    createable = any(f.createable for f in sobject.fields)
    deletable = createable and "isdeleted" in sobject.by_name
    return {
        **_BRIEF,
        "createable": createable,
        "custom": sobject.name.endswith("__c"),
        "deletable": deletable,
        "keyPrefix": sobject.prefix,
        "label": sobject.label,
        "labelPlural": sobject.label_plural,
        "name": sobject.name,
        "undeletable": deletable,
        "updateable": any(f.updateable for f in sobject.fields),
        "urls": {
            **{name: f"{address}/{under.get(name, '')}{name}" for name in names},
            "rowTemplate": f"{address}/{{ID}}",
            "sobject": address,
        },
    }


def _record_type(sobject: SObject, kind: RecordType, base: str, *, first: bool) -> dict[str, Any]:
    return {
        "active": True,
        "available": True,
        "defaultRecordTypeMapping": first,
        "developerName": kind.name,
        "master": kind.master,
        "name": kind.label,
        "recordTypeId": kind.id,
        "urls": {"layout": f"{base}/sobjects/{sobject.name}/describe/layouts/{kind.id}"},
    }


def _scopes(sobject: SObject) -> list[dict[str, str]]:
    plural = sobject.label_plural.lower()
    scopes = [{"label": f"All {plural}", "name": "everything"}]
    return scopes + ([{"label": f"My {plural}", "name": "mine"}] if "ownerid" in sobject.by_name else [])
