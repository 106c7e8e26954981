"""Sections of a page: by name, at the top, the second one, or anywhere (handbook L154 to L157, L163 to L165, L171 to
L173, L179; "appear first" is either the highlights or the first section). Pure."""

from typing import Final

import pandas as pd

from tasks.rules.expected import SECOND, TOP, Components, Expectation, Section
from tasks.rules.judging import quoted, unchecked, verdict_of
from tasks.rules.labels import picked, plain
from tasks.rules.layout_components import components
from tasks.rules.layout_fields import Findings, Looking, includes, links, starts_with
from tasks.rules.layout_places import (
    PAGES,
    Place,
    elsewhere_said,
    headings,
    is_on,
    rows_of,
    sections,
    sections_number,
    side_said,
    surface_said,
    where_said,
)
from tasks.rules.near_misses import near
from tasks.rules.org_facts import Kind, OrgFacts, Surface
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import ABSENT_SECTION, Discrepancy, Status, Verdict

_NAMED: Final = {TOP: "top section", SECOND: "second section"}


def section(expectation: Expectation, claim: Section, facts: OrgFacts, policy: ValidationPolicy) -> Verdict:
    """The verdict on a section: it is there, on its side, and has what it must. Where several fit, the best counts."""
    look = Looking(expectation, facts, (*claim.starts_with, *claim.includes, *(link.label for link in claim.links)))
    if not (claim.section or look.asked):
        return unchecked(expectation, f"{expectation.source} asks for nothing: there is nothing to check")
    if claim.section == TOP:
        return _top(claim, look)
    if rows_of(facts, expectation.object, *PAGES).empty:
        return unchecked(expectation, _nothing_read(facts, expectation.object))
    if places := _places(claim, facts, expectation.object):
        return _best(claim, places, look)
    return _as_component(claim, look, policy) or _absent(claim, look)


def section_words(name: str) -> str:
    """A section in a sentence: "section “Accounting”", "second section"."""
    return _NAMED.get(name) or (f"section {quoted(name)}" if name else "page")


def _places(claim: Section, facts: OrgFacts, sobject: str) -> list[Place]:
    if not claim.section:
        rows = rows_of(facts, sobject, *PAGES, Surface.HIGHLIGHTS)
        if claim.side:
            rows = rows[rows["region"].eq(claim.side) | (rows["column"].eq(2) if claim.side == "right" else False)]
        return [Place(surface_said(rows), rows)]
    if claim.section == SECOND:
        return sections_number(2, facts, sobject)
    return [one for one in sections(facts, sobject) if plain(one.rows["section"].iloc[0]) == plain(claim.section)]


def _best(claim: Section, places: list[Place], look: Looking) -> Verdict:
    held = [(place, _held(claim, place, look)) for place in places]
    best, findings = min(held, key=lambda pair: len(pair[1].wrong))
    if findings.wrong and (why := look.facts.why_unread(Surface.LAYOUT, look.expectation.object)):
        return unchecked(look.expectation, why, best.surface)
    return _verdict(look, findings, best.surface)


def _held(claim: Section, place: Place, look: Looking) -> Findings:
    findings = starts_with(place, claim.starts_with, look)
    findings.add(includes(place, claim.includes, look))
    findings.add(links(place, claim.links, look))
    if claim.side and claim.section:
        asked = [look.among(place.rows, label) for label in look.asked]
        items = pd.concat(asked) if asked else place.rows[place.rows["kind"].ne(Kind.SECTION)]
        if not is_on(place, claim.side, look.facts, items):
            said = f"{section_words(claim.section)} is {where_said(place.rows)}, not {side_said(claim.side)}"
            findings.wrong.append(Discrepancy("side", said))
    return findings


def _as_component(claim: Section, look: Looking, policy: ValidationPolicy) -> Verdict | None:
    """The verdict on what the handbook calls a section and pages make of a related list or component: "Related contacts
    section should exist at the bottom" (L174). None where there is none of these either."""
    if not claim.side or look.asked or claim.section == SECOND:
        return None
    verdict = components(look.expectation, Components((claim.section,), claim.side), look.facts, policy)
    is_there = verdict.status is Status.AS_EXPECTED or any(one.subject[:5] == "side|" for one in verdict.discrepancies)
    return verdict if is_there else None


def _absent(claim: Section, look: Looking) -> Verdict:
    """One discrepancy: what it should hold is not told as missing once more."""
    facts, sobject, words = look.facts, look.expectation.object, section_words(claim.section)
    used = rows_of(facts, sobject, *PAGES)
    if why := facts.why_unread(Surface.LAYOUT, sobject):
        return unchecked(look.expectation, why, surface_said(used))
    unused = rows_of(facts, sobject, *PAGES, in_use=False)
    unused = picked(unused, (plain(name) == plain(claim.section) for name in unused["section"]))
    said, meant = f"no {words}", near(claim.section, headings(sections(facts, sobject)))
    if len(unused):
        said, meant = f"{words} is {elsewhere_said(unused, used)}", ""
    absent = Discrepancy(f"{ABSENT_SECTION}{plain(claim.section)}", said, meant if claim.section not in _NAMED else "")
    return _verdict(look, Findings([absent]), surface_said(used))


def _top(claim: Section, look: Looking) -> Verdict:
    facts, sobject = look.facts, look.expectation.object
    rows = rows_of(facts, sobject, Surface.HIGHLIGHTS)
    highlights = Place(surface_said(rows), rows)
    firsts = sections_number(1, facts, sobject)
    why = facts.why_unread(Surface.HIGHLIGHTS, sobject)
    page = "" if firsts else facts.why_unread(Surface.LAYOUT, sobject) or facts.why_unread(Surface.LIGHTNING, sobject)
    if rows.empty and not firsts:
        return unchecked(look.expectation, why or page or _nothing_read(facts, sobject))
    findings, surface = Findings(), ""
    if claim.starts_with:
        findings, surface = _first(claim, highlights, firsts, look)
    if claim.includes or claim.links:
        parts = [place.rows for place in (highlights, *firsts) if len(place.rows)]
        both = Place(" and ".join(surface_said(part) for part in parts), pd.concat(parts))
        findings.add(includes(both, claim.includes, look))
        findings.add(links(both, claim.links, look))
        surface = both.surface
    if findings.wrong and (why or page):
        return unchecked(look.expectation, why or page, surface)
    return _verdict(look, findings, surface)


def _first(claim: Section, highlights: Place, firsts: list[Place], look: Looking) -> tuple[Findings, str]:
    """The highlights have the fields in this order, or the first section begins with them."""
    at_top = starts_with(highlights, claim.starts_with, look, strict=False)
    if len(highlights.rows) and not at_top.wrong:
        return at_top, highlights.surface
    for place in firsts:
        begins = starts_with(place, claim.starts_with, look)
        if not begins.wrong:
            begins.remarks.append(f"passes on the first section of the {place.surface}, not on the highlights")
            return begins, place.surface
    if highlights.rows.empty:
        return starts_with(firsts[0], claim.starts_with, look), firsts[0].surface
    return at_top, highlights.surface


def _verdict(look: Looking, findings: Findings, surface: str) -> Verdict:
    return verdict_of(look.expectation, findings.wrong, surface, findings.remarks, "; ".join(findings.eyes))


def _nothing_read(facts: OrgFacts, sobject: str) -> str:
    unread = [facts.why_unread(surface, sobject) for surface in (Surface.LIGHTNING, Surface.LAYOUT)]
    return next(filter(None, unread), f"no page of {sobject} was read")
