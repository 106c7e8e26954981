"""What is answered and accepted, held to what the real Slack answers and documents."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from deployments.sandbox.slack.api import METHODS

from .small_slack import ACME, REP, SALES, Slack, ts

PAYLOADS = Path(__file__).parents[2] / "payloads/slack"
SHAPES = json.loads((PAYLOADS / "shapes.json").read_text())
DOCUMENTED = json.loads((PAYLOADS / "methods.json").read_text())
ID = re.compile(r"[A-Z][A-Z0-9]{2,}")

# Real answers have these, the samples we were given do not: the unions of chat.postMessage, history and replies were
# too large to be among them.
ALSO_REAL = {"app_id", "event_payload"}
# Blocks are held to Block Kit's rules instead; the state is by block and action id, and the samples leave it out.
ANYTHING = {"blocks", "attachments", "state"}


def unknown(value: Any, shape: Any, path: str = "") -> Iterator[str]:
    """The paths of keys that the shape does not have."""
    if isinstance(value, list):
        for item in value:
            yield from unknown(item, shape, path)
    elif isinstance(value, dict):
        shape = SHAPES["message"] if shape == "message" else shape
        for key, content in value.items():
            known = "*" if ID.fullmatch(key) and "*" in shape else key
            if known in ANYTHING | ALSO_REAL:
                continue
            if known not in shape:
                yield f"{path}/{key}"
            else:
                yield from unknown(content, shape[known], f"{path}/{known}")


def exercise(bot: WebClient) -> Iterator[tuple[str, Any]]:
    """A call of every method, with something in each answer."""
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
    metadata = {"event_type": "report", "event_payload": {"key": "k"}}
    root = bot.chat_postMessage(channel=SALES, text="x", blocks=[block], metadata=metadata)
    yield "chat.postMessage", root
    at = {"channel": SALES, "timestamp": root["ts"]}
    yield "chat.postMessage", bot.chat_postMessage(channel=SALES, text="x", thread_ts=root["ts"], reply_broadcast=True)
    yield "reactions.add", bot.reactions_add(**at, name="eyes")
    yield "reactions.get", bot.reactions_get(**at)
    yield "conversations.history", bot.conversations_history(channel=SALES, include_all_metadata=True, latest=ts(99))
    yield "reactions.remove", bot.reactions_remove(**at, name="eyes")
    yield "chat.update", bot.chat_update(channel=SALES, ts=root["ts"], text="y")
    yield "chat.getPermalink", bot.chat_getPermalink(channel=SALES, message_ts=root["ts"])
    yield "chat.postEphemeral", bot.chat_postEphemeral(channel=SALES, user=REP, text="x")
    yield "chat.delete", bot.chat_delete(channel=SALES, ts=root["ts"])
    yield "conversations.history", bot.conversations_history(channel=SALES)
    yield "conversations.history", bot.conversations_history(channel=ACME)
    yield "conversations.history", bot.conversations_history(channel=ACME, limit=1)
    yield "conversations.replies", bot.conversations_replies(channel=ACME, ts=ts(1), limit=1)
    yield "conversations.list", bot.conversations_list()
    yield "conversations.info", bot.conversations_info(channel=ACME, include_num_members=True)
    yield "conversations.members", bot.conversations_members(channel=ACME)
    yield "conversations.join", bot.conversations_join(channel="C0EMPTY")
    yield "conversations.join", bot.conversations_join(channel="C0EMPTY")
    yield "conversations.open", bot.conversations_open(users=REP, return_im=True)
    yield "conversations.open", bot.conversations_open(users=REP)
    yield "users.conversations", bot.users_conversations(types="public_channel,im")
    yield "users.list", bot.users_list()
    yield "users.info", bot.users_info(user=REP)
    yield "users.info", bot.users_info(user="U0CUSTOMER")
    yield "users.lookupByEmail", bot.users_lookupByEmail(email="tom@fleet.example")
    yield "auth.test", bot.auth_test()
    yield "team.info", bot.team_info()
    yield "bots.info", bot.bots_info(bot="B0BOT")
    ticket = bot.files_getUploadURLExternal(filename="a.csv", length=1)
    yield "files.getUploadURLExternal", ticket
    yield "files.info", bot.files_info(file="F0LOG")
    yield "files.completeUploadExternal", bot.files_upload_v2(channel=SALES, filename="a.csv", content="a,b")


def test_every_key_we_answer_is_one_of_slacks(slack: Slack, bot: WebClient) -> None:
    called, ours = set(), []
    for method, answer in exercise(bot):
        data = {key: value for key, value in answer.data.items() if key != "file"}  # slack_sdk adds `file`
        ours += [f"{method}{path}" for path in unknown(data, SHAPES["answers"][method] | {"ok": {}})]
        called.add(method)
    assert ours == []
    assert called == {name for name in METHODS if not name.startswith("views.")}  # those are in test_app_modals.py


@pytest.mark.parametrize("name", METHODS)
def test_every_argument_we_accept_is_documented(name: str) -> None:
    documented = DOCUMENTED[name]
    ours = set(METHODS[name].arguments)
    assert ours <= set(documented["arguments"]), "not documented"
    assert set(documented["required"]) <= ours, "required by Slack"
    assert METHODS[name].reads_json == documented["reads_json"]
