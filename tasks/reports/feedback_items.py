"""One conversation in the thread of the feedback sweep: what it is, the quotes, what is asked, what it may be like,
and the public issue that was drafted of it."""

from collections.abc import Iterator, Sequence
from datetime import UTC

from tasks.reports.blocks import Element, bold, text, text_lines
from tasks.reports.feedback_context import FeedbackContext
from tasks.reports.feedback_rows import (
    FILE,
    PERSON,
    REASON,
    SIGN,
    TITLE,
    candidate_row,
    channel_name,
    customer_link,
    customer_name,
    excerpt,
    near,
    our_last,
    worth,
)
from tasks.reports.feedback_times import Watch, due_words
from tasks.reports.slack_text import clean, fit, shorten
from tasks.reports.thread import Topic
from tasks.reports.validation_lines import counted
from tasks.rules.feedback import Channel, Details, IssueDraft, Item, Judged, Message, Sweep

QUOTE, QUOTES, FILES = 600, 4, 8
_DETAILS, _VALUE = 1_000, 60
_QUESTION, _QUESTION_LINES = 220, 9
_BODY_LINES, _BODY_LINE, _LABELS, _WITHHELD = 6, 200, 5, 5
_CANDIDATES = 5
_POSTS = 5  # of one conversation, where every word of it is as long as it may be

Line = list[Element]


def item_topic(item: Item, place: str, sweep: Sweep, context: FeedbackContext, watch: Watch) -> Topic:
    """All that is known of it; `place` is "2 of 3" where its customer has several."""
    rows = [
        _stacked(list(_judged(item, sweep, context, watch))),
        *_quotes(item, watch),
        *_details(item.details),
        *_candidates(item),
        *([_draft(item.draft, item)] if item.draft else []),
    ]
    title = customer_name(item.customer) + (f" ({place})" if place else "")
    return Topic(title, rows, len(rows), worth(item.customer, context, watch, relative=True), posts=_POSTS, apart=True)


def _stacked(lines: Sequence[Line]) -> Line:
    """Lines one below the other; each but the first begins with plain words."""
    first, *others = lines
    below = ([{**line[0], "text": "\n" + line[0]["text"].lstrip()}, *line[1:]] for line in others)
    return [*first, *(element for line in below for element in line)]


def _judged(item: Item, sweep: Sweep, context: FeedbackContext, watch: Watch) -> Iterator[Line]:
    judged = item.judged
    mark = [bold("!! MAY BE P0"), text(" · ")] if item.may_be_p0 else []
    came = f"waits since {watch.said(item.asked_at)}" if item.from_before else f"came {watch.said(item.asked_at)}"
    goal = f"our own goal {watch.said(item.deadlines.goal)}"
    yield [
        *mark,
        text(f"{due_words(item, context.hours, watch)} · {came} · {our_last(item, watch)} · {goal}"),
    ]
    because = shorten(judged.reason, REASON).rstrip(".") or "no reason was given"
    yield [text(f"Why: {because} · {_guessed(judged)}")]
    if item.deadlines.disputed:
        yield [text("Came in the hour in which the handbook says both open and closed (L50, L76)")]
    owner = shorten(item.customer.owner, PERSON)
    yield [
        text("Account: "),
        customer_link(item.customer, context),
        text(f"{f', owner {owner}' if owner else ''} · {_channel(item, sweep.channels)}"),
        *([text(" · "), near("ticket", item.ticket_url)] if item.ticket_url else []),
    ]


def _guessed(judged: Judged) -> str:
    """ "outage? P0? because of “502”"; apart where their signs differ, and without words that the reason quotes."""
    sign = judged.kind_sign
    if sign != judged.priority_sign:
        return f"{_guess(judged.kind, sign)} · {_guess(judged.priority, judged.priority_sign)}"
    both = f"{judged.kind}? {judged.priority}?"
    return f"{both} by these words" if sign and f'"{sign}"' in judged.reason else _guess(both.removesuffix("?"), sign)


def _guess(what: str, sign: str) -> str:
    """ "P0? because of “502 for all users”"."""
    words = shorten(sign, SIGN)
    return f"{what}? because of “{words}”" if words else f"{what}? by default"


def _channel(item: Item, channels: Sequence[Channel]) -> str:
    of = item.conversation.channel
    return channel_name(next((one for one in channels if one.id == of), Channel(of, "", "")))


