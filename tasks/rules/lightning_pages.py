"""Lightning record pages (FlexiPage metadata) as rows of the facts: regions, facets, tabs, Dynamic Forms. Pure.

Which side a component is on is the region it is reached from: "top" for header and subheader, "right" for a right
sidebar, "bottom" for a footer, "main" for all else, a left sidebar included. A related list of the main region counts
as "bottom" when it follows the details and hides in no tab: there users scroll down to it. Within a tab it is "main".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tasks.rules.bodies import Body, Row, bodies, body, row_by_row, text
from tasks.rules.org_facts import Kind, Surface
from tasks.rules.page_labels import Words, component_label, heading, list_label, listed_object, words
from tasks.rules.page_links import anchors

DEEPEST: Final = 40  # facets within facets; pages of people have about six
_REGIONS: Final = ("top", "main", "right", "bottom")
_LISTS: Final = {"force:relatedListSingleContainer", "lst:dynamicRelatedList"}
_HOLDERS: Final = {
    "flexipage:tabset", "flexipage:tab", "flexipage:accordion", "flexipage:accordionSection", "flexipage:column",
    "flexipage:tabset2", "flexipage:accordion2", "flexipage:accordionSection2",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where on a page: its region, the title of the innermost tab around it ("" for none), and whether some users do
    not see it (a visibility rule, also of what is around it)."""

    region: str
    tab: str = ""
    conditional: bool = False
    depth: int = 0


