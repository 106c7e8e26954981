"""Where a report about people may go, and where not: the places of the pretend company's Slack, over HTTP."""

from collections.abc import Iterator

import pytest
import requests
from slack_sdk import WebClient

from deployments.sandbox.company.slack_talk import BOT, CRO_CHANNEL, CRO_DIRECT, DEAL_DESK, REPORTS, TOKEN
from tests.company import Sandbox, running

MARISOL = "U0MARISOL"


@pytest.fixture(scope="module")
def company() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def bot(company: Sandbox) -> WebClient:
    return WebClient(token=TOKEN, base_url=f"{company.address}/api/", timeout=5)


@pytest.mark.parametrize(
    ("channel", "flags"),
    [
        pytest.param(CRO_CHANNEL, {"is_private"}, id="the CRO's own channel"),
        pytest.param(CRO_DIRECT, {"is_im"}, id="a direct message"),
        pytest.param(DEAL_DESK, {"is_private"}, id="private, with a guest"),
        pytest.param(REPORTS, set(), id="where everybody is"),
        pytest.param("C0ACME", {"is_shared", "is_ext_shared"}, id="shared with a customer"),
    ],
)
def test_a_place_says_who_can_read_it(bot: WebClient, channel: str, flags: set[str]) -> None:
    shown = bot.conversations_info(channel=channel)["channel"]
    asked = ("is_private", "is_im", "is_mpim", "is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")
    assert {flag for flag in asked if shown.get(flag)} == flags


def test_nobody_but_the_cro_and_the_bot_reads_the_private_ones(bot: WebClient) -> None:
    for channel in (CRO_CHANNEL, CRO_DIRECT):
        assert set(bot.conversations_members(channel=channel)["members"]) == {MARISOL, BOT}
    assert bot.conversations_info(channel=CRO_CHANNEL, include_num_members=True)["channel"]["num_members"] == 2


def test_one_of_the_deal_desk_is_a_guest(bot: WebClient) -> None:
    members = [bot.users_info(user=user)["user"] for user in bot.conversations_members(channel=DEAL_DESK)["members"]]
    assert [user["real_name"] for user in members if user.get("is_restricted")] == ["Casey Holt"]


def test_the_direct_message_is_the_one_that_slack_would_open(bot: WebClient) -> None:
    assert bot.conversations_open(users=MARISOL)["channel"]["id"] == CRO_DIRECT


@pytest.mark.parametrize("channel", [CRO_CHANNEL, CRO_DIRECT])
def test_a_report_with_its_thread_and_file_can_stand_there(company: Sandbox, bot: WebClient, channel: str) -> None:
    root = bot.chat_postMessage(channel=channel, text="Rep activity")["ts"]
    bot.chat_postMessage(channel=channel, text="detail", thread_ts=root)
    bot.files_upload_v2(channel=channel, thread_ts=root, filename="touches.csv", content="a,b\n")
    bot.chat_update(channel=channel, ts=root, text="Rep activity, updated")

    assert bot.conversations_history(channel=channel)["messages"][0]["text"] == "Rep activity, updated"
    _, detail, file = bot.conversations_replies(channel=channel, ts=root)["messages"]
    assert (detail["text"], file["files"][0]["name"]) == ("detail", "touches.csv")
    link = bot.chat_getPermalink(channel=channel, message_ts=root)["permalink"]
    assert f"/archives/{channel}/p" in link
    assert "Rep activity, updated" in requests.get(link, timeout=5).text


def test_the_settings_lead_there(company: Sandbox) -> None:
    settings = company.settings
    assert settings.activity_channel == CRO_CHANNEL
    assert settings.reps.roles == {"Account Executive", "SDR"}
    assert settings.activity.capture_addresses == {"log@cadence.example"}
