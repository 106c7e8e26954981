"""Parts of a Lightning page and related lists: what must stand on a side of it (handbook L158, L166, L174). Pure."""

import re
from typing import Final

import pandas as pd

from tasks.rules.expected import Components, Expectation, Side
from tasks.rules.judging import quoted, unchecked, verdict_of
from tasks.rules.labels import given_for, picked, plain
from tasks.rules.layout_places import PAGES, elsewhere_said, rows_of, side_said, surface_said, where_said
from tasks.rules.near_misses import near
from tasks.rules.org_facts import Kind, OrgFacts, Surface
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Discrepancy, Verdict

_PARTS: Final = (Kind.COMPONENT, Kind.RELATED_LIST, Kind.SECTION, Kind.LINK)


def components(expectation: Expectation, claim: Components, facts: OrgFacts, policy: ValidationPolicy) -> Verdict:
    """The verdict on what stands on a side: by the signs of `policy`, by label, or by what `fields` gives. What is on
    the right of an object without a Lightning page no API tells: could not check."""
    sobject = expectation.object
    rows = rows_of(facts, sobject, *PAGES)
    unread = facts.why_unread(Surface.LIGHTNING, sobject) or facts.why_unread(Surface.LAYOUT, sobject)
    if rows.empty:
        return unchecked(expectation, unread or f"no page of {sobject} was read")
    surface = surface_said(rows)
    if claim.side is Side.RIGHT and not rows["surface"].eq(Surface.LIGHTNING).any():
        none = f"{sobject} has no Lightning page of its own: what stands on its right no API tells"
        return unchecked(expectation, unread or none, surface)
    wrong, remarks = [], []
    for label in claim.components:
        there = _called(rows, label, expectation, policy)
        here = there[there["region"].eq(claim.side)]
        if here.empty:
            unused = _called(rows_of(facts, sobject, *PAGES, in_use=False), label, expectation, policy)
            wrong.append(_not_there(label, there, unused, rows, claim))
        elif here["conditional"].all():
            remarks.append(f"{quoted(label)} is shown to some only")
    if wrong and unread:
        return unchecked(expectation, unread, surface)
    return verdict_of(expectation, wrong, surface, remarks)


def _called(rows: pd.DataFrame, label: str, expectation: Expectation, policy: ValidationPolicy) -> pd.DataFrame:
    given = given_for(label, expectation)
    names = {plain(label), plain(given or label)}
    signs = [re.compile(sign, re.IGNORECASE) for sign in policy.signs_of(label)]

    def fits(kind: str, name: str, said: str) -> bool:
        if plain(said) in names or name.casefold() in names:
            return True
        return kind in _PARTS and any(sign.search(name) or sign.search(said) for sign in signs)

    return picked(rows, (fits(*row) for row in zip(rows["kind"], rows["field"], _heads(rows), strict=True)))


def _heads(rows: pd.DataFrame) -> pd.Series:
    """What users read: a section's heading, else the label."""
    return rows["section"].where(rows["kind"].eq(Kind.SECTION), rows["label"])


def _not_there(
    label: str, elsewhere: pd.DataFrame, unused: pd.DataFrame, rows: pd.DataFrame, claim: Components
) -> Discrepancy:
    if len(elsewhere):
        return Discrepancy(f"side|{label}", f"{quoted(label)} is {where_said(elsewhere)}, not {side_said(claim.side)}")
    if len(unused):
        return Discrepancy(f"missing|{label}", f"{quoted(label)} is {elsewhere_said(unused, rows)}")
    parts = rows[rows["kind"].isin(_PARTS)]
    labels = [said for said in _heads(parts) if said]
    return Discrepancy(f"missing|{label}", f"{quoted(label)} is missing", near(label, labels, but=claim.components))
