"""What an app hears of a modal before it is sent off, and whose modals it may touch."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from deployments.sandbox.slack.seed import App
from tests.slack_hands import AppEnd, CannotError, Hands

from .small_slack import ACME, ADMIN, APP, CUSTOMER, SALES, SECRET, Slack
from .wire import Wire, modal, opened, plain, text_input

OPTIONS = [{"text": plain("Tom"), "value": "005T"}, {"text": plain("Priya"), "value": "005P"}]
MENU = {"type": "static_select", "action_id": "pick", "placeholder": plain("Owner"), "options": OPTIONS}
ROW = {"type": "actions", "block_id": "row", "elements": [MENU]}


def test_a_menu_in_a_modal_tells_at_once_what_was_chosen(wire: Wire, bot: WebClient, rep: Hands) -> None:
    opened(wire, rep, bot, modal(text_input(), ROW), SALES)
    told, _ = wire.answering(lambda: rep.fill({"Why": "because", "Owner": "Priya"}))
    assert told["actions"][0]["selected_option"] == OPTIONS[1]
    assert told["view"]["state"]["values"]["why"]["typed"]["value"] == "because"


@pytest.mark.parametrize(("dispatches", "told"), [(True, 1), (False, 0)])
def test_an_input_tells_at_once_where_the_app_wants_it(
    wire: Wire, bot: WebClient, rep: Hands, app_end: AppEnd, dispatches: bool, told: int
) -> None:
    opened(wire, rep, bot, modal(text_input(dispatch_action=dispatches)), SALES)
    before = len(app_end.told()["sent"])
    app_end.change(patience=0)
    rep.fill({"Why": "because"})
    assert len(app_end.told()["sent"]) - before == told


def test_nothing_is_put_in_when_one_of_the_fields_is_not_there(wire: Wire, bot: WebClient, rep: Hands) -> None:
    opened(wire, rep, bot, modal(text_input()), SALES)
    with pytest.raises(CannotError, match="there is no field 'Who'; there are: Why"):
        rep.fill({"Why": "because", "Who": "Tom"})
    assert (rep.modal() or {})["state"]["values"]["why"]["typed"]["value"] is None


@pytest.mark.parametrize(
    ("kind", "wanted", "offered"),
    [
        ("users_select", ADMIN, True),
        ("users_select", CUSTOMER, False),
        ("users_select", "U0GONE", False),
        ("channels_select", SALES, True),
        ("channels_select", SECRET, False),
        ("conversations_select", SECRET, False),
    ],
)
def test_menus_of_people_and_channels_offer_what_the_person_sees(
    wire: Wire, bot: WebClient, rep: Hands, kind: str, wanted: str, offered: bool
) -> None:
    field: dict[str, Any] = text_input() | {"element": {"type": kind, "action_id": "x"}}
    opened(wire, rep, bot, modal(field), SALES)
    try:
        rep.fill({"Why": wanted})
    except CannotError:
        assert not offered
    else:
        assert offered


def test_a_trigger_from_elsewhere_puts_nothing_on_a_modal(wire: Wire, bot: WebClient, rep: Hands) -> None:
    opened(wire, rep, bot, modal(text_input()), SALES)
    told, _ = wire.answering(lambda: rep.type(SALES, "/deals"))
    with pytest.raises(SlackApiError) as caught:
        bot.views_push(trigger_id=told["trigger_id"], view=modal(text_input()))
    assert caught.value.response["error"] == "invalid_trigger_id"


def test_the_modal_of_another_app_is_not_there(slack: Slack, wire: Wire, bot: WebClient, rep: Hands) -> None:
    view = opened(wire, rep, bot, modal(text_input()), SALES)
    slack.state.apps = (APP, App(ADMIN, "xapp-another"))
    with pytest.raises(SlackApiError) as caught:
        slack.client("xoxp-admin").views_update(view_id=view["id"], view=modal(text_input()))
    assert caught.value.response["error"] == "not_found"


def test_a_button_of_a_modal_asks_first_where_it_wants_to(wire: Wire, bot: WebClient, rep: Hands) -> None:
    asked = {name: plain(name) for name in ("title", "text", "confirm", "deny")}
    button = {"type": "button", "action_id": "undo", "text": plain("Undo"), "confirm": asked}
    opened(wire, rep, bot, modal({"type": "actions", "elements": [button]}), SALES)
    with pytest.raises(CannotError, match="Slack asks first: title text"):
        rep.press_in_modal("Undo")
    told, _ = wire.answering(lambda: rep.press_in_modal("Undo", confirmed=True))
    assert told["actions"][0]["action_id"] == "undo"


def test_the_app_does_not_hear_of_what_slack_finds_wrong(
    wire: Wire, bot: WebClient, rep: Hands, app_end: AppEnd
) -> None:
    opened(wire, rep, bot, modal(text_input()), SALES)
    before = len(app_end.told()["sent"])
    [shown] = rep.submit()
    assert shown.errors == {"why": "Please complete this required field."}
    assert len(app_end.told()["sent"]) == before


def test_clearing_closes_all_that_lie_on_each_other(wire: Wire, bot: WebClient, rep: Hands) -> None:
    opened(wire, rep, bot, modal(text_input(), title="First"), SALES)
    rep.fill({"Why": "x"})
    wire.answering(rep.submit, {"response_action": "push", "view": modal(text_input(), title="Second")})
    rep.fill({"Why": "x"})
    wire.answering(rep.submit, {"response_action": "clear"})
    assert rep.modal() is None


def test_a_customer_submits_from_their_own_workspace(slack: Slack, wire: Wire, bot: WebClient) -> None:
    button = {"type": "button", "action_id": "ask", "text": plain("Ask")}
    blocks = [{"type": "actions", "elements": [button]}]
    ts = bot.chat_postMessage(channel=ACME, text="x", blocks=blocks)["ts"]
    customer = Hands(slack.url, CUSTOMER)
    pressed, _ = wire.answering(lambda: customer.press(ACME, ts, "Ask"))
    bot.views_open(trigger_id=pressed["trigger_id"], view=modal(text_input(optional=True)))
    told, _ = wire.answering(customer.submit)
    assert (told["team"]["id"], told["user"]["team_id"]) == ("T0ACME", "T0ACME")
    assert told["view"]["app_installed_team_id"] == "T0HOME"


def test_errors_go_when_the_app_shows_something_else(wire: Wire, bot: WebClient, rep: Hands) -> None:
    view = opened(wire, rep, bot, modal(text_input()), SALES)
    rep.submit()
    bot.views_update(view_id=view["id"], view=modal(text_input(), title="New"))
    assert (rep.modal() or {})["errors"] == {}
