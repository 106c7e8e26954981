"""What holds for every text that somebody may write: it is judged, soon, and whatever its letters look like."""

import time
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.rules.feedback import Conversation, Judged, Need
from tasks.rules.feedback_details import details
from tasks.rules.feedback_judging import asked_at, judge
from tasks.rules.feedback_text import prose

from .feedback_talk import POLICY, corpus, line, talk

FEW = settings(max_examples=60, deadline=None)
TALKS = st.sampled_from([one.talk for one in corpus()])
ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
LONGEST = 40_000  # characters of a message in Slack
INVISIBLE = "\u200b\u200d\u2060\u00ad\ufeff"


def verdict(judged: Judged) -> tuple[str, ...]:
    return (judged.need, judged.kind, judged.priority)


def rewritten(conversation: Conversation, change: str) -> Conversation:
    def written(text: str) -> str:
        if change == "upper":
            return text.upper()
        if change == "swapped":
            return text.swapcase()
        if change == "curly":
            return text.replace("'", "\u2019").replace('"', "\u201c")
        if change == "blanks":
            return text.replace(" ", " \u00a0\t")
        return "".join(f"{letter}{INVISIBLE[place % 5]}" for place, letter in enumerate(text))

    said = tuple(replace(message, text=written(message.text)) for message in conversation.messages)
    return replace(conversation, messages=said)


@FEW
@given(ANYTHING, ANYTHING, ANYTHING)
@example("\ud800", "\0", "\udfff?")
@example("'''", '"' * 99, "level=\n>\n```")
@example("\u0345", "\u0130\u0131\u00df", "\ufb01\u1e9e")
def test_any_text_is_judged_and_what_is_quoted_can_be_written(first: str, ours: str, second: str) -> None:
    conversation = talk(line(0, f"ann: {first}"), line(10, f"us: {ours}"), line(20, f"bob: {second}"))

    judged, told = judge(conversation, POLICY), details(conversation)

    quoted = [judged.reason, judged.kind_sign, judged.priority_sign, *told.found.values(), told.question]
    assert all(len(words.encode()) < 1000 for words in quoted)
    assert all(words.replace("\n", "").isprintable() for words in quoted)


@FEW
@given(TALKS, st.sampled_from(["upper", "swapped", "curly", "blanks", "invisible"]))
def test_the_look_of_the_letters_changes_nothing(conversation: Conversation, change: str) -> None:
    assert verdict(judge(rewritten(conversation, change), POLICY)) == verdict(judge(conversation, POLICY))


@FEW
@given(TALKS, ANYTHING)
def test_once_we_wrote_last_nothing_waits(conversation: Conversation, text: str) -> None:
    judged = judge(talk(*conversation.messages, line(999, f"us: {text}")), POLICY)

    assert judged.need is not Need.ANSWER


@FEW
@given(TALKS)
def test_our_last_word_changes_neither_kind_nor_priority(conversation: Conversation) -> None:
    before = judge(conversation, POLICY)
    after = judge(talk(*conversation.messages, line(999, "us: The server is down, nobody can log in.")), POLICY)

    assert verdict(after)[1:] == verdict(before)[1:]


@FEW
@given(TALKS)
def test_the_clocks_start_with_a_message_of_theirs(conversation: Conversation) -> None:
    theirs = [message.at for message in conversation.messages if not message.is_ours]

    assert asked_at(conversation, POLICY) in theirs


@FEW
@given(TALKS)
def test_a_question_more_is_one_more_that_waits(conversation: Conversation) -> None:
    judged = judge(talk(*conversation.messages, line(999, "zoe: How do I rotate the enroll secret?")), POLICY)

    assert judged.need is Need.ANSWER


@FEW
@given(ANYTHING)
def test_plain_text_knows_where_it_comes_from(text: str) -> None:
    plain = prose(text)

    assert len(plain.plain) == len(plain.places)
    assert list(plain.places) == sorted(plain.places)


UNITS = [
    "a", " ", "\n", "?", '"', "'", "```", "fleet ", "server down ", "if the server is down ", "the our the our ",
    "is now still again ", "nobody x ", "can't log in ", "all of our the my ", "every single user ", "we're ", "yes, ",
    "thanks ", "works now ", "'a ", "level=", ">\n", ":+1:", "x-x.", "4.38.1 ", "2026-11-23 ", "most of our hosts ",
    "would be really great ", "please can you ", "how do i ", "not staging ", "no errors ",
    "server was down last night ",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_the_longest_message_takes_a_time_in_proportion(unit: str) -> None:
    """Four times the text may take eight times as long, and never more than some seconds; a regular expression that
    backtracks would take minutes."""

    def seconds(length: int) -> float:
        conversation = talk(f"ann: {unit * (length // len(unit))}")
        began = time.process_time()
        judge(conversation, POLICY)
        return time.process_time() - began

    seconds(100)
    short = seconds(LONGEST // 4)

    assert seconds(LONGEST) < max(8 * short, 0.5)
