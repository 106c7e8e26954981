"""Metadata API XML as dictionaries, in the shape in which the Tooling API answers the same metadata in JSON."""

import re
from typing import Any
from xml.etree import ElementTree as ET

LARGEST = 10_000_000  # bytes; a profile of a big org has two million
DEEPEST = 40
# What the Metadata API repeats is an array in JSON, also where there is one of it.
_ARRAYS = frozenset({
    "actionOverrides", "columns", "compactLayouts", "componentInstanceProperties", "componentInstances",
    "criteria", "customButtons", "excludeButtons", "feedFilters", "fieldInstanceProperties", "fieldPermissions",
    "fields", "filters", "flexiPageRegions", "formFactors", "headers", "itemInstances", "layoutAssignments",
    "layoutColumns", "layoutItems", "layoutSections", "listViews", "multilineLayoutFields",
    "platformActionListItems", "profileActionOverrides", "properties", "quickActionListItems",
    "relatedContentItems", "relatedLists", "relatedObjects", "summaryLayoutItems", "tabVisibilities", "tabs",
    "valueListItems",
})  # fmt: skip
# Empty, these are objects without members; whatever else is empty is empty text.
_OBJECTS = frozenset(
    {"layoutColumns", "layoutItems", "layoutSections", "flexiPageRegions", "itemInstances", "template"}
)
_FLAGS = {"true": True, "false": False}
_TEXTS = frozenset({"value", "label", "masterLabel", "title", "description", "comment"})  # even when they say "true"
# Packages write these where their namespace goes.
_PLACEHOLDER = re.compile(r"%%%[A-Z_]+%%%|___[A-Z_]+___")


class UnreadableMetadata(ValueError):
    """The text is no metadata; says why."""


class _Builder(ET.TreeBuilder):
    """Refuses what could make entities: with them a small file unfolds into gigabytes, or reads others."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002 - as it is called
        raise UnreadableMetadata("it has a DOCTYPE, which metadata has not; remove it")


def parse(content: bytes) -> tuple[str, dict[str, Any]]:
    """The type (Layout, FlexiPage, …) and the body. Flags become booleans, repeated elements arrays, all else stays
    text; placeholders of a namespace are left out. Raises UnreadableMetadata."""
    if len(content) > LARGEST:
        raise UnreadableMetadata(f"it has more than {LARGEST:,} bytes")
    parser = ET.XMLParser(target=_Builder())  # noqa: S314 - no DOCTYPE, so no entities; nor is anything fetched
    try:
        parser.feed(content)
        root = parser.close()
    except ET.ParseError as error:
        raise UnreadableMetadata(f"it is no XML ({error})") from None
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise error if isinstance(error, UnreadableMetadata) else UnreadableMetadata(str(error)) from None
    body = _value(root, 0)
    return _name(root), body if isinstance(body, dict) else {}


def without_placeholders(text: str) -> str:
    """The text without placeholders of a namespace: %%%NAMESPACE%%%Donation is Donation."""
    return _PLACEHOLDER.sub("", text)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: ET.Element, depth: int) -> Any:
    if depth > DEEPEST:
        raise UnreadableMetadata(f"its elements are nested deeper than {DEEPEST}")
    name = _name(element)
    if len(element) == 0 and depth:
        text = without_placeholders((element.text or "").strip())
        return {} if not text and name in _OBJECTS else text if name in _TEXTS else _FLAGS.get(text, text)
    found: dict[str, Any] = {}
    for child in element:
        key, value = _name(child), _value(child, depth + 1)
        if key in found and not isinstance(found[key], list):
            found[key] = [found[key]]
        if key in _ARRAYS or key in found:
            found.setdefault(key, []).append(value)
        else:
            found[key] = value
    return found
