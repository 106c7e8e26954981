"""The one-line summaries of the Salesforce check: headline, footer, what each finding says. Plain words, no blocks."""

from collections.abc import Iterable

from tasks.reports.dates import clock_time, day
from tasks.reports.slack_text import shorten
from tasks.reports.validation_context import ValidationContext
from tasks.reports.validation_words import claim_words, place, placed
from tasks.rules.expected import OBJECTS, Records
from tasks.rules.verdicts import Change, Discrepancy, News, Outcome, Status, Told, Verdict

PLACE, SAID, NEAR, WHO = 60, 140, 70, 40
NOTHING = "nothing needs you"
_JUDGED = (Status.AS_EXPECTED, Status.DIFFERS, Status.WAIVED)
_NAMED = 2
_COUNTED = {
    Status.AS_EXPECTED: "{} as expected", Status.DIFFERS: "{} differ", Status.WAIVED: "{} waived",
    Status.NEEDS_EYES: "{} need eyes", Status.COULD_NOT_CHECK: "{} could not be checked",
}  # fmt: skip


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 problem", "1,204 problems"; without `many` the plural has an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def headline(outcome: Outcome, context: ValidationContext) -> str:
    """Line 1 and the notification: what is new, fixed and known, and what could not be checked."""
    name = "Salesforce check (dry run)" if context.dry_run else "Salesforce check"
    return " · ".join([name, *_scope(context), ", ".join(_verdict(outcome))])


def _scope(context: ValidationContext) -> list[str]:
    """The objects of a check that is not of all."""
    if set(context.objects) >= set(OBJECTS):
        return []
    if len(context.objects) > _NAMED or not context.objects:
        return [counted(len(context.objects), "object")]
    return [", ".join(shorten(name, WHO) for name in context.objects)]


def _verdict(outcome: Outcome) -> list[str]:
    if not outcome.verdicts and not outcome.told:
        return ["nothing was checked: there are no expectations"]
    fixed, unjudged = len(outcome.that_are(News.FIXED)), len(outcome.of(Status.COULD_NOT_CHECK))
    loose = len(untold(outcome))
    said = [
        _problems(outcome),
        f"{fixed:,} fixed" if fixed else "",
        _known(outcome),
        f"{loose:,} more {'differs' if loose == 1 else 'differ'}" if loose else "",
        f"{unjudged:,} could not be checked" if unjudged else "",
    ]
    return [part for part in said if part]


def _problems(outcome: Outcome) -> str:
    """ "2 new problems", "no new problems", "first check: 14 problems", or that nothing needs the reader."""
    new = len(outcome.that_are(News.NEW))
    first = "first check: " if outcome.before is None else ""
    if new:
        return f"{first}{counted(new, 'problem')}" if first else counted(new, "new problem")
    if not any(outcome.of(status) for status in _JUDGED):
        return f"{first}nothing could be judged"
    if _needs_nobody(outcome):
        return f"{first}{NOTHING}"
    return f"{first}no {'' if first else 'new '}problems"


def _needs_nobody(outcome: Outcome) -> bool:
    """Whether nothing differs but what is waived, and everything could be checked."""
    left = [told for told in outcome.told if told.news is not News.FIXED and not is_waived(told)]
    return not left and not outcome.of(Status.DIFFERS) and not outcome.of(Status.COULD_NOT_CHECK)


def is_clean(outcome: Outcome) -> bool:
    """Whether one line says it all: nothing new, nothing fixed, nothing known but what is waived, all checked."""
    judged = any(outcome.of(status) for status in _JUDGED)
    return judged and _needs_nobody(outcome) and not outcome.that_are(News.FIXED)


def is_waived(told: Told) -> bool:
    """Whether it is waived for now."""
    return told.verdict is not None and told.verdict.status is Status.WAIVED


def _known(outcome: Outcome) -> str:
    """ "3 known (1 waived to 31 Dec)"."""
    known = outcome.that_are(News.KNOWN)
    if not known:
        return ""
    waived = [told for told in known if is_waived(told)]
    many = f"{len(waived):,} " if len(waived) < len(known) or len(waived) > 1 else ""
    return f"{len(known):,} known" + (f" ({many}{waived_words(waived, outcome)})" if waived else "")


def waived_words(told: Iterable[Told], outcome: Outcome) -> str:
    """ "waived to 31 Dec"; the first day where there are several."""
    until = {one.verdict.expectation.waived_until for one in told if one.verdict}
    ends = sorted(end for end in until if end is not None)
    if not ends:
        return "waived"
    return f"waived{', the first' if len(ends) > 1 else ''} to {day(ends[0], outcome.day)}"


