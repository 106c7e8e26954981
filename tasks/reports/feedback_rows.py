"""How a conversation of the feedback sweep is worded: who, what they wrote, what it may be like. Short and literal."""

import math
from collections.abc import Sequence
from datetime import UTC

from tasks.reports.blocks import Element, bold, link, text
from tasks.reports.dates import ago, day
from tasks.reports.feedback_context import FeedbackContext
from tasks.reports.feedback_times import Watch, due_words, is_overdue
from tasks.reports.limits import URL
from tasks.reports.money import money
from tasks.reports.slack_text import ELLIPSIS, clean, shorten
from tasks.rules.feedback import Candidate, Channel, Customer, Item, Kind, Message, Need

CUSTOMER, PERSON, CHANNEL, TITLE, REASON, SIGN, FILE = 40, 32, 60, 90, 200, 80, 60
QUOTE, ANSWERED_QUOTE = 64, 80
_ADDRESS = 400  # longer ones of Slack, GitHub and Zendesk are none; five rows of them would fill a message
_BEFORE_THE_SIGN = 20
_DETAILS = 2
_LIKE = {Kind.REQUEST, Kind.BUG, Kind.OUTAGE}


def near(words: str, url: str) -> Element:
    """Words that lead to a message, a ticket or an issue; only the words where the address is too long to be one."""
    return link(words, url if len(url) <= min(_ADDRESS, URL) else "")


def customer_name(customer: Customer) -> str:
    """The name; where there is none, the account's id."""
    return shorten(customer.name, CUSTOMER) or f"(no name) {shorten(customer.account_id, 18)}".strip()


def customer_link(customer: Customer, context: FeedbackContext) -> Element:
    """The customer's name in bold, leading to the account."""
    page = context.record_url("Account", customer.account_id)
    return {**link(customer_name(customer), page), "style": {"bold": True}}


def worth(customer: Customer, context: FeedbackContext, watch: Watch, *, relative: bool = False) -> str:
    """ "$120k · renews 12 Dec", with " (in 19 d)" where `relative`; what is not known is left out."""
    said = []
    if customer.value is not None and math.isfinite(customer.value):
        said.append(money(customer.value, context.currency))
    if customer.renewal is not None:
        verb = "renews" if customer.renewal >= watch.today else "renewal was due"
        far = f" ({ago(customer.renewal, watch.today)})" if relative else ""
        said.append(f"{verb} {day(customer.renewal, watch.today)}{far}")
    return " · ".join(said)


def channel_name(channel: Channel) -> str:
    """ "#customer-acme"; the id where it has no name."""
    return f"#{shorten(channel.name, CHANNEL).removeprefix('#') or shorten(channel.id, CHANNEL)}"


def quoted(item: Item) -> Message:
    """The message to quote: of those of theirs that wait, the one that holds the sign of the priority, else of the
    kind, else the first."""
    messages = item.conversation.messages
    theirs = [one for one in messages if not one.is_ours]
    asked = item.asked_at.astimezone(UTC)
    waiting = [one for one in theirs if one.at.astimezone(UTC) >= asked] or theirs or list(messages)
    for sign in (item.judged.priority_sign, item.judged.kind_sign):
        for one in waiting:
            if sign and _place(one.text, sign) >= 0:
                return one
    return waiting[0]


def excerpt(words: str, signs: Sequence[str], limit: int) -> str:
    """The text on one line, at most so long; from near the sign on, where the sign would be cut off."""
    line = clean(words)
    places = [(_place(line, sign), len(clean(sign))) for sign in signs if sign]
    start, size = next(((start, size) for start, size in places if start >= 0), (0, 0))
    if start + size < limit or len(line) <= limit:
        return shorten(line, limit)
    earliest = max(min(start - _BEFORE_THE_SIGN, len(line) + 2 - limit), 0)
    begin = line.find(" ", earliest, start) + 1 or start
    return f"{ELLIPSIS} {shorten(line[begin:], limit - 2)}"


