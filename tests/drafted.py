"""Requests that a feedback sweep drafted for the pretend company, and what became of them."""

import json
from collections.abc import Mapping
from typing import Any

import requests

from tasks.clients import slack_reader
from tasks.ledger_feedback import Codenames, RequestDrafts
from tasks.rules.feedback import DraftedRequest, IssueDraft
from tasks.rules.request_draft import marked, marker
from tasks.runs import remembered, this_moment
from tasks.settings import settings
from tests.company import Sandbox

PRIVATE, PUBLIC = "acme/confidential", "acme/product"
RESTARTS, DASHBOARD = "11c0ffee00b1", "11c0ffee00b2"
TITLES = {RESTARTS: "Hosts stay offline after a restart of the server", DASHBOARD: "The dashboard could be dark"}
BODIES = {RESTARTS: "Hosts do not come back when the server restarts.", DASHBOARD: "At night it is too bright."}
CHANNELS = {RESTARTS: "C0UMBRELLA", DASHBOARD: "C0VANTAGE"}
NAMES = {"C0UMBRELLA": "Ceraskia", "C0VANTAGE": "Abnoba"}


def keep(sandbox: Sandbox, titles: Mapping[str, str] | None = None) -> None:
    """As the sweep of today would remember them, some with other titles; their customers have codenames."""
    config = settings()
    with remembered(config) as memory:
        for channel, name in NAMES.items():
            Codenames(memory).assign(config.slack_customer_channels[channel], name, "Kira Sandoval")
        drafts = [draft(sandbox, key, {**TITLES, **(titles or {})}[key]) for key in TITLES]
        RequestDrafts(memory).keep(this_moment(config).as_of, drafts)


def draft(sandbox: Sandbox, key: str, title: str, of: str = "") -> DraftedRequest:
    """One of them; `key` may be another than that of the request `of`."""
    channel = CHANNELS[of or key]
    account, root = settings().slack_customer_channels[channel], root_in(sandbox, channel)
    tag = f"customer-{codename(channel)}"
    body = f"{BODIES[of or key]}\n\nAsked for by `{tag}`.\n\n{marker(key)}\n"
    return DraftedRequest(key, channel, root, account, IssueDraft(title, body, ("customer request", tag)))


def codename(channel: str) -> str:
    """As labels have it."""
    return NAMES[channel].lower()


def root_in(sandbox: Sandbox, channel: str) -> str:
    """The ts of what was said last in that channel."""
    return str(slack_reader(sandbox.settings).conversations_history(channel=channel, limit=1)["messages"][0]["ts"])


def issues(sandbox: Sandbox, repository: str = PUBLIC) -> list[Mapping[str, Any]]:
    """Those that requests were filed as, the oldest first."""
    token = {"Authorization": f"Bearer {sandbox.environment['RITUALS_GITHUB_TOKEN']}"}
    url = f"{sandbox.address}/github/repos/{repository}/issues?state=all&direction=asc&per_page=100"
    return [one for one in requests.get(url, headers=token, timeout=10).json() if marked(one["body"] or "")]


def replies(sandbox: Sandbox, channel: str) -> list[str]:
    """What customers were told in that thread, with its blocks."""
    client, root = slack_reader(sandbox.settings), root_in(sandbox, channel)
    standing = client.conversations_replies(channel=channel, ts=root)["messages"]
    ours = [one for one in standing if one.get("bot_id") and "on GitHub now" in one["text"]]
    return [one["text"] + json.dumps(one.get("blocks"), ensure_ascii=False) for one in ours]
