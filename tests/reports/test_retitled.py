"""The report's first message after a decision: its first line, and the button that led to the decision."""

import json
from copy import deepcopy
from typing import Any

import pytest

from tasks.reports.blocks import Block, context, header, link_buttons, rich_text, section, text
from tasks.reports.decision import retitled
from tasks.reports.limits import length
from tasks.reports.pipeline import message
from tasks.reports.post import Post, lines
from tasks.reports.slack_text import mrkdwn

from . import reviews
from .decision_cases import UNDO_URL
from .review_builder import make_context as make_report_context
from .slack_says import refused

PHRASE = "4 to decide ($310k)"
WORDS = "closed 3 by Marisol Vega 08:02, kept 1"
UNDO = ("Undo until 30 Nov", UNDO_URL)
FIRST = f"Pipeline review · Mon 23 Nov · {PHRASE}, 2 need their owner, 1 slipped out of Q4 ($180k)"


def decide_button(name: str = "decide") -> dict[str, Any]:
    [row] = link_buttons([("Decide", f"https://prefect.example.com/{name}")])
    return {**row["elements"][0], "action_id": "decide"}


def parent(first: str = FIRST, *, decide: bool = True) -> Post:
    """A report's first message: its line, a row, the buttons and the small print."""
    [row] = link_buttons([("Open list", "https://acme.my.salesforce.com/list")])
    buttons: Block = {**row, "elements": [*([decide_button()] if decide else []), *row["elements"]]}
    return Post(mrkdwn(first), [header(first), rich_text(section(text("DECIDE"))), buttons, context("as of 07:28 PT")])


def title(post: Post) -> str:
    return str(post.blocks[0]["text"]["text"])


def buttons(post: Post) -> list[tuple[str, str]]:
    rows = [block["elements"] for block in post.blocks if block["type"] == "actions"]
    return [(element["action_id"], element["text"]["text"]) for row in rows for element in row]


def test_the_words_stand_for_what_was_to_be_decided() -> None:
    post = retitled(parent(), PHRASE, WORDS, UNDO)
    expected = f"Pipeline review · Mon 23 Nov · {WORDS}, 2 need their owner, 1 slipped out of Q4 ($180k)"
    assert (title(post), post.text) == (expected, expected)


def test_what_was_to_be_decided_is_under_another_heading() -> None:
    report = message(reviews.full(), make_report_context()).parent
    [before] = [line for line in lines(report.blocks) if line.startswith("DECIDE")]

    after = lines(retitled(report, PHRASE, WORDS, UNDO).blocks)
    assert [line for line in after if line.startswith("DECIDE")] == [before.replace("DECIDE", "DECIDED", 1)]


def test_undo_stands_for_decide() -> None:
    assert buttons(retitled(parent(), PHRASE, WORDS, UNDO)) == [("undo", "Undo until 30 Nov"), ("open_1", "Open list")]


def test_everything_else_stays() -> None:
    before, after = parent(), retitled(parent(), PHRASE, WORDS, UNDO)
    assert [before.blocks[n] for n in (1, 3)] == [after.blocks[n] for n in (1, 3)]
    assert len(after.blocks) == 4


def test_the_original_is_not_changed() -> None:
    post = parent()
    copy = deepcopy(post)
    retitled(post, PHRASE, WORDS, UNDO)
    assert post == copy


def test_the_same_words_again_change_nothing() -> None:
    once = retitled(parent(), PHRASE, WORDS, UNDO)
    assert retitled(parent(), PHRASE, WORDS, UNDO) == once
    assert retitled(once, PHRASE, WORDS, UNDO) == once


def test_an_undo_is_told_from_the_original() -> None:
    undone = retitled(parent(), PHRASE, "closed 3, all undone by Marisol Vega 09:15, kept 1", None)
    assert title(undone).startswith(
        "Pipeline review · Mon 23 Nov · closed 3, all undone by Marisol Vega 09:15, kept 1,"
    )
    assert buttons(undone) == [("open_1", "Open list")]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("Pipeline review · nothing needs you", f"Pipeline review · nothing needs you · {WORDS}"),
        ("14 to decide ($310k)", f"14 to decide ($310k) · {WORDS}"),
        ("1,4 to decide ($310k)", f"1,4 to decide ($310k) · {WORDS}"),
        ("4 to decide ($310k", f"4 to decide ($310k · {WORDS}"),
        ("x" * 150, "x" * 108 + f"… · {WORDS}"),
    ],
    ids=["not there", "another number", "a longer number", "cut off", "no room"],
)  # fmt: skip
def test_where_the_phrase_is_not_found_the_words_are_added_whole(first: str, expected: str) -> None:
    assert title(retitled(parent(first), PHRASE, WORDS, UNDO)) == expected


