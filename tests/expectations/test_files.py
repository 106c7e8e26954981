"""A folder of expectation files: all of them, in the order of the handbook, or all that is wrong in them."""

from datetime import date
from pathlib import Path

import pytest

from tasks.expectation_files import ExpectationsWrong, handbook_of, load, loaded, ours, warnings
from tasks.rules.handbook import CHECKUP, handbook

from .files import EXCERPT, SENTENCE, book, expecting, told

WAIVED = "tab: A\nwaived until: 2026-12-31\nbecause: B"


def write(folder: Path, **files: str) -> Path:
    """A folder of these files; a name stands for name.yml."""
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def wrong(folder: Path) -> list[str]:
    """What is wrong in a folder that cannot be used."""
    with pytest.raises(ExpectationsWrong) as caught:
        load(folder)
    assert str(caught.value) == "\n".join(told(caught.value.mistakes))
    return told(caught.value.mistakes)


def test_the_order_is_that_of_the_handbook_then_of_the_names(tmp_path: Path) -> None:
    files = {"zebra": "Lead", "aardvark": "Lead", "leads": "Lead", "tabs": "", "accounts": "Account"}
    write(tmp_path, **{name: expecting(f"tab: {name}", of) for name, of in files.items()})
    (tmp_path / "more.yaml").write_text(expecting("tab: more"), encoding="utf-8")
    for other in ("notes.txt", "old.yml~", ".hidden.yml"):
        (tmp_path / other).write_text("not: ours", encoding="utf-8")

    found = [one.file for one in load(tmp_path)]

    assert found == ["tabs.yml", "accounts.yml", "leads.yml", "aardvark.yml", "more.yaml", "zebra.yml"]


def test_all_mistakes_of_all_files_are_told_by_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, leads=expecting("tba: A\nseverity: bad", "Lead"), accounts=expecting("tab: ''", "Account"))
    (tmp_path / "broken.yml").write_bytes(b"object: Lead\n# caf\xe9\n")

    assert [one.partition(": ")[0] for one in wrong(tmp_path)] == [
        "accounts.yml:4", "broken.yml:2", "leads.yml:4", "leads.yml:5",
    ]  # fmt: skip


def test_an_expectation_is_said_once_in_all_files(tmp_path: Path) -> None:
    write(tmp_path, leads=expecting("includes: [Name]", "Lead"), more=expecting("includes: [name]\nowner: A", "Lead"))

    assert wrong(tmp_path) == ["more.yml:3: leads.yml:3 says the same already: take one of them out"]


def test_two_objects_may_be_expected_to_have_the_same(tmp_path: Path) -> None:
    write(tmp_path, leads=expecting("includes: [Name]", "Lead"), contacts=expecting("includes: [Name]", "Contact"))

    assert len(load(tmp_path)) == 2


@pytest.mark.parametrize("folder", ["", "absent"])
def test_a_folder_without_files_is_a_mistake(tmp_path: Path, folder: str) -> None:
    [said] = wrong(tmp_path / folder)

    assert said.endswith("there is no file of expectations (.yml) here: put tabs.yml, accounts.yml, opportunities.yml, "
                         "contacts.yml, leads.yml there")  # fmt: skip


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, leads=expecting("tab: A", "Lead"))
    (tmp_path / "tabs.yml").mkdir()

    assert wrong(tmp_path) == ["tabs.yml: this file cannot be read: Is a directory"]


def test_a_file_may_begin_with_the_mark_that_windows_leaves(tmp_path: Path) -> None:
    (tmp_path / "leads.yml").write_text(expecting("tab: A", "Lead"), encoding="utf-8-sig")

    assert [one.line for one in load(tmp_path)] == [3]


def test_a_folder_is_held_against_the_handbook_that_is_in_it_and_ours_against_our_copy(tmp_path: Path) -> None:
    write(tmp_path, leads=expecting("tab: A", "Lead", quote="We have our own rules."))
    assert (handbook_of(tmp_path), handbook_of(ours())) == (None, EXCERPT)
    assert len(load(tmp_path)) == 1

    (tmp_path / "handbook.md").write_text("# Ours\n\nWe have other rules.\n", encoding="utf-8")
    assert handbook_of(tmp_path) == tmp_path / "handbook.md"
    assert [one.partition(": ")[0] for one in wrong(tmp_path)] == ["leads.yml:3"]


@pytest.mark.parametrize(
    ("text", "said"), [(b"", "has no sentence in it"), (b"\xff", "cannot be read: it is not UTF-8")]
)
def test_a_handbook_that_cannot_be_read_is_a_mistake(tmp_path: Path, text: bytes, said: str) -> None:
    write(tmp_path, leads=expecting("tab: A", "Lead"))
    (tmp_path / "handbook.md").write_bytes(text)

    assert [one.endswith(said) for one in wrong(tmp_path)] == [True]


def test_without_a_handbook_no_quote_is_compared(tmp_path: Path) -> None:
    assert len(loaded(write(tmp_path, leads=expecting("tab: A", "Lead", quote="L999 Whatever.")), None)) == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), ["leads.yml:3: waived until 2026-12-31, which is over: it counts again"]),
    ],
)
def test_a_waiver_that_is_over_is_a_warning_and_no_mistake(tmp_path: Path, day: date, said: list[str]) -> None:
    found = load(write(tmp_path, leads=expecting(WAIVED, "Lead")))

    assert told(warnings(found, None, day)) == said


def test_a_sentence_that_nothing_quotes_is_a_warning(tmp_path: Path) -> None:
    compared = handbook(f"### {CHECKUP}\n* {SENTENCE} Open a lead.\n* Close it.\n")

    found = loaded(write(tmp_path, leads=expecting("tab: A", "Lead", quote=f"{SENTENCE} Open a lead.")), compared)

    assert told(warnings(found, compared, date(2026, 11, 23))) == ["handbook:3: no expectation quotes “Close it.”"]
    assert len(book().unquoted(())) == 33
