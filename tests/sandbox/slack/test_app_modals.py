"""Modals: how the app opens, stacks and changes them, what a person puts in, and what the app makes of it."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack_hands import AppEnd, CannotError, Hands

from .small_slack import NOW, REP, SALES, Slack
from .test_slack_shapes import SHAPES, unknown
from .wire import Wire, modal, opened, plain, text_input

ROW = {"type": "actions", "block_id": "row", "elements": [
    {"type": "button", "action_id": "more", "text": plain("More"), "value": "7"},
]}  # fmt: skip


def refusal(caught: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(caught.value.response["error"])


def pushed(wire: Wire, rep: Hands, bot: WebClient, view: dict[str, Any]) -> dict[str, Any]:
    """The view that the app put on top when the button was pressed."""
    told: list[dict[str, Any]] = []

    def pushes(payload: dict[str, Any]) -> None:
        told.append(dict(bot.views_push(trigger_id=payload["trigger_id"], view=view)["view"]))

    wire.answering(lambda: rep.press_in_modal("More"), meanwhile=pushes)
    return told[0]


def title(rep: Hands) -> str:
    shown = rep.modal()
    return "" if shown is None else str(shown["title"]["text"])


def test_a_command_opens_a_modal_for_the_one_who_gave_it(slack: Slack, wire: Wire, bot: WebClient, rep: Hands) -> None:
    view = opened(wire, rep, bot, modal(text_input(), callback_id="run", private_metadata="secret"), SALES)
    shown = rep.modal()
    assert shown is not None
    assert (shown["id"], shown["callback_id"], shown["private_metadata"]) == (view["id"], "run", "secret")
    assert (view["root_view_id"], view["previous_view_id"], view["state"]) == (view["id"], None, {"values": {}})
    assert list(unknown(view, SHAPES["answers"]["views.open"]["view"])) == []
    assert Hands(slack.url, "U0ADMIN").modal() is None


def test_a_trigger_lives_three_seconds(slack: Slack, wire: Wire, bot: WebClient, rep: Hands) -> None:
    told = [wire.answering(lambda: rep.type(SALES, "/deals"))[0]["trigger_id"] for _ in range(2)]
    slack.clock.set(NOW + timedelta(seconds=3))
    assert bot.views_open(trigger_id=told[0], view=modal(text_input()))["ok"]
    slack.clock.set(NOW + timedelta(seconds=3.1))
    with pytest.raises(SlackApiError) as caught:
        bot.views_open(trigger_id=told[1], view=modal(text_input()))
    assert refusal(caught) == "expired_trigger_id"


def test_a_trigger_is_exchanged_once(wire: Wire, bot: WebClient, rep: Hands) -> None:
    told, _ = wire.answering(lambda: rep.type(SALES, "/deals"))
    bot.views_open(trigger_id=told["trigger_id"], view=modal(text_input()))
    with pytest.raises(SlackApiError) as caught:
        bot.views_open(trigger_id=told["trigger_id"], view=modal(text_input()))
    assert refusal(caught) == "exchanged_trigger_id"


def test_a_view_that_is_refused_does_not_use_the_trigger_up(wire: Wire, bot: WebClient, rep: Hands) -> None:
    told, _ = wire.answering(lambda: rep.type(SALES, "/deals"))
    with pytest.raises(SlackApiError):
        bot.views_open(trigger_id=told["trigger_id"], view=modal(text_input(), title="t" * 25))
    assert bot.views_open(trigger_id=told["trigger_id"], view=modal(text_input()))["ok"]


@pytest.mark.parametrize("trigger", ["1000.1001.0123456789abcdef", "nonsense"])
def test_a_trigger_that_was_not_given_is_invalid(bot: WebClient, trigger: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        bot.views_open(trigger_id=trigger, view=modal(text_input()))
    assert refusal(caught) == "invalid_trigger_id"


def test_only_an_app_opens_modals(slack: Slack) -> None:
    with pytest.raises(SlackApiError) as caught:
        slack.client("xoxp-rep").views_open(trigger_id="1.1.a", view=modal(text_input()))
    assert refusal(caught) == "not_allowed_token_type"


def test_what_is_missing_is_named(bot: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        bot.views_open(view=modal(text_input()))
    assert caught.value.response["errors"] == ["missing required field: trigger_id"]


def test_three_modals_lie_on_each_other_at_most(wire: Wire, bot: WebClient, rep: Hands) -> None:
    first = opened(wire, rep, bot, modal(ROW), SALES)
    second = pushed(wire, rep, bot, modal(ROW, title="Second"))
    third = pushed(wire, rep, bot, modal(ROW, title="Third"))
    assert (second["previous_view_id"], third["root_view_id"]) == (first["id"], first["id"])
    told, _ = wire.answering(lambda: rep.press_in_modal("More"))
    with pytest.raises(SlackApiError) as caught:
        bot.views_push(trigger_id=told["trigger_id"], view=modal(ROW))
    assert (refusal(caught), title(rep)) == ("push_limit_reached", "Third")
    rep.close()
    assert title(rep) == "Second"
    rep.close(all_of_them=True)
    assert title(rep) == ""


def test_only_what_happens_in_a_modal_puts_another_on_it(wire: Wire, bot: WebClient, rep: Hands) -> None:
    told, _ = wire.answering(lambda: rep.type(SALES, "/deals"))
    with pytest.raises(SlackApiError) as caught:
        bot.views_push(trigger_id=told["trigger_id"], view=modal(ROW))
    assert refusal(caught) == "invalid_trigger_id"


def test_a_press_in_a_modal_tells_what_stands_in_its_fields(wire: Wire, bot: WebClient, rep: Hands) -> None:
    view = opened(wire, rep, bot, modal(text_input(), ROW), SALES)
    rep.fill({"Why": "because"})
    told, _ = wire.answering(lambda: rep.press_in_modal("More"))
    assert told["container"] == {"type": "view", "view_id": view["id"]}
    assert told["view"]["state"]["values"] == {"why": {"typed": {"type": "plain_text_input", "value": "because"}}}
    assert list(unknown(told, SHAPES["payloads"]["block_actions"])) == []


def test_an_update_keeps_what_stands_in_fields_that_stay(wire: Wire, bot: WebClient, rep: Hands) -> None:
    view = opened(wire, rep, bot, modal(text_input(), text_input("who")), SALES)
    rep.fill({"Why": "because", "Who": "Tom"})
    after = bot.views_update(view_id=view["id"], hash=view["hash"], view=modal(text_input(), title="New"))["view"]
    shown = rep.modal()
    assert shown is not None
    assert (shown["id"], shown["title"]["text"]) == (view["id"], "New")
    assert shown["state"]["values"] == {"why": {"typed": {"type": "plain_text_input", "value": "because"}}}
    assert after["hash"] != view["hash"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"hash": "1.aaaa"}, "hash_conflict"),
        ({"view_id": "V0NONE"}, "not_found"),
        ({"view_id": None, "external_id": "none"}, "not_found"),
        ({"view_id": None}, "invalid_arguments"),
    ],
)
def test_an_update_that_comes_too_late_is_refused(
    wire: Wire, bot: WebClient, rep: Hands, asked: dict[str, Any], error: str
) -> None:
    view = opened(wire, rep, bot, modal(text_input()), SALES)
    with pytest.raises(SlackApiError) as caught:
        bot.api_call("views.update", json={"view_id": view["id"], "view": modal(text_input()), **asked})
    assert refusal(caught) == error


def test_a_modal_that_was_closed_is_not_there_to_update(wire: Wire, bot: WebClient, rep: Hands) -> None:
    view = opened(wire, rep, bot, modal(text_input()), SALES)
    rep.close()
    with pytest.raises(SlackApiError) as caught:
        bot.views_update(view_id=view["id"], view=modal(text_input()))
    assert refusal(caught) == "not_found"


def test_an_external_id_names_one_view(wire: Wire, bot: WebClient, rep: Hands) -> None:
    opened(wire, rep, bot, modal(ROW, external_id="mine"), SALES)
    assert bot.views_update(external_id="mine", view=modal(ROW, external_id="mine"))["ok"]
    told, _ = wire.answering(lambda: rep.press_in_modal("More"))
    with pytest.raises(SlackApiError) as caught:
        bot.views_push(trigger_id=told["trigger_id"], view=modal(ROW, external_id="mine"))
    assert refusal(caught) == "duplicate_external_id"


def test_what_is_submitted_is_told_and_the_modal_closes(wire: Wire, bot: WebClient, rep: Hands) -> None:
    opened(wire, rep, bot, modal(text_input(), callback_id="run", private_metadata="m"), SALES)
    rep.fill({"why": "because"})
    told, shown = wire.answering(rep.submit)
    assert (told["type"], told["user"]["id"], told["view"]["callback_id"]) == ("view_submission", REP, "run")
    assert told["view"]["state"]["values"]["why"]["typed"]["value"] == "because"
    assert (told["view"]["app_installed_team_id"], told["view"]["private_metadata"]) == ("T0HOME", "m")
    assert list(unknown(told, SHAPES["payloads"]["view_submission"] | {"response_urls": {}})) == []
    assert (shown, rep.modal()) == ([], None)


def test_errors_are_shown_under_their_fields_until_they_are_mended(wire: Wire, bot: WebClient, rep: Hands) -> None:
    opened(wire, rep, bot, modal(text_input()), SALES)
    rep.fill({"Why": "x"})
    _, [shown] = wire.answering(rep.submit, {"response_action": "errors", "errors": {"why": "Say more."}})
    assert (shown.kind, shown.errors) == ("errors", {"why": "Say more."})
    assert (rep.modal() or {})["errors"] == {"why": "Say more."}
    rep.fill({"Why": "a longer reason"})
    assert (rep.modal() or {})["errors"] == {}


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        ({"response_action": "update", "view": modal(ROW, title="Done")}, ["Done", ""]),
        ({"response_action": "push", "view": modal(ROW, title="Sure?")}, ["Sure?", "Run"]),
        ({"response_action": "clear"}, [""]),
        ({}, [""]),
    ],
)
def test_the_app_says_what_becomes_of_the_modal(
    wire: Wire, bot: WebClient, rep: Hands, answer: dict[str, Any], after: list[str]
) -> None:
    opened(wire, rep, bot, modal(text_input()), SALES)
    rep.fill({"why": "x"})
    wire.answering(rep.submit, answer)
    seen = [title(rep)]
    if seen[0]:
        rep.close()
        seen.append(title(rep))
    assert seen == after


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"elsewhere": "x"}},
        {"response_action": "errors", "errors": {"why": ""}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": modal(ROW, title="t" * 25)},
        {"response_action": "dance"},
        {"text": "thanks"},
    ],
)
def test_an_answer_that_slack_does_not_take_is_trouble(
    wire: Wire, bot: WebClient, rep: Hands, app_end: AppEnd, answer: dict[str, Any]
) -> None:
    opened(wire, rep, bot, modal(text_input()), SALES)
    rep.fill({"why": "x"})
    _, [shown] = wire.answering(rep.submit, answer)
    assert (shown.kind, shown.text) == ("failed", "We had some trouble connecting. Try again?")
    assert title(rep) == "Run"
    assert len(app_end.told()["problems"]) == 1


def test_a_modal_that_nobody_answers_stays_open(wire: Wire, bot: WebClient, rep: Hands, app_end: AppEnd) -> None:
    opened(wire, rep, bot, modal(text_input()), SALES)
    rep.fill({"why": "x"})
    app_end.change(patience=0)
    [shown] = rep.submit()
    assert (shown.error, title(rep)) == ("operation_timeout", "Run")


@pytest.mark.parametrize("act", [lambda rep: rep.submit(), lambda rep: rep.fill({"why": "y"})])
def test_a_modal_that_waits_for_the_app_cannot_be_touched(wire: Wire, bot: WebClient, rep: Hands, act: Any) -> None:
    opened(wire, rep, bot, modal(text_input()), SALES)
    rep.fill({"why": "x"})

    def touches(_: dict[str, Any]) -> None:
        with pytest.raises(CannotError, match="waits for the app"):
            act(rep)

    wire.answering(rep.submit, meanwhile=touches)


@pytest.mark.parametrize(("all_of_them", "cleared"), [(False, [False]), (True, [True, True])])
def test_the_app_is_told_of_closing_when_it_asked(
    wire: Wire, bot: WebClient, rep: Hands, app_end: AppEnd, all_of_them: bool, cleared: list[bool]
) -> None:
    opened(wire, rep, bot, modal(ROW, notify_on_close=True), SALES)
    pushed(wire, rep, bot, modal(ROW, title="Second", notify_on_close=True))
    app_end.change(patience=0)
    rep.close(all_of_them=all_of_them)
    told = [e["payload"] for e in app_end.told()["sent"] if e["payload"].get("type") == "view_closed"]
    assert [payload["is_cleared"] for payload in told] == cleared
    assert told[0]["view"]["title"]["text"] == "Second"
    assert list(unknown(told[0], SHAPES["payloads"]["view_closed"])) == []


def test_the_app_is_not_told_of_closing_otherwise(wire: Wire, bot: WebClient, rep: Hands, app_end: AppEnd) -> None:
    opened(wire, rep, bot, modal(ROW), SALES)
    before = len(app_end.told()["sent"])
    rep.close()
    assert len(app_end.told()["sent"]) == before


def test_closing_one_that_says_so_closes_all(wire: Wire, bot: WebClient, rep: Hands) -> None:
    opened(wire, rep, bot, modal(ROW), SALES)
    pushed(wire, rep, bot, modal(ROW, title="Second", clear_on_close=True))
    rep.close()
    assert rep.modal() is None


def test_without_a_modal_nothing_can_be_filled_in(rep: Hands) -> None:
    with pytest.raises(CannotError, match="no modal is open"):
        rep.fill({"why": "x"})


def test_a_modal_without_a_submit_button_is_not_submitted(wire: Wire, bot: WebClient, rep: Hands) -> None:
    view = {"type": "modal", "title": plain("Read"), "blocks": [ROW]}
    opened(wire, rep, bot, view, SALES)
    with pytest.raises(CannotError, match="nothing to submit"):
        rep.submit()
