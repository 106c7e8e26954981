"""A person's order to give a customer a codename: checked, carried out, shown (handbook L30)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import choice

from prefect import task
from prefect.artifacts import create_markdown_artifact

from tasks.artifacts import literally
from tasks.clients import salesforce
from tasks.codenamer import Codenamer
from tasks.github import private_issues, public_issues
from tasks.ledger_feedback import Codenames
from tasks.patience import PATIENT
from tasks.reports.requests import codename_lines
from tasks.rules.request_filing import Account, Codenamed, account_refusal, codename_refusal, who_may
from tasks.runs import remembered
from tasks.salesforce_accounts import accounts_named
from tasks.salesforce_customers import CustomerReader
from tasks.settings import settings

NOBODY = Account("", "")


@dataclass(frozen=True)
class CodenameOrder:
    """Which customer is to have a codename, and who says so. `stopped`: why nothing is done, "" where something is."""

    account: Account = NOBODY
    by: str = ""
    stopped: str = ""


@task(**PATIENT)
def order_codename(account: str, decided_by: str) -> CodenameOrder:
    """The customer that a person means, by id or full name, and whether that person may. Salesforce is asked who it is;
    nothing is written. Raises Unavailable, Refused, LimitReached or SettingsError."""
    config = settings()
    token = config.github_token
    stopped = codename_refusal(
        account,
        decided_by,
        deciders=config.deciders,
        policy=config.feedback,
        private_repository=config.validation.private_repository,
        has_token=bool(token and token.get_secret_value()),
    )
    if stopped:
        return CodenameOrder(stopped=stopped)
    found = accounts_named(salesforce(config), account)
    if stopped := account_refusal(account, found):
        return CodenameOrder(stopped=stopped)
    return CodenameOrder(found[0], who_may(decided_by, config.deciders, config.feedback, "assign codenames")[0])


@task(**PATIENT)
def assign_name(order: CodenameOrder) -> Codenamed:
    """Keep the customer's codename in the ledger, a new one where there is none, and make its labels where they are
    missing. Raises Unavailable, or Refused with the remedy; running again goes on from there, and one account always
    gets the same name."""
    with _codenamer(dry_run=False) as codenamer:
        return codenamer.assign(order.account, order.by)


@task(**PATIENT)
def preview_name(order: CodenameOrder) -> Codenamed:
    """What that would come to now; nothing is written. Raises as `assign_name`."""
    with _codenamer(dry_run=True) as codenamer:
        return codenamer.assign(order.account, order.by)


def show_codename(done: Codenamed) -> None:
    """An artifact of this run: who has which name. Only we can open Prefect; no public place has the pair."""
    create_markdown_artifact(literally(codename_lines(done)), key="codename", description="The codename of a customer")


@contextmanager
def _codenamer(*, dry_run: bool) -> Iterator[Codenamer]:
    config = settings()

    def others() -> tuple[tuple[str, ...], tuple[str, ...]]:
        known = CustomerReader(salesforce(config), config).known(())
        return known.accounts, known.people

    with remembered(config) as memory, public_issues(config) as public, private_issues(config) as private:
        yield Codenamer(Codenames(memory), public, private, config.feedback, others, choice, dry_run)
