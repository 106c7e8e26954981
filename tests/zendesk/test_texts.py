"""What stands in tickets and replies: whole, found again, and harmless whatever customers write."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.reports.after_hours import (
    BODY,
    MESSAGE,
    comment_body,
    reply_text,
    subject,
    tells,
    ticket_body,
    up_to,
    whereabouts,
)
from tasks.rules.after_hours import Matter
from tasks.rules.feedback import Conversation, Message, SharedFile
from tasks.rules.feedback_policy import SupportPolicy
from tasks.rules.slack_ts import ts_of

ZONE = "America/Los_Angeles"
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LINK = "https://acme.slack.com/archives/C0ACME/p1795485600000000"
SAID = Message(ts_of(AT), AT, "U0DANA", "Dana Reyes", False, "All agents went offline.", link=LINK)
LIVE = [
    "{{ticket.requester.email}}",
    "{% for a in b %}",
    "<script>alert(1)</script>",
    "<img src=x onerror=y>",
    "![a](https://evil.example/x.png)",
    "[click](https://evil.example)",
    "[click][1]",
    "[1]: https://evil.example",
    "see https://evil.example/?a=b",
    "www.evil.example",
    "mailto:a@evil.example",
    "@sam please",
    "#35436",
    "**bold** _it_ ~~no~~ `code`",
    "&lt;b&gt; &#64;sam",
    "a\u202eb\u200b{\u200b{x}}",
]
DANGEROUS = re.compile(
    r"\{\{|\{%|<\w|</|!\[|\]\(|\]\[|\]:|://|www\.|@\w|#\d|[*_~`]|&[#\w]|[\u202a-\u202e\u200b]", re.IGNORECASE
)


def whole(*messages: Message) -> Matter:
    return Matter((Conversation("C0ACME", messages[0].ts, messages),))


def ours_left_out(text: str) -> str:
    """Without the lines that begin with words of ours and end in an address that Slack gave."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(("Slack thread ", "Slack message ")))


@pytest.mark.parametrize("words", LIVE)
def test_nothing_that_a_customer_writes_does_anything(words: str) -> None:
    said = replace(SAID, text=f"{words}\n{words}", name=words, files=(SharedFile(words, words),))

    for text in (ticket_body(whole(said), ZONE), comment_body(said, ZONE), subject(said, words)):
        assert DANGEROUS.search(ours_left_out(text).replace("> File", "")) is None


def test_what_a_customer_writes_stands_in_quoted_lines_alone() -> None:
    forged = f"Hi\n\nSam Whitlock (ours), Mon 23 Nov 2026, 18:05 PT\r\nSlack message 1795485601.000000: {LINK}"

    lines = comment_body(replace(SAID, text=forged), ZONE).split("\n")

    assert [line for line in lines if not line.startswith("> ")] == [
        f"Slack message {SAID.ts}: {LINK}",
        "",
        "Dana Reyes, Mon 23 Nov 2026, 18:00 PT",
    ]


@given(st.text(max_size=200), st.text(max_size=40))
def test_only_our_own_first_line_tells_which_message_it_is(words: str, name: str) -> None:
    said = replace(SAID, text=words, name=name)
    other = "1795485601.000000"

    body = comment_body(said, ZONE)

    assert tells(body, SAID.ts)
    assert not tells(body, other)
    assert up_to(ticket_body(whole(said), ZONE)) == SAID.ts
    assert up_to(f"{name}\n{ticket_body(whole(said), ZONE)}"[1:]) in {"", SAID.ts}


@pytest.mark.parametrize(
    ("description", "ts"),
    [
        (f"Slack thread 1795485600.000000, up to message 1795485900.000100: {LINK}\nWritten", "1795485900.000100"),
        ("  Slack thread 1795485600.000000, up to message 1795485900.000100: ", "1795485900.000100"),
        ("By mail: Slack thread 1795485600.000000, up to message 1795485900.000100: ", ""),
        ("Slack thread 1795485600.000000, up to message 1795485900.0001001: ", ""),
        ("", ""),
    ],
)
def test_a_ticket_of_ours_tells_up_to_where_it_goes(description: str, ts: str) -> None:
    assert up_to(description) == ts


def test_a_comment_is_on_one_message_and_no_other() -> None:
    body = comment_body(SAID, ZONE)

    assert tells(f"\n{body}", SAID.ts)
    assert not tells(body, SAID.ts[:-1])
    assert not tells(f"See: {body}", SAID.ts)


def test_a_long_thread_keeps_its_first_message_and_the_latest() -> None:
    many = [
        replace(SAID, ts=ts_of(AT + timedelta(minutes=n)), text=f"{n} " + "x" * 3_000, at=AT + timedelta(minutes=n))
        for n in range(60)
    ]

    body = ticket_body(whole(*many), ZONE)

    assert BODY - 4_000 < len(body) <= BODY
    assert "> 0 xxx" in body
    assert "> 59 xxx" in body
    [left] = re.findall(r"\((\d+) messages left out: see Slack\)", body)
    assert int(left) + body.count(" xxx") == len(many)
    assert up_to(body) == many[-1].ts


def test_a_long_message_is_cut_and_says_so() -> None:
    body = comment_body(replace(SAID, text="y" * 40_000), ZONE)

    assert len(body) < MESSAGE + 300
    assert body.endswith("> (cut: the whole message is in Slack)")


def test_an_address_that_slack_did_not_give_is_left_out() -> None:
    files = (SharedFile("a.txt", "javascript:alert(1)"), SharedFile("b.txt", "https://files.slack.com/b.txt"))

    assert comment_body(replace(SAID, files=files), ZONE).endswith(
        "> File: a.txt\n> File: b.txt https://files.slack.com/b.txt"
    )


REPLIES = [
    (SupportPolicy(company="Fleet"), "outside Fleet's support hours (6am - 4pm PT, Monday to Friday)", "a Fleet team"),
    (SupportPolicy(company="Acme"), "outside Acme's support hours", "an Acme team member"),
    (SupportPolicy(), "outside our support hours", "and a team member will respond"),
    (SupportPolicy(opens=time(7), closes=time(16, 30), company="X"), "(7am - 4:30pm PT, Monday to Friday)", "X"),
    (SupportPolicy(opens=time(0, 30), closes=time(12)), "(12:30am - 12pm PT", ""),
    (SupportPolicy(company="<!channel>"), "outside &lt;!channel&gt;'s support", ""),
]


@pytest.mark.parametrize(("policy", "hours", "who"), REPLIES)
def test_the_reply_has_the_hours_and_the_company_of_the_settings(policy, hours, who) -> None:
    said = reply_text(SAID, policy, ZONE)

    assert said.startswith("Hi <@U0DANA>, it's currently outside ")
    assert said.endswith("feel free to reply in this thread, and we'll add them to the ticket.")
    assert hours in said
    assert who in said


@pytest.mark.parametrize("author", ["", "U0D>|<!channel>", "!channel", "u0dana", "C0ACME"])
def test_who_has_no_members_id_is_not_mentioned(author: str) -> None:
    assert reply_text(replace(SAID, author=author), SupportPolicy(), ZONE).startswith("Hi, it's currently")


def test_the_hours_name_the_zone_of_the_office() -> None:
    assert "(6am - 4pm CET, Monday" in reply_text(SAID, SupportPolicy(), "Europe/Berlin")


def test_an_error_names_the_message_and_none_of_its_words() -> None:
    assert whereabouts("customer-acme", SAID, ZONE) == (
        "Channel customer-acme, message of Mon 23 Nov 2026, 18:00 PT (1795485600.000000)"
    )
