"""What stands in one place of a described layout: a field, a compound one, a custom link, an empty space."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deployments.sandbox.salesforce import describe_fields
from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.structure import Body
from deployments.sandbox.salesforce.structure_names import PEOPLE, address_label, addresses, page_label, spaced

Item = dict[str, Any]
_STAMPS = {"CreatedById": ("Created By", "CreatedDate"), "LastModifiedById": ("Last Modified By", "LastModifiedDate")}
_LINES = {"textarea": 4}
_BUTTON: Item = {
    "behavior": None, "colors": [], "content": None, "contentSource": None, "custom": True, "encoding": None,
    "height": None, "icons": [], "menubar": False, "overridden": False, "resizeable": False, "scrollbars": False,
    "showsLocation": False, "showsStatus": False, "toolbar": False, "url": None, "width": None, "windowPosition": None,
}  # fmt: skip
EMPTY: Item = {
    "editableForNew": False, "editableForUpdate": False, "label": "", "layoutComponents": [], "placeholder": True,
    "required": False,
}  # fmt: skip


@dataclass(frozen=True)
class Items:
    """Makes the items of one object. `details` describes a field; `hidden` fields (lower case) are left out; `links`
    are the custom links of the layout by name."""

    sobject: SObject
    details: Callable[[Field], Item]
    hidden: Collection[str] = ()
    links: Mapping[str, Body] | None = None

    def item(self, body: Body, *, editing: bool = False) -> Item | None:
        """The item for one of the layout's metadata, as a detail or an edit section has it; None for a hidden field."""
        if body.get("customLink"):
            return self._of([self._link(str(body["customLink"]))], spaced(str(body["customLink"])))
        if body.get("field"):
            return self._field(body, editing=editing)
        kind, value = next(((k, body[m]) for m, k in _OTHERS.items() if body.get(m)), ("EmptySpace", None))
        return self._of([_component(kind, value)], "" if value is None else spaced(str(value)))

    def of_field(self, name: str) -> Item:
        """The item of a field that is only shown, as a compact layout has it."""
        return self.item({"field": name}) or EMPTY

    def _field(self, body: Body, *, editing: bool) -> Item | None:
        name = str(body["field"])
        if name.lower() in self.hidden:
            return None
        field = self.sobject.by_name.get(name.lower())
        stamp = _STAMPS.get(name)
        if stamp and field:
            day = self.sobject.by_name[stamp[1].lower()]
            parts = [self._component(field), _component("Separator", ", "), self._component(day)]
            return self._of(parts, stamp[0])
        compound = addresses(self.sobject).get(name)
        free = editing and body.get("behavior") != "Readonly"
        required = editing and body.get("behavior") == "Required"
        if compound:
            return self._of([self._compound(name, compound)], address_label(name), free=free, required=required)
        # A layout from elsewhere may show a field that this org does not have.
        shown = field or Field(name, label=spaced(name))
        component = self._compound(name, self._person()) if self._is_person(name) else self._component(shown)
        item = self._of([component], page_label(self.sobject, shown), free=free, required=required)
        if self._is_person(name):
            return item
        return item | {
            "editableForNew": free and shown.createable,
            "editableForUpdate": free and shown.updateable and name != "OwnerId",
        }

    def _is_person(self, name: str) -> bool:
        return self.sobject.name in PEOPLE and name == "Name"

    def _person(self) -> list[Field]:
        return [self.sobject.by_name[name] for name in ("salutation", "firstname", "lastname")]

    def _of(self, components: list[Item], label: str, *, free: bool = False, required: bool = False) -> Item:
        return {
            "editableForNew": free,
            "editableForUpdate": free,
            "label": label,
            "layoutComponents": components,
            "placeholder": False,
            "required": required,
        }

    def _component(self, field: Field) -> Item:
        lines = _LINES.get(field.type, 1)
        return {"details": self.details(field), **_component("Field", field.name, lines)}

    def _compound(self, name: str, parts: list[Field]) -> Item:
        shown = [
            {**self._component(f), "tabOrder": i} for i, f in enumerate(parts, 1) if f.name.lower() not in self.hidden
        ]
        details = describe_fields.compound(self.sobject, name)
        return {
            "components": shown,
            "details": details,
            "fieldType": details["type"],
            **_component("Field", name, 2 if name.endswith("Address") else 1),
        }

    def _link(self, name: str) -> Item:
        """What a link leads to is in the WebLink of the object; a layout only names it."""
        body = (self.links or {}).get(name, {})
        page = {
            **_BUTTON,
            "behavior": body.get("openType") or "newWindow",
            "contentSource": body.get("linkType") or "url",
            "encoding": body.get("encodingKey") or "UTF-8",
            "label": body.get("masterLabel") or spaced(name),
            "name": name,
            "url": body.get("url"),
        }
        return {"customLink": dict(sorted(page.items())), **_component("CustomLink", name)}


_OTHERS = {
    "page": "VisualforcePage", "scontrol": "SControl", "component": "AuraComponent", "canvas": "Canvas",
    "reportChartComponent": "ReportChart", "analyticsCloudComponent": "AnalyticsCloud",
}  # fmt: skip


def _component(kind: str, value: object, lines: int = 1) -> Item:
    return {"displayLines": lines, "tabOrder": 0, "type": kind, "value": value}


def numbered(rows: list[Item], first: int, *, by_column: bool) -> int:
    """Give the components of a section their tab order from `first` on; the next free number."""
    for component in _in_order(rows, by_column=by_column):
        component["tabOrder"] = first
        first += 1
    return first


def _in_order(rows: list[Item], *, by_column: bool) -> Iterator[Item]:
    lines = [row["layoutItems"] for row in rows]
    items = (
        [i for column in zip(*lines, strict=True) for i in column] if by_column else [i for line in lines for i in line]
    )
    for item in items:
        yield from item["layoutComponents"]
