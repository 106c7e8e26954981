"""Buttons and menus of messages: who may press them, what the app is told, how it answers."""

from typing import Any

import pytest
import requests
from slack_sdk import WebClient

from tests.slack_hands import AppEnd, CannotError, Hands

from .small_slack import ACME, ADMIN, BOT, CUSTOMER, REP, SALES, SECRET, Slack
from .test_slack_shapes import SHAPES, unknown
from .wire import Wire, plain

CONFIRM = {"title": plain("Close 3 deals?"), "text": plain("They stay closed."), "confirm": plain("Close"),
           "deny": plain("Not yet")}  # fmt: skip
OPTIONS = [{"text": plain("Tom"), "value": "005T"}, {"text": plain("Priya"), "value": "005P"}]


def button(action_id: str = "decide", label: str = "Decide", **more: object) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(label), **more}


def posted(bot: WebClient, *elements: dict[str, Any], channel: str = SALES, **more: Any) -> str:
    blocks = [{"type": "actions", "block_id": "row", "elements": list(elements)}]
    return str(bot.chat_postMessage(channel=channel, text="Report", blocks=blocks, **more)["ts"])


def texts(bot: WebClient, channel: str = SALES) -> list[str]:
    return [message["text"] for message in bot.conversations_history(channel=channel)["messages"]]


@pytest.mark.parametrize("wanted", ["decide", "Decide"])
def test_the_app_is_told_who_pressed_what_where(wire: Wire, bot: WebClient, rep: Hands, wanted: str) -> None:
    ts = posted(bot, button(value="run-7"), button("undo", "Undo"))
    told, shown = wire.answering(lambda: rep.press(SALES, ts, wanted))
    [action] = told["actions"]
    assert (action["action_id"], action["block_id"], action["value"], action["type"]) == (
        "decide", "row", "run-7", "button",
    )  # fmt: skip
    assert told["user"] == {"id": REP, "username": "tom", "name": "tom", "team_id": "T0HOME"}
    assert (told["channel"], told["message"]["ts"]) == ({"id": SALES, "name": "g-sales"}, ts)
    assert told["container"] == {"type": "message", "message_ts": ts, "channel_id": SALES, "is_ephemeral": False}
    assert list(unknown(told, SHAPES["payloads"]["block_actions"])) == []
    assert shown == []


def test_a_button_in_a_thread_tells_the_thread(wire: Wire, bot: WebClient, rep: Hands) -> None:
    root = posted(bot, button("other", "Other"))
    ts = posted(bot, button(), thread_ts=root)
    told, _ = wire.answering(lambda: rep.press(SALES, ts, "Decide"))
    assert (told["container"]["thread_ts"], told["message"]["thread_ts"]) == (root, root)


def test_a_customer_may_press_in_a_shared_channel_and_is_told_from_ours(
    slack: Slack, wire: Wire, bot: WebClient
) -> None:
    ts = posted(bot, button(), channel=ACME)
    told, _ = wire.answering(lambda: Hands(slack.url, CUSTOMER).press(ACME, ts, "Decide"))
    assert (told["user"]["team_id"], told["team"]["id"]) == ("T0ACME", "T0HOME")


@pytest.mark.parametrize(
    ("user", "channel", "what", "why"),
    [
        (CUSTOMER, SALES, "Decide", "does not see"),
        (REP, SECRET, "Decide", "does not see"),
        (REP, ACME, "Decide", "sees no message"),
        (REP, SALES, "Dceide", "there are: decide / Decide, pick / Who"),
        (REP, SALES, "Who", "choose from it"),
        (BOT, SALES, "Decide", "nobody who can act"),
    ],
)
def test_what_a_person_cannot_press_is_refused(
    slack: Slack, bot: WebClient, user: str, channel: str, what: str, why: str
) -> None:
    menu = {"type": "static_select", "action_id": "pick", "placeholder": plain("Who"), "options": OPTIONS}
    ts = posted(bot, button(), menu)
    with pytest.raises(CannotError, match=why):
        Hands(slack.url, user).press(channel, ts, what)


def test_two_buttons_of_one_name_are_told_apart(wire: Wire, bot: WebClient, rep: Hands) -> None:
    ts = posted(bot, button("one"), button("two"))
    with pytest.raises(CannotError, match="say which by its action id"):
        rep.press(SALES, ts, "Decide")
    told, _ = wire.answering(lambda: rep.press(SALES, ts, "two"))
    assert told["actions"][0]["action_id"] == "two"


def test_nobody_listens_to_the_buttons_of_a_person(slack: Slack, rep: Hands) -> None:
    ts = posted(slack.client("xoxp-rep"), button())
    with pytest.raises(CannotError, match="no app wrote it"):
        rep.press(SALES, ts, "Decide")


