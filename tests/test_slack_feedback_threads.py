"""Which threads of a customer channel are read again, and how much of each, over real HTTP with the real slack-sdk."""

from collections.abc import Iterator

import pytest

from deployments.sandbox.slack.seed import Message
from tasks.rules.feedback_policy import FeedbackPolicy
from tests.customer_channels import (
    ACME,
    BOT,
    CLEO,
    DANA,
    GLOBEX,
    LENA,
    TOM,
    CustomerSlack,
    news,
    said,
    says,
    serving,
    ts,
)

FRI, SAT, SUN = "Fri 2026-11-20 15:30", "Sat 2026-11-21 09:00", "Sun 2026-11-22 21:40"
WEEK_AGO, SEPTEMBER = "Mon 2026-11-16 10:00", "Tue 2026-09-15 10:00"  # in the thirty days of the lookback, and before


@pytest.fixture(scope="module")
def slack() -> Iterator[CustomerSlack]:
    with serving() as running:
        yield running


ROOT = says(CLEO, WEEK_AGO, "Do you support SAML?")
OLD = says(CLEO, SEPTEMBER, "Do you support SCIM?")

# What was said, and the threads that are told of it: all of it, and what is new.
THREADS: dict[str, tuple[tuple[Message, ...], list[list[str]], list[list[str]]]] = {
    "a reply to an old root brings the whole thread": (
        (ROOT, says(TOM, FRI, "We do", under=ROOT.ts), says(CLEO, SAT, "How?", under=ROOT.ts)),
        [["Do you support SAML?", "We do", "How?"]],
        [["How?"]],
    ),
    "a thread in which nothing is new is left alone": (
        (ROOT, says(TOM, FRI, "We do", under=ROOT.ts)),
        [],
        [],
    ),
    "a thread in which only a bot says something is left alone": (
        (ROOT, says(BOT, SAT, "Thanks for your message", under=ROOT.ts)),
        [],
        [],
    ),
    "what was said in a thread after the end is not known yet": (
        (ROOT, says(CLEO, SAT, "How?", under=ROOT.ts), says(TOM, "Mon 2026-11-23 06:30", "So", under=ROOT.ts)),
        [["Do you support SAML?", "How?"]],
        [["How?"]],
    ),
    "a thread that is new only after the end is left alone": (
        (ROOT, says(CLEO, "Mon 2026-11-23 06:30", "How?", under=ROOT.ts)),
        [],
        [],
    ),
    "our answer alone is news too": (
        (ROOT, says(TOM, SAT, "We do", under=ROOT.ts)),
        [["Do you support SAML?", "We do"]],
        [["We do"]],
    ),
    "a customer answers our bot": (
        (says(BOT, WEEK_AGO, "Version 412 is out"), says(CLEO, SAT, "It fails here", under=ts(WEEK_AGO))),
        [["It fails here"]],
        [["It fails here"]],
    ),
    "a reply to the channel counts once": (
        (ROOT, says(CLEO, SAT, "Anybody?", under=ROOT.ts, broadcast=True)),
        [["Do you support SAML?", "Anybody?"]],
        [["Anybody?"]],
    ),
    "a reply to the channel brings a root from before the lookback": (
        (OLD, says(TOM, WEEK_AGO, "Soon", under=OLD.ts), says(CLEO, SAT, "Today?", under=OLD.ts, broadcast=True)),
        [["Do you support SCIM?", "Soon", "Today?"]],
        [["Today?"]],
    ),
    "an older reply to the channel does not": (
        (OLD, says(CLEO, WEEK_AGO, "Today?", under=OLD.ts, broadcast=True)),
        [],
        [],
    ),
    "a reply to a root from before the lookback is not noticed": (
        (OLD, says(CLEO, SAT, "Today?", under=OLD.ts)),
        [],
        [],
    ),
    "two messages that nobody answered are two conversations": (
        (says(CLEO, SAT, "Hello?"), says(CLEO, SUN, "Anybody?")),
        [["Hello?"], ["Anybody?"]],
        [["Hello?"], ["Anybody?"]],
    ),
    "an edited message has its latest text, and the moment when it was said": (
        (says(CLEO, SAT, "It is down for all", edited_ts=ts(SUN)), says(CLEO, FRI, "Edited", edited_ts=ts(SAT))),
        [["It is down for all"]],
        [["It is down for all"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", THREADS)
def test_which_threads_are_told_and_how_much_of_each(slack: CustomerSlack, case: str) -> None:
    messages, told, new = THREADS[case]
    slack.begin(*messages)
    reading = slack.read()

    assert (said(reading), news(reading)) == (told, new)


@pytest.mark.parametrize(
    "case", ["a thread in which nothing is new is left alone", "an older reply to the channel does not"]
)
def test_a_thread_without_news_costs_no_call(slack: CustomerSlack, case: str) -> None:
    slack.begin(*THREADS[case][0])
    slack.read()

    assert slack.calls()["conversations.replies"] == 0


def test_a_thread_is_told_the_oldest_first_in_whatever_order_it_comes(slack: CustomerSlack) -> None:
    slack.begin(ROOT, says(CLEO, SAT, "Anybody?", under=ROOT.ts))
    thread = [
        {"user": CLEO, "ts": at, "thread_ts": ROOT.ts, "text": text}
        for at, text in ((ts(SUN), "third"), (ROOT.ts, "first"), (ts(SAT), "second"))
    ]
    slack.answering.instead["/api/conversations.replies"] = {"ok": True, "messages": thread}

    assert said(slack.read()) == [["first", "second", "third"]]


def test_a_thread_is_told_under_its_roots_ts(slack: CustomerSlack) -> None:
    slack.begin(ROOT, says(CLEO, SAT, "Anybody?", under=ROOT.ts, broadcast=True))

    [found] = slack.read().conversations
    assert found.root == ROOT.ts


def test_a_longer_lookback_notices_older_threads(slack: CustomerSlack) -> None:
    slack.begin(OLD, says(CLEO, SAT, "Today?", under=OLD.ts))

    assert news(slack.read(policy=FeedbackPolicy(lookback_days=90))) == [["Today?"]]


def test_a_mark_from_before_the_lookback_is_read_from(slack: CustomerSlack) -> None:
    slack.begin(OLD)

    assert news(slack.read(marks={ACME: ts("Mon 2026-09-14 10:00")})) == [["Do you support SCIM?"]]


# Threads that waited: what was said, and what is told of them.
WAITED: dict[str, tuple[tuple[Message, ...], list[list[str]]]] = {
    "still without a word": ((ROOT,), [["Do you support SAML?"]]),
    "a thread in which nothing is new": (
        (ROOT, says(CLEO, FRI, "Anybody?", under=ROOT.ts)),
        [["Do you support SAML?", "Anybody?"]],
    ),
    "answered since": (
        (ROOT, says(TOM, SAT, "We do", under=ROOT.ts)),
        [["Do you support SAML?", "We do"]],
    ),
    "nothing is left of it": ((says(LENA, WEEK_AGO, "Hello", channel=GLOBEX),), []),
}


@pytest.mark.parametrize("case", WAITED)
def test_what_waited_is_told_again_as_long_as_it_stands(slack: CustomerSlack, case: str) -> None:
    messages, told = WAITED[case]
    slack.begin(*messages)

    assert said(slack.read(waiting={ACME: [ROOT.ts]})) == told


def test_what_waits_is_read_however_old_it_is(slack: CustomerSlack) -> None:
    slack.begin(OLD, says(CLEO, SAT, "Today?", under=OLD.ts))
    reading = slack.read(waiting={ACME: [OLD.ts]})

    assert (said(reading), news(reading)) == ([["Do you support SCIM?", "Today?"]], [["Today?"]])


def test_what_waits_is_not_told_of_a_time_before_it_was_said(slack: CustomerSlack) -> None:
    """A sweep up to an earlier moment, made anew."""
    later = says(CLEO, "Mon 2026-11-23 06:30", "Anybody?")
    slack.begin(later, says(TOM, "Mon 2026-11-23 06:31", "Yes", under=later.ts))

    assert said(slack.read(waiting={ACME: [later.ts]})) == []


def test_a_root_that_waits_in_another_channel_is_not_looked_for_here(slack: CustomerSlack) -> None:
    slack.begin(ROOT)

    assert said(slack.read(waiting={GLOBEX: [ROOT.ts]})) == []


def test_a_deleted_message_is_gone(slack: CustomerSlack) -> None:
    slack.begin(ROOT, says(CLEO, SAT, "Wrong channel"), says(CLEO, SUN, "Oops", under=ROOT.ts))
    slack.client("xoxp-cleo").chat_delete(channel=ACME, ts=ts(SAT))
    slack.client("xoxp-cleo").chat_delete(channel=ACME, ts=ts(SUN))

    assert said(slack.read()) == []


def test_of_a_deleted_root_the_replies_stay_under_its_ts(slack: CustomerSlack) -> None:
    slack.begin(ROOT, says(DANA, SAT, "Same here", under=ROOT.ts))
    slack.client("xoxp-cleo").chat_delete(channel=ACME, ts=ROOT.ts)
    reading = slack.read()

    assert (said(reading), reading.conversations[0].root) == ([["Same here"]], ROOT.ts)


def test_a_page_is_no_end(slack: CustomerSlack) -> None:
    """Slack gives at most 999 rows a page, of channels and of threads."""
    many = [Message(ACME, CLEO, ts(SAT, number), f"{number}") for number in range(2_000)]
    below = [Message(ACME, DANA, ts(SUN, number), f"{number}", thread_ts=ROOT.ts) for number in range(2_000)]
    slack.begin(ROOT, *many, *below)
    reading = slack.read(accounts={ACME: "001ACME"})

    thread, *others = reading.conversations
    assert [message.text for message in thread.messages] == [ROOT.text, *(str(number) for number in range(2_000))]
    assert [found.messages[0].text for found in others] == [str(number) for number in range(2_000)]
    assert (slack.calls()["conversations.history"], slack.calls()["conversations.replies"]) == (3, 3)