def _quotes(item: Item, watch: Watch) -> Iterator[Line]:
    """What is new, and what waits since before; where that is too much, the first of it and the last."""
    said, asked = item.conversation.messages, item.asked_at.astimezone(UTC)
    news = [one for one in said if one.ts > item.conversation.after or one.at.astimezone(UTC) >= asked] or list(said)
    shown = news if len(news) <= QUOTES else [news[0], *news[1 - QUOTES :]]
    if len(shown) < len(said):
        yield [text(f"{len(shown):,} of {counted(len(said), 'message')} of the thread:")]
    for message in shown:
        yield _quote(message, item, watch)


def _quote(message: Message, item: Item, watch: Watch) -> Line:
    """Who, when, and the words; the moment leads to the message."""
    said = excerpt(message.text, (item.judged.priority_sign, item.judged.kind_sign), QUOTE)
    names = [shorten(file.name, FILE) or "(no name)" for file in message.files]
    more = f", {FILES} of {len(names):,}" if len(names) > FILES else ""
    below = [f"“{said}”" if said else "(no words)"]
    below += [f"Files: {', '.join(names[:FILES])}{more}"] if names else []
    who = (shorten(message.name, PERSON) or shorten(message.author, PERSON) or "(no name)") + (
        " (us)" if message.is_ours else ""
    )
    return [bold(who), text(" · "), near(watch.said(message.at), message.link), _below(below)]


def _below(lines: Sequence[str]) -> Element:
    element = text_lines(lines)
    return {**element, "text": f"\n{element['text']}"}


def _details(details: Details) -> Iterator[Line]:
    """Which of the required details are there, which are not, and the question for those, to be copied."""
    found = [f"{shorten(name, PERSON)} “{shorten(value, _VALUE)}”" for name, value in details.found.items()]
    missing = [shorten(name, PERSON) for name in details.missing]
    said = [f"found {', '.join(found)}" if found else "", f"missing {', '.join(missing)}" if missing else ""]
    words = " · ".join(part for part in said if part)
    if words:
        yield [bold("Details (L281)"), text(f" {fit(words, _DETAILS)}")]
    asked = [fit(line, _QUESTION) for line in details.question.splitlines() if clean(line)]
    if asked:
        more = [f"({_QUESTION_LINES} of {len(asked):,} lines)"] if len(asked) > _QUESTION_LINES else []
        yield [bold("To ask, ready to copy"), _below([*asked[:_QUESTION_LINES], *more])]


def _candidates(item: Item) -> Iterator[Line]:
    if item.candidates:
        rows = [candidate_row(one) for one in item.candidates[:_CANDIDATES]]
        parted = [element for row in rows for element in (text(" · "), *row)]
        yield [bold("Known already?"), text(" "), *parted[1:]]


def _draft(draft: IssueDraft, item: Item) -> Line:
    """The public issue, or why it may not be filed as it is."""
    title = shorten(draft.title, TITLE) or "(no title)"
    if draft.withheld:
        why = [shorten(reason, REASON).rstrip(".") for reason in draft.withheld[:_WITHHELD]]
        more = f" ({_WITHHELD} of {len(draft.withheld):,} reasons)" if len(draft.withheld) > _WITHHELD else ""
        return [bold("Public issue withheld"), text(f" “{title}”: {'; '.join(why)}{more}")]
    name = shorten(item.customer.codename, PERSON)
    labels = ", ".join(shorten(label, SIGN) for label in draft.labels[:_LABELS])
    of = f" as {name}" if name else ""
    return [
        bold(f"Public issue drafted{of}"),
        text(f" · not filed{f' · labels {labels}' if labels else ''}"),
        _below([f"“{title}”", *_body(draft.body)]),
    ]


def _body(body: str) -> list[str]:
    """The first lines of an issue, without what marks it for us. A bar before each keeps it from passing for ours."""
    said = [line for line in body.splitlines() if line.strip(" >") and not line.startswith("<!--")]
    shown = [f"\u2502 {shorten(line, _BODY_LINE)}" for line in said[:_BODY_LINES]]
    return [*shown, *([f"({_BODY_LINES} of {len(said):,} lines)"] if len(said) > _BODY_LINES else [])]
