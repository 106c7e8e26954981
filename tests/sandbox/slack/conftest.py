"""The small Slack, served anew for each test."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from deployments.sandbox.clock import Clock
from deployments.sandbox.server import serve
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.state import SlackState

from .small_slack import NOW, Exchangeable, Slack, seed


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
    exchangeable.app = shell(api.routes(state), clock)
    return Slack(url, state, clock)


@pytest.fixture
def bot(slack: Slack) -> WebClient:
    return slack.client("xoxb-bot")
