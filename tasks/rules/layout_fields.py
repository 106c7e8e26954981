"""Fields, their order and links, held against a part of a page (handbook L154 to L157, L163 to L165, L171 to L173,
L179). Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pandas as pd

from tasks.rules.expected import Expectation, Link
from tasks.rules.judging import quoted
from tasks.rules.labels import labels_of
from tasks.rules.layout_places import PAGES, Meant, Place, elsewhere_said, meant_by, rows_of, section_said
from tasks.rules.near_misses import near
from tasks.rules.org_facts import Kind, OrgFacts, Surface
from tasks.rules.verdicts import Discrepancy
from tasks.rules.wording import name_said

_ADDRESS: Final = re.compile(r"https?://([^\s\"'/?#&<>]+)", re.IGNORECASE)


@dataclass
class Findings:
    """What is wrong with a part of a page, what is worth knowing, and what is left to eyes."""

    wrong: list[Discrepancy] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    eyes: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        """The other's findings too, each once."""
        known = {one.subject for one in self.wrong}
        self.wrong += [one for one in other.wrong if one.subject not in known]
        self.remarks += other.remarks
        self.eyes += other.eyes


@dataclass(frozen=True)
class Looking:
    """An expectation with the facts it is held against; `asked` are all labels it asks for."""

    expectation: Expectation
    facts: OrgFacts
    asked: tuple[str, ...]

    @cached_property
    def meant(self) -> dict[str, Meant]:
        """What the handbook means by each of the labels."""
        return {label: meant_by(label, self.expectation, self.facts) for label in self.asked}

    def among(self, rows: pd.DataFrame, label: str) -> pd.DataFrame:
        """The rows that the handbook means by one of the labels."""
        return self.meant[label].among(rows)


def includes(place: Place, labels: Iterable[str], look: Looking) -> Findings:
    """Each of the fields is there and may be read."""
    findings = Findings()
    fields = place.rows[place.rows["kind"].eq(Kind.FIELD)]
    for label in labels:
        there = look.among(fields, label)
        _seen(label, there, place, look, findings)
    return findings


def starts_with(place: Place, labels: Sequence[str], look: Looking, *, strict: bool = True) -> Findings:
    """The fields are there, in this order: at the very start or, not `strict`, with others among them."""
    findings = includes(place, labels, look)
    shown = place.fields
    found = {index: label for label in labels for index in look.among(shown, label).index}
    stand = [(found.get(index, ""), str(said)) for index, said in shown["label"].items()]
    wanted = [label for label in dict.fromkeys(labels) if label in found.values()]
    if not strict:
        among = list({label: (label, said) for label, said in reversed(stand) if label}.values())[::-1]
        if among != stand[: len(among)]:
            findings.remarks.append("other fields stand before or among them")
        stand = among
    for number, (label, (other, said)) in enumerate(zip(wanted, stand, strict=False), start=1):
        if label != other:
            order = f"position {number} should be {quoted(label)}, is {quoted(said)}"
            findings.wrong.append(Discrepancy("order", order))
            break
    return findings


def links(place: Place, wanted: Iterable[Link], look: Looking) -> Findings:
    """Each of the links is there and leads where it should."""
    findings = Findings()
    for link in wanted:
        there = look.among(place.rows, link.label)
        are_links = there[there["kind"].eq(Kind.LINK)]
        if len(there) and are_links.empty:
            said = f"{quoted(link.label)} is there, but it is no link"
            findings.wrong.append(Discrepancy(f"link|{link.label}", said))
        elif _seen(link.label, are_links, place, look, findings) and link.leads_to:
            _leads(link, are_links[are_links["visible"]], findings)
    return findings


def _seen(label: str, there: pd.DataFrame, place: Place, look: Looking, findings: Findings) -> bool:
    """Whether users see one of the rows; else why not is among the findings."""
    shown = there[there["visible"]]
    if len(shown):
        if shown["conditional"].all():
            findings.remarks.append(f"{quoted(label)} is shown to some only")
        return True
    if len(there):
        hidden = f"{quoted(label)} is on the page, but {look.facts.profile} may not read it"
        findings.wrong.append(Discrepancy(f"unreadable|{label}", hidden))
    else:
        findings.wrong.append(_missing(label, place, look))
    return False


def _missing(label: str, place: Place, look: Looking) -> Discrepancy:
    subject, sobject = f"missing|{label}", look.expectation.object
    pages = (*PAGES, Surface.HIGHLIGHTS)
    elsewhere = look.among(_items(rows_of(look.facts, sobject, *pages)), label)
    if len(elsewhere):
        return Discrepancy(subject, f"{quoted(label)} is missing: it is in {section_said(elsewhere)}")
    unused = look.among(_items(rows_of(look.facts, sobject, *pages, in_use=False)), label)
    if len(unused):
        return Discrepancy(subject, f"{quoted(label)} is {elsewhere_said(unused, place.rows)}")
    known = labels_of(sobject, look.facts)
    exists = bool(look.meant[label].fields)
    told = f": no field of {sobject} is called so" if known and not exists else ""
    labels = _items(place.rows)["label"]
    return Discrepancy(
        subject, f"{quoted(label)} is missing{told}", near(label, labels, () if exists else known, but=look.asked)
    )


def _items(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["kind"].isin([Kind.FIELD, Kind.LINK])]


def _leads(link: Link, rows: pd.DataFrame, findings: Findings) -> None:
    addresses = [detail for detail in rows["detail"] if detail]
    if any(link.leads_to.casefold() in address.casefold() for address in addresses):
        return
    if not addresses:
        findings.eyes.append(f"where {quoted(link.label)} leads is in each record, not in the page")
        return
    host = _ADDRESS.search(addresses[0])
    leads = name_said(host[1] if host else addresses[0])
    said = f"{quoted(link.label)} leads to {leads}, not to {link.leads_to}"
    findings.wrong.append(Discrepancy(f"leads|{link.label}", said))
