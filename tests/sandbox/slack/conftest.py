"""The small Slack, served anew for each test."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from deployments.sandbox import slack_controls
from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.state import SlackState
from tests.slack_hands import AppEnd, Hands

from .small_slack import NOW, REP, Exchangeable, Slack, seed
from .wire import Wire


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[str, Exchangeable]]:
    exchangeable = Exchangeable()
    with serve(exchangeable) as url:
        yield url, exchangeable


@pytest.fixture
def slack(server: tuple[str, Exchangeable]) -> Slack:
    url, exchangeable = server
    clock = Clock(lambda: NOW)
    state = SlackState(seed(), clock)
    exchangeable.app = shell([*api.routes(state), *slack_controls.routes(state)], clock)
    return Slack(url, state, clock)


@pytest.fixture
def bot(slack: Slack) -> WebClient:
    return slack.client("xoxb-bot")


@pytest.fixture
def rep(slack: Slack) -> Hands:
    """The hands of our rep."""
    return Hands(slack.url, REP)


@pytest.fixture
def app_end(slack: Slack) -> AppEnd:
    return AppEnd(slack.url)


@pytest.fixture
def wire(slack: Slack, app_end: AppEnd) -> Iterator[Wire]:
    """The app, connected once."""
    wire = Wire(slack)
    app_end.connected()
    yield wire
    wire.close()
