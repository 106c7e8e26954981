"""The small app of Bolt in somebody else's pretend Slack: what it does there, it does in ours (test_app_bolt.py)."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from tests.slack_emulated import APP_TOKEN, BOT_TOKEN, CHANNEL, PERSON, Emulated, emulated_or_skipped
from tests.slack_hands import waited
from tests.small_bolt import ANSWER, ERROR, POSTED, PRESSED, small_app

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def other() -> Iterator[Emulated]:
    with emulated_or_skipped() as running:
        yield running


def test_from_the_command_to_the_message_and_its_button(other: Emulated) -> None:
    client = WebClient(token=BOT_TOKEN, base_url=other.web_api)
    with small_app(client, APP_TOKEN, "/deals", CHANNEL):
        other.type("/deals why")
        modal = waited(other.modal, "the modal")
        assert modal["blocks"][0]["element"]["initial_value"] == "why"
        assert other.submit({"why": {"typed": {"type": "plain_text_input", "value": "no"}}}) == {"why": ERROR}
        assert other.submit({"why": {"typed": {"type": "plain_text_input", "value": "because"}}}) == {}
        assert other.modal() is None
        posted = waited(lambda: [m for m in other.messages() if m["text"] == f"{POSTED}because"], "the message")[0]
        other.press(posted["ts"], "take")
        waited(lambda: f"{PRESSED}{PERSON}" in [m["text"] for m in other.messages()], "the answer to the button")
        assert ANSWER in [m["text"] for m in other.messages()]
