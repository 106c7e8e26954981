"""Expectations of records: what must be read for them, what they are held against, and what that comes to (handbook
L155 to L157, L164, L226 to L229). Pure; whoever compares the values may be a library."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from tasks.rules.expected import Equals, Expectation, Has, Matches, NoNotes, NotAfter, Opens, Records
from tasks.rules.judging import quoted, unchecked, verdict_of
from tasks.rules.labels import fields_called, labels_of
from tasks.rules.near_misses import near
from tasks.rules.org_facts import OrgFacts, RecordFacts, Surface
from tasks.rules.record_values import NOT_LIKE, UNEQUAL, among, are_wrong, beside_sums, found_in, is_filled, stripped
from tasks.rules.verdicts import Discrepancy, RecordRef, Verdict

KEPT: Final = 10  # records of a discrepancy that are named
_SETS: Final = {"Account": "accounts", "Opportunity": "opportunities", "Contact": "contacts", "Lead": "leads"}
_NO_LINKS: Final = "whether they open was not tried"


@dataclass(frozen=True)
class Wanted:
    """What the record checks need to read.

    fields   API names by object, Id and Name apart
    notes    notes of accounts and opportunities
    sums     the opportunities of each account, counted and summed
    links    API names by object whose addresses are opened
    """

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: bool = False
    sums: bool = False
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordFrame:
    """What one record check looks at.

    object   API name
    frame    Id, Name, value and, where there are two, other:
             NoNotes    one row a note: the record's Id and Name; value  its kind; other  when
             Matches    value  the text without spaces around it, missing where it is blank (only if `required`)
             Opens      value  the address; other  "works", "broken" or "cannot tell"
             Equals     value  the roll-up; other  what it sums (numbers or days; both may be missing)
             NotAfter   value  the earlier day; other  the later one (both are there)
             Has        value  is there; other  what must be there too
    why      why it could not be read, or why no value can be right; "" where `frame` holds
    absent   `why` is that no field has the label: that differs, it is not a check that failed
    """

    object: str
    frame: pd.DataFrame
    why: str = ""
    absent: bool = False
    near: str = ""


def wanted(expectations: Iterable[Expectation], facts: OrgFacts) -> Wanted:
    """What must be read to check the records. A label that no field has, or several have, asks for nothing."""
    fields: dict[str, dict[str, None]] = {}
    links: dict[str, dict[str, None]] = {}
    records = [one for one in expectations if isinstance(one.claim, Records)]
    for one in records:
        for label in _labels(one.claim):
            names = fields_called(label, one, facts)
            if len(names) == 1:
                fields.setdefault(one.object, {})[names[0]] = None
                if isinstance(one.claim, Opens):
                    links.setdefault(one.object, {})[names[0]] = None
    return Wanted(
        {sobject: tuple(names) for sobject, names in fields.items()},
        notes=any(isinstance(one.claim, NoNotes) for one in records),
        sums=any(isinstance(one.claim, Equals) for one in records),
        links={sobject: tuple(names) for sobject, names in links.items()},
    )


def values_of(expectation: Expectation, records: RecordFacts, facts: OrgFacts) -> RecordFrame:
    """What the expectation's records are held against; see RecordFrame. Raises TypeError for a claim of structure."""
    claim, sobject = expectation.claim, expectation.object
    if not isinstance(claim, Records):
        raise TypeError(f"{expectation.source} is no claim about records")
    if isinstance(claim, NoNotes):
        return _notes(sobject, records)
    names = []
    for label in _labels(claim):
        called = fields_called(label, expectation, facts)
        if len(called) != 1:
            return _unresolved(label, called, sobject, facts)
        names.append(called[0])
    frame, why = records.frames.get(sobject), _why(records, sobject, names)
    if frame is None or why:
        return RecordFrame(sobject, _nothing(), why or f"the {_SETS.get(sobject, sobject)} were not read")
    return _narrowed(claim, sobject, frame, names, records)


