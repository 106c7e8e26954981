"""The rules of modals and of what is put into them: each limit is met exactly, and passed by one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.inputs import CannotError, beginning, complaint, put
from deployments.sandbox.slack.view_blocks import checked_view

from .wire import modal, plain, text_input

PAYLOADS = Path(__file__).parents[2] / "payloads/slack"
LIMITS: dict[str, int] = json.loads((PAYLOADS / "block-kit-limits.json").read_text())["limits"]
View = dict[str, Any]


def field(kind: str, **element: object) -> View:
    return text_input() | {"element": {"type": kind, "action_id": "x", **element}}


def option(text: int = 1, value: int = 1, **more: object) -> dict[str, Any]:
    return {"text": plain("t" * text), "value": "v" * value, **more}


def options(count: int, kind: str = "static_select", **each: Any) -> View:
    return modal(field(kind, options=[option(**each)] * count))


def confirm(**parts: int) -> View:
    asked = {name: plain("x" * parts.get(name, 1)) for name in ("title", "text", "confirm", "deny")}
    return modal(field("static_select", options=[option()], confirm=asked))


AT_MOST: list[tuple[str, Callable[[int], View]]] = [
    ("view.title.max_length", lambda n: modal(text_input(), title="t" * n)),
    ("view.submit.max_length", lambda n: modal(text_input(), submit=plain("s" * n))),
    ("view.close.max_length", lambda n: modal(text_input(), close=plain("c" * n))),
    ("view.private_metadata.max_length", lambda n: modal(text_input(), private_metadata="m" * n)),
    ("view.callback_id.max_length", lambda n: modal(text_input(), callback_id="c" * n)),
    ("view.external_id.max_length", lambda n: modal(text_input(), external_id="e" * n)),
    ("view.blocks.max_items", lambda n: modal(*[{"type": "divider"}] * n)),
    ("input.label.max_length", lambda n: modal(text_input(label=plain("l" * n)))),
    ("input.hint.max_length", lambda n: modal(text_input(hint=plain("h" * n)))),
    ("block_id.max_length", lambda n: modal(text_input("b" * n))),
    ("action_id.max_length", lambda n: modal(field("plain_text_input", action_id="a" * n))),
    ("plain_text_input.placeholder.max_length", lambda n: modal(field("plain_text_input", placeholder=plain("p" * n)))),
    ("plain_text_input.min_length.max", lambda n: modal(field("plain_text_input", min_length=n))),
    ("plain_text_input.max_length.max", lambda n: modal(field("plain_text_input", max_length=n))),
    ("email_input.placeholder.max_length", lambda n: modal(field("email_text_input", placeholder=plain("p" * n)))),
    ("url_input.placeholder.max_length", lambda n: modal(field("url_text_input", placeholder=plain("p" * n)))),
    ("number_input.placeholder.max_length",
     lambda n: modal(field("number_input", is_decimal_allowed=False, placeholder=plain("p" * n)))),
    ("date_picker.placeholder.max_length", lambda n: modal(field("datepicker", placeholder=plain("p" * n)))),
    ("time_picker.placeholder.max_length", lambda n: modal(field("timepicker", placeholder=plain("p" * n)))),
    ("select.placeholder.max_length", lambda n: modal(field("users_select", placeholder=plain("p" * n)))),
    ("select.options.max_items", options),
    ("select.options.max_items", lambda n: options(n, "multi_static_select")),
    ("radio_buttons.options.max_items", lambda n: options(n, "radio_buttons")),
    ("checkboxes.options.max_items", lambda n: options(n, "checkboxes")),
    ("option.text.max_length", lambda n: options(1, text=n)),
    ("option.value.max_length", lambda n: options(1, value=n)),
    ("option.description.max_length", lambda n: options(1, description=plain("d" * n))),
    ("confirmation.title.max_length", lambda n: confirm(title=n)),
    ("confirmation.text.max_length", lambda n: confirm(text=n)),
    ("confirmation.confirm.max_length", lambda n: confirm(confirm=n)),
    ("confirmation.deny.max_length", lambda n: confirm(deny=n)),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "view"), AT_MOST, ids=[f"{n}-{name}" for n, (name, _) in enumerate(AT_MOST)])
def test_each_limit_is_met_and_not_passed(limit: str, view: Callable[[int], View]) -> None:
    assert checked_view(view(LIMITS[limit]))
    with pytest.raises(SlackError) as caught:
        checked_view(view(LIMITS[limit] + 1))
    assert caught.value.code == "invalid_arguments"
    assert caught.value.messages[0] == "failed to match all allowed schemas [json-pointer:/view]"


SUBMITLESS = {"type": "modal", "title": plain("T"), "blocks": [{"type": "divider"}, text_input()]}


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (SUBMITLESS, "must define `submit` to use `input` block [json-pointer:/view/blocks/1/input]"),
        (modal(text_input(), submit_disabled=True), "invalid additional property: submit_disabled"),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        ({"type": "modal", "title": plain("T")}, "missing required field: blocks [json-pointer:/view]"),
        ({"type": "home", "blocks": []}, "must be one of: modal [json-pointer:/view/type]"),
        ("view", "must be one of: modal [json-pointer:/view/type]"),
        (modal(text_input("a"), text_input("a")), "`block_id` must be unique: a already exists"),
        (modal(text_input(), title=""), "must be more than 0 characters [json-pointer:/view/title/text]"),
        (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown [json-pointer:/view/blocks/0/type]"),
        (modal(field("button", text=plain("x"))), "unsupported type: button"),
        (modal(field("overflow", options=[option()])), "unsupported type: overflow"),
        (modal(text_input(hint="a hint")), "must be an object [json-pointer:/view/blocks/0/hint]"),
        (modal({"type": "actions", "elements": [text_input()["element"]]}), "unsupported type: plain_text_input"),
        (modal(field("static_select")), "must provide at least one of: options, option_groups"),
        (modal(field("static_select", options=[])), "no less than 1 items allowed"),
        (modal(field("static_select", options=[option()], initial_option=option(2))), "must match one of the options"),
        (modal(field("checkboxes", options=[option()], initial_options=[option(2)])), "must match one of the options"),
        (modal(field("static_select", options=[{"text": {"type": "mrkdwn", "text": "*b*"}, "value": "v"}])),
         "unsupported type: mrkdwn"),
        (modal(field("datepicker", initial_date="23.11.2026")), "must be a date as YYYY-MM-DD"),
        (modal(field("timepicker", initial_time="7:28 AM")), "must be a time as HH:mm"),
        (modal(field("number_input")), "missing required field: is_decimal_allowed"),
        (modal(field("number_input", is_decimal_allowed=True, min_value=3)), "must be a string that is a number"),
        (modal(field("number_input", is_decimal_allowed=True, min_value="3", max_value="2")), "min_value must be"),
        (modal(field("plain_text_input", min_length=3, max_length=2)), "min_length must be less than or equal to"),
        (modal(field("plain_text_input", focus_on_load=True),
               text_input("b") | {"element": {"type": "plain_text_input", "action_id": "y", "focus_on_load": True}}),
         "only one element may have focus_on_load"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(view: Any, message: str) -> None:
    with pytest.raises(SlackError) as caught:
        checked_view(view)
    assert caught.value.code == "invalid_arguments"
    assert any(message in said for said in caught.value.messages), caught.value.messages


def test_a_view_is_not_too_large() -> None:
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2600}}] * 100
    with pytest.raises(SlackError) as caught:
        checked_view(modal(*long))
    assert caught.value.code == "view_too_large"


def test_radio_buttons_may_format_their_options() -> None:
    assert checked_view(
        modal(field("radio_buttons", options=[{"text": {"type": "mrkdwn", "text": "*b*"}, "value": "v"}]))
    )


def test_slack_makes_up_the_ids_that_are_left_out() -> None:
    block = {"type": "input", "label": plain("Why"), "element": {"type": "plain_text_input"}}
    button = {"type": "button", "text": plain("x")}
    made = checked_view(modal(block, {"type": "actions", "elements": [button, button]}))["blocks"]
    assert [made[0]["block_id"], made[0]["element"]["action_id"]] == ["b0", "a0"]
    assert [one["action_id"] for one in made[1]["elements"]] == ["a0", "a1"]


CHOICES = [{"text": plain("Tom"), "value": "005T"}, {"text": plain("Priya"), "value": "005P"}]


@pytest.mark.parametrize(
    ("element", "wanted", "state"),
    [
        ({"type": "plain_text_input"}, "x", {"value": "x"}),
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "number_input", "is_decimal_allowed": False}, 3, {"value": "3"}),
        ({"type": "static_select", "options": CHOICES}, "Priya", {"selected_option": CHOICES[1]}),
        ({"type": "static_select", "options": CHOICES}, None, {"selected_option": None}),
        ({"type": "static_select", "option_groups": [{"label": plain("a"), "options": CHOICES}]}, "005T",
         {"selected_option": CHOICES[0]}),
        ({"type": "multi_static_select", "options": CHOICES}, ["Tom", "005P"], {"selected_options": CHOICES}),
        ({"type": "radio_buttons", "options": CHOICES}, "Tom", {"selected_option": CHOICES[0]}),
        ({"type": "checkboxes", "options": CHOICES}, ["Tom"], {"selected_options": CHOICES[:1]}),
        ({"type": "checkboxes", "options": CHOICES}, None, {"selected_options": []}),
        ({"type": "datepicker"}, "2026-11-23", {"selected_date": "2026-11-23"}),
        ({"type": "timepicker"}, "07:28", {"selected_time": "07:28"}),
        ({"type": "datetimepicker"}, 1_795_447_680, {"selected_date_time": 1_795_447_680}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "channels_select"}, "C1", {"selected_channel": "C1"}),
        ({"type": "conversations_select"}, "D1", {"selected_conversation": "D1"}),
        ({"type": "multi_users_select"}, ["U1"], {"selected_users": ["U1"]}),
    ],
)  # fmt: skip
def test_what_a_person_puts_in_is_told_as_slack_tells_it(
    element: Any, wanted: object, state: dict[str, object]
) -> None:
    assert put(element, wanted, lambda *_: True) == {"type": element["type"], **state}


@pytest.mark.parametrize(
    ("element", "wanted", "why"),
    [
        ({"type": "static_select", "options": CHOICES}, "Nadia", "among the options: Tom, Priya"),
        ({"type": "multi_static_select", "options": CHOICES}, "Tom", "give a list"),
        (
            {"type": "multi_static_select", "options": CHOICES, "max_selected_items": 1},
            ["Tom", "Priya"],
            "no more than 1",
        ),
        ({"type": "datepicker"}, "tomorrow", "a date as YYYY-MM-DD"),
        ({"type": "timepicker"}, "noon", "a time as HH:mm"),
        ({"type": "datetimepicker"}, "now", "ten digits"),
        ({"type": "users_select"}, "U0FAR", "among the users"),
        ({"type": "button"}, "x", "cannot fill in a button"),
    ],
)
def test_what_is_not_offered_cannot_be_put_in(element: Any, wanted: object, why: str) -> None:
    with pytest.raises(CannotError, match=why):
        put(element, wanted, lambda *_: False)


@pytest.mark.parametrize(
    ("element", "value", "said"),
    [
        ({"type": "plain_text_input"}, None, "Please complete this required field."),
        ({"type": "checkboxes", "options": CHOICES}, None, "Please complete this required field."),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "Please enter at least 3 characters."),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "Please enter no more than 3 characters."),
        ({"type": "plain_text_input"}, "x" * 3001, "Please enter no more than 3000 characters."),
        ({"type": "email_text_input"}, "tom at fleet", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "fleet", "Please enter a valid URL."),
        ({"type": "number_input", "is_decimal_allowed": True}, "three", "Please enter a number."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "2"}, "1", "at least 2"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "2"}, "3", "at most 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "1", "max_value": "2"}, "1.5", ""),
        ({"type": "email_text_input"}, "tom@fleet.example", ""),
        ({"type": "url_text_input"}, "https://fleet.example/x", ""),
    ],
)
def test_slack_itself_says_what_is_wrong_in_a_field(element: Any, value: object, said: str) -> None:
    found = complaint({"element": element}, put(element, value, lambda *_: True))
    assert found == said if not said else said in found


def test_a_field_that_is_optional_may_be_empty() -> None:
    element = {"type": "plain_text_input"}
    assert complaint({"element": element, "optional": True}, beginning(element)) == ""
