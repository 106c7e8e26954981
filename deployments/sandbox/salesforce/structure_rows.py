"""The records that Setup keeps of a Structure: what SOQL and the Tooling API's queries are answered from."""

# ruff: noqa: S608 - the statements are made of names of the catalogue; every value is a parameter

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.salesforce.schema import SObject
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.structure import Body
from deployments.sandbox.salesforce.structure_names import addresses, compound_of, permissionable
from deployments.sandbox.salesforce.structure_view import LAID_OUT, View, object_of
from deployments.sandbox.salesforce.tables import columns
from deployments.sandbox.salesforce.tooling_objects import SHARED, TOOLING
from deployments.sandbox.salesforce.values import as_moment

_FIRST = 9_001  # numbers of profiles and the like that the company did not bring along
_PERMISSION = ("ParentId", "SobjectType", "Field", "PermissionsRead", "PermissionsEdit")
_TAB = ("DurableId", "Name", "Label", "SobjectName", "Url", "IsCustom", "IsAvailableInLightning")
Rows = Sequence[tuple[object, ...]]


def fill(store: Store, view: View) -> None:
    """Put the structure into the store. An object of which the company brought records along is left as it is."""
    structure = view.structure
    with store.transaction():
        _profiles(store, view)
        sets = _permission_sets(store)
        tabs = [(sets[p], tab, how) for p, all_ in structure.tabs.items() for tab, how in all_.items()]
        _load(store, "PermissionSetTabSetting", ("ParentId", "Name", "Visibility"), tabs)
        _load(store, "FieldPermissions", _PERMISSION, _all_permissions(store, view, sets))
        _load(store, "TabDefinition", _TAB, [tab_row(store, *tab) for tab in structure.tab_labels.items()])
        _load(store, "RecordType", ("Id", "SobjectType", "DeveloperName", "Name", "IsActive"), _record_types(view))
        views = [(i, v.label, v.developer_name, o, 1) for o in structure.list_views for i, v in view.list_views(o)]
        _load(store, "ListView", ("Id", "Name", "DeveloperName", "SobjectType", "IsSoqlCompatible"), views)
        trail = sorted(structure.trail, key=lambda entry: entry.at)
        entries = [(as_moment(e.at), e.by or None, e.action, e.section, e.display) for e in trail]
        _load(store, "SetupAuditTrail", ("CreatedDate", "CreatedById", "Action", "Section", "Display"), entries)


def tooling_store(store: Store, view: View) -> Store:
    """What the Tooling API answers from: a store of its own, with copies of what both APIs know."""
    made = Store(TOOLING, store.now)
    for sobject in SHARED:
        names = [f.name for f in columns(sobject)]
        picked = ", ".join(f'"{name}"' for name in names)
        made.insert_many(sobject.name, names, store.connection.execute(f'SELECT {picked} FROM "{sobject.name}"'))
    _put(made, view.layout_ids, "Layout", view.layouts, _layout_row)
    _put(made, view.page_ids, "FlexiPage", view.structure.flexipages, _page_row)
    _put(made, view.app_ids, "CustomApplication", view.structure.apps, _app_row)
    names = ["LayoutId", "ProfileId", "TableEnumOrId", "RecordTypeId"]
    made.insert_many("ProfileLayout", names, _assignments(store, view))
    return made


def _put(
    made: Store,
    ids: Mapping[str, str],
    sobject: str,
    bodies: Mapping[str, Body],
    row: Callable[[str, Body], dict[str, object]],
) -> None:
    """Layouts, pages or apps by their full name, with their metadata; `webLinks` is only the sandbox's."""
    for name, body in bodies.items():
        metadata = {key: value for key, value in body.items() if key != "webLinks"}
        text = json.dumps(metadata, ensure_ascii=False)
        values = {"Id": ids[name], "FullName": name, "Metadata": text, **row(name, body)}
        made.insert_many(sobject, tuple(values), [tuple(values.values())])


def _layout_row(name: str, _body: Body) -> dict[str, object]:
    sobject, _, label = name.partition("-")
    return {"Name": label, "TableEnumOrId": sobject, "EntityDefinitionId": sobject, "LayoutType": "Standard"}


def _page_row(name: str, body: Body) -> dict[str, object]:
    return {
        "DeveloperName": name,
        "MasterLabel": body.get("masterLabel") or name,
        "Type": body.get("type") or "RecordPage",
        "EntityDefinitionId": body.get("sobjectType"),
        "Description": body.get("description"),
    }


