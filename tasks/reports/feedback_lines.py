"""The one-line summaries of the feedback sweep: headline, counts, data, footer. Plain words, not yet blocks."""

from collections.abc import Iterable

from tasks.reports.dates import clock_time
from tasks.reports.feedback_context import FeedbackContext
from tasks.reports.feedback_rows import CHANNEL, PERSON, channel_name
from tasks.reports.feedback_times import Watch, disputed_hours, hours_words, is_overdue, next_moment, watch_of
from tasks.reports.slack_text import shorten
from tasks.reports.validation_lines import NOTHING, counted
from tasks.rules.feedback import Channel, Item, Need, Sweep

_NAMED = 2
_NOTES, _NOTE, _TROUBLE = 2, 160, 90


def headline(sweep: Sweep, context: FeedbackContext) -> str:
    """Line 1 and the notification: who waits, what may be P0 and is overdue, what is due next, what was not read."""
    said = [*_waiting(sweep, watch_of(sweep, context)), _unread_said(sweep)]
    if not sweep.channels and not sweep.items:
        said = ["nothing was read: no customer channel is in the settings"]
    elif not sweep.with_need(Need.ANSWER):
        said = [NOTHING] if is_clean(sweep) else [_nobody_waits(sweep), *said, *_others(sweep)]
    name = f"{_title(sweep, context)} (dry run)" if context.dry_run else _title(sweep, context)
    return f"{name} · {period(sweep, context)} · {', '.join(part for part in said if part)}"


def _title(sweep: Sweep, context: FeedbackContext) -> str:
    """What is read within one day is no night."""
    days = {moment.astimezone(context.zone).date() for moment in (sweep.since, sweep.until)}
    return "Overnight" if len(days) > 1 else "Feedback"


def period(sweep: Sweep, context: FeedbackContext) -> str:
    """ "Fri 16:00 \u2013 Mon 06:00 PT"."""
    watch = watch_of(sweep, context)
    return f"{watch.said(sweep.since)} \u2013 {watch.said(sweep.until)} {watch.zone_name}"


def _waiting(sweep: Sweep, watch: Watch) -> list[str]:
    waiting = sweep.with_need(Need.ANSWER)
    if not waiting:
        return []
    gravest = [item for item in waiting if item.may_be_p0]
    others = [item for item in waiting if not item.may_be_p0 and is_overdue(item, watch)]
    late = f"{len(others):,} {'other ' if gravest else ''}overdue" if others else ""
    return [_needing(len(waiting), len(gravest)) + _late_p0(gravest, watch), late, _next_due(waiting, watch)]


def _needing(waiting: int, gravest: int) -> str:
    """ "5 need an answer, 1 may be P0"."""
    said = f"{waiting:,} need{'s' if waiting == 1 else ''} an answer"
    if waiting == gravest:
        return f"{said}, all may be P0" if waiting > 1 else f"{said} and may be P0"
    return f"{said}, {gravest:,} may be P0" if gravest else said


def _late_p0(gravest: list[Item], watch: Watch) -> str:
    """ " (overdue)", " (2 overdue)"; "" for none."""
    late = sum(is_overdue(item, watch) for item in gravest)
    return f" ({f'{late:,} ' if len(gravest) > 1 else ''}overdue)" if late else ""


def _next_due(waiting: Iterable[Item], watch: Watch) -> str:
    """ "next due 10:00", with its day where that is not today's; "" where everything is overdue."""
    ahead = sorted(when.timestamp() for item in waiting if (when := next_moment(item, watch)) is not None)
    if not ahead:
        return ""
    first = watch.now.fromtimestamp(ahead[0], watch.zone)
    return f"next due {watch.time(first) if first.date() == watch.today else watch.said(first)}"


def unread(sweep: Sweep) -> tuple[Channel, ...]:
    """The channels that could not be read."""
    return tuple(channel for channel in sweep.channels if channel.trouble)


def _unread_said(sweep: Sweep) -> str:
    return f"{counted(len(unread(sweep)), 'channel')} not read" if unread(sweep) else ""


def _nobody_waits(sweep: Sweep) -> str:
    return "nobody waits in what was read" if unread(sweep) else "no customer waits"


def _others(sweep: Sweep) -> list[str]:
    """What needs somebody where no customer waits."""
    requests, strangers = len(sweep.requests), len(sweep.strangers)
    return [
        f"{counted(requests, 'request')} to sales wait{'s' if requests == 1 else ''}" if requests else "",
        f"{counted(strangers, 'channel')} not in the settings" if strangers else "",
        f"{counted(len(sweep.notes), 'note')} below" if sweep.notes else "",
    ]


def is_clean(sweep: Sweep) -> bool:
    """Whether one line says it all: nobody waits, every channel was read, nothing is missing or left to know."""
    left = (sweep.with_need(Need.ANSWER), unread(sweep), sweep.requests, sweep.strangers, sweep.notes)
    return bool(sweep.channels) and not any(left)


def counts(sweep: Sweep, context: FeedbackContext) -> list[tuple[str, str]]:
    """Label and number of what is not listed: answered, no reply needed, hours disputed; zeros are left out."""
    disputed = sum(item.deadlines.disputed for item in sweep.items)
    hours = disputed_hours(context.hours)
    numbers = {
        "ANSWERED": len(sweep.with_need(Need.ANSWERED)),
        "NO REPLY NEEDED": len(sweep.with_need(Need.NO_REPLY)),
        f"HOURS DISPUTED{f' ({hours})' if hours else ''}": disputed,
    }
    return [(label, f"{number:,}") for label, number in numbers.items() if number]


def data(sweep: Sweep, context: FeedbackContext) -> str:
    """What was not read, which channels nobody told us of, what could not be asked; "" where all is well."""
    strangers = [f"#{shorten(name, CHANNEL).removeprefix('#')}" for name in sweep.strangers]
    notes = [shorten(note, _NOTE).rstrip(".") for note in sweep.notes]
    said = [
        _few(
            "not read: ",
            [f"{channel_name(one)} ({shorten(one.trouble, _TROUBLE).rstrip('.')})" for one in unread(sweep)],
        ),
        _few("not in the settings: ", strangers),
        *(note for note in notes[:_NOTES] if note),
        f"{_NOTES} of {len(notes):,} notes shown" if len(notes) > _NOTES else "",
        context.calls_said().rstrip("."),
    ]
    return " · ".join(part for part in said if part)


def _few(label: str, names: list[str]) -> str:
    more = f" +{len(names) - _NAMED:,} more in thread" if len(names) > _NAMED else ""
    return f"{label}{', '.join(names[:_NAMED])}{more}" if names else ""


def coverage(sweep: Sweep) -> str:
    """ "42 of 43 customer channels read"."""
    total = len(sweep.channels)
    return f"{total - len(unread(sweep)):,} of {counted(total, 'customer channel')} read"


def footer(sweep: Sweep, context: FeedbackContext) -> str:
    """Under which hours, as of when, how much was read at what cost, and how the run came about."""
    said = [coverage(sweep), f"support hours {hours_words(context.hours, watch_of(sweep, context).zone_name)}"]
    said.append(f"as of {clock_time(context.as_of, context.zone)}")
    if context.updated is not None:
        said.append(f"updated {clock_time(context.updated, context.zone)}, replaces today's earlier report")
    if context.started_by:
        said.append(f"started by {shorten(context.started_by, PERSON)}")
    calls = [
        f"{number:,} {name}"
        for name, number in (("Slack", context.slack_calls), ("Salesforce", context.calls))
        if number
    ]
    return " · ".join([*said, *([f"{' and '.join(calls)} calls"] if calls else [])])
