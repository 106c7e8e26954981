"""Whatever a file holds, it has expectations or mistakes, and no crash."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.expectation_files import ours
from tasks.expectation_language import EXPECTATION_KEYS, FILE_KEYS, read
from tasks.expectation_records import RECORD_KEYS
from tasks.rules.handbook import handbook, plain, sentences_of

from .files import book

BOOK = book()
OURS = ("leads.yml", "tabs.yml")
TEXTS = [(ours() / name).read_text(encoding="utf-8") for name in OURS]
SIGNS = (
    ": ", ":", "- ", "\n", "\n  ", "\n    ", " #", "[", "]", "{", "}", ", ", '"', "'", ">-", "|", "*", "&a", "!",
    "%", "@", "?", "---", "~", "\t", "\\", "x", "é", "\u2028", "\x85", "\ufeff", "\\UFFFFFFFF", "\\ud800", "L154 ",
    "2026-12-31",
)  # fmt: skip
PIECES = st.sampled_from([*EXPECTATION_KEYS, *FILE_KEYS, *RECORD_KEYS, *SIGNS, "Account"])


def holds(text: str) -> None:
    """A file has expectations or mistakes; a mistake has a line of the file."""
    found = read(text, "some.yml", BOOK)

    assert found.expectations or found.mistakes
    assert all(1 <= one.line <= len(text) + 1 and one.said for one in found.mistakes)
    assert all(str(one).encode() for one in found.mistakes)


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    holds(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_of_the_pieces_of_the_language(text: str) -> None:
    holds(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(0, 900), st.integers(0, 6), PIECES)
def test_any_slip_in_our_own_files(text: str, at: int, lost: int, piece: str) -> None:
    holds(text[:at] + piece + text[at + lost :])


def test_a_file_may_be_nested_as_deep_as_it_likes() -> None:
    holds("[" * 1100 + "]" * 1100)
    holds("a: &a [*a]")


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_handbook(text: str) -> None:
    found = handbook(text)

    assert all(one.line >= 0 and plain(one.text) for one in found.sentences)
    assert all(one.line in found.lines_of(one.text) for one in found.sentences if sentences_of(one.text))
