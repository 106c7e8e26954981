"""What one expectation claims: the keys of each kind of claim, and the claims that are about structure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tasks.expectation_mistakes import one_of, shown
from tasks.expectation_records import records
from tasks.expectation_sheet import Said, Sheet
from tasks.expectation_yaml import Entries, Listing, Node, Text
from tasks.rules.expected import (
    SECOND,
    TOP,
    ByEye,
    Claim,
    Components,
    DefaultListView,
    Link,
    Section,
    Side,
    TabShown,
    TabsOnly,
)

# As Salesforce's list views name them; of filters: "Type equals Customer".
OPERATORS: Final = (
    "equals", "notEqual", "lessThan", "greaterThan", "lessOrEqual", "greaterOrEqual", "contains", "notContain",
    "startsWith", "includes", "excludes", "within",
)  # fmt: skip
_FILTER: Final = re.compile(rf"\S.* ({'|'.join(OPERATORS)}) \S.*", re.IGNORECASE)

Keys = Mapping[str, Said]
Reader = Callable[[Sheet, Keys, str], Claim | None]


@dataclass(frozen=True)
class Kind:
    """One kind of claim: any of `says` makes an expectation one, `along` may come with them."""

    says: tuple[str, ...]
    along: tuple[str, ...]
    read: Reader
    needs_object: bool = True
    needs_none: bool = False


def claim(sheet: Sheet, keys: Keys, line: int, sobject: str) -> Claim | None:
    """The one thing that the expectation of these keys claims; None where it claims nothing, or two things, or is
    wrong, which is then said. `sobject` is "" in a file that is about no object."""
    said = [(kind, key) for key in keys for kind in KINDS if key in kind.says]
    kinds = list(dict.fromkeys(kind for kind, _ in said))
    if not said:
        _nothing(sheet, keys, line)
        return None
    if len(kinds) > 1:
        second = next(key for kind, key in said if kind == kinds[1])
        both = f"“{said[0][1]}” and “{second}”"
        remedy = "make two expectations of it (they may quote the same sentence)"
        sheet.wrong(keys[second].line, f"one expectation says one thing, this one says two, {both}: {remedy}")
        return None
    kind, key = said[0]
    strays = [one for one in keys if one in COMPANIONS and one not in kind.along]
    for stray in strays:
        sheet.wrong(keys[stray].line, f"“{stray}” cannot stand with “{key}”: it belongs to {COMPANIONS[stray]}")
    if kind.needs_object and not sobject:
        sheet.wrong(keys[key].line, f"“{key}” is about an object: move it to a file that has “object:” at its top")
        return None
    if kind.needs_none and sobject:
        sheet.wrong(keys[key].line, f"“{key}” is about no object: move it to tabs.yml")
        return None
    read = kind.read(sheet, keys, sobject)
    return None if strays else read


def _nothing(sheet: Sheet, keys: Keys, line: int) -> None:
    alone = next((key for key in keys if key in COMPANIONS), "")
    if alone:
        sheet.wrong(keys[alone].line, f"“{alone}” alone says nothing: it belongs to {COMPANIONS[alone]}")
    else:
        sheet.wrong(line, f"nothing to check is said here: add {one_of(CLAIMS)}")


def _tabs_only(sheet: Sheet, keys: Keys, _: str) -> TabsOnly | None:
    tabs = sheet.texts(keys["tabs only"], "tabs only")
    return None if tabs is None else TabsOnly(tabs)


def _tab(sheet: Sheet, keys: Keys, _: str) -> TabShown | None:
    tab = sheet.text(keys["tab"].node, "tab")
    return None if tab is None else TabShown(tab)


def _list_view(sheet: Sheet, keys: Keys, _: str) -> DefaultListView | None:
    view = sheet.text(keys["default list view"].node, "default list view")
    said = keys.get("filtered by")
    filters = sheet.texts(said, "filtered by", empty=True)
    items = said.node.items if said and isinstance(said.node, Listing) else ()
    for item, one in zip(items, filters or (), strict=False):
        if not _FILTER.fullmatch(one):
            remedy = f"write a field, one of {', '.join(OPERATORS)}, and a value, such as “Type equals Customer”"
            sheet.wrong(item.line, f"{shown(one)} is no filter: {remedy}")
    return None if view is None or filters is None else DefaultListView(view, filters if said else None)


def _section(sheet: Sheet, keys: Keys, _: str) -> Section | None:
    heading = sheet.text(keys["section"].node, "section") if "section" in keys else ""
    first = sheet.names(keys.get("starts with"), "starts with")
    others = sheet.names(keys.get("includes"), "includes")
    links = _links(sheet, keys.get("links"))
    side = _side(sheet, keys)
    if heading is None or first is None or others is None or links is None or (side is None and "on the" in keys):
        return None
    fields = {one.casefold() for one in first}
    if both := next((one for one in others if one.casefold() in fields), ""):
        sheet.wrong(keys["includes"].line, f"{shown(both)} is in “starts with” already: take it out here")
        return None
    by_place = next((place for place in (TOP, SECOND) if place == heading.casefold()), heading)
    return Section(by_place, first, others, links, side)


def _links(sheet: Sheet, said: Said | None) -> tuple[Link, ...] | None:
    items = () if said is None else sheet.listed(said, "links")
    if items is None:
        return None
    read = [(item.line, _link(sheet, item)) for item in items]
    links = [(line, one) for line, one in read if one is not None]
    sheet.once([(line, one.label) for line, one in links], "links")
    sheet.labels += [one.label for _, one in links]
    return tuple(one for _, one in links) if len(links) == len(read) else None


def _link(sheet: Sheet, item: Node) -> Link | None:
    if not (isinstance(item, Entries) and len(item.pairs) == 1):
        label = sheet.text(item, "links")
        return None if label is None else Link(label)
    [(key, address)] = item.pairs
    label, leads_to = sheet.text(key, "links"), sheet.text(address, key.value if isinstance(key, Text) else "links")
    if leads_to and " " in leads_to:
        remedy = "write a part of the address, such as drive.google.com, or put the whole label in quotes"
        sheet.wrong(address.line, f"{shown(leads_to)} is no address: {remedy}")
        return None
    return None if label is None or leads_to is None else Link(label, leads_to)


def _components(sheet: Sheet, keys: Keys, _: str) -> Components | None:
    components = sheet.texts(keys["components"], "components")
    if "on the" not in keys:
        sheet.wrong(keys["components"].line, f"“components” needs its side: add “on the:” {one_of(Side)}")
        return None
    side = _side(sheet, keys)
    return None if components is None or side is None else Components(components, side)


def _side(sheet: Sheet, keys: Keys) -> Side | None:
    return sheet.choice(keys["on the"], "on the", tuple(Side)) if "on the" in keys else None


def _by_eye(sheet: Sheet, keys: Keys, _: str) -> ByEye | None:
    what = sheet.text(keys["needs eyes"].node, "needs eyes")
    return None if what is None else ByEye(what)


def _records(sheet: Sheet, keys: Keys, sobject: str) -> Claim | None:
    return records(sheet, keys["records"], sobject)


KINDS: Final[Sequence[Kind]] = (
    Kind(("tabs only",), (), _tabs_only, needs_object=False, needs_none=True),
    Kind(("tab",), (), _tab, needs_object=False),
    Kind(("default list view",), ("filtered by",), _list_view),
    Kind(("section", "starts with", "includes", "links"), ("on the",), _section),
    Kind(("components",), ("on the",), _components),
    Kind(("records",), (), _records),
    Kind(("needs eyes",), (), _by_eye, needs_object=False),
)
CLAIMS: Final = tuple(key for kind in KINDS for key in kind.says)
COMPANIONS: Final[Mapping[str, str]] = {
    "on the": "a “section” or to “components”",
    "filtered by": "a “default list view”",
}
