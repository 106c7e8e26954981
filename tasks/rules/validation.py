"""One check of Salesforce beside the check before: what is new, what is known, what was fixed (handbook L147). Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tasks.rules.audit_trail import changed
from tasks.rules.expected import (
    SECOND,
    TOP,
    Components,
    DefaultListView,
    Expectation,
    Opens,
    Section,
    Severity,
    TabShown,
    TabsOnly,
)
from tasks.rules.judging import is_whole
from tasks.rules.org_facts import OrgFacts
from tasks.rules.verdicts import Checkup, Discrepancy, News, Outcome, Remembered, Status, Told, Verdict
from tasks.rules.wording import day_said

_SEVEREST: Final = tuple(Severity)
_NEWS: Final = (News.NEW, News.FIXED, News.KNOWN)
_NO_LINE: Final = 10**6  # an expectation without a line of the handbook comes after those with one


def waived(verdict: Verdict, day: date) -> Verdict:
    """WAIVED in the place of DIFFERS while the expectation's waiver holds on that day."""
    holds = verdict.status is Status.DIFFERS and verdict.expectation.is_waived(day)
    return replace(verdict, status=Status.WAIVED) if holds else verdict


def outcome(
    verdicts: Iterable[Verdict], facts: OrgFacts, before: Checkup | None, day: date, scope: str = "all"
) -> Outcome:
    """The check of that day with what changed since `before`, which is left aside when its scope is another.

    What was found before is fixed where its expectation is judged now and no longer finds it, and where its expectation
    is gone from the files (then `Told.verdict` is None, and a note says so). It stays known where the expectation could
    not be checked now, or where all it looks at is gone (no such section): then `Told.discrepancy` is None. What is
    waived is never new.
    """
    last = before if before is not None and before.scope == scope else None
    judged = tuple(_ended(_dated(waived(one, day), facts), last, day) for one in verdicts)
    then = {one.key: one for one in last.discrepancies} if last else {}
    told = [*_found(judged, then, day), *_left(judged, then)]
    gone = [one.remembered for one in told if one.news is News.FIXED and one.verdict is None]
    notes = (*facts.notes, *(f"{one.said}: no expectation asks for this any more" for one in gone))
    return Outcome(
        day=day,
        profile=facts.profile,
        verdicts=judged,
        told=tuple(sorted(told, key=_order)),
        before=last.day if last else None,
        statuses_before=dict(last.statuses) if last else {},
        notes=notes,
    )


def checkup_of(outcome: Outcome, scope: str = "all") -> Checkup:
    """What is kept of the check: what is found or still known, since when, and the status of each expectation."""
    kept = tuple(one.remembered for one in outcome.told if one.news is not News.FIXED)
    return Checkup(
        day=outcome.day,
        scope=scope,
        discrepancies=kept,
        statuses={one.expectation.key: one.status for one in outcome.verdicts},
        looked_at={one.expectation.key: one.looked_at for one in outcome.verdicts if one.looked_at},
    )


def place_of(expectation: Expectation) -> str:
    """Where on the object the expectation looks, in a word or two: "Accounting", "top section", "on the right"."""
    claim = expectation.claim
    if isinstance(claim, Section):
        return {TOP: "top section", SECOND: "second section", "": "page"}.get(claim.section, claim.section)
    if isinstance(claim, Components):
        return "at the top" if claim.side == TOP else f"{'on' if claim.side == 'right' else 'at'} the {claim.side}"
    if isinstance(claim, TabsOnly | TabShown):
        return "tabs"
    return "list views" if isinstance(claim, DefaultListView) else "records"


@dataclass(frozen=True)
class _Key:
    """A discrepancy with its verdict and its key."""

    key: str
    verdict: Verdict
    discrepancy: Discrepancy


def _keys(verdicts: Iterable[Verdict]) -> Iterator[_Key]:
    for verdict in verdicts:
        for one in verdict.discrepancies:
            yield _Key(one.key(verdict.expectation), verdict, one)


def _found(verdicts: Iterable[Verdict], then: Mapping[str, Remembered], day: date) -> Iterator[Told]:
    first: dict[str, _Key] = {}
    for each in sorted(_keys(verdicts), key=lambda one: one.verdict.status is Status.WAIVED):
        first.setdefault(each.key, each)
    for one in first.values():
        known, is_waived = then.get(one.key), one.verdict.status is Status.WAIVED
        news = News.KNOWN if known or is_waived else News.NEW
        remembered = _remembered(one, known.first_seen if known else day, is_waived=is_waived)
        yield Told(news, remembered, one.verdict, one.discrepancy)


def _left(verdicts: tuple[Verdict, ...], then: Mapping[str, Remembered]) -> Iterator[Told]:
    """What was found before and is not found now."""
    now = {one.key for one in _keys(verdicts)}
    by_expectation = {one.expectation.key: one for one in verdicts}
    for key, remembered in then.items():
        if key in now:
            continue
        verdict = by_expectation.get(remembered.expectation_key)
        is_fixed = verdict is None or _tells(verdict)
        yield Told(News.FIXED if is_fixed else News.KNOWN, remembered, verdict)


def _tells(verdict: Verdict) -> bool:
    """Whether what this verdict does not find is not there. Links that were not opened may be as broken as before."""
    if verdict.status is Status.COULD_NOT_CHECK or any(map(is_whole, verdict.discrepancies)):
        return False
    return not (verdict.status is Status.NEEDS_EYES and isinstance(verdict.expectation.claim, Opens))


def _remembered(one: _Key, first_seen: date, *, is_waived: bool) -> Remembered:
    expectation, discrepancy = one.verdict.expectation, one.discrepancy
    return Remembered(
        key=one.key,
        expectation_key=expectation.key,
        object=expectation.object,
        section=place_of(expectation),
        said=discrepancy.said,
        severity=expectation.severity,
        first_seen=first_seen,
        handbook_line=expectation.handbook_line,
        total=discrepancy.total,
        of=discrepancy.of,
        waived=is_waived,
    )


def _dated(verdict: Verdict, facts: OrgFacts) -> Verdict:
    """The verdict with who changed what it found, where the audit trail says so."""
    expectation = verdict.expectation
    found = tuple(
        one if one.change else replace(one, change=changed(one, expectation, facts, verdict.surface))
        for one in verdict.discrepancies
    )
    return replace(verdict, discrepancies=found)


def _ended(verdict: Verdict, last: Checkup | None, day: date) -> Verdict:
    """The verdict with a remark where it was waived at the check before and is so no more."""
    key, until = verdict.expectation.key, verdict.expectation.waived_until
    was = last is not None and last.statuses.get(key) is Status.WAIVED
    if not was or verdict.status is not Status.DIFFERS:
        return verdict
    said = f"the waiver ended on {day_said(until, day)}" if until else "it is no longer waived"
    return replace(verdict, remarks=(*verdict.remarks, said))


def _order(told: Told) -> tuple[int, int, int, str, str]:
    one = told.remembered
    line = _NO_LINE if one.handbook_line is None else one.handbook_line
    return _NEWS.index(told.news), _SEVEREST.index(one.severity), line, one.said, one.key
