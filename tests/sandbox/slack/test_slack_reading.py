"""What a program reads of people and channels, through the real slack_sdk."""

from dataclasses import replace
from typing import Any

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from deployments.sandbox.slack.seed import Message
from deployments.sandbox.slack.state import SlackState, UnusableSeed

from .small_slack import ACME, ADMIN, BOT, CUSTOMER, EMPTY, FAR, GUEST, NOW, REP, SALES, SECRET, Slack, seed, ts


def refusal(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def test_the_token_tells_who_we_are(bot: WebClient) -> None:
    told = bot.auth_test()
    assert (told["user_id"], told["team_id"], told["bot_id"]) == (BOT, "T0HOME", "B0BOT")


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xoxp-gone", "account_inactive")],
)
def test_a_bad_token_is_refused(slack: Slack, token: str, error: str) -> None:
    assert requests.post(f"{slack.url}/api/auth.test", data={"token": token}, timeout=5).json()["error"] == error


def test_a_token_may_come_in_a_form_a_json_body_or_the_header(slack: Slack) -> None:
    url, header = f"{slack.url}/api/auth.test", {"Authorization": "Bearer xoxb-bot"}
    answers = [
        requests.post(url, data={"token": "xoxb-bot"}, timeout=5),
        requests.post(url, json={"token": "xoxb-bot"}, timeout=5),
        requests.post(url, headers=header, timeout=5),
        requests.get(url, headers=header, timeout=5),
    ]
    assert [a.json()["ok"] for a in answers] == [True] * 4


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("nothing.here", {"data": {}}, "unknown_method"),
        ("conversations.info", {"data": {}}, "invalid_arguments"),
        ("conversations.info", {"json": {"channel": ACME}}, "invalid_arguments"),  # Slack drops JSON here
        ("conversations.info", {"data": {"chanel": ACME}}, "invalid_arguments"),
        ("chat.postMessage", {"data": "{", "headers": {"content-type": "application/json"}}, "invalid_json"),
        ("chat.postMessage", {"json": [1]}, "json_not_object"),
        ("chat.postMessage", {"data": "x", "headers": {"content-type": "text/xml"}}, "invalid_post_type"),
    ],
)
def test_a_malformed_request_is_refused(slack: Slack, path: str, body: dict[str, Any], error: str) -> None:
    headers = {"Authorization": "Bearer xoxb-bot", **body.pop("headers", {})}
    answer = requests.post(f"{slack.url}/api/{path}", headers=headers, timeout=5, **body)
    assert answer.status_code == 200
    assert answer.json()["error"] == error


@pytest.mark.parametrize(
    ("user", "team", "expected"),
    [
        (REP, "T0HOME", {"is_restricted": False, "is_ultra_restricted": False}),
        (GUEST, "T0HOME", {"is_restricted": True, "is_ultra_restricted": True}),
        (CUSTOMER, "T0ACME", {"is_stranger": False}),  # shares a channel with the bot
        (FAR, "T0FAR", {"is_stranger": True}),
    ],
)
def test_people_of_other_workspaces_are_told_apart(
    bot: WebClient, user: str, team: str, expected: dict[str, bool]
) -> None:
    told = bot.users_info(user=user)["user"]
    flags = ("is_restricted", "is_ultra_restricted", "is_stranger")
    assert (told["team_id"], {k: told[k] for k in flags if k in told}) == (team, expected)


def test_users_list_has_our_own_people_only_page_by_page(bot: WebClient) -> None:
    pages = [[u["id"] for u in page["members"]] for page in bot.users_list(limit=2)]
    assert pages == [[BOT, REP], [ADMIN, GUEST], ["U0GONE"]]


def test_a_person_is_found_by_email_in_any_case(bot: WebClient) -> None:
    assert bot.users_lookupByEmail(email="TOM@fleet.example")["user"]["id"] == REP
    assert refusal(bot.users_lookupByEmail, email="gone@fleet.example") == "users_not_found"
    assert refusal(bot.users_info, user="U0NOBODY") == "user_not_found"


