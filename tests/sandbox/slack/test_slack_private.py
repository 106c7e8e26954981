"""Places that not everybody reads: a private channel, a direct message, and channels that others are let into."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.seed import Channel
from deployments.sandbox.slack.state import SlackState

from .small_slack import ADMIN, BOT, GUEST, NOW, REP, seed

OWN, DIRECT, WITH_GUEST, INVITED, ORG = "C0OWN", "D0ADMIN", "C0GUEST", "C0INVITED", "C0ORG"
PLACES = (
    Channel(OWN, "own", (ADMIN, BOT), is_private=True),
    Channel(DIRECT, "", (ADMIN, BOT), is_im=True),
    Channel(WITH_GUEST, "with-guest", (ADMIN, GUEST, BOT), is_private=True),
    Channel(INVITED, "invited", (ADMIN, BOT), is_private=True, pending_team_ids=("T0ACME",)),
    Channel(ORG, "org", (ADMIN, BOT), is_private=True, is_org_shared=True),
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    clock = Clock(lambda: NOW)
    with serve(shell(api.routes(SlackState(replace(seed(), channels=PLACES, messages=()), clock)), clock)) as url:
        yield f"{url}/api/"


def client(address: str, token: str = "xoxb-bot") -> WebClient:  # noqa: S107 - the pretend bot's
    return WebClient(token=token, base_url=address, timeout=5)


@pytest.mark.parametrize(
    ("channel", "flags"),
    [
        (OWN, {"is_private", "is_group"}),
        (DIRECT, {"is_im"}),
        (INVITED, {"is_private", "is_group", "is_pending_ext_shared"}),
        (ORG, {"is_private", "is_group", "is_shared", "is_org_shared"}),
    ],
)
def test_a_place_says_what_it_is(address: str, channel: str, flags: set[str]) -> None:
    shown = client(address).conversations_info(channel=channel)["channel"]
    told = {name for name, value in shown.items() if name.startswith("is_") and value is True}
    assert told - {"is_member"} == flags


def test_who_is_invited_to_share_is_named(address: str) -> None:
    assert client(address).conversations_info(channel=INVITED)["channel"]["pending_connected_team_ids"] == ["T0ACME"]


def test_a_direct_message_names_the_other(address: str) -> None:
    assert client(address).conversations_info(channel=DIRECT)["channel"]["user"] == ADMIN
    assert client(address).conversations_open(users=ADMIN)["channel"]["id"] == DIRECT


def test_a_guest_is_among_the_members(address: str) -> None:
    assert client(address).conversations_members(channel=WITH_GUEST)["members"] == [ADMIN, GUEST, BOT]


@pytest.mark.parametrize("channel", [OWN, DIRECT])
def test_who_is_no_member_does_not_know_of_it(address: str, channel: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        client(address, "xoxp-rep").conversations_info(channel=channel)
    assert caught.value.response["error"] == "channel_not_found"
    assert REP not in client(address).conversations_members(channel=channel)["members"]
