"""Orgs, expectations and records in which each row states only what matters. The check runs on Mon 2026-11-23."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from tasks.rules.expected import Claim, Expectation
from tasks.rules.layouts import judged
from tasks.rules.org_facts import (
    Kind,
    OrgFacts,
    RecordFacts,
    Surface,
    Unread,
    catalogue_frame,
    facts_frame,
    trail_frame,
)
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Status, Verdict

AS_OF = date(2026, 11, 23)
POLICY = ValidationPolicy()
LIGHTNING, LAYOUT, HIGHLIGHTS = Surface.LIGHTNING, Surface.LAYOUT, Surface.HIGHLIGHTS
NAMES = {LIGHTNING: "Record Page", LAYOUT: "Layout", HIGHLIGHTS: "Compact"}
Row = dict[str, Any]


def expect(claim: Claim, of: str = "Account", **given: Any) -> Expectation:
    return Expectation(of, claim, **({"sentence": "", "file": "accounts.yml", "line": 27} | given))


def page(
    sections: Mapping[str, Sequence[str | Row]], surface: Surface = LIGHTNING, of: str = "Account", **given: Any
) -> list[Row]:
    """The sections of a page in order, each with its fields by label, or rows of their own."""
    rows: list[Row] = []
    for number, (heading, items) in enumerate(sections.items(), start=1):
        place = {"object": of, "surface": surface, "surface_name": f"{of} {NAMES[surface]}", "region": "main",
                 "section": heading, "section_position": number, **given}  # fmt: skip
        rows.append({**place, "kind": Kind.SECTION, "label": heading})
        for position, item in enumerate(items, start=1):
            own = {"label": item} if isinstance(item, str) else item
            name = own["label"].replace(" ", "_") + "__c"
            rows.append({**place, "kind": Kind.FIELD, "field": name, "position": position, "column": 1, **own})
    return rows


def highlights(*labels: str | Row, of: str = "Account", **given: Any) -> list[Row]:
    """The fields of the compact layout, in order."""
    rows = page({"": labels}, HIGHLIGHTS, of, **({"region": "top", "section_position": 0} | given))
    return [row for row in rows if row["kind"] == Kind.FIELD]


def part(label: str, name: str = "", region: str = "right", of: str = "Account", **given: Any) -> Row:
    """A component, or whatever `kind` says, of the Lightning page."""
    return {"object": of, "surface": LIGHTNING, "surface_name": f"{of} Record Page", "region": region,
            "kind": Kind.COMPONENT, "field": name, "label": label, **given}  # fmt: skip


def link(label: str, leads_to: str = "https://drive.google.com/drive/search?q=", **given: Any) -> Row:
    return {"label": label, "kind": Kind.LINK, "detail": leads_to, **given}


def tab(label: str, *, on: bool = True, **given: Any) -> Row:
    return {"surface": Surface.TABS, "surface_name": "Standard User", "kind": Kind.TAB, "label": label, "visible": on,
            "field": label.removesuffix("s"), **given}  # fmt: skip


def view(label: str, *filters: str, shared: bool = True, scope: str = "everything", of: str = "Account") -> list[Row]:
    base = {"object": of, "surface": Surface.LIST_VIEW, "surface_name": label}
    head = {**base, "kind": Kind.VIEW, "label": label, "field": label.replace(" ", ""), "visible": shared,
            "detail": scope}  # fmt: skip
    return [head, *({**base, "kind": Kind.FILTER, "section": label, "label": text} for text in filters)]


def fields(*labels: str, of: str = "Account") -> list[Row]:
    """Fields of the object's catalogue: "Label", "Label: Api_Name" or "Label: Api_Name: type"."""
    rows = []
    for text in labels:
        label, name, kind = [*text.split(": "), "", ""][:3]
        name = name or label.replace(" ", "_") + "__c"
        rows.append({"object": of, "label": label, "field": name, "type": kind or "string"})
    return rows


def org(
    *rows: Iterable[Row] | Row,
    catalogue: Iterable[Row] = (),
    trail: Iterable[Row] = (),
    unread: Iterable[Unread] = (),
    notes: tuple[str, ...] = (),
) -> OrgFacts:
    flat = [row for some in rows for row in ([some] if isinstance(some, dict) else some)]
    return OrgFacts(
        "Standard User", facts_frame(flat), catalogue_frame(catalogue), trail_frame(trail), tuple(unread), notes
    )


def told(verdict: Verdict) -> tuple[str, ...]:
    """What differs, in sentences, or the verdict in a word and why."""
    if verdict.status is Status.DIFFERS:
        return tuple(f"{one.said} ({one.near})" if one.near else one.said for one in verdict.discrepancies)
    return (str(verdict.status), *([verdict.found] if verdict.found else []))


def told_of(claim: Claim, facts: OrgFacts, **given: Any) -> tuple[str, ...]:
    return told(judged(expect(claim, **given), facts, POLICY))


def records(of: str = "Account", rows: Iterable[Row] = (), **given: Any) -> RecordFacts:
    """Records of one object, each with an Id and Name of its own where it says none."""
    named = [{"Id": f"001{number:03}", "Name": f"Record {number}", **row} for number, row in enumerate(rows, start=1)]
    frame = pd.DataFrame(named, columns=None if named else ["Id", "Name"])
    return RecordFacts(frames={of: frame}, **given)
