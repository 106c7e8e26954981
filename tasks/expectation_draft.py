"""What Salesforce looks like today, written as files of expectations, so that nobody starts from nothing.

A draft quotes no sentence: it says so in each place, and `python -m expectations check` names each until somebody has
put the handbook's sentence there, or has taken the expectation out.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd
import yaml

from tasks.expectation_language import OURS
from tasks.rules.labels import plain
from tasks.rules.org_facts import Kind, OrgFacts, Surface

_HEADER: Final = "# yaml-language-server: $schema=expectations.schema.json\n"
_SIDES: Final = ("right", "bottom")
_PARTS: Final = (Kind.COMPONENT, Kind.RELATED_LIST)
_WIDTH: Final = 118
Entry = dict[str, Any]


def drafted(facts: OrgFacts, day: date) -> dict[str, str]:
    """The text of each file by its name, for what users of `facts.profile` see on that day: their tabs, and of each
    object the highlights, the sections and the sides. An object of which nothing was read has no file."""
    files: dict[str, str] = {}
    for file, sobject in OURS.items():
        own = facts.facts[facts.facts["object"].eq(sobject) & facts.facts["in_use"] & facts.facts["visible"]]
        fields: dict[str, str] = {}
        expect = _page(own, fields) if sobject else _tabs(facts.facts)
        if expect:
            said = f"As users of {facts.profile} saw it on {day.day} {day:%b %Y}. Quote the handbook's sentence here."
            files[file] = _written(sobject, fields, [{"handbook": said, **one} for one in expect])
    return files


def _tabs(facts: pd.DataFrame) -> list[Entry]:
    shown = facts[facts["kind"].eq(Kind.TAB) & facts["surface"].eq(Surface.TABS) & facts["visible"]]
    return [{"tabs only": _once(shown["label"])}] if len(shown) else []


def _page(own: pd.DataFrame, fields: dict[str, str]) -> list[Entry]:
    """The expectations of one object; API names of labels that several fields have are added to `fields`."""
    expect: list[Entry] = []
    top = own[own["surface"].eq(Surface.HIGHLIGHTS) & own["kind"].eq(Kind.FIELD)]
    if len(top):
        expect.append({"section": "top", "starts with": _labels(top, fields)})
    page = own[own["surface"].isin([Surface.LAYOUT, Surface.LIGHTNING])]
    inside = page[page["kind"].eq(Kind.FIELD) & page["section"].ne("")]
    for heading, rows in inside.groupby("section", sort=False):
        expect.append({"section": str(heading), "includes": _labels(rows, fields)})
    for side in _SIDES:
        parts = page[page["region"].eq(side) & page["kind"].isin(_PARTS) & page["label"].ne("")]
        if len(parts):
            expect.append({"on the": side, "components": _once(parts["label"])})
    if len(own):
        expect.append({"needs eyes": "The list view that is pinned is the one that everybody should begin with"})
    return expect


def _labels(rows: pd.DataFrame, fields: dict[str, str]) -> list[str]:
    """The labels in reading order. Where two fields of the object have one label, the second is called by both."""
    said: list[str] = []
    for label, name in dict.fromkeys(zip(rows["label"], rows["field"], strict=True)):
        taken = {plain(one): api for one, api in fields.items()}.get(plain(label), name)
        own = label if taken == name else f"{label} ({name})"
        if own and plain(own) not in map(plain, said):
            fields[own] = name
            said.append(own)
    return said


def _once(labels: Iterable[str]) -> list[str]:
    """Each label once, whatever its case."""
    return list({plain(label): label for label in reversed(list(labels))}.values())[::-1]


def _written(sobject: str, fields: Mapping[str, str], expect: list[Entry]) -> str:
    head: Entry = {"object": sobject} if sobject else {}
    if fields:
        head["fields"] = dict(fields)
    text: str = yaml.safe_dump(
        {**head, "expect": expect}, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False
    )
    return _HEADER + text.replace("\n- handbook:", "\n\n- handbook:")
