"""The page of the Salesforce check: one HTML file that asks nobody for anything, for the screen and for paper."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from tasks.reports.dates import clock_time, day, weekday
from tasks.reports.post import ReportFile
from tasks.reports.slack_text import clean, shorten
from tasks.reports.validation_context import ValidationContext
from tasks.reports.validation_lines import (
    checked,
    counted,
    fixed_said,
    headline,
    line_said,
    place_of,
    said_of,
    since,
)
from tasks.reports.validation_thread import last_time, objects_of, record_name, told_by_key, who_changed
from tasks.reports.validation_words import NO_OBJECT, claim_words, sentence_words
from tasks.rules.expected import ByEye, Expectation, Severity
from tasks.rules.verdicts import Discrepancy, News, Outcome, Status, Told, Verdict

# A verdict is told by its word, its mark and its colour, never by the colour alone.
MARKS = {
    Status.AS_EXPECTED: "✓", Status.DIFFERS: "✗", Status.WAIVED: "◐", Status.NEEDS_EYES: "◎",
    Status.COULD_NOT_CHECK: "?",
}  # fmt: skip
_SILENT = {
    Status.AS_EXPECTED: "as the handbook has it", Status.NEEDS_EYES: "only eyes can see it",
    Status.COULD_NOT_CHECK: "no reason was given", Status.DIFFERS: "nothing was said",
    Status.WAIVED: "nothing was said",
}  # fmt: skip
_TEXT = 600
_VALUE = 120


@dataclass(frozen=True)
class _Record:
    name: str
    url: str  # "" where it cannot be linked
    found: str


@dataclass(frozen=True)
class _Line:
    """One thing that is wrong."""

    said: str
    news: str
    change: str
    records: tuple[_Record, ...]
    cut: str


@dataclass(frozen=True)
class _Row:
    """One expectation."""

    status: Status
    expectation: str
    notes: tuple[str, ...]
    source: str
    lines: tuple[_Line, ...]
    found: str
    surface: str
    remarks: tuple[str, ...]
    sentence: str
    handbook: str
    last: str

    @property
    def kind(self) -> str:
        """The class of its style."""
        return str(self.status).replace(" ", "-")

    @property
    def mark(self) -> str:
        """The shape beside the word."""
        return MARKS[self.status]


@dataclass(frozen=True)
class _Part:
    """The expectations of one object."""

    title: str
    counts: str
    rows: tuple[_Row, ...]


def file_name(outcome: Outcome) -> str:
    """ "salesforce-check-2026-11-23.html"."""
    return f"salesforce-check-{outcome.day.isoformat()}.html"


def page_file(outcome: Outcome, context: ValidationContext) -> ReportFile:
    """The page as a file: every expectation with its verdict, what is new, fixed and known, and what was assumed.

    No script, nothing fetched, links to records of Salesforce over https alone; every text is escaped.
    """
    html = _template().render(**_said(outcome, context))
    title = f"{counted(len(outcome.verdicts), 'expectation')}, {outcome.day.isoformat()}"
    return ReportFile(file_name(outcome), f"Salesforce check, {title}", html.encode("utf-8"))


@cache
def _template() -> Any:
    made = Environment(
        autoescape=True, loader=PackageLoader("tasks", "reports"), undefined=StrictUndefined, finalize=_visible,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return made.get_template("validation_page.html")


def _visible(value: object) -> object:
    """Text of others on one line, without what hides or reorders it."""
    return clean(value) if isinstance(value, str) else value


def _said(outcome: Outcome, context: ValidationContext) -> dict[str, Any]:
    found = Counter(one.status for one in outcome.verdicts)
    told = told_by_key(outcome)
    updated = f", updated {clock_time(context.updated, context.zone)}" if context.updated else ""
    before = f"compared with {weekday(outcome.before, outcome.day)}" if outcome.before else "the first check"
    return {
        "title": f"Salesforce check {outcome.day.isoformat()}",
        "headline": headline(outcome, context).partition(" · ")[2],
        "checked": f"{checked(outcome, context)}.",
        "when": f"{weekday(outcome.day, outcome.day)} {outcome.day.year}, as of "
        f"{clock_time(context.as_of, context.zone)}{updated}; {before}.",
        "without_records": not context.with_records,
        "counts": [(str(status).replace(" ", "-"), MARKS[status], found[status], str(status)) for status in Status],
        "changes": [_change(one, outcome) for one in outcome.told],
        "parts": [_part(sobject, told, outcome, context) for sobject in objects_of(outcome)],
        "notes": [shorten(note, _TEXT) for note in outcome.notes],
    }


def _change(told: Told, outcome: Outcome) -> tuple[str, str, str, str]:
    """News, what, the handbook's line, since when."""
    handbook = line_said(told.remembered.handbook_line)
    if told.news is News.FIXED:
        return "fixed", fixed_said(told), handbook, f"first seen {day(told.remembered.first_seen, outcome.day)}"
    return str(told.news), f"{place_of(told)}: {said_of(told)}", handbook, since(told, outcome)