def _place(words: str, sign: str) -> int:
    return clean(words).lower().find(clean(sign).lower())


def quote(message: Message, item: Item, limit: int) -> str:
    """What they wrote in quotation marks; the names of the files where they wrote nothing."""
    said = excerpt(message.text, (item.judged.priority_sign, item.judged.kind_sign), limit)
    if said:
        return f"“{said}”"
    names = files_said(message, limit)
    return f"({names})" if names else "(no words)"


def files_said(message: Message, limit: int) -> str:
    """ "file trace.har", "files a.png, b.png and 3 more"; "" for none. Names only: a file may lead anywhere."""
    names = [shorten(file.name, FILE) or "(no name)" for file in message.files]
    if not names:
        return ""
    more = f" and {len(names) - _DETAILS:,} more" if len(names) > _DETAILS else ""
    return shorten(f"file{'s' if len(names) > 1 else ''} {', '.join(names[:_DETAILS])}", limit) + more


def item_row(item: Item, context: FeedbackContext, watch: Watch, mark: str) -> list[Element]:
    """One that needs an answer, in one line of the parent, after its mark ("1. ")."""
    message, known = quoted(item), worth(item.customer, context, watch)
    came = f"waits since {watch.said(item.asked_at)}" if item.from_before else watch.said(item.asked_at)
    ends = due_words(item, context.hours, watch)
    beside = our_last(item, watch) if item.may_be_p0 else missing_said(item)
    return [
        *([bold("!! MAY BE P0"), text(" ")] if item.may_be_p0 else [text(mark)]),
        customer_link(item.customer, context),
        text(f" ({known}) " if known else " "),
        text(f"{item.judged.kind}: "),
        near(quote(message, item, QUOTE), message.link),
        text(f" · {came} · "),
        bold(ends) if is_overdue(item, watch) else text(ends),
        *([text(f" · {beside}")] if beside else []),
        *_like(item),
        *([text(" · "), near("ticket", item.ticket_url)] if item.ticket_url else []),
    ]


def _like(item: Item) -> list[Element]:
    if not item.candidates or item.judged.kind not in _LIKE:
        return []
    return [text(" · like "), near(f"#{item.candidates[0].number}", item.candidates[0].url)]


def our_last(item: Item, watch: Watch) -> str:
    """ "no reply from us", or when the last one was."""
    ours = [one.at for one in item.conversation.messages if one.is_ours]
    return f"our last reply {watch.said(ours[-1])}" if ours else "no reply from us"


def missing_said(item: Item) -> str:
    """ "missing: operating system, web browser +1"; "" for nothing."""
    names = [_small(shorten(name, SIGN)) for name in item.details.missing]
    more = f" +{len(names) - _DETAILS}" if len(names) > _DETAILS else ""
    return f"missing: {', '.join(names[:_DETAILS])}{more}" if names else ""


def _small(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def candidate_row(candidate: Candidate) -> list[Element]:
    """ "#12345 Export hosts as CSV (like 0.42)", leading to the issue."""
    title = shorten(candidate.title, TITLE) or "(no title)"
    return [near(f"#{candidate.number} {title}", candidate.url), text(f" (like {candidate.score:.2f})")]


def short_row(item: Item, context: FeedbackContext, watch: Watch) -> list[Element]:
    """One in a line of the thread: who, what, when, and why nothing is to be done or by when."""
    message, need = quoted(item), item.judged.need
    ends = due_words(item, context.hours, watch) if need is Need.ANSWER else ""
    ours = our_last(item, watch) if need is Need.ANSWERED else ""
    why = shorten(item.judged.reason, REASON).rstrip(".")
    return [
        customer_link(item.customer, context),
        text(" "),
        near(quote(message, item, ANSWERED_QUOTE), message.link),
        text(f" · {' · '.join(part for part in (watch.said(message.at), ends, why, ours) if part)}"),
    ]
