"""A pretend Slack alone, with what stands in it, and deaths for those who post: for tests that post by the hundred."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from sqlalchemy import update

from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.seed import Channel, SlackSeed, Team, User
from deployments.sandbox.slack.state import SlackState
from tasks.clients import slack_reader, slack_writer
from tasks.ledger import Ledger
from tasks.ledger_tables import EffectRow
from tasks.reports.blocks import header, rich_text, section, text
from tasks.reports.post import Post, Report, ReportFile
from tasks.slack_publisher import Publisher
from tests.company import settings_from

NOW = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)  # Mon 07:28 in the office
SINCE = NOW - timedelta(hours=8)
CHANNEL, TEST_CHANNEL = "C0RITUALS", "C0TEST"
SEED = SlackSeed(
    (Team("T0HOME", "Home", "home"),),
    (User("U0BOT", "T0HOME", "rituals", "Revenue rituals", is_bot=True, bot_id="B0BOT"),),
    tuple(Channel(channel, channel.lower(), ("U0BOT",)) for channel in (CHANNEL, TEST_CHANNEL)),
    tokens=(("xoxb-bot", "U0BOT"),),
)


def said(words: str) -> Post:
    """A post of one line."""
    return Post(words, [rich_text(section(text(words)))])


def report(
    first: str = "4 to decide", thread: tuple[str, ...] = ("the evidence", "to update"), csv: bytes = b"a\n1\n"
) -> Report:
    """A report with that first line, those posts in its thread, and that file."""
    return Report(Post(first, [header(first)]), tuple(map(said, thread)), (ReportFile("deals.csv", "All deals", csv),))


class Slack:
    """A Slack that runs, and what stands in it."""

    def __init__(self, address: str) -> None:
        required = {"SALESFORCE_URL": address, "SALESFORCE_CLIENT_ID": "id", "SALESFORCE_CLIENT_SECRET": "secret"}
        slack = {"SLACK_URL": f"{address}/api/", "SLACK_TOKEN": "xoxb-bot", "SLACK_CHANNEL": CHANNEL}
        self.address = address
        self.environment = {f"RITUALS_{name}": value for name, value in (required | slack).items()}
        self.config = settings_from(self.environment)
        self.client = slack_reader(self.config)

    def publisher(self, ledger: Ledger, channel: str = CHANNEL) -> Publisher:
        return Publisher(slack_writer(self.config), slack_reader(self.config), channel, ledger)

    def messages(self, channel: str = CHANNEL) -> list[dict[str, Any]]:
        """What stands in the channel itself, but not what is left of a message that somebody deleted."""
        answer = self.client.conversations_history(channel=channel, limit=999, include_all_metadata=True)
        return [message for message in answer["messages"] if message.get("subtype") != "tombstone"]

    def thread(self, ts: str) -> list[dict[str, Any]]:
        """A message and what stands below it."""
        return list(self.client.conversations_replies(channel=CHANNEL, ts=ts, include_all_metadata=True)["messages"])

    def reports(self) -> list[list[dict[str, Any]]]:
        """Each message in the channel with its thread: [[parent, reply, …], …]."""
        return [self.thread(message["ts"]) for message in self.messages()]

    def standing(self, key: str, channel: str = CHANNEL) -> list[tuple[str, list[str], int]]:
        """Each message of that key: its words, those of the posts below it, and how many files there are."""
        ours = [m for m in self.messages(channel) if payload(m).get("key") == key]
        threads = [(m, self.thread(m["ts"])[1:] if channel == CHANNEL else []) for m in ours]
        return [(m["text"], [r["text"] for r in below if "part" in payload(r)], files(below)) for m, below in threads]

    def delete(self, ts: str) -> None:
        """As a person does who cleans up."""
        self.client.chat_delete(channel=CHANNEL, ts=ts)

    def fault(self, kind: str, nth: int, path: str = "/api/.*") -> None:
        more = {"retry_after": 0} if kind == "rate_limited" else {}
        order = {"kind": kind, "match": {"path": path, "nth": nth}, "times": 1, **more}
        requests.post(f"{self.address}/__sandbox__/faults", json=order, timeout=10).raise_for_status()

    def cure(self) -> None:
        requests.delete(f"{self.address}/__sandbox__/faults", timeout=10)

    def calls_of(self, act: Callable[[], object]) -> list[str]:
        """The calls that `act` makes."""
        requests.delete(f"{self.address}/__sandbox__/calls", timeout=10)
        act()
        made = requests.get(f"{self.address}/__sandbox__/calls", timeout=10).json()["calls"]
        paths = [call["path"].removeprefix("/api/") for call in made]
        return ["upload" if path.startswith("upload/") else path for path in paths]


def payload(message: dict[str, Any]) -> dict[str, str]:
    return dict((message.get("metadata") or {}).get("event_payload", {}))


def files(thread: list[dict[str, Any]]) -> int:
    return sum(len(message.get("files", [])) for message in thread)


@contextmanager
def running() -> Iterator[Slack]:
    """An empty Slack that runs."""
    clock = Clock(lambda: NOW)
    with serve(shell(api.routes(SlackState(SEED, clock)), clock)) as address:
        yield Slack(address)


def let_leases_end(ledger: Ledger) -> None:
    """As if a quarter of an hour had passed."""
    with ledger.session() as session:
        session.execute(update(EffectRow).values(lease_until=NOW - timedelta(days=365)))


class Killed(BaseException):
    """This process is no more."""


class Death:
    """A ledger's step that ends the process at the nth, or the nth of that name; a dead process takes none after."""

    def __init__(self, nth: int, name: str = "") -> None:
        self.left, self.name, self.at = nth, name, ""

    def __call__(self, step: str) -> None:
        self.left -= self.name in {"", step}
        if self.left <= 0:
            self.at = self.at or step
            raise Killed
