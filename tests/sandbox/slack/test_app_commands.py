"""Slash commands: who may give them, what the app is told, what its answer shows to whom; and where it may respond."""

from datetime import timedelta
from typing import Any

import pytest
import requests
from slack_sdk import WebClient

from tests.slack_hands import AppEnd, CannotError, Hands

from .small_slack import ADMIN, BOT, CUSTOMER, GUEST, NOW, REP, SALES, SECRET, Slack
from .test_slack_shapes import SHAPES, unknown
from .wire import Wire, plain

SECTION = {"type": "section", "text": plain("Pipeline")}


def history(bot: WebClient) -> list[str]:
    return [message["text"] for message in bot.conversations_history(channel=SALES)["messages"]]


def test_the_app_is_told_who_gave_what_command_where(wire: Wire, rep: Hands) -> None:
    told, shown = wire.answering(lambda: rep.type(SALES, "/deals  run pipeline-review "))
    assert (told["command"], told["text"]) == ("/deals", "run pipeline-review")
    assert (told["user_id"], told["user_name"], told["channel_id"]) == (REP, "tom", SALES)
    assert (told["team_id"], told["team_domain"]) == ("T0HOME", "fleet-sandbox")
    assert list(unknown(told, SHAPES["payloads"]["slash_commands"] | {"is_enterprise_install": {}})) == []
    assert shown == []


@pytest.mark.parametrize(("private", "name"), [(True, "privategroup"), (False, "directmessage")])
def test_places_that_are_not_public_are_not_named(
    slack: Slack, wire: Wire, bot: WebClient, private: bool, name: str
) -> None:
    channel = SECRET if private else bot.conversations_open(users=ADMIN)["channel"]["id"]
    told, _ = wire.answering(lambda: Hands(slack.url, ADMIN).type(channel, "/deals"))
    assert told["channel_name"] == name


@pytest.mark.parametrize(
    ("payload", "blocks"),
    [({"text": "On it"}, ()), ({"text": "On it", "blocks": [SECTION]}, ({**SECTION, "block_id": "b0"},))],
)
def test_an_answer_is_for_the_one_who_asked(
    slack: Slack, wire: Wire, rep: Hands, bot: WebClient, payload: Any, blocks: Any
) -> None:
    _, [shown] = wire.answering(lambda: rep.type(SALES, "/deals"), payload)
    assert (shown.kind, shown.text, shown.channel, shown.blocks) == ("ephemeral", "On it", SALES, blocks)
    assert history(bot) == []
    assert Hands(slack.url, ADMIN).seen() == []


def test_an_answer_can_be_for_all(wire: Wire, rep: Hands, bot: WebClient) -> None:
    _, shown = wire.answering(lambda: rep.type(SALES, "/deals"), {"text": "All see it", "response_type": "in_channel"})
    assert (history(bot), shown) == (["All see it"], [])


def test_an_answer_that_slack_does_not_take_failed(wire: Wire, rep: Hands, app_end: AppEnd) -> None:
    _, [shown] = wire.answering(lambda: rep.type(SALES, "/deals"), {"blocks": [{"type": "section"}]})
    assert (shown.kind, shown.error) == ("failed", "invalid_command_response")
    assert "invalid_blocks" in app_end.told()["problems"][0]


@pytest.mark.parametrize(
    ("user", "channel", "line", "why"),
    [
        (REP, SECRET, "/deals", "does not see"),
        (REP, "C0NOWHERE", "/deals", "does not see"),
        (ADMIN, "C0EMPTY", "/deals", "has not joined"),
        (REP, SALES, "deals", "is not a command"),
        (BOT, SALES, "/deals", "nobody who can act"),
        ("U0GONE", SALES, "/deals", "nobody who can act"),
        ("U0NOBODY", SALES, "/deals", "nobody who can act"),
    ],
)
def test_what_a_person_cannot_do_is_refused(slack: Slack, user: str, channel: str, line: str, why: str) -> None:
    with pytest.raises(CannotError, match=why):
        Hands(slack.url, user).type(channel, line)