def _part(sobject: str, told: dict[str, Told], outcome: Outcome, context: ValidationContext) -> _Part:
    own = [one for one in outcome.verdicts if one.expectation.object == sobject]
    found = Counter(one.status for one in own)
    counts = ", ".join(f"{found[status]:,} {status}" for status in Status if found[status])
    rows = tuple(_row(one, told, outcome, context) for one in own)
    return _Part(shorten(sobject, _VALUE) or NO_OBJECT, counts, rows)


def _row(verdict: Verdict, told: dict[str, Told], outcome: Outcome, context: ValidationContext) -> _Row:
    expectation = verdict.expectation
    return _Row(
        verdict.status,
        shorten(claim_words(expectation), _TEXT),
        tuple(_notes(expectation, outcome)),
        expectation.source,
        tuple(_line(found, told.get(found.key(expectation)), outcome, context) for found in verdict.discrepancies),
        _found(verdict),
        shorten(verdict.surface, _VALUE),
        tuple(shorten(remark, _TEXT) for remark in verdict.remarks),
        shorten(sentence_words(expectation), _TEXT),
        line_said(expectation.handbook_line),
        _last(verdict, outcome),
    )


def _notes(expectation: Expectation, outcome: Outcome) -> Iterator[str]:
    """A severity that is not the usual one, owner and waiver."""
    if expectation.severity is not Severity.CRITICAL:
        yield str(expectation.severity)
    if expectation.owner:
        yield f"owner {shorten(expectation.owner, _VALUE)}"
    if expectation.waived_until:
        ended = "" if expectation.is_waived(outcome.day) else ", which is over"
        because = f": {shorten(expectation.because, _TEXT)}" if expectation.because else ""
        yield f"waived to {day(expectation.waived_until, outcome.day)}{ended}{because}"


def _found(verdict: Verdict) -> str:
    """What was found beside the discrepancies, where it says more than they do."""
    if isinstance(verdict.expectation.claim, ByEye):
        return "only a person can see this"
    if verdict.discrepancies and all(one.said in verdict.found for one in verdict.discrepancies):
        return ""
    return shorten(verdict.found, _TEXT) or ("" if verdict.discrepancies else _nothing_said(verdict))


def _nothing_said(verdict: Verdict) -> str:
    """What stands in "found" where the verdict says nothing."""
    if verdict.looked_at:
        return f"{counted(verdict.looked_at, 'record')} looked at"
    return _SILENT[verdict.status]


def _line(found: Discrepancy, told: Told | None, outcome: Outcome, context: ValidationContext) -> _Line:
    shown, total = len(found.records), max(found.total, len(found.records))
    near = shorten(found.near, _VALUE)
    return _Line(
        shorten(found.said, _TEXT) + (f"; {near}" if near else ""),
        since(told, outcome) if told else "",
        who_changed(found.change, outcome, context) if found.change else "",
        tuple(
            _Record(record_name(one), _https(context.page(one)), shorten(one.found, _VALUE)) for one in found.records
        ),
        f"{shown:,} of {total:,}" if 0 < shown < total else "",
    )


def _https(url: str) -> str:
    return url if url.startswith("https://") else ""


def _last(verdict: Verdict, outcome: Outcome) -> str:
    """What it came to last time, and since when what is found has been there."""
    own = [told for told in outcome.told if told.remembered.expectation_key == verdict.expectation.key]
    seen = min((told.remembered.first_seen for told in own if told.news is News.KNOWN), default=None)
    fixed = "; fixed since" if any(told.news is News.FIXED for told in own) else ""
    return last_time(verdict, outcome) + fixed + (f"; first seen {day(seen, outcome.day)}" if seen else "")
