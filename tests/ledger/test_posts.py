"""Where each report stands in Slack, and what it says there, on both databases."""

from dataclasses import replace
from typing import Any

import pytest

from tasks.ledger import Ledger
from tasks.ledger_posts import Posts, StandingPost, storable

TEXT = {
    "type": "section",
    "text": {"type": "mrkdwn", "text": 'Acme 👩\u200d👧 <https://x|y> \\ "'},
    "fields": [1, None],
}
POST = StandingPost("C0RITUALS", "1700000000.000100", "http://slack/p1", "4 to decide", [{"type": "divider"}, TEXT])
KEY = "slack:C0RITUALS:" + "k" * 284


@pytest.fixture
def posts(ledger: Ledger) -> Posts:
    return Posts(ledger)


def keep(posts: Posts, post: StandingPost, key: str = KEY) -> None:
    posts.keep(key, post.channel, post.ts, post.link, post.text, post.blocks)


def test_a_post_comes_back_as_it_was_kept(posts: Posts) -> None:
    keep(posts, POST)

    assert posts.at(KEY) == POST
    assert posts.at("another key") is None


def test_the_newest_version_of_a_post_is_kept(posts: Posts) -> None:
    newer = replace(POST, ts="1700000000.000200", text="3 to decide", blocks=[])
    keep(posts, POST)
    keep(posts, replace(POST, text="another report"), "another key")

    keep(posts, newer)

    assert posts.at(KEY) == newer
    assert posts.at("another key") == replace(POST, text="another report")


def test_a_forgotten_post_is_gone_and_may_be_forgotten_again(posts: Posts) -> None:
    keep(posts, POST)
    keep(posts, POST, "another key")

    posts.forget(KEY)
    posts.forget(KEY)

    assert posts.at(KEY) is None
    assert posts.at("another key") == POST


def test_text_that_no_database_holds_loses_one_character_and_no_post(posts: Posts) -> None:
    keep(posts, replace(POST, text="A\0B", blocks=[{"type": "header", "text": {"text": "A\ud83dB"}}]))

    kept = posts.at(KEY)

    assert kept == replace(POST, text="A\ufffdB", blocks=[{"type": "header", "text": {"text": "A\ufffdB"}}])


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", [object()], {"name": object()}])
def test_what_is_no_json_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="is no JSON value"):
        storable(value)
