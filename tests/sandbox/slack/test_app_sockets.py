"""Socket Mode: how web sockets are opened, what comes over them, and what happens when nobody answers."""

import json

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.slack_hands import AppEnd, Hands

from .small_slack import ADMIN, APP, SALES, Slack
from .wire import Wire


def error(caught: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(caught.value.response["error"])


@pytest.mark.parametrize(
    ("token", "refusal"),
    [("xoxb-bot", "not_allowed_token_type"), ("xapp-other", "invalid_auth"), ("", "not_authed")],
)
def test_only_the_token_of_an_app_opens_a_web_socket(slack: Slack, token: str, refusal: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        slack.client("").apps_connections_open(app_token=token)
    assert error(caught) == refusal


def test_the_token_of_an_app_opens_nothing_else(slack: Slack) -> None:
    with pytest.raises(SlackApiError) as caught:
        slack.client(APP.token).auth_test()
    assert error(caught) == "not_allowed_token_type"


def test_a_web_socket_is_asked_for_by_post(slack: Slack) -> None:
    asked = requests.get(f"{slack.url}/api/apps.connections.open", params={"token": APP.token}, timeout=5)
    assert asked.json() == {"ok": False, "error": "insecure_request"}


def test_bots_are_told_their_scopes_and_people_are_not(slack: Slack, bot: WebClient) -> None:
    assert bot.auth_test().headers["x-oauth-scopes"] == "chat:write,commands"
    assert "x-oauth-scopes" not in slack.client("xoxp-rep").auth_test().headers


def test_hello_tells_how_many_are_connected(slack: Slack, wire: Wire, app_end: AppEnd) -> None:
    second = Wire(slack)
    assert (wire.hello["type"], wire.hello["num_connections"]) == ("hello", 1)
    assert second.hello["num_connections"] == 2
    assert set(second.hello) == {"type", "num_connections", "debug_info", "connection_info"}
    second.close()
    app_end.connected(1)


@pytest.mark.parametrize("ticket", ["", "?ticket=guessed"])
def test_no_ticket_no_web_socket(slack: Slack, ticket: str) -> None:
    with pytest.raises(InvalidStatus):
        connect(f"{slack.url.replace('http', 'ws')}/link/{ticket}")


def test_a_ticket_opens_one_web_socket(wire: Wire) -> None:
    with pytest.raises(InvalidStatus):
        connect(wire.address)


def test_an_app_has_ten_web_sockets_at_most(slack: Slack, wire: Wire) -> None:
    others = [Wire(slack) for _ in range(9)]
    refused = Wire(slack)
    assert (refused.hello["type"], refused.hello["reason"]) == ("disconnect", "too_many_websockets")
    for one in (*others, refused):
        one.close()


def test_one_of_several_web_sockets_hears_of_it(slack: Slack, wire: Wire, app_end: AppEnd, rep: Hands) -> None:
    app_end.change(patience=0)
    second = Wire(slack)
    app_end.connected(2)
    for text in ("a", "b"):
        rep.type(SALES, f"/deals {text}")
    sent = [e for e in app_end.told()["sent"] if e["payload"]["text"] in {"a", "b"}]
    assert [e["frames"] for e in sent] == [2, 2]
    frames = [w.heard()["payload"]["text"] for w in (wire, second) for _ in range(2)]
    assert sorted(frames) == ["a", "a", "b", "b"]
    second.close()


def test_what_is_not_acknowledged_in_time_failed_and_comes_once_more(wire: Wire, app_end: AppEnd, rep: Hands) -> None:
    app_end.change(patience=0)
    [shown] = rep.type(SALES, "/deals now")
    first, again = wire.heard(), wire.heard()
    assert (shown.kind, shown.error) == ("failed", "operation_timeout")
    assert shown.text == '/deals failed with the error "operation_timeout"'
    assert first == again


def test_an_answer_that_comes_too_late_is_lost(wire: Wire, app_end: AppEnd, rep: Hands) -> None:
    app_end.change(patience=0)
    rep.type(SALES, "/deals")
    wire.acknowledge(wire.heard(), {"text": "here I am"})
    rep.until(lambda: app_end.told()["sent"][-1]["acknowledged"] == "late")
    assert [one.kind for one in rep.seen()] == ["failed"]


def test_without_a_web_socket_nothing_is_dispatched(rep: Hands) -> None:
    [shown] = rep.type(SALES, "/deals")
    assert shown.error == "dispatch_failed"


def test_what_is_no_acknowledgement_is_noted(wire: Wire, app_end: AppEnd, rep: Hands) -> None:
    for text in ("hi", "[]", '{"envelope_id": "unknown"}'):
        wire.socket.send(text)
    rep.until(lambda: len(app_end.told()["problems"]) == 3)
    assert app_end.told()["links"] == 1


def test_a_warning_leaves_the_web_socket_open(wire: Wire, app_end: AppEnd, rep: Hands) -> None:
    app_end.change(disconnect="warning")
    assert wire.heard()["reason"] == "warning"
    told, _ = wire.answering(lambda: rep.type(SALES, "/deals"))
    assert told["command"] == "/deals"


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
def test_other_reasons_end_it(wire: Wire, app_end: AppEnd, reason: str) -> None:
    app_end.change(disconnect=reason)
    assert wire.heard() == {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-sandbox"}}
    with pytest.raises(ConnectionClosed):
        wire.heard()
    app_end.connected(0)


def test_a_web_socket_can_be_lost_without_a_word(wire: Wire, app_end: AppEnd) -> None:
    app_end.change(cut=True)
    with pytest.raises(ConnectionClosed):
        wire.heard()
    app_end.connected(0)


def test_a_web_socket_that_has_gone_is_passed_over(slack: Slack, wire: Wire, app_end: AppEnd) -> None:
    second = Wire(slack)
    second.close()
    app_end.connected(1)
    told, _ = wire.answering(lambda: Hands(slack.url, ADMIN).type(SALES, "/deals"))
    assert told["user_id"] == ADMIN


def test_pings_are_answered(wire: Wire) -> None:
    assert wire.socket.ping(json.dumps("here?")).wait(5)