@dataclass
class LightningPage:
    """One Lightning page, as far as it was read.

    rows         components, related lists, sections and fields of Dynamic Forms
    highlights   fields of a dynamic highlights panel, surface "highlights"
    panels       where the compact layout is shown (force:highlightsPanel)
    details      where the page layout is shown (force:detailPanel)
    notes        what could not be followed, a sentence each
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    highlights: list[Row] = field(default_factory=list)
    panels: list[Place] = field(default_factory=list)
    details: list[Place] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def has_sections(self) -> bool:
        """Whether the page has sections of its own (Dynamic Forms)."""
        return any(row["kind"] == Kind.SECTION for row in self.rows)

    @property
    def shows_lists(self) -> bool:
        """Whether it shows all related lists of the page layout."""
        return any(row.get("field") == "force:relatedListContainer" for row in self.rows)


def lightning_page(metadata: Body, sobject: str, name: str, known: Words) -> LightningPage:
    """The page of a FlexiPage's metadata, with `itemInstances` or (before API 49) `componentInstances`.

    A facet that contains itself, is used twice or is missing is named in the notes; all else is still read.
    """
    walk = _Walk(metadata, sobject, LightningPage(text(metadata, "masterLabel") or name), known)
    template = text(body(metadata.get("template")), "name")
    regions = [one for one in bodies(metadata.get("flexiPageRegions")) if text(one, "type") == "Region"]
    placed = [(_side(text(one, "name"), template), one) for one in regions]
    for side, region in sorted(placed, key=lambda pair: _REGIONS.index(pair[0])):
        if text(region, "mode") in {"Append", "Prepend"}:
            walk.page.notes.append(f"{walk.page.name} adds to {text(metadata, 'parentFlexiPage')}, which was not read")
        walk.items(region, Place(side))
    return walk.page


def _side(region: str, template: str) -> str:
    name = region.casefold()
    if name.startswith(("header", "subheader", "top")):
        return "top"
    if name.startswith(("footer", "bottom")):
        return "bottom"
    left = "left" in name or ("leftsidebar" in template.casefold() and name == "sidebar")
    return "right" if not left and ("right" in name or name.startswith("sidebar")) else "main"


class _Walk:
    def __init__(self, metadata: Body, sobject: str, page: LightningPage, known: Words) -> None:
        self.page, self._known = page, known
        self._base: Row = {"object": sobject, "surface": str(Surface.LIGHTNING), "surface_name": page.name}
        regions = bodies(metadata.get("flexiPageRegions"))
        self._facets = {text(one, "name"): one for one in regions if text(one, "type") != "Region"}
        self._read: set[str] = set()
        self._sections = 0
        self._counted: dict[str, int] = {}

    def items(self, region: Body, place: Place) -> None:
        for item in _items(region):
            if name := _field_of(item):
                self._add(place, self._field(name, item), _seen(place, item))
            else:
                self._component(item, _seen(place, item))

    def _component(self, component: Body, place: Place) -> None:
        name, given = text(component, "componentName"), _properties(component)
        if name == "flexipage:fieldSection":
            return self._section(component, place)
        if name in _LISTS:
            return self._list(given, place)
        if name == "record_flexipage:dynamicHighlights":
            self._highlights(component, place)
        elif name not in _HOLDERS:
            self._part(name, given, place)
        if name != "record_flexipage:dynamicHighlights":
            title = _title(given) if name in _HOLDERS else ""
            for facet in self._inside(component, place):
                self.items(facet, replace(place, tab=title or place.tab, depth=place.depth + 1))
        return None

    def _part(self, name: str, given: Mapping[str, str], place: Place) -> None:
        label = given.get("label") or given.get("title") or component_label(name)
        row = {"kind": str(Kind.COMPONENT), "field": name, "label": heading(label), "detail": place.tab}
        self._add(place, row, place)
        for told, leads_to in anchors(" ".join(given.values())):
            self._add(place, {"kind": str(Kind.LINK), "label": told, "detail": leads_to}, place)
        if name == "force:highlightsPanel":
            self.page.panels.append(place)
        elif name == "force:detailPanel":
            self.page.details.append(place)
        elif name == "force:relatedListContainer":
            for one in self._known.lists:
                kept = {key: one[key] for key in ("kind", "field", "label", "detail")}
                self._add(self._below(place), kept, place)

    def _list(self, given: Mapping[str, str], place: Place) -> None:
        name, known = given.get("relatedListApiName", ""), self._known
        of_layout = {one["field"]: one for one in known.lists}.get(name, {})
        label = given.get("relatedListLabel") or of_layout.get("label") or list_label(name, known.children)
        listed = of_layout.get("detail") or listed_object(name, known.children)
        row = {"kind": str(Kind.RELATED_LIST), "field": name, "label": heading(label), "detail": listed}
        self._add(self._below(place), row, place)

    def _below(self, place: Place) -> Place:
        after_details = bool(self.page.details or self._sections)
        return replace(place, region="bottom") if place.region == "main" and after_details and not place.tab else place

    def _section(self, section: Body, place: Place) -> None:
        self._sections += 1
        columns, others = self._columns(section, place)
        here = {
            "section": heading(_properties(section).get("label", "")),
            "section_position": self._sections,
            "region": place.region,
        }
        head = {"kind": str(Kind.SECTION), "label": here["section"], "conditional": place.conditional}
        self.page.rows.append({**self._base, **here, **head})
        for position, (column, row) in enumerate(row_by_row(columns), 1):
            self.page.rows.append({**self._base, **here, "column": column, "position": position, **row})
        for item, inner in others:
            self._component(item, inner)

    def _columns(self, section: Body, place: Place) -> tuple[list[list[Row]], list[tuple[Body, Place]]]:
        """The fields of each column, and what else stands in one."""
        columns: list[list[Row]] = []
        others: list[tuple[Body, Place]] = []
        for facet in self._inside(section, place):
            for column in _items(facet):
                outer = _seen(replace(place, depth=place.depth + 1), column)
                mine: list[Row] = []
                for item in [item for facet_body in self._inside(column, outer) for item in _items(facet_body)]:
                    inner = _seen(replace(outer, depth=outer.depth + 1), item)
                    if name := _field_of(item):
                        mine.append({**self._field(name, item), "conditional": inner.conditional})
                    else:
                        others.append((item, inner))
                columns.append(mine)
        return columns, others

    def _highlights(self, panel: Body, place: Place) -> None:
        items = [item for facet in self._inside(panel, place) for item in _items(facet)]
        for position, item in enumerate([item for item in items if _field_of(item)], 1):
            row = {**self._base, **self._field(_field_of(item), item), "surface": str(Surface.HIGHLIGHTS)}
            seen = _seen(place, item).conditional
            self.page.highlights.append({**row, "region": "top", "position": position, "conditional": seen})

    def _field(self, name: str, item: Body) -> Row:
        label = text(item, "label") or self._known.labels.get(name) or words(name.rpartition(".")[2])
        return {"kind": str(Kind.FIELD), "field": name, "label": label}

    def _add(self, where: Place, row: Row, seen: Place) -> None:
        self._counted[where.region] = position = self._counted.get(where.region, 0) + 1
        place = {"region": where.region, "position": position, "conditional": seen.conditional}
        self.page.rows.append({**self._base, **place, **row})

    def _inside(self, component: Body, place: Place) -> list[Body]:
        """The facets that its properties point at, each once."""
        found: list[Body] = []
        holds = text(component, "componentName").startswith("flexipage:")
        for name, value in _properties(component).items():
            facet = self._facets.get(value)
            if facet is None:
                if (holds and name in {"body", "tabs", "columns"}) or value.casefold().startswith("facet-"):
                    self._note(f"points at the facet {value}, which it does not have")
            elif value in self._read:
                self._note(f"uses the facet {value} twice or within itself; it was read once")
            elif place.depth >= DEEPEST:
                self._note(f"holds the facet {value} deeper than is followed")
            else:
                self._read.add(value)
                found.append(facet)
        return found

    def _note(self, said: str) -> None:
        self.page.notes.append(f"{self.page.name} {said}")


def _items(region: Body) -> list[Body]:
    """Components and fields of a region, whichever form the page is in."""
    new = [body(item.get("componentInstance")) or body(item.get("fieldInstance")) for item in _instances(region)]
    return [item for item in [*bodies(region.get("componentInstances")), *new] if item]


def _instances(region: Body) -> list[Body]:
    return bodies(region.get("itemInstances"))


def _field_of(item: Body) -> str:
    return re.sub(r"^Record\.", "", text(item, "fieldItem"))


def _title(given: Mapping[str, str]) -> str:
    """What a tab is called; Salesforce's own are kept as "Standard.Tab.relatedLists"."""
    title = given.get("title") or given.get("label") or ""
    own = title.removeprefix("Standard.Tab.")
    return title if own == title else words(own)


def _properties(component: Body) -> dict[str, str]:
    """Its properties; those with a list of values say nothing about where things are."""
    given = bodies(component.get("componentInstanceProperties"))
    return {text(one, "name"): value for one in given if (value := text(one, "value"))}


def _seen(place: Place, item: Body) -> Place:
    """The place of an item: conditional where a rule with a criterion says so, or something around it is."""
    rule = body(item.get("visibilityRule"))
    return replace(place, conditional=place.conditional or bool(bodies(rule.get("criteria"))))
