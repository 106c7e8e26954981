"""What Describe says of a field, its choices included."""

from typing import Any

from deployments.sandbox.salesforce import validation
from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.structure_names import (
    PEOPLE,
    address_label,
    addresses,
    compound_of,
    permissionable,
)

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
_MARKED_UP = ("HYPERLINK(", "IMAGE(")


class Described:
    """Fields as Describe has them; the values of stages and statuses are records."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def field(self, sobject: SObject, f: Field) -> dict[str, Any]:
        """A field's entry."""
        return field(sobject, f, self._values(sobject, f))

    def _values(self, sobject: SObject, f: Field) -> list[dict[str, Any]]:
        sql = _VALUE_TABLES.get((sobject.name, f.name))
        if sql is None:
            return [_choice(value, value) for value in f.picklist]
        with self._store.lock:
            rows = self._store.connection.execute(sql).fetchall()
        return [_choice(value, label, bool(active), bool(first)) for value, label, active, first in rows]


def field(sobject: SObject, f: Field, values: list[dict[str, Any]]) -> dict[str, Any]:
    """A field's entry in Describe."""
    digits, precision, scale = _DIGITS.get(f.type, (0, 0, 0))
    reference = f.type == "reference"
    long_text = f.type == "textarea"
    return {
        **_FIELD,
        "aggregatable": f.type not in {"boolean", "anyType"} and not (long_text and not f.groupable),
        "byteLength": _ID_LENGTH if f.type in {"id", "reference"} else 3 * f.length,
        "calculated": bool(f.formula) or (f.custom and f.derived is not None),
        "calculatedFormula": f.formula or None,
        "compoundFieldName": compound_of(sobject, f),
        "createable": f.createable,
        "custom": f.custom,
        "defaultValue": False if f.type == "boolean" else None,
        "defaultedOnCreate": validation.defaulted(sobject, f),
        "digits": digits,
        "extraTypeInfo": "plaintextarea" if long_text else None,
        "filterable": f.filterable,
        "groupable": f.groupable,
        "htmlFormatted": any(call in f.formula.upper().replace(" ", "") for call in _MARKED_UP),
        "idLookup": f.name in {"Id", "Email"} or (f.name == "Name" and f.createable),
        "label": f.label,
        "length": f.length,
        "name": f.name,
        "nameField": f.name == _NAME_FIELDS.get(sobject.name, "Name"),
        "namePointing": len(f.reference_to) > 1,
        "nillable": f.nillable,
        "permissionable": permissionable(sobject, f),
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


def compound(sobject: SObject, name: str) -> dict[str, Any]:
    """The entry of a field made of others: an address, or a person's name. SOQL cannot ask for addresses here."""
    if sobject.name in PEOPLE and name == "Name":
        return field(sobject, sobject.by_name["name"], [])
    street = field(sobject, addresses(sobject)[name][0], [])
    only_read = dict.fromkeys(
        ("createable", "updateable", "groupable", "sortable", "filterable", "aggregatable"), False
    )
    return {
        **street,
        **only_read,
        "byteLength": 0,
        "compoundFieldName": None,
        "extraTypeInfo": None,
        "filterable": True,
        "label": address_label(name),
        "length": 0,
        "name": name,
        "queryByDistance": True,
        "soapType": "urn:address",
        "type": "address",
    }
