"""describe/layouts: the page layout that the calling user sees of an object."""

import itertools
from collections.abc import Mapping
from typing import Any

from deployments.sandbox.salesforce.describe_fields import Described
from deployments.sandbox.salesforce.errors import not_found
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.ids import LONG, is_id, long_form, make_id
from deployments.sandbox.salesforce.layout_items import EMPTY, Item, Items, numbered
from deployments.sandbox.salesforce.records import known_object
from deployments.sandbox.salesforce.related_lists import related_list
from deployments.sandbox.salesforce.schema import SObject
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.structure import Body
from deployments.sandbox.salesforce.structure_view import MASTER, RecordType, View

_PATH = "sobjects/{sobject}/describe/layouts"
_LINKS = "CustomLinks"
_LEFT_TO_RIGHT = "TwoColumnsLeftToRight"


class Layouts:
    """Layouts as described; those of the structure's `described` are served as they were recorded."""

    def __init__(self, store: Store, view: View, described: Described) -> None:
        self._store = store
        self._view = view
        self._fields = described

    def resources(self) -> list[Resource]:
        """describe/layouts of an object, and of one of its record types."""
        return [Resource(_PATH, {"GET": self._all}, "yes"), Resource(f"{_PATH}/{{id}}", {"GET": self._one}, "yes")]

    def _sobject(self, call: Call) -> SObject:
        """An object that has layouts. SalesforceError (404) for any other."""
        sobject = known_object(self._store, call.part("sobject"))
        if sobject.name not in self._view.structure.described and not self._view.layout("", sobject.name):
            raise not_found()
        return sobject

    def _all(self, call: Call) -> Answer:
        """With several record types `layouts` is null: each has to be asked for."""
        sobject = self._sobject(call)
        recorded = self._view.structure.described.get(sobject.name)
        if recorded is not None and "recordTypeMappings" in recorded:
            return Answer(200, recorded)
        profile = self._view.profile_of(call.user_id)
        types = self._view.record_types(sobject.name)
        layouts = None if len(types) > 1 else [recorded or self._described(call, sobject, MASTER)]
        mappings = [self._mapping(call, sobject, profile, kind, first=i == 0) for i, kind in enumerate(types)]
        return Answer(200, {"layouts": layouts, "recordTypeMappings": mappings, "recordTypeSelectorRequired": [False]})

    def _one(self, call: Call) -> Answer:
        sobject = self._sobject(call)
        wanted = call.part("id")
        record_type = long_form(wanted) if is_id(wanted) or len(wanted) == LONG else wanted
        recorded = self._view.structure.described.get(sobject.name)
        if recorded is not None:
            return Answer(200, _recorded(recorded, record_type))
        found = next((t for t in self._view.record_types(sobject.name) if t.id == record_type), None)
        if found is None:
            raise not_found()
        return Answer(200, self._described(call, sobject, found))

    def _mapping(self, call: Call, sobject: SObject, profile: str, kind: RecordType, *, first: bool) -> Item:
        return {
            "active": True,
            "available": True,
            "defaultRecordTypeMapping": first,
            "developerName": kind.name,
            "layoutId": self._view.layout_ids.get(self._view.layout(profile, sobject.name, kind)),
            "master": kind.master,
            "name": kind.label,
            "picklistsForRecordType": [],
            "recordTypeId": kind.id,
            "urls": {"layout": f"{call.base}/sobjects/{sobject.name}/describe/layouts/{kind.id}"},
        }

    def _described(self, call: Call, sobject: SObject, kind: RecordType) -> Item:
        profile = self._view.profile_of(call.user_id)
        name = self._view.layout(profile, sobject.name, kind)
        body = self._view.layouts[name]
        links = {str(link["fullName"]): link for link in body.get("webLinks") or ()}
        hidden = self._view.hidden(profile, sobject)
        items = Items(sobject, lambda field: self._fields.field(sobject, field), hidden, links)
        layout_id = self._view.layout_ids[name]
        detail, edit = _sections(items, body, layout_id, 100 * list(self._view.layout_ids).index(name))
        catalogue = self._store.catalogue
        return {
            "buttonLayoutSection": {"detailButtons": []},
            "detailLayoutSections": detail,
            "editLayoutSections": edit,
            "feedView": None,
            "highlightsPanelLayoutSection": None,
            "id": layout_id,
            "multirowEditLayoutSections": [],
            "offlineLinks": [],
            "quickActionList": {"quickActionListItems": []},
            "relatedContent": None,
            "relatedLists": [related_list(catalogue, sobject.name, r) for r in body.get("relatedLists") or ()],
            "saveOptions": [],
        }


def _recorded(body: Body, record_type: str) -> Body:
    """The layout of the record type in a recorded answer, or the answer when it is a single layout."""
    if "recordTypeMappings" not in body:
        if record_type != MASTER.id:
            raise not_found()
        return body
    ids = [m.get("layoutId") for m in body["recordTypeMappings"] if m.get("recordTypeId") == record_type]
    layout = next((one for one in body.get("layouts") or () if one.get("id") in ids), None)
    if layout is None:
        raise not_found()
    found: Body = layout
    return found


def _sections(items: Items, body: Body, layout_id: str, first: int) -> tuple[list[Item], list[Item]]:
    """The sections to look at and those to edit; the tab order goes on through both. Links cannot be edited."""
    detail: list[Item] = []
    edit: list[Item] = []
    order = 1
    for number, section in enumerate(body.get("layoutSections") or (), first + 1):
        for editing in (False,) if section.get("style") == _LINKS else (False, True):
            made = _section(items, section, editing=editing)
            made |= {"layoutSectionId": make_id("01B", number), "parentLayoutId": layout_id}
            order = numbered(made["layoutRows"], order, by_column=made["tabOrder"] == "TopToBottom")
            (edit if editing else detail).append(made)
    return detail, edit


def _section(items: Items, body: Mapping[str, Any], *, editing: bool) -> Item:
    columns = [column.get("layoutItems") or () for column in body.get("layoutColumns") or ()]
    shown = [[i for item in column if (i := items.item(item, editing=editing)) is not None] for column in columns]
    rows = [
        {"layoutItems": [dict(i or EMPTY) for i in row], "numItems": len(row)} for row in itertools.zip_longest(*shown)
    ]
    headed = bool(body.get("editHeading" if editing else "detailHeading", False))
    return {
        "collapsed": False,
        "columns": max(len(columns), 1),
        "heading": body.get("label") or "",
        "layoutRows": rows,
        "rows": len(rows),
        "tabOrder": "LeftToRight" if body.get("style") == _LEFT_TO_RIGHT else "TopToBottom",
        "useCollapsibleSection": headed and not editing,
        "useHeading": headed,
    }
