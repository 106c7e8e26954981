"""The one-line summaries of the activity review: headline, team, data, footer. Plain words, not yet blocks."""

from tasks.reports.activity_context import ActivityContext
from tasks.reports.activity_rows import PERSON, counted, over_ids, rep_names, told
from tasks.reports.dates import clock_time, day
from tasks.reports.slack_text import shorten
from tasks.rules.activity_findings import ActivityReview, Month

_NOTES, _NOTE = 4, 200
_NAMED, _BECAUSE = 5, 60
_A_MONTH = range(21, 46)  # days: holidays and weekends move the first business day
_READ = {"activities": ("tasks", "events", "mail"), "people": ("contacts", "leads")}
NOTHING = "nothing needs you"


def headline(review: ActivityReview, context: ActivityContext) -> str:
    """Line 1 and the notification: how many talks, how many people written to too much, how many left."""
    name = "Rep activity (dry run)" if context.dry_run else "Rep activity"
    scope = [shorten(review.scope, PERSON)] if review.scope else []
    return " · ".join([name, *scope, period(review), ", ".join(_verdict(review))])


def _verdict(review: ActivityReview) -> list[str]:
    totals = review.totals
    said = [
        suggested(totals.talks),
        f"{counted(totals.over, 'person', 'people')} over-contacted" if totals.over else "",
        f"{totals.waiting:,} left waiting" if totals.waiting else "",
        f"{counted(totals.forgotten, 'account')} untouched" if totals.forgotten else "",
    ]
    if any(said):
        return [part for part in said if part]
    if not review.findings.empty:
        return [f"{counted(len(review.findings), 'finding')} in thread"]
    unjudged = _unjudged(review)
    if unjudged:
        return ["nothing found", f"{counted(len(unjudged), 'rep')} cannot be judged"]
    return [NOTHING if _all_read(review) else "nothing found in what was read"]


def suggested(talks: int) -> str:
    """The words of the headline that a booking replaces, "2 talks suggested"; "" for none."""
    return f"{counted(talks, 'talk')} suggested" if talks else ""


def period(review: ActivityReview) -> str:
    """ "25 Oct\u201323 Nov"."""
    window = review.window
    return f"{day(window.first, window.last)}\u2013{day(window.last, window.last)}"


def is_clean(review: ActivityReview) -> bool:
    """Whether nothing was found, everybody could be judged, and everything was read."""
    return review.findings.empty and not review.totals.talks and not _unjudged(review) and _all_read(review)


def team(review: ActivityReview, before: Month | None) -> str:
    """Reps, touches by hand, people and how many answered, and what of that was so in the review before."""
    totals = review.totals
    share = totals.share_answered
    answered = f"{share:.0%} answered" if share is not None else "nobody written to"
    than = _then(review, before)
    compared = before is not None and bool(than)
    if compared and before and before.totals.share_answered is not None:
        answered += f" ({than} {before.totals.share_answered:.0%})"
    said = [
        counted(totals.reps, "rep"),
        counted(totals.touches, "human touch", "human touches"),
        counted(totals.people, "person", "people"),
        answered,
    ]
    if totals.automated:
        said.append(f"+{totals.automated:,} automated")
    if not review.scope:
        said.append(_again(review, before, than) if compared and before else "nothing to compare with yet")
    return " · ".join(said)


def _then(review: ActivityReview, before: Month | None) -> str:
    """What the review before is called; "" where a comparison with it says nothing: one rep is no team."""
    if before is None or review.scope:
        return ""
    window = review.window
    a_month = (window.last - before.day).days in _A_MONTH and before.day.month != window.last.month
    said = "last month" if a_month else day(before.day, window.last)
    return said if before.window_days == window.days else f"{said}, over {before.window_days} days,"


def _again(review: ActivityReview, before: Month, than: str) -> str:
    """ "4 over-contacted (last month 5, 2 of them again)"."""
    now = over_ids(review)
    again = f", {len(now & before.over) or 'none'} of them again" if before.over else ""
    return f"{len(now):,} over-contacted ({than} {before.totals.over:,}{again})"