def without_looking(expectation: Expectation, values: RecordFrame) -> Verdict | None:
    """The verdict where there is nothing to look at: not read, or no such field; None where `values.frame` holds."""
    if not values.why:
        return None
    if values.absent:
        return verdict_of(expectation, [Discrepancy("field", values.why, values.near)], Surface.RECORDS)
    return unchecked(expectation, values.why, Surface.RECORDS)


def verdict_of_records(
    expectation: Expectation, bad: pd.DataFrame, looked_at: int, remarks: Iterable[str] = (), eyes: str = ""
) -> Verdict:
    """The verdict on records.

    bad        the rows of `RecordFrame.frame` that are wrong (Id, Name, value[, other]), or Id, Name and `found`
    looked_at  how many rows were held against the claim
    eyes       what is left to eyes where nothing is wrong; "" for nothing
    """
    claim, sobject = expectation.claim, expectation.object
    if not isinstance(claim, Records):
        raise TypeError(f"{expectation.source} is no claim about records")
    found = []
    if len(bad):
        said = _sentence(claim, _SETS.get(sobject, f"{sobject} records"), len(bad), looked_at)
        found.append(Discrepancy("records", said, "", _first(claim, sobject, bad), len(bad), looked_at))
    nothing = "" if looked_at or isinstance(claim, NoNotes) else "there was none to look at (0 looked at)"
    judged = verdict_of(expectation, found, Surface.RECORDS, (*remarks, nothing), eyes)
    return Verdict(expectation, judged.status, judged.found, judged.surface, judged.discrepancies, looked_at,
                   judged.remarks)  # fmt: skip


def judged_records(expectation: Expectation, records: RecordFacts, facts: OrgFacts) -> Verdict:
    """An expectation of records held against them, in plain pandas (never WAIVED: see `validation.waived`)."""
    values = values_of(expectation, records, facts)
    settled = without_looking(expectation, values)
    if settled is not None or not isinstance(expectation.claim, Records):
        return settled or unchecked(expectation, "no claim about records")
    bad = values.frame[are_wrong(expectation.claim, values.frame)]
    return verdict_of_records(expectation, bad, len(values.frame), eyes=left_to_eyes(expectation, values))


def left_to_eyes(expectation: Expectation, values: RecordFrame) -> str:
    """Which links are left to eyes: "3 of 40 addresses were not opened, or did not tell"; "" for none."""
    if not isinstance(expectation.claim, Opens) or values.why:
        return ""
    untold = int((~values.frame["other"].isin(["works", "broken"])).sum())
    return f"{untold} of {len(values.frame)} addresses were not opened, or did not tell" if untold else ""


def _labels(claim: object) -> tuple[str, ...]:
    if isinstance(claim, NotAfter | Has):
        return claim.field, claim.other
    return (claim.field,) if isinstance(claim, Matches | Opens | Equals) else ()


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"Id": [], "Name": [], "value": [], "other": []}, dtype="str")


def _unresolved(label: str, called: tuple[str, ...], sobject: str, facts: OrgFacts) -> RecordFrame:
    labels = labels_of(sobject, facts)
    if called:
        several = f"several fields of {sobject} are called {quoted(label)} ({', '.join(called)}): say which in `fields`"
        return RecordFrame(sobject, _nothing(), several)
    if not labels:
        why = facts.why_unread(Surface.RECORDS, sobject) or f"the fields of {sobject} could not be read"
        return RecordFrame(sobject, _nothing(), why)
    missing = f"no field of {sobject} is called {quoted(label)}"
    return RecordFrame(sobject, _nothing(), missing, absent=True, near=near(label, labels))


def _why(records: RecordFacts, sobject: str, names: Iterable[str]) -> str:
    """Why one of the fields is not there; "" where all are."""
    frame = records.frames.get(sobject)
    for name in names:
        if frame is None or name not in frame:
            own = records.unread.get(f"{sobject}.{name}") or records.unread.get(sobject)
            return own or f"{sobject}.{name} was not read"
    return ""


