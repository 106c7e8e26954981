"""From where on a sweep of customer feedback reads, and what it leaves for the next: how far it read, what waits for an
answer, and the drafts that a person may file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from prefect import task

from tasks.after_hours import support_clock
from tasks.ledger_feedback import RequestDrafts, Waiting, Watermarks
from tasks.patience import PATIENT
from tasks.rules.feedback import DraftedRequest, Sweep
from tasks.rules.slack_ts import ts_of
from tasks.rules.sweeping import still_waiting
from tasks.runs import Run, is_scheduled, remembered
from tasks.settings import settings
from tasks.slack import publisher

RITUAL: Final = "feedback-sweep"
WHOLE: Final = "all"  # the scope of a sweep of all that is new
SKEW: Final = timedelta(seconds=10)  # our clock may run ahead of Slack's: what comes meanwhile must not be passed over
KEPT: Final = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """What one sweep was asked for.

    channels   ids; () for all of the settings       since, until   aware moments
    marks      from where each channel is read, by id: where the sweep before ended; those without begin at `since`
    waiting    roots of the threads that waited for an answer then, by channel
    day        of the office, whose sweep it is        is_whole   of all that is new: it is remembered
    is_closed  a schedule's run on a day on which the office is closed
    """

    channels: tuple[str, ...]
    since: datetime
    until: datetime
    day: date
    marks: Mapping[str, str] = field(default_factory=dict)
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_whole: bool = True
    is_closed: bool = False

    @property
    def scope(self) -> str:
        """What tells its report from others of the day: WHOLE, or what was asked for instead."""
        if self.is_whole:
            return WHOLE
        return ",".join([f"{self.since:%Y-%m-%d %H:%M}", f"{self.until:%Y-%m-%d %H:%M}", *sorted(self.channels)])


@task(**PATIENT)
def asked_for(
    since: datetime | None,
    until: datetime | None,
    channels: tuple[str, ...],
    run: Run,
    *,
    is_whole: bool,
    dry_run: bool = True,
) -> Asked:
    """The sweep of this run: from where the last one ended whose report stands in Slack, or as asked for. The first of
    all begins when support last closed; unless it is a `dry_run` that is kept, as its report may never stand. Raises
    LedgerMissing, Unavailable, Refused or SettingsError; ValueError for a moment to come, for none between the two, and
    for a channel that is not in the settings."""
    config = settings()
    clock, now = support_clock(config), datetime.now(run.until.tzinfo)
    if until and until > now:
        raise ValueError(f"'Until' is {until.isoformat()}, a moment to come: choose one that is over.")
    end = min(until or run.until, now - SKEW)
    begin = since or clock.last_close(end)
    if begin >= end:
        raise ValueError(f"'Since' ({begin.isoformat()}) must be before 'Until' ({end.isoformat()}).")
    if unknown := sorted(set(channels) - set(config.slack_customer_channels)):
        raise ValueError(f"{', '.join(unknown)} is not in RITUALS_SLACK_CUSTOMER_CHANNELS: only those are read.")
    closed = is_scheduled() and clock.is_closed_day(end)
    asked = Asked(channels, begin, end, run.as_of, is_whole=is_whole, is_closed=closed)
    if not is_whole:
        return asked
    with remembered(config) as memory:
        marks = Watermarks(memory)
        before = next(_standing(marks.rituals(f"{RITUAL}:"), run), "")
        begin_at = {**marks.of(RITUAL), **(marks.of(before) if before else {})}
        if not dry_run:
            first = dict.fromkeys(config.slack_customer_channels, ts_of(begin))
            marks.move(RITUAL, {**first, **begin_at})
        return replace(asked, marks=begin_at, waiting=Waiting(memory).all())


@task(**PATIENT)
def remember_sweep(sweep: Sweep, asked: Asked) -> None:
    """Keep the drafts that a person may file, and of a whole sweep how far it read and what waits. That counts once the
    report stands. Raises LedgerMissing, Unavailable, Refused or SettingsError."""
    drafts = [
        DraftedRequest(
            item.key, item.conversation.channel, item.conversation.root, item.customer.account_id, item.draft
        )
        for item in sweep.items
        if item.draft
    ]
    with remembered(settings()) as memory:
        kept = RequestDrafts(memory)
        kept.keep(asked.day, drafts)
        kept.forget_before(asked.day - KEPT)
        if not asked.is_whole or asked.is_closed:
            return
        # First what waits: of a run that dies in between, the next sweep reads from the old marks, and misses nothing.
        left = set(asked.waiting) - {one.id for one in sweep.channels}  # no longer in the settings
        Waiting(memory).replace(
            [*left, *(one.id for one in sweep.channels if not one.trouble)], still_waiting(sweep.items)
        )
        read = {channel.id: channel.up_to for channel in sweep.channels}
        Watermarks(memory).move(report_key(asked.day), {**asked.marks, **read})
        Watermarks(memory).forget_before(report_key(asked.day - KEPT), f"{RITUAL}:")


def report_key(day: date) -> str:
    """What the report of the whole sweep of that day is found by, and what its marks are kept under."""
    return f"{RITUAL}:{day.isoformat()}:{WHOLE}"


def _standing(names: Sequence[str], run: Run) -> Iterator[str]:
    """Of the sweeps before this day's, newest first, those whose report stands."""
    with publisher() as slack:
        for name in sorted(names, reverse=True):
            day = date.fromisoformat(name.split(":")[1])
            if day < run.as_of and slack.posted(name, datetime.combine(day, time(), run.until.tzinfo)):
                yield name
