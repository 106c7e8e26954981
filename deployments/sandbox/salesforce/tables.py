"""The SQLite tables behind the objects: columns, indexes and the statement that loads rows."""

# ruff: noqa: S608 - the statements are made of names of the catalogue; every value is a parameter

from collections.abc import Sequence

from deployments.sandbox.salesforce.schema import Field, SObject

_AFFINITY = {"boolean": "INTEGER", "int": "INTEGER", "double": "REAL", "currency": "REAL", "percent": "REAL"}
_UNASKED = ("CreatedById", "LastModifiedById")  # nobody looks records up by these
_MORE: dict[str, tuple[tuple[str, ...], ...]] = {
    # The latest activity of a record is read from these alone, without touching the rows.
    "Task": (
        ("WhatId", "Status", "IsDeleted", "ActivityDate", "CompletedDateTime", "IsArchived"),
        ("WhoId", "Status", "IsDeleted", "ActivityDate"),
        ("AccountId", "Status", "IsDeleted", "ActivityDate"),
        ("ActivityDate",),
        ("CompletedDateTime",),
    ),
    "Event": (
        ("WhatId", "IsDeleted", "ActivityDate", "EndDateTime", "IsArchived"),
        ("WhoId", "IsDeleted", "ActivityDate"),
        ("AccountId", "IsDeleted", "ActivityDate"),
        ("EndDateTime",),
    ),
    "EmailMessage": (("RelatedToId", "Status", "IsDeleted", "MessageDate"), ("MessageDate",)),
    "Opportunity": (("StageName",), ("CloseDate",)),
    "OpportunityFieldHistory": (("CreatedDate",),),
    "OpportunityStage": (("ApiName",),),
    "TaskStatus": (("ApiName",),),
}
# When a load brings no such column, it takes the value of another.
_FALLBACK = {
    "ApiName": "MasterLabel",
    "LastModifiedDate": "CreatedDate",
    "SystemModstamp": "LastModifiedDate",
    "LastModifiedById": "CreatedById",
}
_MOMENTS = ("CreatedDate", "LastModifiedDate", "SystemModstamp")


def columns(sobject: SObject) -> list[Field]:
    """The fields that are kept in a column."""
    return [f for f in sobject.fields if f.derived is None]


def create_table(sobject: SObject) -> str:
    """The table of an object."""
    parts = []
    for field in columns(sobject):
        default = " DEFAULT 0" if field.type == "boolean" else ""
        parts.append(f'"{field.name}" {_AFFINITY.get(field.type, "TEXT")}{default}')
    return f'CREATE TABLE "{sobject.name}" ({", ".join(parts)})'


def indexes(sobject: SObject) -> list[tuple[str, str]]:
    """Name and statement of each index: the id, every reference that is looked up, and what is often filtered."""
    wide = _MORE.get(sobject.name, ())
    leading = {index[0] for index in wide}
    references = [
        (f.name,)
        for f in columns(sobject)
        if f.type == "reference" and f.name not in _UNASKED and f.name not in leading
    ]
    made = [_index(sobject.name, ("Id",), "UNIQUE ")]
    return made + [_index(sobject.name, names) for names in (*references, *wide)]


def _index(table: str, names: Sequence[str], kind: str = "") -> tuple[str, str]:
    name = "_".join((table, *names))
    listed = ", ".join(f'"{n}"' for n in names)
    return name, f'CREATE {kind}INDEX "{name}" ON "{table}" ({listed})'


def load_statement(sobject: SObject, given: Sequence[str]) -> tuple[str, list[str]]:
    """The INSERT for rows with these columns, and the names of the extra parameters that follow them.

    The extras are Id (a new one each row), `now` and `user`, for what the rows do not bring.
    ValueError names columns that the object does not have, or that Salesforce works out by itself.
    """
    known = {f.name for f in columns(sobject)}
    if unknown := [name for name in given if name not in known]:
        raise ValueError(f"{sobject.name} has no column {', '.join(unknown)}")
    place = {name: f"?{i}" for i, name in enumerate(given, 1)}
    extras: list[str] = []
    for name in [f.name for f in columns(sobject) if f.name not in place]:
        if _FALLBACK.get(name) in place:
            place[name] = place[_FALLBACK[name]]
        elif extra := _extra(name):
            if extra not in extras:
                extras.append(extra)
            place[name] = f"?{len(given) + 1 + extras.index(extra)}"
    names = ", ".join(f'"{name}"' for name in place)
    return f'INSERT INTO "{sobject.name}" ({names}) VALUES ({", ".join(place.values())})', extras


def _extra(name: str) -> str:
    if name == "Id":
        return "Id"
    if name in _MOMENTS:
        return "now"
    return "user" if name in _UNASKED else ""
