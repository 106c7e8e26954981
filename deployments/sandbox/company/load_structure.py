"""The structure of an org from files that its own tools write: metadata as XML, and answers of its API as JSON.

A file that cannot be read is named with the reason, and the others are read.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from deployments.sandbox.company import metadata_xml
from deployments.sandbox.company.metadata_xml import UnreadableMetadata, without_placeholders
from deployments.sandbox.company.structure_kinds import KINDS, Keep, Loaded, keep_described, keep_page
from deployments.sandbox.company.structure_loaded import finished
from deployments.sandbox.salesforce.structure import Structure

FOLDERS = frozenset({"layouts", "flexipages", "compactLayouts", "listViews", "objects", "applications", "profiles"})
SUFFIXES = {  # what a file's name ends with, before "-meta.xml" or ".xml"
    ".layout": "Layout", ".flexipage": "FlexiPage", ".compactLayout": "CompactLayout", ".listView": "ListView",
    ".object": "CustomObject", ".app": "CustomApplication", ".profile": "Profile",
}  # fmt: skip
OBJECTS = ("Account", "Contact", "Lead", "Opportunity", "Task", "Event")
_NOT_OURS = {"slack.json"}


@dataclass(frozen=True)
class LoadedStructure:
    """What the files come to. `settings` lead to it (the app, pages of the org, the profile); `profiles` are the
    profiles they name; `remarks` say which file was not read and why."""

    structure: Structure = field(default_factory=Structure)
    settings: Mapping[str, str] = field(default_factory=dict)
    profiles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def is_structure(path: Path) -> bool:
    """Whether this is a file or folder of the structure, at the top of a company's directory."""
    if path.is_dir():
        return path.name in FOLDERS
    return bool(_kind(path)) or (path.suffix == ".json" and path.name.lower() not in _NOT_OURS)


def load_structure(directory: Path, *, profiles: Iterable[str] = ()) -> LoadedStructure:
    """The structure in `directory` and its folders; nothing at all for none. Layouts that no profile file assigns are
    those of `profiles`."""
    loaded, remarks = Loaded(), []
    for path in _files(directory):
        try:
            _read(path, loaded)
        except UnreadableMetadata as error:
            remarks.append(f"{path.relative_to(directory)}: {error}")
    structure, settings = finished(loaded, tuple(profiles), remarks)
    return LoadedStructure(structure, settings, tuple(sorted(loaded.profiles)), tuple(remarks))


def _files(directory: Path) -> Iterator[Path]:
    for path in sorted(directory.iterdir()):
        if path.name.startswith(".") or path.name.lower().startswith("readme") or not is_structure(path):
            continue
        if path.is_dir():
            yield from sorted(
                found for found in path.rglob("*") if found.is_file() and found.suffix in {".xml", ".json"}
            )
        else:
            yield path


def _kind(path: Path) -> str:
    name = path.name.removesuffix(".xml").removesuffix("-meta")
    return next((kind for suffix, kind in SUFFIXES.items() if name.endswith(suffix)), "")


def _full_name(path: Path) -> str:
    """`Account-Household Layout`, of whatever the file is called: file names are percent-encoded."""
    name = path.name.removesuffix(".xml").removesuffix("-meta")
    suffix = next((suffix for suffix in SUFFIXES if name.endswith(suffix)), Path(name).suffix)
    return without_placeholders(unquote(name.removesuffix(suffix)))


def _read(path: Path, loaded: Loaded) -> None:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableMetadata(str(error.strerror)) from None
    if path.suffix == ".json":
        _read_json(path, content, loaded)
        return
    kind, body = metadata_xml.parse(content)
    keep = KINDS.get(kind)
    if keep is None:
        raise UnreadableMetadata(f"it is a {kind}, of which the sandbox makes nothing; leave it out")
    _keep(keep, loaded, _full_name(path), body, path)


def _keep(keep: Keep, loaded: Loaded, name: str, body: dict[str, Any], path: Path) -> None:
    """Salesforce's own files have these shapes; what somebody typed may have any."""
    under = path.parent.parent.name if path.parent.parent.parent.name == "objects" else ""
    try:
        keep(loaded, name, body, under)
    except (AttributeError, KeyError, TypeError) as error:
        raise UnreadableMetadata(
            f"it does not have the shape of its kind ({error!r}); compare it with another"
        ) from None


def _read_json(path: Path, content: bytes, loaded: Loaded) -> None:
    try:
        body = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableMetadata(f"it is no JSON ({error})") from None
    if not isinstance(body, dict):
        raise UnreadableMetadata("it is no answer of Salesforce: a list or a single value")
    metadata = body.get("Metadata", body)
    name = str(body.get("FullName") or body.get("DeveloperName") or _full_name(path))
    if isinstance(metadata, dict) and "flexiPageRegions" in metadata:
        _keep(keep_page, loaded, name, metadata, path)
    elif isinstance(metadata, dict) and "layoutSections" in metadata:
        _keep(KINDS["Layout"], loaded, name, metadata, path)
    elif "layouts" in body or "detailLayoutSections" in body:
        one = {"layouts": [body], "recordTypeMappings": [], "recordTypeSelectorRequired": [False]}
        keep_described(loaded, _object_of(path, body), body if "layouts" in body else one)
    else:
        raise UnreadableMetadata("it is neither an answer of describe/layouts, nor a Lightning page, nor a page layout")


def _object_of(path: Path, body: Mapping[str, Any]) -> str:
    """The object of an answer of describe/layouts: it does not say, but for the addresses in it."""
    stem = path.name.lower()
    text = json.dumps(body.get("recordTypeMappings", []))
    named = [
        name for name in OBJECTS if stem.startswith(name.lower()) and not stem[len(name) : len(name) + 1].isalpha()
    ]
    told = [name for name in OBJECTS if f"/sobjects/{name}/" in text]
    found = next(iter((*named, *told)), None)
    if found is None:
        raise UnreadableMetadata("it does not say which object it is of; call it like Opportunity.layouts.json")
    return found
