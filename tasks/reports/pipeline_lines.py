"""The one-line summaries of the pipeline review: headline, money, data, footer. Plain words, not yet blocks."""

import pandas as pd

from tasks.reports.dates import clock_time, weekday
from tasks.reports.money import money
from tasks.reports.report_context import ReportContext
from tasks.reports.slack_text import shorten
from tasks.rules.clock import quarter_of
from tasks.rules.findings import Review, Verdict
from tasks.rules.pipeline import totals_by_quarter, totals_by_verdict
from tasks.rules.weekly import Since
from tasks.rules.weeks import among

_NOTES = 3
_NOTE = 200
_CURRENCIES = 4
_PARKED = "renewals"
_SAID = {
    str(Verdict.HEALTHY): "healthy",
    str(Verdict.WARN): "warned",
    str(Verdict.HELD): "held back",
    _PARKED: "silent renewals",
    str(Verdict.PROPOSE): "to decide",
}


def headline(review: Review, context: ReportContext, since: Since | None = None) -> str:
    """Line 1 and the notification: the verdict, the count, the money. Who was warned of the same before is left out."""
    deals = review.deals
    name = "Pipeline review (dry run)" if context.dry_run else "Pipeline review"
    decide = headline_phrase(review)
    said = [decide] if decide else []
    warned = int(needs_owner(review, since).sum())
    if warned:
        said.append(f"{warned:,} need{'s' if warned == 1 else ''} {'its' if warned == 1 else 'their'} owner")
    slipped = _with_money(deals[deals["slipped"].astype(bool)], review, f"slipped out of {slipped_from(review)}")
    if slipped:
        said.append(slipped)
    if said and not decide:
        said.insert(0, "nothing to decide")
    return f"{name} · {weekday(review.as_of, review.as_of)} · {', '.join(said) or 'nothing needs you'}"


def headline_phrase(review: Review) -> str:
    """The words of the headline that a decision replaces, "4 to decide ($310k)"; "" where nothing is proposed."""
    proposed = review.deals[review.deals["verdict"] == Verdict.PROPOSE]
    decide = _with_money(proposed, review, "proposals" if review.ceiling else "to decide")
    return f"nothing will be written: {decide}" if review.ceiling and decide else decide


def needs_owner(review: Review, since: Since | None) -> pd.Series:
    """The deals beside `review.deals` whose owner is warned, and was not warned of the same silence before."""
    warned = review.deals["verdict"].eq(Verdict.WARN)
    return warned & ~among(review.deals["id"], since.warned_before) if since else warned


def _with_money(deals: pd.DataFrame, review: Review, words: str) -> str:
    """ "4 to decide ($310k)"; "" for no deals, no brackets where none of them has a value."""
    if deals.empty:
        return ""
    total = f" ({money(_sum(deals), review.corporate_currency)})" if deals["value"].notna().any() else ""
    return f"{len(deals):,} {words}{total}"


def _sum(deals: pd.DataFrame) -> float:
    return float(deals["value"].astype(float).sum())


def slipped_from(review: Review) -> str:
    """The quarter that the slipped deals left, "Q4"; in the first days of a quarter there may be two."""
    left = sorted(set(review.deals.loc[review.deals["slipped"].astype(bool), "slipped_from"]) - {""})
    return left[0].split()[0] if len(left) == 1 else "their quarter"


def open_pipeline(review: Review) -> str:
    """What is open, by verdict and by the quarter it should close in; empty parts are left out."""
    currency, count = review.corporate_currency, len(review.deals)
    values = _by_verdict(review)
    said = {**_SAID, str(Verdict.PROPOSE): "proposed"} if review.ceiling else _SAID
    by_verdict = [f"{words} {money(values[name], currency)}" for name, words in said.items() if name in values]
    by_quarter = [f"{words} {money(value, currency)}" for words, value in _by_quarter(review).items()]
    total = money(sum(values.values()), currency)
    deals = f"{count:,} deal{'' if count == 1 else 's'}"
    return f"{total} in {deals}: {', '.join(by_verdict)} · closing {', '.join(by_quarter)}"


