"""The Salesforce check as a table: a row for each thing found, and one for each expectation without any."""

from collections.abc import Iterator

from tasks.reports.dates import day
from tasks.reports.slack_text import shorten
from tasks.reports.validation_context import ValidationContext
from tasks.reports.validation_lines import changed, discrepancy_said, line_said
from tasks.reports.validation_thread import told_by_key
from tasks.reports.validation_words import NO_OBJECT, claim_words
from tasks.rules.verdicts import Discrepancy, News, Outcome, Told, Verdict

_EXPECTATION, _FOUND = 300, 240


def table(outcome: Outcome, context: ValidationContext) -> list[dict[str, str]]:
    """Rows with object, verdict, expectation, found, news, since, handbook and where ("accounts.yml:27"), all of them
    plain text on one line. What was fixed is a row too, also where its expectation is gone from the files."""
    told = told_by_key(outcome)
    fixed = [one for one in outcome.that_are(News.FIXED) if one.verdict is None]
    rows = [row for one in outcome.verdicts for row in _rows(one, told, outcome, context)]
    return [*rows, *(_gone(one, outcome) for one in fixed)]


def _rows(
    verdict: Verdict, told: dict[str, Told], outcome: Outcome, context: ValidationContext
) -> Iterator[dict[str, str]]:
    expectation = verdict.expectation
    for found in verdict.discrepancies:
        one = told.get(found.key(expectation))
        yield _row(verdict, _found(found, outcome, context), one, outcome)
    for one in outcome.told:
        if one.verdict is not None and one.verdict.expectation.key == expectation.key and one.discrepancy is None:
            was = "was: " if one.news is News.FIXED else ""
            yield _row(verdict, f"{was}{one.remembered.said}", one, outcome)
    if not verdict.discrepancies:
        yield _row(verdict, verdict.found, None, outcome)


def _found(found: Discrepancy, outcome: Outcome, context: ValidationContext) -> str:
    by = changed(found.change, outcome, context)
    return discrepancy_said(found) + (f" ({by})" if by else "")


def _row(verdict: Verdict, found: str, told: Told | None, outcome: Outcome) -> dict[str, str]:
    expectation = verdict.expectation
    return {
        "object": shorten(expectation.object, _FOUND) or NO_OBJECT,
        "verdict": str(verdict.status),
        "expectation": shorten(claim_words(expectation), _EXPECTATION),
        "found": shorten(found, _FOUND),
        "news": str(told.news) if told else "",
        "since": day(told.remembered.first_seen, outcome.day) if told else "",
        "handbook": line_said(expectation.handbook_line),
        "where": shorten(expectation.source, _FOUND),
    }


def _gone(told: Told, outcome: Outcome) -> dict[str, str]:
    """What was fixed by taking its expectation out of the files."""
    kept = told.remembered
    return {
        "object": shorten(kept.object, _FOUND) or NO_OBJECT,
        "verdict": "gone from the files",
        "expectation": "",
        "found": shorten(f"was: {kept.said}", _FOUND),
        "news": str(told.news),
        "since": day(kept.first_seen, outcome.day),
        "handbook": line_said(kept.handbook_line),
        "where": "",
    }
