"""Which findings of the Salesforce check become issues, and what those say (handbook L147: flagged "so that they can be
fixed or discussed"). What a finding is known by is opaque, and no record's name or id is in it."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tasks.rules.choosing import signed_by
from tasks.rules.expected import Expectation
from tasks.rules.handbook import plain as as_read
from tasks.rules.markdown import code, cut, literal, plain
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Checkup, Remembered, Status
from tasks.rules.wording import day_said, name_said

LONGEST_TITLE = 200  # GitHub takes 256
_MARKED = re.compile(r"<!-- rituals:finding:([0-9a-f]{12}):([0-9a-f]{12}):(\d{4}-[01]\d-[0-3]\d) -->")
_CLOSING = (
    "Once a check finds it fixed, that is said here; closing is up to you, and an issue that you close is not opened "
    "again."
)
_JUDGED = {Status.AS_EXPECTED, Status.DIFFERS, Status.WAIVED}


class Filed(StrEnum):
    """What became of something that a person wanted filed, of the issue of a finding that is fixed, or of the reply to
    the customer who asked for it."""

    FILED = "filed"
    WOULD_FILE = "would be filed"
    ALREADY = "already"
    FIXED = "not filed, as it is fixed"
    COMMENTED = "fixed"
    WOULD_COMMENT = "fixed, would be said there"
    TOLD = "told to the customer"
    WOULD_TELL = "would be told to the customer"
    REFUSED = "refused"
    UNKNOWN = "not yet known"


@dataclass(frozen=True)
class FilingResult:
    """What became of one finding or request. `number` and `url` are the issue's, 0 and "" where there is none; `detail`
    is why it failed, one sentence."""

    key: str
    title: str
    outcome: Filed
    number: int = 0
    url: str = ""
    is_closed: bool = False
    detail: str = ""


@dataclass(frozen=True)
class Mark:
    """What the hidden line of an issue tells of its finding: its key, that of its expectation, and when it was found
    first. With it a fix is noticed also where nothing else is remembered of the finding."""

    key: str
    expectation_key: str
    first_seen: date


@dataclass(frozen=True)
class Draft:
    """An issue to be opened."""

    title: str
    body: str


@dataclass(frozen=True)
class Sorted:
    """What an order comes to: what is filed, what is fixed already, and which keys nobody remembers."""

    to_file: tuple[Remembered, ...]
    fixed: tuple[Remembered, ...]
    strangers: tuple[str, ...]


def filing_refusal(
    findings: Collection[str],
    decided_by: str,
    *,
    deciders: Collection[str],
    policy: ValidationPolicy,
    has_token: bool,
    comments: bool,
) -> str:
    """Why nothing at all of the order is done and what to do about it, one sentence; "" where it is.

    findings   keys, each once      comments   whether those that are fixed are to be said so
    """
    if wrong := signed_by(decided_by, deciders, "file issues")[1]:
        return wrong
    if not policy.private_repository:
        return "Filing is off: name a private GitHub repository, owner/name, in RITUALS_VALIDATION__PRIVATE_REPOSITORY"
    if not has_token:
        return (
            "Filing is off: set RITUALS_GITHUB_TOKEN to a token that may read and write the issues of "
            f"{policy.private_repository}"
        )
    if not findings and not comments:
        return "Name the findings to file, as the report's button fills them in"
    if len(findings) > policy.file_at_most:
        return (
            f"{len(findings):,} findings are more than the {policy.file_at_most:,} that one order files, so none was: "
            "name fewer, or raise RITUALS_VALIDATION__FILE_AT_MOST"
        )
    return ""


def sorted_out(findings: Iterable[str], remembered: Iterable[Remembered], latest: Checkup | None) -> Sorted:
    """What the named findings are by now.

    remembered   those of them that the ledger has      latest   the newest check of everything
    """
    known = {one.key: one for one in remembered}
    named = [known[key] for key in findings if key in known]
    gone = tuple(one for one in named if is_fixed(one, latest))
    return Sorted(
        tuple(one for one in named if one not in gone), gone, tuple(key for key in findings if key not in known)
    )


def is_fixed(finding: Remembered | Mark, latest: Checkup | None) -> bool:
    """Whether the newest check of everything judged its expectation and did not find it any more. What could not be
    checked, is left to eyes, or is gone from the files, is not known to be fixed."""
    if latest is None or finding.first_seen > latest.day:
        return False
    judged = latest.statuses.get(finding.expectation_key) in _JUDGED
    return judged and all(one.key != finding.key for one in latest.discrepancies)


def stranger_said(key: str) -> str:
    """What is said of a key that nobody remembers."""
    return f"No finding '{name_said(key)}' is remembered: take it from the button of the newest Salesforce check"


def title_of(finding: Remembered) -> str:
    """ "Salesforce: Account \u203a Accounting: “License key” is missing"."""
    return cut(plain(f"Salesforce: {_where(finding)}: {finding.said}"), LONGEST_TITLE)


def draft_of(finding: Remembered, expectation: Expectation | None, *, by: str, day: date) -> Draft:
    """The issue of a finding.

    expectation   None where it is gone from the files      by   the person who has it filed      day   of the check
    """
    told = [
        f"In {literal(_where(finding))}: {literal(finding.said)}",
        *_handbook(finding, expectation),
        "\n".join(f"- {fact}" for fact in _facts(finding, expectation)),
        *_waiving(expectation),
        f"Filed by {literal(by)} from the Salesforce check of {_day(day)}. {_CLOSING}",
        marker(finding),
    ]
    return Draft(title_of(finding), "\n\n".join(told) + "\n")


def comment_of(finding: Remembered | Mark, day: date) -> str:
    """What is said once below the issue of a finding that the check of that day found fixed."""
    said = f"Fixed as of the check of {_day(day)}. Close this if nothing else is left to do."
    return f"{said}\n\n{fixed_marker(finding)}\n"


def marker(finding: Remembered | Mark) -> str:
    """The hidden line that an issue is found by."""
    return f"<!-- rituals:finding:{finding.key}:{finding.expectation_key}:{finding.first_seen.isoformat()} -->"


def fixed_marker(finding: Remembered | Mark) -> str:
    """The hidden line of the comment; a finding that comes back and is fixed again has another."""
    return f"<!-- rituals:fixed:{finding.key}:{finding.first_seen.isoformat()} -->"


def marked(body: str) -> Mark | None:
    """What an issue's body is marked with; None for nothing. The last mark counts: one before it may be a quotation."""
    found = _MARKED.findall(body)
    if not found:
        return None
    key, expectation_key, day = found[-1]
    try:
        return Mark(key, expectation_key, date.fromisoformat(day))
    except ValueError:
        return None


