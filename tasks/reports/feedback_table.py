"""The conversations of a feedback sweep as a table: rows for a run's artifact, a file where they are many."""

from datetime import datetime

import pandas as pd

from tasks.reports.csv_file import csv_bytes
from tasks.reports.feedback_context import FeedbackContext
from tasks.reports.feedback_lines import unread
from tasks.reports.feedback_rows import channel_name, customer_name, files_said, quote, quoted, worth
from tasks.reports.feedback_times import Watch, due_words, is_overdue, last_moment, watch_of
from tasks.reports.post import ReportFile
from tasks.reports.slack_text import clean, shorten
from tasks.rules.clock import office_day
from tasks.rules.feedback import Channel, Item, Need, Sweep

MANY = 20  # conversations; more of them come with a file
_WORDS = 300
_COLUMNS = (
    "customer", "worth", "need", "guess", "came", "due", "words", "why", "missing", "like", "draft", "ticket",
    "message",
)  # fmt: skip
_QUOTE, _REASONS = 600, 1_000


def table(sweep: Sweep, context: FeedbackContext) -> list[dict[str, str]]:
    """Rows with customer, worth, need, guess ("outage? P0?"), came, due, words, why, missing, like, draft, ticket and
    message, all of them plain text on one line. A channel that could not be read is a row too."""
    watch = watch_of(sweep, context)
    return [*(_row(item, context, watch) for item in sweep.items), *map(_unread, unread(sweep))]


def _row(item: Item, context: FeedbackContext, watch: Watch) -> dict[str, str]:
    needs = item.judged.need is Need.ANSWER
    return {
        "customer": customer_name(item.customer),
        "worth": worth(item.customer, context, watch),
        "need": str(item.judged.need),
        "guess": f"{item.judged.kind}? {item.judged.priority}?",
        "came": watch.said(item.asked_at),
        "due": due_words(item, context.hours, watch) if needs else "",
        "words": quote(quoted(item), item, _WORDS),
        "why": shorten(item.judged.reason, _WORDS),
        "missing": shorten(", ".join(item.details.missing), _WORDS),
        "like": ", ".join(f"#{one.number} ({one.score:.2f})" for one in item.candidates),
        "draft": shorten(_draft(item), _WORDS),
        "ticket": clean(item.ticket_url),
        "message": clean(quoted(item).link),
    }


def _unread(channel: Channel) -> dict[str, str]:
    known = {"customer": channel_name(channel), "need": "not read", "why": shorten(channel.trouble, _WORDS)}
    return {**dict.fromkeys(_COLUMNS, ""), **known}


def _draft(item: Item) -> str:
    """The title of the public issue, or why it may not be filed as it is; "" where none was drafted."""
    if item.draft is None:
        return ""
    return f"withheld: {'; '.join(item.draft.withheld)}" if item.draft.withheld else item.draft.title


def file_name(sweep: Sweep, context: FeedbackContext) -> str:
    """ "overnight-feedback-2026-11-23.csv"."""
    return f"overnight-feedback-{office_day(sweep.until, context.time_zone).isoformat()}.csv"


def items_file(sweep: Sweep, context: FeedbackContext) -> ReportFile:
    """Every conversation as a CSV, in the order of the sweep; moments on the office's clock, "2026-11-22 22:41"."""
    watch = watch_of(sweep, context)
    rows = [_cells(item, sweep, context, watch) for item in sweep.items]
    title = f"All {len(rows):,} conversations, {office_day(sweep.until, context.time_zone).isoformat()}"
    return ReportFile(file_name(sweep, context), title, csv_bytes(pd.DataFrame(rows)))


def _cells(item: Item, sweep: Sweep, context: FeedbackContext, watch: Watch) -> dict[str, object]:
    judged, clocks, message = item.judged, item.deadlines, quoted(item)
    channels = [one for one in sweep.channels if one.id == item.conversation.channel]
    zone = context.time_zone

    def moment(when: datetime | None) -> str:
        return f"{when.astimezone(watch.zone):%Y-%m-%d %H:%M}" if when else ""

    return {
        "Customer": shorten(item.customer.name, _WORDS),
        f"Value ({context.currency})": item.customer.value,
        "Renewal": item.customer.renewal.isoformat() if item.customer.renewal else "",
        "Channel": channel_name(channels[0] if channels else Channel(item.conversation.channel, "", "")),
        "Need": str(judged.need),
        "Why": shorten(judged.reason, _WORDS),
        "Kind (guessed)": str(judged.kind),
        "Kind for": shorten(judged.kind_sign, _WORDS),
        "Priority (guessed)": str(judged.priority),
        "Priority for": shorten(judged.priority_sign, _WORDS),
        f"Came ({zone})": moment(item.asked_at),
        f"Due ({zone})": moment(clocks.due),
        f"Late after ({zone})": moment(last_moment(clocks)),
        f"Own goal ({zone})": moment(clocks.goal),
        "Overdue": is_overdue(item, watch),
        "From before": item.from_before,
        "Hours disputed": clocks.disputed,
        "Words": shorten(message.text, _QUOTE),
        "Files": files_said(message, _WORDS),
        "Missing": shorten("; ".join(item.details.missing), _WORDS),
        "To ask": shorten(item.details.question, _REASONS),
        "Like": "; ".join(f"#{one.number} {one.score:.2f} {clean(one.title)}" for one in item.candidates),
        "Draft": shorten(_draft(item), _REASONS),
        "Ticket": clean(item.ticket_url),
        "Message": clean(message.link),
        "Key": item.key,
    }
