"""python -m deployments.slack_app: /rituals and the buttons of the reports, in Slack.

It listens over Socket Mode, so nothing has to reach it from outside. What a person fills in is the form that Prefect's
UI shows, made from the same model, and what they start is the same deployment. Who may is in RITUALS_SLACK_DECIDERS;
Slack says who they are, so nobody signs by hand.
"""

import argparse
import logging
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from deployments.slack_desk import Desk
from deployments.slack_views import CONFIRM, FORM
from tasks.clients import Refused, slack_writer
from tasks.reports.slack_buttons import PRESSED
from tasks.settings import Settings, SettingsError, settings
from tasks.slack_pages import code, in_words

COMMAND = "/rituals"
PING_SECONDS = 4
_TOKEN_REFUSED = {"invalid_auth", "not_allowed_token_type", "missing_scope", "token_revoked", "access_denied"}
log = logging.getLogger(__name__)


def main() -> int:
    """Listens until it is told to end; 1 with the reason where it cannot."""
    argparse.ArgumentParser(prog="python -m deployments.slack_app", description=__doc__).parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    ends = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ends.set())
    try:
        with listening(settings()):
            sys.stdout.write("Listening to Slack.\n")
            sys.stdout.flush()
            ends.wait()
    except (Refused, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


@contextmanager
def listening(config: Settings) -> Iterator[None]:
    """A connection to Slack that answers from threads of its own, and connects anew when it is lost. Raises Refused
    with the remedy where a setting is missing or Slack refuses one of the tokens, and as `slack_pages.in_words`."""
    token = config.slack_app_token.get_secret_value() if config.slack_app_token else ""
    if not token:
        raise Refused("RITUALS_SLACK_APP_TOKEN is not set: an app-level token (xapp-…) with connections:write.")
    if not config.slack_deciders:
        raise Refused('RITUALS_SLACK_DECIDERS is empty: who may use the app, as {"U02AB": "Full Name"}.')
    desk = Desk(config, slack_writer(config))
    with in_words("the bot"):
        desk.client.auth_test()
    web = WebClient(token=token, base_url=config.slack_url)
    # A line that was cut is noticed after five pings without an answer.
    handler = SocketModeHandler(app(desk), token, web_client=web, ping_interval=PING_SECONDS)
    try:
        _connect(handler)
        yield
    finally:
        handler.client.close()
        desk.follower.close()


def _connect(handler: SocketModeHandler) -> None:
    with in_words("Socket Mode"):
        try:
            handler.client.connect()
        except SlackApiError as error:
            if code(error) not in _TOKEN_REFUSED:
                raise
            raise Refused(
                f"Slack refused RITUALS_SLACK_APP_TOKEN ({code(error)}): make an app-level token with the scope "
                "connections:write, and switch Socket Mode on."
            ) from None


def app(desk: Desk) -> App:
    """The Bolt app: whom it listens to, and which part of the desk answers what."""
    made = App(client=desk.client, name="rituals", token_verification_enabled=False)
    made.use(ours_alone)
    made.command(COMMAND)(desk.on_command)
    made.action(re.compile(f"^{PRESSED}_"))(desk.on_button)
    made.action(re.compile(f"^(?!{PRESSED}_)"))(on_link)
    made.view(FORM)(desk.on_form)
    made.view(CONFIRM)(desk.on_confirm)
    made.error(desk.on_trouble)
    return made


def ours_alone(body: dict[str, Any], context: BoltContext, next: Callable[[], None], ack: Ack) -> None:  # noqa: A002
    """Lets nobody in who belongs to another workspace: in a shared channel they see the buttons too."""
    theirs = (body.get("user") or {}).get("team_id") or body.get("team_id")
    if context.authorize_result is not None and theirs == context.authorize_result.team_id:
        next()
        return
    log.warning("somebody of another workspace pressed or typed; nothing was done")
    ack()


def on_link(ack: Ack) -> None:
    """A button that only leads somewhere: Slack asks whether the press arrived."""
    ack()


if __name__ == "__main__":
    sys.exit(main())
