"""The overnight sweep of customer feedback as a Slack message (handbook L43 to L95). A sweep in, blocks out; pure.

At most twelve lines in the parent: who waits for an answer, the most urgent first; how many are answered; requests to
the sales team; who is on shift; what was not read. Everything else is in the thread.
"""

from tasks.reports.blocks import Block, Element, bold, header, link, link_buttons, rich_text, section, text
from tasks.reports.blocks import context as small_print
from tasks.reports.feedback_context import FeedbackContext
from tasks.reports.feedback_lines import counts, data, footer, headline, is_clean
from tasks.reports.feedback_rows import PERSON, item_row
from tasks.reports.feedback_table import MANY, file_name, items_file
from tasks.reports.feedback_thread import request_link, thread
from tasks.reports.feedback_times import Watch, watch_of
from tasks.reports.limits import MESSAGE_WEIGHT, weight
from tasks.reports.post import Post, Report
from tasks.reports.slack_text import mrkdwn, shorten
from tasks.reports.validation_lines import counted
from tasks.rules.feedback import Need, Sweep

_LINES = 12
_ROWS = 5
_REQUESTS = 3


def message(sweep: Sweep, context: FeedbackContext) -> Report:
    """The report of one sweep: parent, thread, and a file where there are many conversations."""
    files = (items_file(sweep, context),) if len(sweep.items) > MANY else ()
    rest_in = file_name(sweep, context) if files else "the run's artifacts"
    return Report(_parent(sweep, context), thread(sweep, context, rest_in), files)


def _parent(sweep: Sweep, context: FeedbackContext) -> Post:
    first = headline(sweep, context)
    if is_clean(sweep):
        done = [f"{label.lower()} {number}" for label, number in counts(sweep, context)]
        said = " · ".join(filter(None, [first, *done, data(sweep, context), footer(sweep, context)]))
        run = [text(" · "), link("open the run", context.run_url)] if context.run_url else []
        return Post(mrkdwn(first), [rich_text(section(text(said), *run))])
    watch = watch_of(sweep, context)
    rest = [
        *_requests(sweep, context, watch),
        *_labelled("ON SHIFT", text(shorten(context.on_shift, 2 * PERSON))),
        *_labelled("DATA", text(data(sweep, context))),
        *_buttons(sweep, context),
        small_print(footer(sweep, context)),
    ]
    rows = _rows(sweep, context, watch)
    most = max(min(len(rows), _LINES - len(rest) - 2), 0)  # every block is a line; so are headline and counts
    blocks: list[Block] = []
    for count in range(most, -1, -1):
        listed = [rich_text(section(*row)) for row in rows[:count]]
        blocks = [header(first), *listed, *_counted(sweep, context, count), *rest]
        if weight(blocks) <= MESSAGE_WEIGHT:
            break
    return Post(mrkdwn(first), blocks)


def _labelled(label: str, *elements: Element) -> list[Block]:
    """A line after its label; none where there is nothing to say."""
    said = any(element["text"].strip() for element in elements)
    return [rich_text(section(bold(label), text(" "), *elements))] if said else []


def _rows(sweep: Sweep, context: FeedbackContext, watch: Watch) -> list[list[Element]]:
    """A line for each of the first that need an answer; those that may be P0 are not numbered."""
    rows, number = [], 0
    for item in sweep.with_need(Need.ANSWER)[:_ROWS]:
        number += not item.may_be_p0
        rows.append(item_row(item, context, watch, f"{number}. "))
    return rows


def _counted(sweep: Sweep, context: FeedbackContext, shown: int) -> list[Block]:
    """How many more need an answer than are listed, and how many of those may be P0; how many need none."""
    more = sweep.with_need(Need.ANSWER)[shown:]
    grave = sum(item.may_be_p0 for item in more)
    among = f" ({grave:,} of them may be P0)" if grave else ""
    parts = [[text(f"{shown} of {len(more) + shown:,} listed, +{len(more):,} more in thread{among}")]] if more else []
    parts += [[bold(label), text(f" {number}")] for label, number in counts(sweep, context)]
    elements = [element for part in parts for element in (text(" · "), *part)]
    return [rich_text(section(*elements[1:]))] if elements else []


def _requests(sweep: Sweep, context: FeedbackContext, watch: Watch) -> list[Block]:
    """Requests to the sales team that nobody took up within their time (L23), the oldest first."""
    many = counted(len(sweep.requests), "request")
    elements = [text(f"{many} to sales, older than {counted(context.request_days, 'business day')}: ")]
    for number, request in enumerate(sweep.requests[:_REQUESTS]):
        elements += [text(", ")] if number else []
        elements += [request_link(request), text(f" {watch.since(request.opened)}")]
    left = len(sweep.requests) - _REQUESTS
    elements += [text(f" · +{left:,} more in thread")] if left > 0 else []
    return _labelled("WAITING", *elements) if sweep.requests else []


def _buttons(sweep: Sweep, context: FeedbackContext) -> list[Block]:
    """The form that files what may be filed, and the run."""
    keys = tuple(item.key for item in sweep.items if item.draft and not item.draft.withheld)
    url, count = context.filing(keys)
    many = f"{count:,}" if count == len(keys) else f"{count:,} of {len(keys):,}"
    return link_buttons([(f"File requests ({many})", url), ("Open the run", context.run_url)])
