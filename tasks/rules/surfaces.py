"""What users of a profile see of an object: highlights, page layout and Lightning page put together. Pure.

Without a Lightning page they see Salesforce's own: highlights, the page layout's details, its related lists below.
With one, the page decides: its own sections (Dynamic Forms), the page layout where it has a details component, or both;
the compact layout where it has a highlights panel. What is not shown stays in the facts, not in use.
"""

from collections.abc import Iterator, Sequence

from tasks.rules.bodies import Row
from tasks.rules.highlights import CompactLayout
from tasks.rules.lightning_pages import LightningPage, Place
from tasks.rules.page_layouts import PageLayout

_FIRST = Place("main")


def rows_in_use(layout: PageLayout | None, compact: CompactLayout | None, page: LightningPage | None) -> list[Row]:
    """All rows of the object with `in_use`; any of the three may be missing. Related lists of the page layout are only
    in use without a Lightning page: with one, they stand among its own rows, where they are shown."""
    panels = page.panels if page else [_FIRST]
    details = page.details if page else [_FIRST]
    fixed = compact.rows if compact else ()
    rows = [{**row, "in_use": bool(panels), "conditional": _for_some(panels)} for row in fixed]
    if page:
        rows += [{**row, "in_use": True} for row in page.highlights]
    if layout:
        rows += _placed(layout.rows, details)
        rows += [{**row, "in_use": page is None} for row in layout.lists]
    if page:
        rows += [{**row, "in_use": True} for row in page.rows]
    return rows


def remarks(page: LightningPage | None) -> Iterator[str]:
    """What is worth knowing of how the page is made, a sentence each."""
    if page is None:
        return
    yield from page.notes
    if not page.panels and not page.highlights:
        yield f"{page.name} has no highlights panel: the compact layout is not shown"
    if not page.details and not page.has_sections:
        yield f"{page.name} shows no details: neither the page layout nor sections of its own"


def _placed(rows: Sequence[Row], details: Sequence[Place]) -> list[Row]:
    region = details[0].region if details else "main"
    return [{**row, "in_use": bool(details), "region": region, "conditional": _for_some(details)} for row in rows]


def _for_some(places: Sequence[Place]) -> bool:
    return bool(places) and all(place.conditional for place in places)
