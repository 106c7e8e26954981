"""Which drafted customer requests become public issues, who gets a codename, and which requests to the sales team wait
for too long (handbook L23, L30, L308)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd

from tasks.rules.business_days import OfficeDays, deadline
from tasks.rules.choosing import same_id, same_person, signed_by
from tasks.rules.feedback import DraftedRequest, OpenRequest
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.wording import listed, name_said

WHO_MAY = "RITUALS_FEEDBACK__FILERS"
_CLOCKS_APART = timedelta(days=1)  # far more than the clocks of Slack and GitHub ever are


@dataclass(frozen=True)
class Account:
    """An account of Salesforce: its id of 18 characters, and its full name."""

    id: str
    name: str


@dataclass(frozen=True)
class Codenamed:
    """A customer's codename.

    label    on GitHub, in the `repositories` (owner/name)      is_new   given by this order, not before
    dry_run  nothing was written, and of a new one another is drawn when it is
    notes    sentences on what a person should look at
    """

    account: Account
    name: str
    label: str
    repositories: tuple[str, ...]
    is_new: bool
    dry_run: bool = False
    notes: tuple[str, ...] = ()


def request_refusal(
    requests: Collection[str],
    decided_by: str,
    *,
    deciders: Collection[str],
    policy: FeedbackPolicy,
    has_token: bool,
    own_words: bool,
) -> str:
    """Why nothing at all of the order is done and what to do about it, one sentence; "" where it is.

    requests    keys, each once      own_words   whether a title or text of the person's own replaces a drafted one
    """
    if wrong := who_may(decided_by, deciders, policy, "file customer requests")[1]:
        return wrong
    if off := filing_is_off(policy, has_token=has_token):
        return off
    if not requests:
        return "Name the requests to file, as the report's button fills them in"
    if len(requests) > policy.file_at_most:
        return (
            f"{len(requests):,} requests are more than the {policy.file_at_most:,} that one order files, so none was: "
            "name fewer, or raise RITUALS_FEEDBACK__FILE_AT_MOST"
        )
    if own_words and len(requests) > 1:
        return (
            f"A title or text of your own replaces that of one request, and {len(requests):,} were named: "
            "name that one alone, or leave both empty"
        )
    return ""


def codename_refusal(
    account: str,
    decided_by: str,
    *,
    deciders: Collection[str],
    policy: FeedbackPolicy,
    private_repository: str,
    has_token: bool,
) -> str:
    """Why no codename is given and what to do about it, one sentence; "" where it is. `account` as it was given."""
    if wrong := who_may(decided_by, deciders, policy, "assign codenames")[1]:
        return wrong
    if off := filing_is_off(policy, has_token=has_token):
        return off
    if not private_repository:
        return (
            "A codename's real name is kept on GitHub where only we read: name a private repository, owner/name, in "
            "RITUALS_VALIDATION__PRIVATE_REPOSITORY"
        )
    return "" if account.strip() else account_refusal(account, ())


def who_may(name: str, deciders: Collection[str], policy: FeedbackPolicy, verb: str) -> tuple[str, str]:
    """As `choosing.signed_by`, of the deciders and those who may file."""
    return signed_by(name, {*deciders, *policy.filers}, verb, WHO_MAY)


def filing_is_off(policy: FeedbackPolicy, *, has_token: bool) -> str:
    """What is missing for public issues, one sentence with the remedy; "" where nothing is."""
    if not policy.public_repository:
        return (
            "Filing is off: name the product's public GitHub repository, owner/name, in "
            "RITUALS_FEEDBACK__PUBLIC_REPOSITORY"
        )
    if not has_token:
        return (
            "Filing is off: set RITUALS_GITHUB_TOKEN to a token that may read and write the issues of "
            f"{policy.public_repository}"
        )
    return ""


def stranger_request_said(key: str) -> str:
    """What is said of a key that nobody remembers."""
    return f"No request '{name_said(key)}' is remembered: take it from the button of the newest feedback sweep"


def none_is_older(requests: Iterable[DraftedRequest]) -> datetime | None:
    """The moment before which nobody can have filed any of these, as nothing had been said yet; None where that is not
    known."""
    try:
        said = [datetime.fromtimestamp(float(one.root), UTC) for one in requests]
    except (ValueError, OverflowError, OSError):
        return None
    return min(said) - _CLOCKS_APART if said else None


def account_refusal(given: str, found: Sequence[Account]) -> str:
    """Why it is not clear which account is meant, one sentence; "" where it is exactly one of the `found` ones."""
    if not given.strip():
        return "Name the account: the customer's full name in Salesforce, or the account's id"
    if not found:
        return f"Salesforce shows no account '{name_said(given)}': give its id, or its full name as it stands there"
    if len(found) > 1:
        ids = listed(one.id for one in found)
        return f"'{name_said(given)}' is the name of {len(found)} accounts: give the id, one of {ids}"
    return ""


def meant(given: str, accounts: Iterable[Account]) -> tuple[Account, ...]:
    """The accounts that are named by id (15 or 18 characters) or, without case, by full name."""
    wanted = given.strip()
    every = tuple(accounts)
    by_id = tuple(one for one in every if same_id(wanted, one.id))
    return by_id or tuple(one for one in every if wanted and same_person(one.name, wanted))


def waiting(
    opened: Iterable[OpenRequest], now: datetime, policy: FeedbackPolicy, office: OfficeDays, time_zone: str
) -> tuple[OpenRequest, ...]:
    """The requests that wait longer than their business days at that moment (aware), the oldest first."""
    requests = sorted(opened, key=lambda one: (one.opened, one.number))
    moments = pd.Series([one.opened for one in requests], dtype="datetime64[us, UTC]")
    late = deadline(moments, policy.request_days, office, time_zone) < pd.Timestamp(now)
    return tuple(one for one, is_late in zip(requests, late, strict=True) if is_late)
