"""The handbook as sentences, and finding a quote in it."""

import pytest

from tasks.expectation_quotes import numbered, wrong_quote
from tasks.rules.handbook import CHECKUP, Handbook, handbook

from .files import ROOT, SENTENCE, book

MARKDOWN = f"""# Customers
Text. e.g. this one (with words). Next!

### {CHECKUP}
We log in. Then we look.

1. Click the [accounts](https://example.com/a.b?c=1) tab.  It opens:
* The **"license  key"** is `there`, and reports to
  - Twice. Twice as much.

#### Other
- Twice.
"""


def test_the_sentences_have_their_lines_and_no_markdown() -> None:
    assert [(one.line, one.text) for one in handbook(MARKDOWN).sentences] == [
        (2, "Text. e.g. this one (with words)."), (2, "Next!"), (5, "We log in."), (5, "Then we look."),
        (7, "Click the accounts tab."), (7, "It opens:"), (8, 'The "license key" is there, and reports to'),
        (9, "Twice."), (9, "Twice as much."), (12, "Twice."),
    ]  # fmt: skip


def test_what_is_asked_for_is_the_list_of_the_checkup() -> None:
    assert {one.line for one in handbook(MARKDOWN).demands()} == {7, 8, 9}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_an_excerpt_numbers_its_lines_itself(ending: str) -> None:
    found = handbook(ending.join(["L7\t* One.", "L8", "L9\t", "L12\tTwo."]))

    assert [(one.line, one.text) for one in found.sentences] == [(7, "One."), (12, "Two.")]


@pytest.mark.parametrize(
    ("quote", "lines"),
    [
        ("Click the accounts tab.", (7,)),
        ("Click the accounts tab. It opens:", (7,)),
        ("1. Click the [accounts](https://example.com/other) tab", (7,)),
        ("The “license key” is there, and reports to.", (8,)),
        ("Twice", (9, 12)),
        ("It opens: Click the accounts tab.", ()),
        ("Then we look. Click the accounts tab.", ()),
        ("Click the accounts tab. It closes:", ()),
        ("the accounts tab", ()),
        ("Click the Accounts tab.", ()),
        ("", ()),
        ("- ", ()),
    ],
)
def test_a_quote_is_whole_sentences_of_one_line(quote: str, lines: tuple[int, ...]) -> None:
    assert handbook(MARKDOWN).lines_of(quote) == lines


@pytest.mark.parametrize(
    ("quote", "line", "sentence"),
    [
        ("L154 Click", 154, "Click"),
        ("Click", None, "Click"),
        ("L154", None, "L154"),
        ("L10n is on.", None, "L10n is on."),
    ],
)
def test_the_line_of_a_quote_is_optional(quote: str, line: int | None, sentence: str) -> None:
    assert numbered(quote) == (line, sentence)


@pytest.mark.parametrize(
    ("quote", "line", "said"),
    [
        (SENTENCE, None, ""),
        (SENTENCE, 156, ""),
        (SENTENCE, 157, "this sentence is in L156 of the handbook, not in L157: “Make sure the LinkedIn links work.”"),
        ("the LinkedIn links work", None, "only a part of a sentence of L156: quote it whole: “Make sure the LinkedIn"),
        (
            "Make sure the LinkedIn links worked.",
            None,
            "not any more: “Make sure the LinkedIn links worked.” — did you",
        ),
        (
            "Default filter should be all contacts, open.",
            None,
            "did you mean L170 “Default filter should be all contacts.”?",
        ),
        ("Default filter should be all of them.", 178, "did you mean L178 “Default filter should be all leads.”?"),
        (
            "Default filter should be all contacts, open.",
            178,
            "did you mean L178 “Default filter should be all leads.”?",
        ),
        (f"{SENTENCE} Open a lead, then continue.", None, "did you mean L178 “Open a lead to continue.”?"),
        (
            "There should be fields for name, lead source, lead status, rating, and score.",
            170,
            "did you mean L179 “There",
        ),
        ("Nobody ever wrote this.", None, "this is not in the handbook, or not any more: “Nobody ever wrote this.”"),
    ],
)
def test_a_quote_that_is_not_there_names_what_is_meant(quote: str, line: int | None, said: str) -> None:
    found = wrong_quote(quote, line, book())

    assert said in found
    assert bool(said) == bool(found)
    assert ("did you mean" in said) == ("did you mean" in found) or "did you" in said


def test_a_quote_of_nothing_is_not_there() -> None:
    assert wrong_quote("Anything.", None, Handbook(())) == "this is not in the handbook, or not any more: “Anything.”"


def test_the_excerpt_is_the_handbook() -> None:
    whole = ROOT.parent / "shared" / "handbook.md"
    if not whole.is_file():
        pytest.skip("the whole handbook is not here")

    rows = whole.read_text(encoding="utf-8").split("\n")
    excerpt = (ROOT / "tests/payloads/handbook/handbook.txt").read_text(encoding="utf-8").splitlines()

    assert excerpt == [f"L{line}\t{rows[line - 1]}" for line in (*range(146, 180), *range(226, 230))]
    assert handbook("\n".join(rows)).demands() == book().demands()
