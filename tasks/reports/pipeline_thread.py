"""The thread under the pipeline review: evidence, what is held back, warnings, renewals, hygiene, bad records."""

from collections.abc import Sequence

from tasks.reports.blocks import Element, bold, text
from tasks.reports.dates import day
from tasks.reports.pipeline_lines import needs_owner, open_pipeline, slipped_from
from tasks.reports.pipeline_past import changed_deals, open_asks
from tasks.reports.pipeline_rows import deal_link, deal_row, evidence_row, owner, reasons, worth
from tasks.reports.post import Post
from tasks.reports.report_context import ReportContext
from tasks.reports.selection import by_owner, said, where, with_verdict
from tasks.reports.slack_text import shorten
from tasks.reports.thread import Topic, posts_of
from tasks.rules.findings import Deal, Review, Verdict
from tasks.rules.weekly import Since

_DEALS_AN_OWNER = 5
_PROBLEM = 200


def thread(review: Review, context: ReportContext, rest_in: str, since: Since | None = None) -> tuple[Post, ...]:
    """The posts below the parent, at most ten, with memory twelve; `rest_in` is the name of the file that holds every
    deal."""
    topics = (
        _evidence(review, context),
        _held(review, context),
        _warned(review, context, since),
        open_asks(review, context, since),
        _slipped(review, context),
        _renewals(review, context),
        changed_deals(review, context, since),
        _open_pipeline(review, since),
        _hygiene(review, context),
        _bad_records(review, context),
    )
    return posts_of(topics, rest_in)


def _evidence(review: Review, context: ReportContext) -> Topic:
    chosen = with_verdict(review, Verdict.PROPOSE)
    recent = context.policy.recent_days
    within = "in that time" if recent is None else f"in the last {recent} days"
    note = (
        "checked for each: no meeting booked, nothing from the customer in the window, no renewal, no open quote, "
        f"neither created nor handed over {within}, the owner's logging is trusted"
    )
    rows = (evidence_row(deal, review, context) for deal in chosen.deals)
    return Topic("To decide: the evidence", rows, chosen.total, note, posts=3, apart=True)


def _held(review: Review, context: ReportContext) -> Topic:
    chosen = with_verdict(review, Verdict.HELD, renewals=False)
    rows = (
        [deal_link(deal, context), text(f" · {worth(deal, review)} · {owner(deal)} · {reasons(deal)}")]
        for deal in chosen.deals
    )
    return Topic("Held back", rows, chosen.total, "silent as long, but not proposed")


def _warned(review: Review, context: ReportContext, since: Since | None) -> Topic:
    chosen = where(review, needs_owner(review, since))
    note = f"silent for {context.policy.warn_after_days} days or more, not yet to decide"
    again = len(since.warned_before) if since else 0
    if not again:
        return Topic("Need their owner", (deal_row(deal, review, context) for deal in chosen.deals), chosen.total, note)
    if not chosen.total:
        return Topic("Need their owner", [[text(f"no further one; {again:,} warned before, still silent")]], 1, note)
    rows = (deal_row(deal, review, context) for deal in chosen.deals)
    return Topic("Need their owner", rows, chosen.total, f"{note}; +{again:,} warned before, still silent")


def _slipped(review: Review, context: ReportContext) -> Topic:
    chosen = where(review, said(review, "slipped"))
    rows = (
        [deal_link(deal, context), text(f" · {worth(deal, review)} · {owner(deal)} · {_moved(deal, review)}")]
        for deal in chosen.deals
    )
    within = f"close date moved out of the quarter in the last {context.policy.slipped_within_days} days"
    return Topic(f"Slipped out of {slipped_from(review)}", rows, chosen.total, within)


def _moved(deal: Deal, review: Review) -> str:
    now = f"now closes {day(deal.close_date, review.as_of)}" if deal.close_date else "now without a close date"
    return f"{now}, pushed {deal.pushes} time{'' if deal.pushes == 1 else 's'}"


def _renewals(review: Review, context: ReportContext) -> Topic:
    chosen = with_verdict(review, Verdict.HELD, renewals=True)
    note = "silent as long; never proposed to close"
    return Topic("Renewals", (deal_row(deal, review, context) for deal in chosen.deals), chosen.total, note)


def _open_pipeline(review: Review, since: Since | None) -> Topic:
    """Where the parent compares, its place for what is open is taken."""
    compared = since is not None and since.changes is not None and not review.deals.empty
    rows = [[text(open_pipeline(review))]] if compared else []
    return Topic("Open pipeline", rows, len(rows))


def _hygiene(review: Review, context: ReportContext) -> Topic:
    chosen = said(review, "hygiene")
    owners, total = by_owner(review, chosen, _DEALS_AN_OWNER)
    rows = (_owner_row(deals, count, context) for deals, count in owners)
    count = int(chosen.sum())
    return Topic("To update", rows, total, f"{count:,} deal{'' if count == 1 else 's'}, by owner", posts=2)


def _owner_row(deals: Sequence[Deal], count: int, context: ReportContext) -> list[Element]:
    row = [bold(owner(deals[0]))]
    for deal in deals:
        row += [text(" · "), deal_link(deal, context), text(f": {shorten(', '.join(deal.hygiene), _PROBLEM)}")]
    return [*row, text(f" · {len(deals)} of {count:,}, the rest in the file")] if count > len(deals) else row


def _bad_records(review: Review, context: ReportContext) -> Topic:
    chosen = where(review, said(review, "problems"))
    rows = (
        [deal_link(deal, context), text(f" · {owner(deal)} · {shorten('; '.join(deal.problems), _PROBLEM)}")]
        for deal in chosen.deals
    )
    return Topic("Records to repair", rows, chosen.total, "judged as far as they can be, and counted")
