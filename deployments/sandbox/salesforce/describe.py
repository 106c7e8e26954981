"""What the API says about objects and fields: the shapes of Describe and Describe Global."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from deployments.sandbox.salesforce import conditions, validation
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.records import known_object
from deployments.sandbox.salesforce.rows import Rows
from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.store import Store, cascades

_SOAP = {
    "id": "tns:ID", "reference": "tns:ID", "boolean": "xsd:boolean", "int": "xsd:int", "double": "xsd:double",
    "currency": "xsd:double", "percent": "xsd:double", "date": "xsd:date", "datetime": "xsd:dateTime",
    "anyType": "xsd:anyType",
}  # fmt: skip
_DIGITS = {"int": (8, 0, 0), "double": (0, 18, 2), "currency": (0, 18, 2), "percent": (0, 3, 0)}
_ID_LENGTH = 18
_NAME_FIELDS = {"Task": "Subject", "Event": "Subject", "EmailMessage": "Subject", "Note": "Title"}
_VALUE_TABLES = {  # value, label, active, default
    ("Opportunity", "StageName"): """SELECT "ApiName", "MasterLabel", "IsActive", 0 FROM "OpportunityStage"
                                     ORDER BY "SortOrder" """,
    ("Task", "Status"): """SELECT "ApiName", "MasterLabel", 1, "IsDefault" FROM "TaskStatus" ORDER BY "SortOrder" """,
}
_FIELD = {
    "aiPredictionField": False, "autoNumber": False, "calculated": False, "calculatedFormula": None,
    "cascadeDelete": False, "caseSensitive": False, "compoundFieldName": None, "controllerName": None,
    "defaultValueFormula": None, "dependentPicklist": False, "deprecatedAndHidden": False,
    "displayLocationInDecimal": False, "encrypted": False, "externalId": False, "filteredLookupInfo": None,
    "formulaTreatNullNumberAsZero": False, "highScaleNumber": False, "htmlFormatted": False,
    "inlineHelpText": None, "mask": None, "maskType": None, "queryByDistance": False,
    "referenceTargetField": None, "relationshipOrder": None, "restrictedDelete": False, "unique": False,
    "writeRequiresMasterRead": False,
}  # fmt: skip
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
_MASTER = "012000000000000AAA"


class Describe:
    """The resources that describe; metadata counts as changed when the org was made."""

    def __init__(self, store: Store, rows: Rows) -> None:
        self._store = store
        self._rows = rows
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
        sobject = known_object(self._store, call.part("sobject"))
        body = {
            **brief(sobject, call.base),
            **_FULL,
            "childRelationships": list(self._children(sobject)),
            "fields": [field(sobject, f, self._values(sobject, f)) for f in sobject.fields],
            "recordTypeInfos": [_master_record_type(sobject, call.base)],
            "supportedScopes": _scopes(sobject),
        }
        return self._conditional(call, body)

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

    def _values(self, sobject: SObject, f: Field) -> list[dict[str, Any]]:
        sql = _VALUE_TABLES.get((sobject.name, f.name))
        if sql is None:
            return [_choice(value, value) for value in f.picklist]
        with self._store.lock:
            rows = self._store.connection.execute(sql).fetchall()
        return [_choice(value, label, bool(active), bool(first)) for value, label, active, first in rows]


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


def field(sobject: SObject, f: Field, values: list[dict[str, Any]]) -> dict[str, Any]:
    """A field's entry in Describe."""
    digits, precision, scale = _DIGITS.get(f.type, (0, 0, 0))
    reference = f.type == "reference"
    long_text = f.type == "textarea"
    return {
        **_FIELD,
        "aggregatable": f.type not in {"boolean", "anyType"} and not (long_text and not f.groupable),
        "byteLength": _ID_LENGTH if f.type in {"id", "reference"} else 3 * f.length,
        "createable": f.createable,
        "custom": f.custom,
        "defaultValue": False if f.type == "boolean" else None,
        "defaultedOnCreate": validation.defaulted(sobject, f),
        "digits": digits,
        "extraTypeInfo": "plaintextarea" if long_text else None,
        "filterable": f.filterable,
        "groupable": f.groupable,
        "idLookup": f.name in {"Id", "Email"} or (f.name == "Name" and f.createable),
        "label": f.label,
        "length": f.length,
        "name": f.name,
        "nameField": f.name == _NAME_FIELDS.get(sobject.name, "Name"),
        "namePointing": len(f.reference_to) > 1,
        "nillable": f.nillable,
        "permissionable": f.nillable and (f.createable or f.derived is not None),
        "picklistValues": values,
        "polymorphicForeignKey": len(f.reference_to) > 1,
        "precision": precision,
        "referenceTo": list(f.reference_to),
        "relationshipName": f.relationship,
        "restrictedPicklist": f.restricted,
        "scale": scale,
        "searchPrefilterable": reference,
        "soapType": _SOAP.get(f.type, "xsd:string"),
        "sortable": f.sortable,
        "type": f.type,
        "updateable": f.updateable,
    }


def _choice(value: str, label: str, active: bool = True, default: bool = False) -> dict[str, Any]:
    return {"active": active, "defaultValue": default, "label": label, "validFor": None, "value": value}


def _master_record_type(sobject: SObject, base: str) -> dict[str, Any]:
    return {
        "active": True,
        "available": True,
        "defaultRecordTypeMapping": True,
        "developerName": "Master",
        "master": True,
        "name": "Master",
        "recordTypeId": _MASTER,
        "urls": {"layout": f"{base}/sobjects/{sobject.name}/describe/layouts/{_MASTER}"},
    }


def _scopes(sobject: SObject) -> list[dict[str, str]]:
    plural = sobject.label_plural.lower()
    scopes = [{"label": f"All {plural}", "name": "everything"}]
    return scopes + ([{"label": f"My {plural}", "name": "mine"}] if "ownerid" in sobject.by_name else [])
