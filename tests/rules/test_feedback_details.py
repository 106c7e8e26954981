"""The required details of a request (handbook L281 to L288): found with the words, missing, and asked for."""

import pytest

from tasks.rules.feedback import Details
from tasks.rules.feedback_details import details, names

from .feedback_talk import talk

SERVER, AGENT, WHICH, SYSTEM, BROWSER, EXPECTED, ACTUAL = names()
COMPLETE = (
    "Fleet server 4.38.1, fleetd 1.19.0, macOS 14.1, Chrome 119. Expected: the list shows 12 hosts. Actual: it is"
    " empty, with an error."
)


def told(*lines: str) -> Details:
    return details(talk(*[text if text[:4] in {"us: ", "ann:"} else f"ann: {text}" for text in lines]))


def test_there_are_seven_in_the_handbooks_order_and_the_first_bears_the_products_name() -> None:
    assert names("Fleet")[0] == "Fleet server version"
    assert [SERVER, AGENT, WHICH, SYSTEM, BROWSER, EXPECTED, ACTUAL] == [
        "Server version", "Agent version", "Osquery or fleetd?", "Operating system", "Web browser",
        "Expected behavior", "Actual behavior",
    ]  # fmt: skip


def test_who_tells_all_is_asked_nothing() -> None:
    found = told(COMPLETE)

    assert set(found.found) == set(names())
    assert (found.missing, found.question) == ((), "")


FOUND = [
    (SERVER, "We upgraded to v4.40 and the count is wrong", "v4.40"),
    (SERVER, "The export fails. We are on 4.38.0.", "4.38.0"),
    (SERVER, "Since 4.41 the search fails", "4.41"),
    (SERVER, "on 4.39 GET /labels fails", "4.39"),
    (SERVER, "The list is wrong on macOS 13.6", ""),
    (SERVER, "osquery 5.9.1 crashes", ""),
    (SERVER, "it crashes since we upgraded osquery from 5.9.1", ""),
    (SERVER, "Chrome 120.0.1 shows an error", ""),
    (AGENT, "osquery 5.9.1 crashes", "osquery 5.9.1"),
    (AGENT, "orbit version 1.17.0 crashes", "orbit version 1.17.0"),
    (AGENT, "Fleet 4.38.0 crashes", ""),
    (WHICH, "fleetd crashes", "fleetd"),
    (WHICH, "we use plain osquery and it crashes", "plain osquery"),
    (WHICH, "the osquery schema in the docs is wrong", ""),
    (SYSTEM, "it fails on Windows 11 23H2", "Windows 11 23H2"),
    (SYSTEM, "it fails on our Windows hosts", "Windows hosts"),
    (SYSTEM, "it opens two windows and fails", ""),
    (SYSTEM, "Ubuntu 22.04: the agent crashes", "Ubuntu 22.04"),
    (SYSTEM, "the agent crashes on all Chromebooks", "Chromebooks"),
    (BROWSER, "the page is blank in Safari 17.1", "Safari 17.1"),
    (BROWSER, "Edge shows an error", "Edge"),
    (BROWSER, "the tooltip is cut at the right edge", ""),
    (BROWSER, "that edge case fails", ""),
    (BROWSER, "the agent for ChromeOS crashes", ""),
    (BROWSER, "the table chrome_extensions is missing", ""),
    (EXPECTED, "the list is empty, it should show 12", "should show 12"),
    (EXPECTED, "it shows 2 hosts instead of 12", "instead of"),
    (EXPECTED, "the list is empty. Is this expected?", ""),
    (ACTUAL, "The export fails. Actual: a 504 after a minute", "Actual: a 504"),
    (ACTUAL, "the list is empty", "empty"),
    (ACTUAL, "It doesn't work.", ""),
    (ACTUAL, "```panic: runtime error```", "panic"),
]


@pytest.mark.parametrize(("name", "text", "words"), FOUND, ids=[f"{name}: {text}" for name, text, _ in FOUND])
def test_a_detail_is_found_with_its_words_or_missing(name: str, text: str, words: str) -> None:
    found = told(text)

    assert words in found.found.get(name, "")
    assert (name in found.missing) is (not words)


def test_a_list_that_is_filled_in_is_read() -> None:
    found = told(
        "the export fails\nServer version: 4.38.1\nAgent version: 1.19.0\nOsquery or fleetd: fleetd"
        "\nOperating system: Haiku R1\nWeb browser: Ladybird 0.1\nExpected behavior: a file\nActual behavior: none"
    ).found

    assert set(found) == set(names())
    assert "4.38.1" in found[SERVER]
    assert "1.19.0" in found[AGENT]
    assert "Haiku R1" in found[SYSTEM]
    assert "Ladybird 0.1" in found[BROWSER]


def test_a_bare_number_is_the_version_that_we_had_asked_for() -> None:
    assert told("it fails", "us: Which version of Fleet is it?", "4.38.0").found[SERVER] == "4.38.0"
    assert told("it fails", "us: Which version of the agent?", "1.17.0").found[AGENT] == "1.17.0"
    assert SERVER not in told("it fails", "us: Which version of the agent?", "1.17.0").found
    assert SERVER not in told("it fails", "us: How many hosts?", "4.38").found


def test_what_we_say_ourselves_is_no_detail_of_theirs() -> None:
    found = told("the export fails", "us: Do you use Chrome on Windows 11?", "it still fails")

    assert not {BROWSER, SYSTEM} & set(found.found)


def test_the_question_names_what_is_missing_and_nothing_else() -> None:
    question = told("The export fails with an error in Chrome 119, Fleet 4.38.1").question

    assert question.splitlines() == [
        "Thanks for letting us know! So that we can get to the bottom of this quickly, could you tell us:",
        "- Which version of the agent do the affected hosts run?",
        "- Is that plain osquery, or fleetd?",
        "- Which operating system, and which version of it?",
        "- What did you expect to happen?",
    ]


def test_in_an_emergency_only_what_helps_at_once_is_asked_and_nobody_waits_for_it() -> None:
    found = told("prod is gone, all our users are locked out")

    assert len(found.missing) == 6
    first, *asked = found.question.splitlines()
    assert "no need to send anything first" in first
    assert asked == ["- Which version does your server run?"]


def test_in_an_emergency_that_is_described_nothing_is_asked() -> None:
    assert told("Fleet 4.38.1 returns a 502 for all users, prod is down").question == ""


@pytest.mark.parametrize(
    "lines",
    [
        ["How do I add a label on macOS 14?"],
        ["Feature request: labels by serial number"],
        ["You are awesome, thanks!"],
        ["us: 4.41 is out."],
    ],
)
def test_nobody_else_lacks_any(lines: list[str]) -> None:
    found = told(*lines)

    assert (found.missing, found.question) == ((), "")


def test_what_they_told_is_found_in_questions_too() -> None:
    assert told("How do I add a label on macOS 14?").found[SYSTEM].endswith("macOS 14?")


def test_who_was_answered_is_asked_nothing() -> None:
    found = told("the export fails", "us: Which browser?")

    assert found.missing
    assert found.question == ""
