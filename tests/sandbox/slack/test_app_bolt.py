"""An app as apps are made, with Bolt and the real client, in the pretend Slack."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from tests.slack_hands import AppEnd, Hands
from tests.small_bolt import ANSWER, ERROR, POSTED, PRESSED, small_app

from .small_slack import APP, REP, SALES, Slack


@pytest.fixture
def app(slack: Slack, bot: WebClient, app_end: AppEnd) -> Iterator[AppEnd]:
    """The small app, connected."""
    with small_app(bot, APP.token, "/deals", SALES):
        app_end.connected()
        yield app_end


def texts(bot: WebClient) -> list[str]:
    return [message["text"] for message in bot.conversations_history(channel=SALES)["messages"]]


def test_from_the_command_to_the_message_and_its_button(app: AppEnd, bot: WebClient, rep: Hands) -> None:
    [shown] = rep.type(SALES, "/deals why")
    assert (shown.kind, shown.text) == ("ephemeral", ANSWER)
    assert rep.opened("A reason")["blocks"][0]["element"]["initial_value"] == "why"
    [refused] = rep.submit()
    assert refused.errors == {"why": ERROR}
    rep.fill({"Why": "because of that"})
    assert (rep.submit(), rep.modal()) == ([], None)
    rep.until(lambda: texts(bot))
    message = bot.conversations_history(channel=SALES)["messages"][0]
    assert message["text"] == f"{POSTED}because of that"
    assert rep.press(SALES, message["ts"], "Take it") == []
    rep.until(lambda: texts(bot) == [f"{PRESSED}{REP}"])
    assert app.told()["problems"] == []


def test_it_comes_back_when_slack_refreshes_its_connection(app: AppEnd, rep: Hands) -> None:
    before = app.told()["opened"]
    app.change(disconnect="refresh_requested")
    rep.until(lambda: app.told()["opened"] > before and app.told()["links"] == 1)
    assert [one.text for one in rep.type(SALES, "/deals")] == [ANSWER]


def test_it_is_told_once_however_many_connections_it_has(app: AppEnd, bot: WebClient, rep: Hands) -> None:
    with small_app(bot, APP.token, "/deals", SALES):
        app.connected(2)
        assert [one.text for one in rep.type(SALES, "/deals")] == [ANSWER]
        assert [envelope["frames"] for envelope in app.told()["sent"]] == [1]
