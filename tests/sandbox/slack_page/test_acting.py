"""The page for somebody who acts: what only they see, what they press, type and fill in. Plain forms, no scripts."""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from starlette.applications import Starlette

from deployments.sandbox import slack_controls
from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.slack import api
from deployments.sandbox.slack.page import acts
from deployments.sandbox.slack.page.routes import routes
from deployments.sandbox.slack.state import SlackState
from tests.sandbox.slack.small_slack import ACME, ADMIN, CUSTOMER, GUEST, NOW, REP, SALES, SECRET, Slack, seed
from tests.sandbox.slack.test_app_presses import CONFIRM, button, posted
from tests.sandbox.slack.wire import Wire, modal, plain, text_input
from tests.slack_hands import AppEnd, Hands

from .reading import VISIBLE_ADDRESS, Reading

HOSTILE = '<script>alert(1)</script>"><b onclick=x>'
OPTIONS = [{"text": plain("Tom"), "value": "005T"}, {"text": plain("Priya & co"), "value": "005P"}]


@pytest.fixture
def slack() -> Iterator[Slack]:
    clock = Clock(lambda: NOW)
    state = SlackState(seed(), clock)
    with serve(Starlette(routes=[*api.routes(state), *slack_controls.routes(state), *routes(state)])) as url:
        yield Slack(url, state, clock)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page does not wait for what an app does after it has acknowledged."""
    monkeypatch.setattr(acts, "SETTLING_SECONDS", 0)


@pytest.fixture
def wire(slack: Slack) -> Iterator[Wire]:
    wire = Wire(slack)
    AppEnd(slack.url).connected()
    yield wire
    wire.close()


def page(slack: Slack, user: str = REP, channel: str = SALES, rest: str = "") -> Reading:
    return Reading(requests.get(f"{slack.url}/slack/{channel}{rest}?as={user}", timeout=5).text)


def act(slack: Slack, deed: str, /, user: str = REP, **form: Any) -> requests.Response:
    sent = {"as": user, "channel": SALES, **form}
    return requests.post(f"{slack.url}/slack/act/{deed}", data=sent, timeout=10, allow_redirects=False)


def answered(wire: Wire, slack: Slack, deed: str, payload: object = None, /, **form: Any) -> tuple[dict[str, Any], str]:
    """What the app is told of that act on the page, and where the reader is led after it."""
    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(act, slack, deed, **form)
        envelope = wire.heard()
        wire.acknowledge(envelope, payload)
        return dict(envelope["payload"]), acting.result(10).headers["location"]


def shown(slack: Slack, view: dict[str, Any]) -> str:
    """The page with that modal open, as HTML."""
    state = slack.state
    trigger = state.triggers.trigger(REP)
    slack.client("xoxb-bot").views_open(trigger_id=trigger, view=view)
    return requests.get(f"{slack.url}/slack/{SALES}?as={REP}", timeout=5).text


def test_who_only_looks_finds_no_form(slack: Slack) -> None:
    posted(slack.client("xoxb-bot"), button())
    answer = requests.get(f"{slack.url}/slack/{SALES}", timeout=5)
    assert "form" not in Reading(answer.text).tags


def test_a_message_for_one_is_shown_to_that_one(slack: Slack) -> None:
    slack.client("xoxb-bot").chat_postEphemeral(channel=SALES, user=REP, text="Three deals wait")
    assert "Only visible to you Three deals wait" in page(slack).text
    assert "Three deals wait" not in page(slack, ADMIN).text


def test_a_message_for_one_in_a_thread_is_shown_there(slack: Slack) -> None:
    bot = slack.client("xoxb-bot")
    ts = bot.chat_postMessage(channel=SALES, text="root")["ts"]
    bot.chat_postEphemeral(channel=SALES, user=REP, text="below", thread_ts=ts)
    assert "below" not in page(slack).text
    assert "below" in page(slack, rest=f"/{ts}").text


@pytest.mark.parametrize(
    ("user", "channel", "there"),
    [(REP, SALES, True), (REP, SECRET, False), (ADMIN, SECRET, True), (CUSTOMER, SALES, False), (CUSTOMER, ACME, True),
     (GUEST, SALES, False)],
)  # fmt: skip
def test_who_acts_finds_what_they_see(slack: Slack, user: str, channel: str, there: bool) -> None:
    answer = requests.get(f"{slack.url}/slack/{channel}?as={user}", timeout=5)
    assert (answer.status_code == 200) is there


def test_who_is_nobody_only_looks(slack: Slack) -> None:
    text = requests.get(f"{slack.url}/slack/{SALES}?as=U0NOBODY", timeout=5).text
    assert "A command" not in text


def test_links_keep_who_acts(slack: Slack) -> None:
    posted(slack.client("xoxb-bot"), button())
    inside = [a for a in page(slack).addresses if a.startswith(("/slack/C", "/slack/D"))]
    assert inside
    assert all(f"as={REP}" in address for address in inside if "?" in address or address != f"/slack/{SALES}")


def test_a_command_is_given_from_the_page(slack: Slack, wire: Wire) -> None:
    told, place = answered(wire, slack, "type", {"text": "On it"}, text="/deals now")
    assert (told["text"], told["user_id"]) == ("now", REP)
    assert place == f"/slack/{SALES}?as={REP}"
    assert "Only visible to you On it" in page(slack).text


def test_a_command_that_failed_says_so(slack: Slack) -> None:
    act(slack, "type", text="/deals")
    assert '/deals failed with the error "dispatch_failed"' in page(slack).text


def test_what_cannot_be_done_is_told(slack: Slack) -> None:
    place = act(slack, "type", text="hello").headers["location"]
    assert "is not a command" in Reading(requests.get(slack.url + place, timeout=5).text).text


def test_a_button_is_pressed_in_its_thread(slack: Slack, wire: Wire) -> None:
    bot = slack.client("xoxb-bot")
    root = posted(bot, button("other", "Other"))
    ts = posted(bot, button(value="7"), thread_ts=root)
    told, place = answered(wire, slack, "press", ts=ts, thread=root, what="decide")
    assert (told["actions"][0]["value"], place) == ("7", f"/slack/{SALES}/{root}?as={REP}")


def test_each_button_belongs_to_the_form_of_its_message(slack: Slack) -> None:
    bot = slack.client("xoxb-bot")
    root = posted(bot, button())
    posted(bot, button(), thread_ts=root)
    text = requests.get(f"{slack.url}/slack/{SALES}/{root}?as={REP}", timeout=5).text
    forms = re.findall(r'<form id="([^"]+)"', text)
    buttons = re.findall(r'<button[^>]* form="([^"]+)"', text)
    assert sorted(forms) == sorted(set(forms)) == sorted(buttons)


def test_a_button_that_wants_it_asks_first(slack: Slack, wire: Wire) -> None:
    ts = posted(slack.client("xoxb-bot"), button(confirm=CONFIRM))
    place = act(slack, "press", ts=ts, what="decide").headers["location"]
    text = Reading(requests.get(slack.url + place, timeout=5).text).text
    assert "Close 3 deals? They stay closed. Not yet Close" in text
    told, _ = answered(wire, slack, "press", ts=ts, what="decide", confirmed="1")
    assert told["actions"][0]["action_id"] == "decide"


def test_a_modal_shows_what_to_fill_in(slack: Slack) -> None:
    view = modal(
        text_input(hint=plain("In a word.")),
        text_input("who") | {"element": {"type": "static_select", "action_id": "x", "options": OPTIONS}},
        text_input("day", optional=True) | {"element": {"type": "datepicker", "action_id": "x"}},
        title="Decide",
    )
    reading = Reading(shown(slack, view))
    assert "Decide ✕ WhyIn a word.WhoChooseTomPriya & co" in reading.text
    assert "Day (optional)" in reading.text
    assert {("name", "why/typed"), ("name", "who/x"), ("name", "day/x"), ("type", "date")} <= set(reading.attributes)
    assert "Cancel" in reading.text
    assert "Start" in reading.text


def test_a_modal_is_filled_in_and_sent_off(slack: Slack, wire: Wire) -> None:
    ticks = {"type": "checkboxes", "action_id": "x", "options": OPTIONS}
    shown(slack, modal(text_input(), text_input("who") | {"element": ticks}))
    told, _ = answered(wire, slack, "submit", **{"why/typed": "because", "who/x": ["005T", "005P"]})
    values = told["view"]["state"]["values"]
    assert values["why"]["typed"]["value"] == "because"
    assert [one["value"] for one in values["who"]["x"]["selected_options"]] == ["005T", "005P"]
    assert "Start" not in page(slack).text


def test_what_was_filled_in_stays_beside_its_error(slack: Slack, wire: Wire) -> None:
    shown(slack, modal(text_input()))
    answered(
        wire, slack, "submit", {"response_action": "errors", "errors": {"why": "Say more."}}, **{"why/typed": "x y"}
    )
    reading = page(slack)
    assert "Say more." in reading.text
    assert ("value", "x y") in reading.attributes


def test_a_field_that_must_be_filled_in_says_so(slack: Slack) -> None:
    shown(slack, modal(text_input()))
    act(slack, "submit")
    assert "Please complete this required field." in page(slack).text


def test_a_button_in_a_modal_takes_what_was_typed_along(slack: Slack, wire: Wire) -> None:
    row = {"type": "actions", "block_id": "row", "elements": [button("more", "More")]}
    shown(slack, modal(text_input(), row))
    told, _ = answered(wire, slack, "press", what="more", **{"why/typed": "kept"})
    assert told["view"]["state"]["values"]["why"]["typed"]["value"] == "kept"


def test_the_app_hears_of_a_menu_only_when_it_was_changed(slack: Slack, wire: Wire) -> None:
    menu = {"type": "static_select", "action_id": "pick", "options": OPTIONS, "initial_option": OPTIONS[0]}
    shown(slack, modal({"type": "actions", "block_id": "row", "elements": [menu]}))
    act(slack, "fill", **{"row/pick": "005T"})
    assert AppEnd(slack.url).told()["sent"] == []
    told, _ = answered(wire, slack, "fill", **{"row/pick": "005P"})
    assert told["actions"][0]["selected_option"] == OPTIONS[1]


@pytest.mark.parametrize(("form", "left"), [({}, "First"), ({"all": "1"}, "")])
def test_a_modal_is_closed(slack: Slack, wire: Wire, form: dict[str, str], left: str) -> None:
    row = {"type": "actions", "elements": [button("more", "More")]}
    shown(slack, modal(row, title="First"))
    told, _ = answered(wire, slack, "press", what="more")
    slack.client("xoxb-bot").views_push(trigger_id=told["trigger_id"], view=modal(row, title="Second"))
    assert "Second" in page(slack).text
    act(slack, "close", **form)
    assert ((Hands(slack.url, REP).modal() or {}).get("title") or plain(""))["text"] == left


def test_untrusted_words_in_a_modal_stay_words(slack: Slack) -> None:
    option = {"text": plain(HOSTILE), "value": HOSTILE, "description": plain(HOSTILE)}
    view = modal(
        text_input(HOSTILE, label=plain(HOSTILE), hint=plain(HOSTILE)),
        text_input("a") | {"element": {"type": "static_select", "action_id": HOSTILE, "options": [option]}},
        text_input("b") | {"element": {"type": "radio_buttons", "action_id": "x", "options": [option]}},
        {"type": "actions", "elements": [button(HOSTILE, HOSTILE)]},
        title=HOSTILE[:24],
        submit=plain(HOSTILE[:24]),
    )
    page_ = shown(slack, view)
    reading = Reading(page_)
    assert [tag for tag in reading.tags if tag in {"script", "iframe", "style"}] == []
    assert [name for name, _ in reading.attributes if name.startswith("on")] == []
    assert [a for a in reading.addresses if not VISIBLE_ADDRESS.match(a)] == []
    assert html.escape(HOSTILE[:10]) in page_


def test_what_nobody_can_do_is_not_there(slack: Slack) -> None:
    assert act(slack, "dance").status_code == 404
