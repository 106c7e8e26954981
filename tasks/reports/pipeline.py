"""The weekly opportunity pipeline review as a Slack message (handbook L104). Findings in, blocks out; pure.

At most twelve lines in the parent: what needs a decision first, then what changed since the last review, then how far
the data can be trusted. Everything else is in the thread and in the file.
"""

from functools import partial

from tasks.reports.blocks import Block, Element, bold, header, items, link, link_buttons, rich_text, section, text
from tasks.reports.blocks import context as small_print
from tasks.reports.chart import chart_blocks, chart_picture
from tasks.reports.limits import MESSAGE_WEIGHT, weight
from tasks.reports.pipeline_lines import coverage, data_sentences, footer, headline, is_clean, open_pipeline, repairs
from tasks.reports.pipeline_past import NOTHING_YET, answers_said, changes_said, last_week
from tasks.reports.pipeline_rows import deal_link, deal_row, reasons
from tasks.reports.pipeline_table import deals_file
from tasks.reports.pipeline_thread import thread
from tasks.reports.post import Post, Report
from tasks.reports.report_context import ReportContext
from tasks.reports.selection import with_verdict
from tasks.reports.slack_text import mrkdwn, shorten
from tasks.rules.findings import Review, Verdict
from tasks.rules.weekly import Since

DECIDE = "decide"  # the action id of the button that gives way to another once somebody has decided
_LINES = 12
_DECIDE = 5
_HELD = 3
_CEILING = 240


def message(review: Review, context: ReportContext, since: Since | None = None) -> Report:
    """The report of one review: parent, thread and the file of all open deals, each within Slack's limits. `since` is
    what is remembered of earlier reviews; None where nothing is to be compared."""
    file = deals_file(review, context)
    return Report(
        _parent(review, context, since),
        thread(review, context, file.name, since),
        (file,),
        partial(chart_picture, review, context),
    )


def _parent(review: Review, context: ReportContext, since: Since | None) -> Post:
    first = headline(review, context, since)
    if is_clean(review, context, since):
        past = [NOTHING_YET] if since and not since.changes else []
        past = [changes_said(review, since.changes, context)] if since and since.changes else past
        words = " · ".join([first, coverage(review).rstrip("."), *past, footer(review, context)])
        return Post(mrkdwn(first), [rich_text(section(text(words), *_run_link(context)))])
    return Post(mrkdwn(first), _fitting(review, context, since, first))


def _fitting(review: Review, context: ReportContext, since: Since | None, first: str) -> list[Block]:
    """The parent's blocks, twelve lines of them. Where they are too much for Slack, the last rows go first, then the
    chart."""
    most = _DECIDE - 1 if review.ceiling else _DECIDE
    rows = min(most, _LINES - len(_lines(review, context, since, first, 1)))  # every block is a line, and the rows
    chart = chart_blocks(review, context)
    for count, charts in [*((count, chart) for count in range(rows, 0, -1)), (1, [])]:
        blocks = [*_lines(review, context, since, first, count), *charts]
        if weight(blocks) <= MESSAGE_WEIGHT:
            break
    return blocks


def _lines(review: Review, context: ReportContext, since: Since | None, first: str, rows: int) -> list[Block]:
    ceiling = [rich_text(section(bold(shorten(review.ceiling, _CEILING))))] if review.ceiling else []
    data = " ".join([*data_sentences(review, context), *repairs(review)])
    return [
        header(first),
        *ceiling,
        *_decide(review, context, rows),
        *_held_back(review, context),
        *_past(review, context, since),
        _labelled("DATA", text(data)),
        *_buttons(review, context),
        small_print(footer(review, context)),
    ]


def _past(review: Review, context: ReportContext, since: Since | None) -> list[Block]:
    """What is open and how that changed; what became of the last asks. In a first review, what is open alone."""
    opened = open_pipeline(review) if not review.deals.empty else ""
    if since is None:
        return [_labelled("OPEN", text(opened))] if opened else []
    if since.changes is None or since.answered is None:
        return [_labelled("CHANGED", text("; open ".join(filter(None, [NOTHING_YET, opened]))))]
    answers = answers_said(since.answered, context)
    asked = [_labelled(last_week(since.changes, review).upper(), *answers)] if answers else []
    return [_labelled("CHANGED", text(changes_said(review, since.changes, context))), *asked]


def _buttons(review: Review, context: ReportContext) -> list[Block]:
    """Deciding first, where something may be decided."""
    may_decide = not review.ceiling and review.deals["verdict"].eq(Verdict.PROPOSE).any()
    decide = link_buttons([("Decide", context.decide_url)] if may_decide else [])
    others = link_buttons([("Open list in Salesforce", context.list_url), ("Open the run", context.run_url)])
    first = [{**button, "action_id": DECIDE, "style": "primary"} for row in decide for button in row["elements"]]
    rest = [button for row in others for button in row["elements"]]
    return [{"type": "actions", "elements": [*first, *rest]}] if first or rest else []


def _labelled(label: str, *words: Element) -> Block:
    return rich_text(section(bold(label), text(" "), *words))


def _decide(review: Review, context: ReportContext, rows: int) -> list[Block]:
    chosen = with_verdict(review, Verdict.PROPOSE)
    if not chosen.total:
        return []
    told = f" (no communication for {context.policy.stale_after_days} days or more)"
    if chosen.total > rows:
        told += f" · {rows} of {chosen.total:,}, +{chosen.total - rows:,} more in thread"
    shown = [deal_row(deal, review, context) for deal in chosen.deals[:rows]]
    label = "PROPOSED" if review.ceiling else "DECIDE"
    return [rich_text(section(bold(label), text(told)), items("ordered", shown))]


def _held_back(review: Review, context: ReportContext) -> list[Block]:
    """Who is silent as long and why not proposed; owners whose logging is not trusted last, the DATA line has them."""
    chosen = with_verdict(review, Verdict.HELD, renewals=False)
    if not chosen.total:
        return []
    held = sorted(chosen.deals, key=lambda deal: deal.owner in review.untrusted_owners)
    words: list[Element] = []
    for number, deal in enumerate(held[:_HELD]):
        words += [text(" · ")] if number else []
        words += [deal_link(deal, context), text(f": {reasons(deal)}")]
    if chosen.total > _HELD:
        words.append(text(f" · {_HELD} of {chosen.total:,}, +{chosen.total - _HELD:,} more in thread"))
    return [_labelled("HELD BACK", *words)]


def _run_link(context: ReportContext) -> list[Element]:
    return [text(" · "), link("open the run", context.run_url)] if context.run_url else []
