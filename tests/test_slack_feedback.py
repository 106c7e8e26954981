"""Who is heard in a customer channel, and what of it is news, over real HTTP with the real slack-sdk."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from deployments.sandbox.slack.seed import Attachment, Message
from tasks.rules.feedback import Channel
from tests.customer_channels import (
    ACME,
    BOT,
    CLEO,
    DANA,
    FARO,
    GLOBEX,
    GUEST,
    SINGLE,
    THEIR_BOT,
    TOM,
    CustomerSlack,
    moment,
    news,
    said,
    says,
    serving,
    ts,
)

FRI, SAT, SUN = "Fri 2026-11-20 15:30", "Sat 2026-11-21 09:00", "Sun 2026-11-22 21:40"
WEEK_AGO = "Mon 2026-11-16 10:00"
LOG = Attachment("F0LOG", "error.log", "text/plain", b"502\n")


@pytest.fixture(scope="module")
def slack() -> Iterator[CustomerSlack]:
    with serving() as running:
        yield running


def test_a_message_is_who_said_what_when_and_where(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, SAT, "Enrollment fails with 502 &amp; worse"))
    reading = slack.read()

    [found] = reading.conversations
    [message] = found.messages
    assert (found.channel, found.root, found.after) == (ACME, ts(SAT), ts("Fri 2026-11-20 16:00"))
    assert (message.ts, message.at) == (ts(SAT), datetime(2026, 11, 21, 17, 0, tzinfo=UTC))
    assert (message.author, message.name, message.is_ours) == (CLEO, "Cleo Customer", False)
    assert (message.text, message.files) == ("Enrollment fails with 502 & worse", ())
    assert message.link == f"{slack.address}/archives/{ACME}/p{ts(SAT).replace('.', '')}"


def test_a_moment_is_told_to_the_microsecond(slack: CustomerSlack) -> None:
    at = ts(SAT, micros=123_457)
    slack.begin(Message(ACME, CLEO, at, "Hello"))

    [message] = slack.read().conversations[0].messages
    assert (message.ts, message.at.isoformat()) == (at, "2026-11-21T17:00:00.123457+00:00")


# Who says something at night, and as what they are heard: the name, and whether it is one of ours.
HEARD: dict[str, tuple[Message, list[tuple[str, bool]]]] = {
    "a customer": (says(CLEO, SAT), [("Cleo Customer", False)]),
    "a stranger of a third workspace, without a real name": (says(FARO, SAT), [("faro", False)]),
    "one of ours": (says(TOM, SAT), [("Tom Okafor", True)]),
    "a guest in our workspace is theirs": (says(GUEST, SAT), [("Gil Guest", False)]),
    "a guest of one channel is theirs": (says(SINGLE, SAT), [("Sue Single", False)]),
    "our bot": (says(BOT, SAT), []),
    "a bot of theirs": (says(THEIR_BOT, SAT), []),
    "joining says nothing": (says(CLEO, SAT, subtype="channel_join"), []),
    "nor does leaving": (says(CLEO, SAT, subtype="channel_leave"), []),
    "nor does a topic": (says(CLEO, SAT, subtype="channel_topic"), []),
    "nor does what is left of a message": (says(CLEO, SAT, subtype="tombstone"), []),
    "/me says something": (says(CLEO, SAT, subtype="me_message"), [("Cleo Customer", False)]),
    "a file without a word": (says(CLEO, SAT, "", files=(LOG,)), [("Cleo Customer", False)]),
}


@pytest.mark.parametrize("case", HEARD)
def test_who_is_heard(slack: CustomerSlack, case: str) -> None:
    message, heard = HEARD[case]
    slack.begin(message)

    found = [message for conversation in slack.read().conversations for message in conversation.messages]
    assert [(message.name, message.is_ours) for message in found] == heard


@pytest.mark.parametrize(
    ("at", "is_heard"),
    [
        pytest.param(ts("Fri 2026-11-20 15:59"), False, id="a minute before the mark"),
        pytest.param(ts("Fri 2026-11-20 16:00"), False, id="exactly at the mark"),
        pytest.param(ts("Fri 2026-11-20 16:00", 1), True, id="a microsecond after it"),
        pytest.param(ts("Mon 2026-11-23 06:00"), True, id="exactly at the end"),
        pytest.param(ts("Mon 2026-11-23 06:00", 1), False, id="a microsecond after it"),
    ],
)
def test_news_is_what_was_said_after_the_mark_and_not_after_the_end(
    slack: CustomerSlack, at: str, *, is_heard: bool
) -> None:
    slack.begin(Message(ACME, CLEO, at, "Hello"))

    assert news(slack.read()) == [["Hello"]] * is_heard
    assert news(slack.read(moment(WEEK_AGO), marks={ACME: ts("Fri 2026-11-20 16:00")})) == [["Hello"]] * is_heard


def test_each_channel_has_its_own_mark_and_the_others_begin_at_since(slack: CustomerSlack) -> None:
    slack.begin(
        says(CLEO, FRI, "On Friday"),
        says(CLEO, SUN, "On Sunday"),
        says(DANA, FRI, "At Globex on Friday", channel=GLOBEX),
    )
    reading = slack.read(marks={GLOBEX: ts(WEEK_AGO)})

    assert news(reading) == [["On Sunday"], ["At Globex on Friday"]]
    assert reading.channels == (
        Channel(ACME, "customer-acme", "001ACME", ts("Mon 2026-11-23 06:00")),
        Channel(GLOBEX, "customer-globex", "001GLOBEX", ts("Mon 2026-11-23 06:00")),
    )


def test_only_the_channels_that_are_wanted_are_read(slack: CustomerSlack) -> None:
    slack.begin(says(CLEO, SAT, "At Acme"), says(DANA, SAT, "At Globex", channel=GLOBEX))
    reading = slack.read(wanted=[GLOBEX])

    assert (said(reading), [channel.id for channel in reading.channels]) == ([["At Globex"]], [GLOBEX])
    assert reading.strangers == ()
