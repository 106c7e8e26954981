"""One sweep of customer feedback: what it was asked for, what stands beside the words, and what it remembers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from prefect import task

from tasks.after_hours import support_clock, ticket_urls
from tasks.clients import Refused, Unavailable
from tasks.github_feedback import read_known_issues, read_open_requests
from tasks.ledger import LedgerMissing
from tasks.ledger_feedback import Codenames, RequestDrafts, Waiting, Watermarks
from tasks.likeness import alike
from tasks.patience import PATIENT
from tasks.reports.feedback_context import FeedbackContext
from tasks.request_gate import known_from
from tasks.rules.choosing import same_id
from tasks.rules.feedback import Customer, DraftedRequest, IssueDraft, Item, KnownIssue, OpenRequest, Sweep
from tasks.rules.request_draft import draft_of
from tasks.rules.sweeping import completed, is_drafted, items_of, still_waiting, words_of
from tasks.runs import Run, form_links, is_scheduled, remembered, run_facts
from tasks.salesforce_customers import CustomerReading, KnownNames, read_customers, read_known
from tasks.settings import Settings, settings
from tasks.slack import publisher
from tasks.slack_feedback import FeedbackReading
from tasks.slack_messages import moment
from tasks.slack_pages import ts

RITUAL: Final = "feedback-sweep"
FILE: Final = "file-customer-request/file"
WHOLE: Final = "all"  # the scope of a sweep of all that is new
SKEW: Final = timedelta(seconds=10)  # our clock may run ahead of Slack's: what comes meanwhile must not be passed over
KEPT: Final = timedelta(days=60)
_BRIEFLY: Final[Mapping[str, Any]] = {"retries": 1, "retry_delay_seconds": 10}  # who is down is to be told soon


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


@dataclass(frozen=True)
class Around:
    """What stands beside the words. Sentences in `notes` say what could not be asked: the words are told all the same.

    customers   None where Salesforce could not be asked
    names       what no draft may hold; None where nothing is drafted, or Salesforce could not be asked
    """

    customers: CustomerReading | None = None
    names: KnownNames | None = None
    codenames: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[KnownIssue, ...] = ()
    requests: tuple[OpenRequest, ...] = ()
    tickets: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


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
            first = dict.fromkeys(config.slack_customer_channels, ts(begin))
            marks.move(RITUAL, {**first, **begin_at})
        return replace(asked, marks=begin_at, waiting=Waiting(memory).all())


def look_around(reading: FeedbackReading, asked: Asked) -> Around:
    """Customers, issues, requests and tickets of what was read. What cannot be asked costs only what it tells: a
    customer who is down is reported whatever else is down too. Raises SettingsError or LedgerMissing."""
    config, notes = settings(), list[str]()
    said = {one.channel for one in reading.conversations}
    accounts = sorted({one.account_id for one in reading.channels if one.id in said and one.account_id})
    around = Around(
        customers=_or_note(read_customers, notes, "No values and renewals of customers", accounts, asked.day),
        tickets=_or_note(ticket_urls, notes, "No tickets", _threads(reading)) or {},
        codenames=_or_note(known_codenames, notes, "No codenames") or {},
    )
    if config.github_token and config.validation.private_repository:
        requests = _or_note(read_open_requests, notes, "No requests to the sales team", asked.until)
        around = replace(around, requests=requests or ())
    if config.github_token and config.feedback.public_repository and said:
        issues = _or_note(read_known_issues, notes, "No issues to compare with")
        names = _or_note(
            read_known, notes, "Nothing is drafted, as nobody can tell whether it names a customer", accounts
        )
        around = replace(around, issues=issues or (), names=names)
    told = around.customers.notes if around.customers else ()
    return replace(around, notes=(*told, *notes))


@task(**PATIENT)
def known_codenames() -> dict[str, str]:
    """Codenames by account id. Raises LedgerMissing, Unavailable or SettingsError."""
    with remembered(settings()) as memory:
        return Codenames(memory).all()


def judged(asked: Asked, reading: FeedbackReading, around: Around) -> Sweep:
    """The findings: every conversation in which a customer wrote, judged, in the order in which answers are due."""
    config = settings()
    items = items_of(reading.conversations, _customers(reading, around), support_clock(config), config.feedback)
    alike_ones = alike({one.key: words_of(one) for one in items}, around.issues, config.feedback)
    marks = [asked.marks.get(channel.id) for channel in reading.channels if not channel.trouble]
    return Sweep(
        since=min((moment(mark) if mark else asked.since for mark in marks), default=asked.since),
        until=asked.until,
        items=completed(items, around.tickets, alike_ones, _drafts(items, around, config)),
        channels=reading.channels,
        strangers=reading.strangers,
        requests=around.requests,
        notes=(*reading.notes, *around.notes),
    )


def quiet_because(sweep: Sweep, asked: Asked) -> str:
    """Why a run that a schedule started on a closed day says nothing; "" where it speaks."""
    if not asked.is_closed or any(item.may_be_p0 for item in sweep.items):
        return ""
    return "Closed today, and nothing may be an emergency: the next business day tells the whole of it."


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


def context_of(
    run: Run, config: Settings, asked: Asked, reading: FeedbackReading, around: Around, *, dry_run: bool, replaces: bool
) -> FeedbackContext:
    """How this sweep was made, for its report."""
    facts = run_facts(run, config, around.customers or CustomerReading(()), dry_run=dry_run, replaces=replaces)
    return FeedbackContext(
        **{**facts, "as_of": asked.until},
        time_zone=config.pipeline.time_zone,
        hours=config.support,
        on_shift=config.feedback.shifts.get(f"{asked.until.astimezone(run.until.tzinfo):%a}", ""),
        currency=config.pipeline.corporate_currency,
        file_url=_filing(dry_run=dry_run),
        file_at_most=config.feedback.file_at_most,
        request_days=config.feedback.request_days,
        slack_calls=reading.calls,
    )


def _standing(names: Sequence[str], run: Run) -> Iterator[str]:
    """Of the sweeps before this day's, newest first, those whose report stands."""
    with publisher() as slack:
        for name in sorted(names, reverse=True):
            day = date.fromisoformat(name.split(":")[1])
            if day < run.as_of and slack.posted(name, datetime.combine(day, time(), run.until.tzinfo)):
                yield name


