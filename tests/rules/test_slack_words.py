"""Slack's marks in plain words: what a reader sees, and nothing that formats."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.slack_words import marked_text, people_named, plain_words

PEOPLE = {"U0TOM": "Tom Okafor", "W0RUTH": "Ruth Adeyemi"}
CHANNELS = {"C0SALES": "g-sales"}


def plain(text: str) -> str:
    return plain_words(text, PEOPLE, CHANNELS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is down", "It is down"),
        ("", ""),
        ("  two\nlines  ", "two\nlines"),
        ("<@U0TOM> can you look?", "@Tom Okafor can you look?"),
        ("<@W0RUTH|ruth>", "@Ruth Adeyemi"),
        ("<@U0GONE>", "@U0GONE"),
        ("<@U0GONE|dana>", "@dana"),
        ("see <#C0SALES|g-sales-old>", "see #g-sales-old"),
        ("see <#C0SALES|>", "see #g-sales"),
        ("see <#C0SALES>", "see #g-sales"),
        ("see <#C0OTHER>", "see #C0OTHER"),
        ("<!channel> down", "@channel down"),
        ("<!here|here>", "@here"),
        ("<!everyone>", "@everyone"),
        ("<!subteam^S0HELP|@support>", "@support"),
        ("<!subteam^S0HELP>", "@S0HELP"),
        ("by <!date^1795442400^{date_short}|Nov 23, 2026>", "by Nov 23, 2026"),
        ("<https://acme.example/login>", "https://acme.example/login"),
        ("<https://acme.example/a?x=1&amp;y=2>", "https://acme.example/a?x=1&y=2"),
        ("<https://acme.example/login|the login>", "the login (https://acme.example/login)"),
        ("<https://acme.example/login|a &lt;b&gt; &amp; c>", "a <b> & c (https://acme.example/login)"),
        ("<http://acme.example|acme.example>", "http://acme.example"),
        ("<https://acme.example/|acme.example>", "https://acme.example/"),
        ("<https://evil.example|acme.example>", "acme.example (https://evil.example)"),
        ("<mailto:cleo@acme.example|cleo@acme.example>", "cleo@acme.example"),
        ("<tel:+15550100|+1 555 0100>", "+1 555 0100 (+15550100)"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt; stays", "&lt; stays"),
        ("&lt;!channel&gt; is text", "<!channel> is text"),
        (":fire: :+1::skin-tone-3:", ":fire: :+1::skin-tone-3:"),
        ("*down* for _all_ of ~them~ us", "down for all of them us"),
        ("*_both_* and _*both*_", "both and both"),
        ("*two words* (*one*), *all*.", "two words (one), all."),
        ("*<@U0TOM>* and *<https://a.example/_x_|the _page_>*", "@Tom Okafor and the _page_ (https://a.example/_x_)"),
        ("osquery_version_v2 and __init__ stay", "osquery_version_v2 and __init__ stay"),
        ("2 * 3 * 4, 5*6*7, a ~ b ~ c", "2 * 3 * 4, 5*6*7, a ~ b ~ c"),
        ("*not\nacross lines*", "*not\nacross lines*"),
        ("`fleetctl get *hosts*`", "fleetctl get *hosts*"),
        ("```SELECT * FROM users\nWHERE a_b_ &lt; 3```", "SELECT * FROM users\nWHERE a_b_ < 3"),
        ("`<https://a.example|a.example>`", "https://a.example"),
        ("a lone ` and a lone *", "a lone ` and a lone *"),
        ("&gt; as he said", "> as he said"),
        ("\ue0000\ue001 *x*", "0 x"),
    ],
)
def test_a_text_becomes_what_a_reader_sees(text: str, words: str) -> None:
    assert plain(text) == words


def test_a_name_or_a_label_brings_no_marks_in() -> None:
    people = {"U0EVE": "*<!channel>* `x` &amp;"}

    assert plain_words("<@U0EVE>: <https://a.example|*b* &lt;@U0TOM&gt;>", people) == (
        "@*<!channel>* `x` &amp;: *b* <@U0TOM> (https://a.example)"
    )


@given(st.text())
def test_whatever_a_person_types_comes_back(text: str) -> None:
    """As Slack sends it: with & < > escaped. Only marks of formats and what holds a place may go."""
    typed = text.translate({ord(mark): None for mark in "*_~`\ue000\ue001"})
    sent = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert plain(sent) == typed.strip()


@pytest.mark.parametrize("piece", ["*a ", "_a", "~a ~", "`", "<", "```a", "*_~"])
def test_a_page_of_lone_marks_is_read_at_once(piece: str) -> None:
    began = time.monotonic()
    plain(piece * (40_000 // len(piece)))

    assert time.monotonic() - began < 5


def test_who_is_named_in_a_text() -> None:
    assert people_named("<@U0TOM> <@W0RUTH|ruth> <@U0TOM> @U0DANA &lt;@U0EVE&gt; <#C0SALES>") == ("U0TOM", "W0RUTH")


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def letters(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, "style": style}


RICH = {
    "type": "rich_text",
    "elements": [
        section(
            letters("Is "),
            letters("SSO", bold=True),
            letters(" <down> & out, "),
            {"type": "user", "user_id": "U0TOM"},
            letters("? "),
            {"type": "broadcast", "range": "here"},
            letters(" "),
            {"type": "emoji", "name": "fire"},
            letters(" "),
            {"type": "link", "url": "https://a.example/?x=1&y=2", "text": "page"},
            letters(" "),
            {"type": "link", "url": "https://b.example"},
            letters(" "),
            {"type": "channel", "channel_id": "C0SALES"},
            letters(" "),
            {"type": "usergroup", "usergroup_id": "S0HELP"},
            letters(" "),
            {"type": "date", "timestamp": 1795442400, "format": "{date}", "fallback": "Nov 23"},
        ),
        {"type": "rich_text_list", "style": "bullet", "elements": [section(letters("one")), section(letters("two"))]},
        {"type": "rich_text_preformatted", "elements": [letters("SELECT 1")]},
        {"type": "rich_text_quote", "elements": [letters("as "), letters("said")]},
    ],
}

# Blocks where `text` is empty, and what they say.
BLOCKS: dict[str, tuple[list[Any], str]] = {
    "rich text": (
        [RICH],
        " ".join(
            [
                "Is SSO <down> & out, @Tom Okafor? @here :fire: page (https://a.example/?x=1&y=2) https://b.example",
                "#g-sales @S0HELP Nov 23\none\ntwo\nSELECT 1\nas said",
            ]
        ),
    ),
    "sections": (
        [
            {"type": "header", "text": {"type": "plain_text", "text": "Down & out"}},
            {"type": "divider"},
            {"type": "section", "text": {"type": "mrkdwn", "text": "*All* &amp; <@U0TOM>"}, "fields": [
                {"type": "mrkdwn", "text": "_one_"}, {"type": "plain_text", "text": "two"},
            ]},
            {"type": "context", "elements": [
                {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "a chart"},
                {"type": "mrkdwn", "text": "seen"},
            ]},
            {"type": "markdown", "text": "plain < text"},
        ],
        "Down & out\nAll & @Tom Okafor\none\ntwo\na chart\nseen\nplain < text",
    ),
    "nothing in words": ([{"type": "divider"}, {"type": "video"}], ""),
    "no blocks at all": ([], ""),
    "what nobody would send": (
        ["x", {"type": "rich_text", "elements": "x"}, {"type": "section", "text": None}, {"type": "text", "text": 5}],
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BLOCKS)
def test_without_a_text_the_blocks_speak(case: str) -> None:
    blocks, words = BLOCKS[case]

    assert plain(marked_text({"text": "", "blocks": blocks})) == words


@pytest.mark.parametrize(
    ("message", "words"),
    [
        pytest.param({"text": "short", "blocks": [RICH]}, "short", id="with a text the text speaks"),
        pytest.param(
            {"text": "", "attachments": [{"text": "*Forwarded*", "fallback": "x"}]}, "Forwarded", id="forwarded"
        ),
        pytest.param({"attachments": [{"blocks": [RICH["elements"][1]]}]}, "one\ntwo", id="forwarded with blocks"),
        pytest.param({"attachments": [{"fallback": "A page"}, {}]}, "A page", id="a fallback"),
        pytest.param({"text": None, "blocks": None, "attachments": None}, "", id="nothing"),
    ],
)
def test_what_a_message_says(message: dict[str, Any], words: str) -> None:
    assert plain(marked_text(message)) == words
