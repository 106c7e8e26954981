"""Page layouts as rows of the facts: as REST describes them to the caller, and as metadata has them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tasks.rules.bodies import Body, Row, bodies, body, flag, row_by_row, text
from tasks.rules.org_facts import Kind, Surface
from tasks.rules.page_labels import Words, heading, list_label, listed_object, words

NOT_SHOWN: Final = "heading not shown"  # `detail` of a section whose heading users do not see
# Whatever else a layout item may be, as metadata names it.
_PARTS: Final = ("page", "component", "canvas", "scontrol", "reportChartComponent", "analyticsCloudComponent")
Cell = tuple[int, Row]


@dataclass(frozen=True)
class PageLayout:
    """One page layout, taken for itself: see `surfaces` for what users see of it.

    rows     its sections, fields, links and other parts, row by row, in the region "main"
    lists    its related lists; on a page without a Lightning page they stand below the details: region "bottom"
    labels   what it calls its fields, by API name; metadata does not say
    """

    name: str
    rows: tuple[Row, ...] = ()
    lists: tuple[Row, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def described_layout(layout: Body, sobject: str, name: str) -> PageLayout:
    """A layout as `sobjects/{object}/describe/layouts` answers it, with labels. Pages show its `detailLayoutSections`.

    A section's heading is taken also where `useHeading` is false; `detail` then says that it is not shown.
    """
    base = _base(sobject, name)
    rows: list[Row] = []
    labels: dict[str, str] = {}
    for number, section in enumerate(bodies(layout.get("detailLayoutSections")), 1):
        cells = list(_described_cells(section))
        labels |= {row["field"]: row["label"] for _, row in cells if row["kind"] == Kind.FIELD}
        shown = section.get("useHeading") is not False
        rows += _section(base, number, text(section, "heading"), cells, shown=shown)
    lists = [
        {**base, **_listed(text(one, "name"), text(one, "label"), text(one, "sobject")), "position": position}
        for position, one in enumerate(bodies(layout.get("relatedLists")), 1)
    ]
    return PageLayout(name, tuple(rows), tuple(lists), labels)


def metadata_layout(layout: Body, sobject: str, name: str, known: Words) -> PageLayout:
    """A layout as the Metadata and Tooling APIs have it; `known.lists` is not looked at."""
    base = _base(sobject, name)
    rows: list[Row] = []
    for number, section in enumerate(bodies(layout.get("layoutSections")), 1):
        columns = [bodies(column.get("layoutItems")) for column in bodies(section.get("layoutColumns"))]
        cells = [(column, _metadata_cell(item, known)) for column, item in row_by_row(columns)]
        shown = flag(section, "detailHeading")
        rows += _section(base, number, heading(text(section, "label")), [c for c in cells if c[1]], shown=shown)
    names = [text(one, "relatedList") for one in bodies(layout.get("relatedLists"))]
    lists = [
        {
            **base,
            **_listed(one, list_label(one, known.children), listed_object(one, known.children)),
            "position": position,
        }
        for position, one in enumerate(filter(None, names), 1)
    ]
    return PageLayout(name, tuple(rows), tuple(lists))


def custom_links(layout: Body) -> set[str]:
    """Names of the custom links in a layout's metadata, which says neither their labels nor where they lead."""
    return {
        link
        for section in bodies(layout.get("layoutSections"))
        for column in bodies(section.get("layoutColumns"))
        for item in bodies(column.get("layoutItems"))
        if (link := text(item, "customLink"))
    }


def described_links(layout: Body) -> dict[str, Body]:
    """The custom links of a described layout, by name, as `page_labels.Words.links` has them."""
    items = [item for section in bodies(layout.get("detailLayoutSections"))
             for row in bodies(section.get("layoutRows")) for item in bodies(row.get("layoutItems"))]  # fmt: skip
    links = [body(part.get("customLink")) for item in items for part in bodies(item.get("layoutComponents"))]
    return {text(link, "name"): {"MasterLabel": link.get("label"), "Url": link.get("url")} for link in links if link}


def _base(sobject: str, name: str) -> Row:
    return {"object": sobject, "surface": str(Surface.LAYOUT), "surface_name": name, "region": "main"}


def _section(base: Row, number: int, title: str, cells: Iterable[Cell], *, shown: bool) -> list[Row]:
    place = {**base, "section": title, "section_position": number}
    head = {"kind": str(Kind.SECTION), "label": title, "detail": "" if shown or not title else NOT_SHOWN}
    inside = [{**place, "column": column, "position": n, **row} for n, (column, row) in enumerate(cells, 1)]
    return [{**place, **head}, *inside]


def _described_cells(section: Body) -> Iterable[Cell]:
    for row in bodies(section.get("layoutRows")):
        for column, item in enumerate(bodies(row.get("layoutItems")), 1):
            yield from ((column, cell) for cell in _described_item(item))


def _described_item(item: Body) -> Iterable[Row]:
    """What one item shows: "Created By" is a user, a comma and a date; the item's label is that of the first."""
    label = text(item, "label")
    for part in bodies(item.get("layoutComponents")):
        kind, value = text(part, "type"), text(part, "value")
        if kind == "Field":
            yield _field(value, label or text(body(part.get("details")), "label") or words(value))
            label = ""
        elif kind == "CustomLink":
            link = body(part.get("customLink"))
            yield _link(text(link, "label") or label or value, text(link, "url") or text(link, "content"))
        elif kind not in {"Separator", "EmptySpace", ""}:
            yield _part(value or kind, label)


def _metadata_cell(item: Body, known: Words) -> Row:
    if name := text(item, "field"):
        return _field(name, known.labels.get(name) or words(name))
    if name := text(item, "customLink"):
        link = known.links.get(name, {})
        return _link(text(link, "MasterLabel") or words(name), text(link, "Url"))
    part: Any = next((item[kind] for kind in _PARTS if item.get(kind)), None)
    return _part(text(body(part), "reportName") or "chart" if isinstance(part, Mapping) else str(part)) if part else {}


def _field(name: str, label: str) -> Row:
    return {"kind": str(Kind.FIELD), "field": name, "label": label}


def _link(label: str, leads_to: str) -> Row:
    return {"kind": str(Kind.LINK), "label": label, "detail": leads_to}


def _part(name: str, label: str = "") -> Row:
    return {"kind": str(Kind.COMPONENT), "field": name, "label": label or words(name)}


def _listed(name: str, label: str, sobject: str) -> Row:
    kind = str(Kind.RELATED_LIST)
    return {"region": "bottom", "kind": kind, "field": name, "label": label or words(name), "detail": sobject}
