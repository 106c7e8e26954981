"""A small app in Socket Mode, made with Bolt as apps are: to hold our pretend Slack and somebody else's to the same.

The command opens a modal; what is submitted is refused once it is too short, else posted with a button; the button asks
nobody and replaces the message.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

LONG_ENOUGH = 5
ANSWER, ERROR, POSTED, PRESSED = "One moment.", "Say more.", "Reason: ", "Taken by "
View = dict[str, Any]


@contextmanager
def small_app(client: WebClient, app_token: str, command: str, channel: str) -> Iterator[SocketModeHandler]:
    """The app, connected, until the context ends. `client` carries the bot's token, and leads to that Slack."""
    app = App(client=client)

    @app.command(command)
    def asked(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack(ANSWER)
        client.views_open(trigger_id=body["trigger_id"], view=form(body["text"]))

    @app.view("reason")
    def submitted(ack: Ack, view: View, client: WebClient) -> None:
        text = view["state"]["values"]["why"]["typed"]["value"]
        if len(text) < LONG_ENOUGH:
            ack(response_action="errors", errors={"why": ERROR})
            return
        ack()
        client.chat_postMessage(channel=channel, text=f"{POSTED}{text}", blocks=posted(text))

    @app.action("take")
    def pressed(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        ack()
        respond(f"{PRESSED}{body['user']['id']}", replace_original=True)

    handler = SocketModeHandler(app, app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        yield handler
    finally:
        handler.close()  # type: ignore[no-untyped-call]


def form(text: str) -> View:
    """The modal."""
    element = {"type": "plain_text_input", "action_id": "typed", "initial_value": text}
    field = {"type": "input", "block_id": "why", "label": _plain("Why"), "element": element}
    return {"type": "modal", "callback_id": "reason", "title": _plain("A reason"), "submit": _plain("Post it"),
            "close": _plain("Cancel"), "blocks": [field]}  # fmt: skip


def posted(text: str) -> list[View]:
    """The message with its button."""
    button = {"type": "button", "action_id": "take", "text": _plain("Take it"), "value": "1"}
    return [
        {"type": "section", "text": _plain(f"{POSTED}{text}")},
        {"type": "actions", "block_id": "row", "elements": [button]},
    ]


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}
