"""Who counts as a customer in a shared Slack channel, over real HTTP: only their people, and only what they said."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import requests
from slack_sdk import WebClient

from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.seed import Attachment, Channel, Message, SlackSeed, Team, User
from deployments.sandbox.slack.state import SlackState
from tasks.clients import Refused, Unavailable
from tasks.slack_pages import PAGE
from tasks.slack_talk import CustomerChannels, Talk

UNTIL = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)  # Mon 07:28 in the office
SINCE = UNTIL - timedelta(days=45)
ACCOUNT = "001ACME"
BOT, TOM, GUEST, SINGLE, CLEO, FARO, THEIR_BOT = "U0BOT", "U0TOM", "U0GUEST", "U0SINGLE", "U0CLEO", "U0FARO", "U0THEIRS"

TEAMS = (Team("T0HOME", "Home", "home"), Team("T0ACME", "Acme", "acme"), Team("T0FAR", "Far", "far"))
USERS = (
    User(BOT, "T0HOME", "rituals", "Revenue rituals", is_bot=True, bot_id="B0BOT"),
    User(TOM, "T0HOME", "tom", "Tom Okafor", "tom@acme.example"),  # our own, whatever the address says
    User(GUEST, "T0HOME", "gil", "Gil Guest", is_restricted=True),
    User(SINGLE, "T0HOME", "sue", "Sue Single", is_ultra_restricted=True),
    User(CLEO, "T0ACME", "cleo", "Cleo Customer", "cleo@home.example"),  # a customer, whatever the address says
    User(FARO, "T0FAR", "faro", ""),
    User(THEIR_BOT, "T0ACME", "alerts", "Acme alerts", is_bot=True, bot_id="B0THEIRS"),
)
PEOPLE = tuple(user.id for user in USERS)
CHANNELS = (
    Channel("C0ACME", "customer-acme", PEOPLE, connected_team_ids=("T0HOME", "T0ACME", "T0FAR")),
    Channel("C0OTHER", "customer-other", PEOPLE, connected_team_ids=("T0HOME", "T0ACME")),
    Channel("C0CLOSED", "customer-closed", (TOM, CLEO), connected_team_ids=("T0HOME", "T0ACME")),
    Channel("C0HIDDEN", "customer-hidden", (TOM, CLEO), is_private=True, connected_team_ids=("T0HOME", "T0ACME")),
)
TOKENS = (("xoxb-bot", BOT),)
NOON = UNTIL - timedelta(days=3)


def ts(at: datetime, number: int = 0) -> str:
    return f"{int(at.timestamp())}.{number:06d}"


def says(user: str, text: str = "Hello", at: datetime = NOON, **more: object) -> Message:
    return Message("C0ACME", user, ts(at), text, **more)  # type: ignore[arg-type]


class Slack:
    """A Slack that runs, its client, and how often each method was called."""

    def __init__(self, address: str) -> None:
        self.address = address

    def read(self, channels: dict[str, str], since: datetime = SINCE, until: datetime = UNTIL) -> Talk:
        client = WebClient(token="xoxb-bot", base_url=f"{self.address}/api/", timeout=10)
        return CustomerChannels(client, channels).read(since, until)

    def calls(self) -> Counter[str]:
        paths = requests.get(f"{self.address}/__sandbox__/calls", timeout=10).json()["by_path"]
        return Counter({path.removeprefix("/api/"): count for path, count in paths.items()})

    def fault(self, kind: str, **order: object) -> None:
        answer = requests.post(f"{self.address}/__sandbox__/faults", json={"kind": kind, **order}, timeout=10)
        answer.raise_for_status()


@contextmanager
def slack(*messages: Message) -> Iterator[Slack]:
    clock = Clock(lambda: UNTIL + timedelta(hours=1))
    state = SlackState(SlackSeed(TEAMS, USERS, CHANNELS, messages, TOKENS), clock)
    with serve(shell(api.routes(state), clock)) as address:
        yield Slack(address)


def heard(*messages: Message, since: datetime = SINCE, until: datetime = UNTIL) -> list[str]:
    """Who was heard in Acme's channel, oldest first."""
    with slack(*messages) as running:
        found = running.read({"C0ACME": ACCOUNT}, since, until).messages
    return found.sort_values("at")["who"].tolist()


LOG = Attachment("F0LOG", "error.log", "text/plain", b"502\n")
PARENT = says(TOM, at=NOON - timedelta(hours=1))