def _by_verdict(review: Review) -> dict[str, float]:
    """Value by verdict, where there is any deal; of what is held back, silent renewals stand apart."""
    totals = totals_by_verdict(review)
    values = {str(row["verdict"]): float(row["value"]) for row in totals.to_dict("records") if row["deals"]}
    held = review.deals[review.deals["verdict"].eq(Verdict.HELD)]
    renewals = held["renewal"].astype(bool)
    values.pop(str(Verdict.HELD), None)
    parts = {str(Verdict.HELD): held[~renewals], _PARKED: held[renewals]}
    return values | {name: float(part["value"].sum()) for name, part in parts.items() if len(part)}


def _by_quarter(review: Review) -> dict[str, float]:
    """Value by "earlier", this quarter, the next, "later" and "undated", in this order."""
    now = _number(quarter_of(review.as_of))
    sums: dict[str, float] = {}
    for row in totals_by_quarter(review).to_dict("records"):
        quarter = str(row["quarter"])
        ahead = _number(quarter) - now if quarter else None
        if ahead is None:
            words = "undated"
        elif ahead < 0:
            words = "earlier"
        elif ahead > 1:
            words = "later"
        else:
            words = quarter.removesuffix(f" {review.as_of.year}")
        sums[words] = sums.get(words, 0.0) + float(row["value"])
    return sums


def _number(quarter: str) -> int:
    """ "Q4 2026" as a number that grows by one a quarter."""
    return int(quarter[3:]) * 4 + int(quarter[1])


def data_sentences(review: Review, context: ReportContext) -> list[str]:
    """How far the data can be trusted, most telling first. The first sentence is always the coverage."""
    notes = [f"{shorten(note, _NOTE).rstrip('.')}." for note in review.notes[:_NOTES]]
    if len(review.notes) > _NOTES:
        notes.append(f"{_NOTES} of {len(review.notes)} notes shown.")
    said = [coverage(review), *notes, _unconverted(review), context.calls_said()]
    return [sentence for sentence in said if sentence]


def coverage(review: Review) -> str:
    """ "61 of 61 open deals read", and what that means when the numbers differ."""
    read, expected = len(review.deals), review.expected
    said = f"{read:,} of {expected:,} open deals read"
    if read < expected:
        return f"{said}: {expected - read:,} missing from this report."
    return f"{said}: {read - expected:,} added meanwhile." if read > expected else f"{said}."


def _unconverted(review: Review) -> str:
    counts = sorted(review.unconverted.items(), key=lambda item: (-item[1], item[0]))
    if not counts:
        return ""
    named = [f"{count:,} in {shorten(currency, 8) or 'no currency'}" for currency, count in counts[:_CURRENCIES]]
    others = sum(count for _, count in counts[_CURRENCIES:])
    if others:
        named.append(f"{others:,} in others")
    return f"Not in the sums, for want of a rate: {', '.join(named)}."


def repairs(review: Review) -> list[str]:
    """How many records are bad, if any. Said beside other news, never a reason for news by itself."""
    bad = int(review.deals["problems"].map(bool).sum())
    return [f"{bad:,} record{'' if bad == 1 else 's'} to repair, listed in thread."] if bad else []


def is_clean(review: Review, context: ReportContext, since: Since | None = None) -> bool:
    """Whether there is nothing to decide, to remind of, or to know about the data, and nothing open from last week."""
    deals = review.deals
    asks = deals["verdict"].eq(Verdict.PROPOSE) | needs_owner(review, since) | deals["slipped"].astype(bool)
    still_open = since is not None and since.answered is not None and bool(since.answered.open)
    all_read = len(deals) == review.expected and len(data_sentences(review, context)) == 1
    return all_read and not asks.any() and not still_open and not review.ceiling


def footer(review: Review, context: ReportContext) -> str:
    """As of when, under which rule values, what else is in the thread, and how the run came about."""
    said = [f"as of {clock_time(context.as_of, context.zone)}"]
    if context.updated is not None:
        said.append(f"updated {clock_time(context.updated, context.zone)}, replaces today's earlier report")
    policy = context.policy
    said.append(f"{policy.stale_after_days} days inclusive, warned from {policy.warn_after_days}")
    said += [f"{shorten(stage, 24)} {days} days" for stage, days in sorted(policy.stale_after_by_stage.items())[:3]]
    held = review.deals["verdict"] == Verdict.HELD
    renewals = int((held & review.deals["renewal"].astype(bool)).sum())
    if renewals:
        said.append(f"{renewals:,} renewal{'' if renewals == 1 else 's'} listed in thread")
    if context.started_by:
        said.append(f"started by {shorten(context.started_by, 40)}")
    return " · ".join(said)
