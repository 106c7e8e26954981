"""A Slack with customer channels for tests: what was said in them over a weekend, and the reader on it.

Support closed on Fri 20 Nov 2026 at 16:00 in the office and opens on Mon 23 Nov at 06:00. Only the tests move the time.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.seed import Channel, Message, SlackSeed, Team, User
from deployments.sandbox.slack.state import SlackState
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.slack_feedback import FeedbackReader, FeedbackReading
from tasks.slack_pace import Pace, RetryAfter

OFFICE = ZoneInfo("America/Los_Angeles")
BOT, TOM, LENA, GUEST, SINGLE = "U0BOT", "U0TOM", "U0LENA", "U0GUEST", "U0SINGLE"
CLEO, DANA, FARO, THEIR_BOT = "U0CLEO", "U0DANA", "U0FARO", "U0THEIRS"
ACME, GLOBEX, CLOSED, HIDDEN, OVER = "C0ACME", "C0GLOBEX", "C0CLOSED", "C0HIDDEN", "C0OVER"
ACCOUNTS = {ACME: "001ACME", GLOBEX: "001GLOBEX"}

TEAMS = (Team("T0HOME", "Home", "home"), Team("T0ACME", "Acme", "acme"), Team("T0FAR", "Far", "far"))
USERS = (
    User(BOT, "T0HOME", "rituals", "Revenue rituals", is_bot=True, bot_id="B0BOT"),
    User(TOM, "T0HOME", "tom", "Tom Okafor", "tom@acme.example"),  # our own, whatever the address says
    User(LENA, "T0HOME", "lena", "Lena Fischer"),
    User(GUEST, "T0HOME", "gil", "Gil Guest", is_restricted=True),
    User(SINGLE, "T0HOME", "sue", "Sue Single", is_ultra_restricted=True),
    User(CLEO, "T0ACME", "cleo", "Cleo Customer", "cleo@home.example"),  # a customer, whatever the address says
    User(DANA, "T0ACME", "dana", "Dana Reyes"),
    User(FARO, "T0FAR", "faro", ""),
    User(THEIR_BOT, "T0ACME", "alerts", "Acme alerts", is_bot=True, bot_id="B0THEIRS"),
)
PEOPLE = tuple(user.id for user in USERS)
CHANNELS = (
    Channel(ACME, "customer-acme", PEOPLE, connected_team_ids=("T0ACME", "T0FAR")),
    Channel(GLOBEX, "customer-globex", PEOPLE),
)
TOKENS = (("xoxb-bot", BOT), ("xoxp-tom", TOM), ("xoxp-cleo", CLEO))


def moment(said: str) -> datetime:
    """ "Sat 2026-11-21 09:00" on the office's clock, in UTC; its weekday must be right."""
    when = datetime.fromisoformat(said[4:]).replace(tzinfo=OFFICE)
    assert f"{when:%a}" == said[:3], f"{said}: it is a {when:%a}"
    return when.astimezone(UTC)


def ts(said: str, micros: int = 0) -> str:
    """That moment as a ts, so many microseconds later."""
    return f"{int(moment(said).timestamp())}.{micros:06d}"


FRI_CLOSE, MON_OPEN = "Fri 2026-11-20 16:00", "Mon 2026-11-23 06:00"
SINCE, UNTIL, NOW = moment(FRI_CLOSE), moment(MON_OPEN), moment("Mon 2026-11-23 07:00")


def says(user: str, at: str, text: str = "Hello", **more: Any) -> Message:
    """A message in Acme's channel; `under` is the ts of the root that it answers."""
    if "under" in more:
        more["thread_ts"] = more.pop("under")
    return Message(more.pop("channel", ACME), user, ts(at), text, **more)


@dataclass
class Time:
    """Stands still but while somebody sleeps."""

    now: datetime = NOW
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    @property
    def seconds(self) -> float:
        return self.now.timestamp()


@dataclass
class Answering:
    """One server for many tests, another Slack for each. `instead`: what a path answers whatever is asked of it."""

    app: ASGIApp = field(default_factory=Starlette)
    instead: dict[str, object] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in self.instead:
            answer = Response(json.dumps(self.instead[scope["path"]]), media_type="application/json")
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


@dataclass
class CustomerSlack:
    """A Slack that runs."""

    address: str
    answering: Answering
    time: Time = field(default_factory=Time)

    def begin(
        self,
        *messages: Message,
        channels: tuple[Channel, ...] = (),
        users: tuple[User, ...] = (),
        tiers: bool = False,
    ) -> None:
        """Nothing but these messages was ever said. `channels` and `users` are more of them."""
        self.time = time = Time()
        self.answering.instead.clear()
        clock = Clock(lambda: time.now)
        seed = SlackSeed(TEAMS, (*USERS, *users), (*CHANNELS, *channels), messages, TOKENS)
        self.answering.app = shell(api.routes(SlackState(seed, clock, tiers=tiers)), clock)

    def client(self, token: str = TOKENS[0][0]) -> WebClient:
        """A client that repeats only what a rate limit keeps from it; waiting moves the time."""
        limited = RetryAfter(sleep=self.time.sleep, now=lambda: self.time.now)
        return WebClient(token, f"{self.address}/api/", timeout=10, retry_handlers=[limited])

    def read(
        self,
        since: datetime = SINCE,
        until: datetime = UNTIL,
        marks: Mapping[str, str] | None = None,
        waiting: Mapping[str, Collection[str]] | None = None,
        accounts: Mapping[str, str] = ACCOUNTS,
        wanted: Collection[str] = (),
        policy: FeedbackPolicy | None = None,
    ) -> FeedbackReading:
        policy = policy or FeedbackPolicy()
        pace = Pace(policy.calls_a_minute, lambda: self.time.seconds, self.time.sleep)
        reader = FeedbackReader(self.client(), accounts, policy, pace, wanted)
        return reader.read(since, until, marks, waiting)

    def calls(self) -> Counter[str]:
        """How often each method was called."""
        paths = requests.get(f"{self.address}/__sandbox__/calls", timeout=10).json()["by_path"]
        return Counter({path.removeprefix("/api/"): count for path, count in paths.items()})

    def statuses(self) -> Counter[int]:
        """How often each HTTP status was answered, of the latest 5,000 calls."""
        made = requests.get(f"{self.address}/__sandbox__/calls", timeout=10).json()["calls"]
        return Counter(call["status"] for call in made)

    def fault(self, kind: str, method: str = ".*", nth: int = 1, **order: Any) -> None:
        """The nth call of `method` from now on meets that fault."""
        order = {"kind": kind, "match": {"path": f"/api/{method}", "nth": nth}, **order}
        requests.post(f"{self.address}/__sandbox__/faults", json=order, timeout=10).raise_for_status()


@contextmanager
def serving() -> Iterator[CustomerSlack]:
    """A Slack without messages."""
    answering = Answering()
    with serve(answering) as address:
        slack = CustomerSlack(address, answering)
        slack.begin()
        yield slack


def said(reading: FeedbackReading) -> list[list[str]]:
    """What stands in each conversation."""
    return [[message.text for message in found.messages] for found in reading.conversations]


def news(reading: FeedbackReading) -> list[list[str]]:
    """What of it is new."""
    return [[message.text for message in found.news] for found in reading.conversations]
