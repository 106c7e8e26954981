"""Each mistake that a person can make in a file is told with its line and its remedy, and it alone."""

import pytest

from tasks.expectation_language import read

from .files import expecting, mistakes_in
from .wrong import WRONG, Wrong


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: one.id)
def test_a_mistake_is_told_with_its_line_and_its_remedy(wrong: Wrong) -> None:
    told = mistakes_in(wrong.text, wrong.file)
    first = [one for one in told if wrong.said in one[1]]

    assert first, f"told instead: {told}"
    assert first == [(wrong.line, first[0][1])]


@pytest.mark.parametrize(
    "wrong", [one for one in WRONG if one.id not in {"API name", "fields of nothing"}], ids=lambda one: one.id
)
def test_one_mistake_is_told_once(wrong: Wrong) -> None:
    assert len(mistakes_in(wrong.text, wrong.file)) == 1


def test_a_mistake_shows_its_file() -> None:
    [mistake] = read(expecting("section: A\ninclues: [B]", "Account"), "accounts.yml").mistakes

    assert str(mistake) == "accounts.yml:5: unknown key “inclues” — did you mean “includes”?"


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    text = (
        expecting("section: A\ninclues: [B]\nseverity: bad\nwaived until: 2026-12-31")
        + "  - tab: B\n  - handbook: X.\n"
    )

    assert [line for line, _ in mistakes_in(text)] == [5, 6, 7, 8, 9]


def test_one_bad_expectation_does_not_take_the_others_along() -> None:
    text = expecting("tab: A") + "  - handbook: X.\n    tba: B\n  - handbook: X.\n    tab: C\n"

    assert [one.line for one in read(text, "some.yml").expectations] == [3, 7]


def test_what_is_shown_cannot_move_a_terminal() -> None:
    [(_, said)] = mistakes_in(expecting('tab: A\n"\\e[31mred": 1'))

    assert said.startswith("unknown key “\ufffd[31mred”")


@pytest.mark.parametrize(
    "wrong", [one for one in WRONG if one.line > 2 and "fields:" not in one.text], ids=lambda one: one.id
)
def test_what_is_wrong_is_no_expectation(wrong: Wrong) -> None:
    assert read(wrong.text, wrong.file).expectations == ()
