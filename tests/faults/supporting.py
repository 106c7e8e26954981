"""One evening with two customers, Mon 2026-11-23 in Los Angeles, of which a run of the after-hours support is to make a
ticket, comments and a reply."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from deployments.sandbox.company.model import Company
from deployments.sandbox.company.slack_talk import CHANNELS, CUSTOMERS, TEAMS
from deployments.sandbox.company.zendesk import ZENDESK
from deployments.sandbox.slack.state import SlackState
from tests.company import OFFICE

ACME, GLOBEX = "C0ACME", "C0GLOBEX"
DANA, RUTH, US = "U0DANA", "U0RUTH", "U0MARISOL"
EVENING: Final = datetime(2026, 11, 23, 18, 0, tzinfo=OFFICE)
_MINUTES = timedelta(minutes=1)
_BEGAN = EVENING.timestamp()
_FIRST: Final = ((0, ACME, DANA, "Agents are offline", ""),)
# Below the first: two more of the customer and one of ours. Then two of one customer within minutes, which are one.
_NEWS: Final = (
    (20, ACME, DANA, "Also in Lyon", "Agents are offline"),
    (21, ACME, US, "We are looking", "Agents are offline"),
    (22, GLOBEX, RUTH, "How many licences", ""),
    (24, GLOBEX, RUTH, "I mean the new ones", ""),
)
TALK: Final = (*_FIRST, *_NEWS)
SETTINGS: Final = {"RITUALS_SLACK_CUSTOMER_CHANNELS": json.dumps({ACME: "001A", GLOBEX: "001G"})}
FIRST_RUN, SECOND_RUN = EVENING + 2 * _MINUTES, EVENING + 26 * _MINUTES


def with_customers(company: Company) -> Company:
    """The company, with two customers in Slack and a Zendesk."""
    slack, channels = company.slack, tuple(one for one in CHANNELS if one.id in {ACME, GLOBEX})
    home = tuple(replace(one, members=tuple(m for m in one.members if m != "U0HARPER")) for one in channels)
    known = {user.id for user in (*slack.users, *CUSTOMERS)}
    there = tuple(replace(one, members=tuple(m for m in one.members if m in known)) for one in home)
    more = replace(slack, teams=TEAMS, users=(*slack.users, *CUSTOMERS), channels=(*slack.channels, *there))
    return replace(company, slack=more, zendesk=ZENDESK, settings={**company.settings, **SETTINGS})


def say(slack: SlackState, *, news: bool) -> None:
    """The customers write, and one of us: the first message, or what comes after it. The clock must stand later."""
    for minute, channel, who, words, below in _NEWS if news else _FIRST:
        content = {"type": "message", "ts": ts(minute), "user": who, "team": slack.users[who].team_id, "text": words}
        if below:
            content |= {"thread_ts": ts_of(below), "parent_user_id": DANA}
        slack.conversations[channel].add(content)


def ts(minute: int) -> str:
    """Of the message of that minute of the evening."""
    return f"{int(_BEGAN) + minute * 60}.000000"


def ts_of(words: str) -> str:
    """Of the message with those words."""
    return next(ts(minute) for minute, _, _, said, _ in TALK if said == words)
