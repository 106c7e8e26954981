"""The app's end of a web socket, bare: it sees each envelope and answers what the test says."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_sdk import WebClient
from websockets.sync.client import ClientConnection, connect

from tests.slack_hands import Hands, Seen

from .small_slack import APP, Slack

SECONDS = 5


class Wire:
    """One web socket of the app."""

    def __init__(self, slack: Slack) -> None:
        self.address: str = slack.client("").apps_connections_open(app_token=APP.token)["url"]
        self.socket: ClientConnection = connect(self.address)
        self.hello = self.heard()

    def heard(self) -> dict[str, Any]:
        """The next frame."""
        return dict(json.loads(self.socket.recv(timeout=SECONDS)))

    def acknowledge(self, envelope: dict[str, Any], payload: object = None) -> None:
        more = {} if payload is None else {"payload": payload}
        self.socket.send(json.dumps({"envelope_id": envelope["envelope_id"], **more}))

    def answering(
        self,
        act: Callable[[], list[Seen]],
        payload: object = None,
        meanwhile: Callable[[dict[str, Any]], object] = lambda _: None,
    ) -> tuple[dict[str, Any], list[Seen]]:
        """What the app is told of that act, and what the person was shown once it was acknowledged with that payload.
        `meanwhile` happens between the two."""
        with ThreadPoolExecutor(1) as pool:
            acting = pool.submit(act)
            envelope = self.heard()
            meanwhile(envelope["payload"])
            self.acknowledge(envelope, payload)
            return dict(envelope["payload"]), acting.result(SECONDS)

    def close(self) -> None:
        self.socket.close()


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def text_input(block_id: str = "why", **more: object) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "typed"}
    return {"type": "input", "block_id": block_id, "label": plain(block_id.title()), "element": element, **more}


def modal(*blocks: dict[str, Any], title: str = "Run", **more: object) -> dict[str, Any]:
    """A modal that is right, with a submit button."""
    return {"type": "modal", "title": plain(title), "submit": plain("Start"), "blocks": list(blocks), **more}


def opened(wire: Wire, hands: Hands, bot: WebClient, view: dict[str, Any], channel: str) -> dict[str, Any]:
    """The view that the app opened when that person gave its command."""

    def opens(payload: dict[str, Any]) -> None:
        told.append(dict(bot.views_open(trigger_id=payload["trigger_id"], view=view)["view"]))

    told: list[dict[str, Any]] = []
    wire.answering(lambda: hands.type(channel, "/deals"), meanwhile=opens)
    return told[0]