def test_a_report_of_another_proposal_keeps_its_own_button() -> None:
    rerun = parent("Pipeline review · Mon 23 Nov · 2 to decide ($40k)")
    post = retitled(rerun, PHRASE, WORDS, UNDO)
    assert title(post) == f"Pipeline review · Mon 23 Nov · 2 to decide ($40k) · {WORDS}"
    assert [action for action, _ in buttons(post)] == ["undo", "decide", "open_1"]


def test_two_decisions_on_one_report_have_an_undo_each() -> None:
    once = retitled(parent("Pipeline review · 2 to decide ($40k)"), PHRASE, WORDS, UNDO)
    both = retitled(once, "2 to decide ($40k)", "closed 2 by Marisol Vega 10:00", ("Undo", f"{UNDO_URL}2"))
    assert title(both) == f"Pipeline review · closed 2 by Marisol Vega 10:00 · {WORDS}"
    assert [action for action, _ in buttons(both)] == ["undo", "undo_2", "open_1"]


@pytest.mark.parametrize("number", range(30))
def test_the_line_keeps_slacks_limit_and_the_words(number: int) -> None:
    first = f"Pipeline review (dry run) · Mon 23 Nov · {PHRASE}, " + "\U0001f389" * number * 5 + " and more"
    post = retitled(parent(first), PHRASE, WORDS, UNDO)
    assert length(title(post)) <= 150
    assert WORDS in title(post)
    assert refused(post) == []


def test_words_of_any_length_fit() -> None:
    assert refused(retitled(parent(), PHRASE, "closed " + "\U0001f389" * 300, UNDO)) == []
    assert refused(retitled(parent("x" * 150), "nowhere", "closed " + "\U0001f389" * 300, UNDO)) == []


def test_a_row_of_buttons_appears_and_goes_as_it_is_needed() -> None:
    bare = Post(FIRST, [header(FIRST), context("as of 07:28 PT")])
    assert [block["type"] for block in retitled(bare, PHRASE, WORDS, UNDO).blocks] == ["header", "actions", "context"]
    lone = Post(FIRST, [header(FIRST), {"type": "actions", "elements": [decide_button()]}])
    assert [block["type"] for block in retitled(lone, PHRASE, WORDS, None).blocks] == ["header"]


@pytest.mark.parametrize("url", ["", "javascript:alert(1)"])
def test_without_a_web_address_there_is_no_button(url: str) -> None:
    assert buttons(retitled(parent(), PHRASE, WORDS, ("Undo", url))) == [("open_1", "Open list")]


def test_no_words_change_nothing_but_the_button() -> None:
    assert title(retitled(parent(), PHRASE, "", None)) == FIRST


def test_words_with_marks_of_a_pattern_are_plain() -> None:
    post = retitled(parent(), PHRASE, r"closed \1 by <!channel> *Max*", UNDO)
    assert r"closed \1 by <!channel> *Max*, 2 need" in title(post)
    assert "<" not in post.text
    assert "*" not in post.text


def test_a_real_report_takes_the_words() -> None:
    report = message(reviews.full(), make_report_context())
    post = retitled(report.parent, PHRASE, WORDS, UNDO)
    assert lines(post.blocks)[0] == (
        f"Pipeline review · Mon 23 Nov · {WORDS}, 2 need their owner, 1 slipped out of Q4 ($180k)"
    )
    assert refused(post) == []


def test_a_clean_report_of_one_line_gets_a_line_of_its_own() -> None:
    report = message(reviews.quiet(), make_report_context())
    post = retitled(report.parent, PHRASE, WORDS, UNDO)
    assert lines(post.blocks)[0] == WORDS
    assert "Undo until 30 Nov" in json.dumps(post.blocks)
    assert refused(post) == []