@pytest.mark.parametrize(
    ("message", "who"),
    [
        pytest.param(says(CLEO), ["Cleo Customer"], id="a customer"),
        pytest.param(says(FARO), ["faro"], id="a customer without a real name"),
        pytest.param(says(TOM), [], id="one of ours"),
        pytest.param(says(GUEST), ["Gil Guest"], id="a guest in our workspace is theirs"),
        pytest.param(says(SINGLE), ["Sue Single"], id="a guest of one channel is theirs"),
        pytest.param(says(BOT), [], id="our bot"),
        pytest.param(says(THEIR_BOT), [], id="a bot of theirs"),
        pytest.param(says(CLEO, edited_ts=ts(UNTIL)), ["Cleo Customer"], id="edited later: once, when it was said"),
        pytest.param(says(CLEO, "", files=(LOG,)), ["Cleo Customer"], id="a file without a word"),
        pytest.param(says(TOM, "", files=(LOG,)), [], id="a file of ours"),
        pytest.param(says(CLEO, subtype="channel_join"), [], id="joining says nothing"),
        pytest.param(says(CLEO, subtype="channel_topic"), [], id="nor does a topic"),
        pytest.param(says(CLEO, thread_ts=PARENT.ts, broadcast=True), ["Cleo Customer"], id="a reply to the channel"),
        pytest.param(says(CLEO, thread_ts=PARENT.ts), ["Cleo Customer"], id="a reply in a thread"),
    ],
)
def test_who_is_heard(message: Message, who: list[str]) -> None:
    assert heard(PARENT, message) == who


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("at", "is_heard"),
    [
        pytest.param(SINCE - SECOND, False, id="a second before the window"),
        pytest.param(SINCE, False, id="the moment it opens"),  # Slack's `oldest` leaves out the moment itself
        pytest.param(SINCE + SECOND, True, id="a second later"),
        pytest.param(UNTIL - SECOND, True, id="a second before its end"),
        pytest.param(UNTIL, False, id="the moment it ends"),
        pytest.param(UNTIL + SECOND, False, id="after it"),
    ],
)
def test_only_the_window_is_heard(at: datetime, *, is_heard: bool) -> None:
    assert heard(says(CLEO, at=at)) == ["Cleo Customer"] * is_heard


def test_a_message_is_its_account_its_moment_and_its_person() -> None:
    with slack(says(CLEO, at=NOON)) as running:
        found = running.read({"C0ACME": ACCOUNT}).messages

    assert found.to_dict("records") == [{"account_id": ACCOUNT, "at": NOON, "who": "Cleo Customer"}]
    assert found.dtypes.astype(str).to_dict() == {"account_id": "str", "at": "datetime64[us, UTC]", "who": "str"}


def test_a_silent_channel_is_an_empty_frame_of_the_same_types() -> None:
    with slack() as running:
        found = running.read({"C0ACME": ACCOUNT})

    assert len(found.messages) == 0
    assert found.messages.dtypes.astype(str).to_dict()["at"] == "datetime64[us, UTC]"
    assert found.notes == ()


def many(count: int, user: Callable[[int], str]) -> list[Message]:
    """So many messages, a minute apart, the newest three days old."""
    return [says(user(number), at=NOON - timedelta(minutes=number)) for number in range(count)]


def test_every_page_is_read() -> None:
    with slack(*many(2 * PAGE + 1, lambda _: CLEO)) as running:
        found = running.read({"C0ACME": ACCOUNT}).messages

        assert running.calls()["conversations.history"] == 3
    assert found["at"].nunique() == len(found) == 2 * PAGE + 1


def test_each_person_is_asked_about_once() -> None:
    talking = [CLEO, TOM, GUEST]
    with slack(*many(60, lambda number: talking[number % 3])) as running:
        running.read({"C0ACME": ACCOUNT, "C0OTHER": "001OTHER"})

        assert running.calls() == {"auth.test": 1, "conversations.history": 2, "users.info": len(talking)}


def test_without_customer_channels_nothing_is_asked() -> None:
    with slack(says(CLEO)) as running:
        found = running.read({})

        assert running.calls().total() == 0
    assert (len(found.messages), found.notes) == (0, ())


@pytest.mark.parametrize(
    ("channel", "word"),
    [("C0CLOSED", "not_in_channel"), ("C0HIDDEN", "channel_not_found"), ("C0NOWHERE", "channel_not_found")],
)
def test_a_channel_that_cannot_be_read_is_named_and_the_others_are_read(channel: str, word: str) -> None:
    with slack(says(CLEO)) as running:
        found = running.read({channel: "001OTHER", "C0ACME": ACCOUNT})

    assert found.notes == (f"Slack channel {channel} could not be read ({word}): invite the bot.",)
    assert found.messages["account_id"].tolist() == [ACCOUNT]


@pytest.mark.parametrize(
    ("kind", "raised"), [("rate_limited", Unavailable), ("server_error", Unavailable), ("unauthorized", Refused)]
)
def test_a_slack_that_cannot_answer_is_no_channel_to_skip(kind: str, raised: type[Exception]) -> None:
    with slack(says(CLEO)) as running:
        running.fault(kind, match={"path": "/api/conversations.history"})

        with pytest.raises(raised):
            running.read({"C0ACME": ACCOUNT})
