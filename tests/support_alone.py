"""A pretend Slack with customers in it and a pretend Zendesk, and runs of the after-hours support against them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import requests
from starlette.types import ASGIApp, Receive, Scope, Send

from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api as slack_api
from deployments.sandbox.slack.records import StoredFile
from deployments.sandbox.slack.seed import Channel, SlackSeed, Team, User
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.zendesk import api as zendesk_api
from deployments.sandbox.zendesk.seed import Agent, SeedTicket, ZendeskSeed
from deployments.sandbox.zendesk.state import Comment, Ticket, ZendeskState
from tasks.after_hours import answer_after_hours, preview_after_hours, watch_due
from tasks.settings import Settings
from tasks.slack_feedback import read_feedback
from tests.company import OFFICE, settings_from

ACME, GLOBEX = "C0ACME", "C0GLOBEX"
DANA, OWEN, RUTH, SAM, HARPER, BOT = "U0DANA", "U0OWEN", "U0RUTH", "U0SAM", "U0HARPER", "U0BOT"
AGENT, TOKEN, OAUTH = "rituals@ourco.example", "zendesk-canary-1", "zendesk-oauth-canary-2"
CLOSED_AT = datetime(2026, 11, 23, 16, 0, tzinfo=OFFICE)  # Mon
EVENING = datetime(2026, 11, 23, 18, 0, tzinfo=OFFICE)
OPENED_AT = datetime(2026, 11, 24, 6, 0, tzinfo=OFFICE)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=OFFICE)
MINUTES = timedelta(minutes=1)

_PEOPLE = (
    User(BOT, "T0HOME", "rituals", "Revenue rituals", is_bot=True, bot_id="B0BOT"),
    User("U0DEPLOYS", "T0HOME", "deploys", "Deploys", is_bot=True, bot_id="B0DEPLOYS"),
    User(SAM, "T0HOME", "sam", "Sam Whitlock"),
    User(HARPER, "T0HOME", "harper", "Harper Lowe", is_ultra_restricted=True),
    User(DANA, "T0ACME", "dana", "Dana Reyes"),
    User(OWEN, "T0ACME", "owen", "Owen Platt"),
    User(RUTH, "T0GLOBEX", "ruth", "Ruth Adeyemi"),
)
SLACK = SlackSeed(
    (Team("T0HOME", "Home", "home"), Team("T0ACME", "Acme", "acme"), Team("T0GLOBEX", "Globex", "globex")),
    _PEOPLE,
    (
        Channel("C0RITUALS", "rituals", (BOT, SAM)),
        Channel(ACME, "customer-acme", (BOT, SAM, DANA, OWEN, "U0DEPLOYS"), connected_team_ids=("T0HOME", "T0ACME")),
        Channel(GLOBEX, "customer-globex", (BOT, SAM, RUTH, HARPER), connected_team_ids=("T0HOME", "T0GLOBEX")),
    ),
    tokens=(("xoxb-bot", BOT),),
)
ZENDESK = ZendeskSeed(
    (Agent(AGENT, "Revenue rituals"), Agent("sam@ourco.example", "Sam Whitlock")),
    ((AGENT, TOKEN),),
    ((AGENT, OAUTH),),
)


@dataclass
class Support:
    """Both, running, and what they know."""

    address: str
    slack: SlackState
    zendesk: ZendeskState
    clock: Clock

    @property
    def environment(self) -> dict[str, str]:
        """The settings that lead there."""
        told = {
            "SALESFORCE_URL": self.address, "SALESFORCE_CLIENT_ID": "id", "SALESFORCE_CLIENT_SECRET": "secret",
            "SLACK_URL": f"{self.address}/api/", "SLACK_TOKEN": "xoxb-bot", "SLACK_CHANNEL": "C0RITUALS",
            "SLACK_CUSTOMER_CHANNELS": json.dumps({ACME: "001A", GLOBEX: "001G"}), "SUPPORT__COMPANY": "Ourco",
            "ZENDESK_URL": f"{self.address}/zendesk", "ZENDESK_EMAIL": AGENT, "ZENDESK_TOKEN": TOKEN,
        }  # fmt: skip
        return {f"RITUALS_{name}": value for name, value in told.items()}

    def config(self, **other: str) -> Settings:
        """The settings, with others of those values."""
        return settings_from({**self.environment, **{f"RITUALS_{name}": value for name, value in other.items()}})

    def says(
        self,
        who: str,
        text: str,
        at: datetime,
        thread: str = "",
        channel: str = ACME,
        files: tuple[str, ...] = (),
        **more: Any,
    ) -> str:
        """Somebody posts it; its ts."""
        self.clock.set(at)
        content: dict[str, Any] = {"text": text, **more}
        if files:
            content |= {"subtype": "file_share", "files": [self._file(name, who, channel).id for name in files]}
        if thread:
            content["thread_ts"] = thread
        return str(self.slack.post(self.slack.conversations[channel], self.slack.users[who], content)["ts"])

    def run(self, at: datetime) -> str:
        """One run as of that moment; what it says of itself. Raises as it does."""
        self.clock.set(at)
        watch = watch_due.fn(at)
        if watch.idle:
            return watch.idle
        reading = read_feedback.fn(watch.channels, watch.since, watch.until, watch.marks)
        return answer_after_hours.fn(watch, reading)

    def preview(self, at: datetime) -> str:
        """A dry run as of that moment."""
        self.clock.set(at)
        watch = watch_due.fn(at)
        reading = read_feedback.fn(watch.channels, watch.since, watch.until, watch.marks)
        return preview_after_hours.fn(watch, reading)

    def tickets(self) -> list[Ticket]:
        """Those that there are, the oldest first."""
        return list(self.zendesk.tickets.values())

    def ticket(self) -> Ticket:
        """The only one."""
        [ticket] = self.tickets()
        return ticket

    def comments(self) -> list[Comment]:
        """The comments of the only ticket, without its first."""
        return self.ticket().comments[1:]

    def replies(self, channel: str = ACME) -> list[tuple[str, str]]:
        """What our bot said in the channel: below which message, and what."""
        said = self.slack.conversations[channel].messages.values()
        return [(one.get("thread_ts", ""), one["text"]) for one in said if one.get("user") == BOT]

    def ask(self, path: str, method: str = "GET", token: str = TOKEN, **more: Any) -> requests.Response:
        """One request of Zendesk's API by that token."""
        url = f"{self.address}/zendesk/api/v2{path}"
        return requests.request(method, url, auth=(f"{AGENT}/token", token), timeout=5, **more)

    def fault(self, kind: str, path: str = "/.*", **order: Any) -> None:
        """Order a fault."""
        match = {"path": path, **order.pop("match", {})}
        url = f"{self.address}/__sandbox__/faults"
        requests.post(url, json={"kind": kind, "match": match, **order}, timeout=5).raise_for_status()

    def cure(self) -> None:
        """Forget every fault that was ordered."""
        requests.delete(f"{self.address}/__sandbox__/faults", timeout=5)

    def calls(self) -> list[str]:
        """What was asked since the last time, as "POST zendesk/api/v2/tickets.json"."""
        url = f"{self.address}/__sandbox__/calls"
        made = requests.get(url, timeout=5).json()["calls"]
        requests.delete(url, timeout=5)
        return [f"{call['method']} {call['path'].lstrip('/').removeprefix('api/')}" for call in made]

    def _file(self, name: str, owner: str, channel: str) -> StoredFile:
        made = self.slack.new_file(name, "text/plain", self.slack.users[owner])
        made.content, made.ready = b"x", True
        return made


class _Exchangeable:
    """An app in whose place another can be put: a server takes longer to start than both of them."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@contextmanager
def running() -> Iterator[Callable[..., Support]]:
    """What gives both anew, Zendesk with those tickets; of several only the last one runs."""
    place = _Exchangeable()
    with serve(place) as address:

        def anew(*tickets: SeedTicket, calls_a_minute: int = 700) -> Support:
            clock = Clock(lambda: CLOSED_AT)
            slack = SlackState(SLACK, clock)
            zendesk = ZendeskState(replace(ZENDESK, tickets=tickets, calls_a_minute=calls_a_minute), clock)
            place.app = shell([*slack_api.routes(slack), *zendesk_api.routes(zendesk)], clock)
            return Support(address, slack, zendesk, clock)

        yield anew