def untold(outcome: Outcome) -> tuple[Verdict, ...]:
    """What differs and has no line among what is new or known."""
    keys = {told.remembered.key for told in outcome.told if told.news is not News.FIXED}
    return tuple(
        verdict
        for verdict in outcome.of(Status.DIFFERS)
        if keys.isdisjoint(one.key(verdict.expectation) for one in verdict.discrepancies)
    )


def is_of_records(told: Told) -> bool:
    """Whether it is about the values of records."""
    return told.verdict is not None and isinstance(told.verdict.expectation.claim, Records)


def place_of(told: Told) -> str:
    """ "Account \u203a Accounting"."""
    kept = told.remembered
    return shorten(place(told.verdict.expectation) if told.verdict else placed(kept.object, kept.section), PLACE)


def said_of(told: Told) -> str:
    """What is wrong, with what may be meant: "“License key” is missing; found “Licence Key”: renamed?"."""
    return discrepancy_said(told.discrepancy) if told.discrepancy else _sentence(told.remembered.said)


def discrepancy_said(found: Discrepancy) -> str:
    """See `said_of`."""
    near = shorten(found.near, NEAR).rstrip(".")
    return _sentence(found.said) + (f"; {near}" if near else "")


def _sentence(said: str) -> str:
    return shorten(said, SAID).rstrip(".") or "(no words)"


def since(told: Told, outcome: Outcome) -> str:
    """ "new", "known since 3 Sep", "known since 3 Sep, waived to 31 Dec"."""
    if told.news is not News.KNOWN:
        return str(told.news)
    known = f"known since {day(told.remembered.first_seen, outcome.day)}"
    return f"{known}, {waived_words([told], outcome)}" if is_waived(told) else known


def changed(change: Change | None, outcome: Outcome, context: ValidationContext) -> str:
    """ "changed 18 Nov by Jo Admin"; "" where the audit trail, which the thread quotes, does not tell."""
    if change is None:
        return ""
    who = shorten(change.who, WHO)
    when = day(change.at.astimezone(context.zone).date(), outcome.day)
    return f"changed {when}{f' by {who}' if who else ''}"


def fixed_said(told: Told) -> str:
    """ "Opportunity: “Opportunity name” has its year: 58 of 58 (was 55)"; of structure, what was wrong."""
    kept, verdict = told.remembered, told.verdict
    if verdict is None:
        return f"{place_of(told)} (was: {_sentence(kept.said)}; its expectation is gone from the files)"
    now = verdict.looked_at
    if verdict.status is Status.AS_EXPECTED and now and 0 < kept.total <= kept.of and is_of_records(told):
        was = f"{kept.of - kept.total:,}" + (f" of {kept.of:,}" if kept.of != now else "")
        words = shorten(claim_words(verdict.expectation), SAID)
        return f"{verdict.expectation.object}: {words}: {now:,} of {now:,} (was {was})"
    return f"{place_of(told)} (was: {_sentence(kept.said)})"


def line_said(line: int | None, lead: str = "") -> str:
    """ "handbook L157"; "" without a line."""
    return f"{lead}L{line}" if line is not None else ""


def checked(outcome: Outcome, context: ValidationContext) -> str:
    """How many expectations were held against what, and what each came to: the numbers add up."""
    sums = ", ".join(
        words.format(f"{len(found):,}") for status, words in _COUNTED.items() if (found := outcome.of(status))
    )
    profile = shorten(context.profile or outcome.profile, PLACE)
    of = f"{counted(len(outcome.verdicts), 'expectation')} on {counted(len(context.objects), 'object')}"
    return f"{of} as profile {profile or '(not named)'}" + (f": {sums}" if sums else "")


def footer(outcome: Outcome, context: ValidationContext) -> str:
    """What was checked, compared with what, as of when, and how the run came about."""
    said = [checked(outcome, context)]
    if not context.with_records:
        said.append("records not looked at")
    if outcome.before is not None:
        said.append(f"compared with {day(outcome.before, outcome.day)}")
    if context.last_report is not None and context.last_report != outcome.before:
        said.append(f"last report {day(context.last_report, outcome.day)}")
    said.append(f"as of {clock_time(context.as_of, context.zone)}")
    if context.updated is not None:
        said.append(f"updated {clock_time(context.updated, context.zone)}, replaces today's earlier report")
    if context.started_by:
        said.append(f"started by {shorten(context.started_by, WHO)}")
    return " · ".join([*said, *filter(None, [context.calls_said().rstrip(".")])])
