"""The structure of the org as its users meet it: who sees which layout and which fields, and the ids of all that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.structure import Body, ListView, Structure
from deployments.sandbox.salesforce.structure_names import MASTER_RECORD_TYPE, addresses, numbered, spaced

LAID_OUT = ("Account", "Contact", "Event", "Lead", "Opportunity", "Task")
_LEFT_OUT = ("IsDeleted", "LastActivityDate", "SystemModstamp")


@dataclass(frozen=True)
class RecordType:
    """A record type; `active` ones are offered to users. Master has no record."""

    id: str
    name: str
    master: bool = False

    @property
    def label(self) -> str:
        return spaced(self.name)


MASTER = RecordType(MASTER_RECORD_TYPE, "Master", master=True)


class View:
    """A Structure completed: an object without a layout gets one made of its fields."""

    def __init__(self, store: Store, structure: Structure) -> None:
        self._store = store
        self.structure = structure
        known = {object_of(name) for name in structure.layouts}
        plain = {f"{o}-{o} Layout": _plain(s) for o in LAID_OUT if o not in known and (s := store.catalogue.get(o))}
        self.layouts: Mapping[str, Body] = {**plain, **structure.layouts}
        self.layout_ids = numbered("00h", sorted(self.layouts))
        self.page_ids = numbered("0M0", sorted(structure.flexipages))
        self.app_ids = numbered("02u", sorted(structure.apps))
        self.compact_ids = numbered("0AH", sorted(structure.compact))
        views = [(sobject, view) for sobject, all_ in sorted(structure.list_views.items()) for view in all_]
        self.list_view_ids = numbered("00B", [f"{sobject}.{view.developer_name}" for sobject, view in views])
        typed = sorted({f"{key[1]}.{key[2]}" for key in structure.assigned if len(key) > 2})  # noqa: PLR2004 - see Structure.assigned
        self.record_type_ids = numbered("012", typed)

    def profile_of(self, user_id: str) -> str:
        """The name of the user's profile; "" for none."""
        sql = """SELECT p."Name" FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ?"""
        with self._store.lock:
            row = self._store.connection.execute(sql, (user_id,)).fetchone()
        return str(row[0]) if row else ""

    def record_types(self, sobject: str) -> list[RecordType]:
        """Master, which every object has, after those of its own."""
        own = [(name.split(".", 1)[1], id_) for name, id_ in self.record_type_ids.items() if object_is(name, sobject)]
        return [*(RecordType(id_, name) for name, id_ in own), MASTER]

    def layout(self, profile: str, sobject: str, record_type: RecordType = MASTER) -> str:
        """The full name of the layout that users of the profile see; "" for an object that has none."""
        assigned = self.structure.assigned
        keys = (
            [(profile, sobject)] if record_type.master else [(profile, sobject, record_type.name), (profile, sobject)]
        )
        wanted = [assigned[key] for key in keys if key in assigned]
        wanted += sorted(name for name in self.layouts if object_of(name) == sobject)
        return next((name for name in wanted if name in self.layouts), "")

    def hidden(self, profile: str, sobject: SObject) -> frozenset[str]:
        """The fields that the profile may not read, in lower case; of an address, all its parts."""
        prefix = f"{sobject.name.lower()}."
        listed = {name.lower() for name in self.structure.hidden_fields.get(profile, ())}
        names = {name.removeprefix(prefix) for name in listed if name.startswith(prefix)}
        parts = {p.name.lower() for name, all_ in addresses(sobject).items() if name.lower() in names for p in all_}
        return frozenset(names | parts)

    def readable(self, user_id: str, sobject: SObject) -> list[Field]:
        """The fields of the object that the user may read."""
        hidden = self.hidden(self.profile_of(user_id), sobject)
        return [f for f in sobject.fields if f.name.lower() not in hidden]

    def list_views(self, sobject: str) -> list[tuple[str, ListView]]:
        """The id and the list view, for each of the object."""
        views = self.structure.list_views.get(sobject, ())
        return [(self.list_view_ids[f"{sobject}.{view.developer_name}"], view) for view in views]


def object_of(layout: str) -> str:
    """The object of a layout's full name."""
    return layout.partition("-")[0]


def object_is(name: str, sobject: str) -> bool:
    """Whether `Account.Partner` is of that object."""
    return name.partition(".")[0] == sobject


def _plain(sobject: SObject) -> dict[str, Any]:
    """The layout of an object that nobody designed: all its fields in one section of two columns."""
    compound = addresses(sobject)
    parts = {f.name for fields in compound.values() for f in fields}
    kept = [f for f in sobject.fields if f.type != "id" and f.name not in parts]
    shown = [f.name for f in kept if f.name not in _LEFT_OUT and not f.name.startswith("LastStage")]
    names = [*shown, *compound]
    half = (len(names) + 1) // 2
    columns = [{"layoutItems": [{"behavior": "Edit", "field": name} for name in some]}
               for some in (names[:half], names[half:])]  # fmt: skip
    section = {"label": "Information", "detailHeading": True, "editHeading": True,
               "style": "TwoColumnsTopToBottom", "layoutColumns": columns}  # fmt: skip
    return {"layoutSections": [section], "relatedLists": []}
