"""The structure of an org as users of one profile see it, as one tidy frame (handbook L146 to L179)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import pandas as pd

from tasks.clients import SalesforceDoor
from tasks.rules import tabs
from tasks.rules.bodies import Body, Row, body, text
from tasks.rules.field_catalogue import Fields, readable_fields
from tasks.rules.list_views import list_view, named, unread_view
from tasks.rules.org_facts import OrgFacts, Surface, catalogue_frame, facts_frame, moment, trail_frame
from tasks.salesforce_structure_asking import FIELDS, PAGES, READ, SETUP, Asking
from tasks.salesforce_structure_pages import PageReader
from tasks.salesforce_structure_queries import (
    RECORD_PAGES,
    TAB_DEFINITIONS,
    TRAIL_AT_MOST,
    app,
    field_permissions,
    list_views,
    permission_set,
    profile,
    profile_layouts,
    record_types,
    tab_settings,
    trail,
)
from tasks.settings import Settings

NAMED_AT_MOST = 8  # names in a sentence


@dataclass(frozen=True)
class StructureReading:
    """What was read, and what it cost: `calls` made; `used` of `allowed` calls of the org's day (0 of 0: unknown)."""

    facts: OrgFacts
    calls: int
    used: int
    allowed: int
    in_bulk: bool = False


