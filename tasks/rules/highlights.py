"""Compact layouts (the highlights of a page) as rows of the facts. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks.rules.bodies import Body, Row, bodies, body, same_id, text
from tasks.rules.org_facts import Kind, Surface
from tasks.rules.page_labels import words

SYSTEM = "System default"


@dataclass(frozen=True)
class CompactLayout:
    """The compact layout in force: its label, its fields in order, and what it calls them by API name."""

    name: str
    rows: tuple[Row, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def compact_layout(described: Body, sobject: str, record_type: str = "") -> CompactLayout | None:
    """The compact layout of `sobjects/{object}/describe/compactLayouts` for a record type (an id; "" for master).

    None where the answer does not hold the one it names. Salesforce's own layout has no id.
    """
    mappings = bodies(described.get("recordTypeCompactLayoutMappings"))
    mine = [one for one in mappings if same_id(text(one, "recordTypeId"), record_type)]
    wanted = text(mine[0], "compactLayoutId") if mine else text(described, "defaultCompactLayoutId")
    for layout in bodies(described.get("compactLayouts")):
        if text(layout, "id") == wanted or same_id(text(layout, "id"), wanted):
            return _read(layout, sobject)
    return None


def _read(layout: Body, sobject: str) -> CompactLayout:
    name = text(layout, "label") or text(layout, "name") or SYSTEM
    base = {"object": sobject, "surface": str(Surface.HIGHLIGHTS), "surface_name": name, "region": "top"}
    labels = {field: label for item in bodies(layout.get("fieldItems")) for field, label in _fields(item)}
    rows = [
        {**base, "kind": str(Kind.FIELD), "field": field, "label": label, "position": position}
        for position, (field, label) in enumerate(labels.items(), 1)
    ]
    return CompactLayout(name, tuple(rows), labels)


def _fields(item: Body) -> list[tuple[str, str]]:
    """The one field of an item, with the item's label."""
    parts = [one for one in bodies(item.get("layoutComponents")) if text(one, "type") == "Field" and text(one, "value")]
    said = text(item, "label")
    return [(text(one, "value"), said or text(body(one.get("details")), "label") or words(text(one, "value")))
            for one in parts[:1]]  # fmt: skip
