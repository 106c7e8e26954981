"""The thread under the Salesforce check: what differs, object by object, as a diff; fixed, eyes, not checked, notes."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tasks.reports.blocks import Element, bold, link, text
from tasks.reports.dates import clock_time, day
from tasks.reports.post import Post
from tasks.reports.slack_text import shorten
from tasks.reports.thread import Topic, posts_of
from tasks.reports.validation_context import ValidationContext
from tasks.reports.validation_lines import (
    PLACE,
    WHO,
    counted,
    discrepancy_said,
    fixed_said,
    line_said,
    place_of,
    said_of,
    since,
)
from tasks.reports.validation_words import NO_OBJECT, claim_words, eyes_words, place, sentence_words
from tasks.rules.verdicts import Change, Discrepancy, News, Outcome, RecordRef, Status, Told, Verdict

RECORDS = 5
_EXPECTED, _FOUND, _RECORD, _SENTENCE = 220, 160, 40, 200
_DISCREPANCIES = 6
_PLACES = 4
_POSTS = 2
_DIFFERENT = (Status.DIFFERS, Status.WAIVED)
_COUNTED = {
    Status.DIFFERS: "not as expected", Status.WAIVED: "waived", Status.AS_EXPECTED: "as expected",
    Status.NEEDS_EYES: "left to eyes", Status.COULD_NOT_CHECK: "could not be checked",
}  # fmt: skip

Line = list[Element]


def thread(outcome: Outcome, context: ValidationContext, rest_in: str) -> tuple[Post, ...]:
    """The posts below the parent; `rest_in` is the name of the page, which holds everything."""
    topics = (
        *(_differences(sobject, outcome, context) for sobject in objects_of(outcome)),
        _unjudged(outcome),
        _fixed(outcome),
        _eyes(outcome),
        _unchecked(outcome),
        _notes(outcome),
    )
    return posts_of((topic for topic in topics if topic.total), rest_in)


def objects_of(outcome: Outcome) -> list[str]:
    """The objects of the expectations, in the order of the files; "" for what concerns none."""
    return list(dict.fromkeys(one.expectation.object for one in outcome.verdicts))


def told_by_key(outcome: Outcome) -> dict[str, Told]:
    """What is new or known, by the key of its discrepancy."""
    return {told.remembered.key: told for told in outcome.told if told.news is not News.FIXED}


def why(verdict: Verdict) -> str:
    """Why it could not be checked."""
    return verdict.found or "no reason was given"


def last_time(verdict: Verdict, outcome: Outcome) -> str:
    """What it came to in the check before: "as expected"."""
    if outcome.before is None:
        return "this is the first check"
    status = outcome.statuses_before.get(verdict.expectation.key)
    return str(status) if status else "not among the expectations"


def who_changed(change: Change, outcome: Outcome, context: ValidationContext) -> str:
    """ "Setup audit trail: 18 Nov 10:12 PT, Jo Admin: “Changed Account page layout”"."""
    local = change.at.astimezone(context.zone)
    when = f"{day(local.date(), outcome.day)} {clock_time(change.at, context.zone)}"
    return f"Setup audit trail: {when}, {shorten(change.who, WHO) or 'nobody named'}: “{shorten(change.said, _FOUND)}”"


def _differences(sobject: str, outcome: Outcome, context: ValidationContext) -> Topic:
    all_of_it = [one for one in outcome.verdicts if one.expectation.object == sobject]
    different = [one for one in all_of_it if one.status in _DIFFERENT]
    found = Counter(one.status for one in all_of_it)
    counts = [f"{found[status]:,} {words}" for status, words in _COUNTED.items() if found[status]]
    note = f"{counted(len(all_of_it), 'expectation')}: {', '.join(counts)}"
    told = told_by_key(outcome)
    rows = (_stacked(list(_difference(one, told, outcome, context))) for one in different)
    name = shorten(sobject, PLACE) or NO_OBJECT
    return Topic(name, rows, len(different), note, posts=_POSTS, apart=True)


def _stacked(lines: Sequence[Line]) -> Line:
    """Lines one below the other; each but the first begins with plain words."""
    first, *others = lines
    below = ([{**line[0], "text": "\n" + line[0]["text"].lstrip()}, *line[1:]] for line in others)
    return [*first, *(element for line in below for element in line)]


def _difference(
    verdict: Verdict, told: dict[str, Told], outcome: Outcome, context: ValidationContext
) -> Iterator[Line]:
    """Expected, found, last time."""
    expectation = verdict.expectation
    at = [line_said(expectation.handbook_line), expectation.source, verdict.surface, expectation.owner]
    beside = "".join(f" · {shorten(part, PLACE)}" for part in at if part)
    yield [bold(shorten(place(expectation), PLACE)), text(beside)]
    yield [text(f"\u2212 expected: {shorten(claim_words(expectation), _EXPECTED)}")]
    if not verdict.discrepancies:
        yield [text(f"+ found: {shorten(verdict.found, _FOUND) or '(no words)'}")]
    for found in verdict.discrepancies[:_DISCREPANCIES]:
        one = told.get(found.key(expectation))
        yield [text(f"+ found: {discrepancy_said(found)}{f' · {since(one, outcome)}' if one else ''}")]
        if found.change:
            yield [text(f"· {who_changed(found.change, outcome, context)}")]
        if found.records:
            yield [text("· "), *_records(found, context)]
    if len(verdict.discrepancies) > _DISCREPANCIES:
        yield [text(f"· {_DISCREPANCIES} of {len(verdict.discrepancies):,} differences shown")]
    if verdict.status is Status.WAIVED and expectation.because:
        yield [text(f"· waived because {shorten(expectation.because, _FOUND)}")]
    for remark in verdict.remarks[:_PLACES]:
        yield [text(f"· {shorten(remark, _FOUND) or '(no words)'}")]
    if outcome.before is not None:
        yield [text(f"· last time: {last_time(verdict, outcome)}")]


def _records(found: Discrepancy, context: ValidationContext) -> Line:
    """The first records with links, "5 of 14"."""
    row: Line = []
    for number, record in enumerate(found.records[:RECORDS]):
        value = shorten(record.found, _RECORD)
        row += [text(", ")] if number else []
        row += [link(record_name(record), context.page(record)), *([text(f" ({value})")] if value else [])]
    shown, total = min(len(found.records), RECORDS), max(found.total, len(found.records))
    return [*row, text(f" · {shown} of {total:,}")] if shown < total else row


def record_name(record: RecordRef) -> str:
    """The record's name, its id where it has none."""
    return shorten(record.name, _RECORD) or f"(no name) {shorten(record.id, 18)}".strip()


