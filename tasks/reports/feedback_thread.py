"""The thread under the feedback sweep: each customer's conversations, what was answered, what needs no reply, requests
to the sales team, channels, and how it was judged."""

from collections import Counter
from collections.abc import Sequence

from tasks.reports.blocks import Element, rich_text, section, text
from tasks.reports.feedback_context import FeedbackContext
from tasks.reports.feedback_items import item_topic
from tasks.reports.feedback_lines import unread
from tasks.reports.feedback_rows import CHANNEL, REASON, TITLE, channel_name, near, short_row
from tasks.reports.feedback_times import Watch, hours_words, watch_of
from tasks.reports.limits import MESSAGE_WEIGHT, weight
from tasks.reports.post import Post
from tasks.reports.slack_text import shorten
from tasks.reports.thread import Topic, posts_of
from tasks.reports.validation_lines import counted
from tasks.rules.feedback import Item, Need, OpenRequest, Sweep

IN_FULL = 40  # conversations that are due first; of more than that nobody reads everything
_FULL_WEIGHT = 20 * MESSAGE_WEIGHT  # as posts go one a second, nor waits for more of them
_POSTS = 3
_ON_GITHUB = "the others are on GitHub"


def thread(sweep: Sweep, context: FeedbackContext, rest_in: str) -> tuple[Post, ...]:
    """The posts below the parent; `rest_in` is where every conversation is listed."""
    watch = watch_of(sweep, context)
    waiting = sweep.with_need(Need.ANSWER)
    many = _how_many(waiting[:IN_FULL], sweep, context, watch)
    topics = (
        *_in_full(waiting[:many], sweep, context, watch),
        _short("Also need an answer", waiting[many:], "due later than those above", context, watch),
        _short("Answered", sweep.with_need(Need.ANSWERED), "", context, watch),
        _short("No reply needed", sweep.with_need(Need.NO_REPLY), "", context, watch),
        _requests(sweep.requests, context, watch),
        _channels(sweep),
        _strangers(sweep),
        _notes(sweep),
        _legend(sweep, context, watch),
    )
    return posts_of((topic for topic in topics if topic.total), rest_in)


def by_customer(items: Sequence[Item]) -> list[Item]:
    """By the customer's name; each customer's in their order."""
    return sorted(items, key=lambda item: (item.customer.name.casefold(), item.customer.account_id))


def _how_many(items: Sequence[Item], sweep: Sweep, context: FeedbackContext, watch: Watch) -> int:
    """How many of the first are told in full: one at least, and no more than some twenty posts take."""
    left = _FULL_WEIGHT
    for number, item in enumerate(items):
        topic = item_topic(item, "", sweep, context, watch)
        left -= weight([rich_text(section(*row)) for row in topic.rows])
        if left < 0 and number:
            return number
    return len(items)


def _in_full(items: Sequence[Item], sweep: Sweep, context: FeedbackContext, watch: Watch) -> list[Topic]:
    ordered = by_customer(items)
    total = Counter(_of(item) for item in ordered)
    seen: Counter[tuple[str, str]] = Counter()
    topics = []
    for item in ordered:
        seen[_of(item)] += 1
        place = f"{seen[_of(item)]} of {total[_of(item)]}" if total[_of(item)] > 1 else ""
        topics.append(item_topic(item, place, sweep, context, watch))
    return topics


def _of(item: Item) -> tuple[str, str]:
    return item.customer.account_id, item.customer.name


def _short(title: str, items: Sequence[Item], note: str, context: FeedbackContext, watch: Watch) -> Topic:
    rows = (short_row(item, context, watch) for item in by_customer(items))
    return Topic(title, rows, len(items), note, posts=_POSTS)


def request_link(request: OpenRequest) -> Element:
    """ "#812 Pricing for 400 hosts", leading to the issue."""
    return near(f"#{request.number} {shorten(request.title, TITLE) or '(no title)'}", request.url)


def _requests(requests: Sequence[OpenRequest], context: FeedbackContext, watch: Watch) -> Topic:
    rows = ([request_link(one), text(f" · {watch.since(one.opened)}")] for one in requests)
    note = f"older than {counted(context.request_days, 'business day')}, the oldest first (L23)"
    return Topic("Requests to the sales team", rows, len(requests), note, rest=_ON_GITHUB)


def _channels(sweep: Sweep) -> Topic:
    rows = ([text(f"{channel_name(one)}: {shorten(one.trouble, REASON)}")] for one in unread(sweep))
    return Topic("Channels not read", rows, len(unread(sweep)), "what was written there is not in this report",
                 rest="the others are in the run's log")  # fmt: skip


def _strangers(sweep: Sweep) -> Topic:
    rows = ([text(f"#{shorten(name, CHANNEL).removeprefix('#')}")] for name in sweep.strangers)
    note = "they look like a customer's; nobody reads them here"
    return Topic("Channels not in the settings", rows, len(sweep.strangers), note, rest="the others are in Slack")


def _notes(sweep: Sweep) -> Topic:
    notes = [note for note in (shorten(note, 2 * REASON) for note in sweep.notes) if note]
    return Topic("Notes", ([text(note)] for note in notes), len(notes), rest="the others are in the run's log")


def _legend(sweep: Sweep, context: FeedbackContext, watch: Watch) -> Topic:
    """The rule values, where anything was judged by them."""
    hours = context.hours
    clocks = (
        f"P0 {hours.p0_hours:g} h on every day · P1 {hours.p1_hours:g} business h · "
        f"P2 {counted(hours.p2_days, 'business day')} · P3 amber after {counted(hours.p3_days, 'business day')}, "
        f"red after {hours.p3_red_days:,} (L43 to L48) · our own goal {hours.goal_minutes:,} min of these hours (L95)"
    )
    rows = [
        clocks,
        f"Support hours {hours_words(hours, watch.zone_name)} (L50, L76), Monday to Friday without federal holidays",
        "Kind and priority are guessed from the words: “?” means that nobody has looked yet",
    ]
    return Topic("How it was judged", ([text(row)] for row in rows), len(rows) if sweep.items else 0)
