"""Filing customer requests as each run does it, and what stands on the pretend GitHub afterwards."""

from collections.abc import Iterable
from dataclasses import replace

from tasks.github import public_issues
from tasks.ledger import Ledger
from tasks.request_filer import RequestFiler
from tasks.rules.feedback import DraftedRequest, IssueDraft
from tasks.rules.filing import FilingResult
from tasks.rules.privacy_gate import known_of, why_withheld
from tasks.rules.request_draft import marked, marker, texts_of
from tests.github_alone import PUBLIC, Github
from tests.slack_alone import NOW

BANK, FREIGHT = "001Ax00000KpQ2ZIAV", "001Ax00000KpQ2bIAF"
CODENAMES = {BANK: "Ceraskia", FREIGHT: "Eponina"}
KNOWN = known_of(["Acme Bank", "Umbra Freight"], websites=["https://www.acmebank.example"], people=["Ruth Adeyemi"])
SLOW, DARK = "11c0ffee00a1", "11c0ffee00a2"
HOME = f"/repos/{PUBLIC}"


def request(
    key: str = SLOW, title: str = "Queries are slow after an upgrade", account: str = BANK, **draft: object
) -> DraftedRequest:
    """A request that a sweep drafted this morning."""
    body = f"A customer sees queries that take minutes.\n\n{marker(key)}\n"
    drafted = IssueDraft(title, body, ("customer request", f"customer-{CODENAMES[account].lower()}"))
    return DraftedRequest(key, "C0ACME", f"{NOW.timestamp():.6f}", account, replace(drafted, **draft))


REQUESTS = (request(), request(DARK, "A dark mode", FREIGHT))


def gate(_: DraftedRequest, draft: IssueDraft) -> tuple[str, ...]:
    """The gate of a company of two customers."""
    return why_withheld(texts_of(draft), KNOWN)


def file(
    github: Github,
    ledger: Ledger,
    requests: Iterable[DraftedRequest] = REQUESTS,
    run: str = "",
    *,
    dry_run: bool = False,
    **other: str,
) -> list[FilingResult]:
    """File these, with a door of its own, as each run has."""
    config = github.config(**other)
    with public_issues(config) as issues:
        return RequestFiler(ledger, issues, config.feedback, CODENAMES, gate, run, dry_run).file(requests)


def filed(github: Github) -> list[str]:
    """The keys of the requests that there is an issue of, one an issue."""
    return [key for issue in github.issues(PUBLIC) if (key := marked(issue.body or ""))]
