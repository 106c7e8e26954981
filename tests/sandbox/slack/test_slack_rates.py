"""Slack's limits of calls a minute, by the sandbox's clock; and channels that are archived."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from deployments.sandbox.clock import Clock
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api, apps
from deployments.sandbox.slack.rates import TIERS
from deployments.sandbox.slack.seed import Channel
from deployments.sandbox.slack.state import SlackState

from .small_slack import ACME, BOT, NOW, REP, Exchangeable, Slack, seed, ts

DOCUMENTED = json.loads((Path(__file__).parents[2] / "payloads/slack/tiers.json").read_text())
A_MINUTE = {"t2": 20, "t3": 50, "t4": 100}


@pytest.fixture
def limited(server: tuple[str, Exchangeable]) -> Slack:
    """The small Slack with its limits on."""
    url, exchangeable = server
    clock = Clock(lambda: NOW)
    state = SlackState(seed(), clock, tiers=True)
    exchangeable.app = shell(api.routes(state), clock)
    return Slack(url, state, clock)


def call(slack: Slack, method: str, caller: str = BOT, **arguments: str) -> requests.Response:
    token = next(token for token, user in seed().tokens if user == caller)
    headers = {"Authorization": f"Bearer {token}"}
    return requests.post(f"{slack.url}/api/{method}", data=arguments, headers=headers, timeout=5)


def test_each_method_has_the_tier_that_slack_documents() -> None:
    assert {method: A_MINUTE.get(tier) for method, tier in DOCUMENTED.items()} == {m: TIERS.get(m) for m in DOCUMENTED}
    assert {*api.METHODS, apps.OPEN} == set(DOCUMENTED)


@pytest.mark.parametrize(
    ("method", "arguments", "allowed"),
    [
        ("conversations.list", {}, 20),
        ("conversations.history", {"channel": ACME}, 50),
        ("conversations.replies", {"channel": ACME, "ts": ts(1)}, 50),
        ("users.info", {"user": REP}, 100),
    ],
)
def test_beyond_its_tier_a_method_is_refused_until_a_minute_is_over(
    limited: Slack, method: str, arguments: dict[str, str], allowed: int
) -> None:
    answered = [call(limited, method, **arguments).status_code for _ in range(allowed)]
    refused = call(limited, method, **arguments)
    assert answered == [200] * allowed
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert refused.json() == {"ok": False, "error": "ratelimited"}

    limited.clock.set(NOW + timedelta(seconds=59.5))
    assert call(limited, method, **arguments).headers["Retry-After"] == "1"
    limited.clock.set(NOW + timedelta(seconds=60))
    assert call(limited, method, **arguments).json()["ok"]


def test_the_minute_moves_with_the_calls(limited: Slack) -> None:
    for second in range(50):
        limited.clock.set(NOW + timedelta(seconds=second))
        assert call(limited, "conversations.history", channel=ACME).status_code == 200

    assert call(limited, "conversations.history", channel=ACME).headers["Retry-After"] == "11"
    limited.clock.set(NOW + timedelta(seconds=60))
    codes = [call(limited, "conversations.history", channel=ACME).status_code for _ in range(2)]
    assert codes == [200, 429]


def test_methods_and_apps_have_limits_of_their_own(limited: Slack) -> None:
    for _ in range(20):
        call(limited, "conversations.list")

    assert call(limited, "conversations.list").status_code == 429
    assert call(limited, "conversations.list", caller=REP).status_code == 200
    assert call(limited, "users.list").status_code == 200


def test_a_method_with_a_limit_of_another_kind_is_not_counted(limited: Slack) -> None:
    assert {call(limited, "auth.test").status_code for _ in range(101)} == {200}


def test_without_being_asked_for_there_are_no_limits(slack: Slack) -> None:
    assert {call(slack, "conversations.list").status_code for _ in range(21)} == {200}


def test_an_archived_channel_is_left_out_where_that_is_asked_for_and_can_still_be_read(
    server: tuple[str, Exchangeable],
) -> None:
    url, exchangeable = server
    start = seed()
    over = Channel("C0OVER", "customer-over", (BOT, REP), is_archived=True)
    clock = Clock(lambda: NOW)
    state = SlackState(type(start)(start.teams, start.users, (*start.channels, over), tokens=start.tokens), clock)
    exchangeable.app = shell(api.routes(state), clock)
    bot = Slack(url, state, clock).client("xoxb-bot")

    assert "C0OVER" in [c["id"] for c in bot.conversations_list()["channels"]]
    assert "C0OVER" not in [c["id"] for c in bot.conversations_list(exclude_archived=True)["channels"]]
    assert bot.conversations_info(channel="C0OVER")["channel"]["is_archived"]
    assert bot.conversations_history(channel="C0OVER")["messages"] == []
