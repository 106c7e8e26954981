"""A pretend company whose customers write in Slack, with its Salesforce, GitHub and Zendesk; and sweeps of it.

Its days are those before Thanksgiving 2025: Fri 21 Nov, the weekend, Mon 24, Tue 25, Wed 26, and Thu 27, a holiday.
They are over whenever a test runs, as nobody can sweep what is still to come.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import requests
from starlette.types import ASGIApp, Receive, Scope, Send

from deployments.sandbox import environment, org_controls
from deployments.sandbox.clock import Clock
from deployments.sandbox.company.ids import record_id
from deployments.sandbox.github import api as github_api
from deployments.sandbox.github.state import GithubState
from deployments.sandbox.salesforce import routes as salesforce
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api as slack_api
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.zendesk import api as zendesk_api
from deployments.sandbox.zendesk.state import ZendeskState
from tests import github_alone, support_alone
from tests.company import OFFICE
from tests.faults.small_company import small_company
from tests.support_alone import ACME, BOT, GLOBEX
from tests.swept import Standing, standing

REPORTS: Final = "C0RITUALS"
ACCOUNTS: Final = {ACME: record_id("001", 1), GLOBEX: record_id("001", 2)}
_SETTINGS: Final = {
    "RITUALS_SLACK_CUSTOMER_CHANNELS": json.dumps(ACCOUNTS),
    "RITUALS_VALIDATION__PRIVATE_REPOSITORY": github_alone.PRIVATE,
    "RITUALS_FEEDBACK__PUBLIC_REPOSITORY": github_alone.PUBLIC,
    "RITUALS_MAX_LATE_HOURS": "1000000",  # of these days no run is too late
}


def on(said: str) -> datetime:
    """ "Mon 24 06:00" of November 2025 on the office's clock; its weekday must be right."""
    weekday, day, clock = said.split()
    when = datetime.fromisoformat(f"2025-11-{day} {clock}").replace(tzinfo=OFFICE)
    assert f"{when:%a}" == weekday, f"{said}: it is a {when:%a}"
    return when


@dataclass
class SweptCompany:
    """All of it, running."""

    address: str
    environment: dict[str, str]
    clock: Clock
    slack: SlackState
    github: GithubState

    def says(self, who: str, text: str, at: str, thread: str = "", channel: str = ACME) -> str:
        """Somebody writes it, at a moment such as "Sat 22 09:00", perhaps below the message of that ts; its ts."""
        self.clock.set(on(at))
        content = {"text": text, **({"thread_ts": thread} if thread else {})}
        return str(self.slack.post(self.slack.conversations[channel], self.slack.users[who], content)["ts"])

    def reports(self, channel: str = REPORTS) -> list[Standing]:
        """The reports of sweeps that stand there, the oldest first."""
        return standing(self.slack.conversations[channel].messages.values())

    def lines(self) -> list[str]:
        """Everything that our bot posted to the channel of the reports itself."""
        said = self.slack.conversations[REPORTS].main()
        return [str(one["text"]) for one in said if one.get("user") == BOT]

    def leaves(self, channel: str) -> None:
        """Our bot is thrown out of the channel."""
        self.slack.conversations[channel].members.remove(BOT)

    def joins(self, channel: str) -> None:
        """Our bot is invited to the channel."""
        self.slack.conversations[channel].members.append(BOT)

    def fault(self, kind: str, path: str = "/.*", **order: Any) -> None:
        """Order a fault, for good unless `times` says otherwise."""
        told = {"kind": kind, "match": {"path": path}, "times": None, **order}
        requests.post(f"{self.address}/__sandbox__/faults", json=told, timeout=5).raise_for_status()

    def cure(self) -> None:
        """Forget every fault that was ordered."""
        requests.delete(f"{self.address}/__sandbox__/faults", timeout=5).raise_for_status()

    def hide(self, *objects: str) -> None:
        """The integration user does not see these objects of Salesforce."""
        told = {"hidden_objects": objects}
        requests.post(f"{self.address}/__sandbox__/org", json=told, timeout=5).raise_for_status()

    def logins(self) -> int:
        """How often Salesforce was logged in to."""
        calls = requests.get(f"{self.address}/__sandbox__/calls", timeout=5).json()
        return int(calls["by_path"].get("/services/oauth2/token", 0))

    def without(self, word: str) -> dict[str, str]:
        """The settings without those whose names hold that word."""
        return {name: value for name, value in self.environment.items() if word not in name}


class _Exchangeable:
    """An app in whose place another can be put: a server takes longer to start than a company."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@contextmanager
def running() -> Iterator[Callable[[], SweptCompany]]:
    """What gives the company anew, on Fri 21 Nov 2025, when nobody has written yet; of several only the last runs."""
    place = _Exchangeable()
    company = replace(
        small_company(on("Fri 21 05:00").date()),
        slack=support_alone.SLACK,
        github=github_alone.SEED,
        zendesk=support_alone.ZENDESK,
        settings=_SETTINGS,
    )
    tables = {name: replace(table, rows=tuple(table.rows)) for name, table in company.tables.items()}
    with serve(place) as address:

        def anew() -> SweptCompany:
            clock = Clock(lambda: on("Fri 21 05:00"))
            org, store = Org(clock), Store(company.catalogue, clock)
            for name, table in tables.items():
                store.insert_many(name, table.columns, table.rows)
            slack, github = SlackState(company.slack, clock), GithubState(company.github, clock)
            zendesk = ZendeskState(company.zendesk, clock)
            parts = [*salesforce.routes(store, org), *slack_api.routes(slack), *github_api.routes(github)]
            place.app = shell([org_controls.route(org), *parts, *zendesk_api.routes(zendesk)], clock)
            told = dict(line.split("=", 1) for line in environment.lines(address, company, org))
            return SweptCompany(address, told, clock, slack, github)

        yield anew
