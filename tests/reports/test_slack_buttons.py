"""A button that led to a run form of Prefect is pressed in Slack, and carries what its address carried."""

import json
import random
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.reports.blocks import DIVIDER, link_buttons
from tasks.reports.limits import BUTTON_VALUE, URL
from tasks.reports.slack_buttons import Press, pressed_in_slack, read, value

DECIDE = "0c22b1d4-5f0e-4b6f-9a53-2f6f1f0a7c11"
FORMS = st.dictionaries(st.text(max_size=12), st.none() | st.booleans() | st.text() | st.lists(st.text()), max_size=6)


def address(form: dict[str, Any], deployment: str = DECIDE) -> str:
    query = urlencode({"parameters": json.dumps({"form": form})})
    return f"https://prefect.example.com/v2/deployments/deployment/{deployment}/run?{query}"


def pressed(url: str, **more: str) -> dict[str, Any]:
    [row] = link_buttons([("Decide", url)])
    [shown] = pressed_in_slack([{**row, "elements": [{**row["elements"][0], **more}]}])
    return dict(shown["elements"][0])


def test_it_carries_the_deployment_and_its_form_and_leads_nowhere_else() -> None:
    button = pressed(address({"proposal": "2026-11-23-3f9a1c", "dry_run": False}), action_id="decide", style="primary")

    assert button == {
        "type": "button",
        "text": {"type": "plain_text", "text": "Decide", "emoji": False},
        "style": "primary",
        "action_id": "form_0_decide",
        "value": f'{{"deployment":"{DECIDE}","form":{{"proposal":"2026-11-23-3f9a1c","dry_run":false}}}}',
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.my.salesforce.com/lightning/o/Opportunity/list?filterName=AllOpportunities",
        "https://prefect.example.com/v2/runs/flow-run/0c22b1d4-5f0e-4b6f-9a53-2f6f1f0a7c11",
        f"https://prefect.example.com/v2/deployments/deployment/{DECIDE}/run",
        f"https://prefect.example.com/v2/deployments/deployment/{DECIDE}/run?parameters=%7B",
        f"https://prefect.example.com/v2/deployments/deployment/{DECIDE}/run?parameters=%5B%5D",
    ],
)
def test_any_other_button_leads_where_it_led(url: str) -> None:
    button = pressed(url)

    assert (button["url"], button["action_id"]) == (url, "open_1")


def test_blocks_without_buttons_stay_as_they_are() -> None:
    assert pressed_in_slack([DIVIDER]) == [DIVIDER]


def test_a_hundred_and_twenty_findings_fit_into_one_button() -> None:
    form = {"findings": [f"{number:012x}" for number in range(0x3F9A1C000000, 0x3F9A1C000000 + 120)]}

    button = pressed(address(form))

    assert len(button["value"]) <= BUTTON_VALUE
    assert read(button["value"]) == Press(DECIDE, form)


def test_what_no_button_can_carry_still_leads_to_prefect() -> None:
    words = "".join(random.Random(1).choices("0123456789abcdefghijklmnopqrstuvwxyz", k=2_800))  # noqa: S311 - any text
    url = address({"text": words})
    assert len(url) <= URL

    assert pressed(url)["url"] == url


@given(FORMS)
def test_what_a_button_carries_comes_back_whatever_it_is(form: dict[str, Any]) -> None:
    assert read(value(Press(DECIDE, form))) == Press(DECIDE, form)


@given(FORMS)
def test_nothing_in_it_is_a_sign_that_slack_escapes(form: dict[str, Any]) -> None:
    assert not set("<>&") & set(value(Press(DECIDE, form)))


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "decide",
        "[]",
        "z:",
        "z:AAAA",
        '{"deployment": 1, "form": {}}',
        '{"deployment": "a"}',
        '{"form": {}}',
        "null",
    ],
)
def test_anything_else_is_no_form(carried: str) -> None:
    with pytest.raises(ValueError, match="no form"):
        read(carried)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = value(Press(DECIDE, {"text": "x" * 200_000}))
    assert len(bomb) < BUTTON_VALUE

    with pytest.raises(ValueError, match="no form"):
        read(bomb)