def test_workspaces_and_bots(bot: WebClient) -> None:
    assert bot.team_info()["team"]["name"] == "Fleet Sandbox"
    assert bot.team_info(team="T0ACME")["team"]["name"] == "Acme"
    assert bot.bots_info(bot="B0BOT")["bot"]["user_id"] == BOT
    assert refusal(bot.bots_info, bot=BOT) == "bot_not_found"


@pytest.mark.parametrize(
    ("token", "types", "channels"),
    [
        ("xoxb-bot", "public_channel", [SALES, ACME, EMPTY]),
        ("xoxb-bot", "public_channel,private_channel", [SALES, ACME, EMPTY]),
        ("xoxp-admin", "private_channel", [SECRET]),
    ],
)
def test_private_channels_are_listed_for_members(slack: Slack, token: str, types: str, channels: list[str]) -> None:
    found = slack.client(token).conversations_list(types=types)["channels"]
    assert [c["id"] for c in found] == channels


def test_channels_come_in_pages(bot: WebClient) -> None:
    assert [[c["id"] for c in page["channels"]] for page in bot.conversations_list(limit=2)] == [[SALES, ACME], [EMPTY]]
    assert refusal(bot.conversations_list, types="canals") == "invalid_types"
    assert refusal(bot.conversations_list, limit=1001) == "invalid_limit"
    assert refusal(bot.conversations_list, cursor="bm9uc2Vuc2U=") == "invalid_cursor"


def test_a_channel_shared_with_a_customer_says_so(bot: WebClient) -> None:
    shared, own = (bot.conversations_info(channel=c, include_num_members=True)["channel"] for c in (ACME, SALES))
    assert (shared["is_ext_shared"], shared["shared_team_ids"]) == (True, ["T0HOME", "T0ACME"])
    assert (own["is_ext_shared"], own["num_members"], own["topic"]["value"]) == (False, 3, "Deals")


def test_a_channel_that_may_not_be_seen_does_not_exist(bot: WebClient) -> None:
    assert refusal(bot.conversations_info, channel=SECRET) == "channel_not_found"
    assert refusal(bot.conversations_history, channel="C0NONE") == "channel_not_found"


def test_a_bot_reads_only_where_it_is_a_member(slack: Slack, bot: WebClient) -> None:
    assert refusal(bot.conversations_history, channel=EMPTY) == "not_in_channel"
    assert slack.client("xoxp-admin").conversations_history(channel=EMPTY)["messages"] == []
    first, second = bot.conversations_join(channel=EMPTY), bot.conversations_join(channel=EMPTY)
    assert (first["channel"]["is_member"], second["warning"]) == (True, "already_in_channel")
    assert bot.conversations_history(channel=EMPTY)["messages"] == []


def test_members_in_pages(bot: WebClient) -> None:
    assert [page["members"] for page in bot.conversations_members(channel=ACME, limit=2)] == [[BOT, REP], [CUSTOMER]]


@pytest.mark.parametrize(
    ("window", "numbers"),
    [
        ({}, [6, 5, 4, 1, 0]),  # newest first; replies 2 and 3 stay in their thread, 4 was broadcast
        ({"oldest": ts(1)}, [6, 5, 4]),
        ({"oldest": ts(1), "inclusive": True}, [6, 5, 4, 1]),
        ({"latest": ts(5)}, [4, 1, 0]),
        ({"latest": ts(5), "inclusive": True}, [5, 4, 1, 0]),
        ({"oldest": ts(4), "latest": ts(4), "inclusive": True, "limit": 1}, [4]),
        ({"oldest": ts(6)}, []),
        ({"limit": 2}, [6, 5]),
    ],
)
def test_history_shows_the_window_asked_for(bot: WebClient, window: dict[str, Any], numbers: list[int]) -> None:
    found = bot.conversations_history(channel=ACME, **window)
    assert [m["ts"] for m in found["messages"]] == [ts(n) for n in numbers]


