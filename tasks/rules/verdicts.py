"""What judging an expectation comes to, and what changed since the check before (handbook L147). Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from tasks.rules.expected import Expectation, Severity

ABSENT_SECTION: Final = "section|"  # how the subject of a section that is absent begins; its heading follows


class Status(StrEnum):
    """The five verdicts."""

    AS_EXPECTED = "as expected"
    DIFFERS = "differs"
    WAIVED = "waived"  # differs, and that is waived for now
    NEEDS_EYES = "needs eyes"  # no API can see it; never a pass
    COULD_NOT_CHECK = "could not check"  # a permission or an answer was missing


@dataclass(frozen=True)
class RecordRef:
    """A record of a finding; `name` comes from Salesforce and is not trusted."""

    object: str
    id: str
    name: str
    found: str = ""


@dataclass(frozen=True)
class Change:
    """Who changed it and when (aware UTC), by the setup audit trail, in its words."""

    at: datetime
    who: str
    said: str


@dataclass(frozen=True)
class Discrepancy:
    """One thing that is not as the handbook has it.

    subject    what is wrong, without the values found: "missing|License key". Names it from run to run.
    said       a sentence for people: "“License key” is missing"
    near       what may be meant: "found “Licence Key”: renamed?"; "" for nothing
    records    the first records it is about, at most 10; total  how many there are in all, 0 for a difference of
               structure; of  how many were looked at
    change     who changed it, where the audit trail says so
    """

    subject: str
    said: str
    near: str = ""
    records: tuple[RecordRef, ...] = ()
    total: int = 0
    of: int = 0
    change: Change | None = None

    def key(self, expectation: Expectation) -> str:
        """What it is known by from run to run: opaque, 12 characters. A section that is absent is one problem of the
        object, whichever expectations ask for it; anything else is one of its expectation."""
        of = expectation.object if self.subject.startswith(ABSENT_SECTION) else expectation.key
        return sha256(f"{of}|{self.subject}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True)
class Verdict:
    """One expectation, judged.

    found     what is there instead, or why it could not be checked, or what is left to eyes
    surface   which surface was judged, by name: "Lightning page Account Record Page"
    looked_at of a record check: how many records were looked at
    remarks   what is not wrong and worth knowing: "passes on the first section, not on the highlights"
    """

    expectation: Expectation
    status: Status
    found: str = ""
    surface: str = ""
    discrepancies: tuple[Discrepancy, ...] = ()
    looked_at: int = 0
    remarks: tuple[str, ...] = ()


class News(StrEnum):
    """What a discrepancy is against the check before."""

    NEW = "new"
    KNOWN = "known"
    FIXED = "fixed"


@dataclass(frozen=True)
class Remembered:
    """A discrepancy as the ledger keeps it. No record's name or id is kept.

    key         see `Discrepancy.key`; expectation_key  see `Expectation.key`
    object, section, said, handbook_line   as they were reported
    total, of   records it was about, and that were looked at
    first_seen  the day of the check that found it first
    waived      whether it was waived then
    """

    key: str
    expectation_key: str
    object: str
    section: str
    said: str
    severity: Severity
    first_seen: date
    handbook_line: int | None = None
    total: int = 0
    of: int = 0
    waived: bool = False


@dataclass(frozen=True)
class Checkup:
    """What is kept of one check. `scope` names what was asked for ("all" or objects, profile, with or without records):
    only checks of one scope are compared. `statuses` has the status of each expectation by its key, and `looked_at`
    how many records each was held against."""

    day: date
    scope: str
    discrepancies: tuple[Remembered, ...]
    statuses: Mapping[str, Status]
    looked_at: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """A discrepancy with what is new about it. One that was fixed has no `discrepancy`, and a `verdict` unless its
    expectation is gone from the files."""

    news: News
    remembered: Remembered
    verdict: Verdict | None = None
    discrepancy: Discrepancy | None = None


@dataclass(frozen=True)
class Outcome:
    """One check with what changed since the check before: what is reported.

    verdicts   one an expectation, in the order of the files
    told       new ones first, then fixed, then known, each by severity; waived ones are among the known
    before     the day of the check it is compared with; None for the first of its scope
    statuses_before   the status of each expectation then, by key
    """

    day: date
    profile: str
    verdicts: tuple[Verdict, ...]
    told: tuple[Told, ...] = ()
    before: date | None = None
    statuses_before: Mapping[str, Status] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def of(self, status: Status) -> tuple[Verdict, ...]:
        """The verdicts of that status."""
        return tuple(one for one in self.verdicts if one.status is status)

    def that_are(self, news: News) -> tuple[Told, ...]:
        """The discrepancies that are new, known or fixed."""
        return tuple(one for one in self.told if one.news is news)
