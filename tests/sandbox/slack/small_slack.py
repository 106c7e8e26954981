"""A small Slack over real HTTP: our team with a bot, a rep and a guest, and a customer through Slack Connect."""

from dataclasses import dataclass
from datetime import UTC, datetime

from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from deployments.sandbox.clock import Clock
from deployments.sandbox.slack.seed import App, Attachment, Channel, Message, SlackSeed, Team, User
from deployments.sandbox.slack.state import SlackState

NOW = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)
BOT, REP, ADMIN, GUEST, GONE = "U0BOT", "U0REP", "U0ADMIN", "U0GUEST", "U0GONE"
CUSTOMER, FAR = "U0CUSTOMER", "U0FAR"
APP = App(BOT, "xapp-small", ("/deals",), ("chat:write", "commands"))
SALES, ACME, SECRET, EMPTY = "C0SALES", "C0ACME", "C0SECRET", "C0EMPTY"


def ts(number: int) -> str:
    """The ts of the seed's message of that number, an hour apart; all before NOW."""
    return f"{1_795_000_000 + 3600 * number}.000{number:03d}"


def seed() -> SlackSeed:
    return SlackSeed(
        teams=(
            Team("T0HOME", "Fleet Sandbox", "fleet-sandbox"),
            Team("T0ACME", "Acme", "acme"),
            Team("T0FAR", "Far", "far"),
        ),
        users=(
            User(BOT, "T0HOME", "rituals", "Revenue rituals", is_bot=True, bot_id="B0BOT"),
            User(REP, "T0HOME", "tom", "Tom Okafor", "tom@fleet.example"),
            User(ADMIN, "T0HOME", "ada", "Ada Admin", "ada@fleet.example"),
            User(GUEST, "T0HOME", "gil", "Gil Guest", "gil@acme.example", is_ultra_restricted=True),
            User(GONE, "T0HOME", "gone", "Gone Person", "gone@fleet.example", deleted=True),
            User(CUSTOMER, "T0ACME", "cleo", "Cleo Customer", "cleo@acme.example", tz="Europe/Berlin"),
            User(FAR, "T0FAR", "faro", "Faro Far"),
        ),
        channels=(
            Channel(SALES, "g-sales", (BOT, REP, ADMIN), topic="Deals"),
            Channel(ACME, "customer-acme", (BOT, REP, CUSTOMER), connected_team_ids=("T0ACME",)),
            Channel(SECRET, "secret", (ADMIN,), is_private=True),
            Channel(EMPTY, "random", (REP,)),
        ),
        messages=(
            Message(ACME, REP, ts(0), "Hello Acme"),
            Message(ACME, CUSTOMER, ts(1), "Our agents show 502 & <errors>"),
            Message(ACME, REP, ts(2), "Looking", thread_ts=ts(1)),
            Message(ACME, CUSTOMER, ts(3), "Thanks", thread_ts=ts(1)),
            Message(ACME, REP, ts(4), "Fixed for all", thread_ts=ts(1), broadcast=True),
            Message(ACME, CUSTOMER, ts(5), "", files=(Attachment("F0LOG", "error.log", "text/plain", b"502\n"),)),
            Message(ACME, REP, ts(6), "Noted, edited", edited_ts=ts(7)),
        ),
        tokens=(("xoxb-bot", BOT), ("xoxp-rep", REP), ("xoxp-admin", ADMIN), ("xoxp-gone", GONE)),
        apps=(APP,),
    )


class Exchangeable:
    """One server for all tests, another app for each."""

    app: ASGIApp = Starlette()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@dataclass(frozen=True)
class Slack:
    """A running pretend Slack and the real client to it."""

    url: str
    state: SlackState
    clock: Clock

    def client(self, token: str) -> WebClient:
        return WebClient(token=token, base_url=f"{self.url}/api/", timeout=5)