def _notes(sobject: str, records: RecordFacts) -> RecordFrame:
    why, notes = records.unread.get("notes", ""), records.notes
    own = notes[notes["object"].eq(sobject)] if "object" in notes else pd.DataFrame()
    if own.empty:
        unread = why if why or "object" in notes else "the notes were not read"
        return RecordFrame(sobject, _nothing(), unread)
    columns = {"record_id": "Id", "record": "Name", "kind": "value", "at": "other"}
    return RecordFrame(sobject, own.rename(columns=columns)[list(columns.values())])


def _narrowed(claim: Records, sobject: str, frame: pd.DataFrame, names: list[str], records: RecordFacts) -> RecordFrame:
    if isinstance(claim, Matches | NotAfter | Has):
        column = "IsWon" if claim.among == "won" else "IsClosed"
        if claim.among != "all" and column not in frame:
            return RecordFrame(sobject, _nothing(), f"{sobject}.{column} was not read")
        frame = among(frame, claim.among)
    picked = {"Id": frame["Id"], "Name": frame["Name"], "value": frame[names[0]]}
    values = pd.DataFrame(picked | ({"other": frame[names[1]]} if len(names) > 1 else {}))
    there = is_filled(values["value"])
    if isinstance(claim, Matches):
        values = values.assign(value=stripped(values["value"]))
        return RecordFrame(sobject, values if claim.required else values[there])
    if isinstance(claim, NotAfter):
        return RecordFrame(sobject, values[there & is_filled(values["other"])])
    if isinstance(claim, Equals):
        return _summed(claim, sobject, values, records)
    if isinstance(claim, Opens):
        return RecordFrame(sobject, _opened(values[there], records.links))
    return RecordFrame(sobject, values[there])


def _summed(claim: Equals, sobject: str, values: pd.DataFrame, records: RecordFacts) -> RecordFrame:
    if claim.source.value not in records.sums:
        why = records.unread.get("sums") or "the opportunities of the accounts were not summed"
        return RecordFrame(sobject, _nothing(), why)
    return RecordFrame(sobject, beside_sums(values, records.sums, claim.source))


def _opened(values: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    addresses = values.assign(value=stripped(values["value"]))
    states = links.drop_duplicates("url").set_index("url")["state"] if "url" in links else pd.Series(dtype="str")
    return addresses.assign(other=addresses["value"].map(states).astype("str").fillna("cannot tell"))


def _first(claim: Records, sobject: str, bad: pd.DataFrame) -> tuple[RecordRef, ...]:
    first = bad.sort_values(["Name", "Id"], kind="stable").head(KEPT)
    rows = [{str(name): value for name, value in row.items()} for row in first.to_dict("records")]
    told = [str(row["found"]) if "found" in row else found_in(claim, row) for row in rows]
    return tuple(
        RecordRef(sobject, str(row["Id"]), str(row["Name"]), found) for row, found in zip(rows, told, strict=True)
    )


def _sentence(claim: Records, records: str, wrong: int, of: int) -> str:
    counted = f"{wrong:,} of {of:,} {records}: "
    if isinstance(claim, NoNotes):
        return f"{wrong:,} note{'' if wrong == 1 else 's'} on {records}, should be none"
    name = quoted(claim.field)
    if isinstance(claim, Matches):
        return counted + f"{name} {NOT_LIKE[claim.pattern]}"
    if isinstance(claim, Equals):
        return counted + f"{name} {UNEQUAL[claim.source]}"
    if isinstance(claim, NotAfter):
        return counted + f"{name} is after {quoted(claim.other)}"
    if isinstance(claim, Has):
        return counted + f"{name} has no {quoted(claim.other)}"
    return counted + f"{name} does not open"
