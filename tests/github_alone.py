"""A pretend GitHub alone, for tests that ask it directly and for those that file by the hundred."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import requests
from starlette.types import ASGIApp, Receive, Scope, Send

from deployments.sandbox.clock import Clock
from deployments.sandbox.company.github import TOKEN
from deployments.sandbox.github import api
from deployments.sandbox.github.seed import (
    Account,
    GithubSeed,
    SeedIssue,
    SeedLabel,
    SeedRepository,
    SeedToken,
)
from deployments.sandbox.github.state import GithubState, Issue
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from tasks.settings import Settings
from tests.company import settings_from

NOW = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)  # Mon 07:28 in the office
PRIVATE, PUBLIC = "acme/confidential", "acme/product"
STRANGER = "github_pat_stranger"  # sees what is public
SEED = GithubSeed(
    (Account("acme", "Organization"), Account("rituals", "Bot"), Account("sam"), Account("casey")),
    (
        SeedRepository(
            "acme",
            "confidential",
            is_private=True,
            labels=(SeedLabel("#g-sales", "0e8a16", "The sales team"),),
            issues=(
                SeedIssue("A discount", "Who signs?", "sam", ("#g-sales",), days_ago=9),
                SeedIssue("Hiring", "", "sam", ("hiring",), days_ago=5),
                SeedIssue("Picklists", "Done.", "sam", ("#g-sales", "hiring"), days_ago=3, is_closed=True),
            ),
        ),
        SeedRepository(
            "acme",
            "product",
            is_private=False,
            issues=(
                SeedIssue("A bug", "", "casey", days_ago=2),
                SeedIssue("Mend the bug", "Closes #1.", "sam", ("bug",), days_ago=1, is_pull=True),
            ),
        ),
    ),
    (SeedToken(TOKEN, "rituals", (PRIVATE, PUBLIC)), SeedToken(STRANGER, "casey")),
)


@dataclass
class Github:
    """A GitHub that runs, and what it knows."""

    address: str
    state: GithubState
    clock: Clock

    @property
    def url(self) -> str:
        return f"{self.address}/github"

    @property
    def environment(self) -> dict[str, str]:
        """The settings that lead there."""
        told = {
            "SALESFORCE_URL": self.address, "SALESFORCE_CLIENT_ID": "id", "SALESFORCE_CLIENT_SECRET": "secret",
            "SLACK_TOKEN": "xoxb-bot", "SLACK_CHANNEL": "C0RITUALS", "GITHUB_URL": self.url, "GITHUB_TOKEN": TOKEN,
            "VALIDATION__PRIVATE_REPOSITORY": PRIVATE, "FEEDBACK__PUBLIC_REPOSITORY": PUBLIC,
        }  # fmt: skip
        return {f"RITUALS_{name}": value for name, value in told.items()}

    def config(self, **other: str) -> Settings:
        """The settings, with others of those values."""
        return settings_from({**self.environment, **{f"RITUALS_{name}": value for name, value in other.items()}})

    def ask(self, path: str, method: str = "GET", token: str | None = TOKEN, **more: Any) -> requests.Response:
        """One request by that token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return requests.request(method, f"{self.url}{path}", headers=headers, timeout=5, **more)

    def issues(self, repository: str = PRIVATE) -> list[Issue]:
        """What stands there, the oldest first."""
        return list(self.state.repositories[repository].issues.values())

    def fault(self, kind: str, **order: Any) -> None:
        """Order a fault."""
        url = f"{self.address}/__sandbox__/faults"
        requests.post(url, json={"kind": kind, **order}, timeout=5).raise_for_status()

    def calls(self) -> list[str]:
        """What was asked since the last time, as "POST /repos/…"."""
        url = f"{self.address}/__sandbox__/calls"
        made = requests.get(url, timeout=5).json()["calls"]
        requests.delete(url, timeout=5)
        return [f"{call['method']} {call['path'].removeprefix('/github')}" for call in made]


class _Exchangeable:
    """An app in whose place another can be put: a server takes longer to start than a GitHub."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@contextmanager
def running(seed: GithubSeed = SEED) -> Iterator[Callable[[], Github]]:
    """What gives that GitHub anew, with its clock at NOW until it is set; of several only the last one runs."""
    place = _Exchangeable()
    with serve(place) as address:

        def anew() -> Github:
            clock = Clock(lambda: NOW)
            state = GithubState(seed, clock)
            place.app = shell(api.routes(state), clock)
            return Github(address, state, clock)

        yield anew