def data_sentences(review: ActivityReview, context: ActivityContext) -> list[str]:
    """How far the data and the rules can be trusted, most telling first."""
    told_ones = [shorten(note, _NOTE).rstrip(".") for note in review.notes[:_NOTES]]
    notes = [f"{note[:1].upper()}{note[1:]}." for note in told_ones if note]
    if len(review.notes) > _NOTES:
        notes.append(f"{_NOTES} of {len(review.notes):,} notes shown.")
    said = [_coverage(review), _unjudged_said(review), *notes, _linkedin(review), _not_agreed(context)]
    return [sentence for sentence in (*said, context.calls_said()) if sentence]


def _coverage(review: ActivityReview) -> str:
    """ "All read: 593 activities, 105 people."; where something is missing, what and how much of it."""
    short = {what: (rows, of) for what, (rows, of) in review.read.items() if rows < of}
    if short:
        said = ", ".join(f"{rows:,} of {of:,} {shorten(what, 20)}" for what, (rows, of) in short.items())
        missing = sum(of - rows for rows, of in short.values())
        return f"Only {said} read: {missing:,} missing from this report."
    if not review.read:
        return ""
    sums = {what: sum(review.read[name][0] for name in names if name in review.read) for what, names in _READ.items()}
    return f"All read: {', '.join(f'{rows:,} {what}' for what, rows in sums.items())}."


def _all_read(review: ActivityReview) -> bool:
    return all(rows >= of for rows, of in review.read.values())


def _linkedin(review: ActivityReview) -> str:
    return "" if review.touches["kind"].eq("linkedin").any() else "LinkedIn not included."


def _unjudged(review: ActivityReview) -> list[str]:
    judged = review.reps["judged"].astype(bool)
    names = rep_names(review)
    return [names[str(rep_id)] for rep_id in review.reps.loc[~judged, "rep_id"]]


def _unjudged_said(review: ActivityReview) -> str:
    """ "Cannot be judged: Ines Moreau (no mail of theirs is logged)."; the days stand in the first line."""
    names = _unjudged(review)
    if not names:
        return ""
    reasons = review.reps.loc[~review.reps["judged"].astype(bool), "unjudged_because"]
    days = f" in these {review.window.days} days"
    because = [told(reason, _BECAUSE).removesuffix(days) for reason in reasons]
    said = [f"{name} ({why})" if why else name for name, why in zip(names[:_NAMED], because, strict=False)]
    more = f" (+{len(names) - _NAMED:,} more in thread)" if len(names) > _NAMED else ""
    return f"Cannot be judged: {', '.join(said)}{more}."


def _not_agreed(context: ActivityContext) -> str:
    policy = context.policy
    if policy.agreed:
        return ""
    return f"Rules: {_frequency(context)}: not company policy until you set it."


def _frequency(context: ActivityContext) -> str:
    policy = context.policy
    return f"{policy.unanswered_amber}/{policy.unanswered_red} unanswered, {policy.gap_days}-day gap"


def footer(review: ActivityReview, context: ActivityContext) -> str:
    """As of when, over which days, under which rule values, and how the run came about."""
    policy = context.policy
    said = [f"as of {clock_time(context.as_of, context.zone)}"]
    if context.updated is not None:
        said.append(f"updated {clock_time(context.updated, context.zone)}, replaces today's earlier report")
    said += [
        f"{review.window.days} days inclusive",
        *([_frequency(context)] if policy.agreed else []),
        f"{policy.touches_a_day} a day",
        f"{policy.reps_on_one_person} reps on one person",
        f"{policy.account_unanswered} at one account",
    ]
    if policy.touches_in_7_days is not None:
        said.append(f"{policy.touches_in_7_days} in 7 days")
    if context.started_by:
        said.append(f"started by {shorten(context.started_by, 40)}")
    return " · ".join(said)
