"""The trail that Salesforce keeps of an opportunity: stage snapshots, and tracked fields with old and new value."""

from collections.abc import Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]

SNAPSHOT = ("StageName", "Amount", "CloseDate", "Probability", "ForecastCategory", "ExpectedRevenue")
TRACKED = {
    "StageName": "DynamicEnum",
    "Amount": "Currency",
    "CloseDate": "DateOnly",
    "OwnerId": "EntityId",
    "NextStep": "Text",
}


def snapshot(before: Row, after: Row) -> dict[str, Any] | None:
    """The OpportunityHistory row of a new or changed deal; None when nothing it shows has changed."""
    if before and all(before[name] == after[name] for name in SNAPSHOT):
        return None
    return {"OpportunityId": after["Id"], **{name: after[name] for name in SNAPSHOT}}


def field_changes(before: Row, after: Row, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The OpportunityFieldHistory rows: `created` for a new deal, else one per change.

    A new owner gives two, one with the names of the owners (`names`, by id) and one with their ids.
    """
    deal = after["Id"]
    if not before:
        yield _change(deal, "created", "Text", None, None)
        return
    for field, kind in TRACKED.items():
        old, new = before[field], after[field]
        if old == new:
            continue
        if field == "OwnerId":
            yield _change(deal, "Owner", "Text", names.get(old), names.get(new))
        yield _change(deal, field.removesuffix("Id"), kind, old, new)


def _change(deal: str, field: str, kind: str, old: object, new: object) -> dict[str, Any]:
    return {"OpportunityId": deal, "Field": field, "DataType": kind, "OldValue": old, "NewValue": new}
