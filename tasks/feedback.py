"""What stands beside the words of a sweep of customer feedback, what the two come to, and how it is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from prefect import task

from tasks.after_hours import support_clock, ticket_urls
from tasks.clients import Refused, Unavailable
from tasks.feedback_memory import Asked
from tasks.github_feedback import read_known_issues, read_open_requests
from tasks.ledger import LedgerMissing
from tasks.ledger_feedback import Codenames
from tasks.likeness import alike
from tasks.patience import PATIENT
from tasks.reports.feedback_context import FeedbackContext
from tasks.request_gate import known_from
from tasks.rules.choosing import same_id
from tasks.rules.feedback import Customer, IssueDraft, Item, KnownIssue, OpenRequest, Sweep
from tasks.rules.request_draft import draft_of
from tasks.rules.slack_ts import moment_of
from tasks.rules.sweeping import completed, is_drafted, items_of, words_of
from tasks.runs import Run, keys_link, remembered, run_facts
from tasks.salesforce_customers import CustomerReading, KnownNames, read_both, read_customers, read_known
from tasks.settings import Settings, settings
from tasks.slack_feedback import FeedbackReading

FILE: Final = "file-customer-request/file"
_BRIEFLY: Final[Mapping[str, Any]] = {"retries": 1, "retry_delay_seconds": 10}  # who is down is to be told soon


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


def look_around(reading: FeedbackReading, asked: Asked) -> Around:
    """Customers, issues, requests and tickets of what was read. What cannot be asked costs only what it tells: a
    customer who is down is reported whatever else is down too. Raises SettingsError or LedgerMissing."""
    config, notes = settings(), list[str]()
    said = {one.channel for one in reading.conversations}
    accounts = sorted({one.account_id for one in reading.channels if one.id in said and one.account_id})
    compares = bool(config.github_token and config.feedback.public_repository and said)
    customers, names = _from_salesforce(accounts, asked.day, notes, drafts=compares)
    around = Around(
        customers=customers,
        names=names,
        tickets=_or_note(ticket_urls, notes, "No tickets", _threads(reading)) or {},
        codenames=_or_note(known_codenames, notes, "No codenames") or {},
    )
    if config.github_token and config.validation.private_repository:
        requests = _or_note(read_open_requests, notes, "No requests to the sales team", asked.until)
        around = replace(around, requests=requests or ())
    if compares:
        around = replace(around, issues=_or_note(read_known_issues, notes, "No issues to compare with") or ())
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
        since=min((moment_of(mark) if mark else asked.since for mark in marks), default=asked.since),
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
        file_url=keys_link(FILE, "requests", offered=not dry_run),
        file_at_most=config.feedback.file_at_most,
        request_days=config.feedback.request_days,
        slack_calls=reading.calls,
    )


def _from_salesforce(
    accounts: Sequence[str], day: date, notes: list[str], *, drafts: bool
) -> tuple[CustomerReading | None, KnownNames | None]:
    """The customers, and the names that no draft may hold: both by one login; where that fails each alone, as one may
    be answered and the other not."""
    if drafts and (both := _or_note(read_both, [], "Not both", accounts, day)):
        return both[0], both[1]
    customers = _or_note(read_customers, notes, "No values and renewals of customers", accounts, day)
    if not drafts:
        return customers, None
    without = "Nothing is drafted, as nobody can tell whether it names a customer"
    return customers, _or_note(read_known, notes, without, accounts)


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
