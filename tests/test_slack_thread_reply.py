"""A reply in a customer's thread is posted once, whatever becomes of the answer or of the ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.clients import Refused, Unavailable, slack_reader, slack_writer
from tasks.ledger import Ledger
from tasks.reports.blocks import Block
from tasks.slack_thread_reply import ThreadGone, never_reply, reply_once
from tests.databases import sqlite_copy
from tests.slack_alone import CHANNEL, Slack, payload, running

KEY = "after-hours"


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    with running() as started:
        yield started


@pytest.fixture
def thread(slack: Slack) -> str:
    """The ts of a message that is new."""
    return str(slack.client.chat_postMessage(channel=CHANNEL, text="Hello?")["ts"])


@pytest.fixture
def lost_ledger(sqlite_ledger: Path, tmp_path: Path) -> Iterator[Ledger]:
    """One that knows nothing."""
    home = tmp_path / "lost"
    home.mkdir()
    with Ledger(sqlite_copy(sqlite_ledger, home), owner="lost") as opened:
        yield opened


def reply(slack: Slack, ledger: Ledger, thread: str, key: str = KEY, blocks: list[Block] | None = None) -> str:
    write, read = slack_writer(slack.config), slack_reader(slack.config)
    return reply_once(write, read, ledger, CHANNEL, thread, "We made a ticket.", key, blocks)


def said(slack: Slack, thread: str) -> list[str]:
    """The keys of what stands below the message."""
    return [payload(message)["key"] for message in slack.thread(thread)[1:]]


pytestmark = pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)


def test_each_key_is_said_once_in_each_thread(slack: Slack, ledger: Ledger, thread: str) -> None:
    first = reply(slack, ledger, thread)

    assert reply(slack, ledger, thread) == first == slack.thread(thread)[1]["ts"]
    reply(slack, ledger, thread, "filed")
    assert said(slack, thread) == [KEY, "filed"]


def test_a_ledger_that_was_lost_finds_it_in_slack(
    slack: Slack, ledger: Ledger, lost_ledger: Ledger, thread: str
) -> None:
    assert reply(slack, lost_ledger, thread) == reply(slack, ledger, thread)
    assert said(slack, thread) == [KEY]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "cut_body", "unavailable", "html"])
def test_a_lost_answer_is_looked_for_and_not_sent_again(slack: Slack, ledger: Ledger, thread: str, kind: str) -> None:
    slack.fault(kind, 1, "/api/chat.postMessage")
    with pytest.raises(Unavailable):
        reply(slack, ledger, thread)

    reply(slack, ledger, thread)

    assert said(slack, thread) == [KEY]


def test_blocks_that_slack_refuses_leave_the_text(slack: Slack, ledger: Ledger, thread: str) -> None:
    good: list[Block] = [{"type": "section", "text": {"type": "mrkdwn", "text": "Made."}}]
    reply(slack, ledger, thread, blocks=good)
    reply(slack, ledger, thread, "other", [{"type": "no such block"}])

    shown, plain = slack.thread(thread)[1:]
    assert (shown["blocks"][0]["type"], plain["text"]) == ("section", "We made a ticket.")


def test_what_was_decided_never_to_be_said_is_not_said(slack: Slack, ledger: Ledger, thread: str) -> None:
    for _ in range(2):
        never_reply(ledger, CHANNEL, thread, KEY, "support was open")
    with pytest.raises(Refused, match="support was open"):
        reply(slack, ledger, thread)
    reply(slack, ledger, thread, "other")
    never_reply(ledger, CHANNEL, thread, "other", "too late")

    assert said(slack, thread) == ["other"]


def test_a_message_that_is_gone_is_told_apart(slack: Slack, ledger: Ledger, thread: str) -> None:
    slack.delete(thread)

    with pytest.raises(ThreadGone, match="was deleted"):
        reply(slack, ledger, thread)
