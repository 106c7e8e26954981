"""A person's order to file drafted customer requests as public issues: checked, carried out, told (handbook L280)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from prefect import task
from prefect.artifacts import create_markdown_artifact

from tasks.artifacts import literally
from tasks.clients import salesforce, slack_reader, slack_writer
from tasks.filing_once import Order, all_filed
from tasks.github import public_issues
from tasks.ledger import Ledger
from tasks.ledger_feedback import Codenames, RequestDrafts
from tasks.patience import PATIENT
from tasks.reports.requests import request_lines
from tasks.request_filer import RequestFiler, Teller, is_told
from tasks.request_gate import RequestGate, authors_in, gate_of
from tasks.rules.choosing import each_once
from tasks.rules.feedback import DraftedRequest, IssueDraft
from tasks.rules.filing import Filed, FilingResult
from tasks.rules.request_draft import redrafted
from tasks.rules.request_filing import request_refusal, stranger_request_said, who_may
from tasks.runs import remembered, run_id
from tasks.salesforce_customers import CustomerReader
from tasks.settings import Settings, settings


@dataclass(frozen=True)
class RequestOrder(Order):
    """Which requests a person wants filed.

    title, text   the person's own, instead of the drafted ones; "" for those      tell   whether customers are told
    """

    title: str = ""
    text: str = ""
    tell: bool = False


@task(**PATIENT)
def order_requests(
    requests: Sequence[str], decided_by: str, *, title: str = "", text: str = "", tell: bool = False
) -> RequestOrder:
    """Which requests a person wants filed, and whether they may. Nothing is written, or asked of GitHub or Salesforce.

    Raises LedgerMissing, Unavailable, Refused or SettingsError.
    """
    config = settings()
    wanted = each_once(requests)
    title, text = title.strip(), text.strip()
    stopped = request_refusal(
        wanted,
        decided_by,
        deciders=config.deciders,
        policy=config.feedback,
        has_token=bool(config.github_token and config.github_token.get_secret_value()),
        own_words=bool(title or text),
    )
    if stopped:
        return RequestOrder(stopped=stopped)
    with remembered(config) as memory:
        known = {one.key for one in RequestDrafts(memory).find(wanted)}
    strangers = tuple(stranger_request_said(key) for key in wanted if key not in known)
    if not known:
        return RequestOrder(stopped=". ".join(strangers))
    by = who_may(decided_by, config.deciders, config.feedback, "file customer requests")[0]
    return RequestOrder(tuple(key for key in wanted if key in known), strangers, by, title=title, text=text, tell=tell)


@task(**PATIENT)
def file_requests(order: RequestOrder) -> tuple[FilingResult, ...]:
    """File each request as an issue of the public repository, once, unless it may not be read by everybody by the names
    of this moment; what became of each. One that fails never stops the others.

    Raises NotAllFiled or SomeRefused, which have the results of all; Unavailable or Refused, with the remedy, where
    nothing at all could be done, as for a repository that is not public, or where Salesforce cannot tell the names.
    Running again goes on from there.
    """
    with _filer(order, dry_run=False) as (filer, requests):
        return all_filed(filer.file(requests))


@task(**PATIENT)
def preview_requests(order: RequestOrder) -> str:
    """What filing would do now, a line each, and what everybody would read; nothing is written. Raises as
    `file_requests`."""
    with _filer(order, dry_run=True) as (filer, requests):
        results = filer.file(requests)
        would = {one.key for one in results if one.outcome is Filed.WOULD_FILE}
        drafts = [filer.finished(one) for one in requests if one.key in would]
        untold = {one.key for one in requests if order.tell and not is_told(filer.ledger, one)}
    telling = [replace(one, outcome=Filed.WOULD_TELL) for one in results if one.outcome in _TOLD and one.key in untold]
    return request_lines([*results, *telling], order.by, order.refused, drafts)


@task(**PATIENT)
def tell_customers(order: RequestOrder, results: Sequence[FilingResult]) -> tuple[FilingResult, ...]:
    """Reply in the customer's thread with the link to the issue, once; what became of each. Raises as `file_requests`,
    after all were tried."""
    config = settings()
    with remembered(config) as memory:
        teller = Teller(slack_writer(config), slack_reader(config), memory, config.slack_customer_channels)
        return all_filed(teller.tell(_requests(order, memory), results), "told")


def show_requests(said: str) -> None:
    """An artifact of this run: what became, or would become, of each request."""
    create_markdown_artifact(literally(said), key="customer-requests", description="Customer requests as issues")


def told_lines(order: RequestOrder, results: Sequence[FilingResult]) -> str:
    """What became of each request, a line each."""
    return request_lines(results, order.by, order.refused)


_TOLD = {Filed.WOULD_FILE, Filed.ALREADY}


@contextmanager
def _filer(order: RequestOrder, *, dry_run: bool) -> Iterator[tuple[RequestFiler, list[DraftedRequest]]]:
    config = settings()
    with remembered(config) as memory, public_issues(config) as github:
        requests = _requests(order, memory)
        gate = _gate(requests, config)
        names = Codenames(memory).all()
        yield RequestFiler(memory, github, config.feedback, names, gate.why_withheld, run_id(), dry_run), requests


def _gate(requests: Sequence[DraftedRequest], config: Settings) -> RequestGate:
    """With the names of this moment: nothing is filed where they cannot be read."""
    accounts = list(dict.fromkeys(one.account_id for one in requests if one.account_id))
    today = datetime.now(ZoneInfo(config.pipeline.time_zone)).date()
    reader = CustomerReader(salesforce(config), config)
    return gate_of(reader, accounts, authors_in(slack_reader(config)), today)


def _requests(order: RequestOrder, memory: Ledger) -> list[DraftedRequest]:
    found = RequestDrafts(memory).find(order.accepted)
    return [replace(one, draft=_draft(one, order)) for one in found]


def _draft(request: DraftedRequest, order: RequestOrder) -> IssueDraft:
    return redrafted(request, order.title, order.text) if order.title or order.text else request.draft