@dataclass
class StructureReader:
    """Reads the structure through one door, in about 30 calls for four objects.

    objects   API names
    views     the list views that expectations name, by object: labels or API names
    """

    door: SalesforceDoor
    config: Settings
    objects: tuple[str, ...]
    views: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._policy = self.config.validation
        self._asking = Asking(self.door)

    def read(self) -> StructureReading:
        """The reading. What is refused is named in `unread` with its remedy, and everything else is still read.

        Raises Unavailable (repeat) and LimitReached (not today).
        """
        profile_id, permissions = self._whose()
        rows, app_metadata = self._tabs(permissions)
        fields = self._fields(permissions)
        rows += self._list_views(fields)
        if pages := self._pages(profile_id, app_metadata):
            for one in fields:
                rows += pages.read(one)
        made = OrgFacts(
            profile=self._policy.profile,
            facts=facts_frame(rows),
            catalogue=catalogue_frame(row for one in fields for row in one.catalogue),
            trail=self._trail(),
            unread=tuple(dict.fromkeys(self._asking.unread)),
            notes=tuple(dict.fromkeys(self._asking.notes)),
        )
        used, allowed = self.door.usage
        return StructureReading(made, self.door.calls, used, allowed)

    def _whose(self) -> tuple[str, str]:
        """Ids of the profile and of its permission set, each "" where it could not be read."""
        name, affected = self._policy.profile, (Surface.TABS, *FIELDS)
        found = self._asking.query(profile(name), SETUP, affected)
        if found is None:
            return "", ""
        if not found:
            why = (
                f"There is no profile “{name}”: set RITUALS_VALIDATION__PROFILE to its name in Setup, "
                "which orgs in other languages translate"
            )
            self._asking.missing(why, affected)
            return "", ""
        profile_id = text(found[0], "Id")
        sets = self._asking.query(permission_set(profile_id), SETUP, affected)
        if sets == []:
            self._asking.missing(f"What the profile {name} permits could not be found. {SETUP}", affected)
        return profile_id, text(sets[0], "Id") if sets else ""

    def _tabs(self, permissions: str) -> tuple[list[Row], Body]:
        """Rows of the tabs and of the app's navigation, and the app's metadata."""
        defined = self._asking.query(TAB_DEFINITIONS, SETUP, (Surface.TABS, Surface.NAVIGATION)) or []
        known = {text(one, "Name"): one for one in defined}
        rows: list[Row] = []
        if permissions:
            settings = self._asking.query(tab_settings(permissions), SETUP, (Surface.TABS,))
            rows += tabs.tab_settings(settings or [], known, self._policy.profile)
        metadata = self._app()
        return [*rows, *tabs.navigation(metadata, known, self._policy.app)], metadata

    def _app(self) -> Body:
        name, affected = self._policy.app, (Surface.NAVIGATION, *PAGES)
        if not name:
            why = "No app is named: set RITUALS_VALIDATION__APP to its developer name to read its navigation and pages"
            self._asking.missing(why, (Surface.NAVIGATION,))
            return {}
        found = self._asking.query(app(name), SETUP, affected, tooling=True)
        if found == []:
            why = f"There is no app {name}: correct RITUALS_VALIDATION__APP, the developer name of a Lightning app"
            self._asking.missing(why, affected)
        return (self._asking.metadata("CustomApplication", text(found[0], "Id"), affected) if found else None) or {}

    def _fields(self, permissions: str) -> list[Fields]:
        readable = None
        if permissions:
            rows = self._asking.query(field_permissions(permissions, self.objects), SETUP, FIELDS)
            readable = None if rows is None else readable_fields(rows)
        made = [
            Fields(name, self._asking.get(f"sobjects/{quote(name)}/describe", READ, FIELDS, name) or {}, readable)
            for name in self.objects
        ]
        for one in made:
            if hidden := one.hidden_here():
                more = f" and {len(hidden) - NAMED_AT_MOST} more" if len(hidden) > NAMED_AT_MOST else ""
                self._asking.notes.append(
                    f"{one.sobject}: the integration user may not read {', '.join(hidden[:NAMED_AT_MOST])}{more}, "
                    "which the profile may: wherever they stand, they look missing. Give it read access to them"
                )
        return made

    def _list_views(self, fields: list[Fields]) -> Iterator[Row]:
        surface = (Surface.LIST_VIEW,)
        objects = [one.sobject for one in fields if self.views.get(one.sobject)]
        found = self._asking.query(list_views(objects), READ, surface) or [] if objects else []
        for one in (one for one in fields if one.sobject in objects):
            listed = [view for view in found if text(view, "SobjectType") == one.sobject]
            meant = named(listed, self.views[one.sobject])
            for position, view in enumerate(listed, 1):
                path = f"ui-api/list-info/{quote(one.sobject)}/{quote(text(view, 'DeveloperName'), safe='')}"
                info = self._asking.get(path, READ, surface, one.sobject) if view in meant else None
                if info is None:
                    yield unread_view(view, one.sobject, position)
                else:
                    yield from list_view(info, view, one.sobject, position, one.labels)

    def _pages(self, profile_id: str, app_metadata: Body) -> PageReader | None:
        """What reads the pages of each object; None where nobody's page can be told."""
        if not profile_id:
            return None
        soql = profile_layouts(profile_id, self.objects)
        layouts = self._asking.query(soql, SETUP, (Surface.LAYOUT,), tooling=True)
        pages = self._asking.query(RECORD_PAGES, SETUP, PAGES, tooling=True)
        if self._policy.app and not app_metadata:  # which pages it gives is not known, and none is guessed
            pages = None
        kinds = self._record_types()
        return PageReader(self._asking, self._policy, self.objects, layouts or [], pages, app_metadata, kinds)

    def _record_types(self) -> dict[str, str]:
        wanted = {name: kind for name, kind in self._policy.record_types.items() if name in self.objects and kind}
        if not wanted:
            return {}
        found = self._asking.query(record_types(list(wanted), list(wanted.values())), READ, FIELDS) or []
        ids = {(text(one, "SobjectType"), text(one, "DeveloperName").casefold()): text(one, "Id") for one in found}
        kinds = {name: ids[name, kind.casefold()] for name, kind in wanted.items() if (name, kind.casefold()) in ids}
        for name in wanted.keys() - kinds.keys():
            why = f"{name} has no record type {wanted[name]}: correct RITUALS_VALIDATION__RECORD_TYPES"
            self._asking.missing(why, FIELDS, name)
        return kinds

    def _trail(self) -> pd.DataFrame:
        asking = Asking(self.door)
        found = asking.query(trail(self._policy.audit_days), SETUP, (Surface.TABS,))
        self._asking.notes += [f"Who changed what could not be read: {one.why}" for one in asking.unread]
        if len(found or []) >= TRAIL_AT_MOST:
            self._asking.notes.append(f"Of the setup audit trail only the newest {TRAIL_AT_MOST:,} entries were read")
        return trail_frame(
            {
                "at": moment(text(one, "CreatedDate")),
                "who": text(body(one.get("CreatedBy")), "Name"),
                "section": text(one, "Section"),
                "said": text(one, "Display"),
            }
            for one in found or []
        )