def test_history_goes_on_from_its_cursor(bot: WebClient) -> None:
    pages = [
        ([m["ts"] for m in p["messages"]], p["has_more"]) for p in bot.conversations_history(channel=ACME, limit=2)
    ]
    assert pages == [([ts(6), ts(5)], True), ([ts(4), ts(1)], True), ([ts(0)], False)]
    assert refusal(bot.conversations_history, channel=ACME, oldest="yesterday") == "invalid_ts_oldest"
    assert refusal(bot.conversations_history, channel=ACME, cursor="x") == "invalid_cursor"


def test_messages_tell_whose_they_are_and_what_became_of_them(bot: WebClient) -> None:
    edited, file_only, broadcast, root, hello = bot.conversations_history(channel=ACME)["messages"]
    assert edited["edited"] == {"user": REP, "ts": ts(7)}
    assert (file_only["subtype"], file_only["text"], file_only["files"][0]["name"]) == ("file_share", "", "error.log")
    assert (broadcast["subtype"], broadcast["thread_ts"], broadcast["root"]["ts"]) == ("thread_broadcast", ts(1), ts(1))
    assert (root["reply_count"], root["latest_reply"], root["reply_users"]) == (3, ts(4), [REP, CUSTOMER])
    assert (root["team"], root["user_team"], root["text"]) == ("T0ACME", "T0ACME", "Our agents show 502 & <errors>")
    assert "user_team" not in hello


def test_a_thread_is_told_oldest_first_with_its_root_on_every_page(bot: WebClient) -> None:
    assert [m["ts"] for m in bot.conversations_replies(channel=ACME, ts=ts(1))["messages"]] == [
        ts(n) for n in (1, 2, 3, 4)
    ]
    pages = [[m["ts"] for m in p["messages"]] for p in bot.conversations_replies(channel=ACME, ts=ts(1), limit=2)]
    assert pages == [[ts(1), ts(2), ts(3)], [ts(1), ts(4)]]
    later = bot.conversations_replies(channel=ACME, ts=ts(1), oldest=ts(3))["messages"]
    assert [m["ts"] for m in later] == [ts(1), ts(4)]
    assert [m["ts"] for m in bot.conversations_replies(channel=ACME, ts=ts(2))["messages"]] == [ts(2)]
    assert refusal(bot.conversations_replies, channel=ACME, ts="1.000001") == "thread_not_found"


def test_direct_messages_are_opened_once(bot: WebClient) -> None:
    assert refusal(bot.conversations_open, users=REP, prevent_creation=True) == "channel_not_found"
    first, second = bot.conversations_open(users=REP), bot.conversations_open(users=REP, return_im=True)
    assert first["channel"] == {"id": second["channel"]["id"]}
    assert (second["already_open"], second["channel"]["user"]) == (True, REP)
    several = bot.conversations_open(users=[REP, ADMIN], return_im=True)["channel"]
    assert (several["is_mpim"], several["name"]) == (True, "mpdm-rituals--tom--ada-1")
    assert [c["id"] for c in bot.conversations_list(types="im,mpim")["channels"]] == [
        first["channel"]["id"],
        several["id"],
    ]
    assert refusal(bot.conversations_open, users="U0GONE") == "user_disabled"
    assert refusal(bot.conversations_open, users="U0NOBODY") == "user_not_found"


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (Message(ACME, REP, ts(200), "x"), "is later than the sandbox's clock, 2026-11-23 15:28 UTC"),
        (Message(ACME, REP, ts(0), "x"), "has the ts of another message there"),
        (Message(ACME, REP, ts(1) + "5", "x", thread_ts="1.000001"), "answers 1.000001, which is not there before it"),
        (Message(ACME, REP, "yesterday", "x"), "has no ts such as"),
    ],
)
def test_a_slack_that_contradicts_itself_does_not_start(message: Message, why: str) -> None:
    start = seed()
    with pytest.raises(UnusableSeed, match=why):
        SlackState(replace(start, messages=(*start.messages, message)), lambda: NOW)