def fixed_of(marks: Iterable[Mark], remembered: Iterable[Remembered], latest: Checkup | None) -> list[Mark]:
    """The findings of these marks that are fixed. One that came back since its issue was opened is known by the day
    of that, where the ledger has it."""
    days = {one.key: one.first_seen for one in remembered}
    known = (replace(mark, first_seen=max(mark.first_seen, days.get(mark.key, mark.first_seen))) for mark in marks)
    return [mark for mark in known if is_fixed(mark, latest)]


def counted(results: Iterable[FilingResult]) -> Mapping[Filed, int]:
    """How many there are of each outcome, in the order of the outcomes."""
    outcomes = [one.outcome for one in results]
    return {outcome: outcomes.count(outcome) for outcome in Filed if outcome in outcomes}


def _where(finding: Remembered) -> str:
    section = finding.section.strip()
    return f"{finding.object} \u203a {section}" if finding.object and section else finding.object or "Tabs"


def _handbook(finding: Remembered, expectation: Expectation | None) -> list[str]:
    line = f", L{finding.handbook_line}" if finding.handbook_line else ""
    if expectation is None or not expectation.sentence.strip():
        return [f"The handbook says so in L{finding.handbook_line}."] if line else []
    return [f"What the handbook says{line}:", f"> {literal(as_read(expectation.sentence))}"]


def _facts(finding: Remembered, expectation: Expectation | None) -> list[str]:
    facts = [f"First seen: {_day(finding.first_seen)}", f"Severity: {finding.severity}"]
    if finding.total:
        of = f" of {finding.of:,} looked at" if finding.of else ""
        facts.append(f"Records: {finding.total:,}{of}; the report of the check names them")
    if expectation is None:
        return [*facts, "Expectation: gone from the files since"]
    owner = [f"Owner: {literal(expectation.owner)}"] if expectation.owner.strip() else []
    return [*facts, f"Expectation: {code(expectation.source)}", *owner]


def _waiving(expectation: Expectation | None) -> list[str]:
    if expectation is None:
        return []
    return [
        f"To waive it for a while, add to the expectation at {code(expectation.source)}:",
        "```yaml\nwaived until: 2027-03-31\nbecause: why it may differ until then\n```",
    ]


def _day(day: date) -> str:
    """With its year: an issue stands for long."""
    return f"{day_said(day, day)} {day.year}"