def test_slack_asks_before_a_button_that_wants_it(wire: Wire, bot: WebClient, rep: Hands, app_end: AppEnd) -> None:
    ts = posted(bot, button(confirm=CONFIRM))
    with pytest.raises(CannotError, match=r"Close 3 deals\? They stay closed\."):
        rep.press(SALES, ts, "Decide")
    assert app_end.told()["sent"] == []
    told, _ = wire.answering(lambda: rep.press(SALES, ts, "Decide", confirmed=True))
    assert told["actions"][0]["confirm"] == CONFIRM


def test_a_link_opens_and_the_app_is_told(wire: Wire, bot: WebClient, rep: Hands) -> None:
    ts = posted(bot, button(url="https://prefect.example/run/1"))
    told, [shown] = wire.answering(lambda: rep.press(SALES, ts, "Decide"))
    assert (shown.kind, shown.text) == ("opened", "https://prefect.example/run/1")
    assert told["actions"][0]["url"] == "https://prefect.example/run/1"


def test_a_press_that_nobody_answers_is_seen_to_fail(bot: WebClient, rep: Hands) -> None:
    [shown] = rep.press(SALES, posted(bot, button()), "Decide")
    assert (shown.kind, shown.error) == ("failed", "dispatch_failed")


@pytest.mark.parametrize("wanted", ["005P", "Priya"])
def test_a_menu_tells_what_was_chosen(wire: Wire, bot: WebClient, rep: Hands, wanted: str) -> None:
    menu = {"type": "static_select", "action_id": "pick", "placeholder": plain("Who"), "options": OPTIONS}
    ts = posted(bot, menu)
    told, _ = wire.answering(lambda: rep.choose(SALES, ts, "Who", wanted))
    chosen = {"type": "static_select", "selected_option": OPTIONS[1]}
    assert told["actions"][0]["selected_option"] == OPTIONS[1]
    assert told["state"]["values"] == {"row": {"pick": chosen}}


def test_an_overflow_menu_tells_what_was_chosen(wire: Wire, bot: WebClient, rep: Hands) -> None:
    ts = posted(bot, {"type": "overflow", "action_id": "more", "options": OPTIONS})
    told, _ = wire.answering(lambda: rep.choose(SALES, ts, "more", "Tom"))
    assert told["actions"][0]["selected_option"] == OPTIONS[0]


def test_a_menu_does_not_offer_what_it_has_not(bot: WebClient, rep: Hands) -> None:
    ts = posted(bot, {"type": "overflow", "action_id": "more", "options": OPTIONS})
    with pytest.raises(CannotError, match="among the options: Tom, Priya"):
        rep.choose(SALES, ts, "more", "Nadia")


@pytest.mark.parametrize(
    ("told", "after"),
    [
        ({"text": "Decided"}, ["Decided"]),
        ({"text": "Decided", "replace_original": "true"}, ["Decided"]),
        ({"text": "Decided", "response_type": "in_channel", "replace_original": False}, ["Decided", "Report"]),
        ({"text": "Decided", "response_type": "ephemeral"}, ["Report"]),
        ({"delete_original": True}, []),
    ],
)
def test_a_response_replaces_what_was_pressed_or_stands_below(
    wire: Wire, bot: WebClient, rep: Hands, told: dict[str, Any], after: list[str]
) -> None:
    ts = posted(bot, button())
    payload, _ = wire.answering(lambda: rep.press(SALES, ts, "Decide"))
    requests.post(payload["response_url"], json=told, timeout=5).raise_for_status()
    assert texts(bot) == after
    assert [one.text for one in rep.seen()] == (["Decided"] if told.get("response_type") == "ephemeral" else [])


def test_the_buttons_go_with_what_is_replaced(wire: Wire, bot: WebClient, rep: Hands) -> None:
    ts = posted(bot, button())
    payload, _ = wire.answering(lambda: rep.press(SALES, ts, "Decide"))
    requests.post(payload["response_url"], json={"text": "Decided"}, timeout=5)
    with pytest.raises(CannotError, match="there are: none"):
        rep.press(SALES, ts, "Decide")


def test_a_message_for_one_is_pressed_by_that_one(slack: Slack, wire: Wire, bot: WebClient, rep: Hands) -> None:
    blocks = [{"type": "actions", "elements": [button()]}]
    ts = bot.chat_postEphemeral(channel=SALES, user=REP, text="Sure?", blocks=blocks)["message_ts"]
    with pytest.raises(CannotError, match="sees no message"):
        Hands(slack.url, ADMIN).press(SALES, ts, "Decide")
    told, _ = wire.answering(lambda: rep.press(SALES, ts, "Decide"))
    assert (told["container"]["is_ephemeral"], "message" in told) == (True, False)
    requests.post(told["response_url"], json={"text": "Done"}, timeout=5)
    assert rep.seen()[-1].text == "Done"
    requests.post(told["response_url"], json={"delete_original": True}, timeout=5)
    with pytest.raises(CannotError, match="sees no message"):
        rep.press(SALES, ts, "Decide")