@pytest.mark.parametrize(("user", "channel", "line"), [(CUSTOMER, "C0ACME", "/deals"), (REP, SALES, "/other")])
def test_a_command_that_is_not_theirs_is_not_valid(slack: Slack, user: str, channel: str, line: str) -> None:
    [shown] = Hands(slack.url, user).type(channel, line)
    assert (shown.error, shown.text) == ("invalid_command", f"{line} is not a valid command.")


def test_a_guest_may_give_a_command_where_they_are(slack: Slack, wire: Wire) -> None:
    slack.state.conversations[SALES].members.append(GUEST)
    told, _ = wire.answering(lambda: Hands(slack.url, GUEST).type(SALES, "/deals"))
    assert told["user_id"] == GUEST


def command_url(wire: Wire, rep: Hands) -> str:
    return str(wire.answering(lambda: rep.type(SALES, "/deals"))[0]["response_url"])


@pytest.mark.parametrize("more", [{}, {"response_type": "ephemeral"}, {"replace_original": True}])
def test_a_response_is_for_the_one_who_asked(wire: Wire, rep: Hands, bot: WebClient, more: dict[str, Any]) -> None:
    url = command_url(wire, rep)
    assert requests.post(url, json={"text": "Started", **more}, timeout=5).json() == {"ok": True}
    assert (rep.told("Started").kind, history(bot)) == ("ephemeral", [])


def test_a_response_can_be_for_all(wire: Wire, rep: Hands, bot: WebClient) -> None:
    requests.post(command_url(wire, rep), json={"text": "Started", "response_type": "in_channel"}, timeout=5)
    assert history(bot) == ["Started"]


def test_an_app_responds_five_times(wire: Wire, rep: Hands) -> None:
    url = command_url(wire, rep)
    codes = [requests.post(url, json={"text": "x"}, timeout=5).status_code for _ in range(6)]
    assert codes == [200] * 5 + [404]
    assert requests.post(url, json={"text": "x"}, timeout=5).json()["error"] == "used_url"


@pytest.mark.parametrize(("minutes", "status"), [(30, 200), (31, 404)])
def test_an_app_responds_within_half_an_hour(slack: Slack, wire: Wire, rep: Hands, minutes: int, status: int) -> None:
    url = command_url(wire, rep)
    slack.clock.set(NOW + timedelta(minutes=minutes))
    assert requests.post(url, json={"text": "x"}, timeout=5).status_code == status


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ("[]", "invalid_payload"),
        ("text", "invalid_payload"),
        ('{"text": ""}', "no_text"),
        ('{"text": 1}', "invalid_arguments"),
        ('{"txet": "x"}', "invalid_arguments"),
        ('{"text": "x", "response_type": "all"}', "invalid_arguments"),
        ('{"text": "x", "thread_ts": "1.000000"}', "thread_not_found"),
        ('{"blocks": [{"type": "section"}]}', "invalid_blocks"),
    ],
)
def test_a_response_that_slack_does_not_take_is_refused(wire: Wire, rep: Hands, told: str, error: str) -> None:
    answer = requests.post(command_url(wire, rep), data=told, timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_an_address_that_was_not_given_is_refused(slack: Slack) -> None:
    answer = requests.post(f"{slack.url}/hooks/commands/guessed", json={"text": "x"}, timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (404, "invalid_url")


def test_an_ephemeral_message_is_for_one_member(slack: Slack, bot: WebClient, rep: Hands) -> None:
    ts = bot.chat_postEphemeral(channel=SALES, user=REP, text="Only you", blocks=[SECTION])["message_ts"]
    [shown] = rep.seen()
    assert (shown.kind, shown.text, shown.ts, shown.channel) == ("ephemeral", "Only you", ts, SALES)
    assert (history(bot), Hands(slack.url, ADMIN).seen()) == ([], [])