def _app_row(name: str, body: Body) -> dict[str, object]:
    return {
        "DeveloperName": name,
        "Label": body.get("label") or name,
        "NavType": body.get("navType") or "Standard",
        "UiType": body.get("uiType") or "Lightning",
        "Description": body.get("description"),
    }


def tab_row(store: Store, name: str, label: str) -> tuple[object, ...]:
    """DurableId, Name, Label, SobjectName, Url, IsCustom and IsAvailableInLightning of a tab."""
    custom = not name.startswith("standard-")
    sobject = store.catalogue.get(name.removeprefix("standard-"))
    home = f"/{sobject.prefix}/o" if sobject else f"/lightning/n/{name}"
    return name, name, label, sobject.name if sobject else None, home, int(custom), 1


def _load(store: Store, name: str, names: Sequence[str], rows: Rows) -> None:
    if store.connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() is None:
        store.insert_many(name, names, rows)


def _ids(store: Store, sql: str) -> dict[str, str]:
    return dict(store.connection.execute(sql).fetchall())


def _profiles(store: Store, view: View) -> None:
    """Profiles that only the structure speaks of."""
    known = _ids(store, """SELECT "Name", "Id" FROM "Profile" """)
    structure = view.structure
    named = dict.fromkeys([*structure.tabs, *structure.hidden_fields, *(key[0] for key in structure.assigned)])
    new = [name for name in named if name not in known]
    store.insert_many("Profile", ("Id", "Name"), [(make_id("00e", i), name) for i, name in enumerate(new, _FIRST)])


def _permission_sets(store: Store) -> dict[str, str]:
    """The permission set that each profile owns, by the profile's name; it is made where there is none."""
    has = {row[0] for row in store.connection.execute('SELECT "ProfileId" FROM "PermissionSet"')}
    new = [i for i in _ids(store, """SELECT "Name", "Id" FROM "Profile" ORDER BY "Id" """).values() if i not in has]
    rows: Rows = [
        (make_id("0PS", number), f"X{profile[:15]}", profile[:15], profile, 1)
        for number, profile in enumerate(new, _FIRST)
    ]
    store.insert_many("PermissionSet", ("Id", "Name", "Label", "ProfileId", "IsOwnedByProfile"), rows)
    sql = """SELECT p."Name", s."Id" FROM "PermissionSet" s JOIN "Profile" p ON p."Id" = s."ProfileId"
             WHERE s."IsOwnedByProfile" = 1"""
    return _ids(store, sql)


def _all_permissions(store: Store, view: View, sets: dict[str, str]) -> Rows:
    known = [sobject for name in LAID_OUT if (sobject := store.catalogue.get(name))]
    return [row for o in known for profile, parent in sets.items() for row in _permissions(view, o, profile, parent)]


def _record_types(view: View) -> Rows:
    objects = sorted({name.partition(".")[0] for name in view.record_type_ids})
    return [(kind.id, o, kind.name, kind.label, 1) for o in objects for kind in view.record_types(o) if not kind.master]


def _permissions(view: View, sobject: SObject, profile: str, parent: str) -> Iterable[tuple[object, ...]]:
    """A row for each field that may be read; an address has one for all its parts."""
    hidden = view.hidden(profile, sobject)
    fields = [(f.name, f.updateable) for f in sobject.fields
              if permissionable(sobject, f) and compound_of(sobject, f) is None]  # fmt: skip
    for name, editable in [*fields, *((name, True) for name in addresses(sobject))]:
        if name.lower() not in hidden:
            yield parent, sobject.name, f"{sobject.name}.{name}", 1, int(editable)


def _recorded(view: View, sobject: str) -> str:
    """The id of the layout whose description was recorded: it is the one that everybody is given."""
    body = view.structure.described.get(sobject, {})
    [first, *_] = body.get("layouts") or [body]
    return str(first.get("id") or "")


def _assignments(store: Store, view: View) -> Rows:
    profiles = _ids(store, """SELECT "Name", "Id" FROM "Profile" """)
    return [
        (_recorded(view, sobject) or view.layout_ids[layout], profile_id, sobject, None if kind.master else kind.id)
        for profile, profile_id in profiles.items()
        for sobject in sorted({object_of(name) for name in view.layouts})
        for kind in view.record_types(sobject)
        if (layout := view.layout(profile, sobject, kind))
    ]