def _or_note(ask: Callable[..., Any], notes: list[str], without: str, *arguments: object) -> Any:
    """What the task answers; None with a note on what is `without` it where the other side cannot answer."""
    state = ask.with_options(**_BRIEFLY)(*arguments, return_state=True)  # type: ignore[attr-defined]
    if state.is_completed():
        return state.result()
    error = state.result(raise_on_failure=False)
    if not isinstance(error, Unavailable | Refused) or isinstance(error, LedgerMissing):
        raise error
    notes.append(f"{without}: {error}")
    return None


def _threads(reading: FeedbackReading) -> list[tuple[str, str]]:
    return [(one.channel, one.root) for one in reading.conversations]


def _customers(reading: FeedbackReading, around: Around) -> dict[str, Customer]:
    """By channel; one of whom Salesforce tells nothing is named as their channel."""
    known = {one.account_id: one for one in around.customers.customers} if around.customers else {}
    found = {}
    for channel in reading.channels:
        customer = known.get(channel.account_id) or Customer(channel.account_id, channel.name)
        named = (name for account, name in around.codenames.items() if same_id(account, channel.account_id))
        found[channel.id] = replace(customer, codename=next(named, ""))
    return found


def _drafts(items: Sequence[Item], around: Around, config: Settings) -> dict[str, IssueDraft]:
    names = around.names
    if names is None:
        return {}
    known = known_from(names, config.feedback)
    return {
        item.key: draft_of(
            item.conversation,
            item.judged,
            item.details,
            codename=item.customer.codename,
            policy=config.feedback,
            known=known,
            customer=item.customer.name,
        )
        for item in items
        if is_drafted(item)
    }


def _filing(*, dry_run: bool) -> Callable[[tuple[str, ...]], str]:
    """The address of the form that files requests; nothing is filed of a sweep that is not remembered."""
    if dry_run:
        return lambda _: ""
    link = form_links(FILE)
    return lambda keys: link({"requests": list(keys)})
