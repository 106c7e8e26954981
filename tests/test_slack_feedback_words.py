"""What a message of a customer channel says, who and what it names, its files and its address, over real HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest

from deployments.sandbox.slack.seed import Attachment
from tasks.rules.feedback import SharedFile
from tests.customer_channels import ACME, BOT, CLEO, DANA, GLOBEX, TOM, CustomerSlack, said, says, serving, ts

SAT, SUN, WEEK_AGO = "Sat 2026-11-21 09:00", "Sun 2026-11-22 21:40", "Mon 2026-11-16 10:00"
LOG = Attachment("F0LOG", "error.log", "text/plain", b"502\n")
PICTURE = Attachment("F0PIC", "down.png", "image/png", b"x")
UNKNOWN = "U0NOBODY"


@pytest.fixture(scope="module")
def slack() -> Iterator[CustomerSlack]:
    with serving() as running:
        yield running


def test_people_and_channels_are_called_by_their_names(slack: CustomerSlack) -> None:
    slack.begin(
        says(CLEO, SAT, f"<@{TOM}> <@{BOT}> <@{UNKNOWN}> see <#{GLOBEX}> and <https://a.example|this>, <!here>")
    )

    assert said(slack.read()) == [
        ["@Tom Okafor @Revenue rituals @U0NOBODY see #customer-globex and this (https://a.example), @here"]
    ]


def test_each_person_is_asked_about_once_and_nobody_who_has_nothing_to_do_with_it(slack: CustomerSlack) -> None:
    slack.begin(
        says(DANA, WEEK_AGO, "Old"),
        *(says(CLEO if minute % 2 else TOM, f"Sat 2026-11-21 09:{minute:02}", f"<@{TOM}>") for minute in range(40)),
        says(CLEO, SUN, "Hello", channel=GLOBEX),
    )
    reading = slack.read()

    counted = {"auth.test": 1, "conversations.list": 1, "conversations.history": 2, "users.info": len({TOM, CLEO})}
    assert slack.calls() == counted
    assert reading.calls == sum(counted.values())


def test_of_whom_slack_does_not_know_the_words_are_told_as_a_customers(slack: CustomerSlack) -> None:
    slack.begin(says(TOM, SAT, "Is it down?"))
    slack.answering.instead["/api/users.info"] = {"ok": False, "error": "user_not_found"}

    [message] = slack.read().conversations[0].messages
    assert (message.text, message.name, message.is_ours) == ("Is it down?", TOM, False)


def test_a_message_of_blocks_alone_says_what_they_say(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, WEEK_AGO, "Hello"))
    line = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": "Down for "}, {"type": "user", "user_id": TOM}],
    }
    content = {
        "channel": ACME,
        "thread_ts": ts(WEEK_AGO),
        "text": "",
        "blocks": [{"type": "rich_text", "elements": [line]}],
    }
    slack.client("xoxp-cleo").api_call("chat.postMessage", json=content)

    reading = slack.read(until=slack.time.now)
    assert [message.text for message in reading.conversations[0].news] == ["Down for @Tom Okafor"]


def test_an_edit_and_a_deletion_through_slack_are_what_stands(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, SAT, "It is slow"), says(CLEO, SUN, "Never mind"))
    cleo = slack.client("xoxp-cleo")
    cleo.chat_update(channel=ACME, ts=ts(SAT), text="It is *down*")
    cleo.chat_delete(channel=ACME, ts=ts(SUN))

    assert said(slack.read()) == [["It is down"]]


def test_files_are_told_by_name_with_where_they_can_be_read(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, SAT, "", files=(LOG, PICTURE)))

    [message] = slack.read().conversations[0].messages
    assert message.text == ""
    assert message.files == (
        SharedFile("error.log", f"{slack.address}/slack/files/F0LOG"),
        SharedFile("down.png", f"{slack.address}/slack/files/F0PIC"),
    )


# What Slack may tell of a file, and what is told of it here.
FILES: dict[str, tuple[dict[str, Any], tuple[SharedFile, ...]]] = {
    "deleted": ({"id": "F1", "mode": "tombstone"}, ()),
    "of another workspace": ({"id": "F1", "file_access": "check_file_info"}, (SharedFile("F1", ""),)),
    "without a name": (
        {"id": "F1", "name": None, "title": "Screenshot", "permalink": "https://home.slack.com/files/F1"},
        (SharedFile("Screenshot", "https://home.slack.com/files/F1"),),
    ),
    "without a page": (
        {"id": "F1", "name": "a.log", "url_private": "https://files.slack.com/F1"},
        (SharedFile("a.log", "https://files.slack.com/F1"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_slack_tells_little_of(slack: CustomerSlack, case: str) -> None:
    file, told = FILES[case]
    slack.begin()
    message = {"type": "message", "subtype": "file_share", "user": CLEO, "ts": ts(SAT), "text": "", "files": [file]}
    slack.answering.instead["/api/conversations.history"] = {"ok": True, "messages": [message]}

    [found] = slack.read(wanted=[ACME]).conversations
    assert found.messages[0].files == told


def test_every_address_is_the_one_that_slack_gives(slack: CustomerSlack) -> None:
    """They are made without a call; chat.getPermalink is asked here alone."""
    slack.begin(
        says(CLEO, WEEK_AGO), says(TOM, SAT, under=ts(WEEK_AGO)), says(DANA, SUN, under=ts(WEEK_AGO), broadcast=True)
    )

    messages = slack.read().conversations[0].messages
    asked = [slack.client().chat_getPermalink(channel=ACME, message_ts=message.ts)["permalink"] for message in messages]
    assert [message.link for message in messages] == asked
    assert [f"?thread_ts={ts(WEEK_AGO)}&cid={ACME}" in link for link in asked] == [False, True, True]