def _unjudged(outcome: Outcome) -> Topic:
    """What was known and could not be judged this time: it stays known."""
    known = [told for told in outcome.told if told.news is not News.FIXED and told.discrepancy is None]
    rows = ([text(f"{place_of(told)}: {said_of(told)} · {since(told, outcome)}")] for told in known)
    return Topic("Not judged this time", rows, len(known), "taken to be as it was")


def _fixed(outcome: Outcome) -> Topic:
    fixed = outcome.that_are(News.FIXED)
    return Topic("Fixed", ([text(fixed_said(told))] for told in fixed), len(fixed))


def _eyes(outcome: Outcome) -> Topic:
    """Each sentence that somebody must look at."""
    left = outcome.of(Status.NEEDS_EYES)
    rows = (
        [
            text(f"{shorten(place(one.expectation), PLACE)}: {shorten(one.found, _FOUND) or _eyes_said(one)}"),
            text(f" · “{shorten(sentence_words(one.expectation), _SENTENCE)}”{_line(one)}"),
        ]
        for one in left
    )
    return Topic("For your eyes", rows, len(left), "no API can see these", posts=_POSTS)


def _eyes_said(verdict: Verdict) -> str:
    return shorten(eyes_words(verdict.expectation), _FOUND)


def _line(verdict: Verdict) -> str:
    return line_said(verdict.expectation.handbook_line, " ")


def _unchecked(outcome: Outcome) -> Topic:
    """Each reason once, with the expectations behind it."""
    behind: dict[str, list[Verdict]] = {}
    for one in outcome.of(Status.COULD_NOT_CHECK):
        behind.setdefault(shorten(why(one), 2 * _FOUND), []).append(one)
    rows = (
        [
            text(f"{reason.rstrip('.')} · {counted(len(ones), 'expectation')}: "),
            text(_places(ones)),
        ]
        for reason, ones in behind.items()
    )
    return Topic("Could not check", rows, len(behind), "each with its remedy", posts=_POSTS)


def _places(verdicts: Sequence[Verdict]) -> str:
    """ "Account \u203a Accounting L157, Account \u203a right side L158 and 3 more"."""
    named = list(dict.fromkeys(f"{shorten(place(one.expectation), PLACE)}{_line(one)}" for one in verdicts))
    more = f" and {len(named) - _PLACES:,} more" if len(named) > _PLACES else ""
    return ", ".join(named[:_PLACES]) + more


def _notes(outcome: Outcome) -> Topic:
    notes = [note for note in (shorten(note, 2 * _FOUND) for note in outcome.notes) if note]
    return Topic("Notes", ([text(note)] for note in notes), len(notes), "what was assumed")
