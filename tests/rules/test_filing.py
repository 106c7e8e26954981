"""Which findings become issues, what the issues say, and that no text in them mentions, links or formats."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tasks.rules.filing import (
    Filed,
    FilingResult,
    Mark,
    comment_of,
    counted,
    draft_of,
    filing_refusal,
    fixed_marker,
    fixed_of,
    is_fixed,
    marked,
    marker,
    sorted_out,
    title_of,
)
from tasks.rules.markdown import code, literal, plain
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Checkup, Severity, Status
from tests.findings import ACCOUNTING, DAY, FINDINGS, LICENSE_KEY, PAYMENT_TERMS, SENTENCE, checkup, finding

ON = ValidationPolicy(private_repository="acme/confidential", file_at_most=2)
MARISOL = "Marisol Vega"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ""),
        ({"decided_by": "marisol  vega"}, ""),
        ({"findings": [], "comments": True}, ""),
        ({"findings": []}, "Name the findings to file"),
        ({"decided_by": ""}, "Say who wants to file issues: those who may are Marisol Vega"),
        ({"decided_by": "Tom Okafor"}, "Tom Okafor may not file issues"),
        ({"deciders": ()}, "Nobody may file issues yet"),
        ({"policy": ValidationPolicy()}, "Filing is off: name a private GitHub repository"),
        ({"has_token": False}, "Filing is off: set RITUALS_GITHUB_TOKEN"),
        ({"findings": ["a", "b"]}, ""),
        ({"findings": ["a", "b", "c"]}, "3 findings are more than the 2 that one order files, so none was"),
    ],
)
def test_an_order_is_refused_in_one_sentence(change: dict[str, Any], why: str) -> None:
    order: dict[str, Any] = {
        "findings": ["a"], "decided_by": MARISOL, "deciders": (MARISOL,), "policy": ON, "has_token": True,
        "comments": False,
    }  # fmt: skip

    said = filing_refusal(**{**order, **change})

    assert said.startswith(why)
    assert bool(said) == bool(why)


FIXED: list[tuple[str, Checkup | None, bool]] = [
    ("found again", checkup(), False),
    ("not found any more, and the rest differs", checkup(FINDINGS[1:]), True),
    ("as expected by now", checkup((), {ACCOUNTING.key: Status.AS_EXPECTED}), True),
    ("waived, and the difference is another", checkup(FINDINGS[1:], {ACCOUNTING.key: Status.WAIVED}), True),
    ("could not be checked", checkup((), {ACCOUNTING.key: Status.COULD_NOT_CHECK}), False),
    ("left to eyes", checkup((), {ACCOUNTING.key: Status.NEEDS_EYES}), False),
    ("expectation gone from the files", checkup((), {"another": Status.AS_EXPECTED}), False),
    ("never checked as a whole", None, False),
    ("checked before it was found", checkup((), day=date(2026, 9, 2)), False),
]


@pytest.mark.parametrize(("latest", "fixed"), [row[1:] for row in FIXED], ids=[row[0] for row in FIXED])
def test_what_is_fixed(latest: Checkup | None, fixed: bool) -> None:
    assert is_fixed(finding(), latest) is fixed


def test_an_order_is_sorted_and_keeps_its_order() -> None:
    found = sorted_out([PAYMENT_TERMS, "nobody", LICENSE_KEY], FINDINGS, checkup(FINDINGS[1:]))

    assert [one.key for one in found.to_file] == [PAYMENT_TERMS]
    assert [one.key for one in found.fixed] == [LICENSE_KEY]
    assert found.strangers == ("nobody",)


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({}, "Salesforce: Account \u203a Accounting: “License key” is missing"),
        ({"section": ""}, "Salesforce: Account: “License key” is missing"),
        ({"object": "", "section": ""}, "Salesforce: Tabs: “License key” is missing"),
        ({"said": "x" * 300}, f"Salesforce: Account \u203a Accounting: {'x' * 165}…"),
    ],
)
def test_the_title_says_where_and_what(change: dict[str, Any], title: str) -> None:
    assert title_of(replace(finding(), **change)) == title


BODY = f"""\
In Account \u203a Accounting: “License key” is missing

What the handbook says, L157:

> {SENTENCE}

- First seen: 3 Sep 2026
- Severity: critical
- Expectation: `accounts.yml:27`

To waive it for a while, add to the expectation at `accounts.yml:27`:

```yaml
waived until: 2027-03-31
because: why it may differ until then
```

Filed by Marisol Vega from the Salesforce check of 23 Nov 2026. Once a check finds it fixed, that is said here; \
closing is up to you, and an issue that you close is not opened again.

<!-- rituals:finding:11c0ffee0001:{ACCOUNTING.key}:2026-09-03 -->
"""


def test_the_body_says_all_that_is_needed_to_fix_or_waive_it() -> None:
    assert draft_of(finding(), ACCOUNTING, by=MARISOL, day=DAY).body == BODY


def test_the_body_of_a_finding_about_records_counts_them_and_names_none() -> None:
    body = draft_of(replace(finding(), total=4, of=58), ACCOUNTING, by=MARISOL, day=DAY).body

    assert "- Records: 4 of 58 looked at; the report of the check names them\n" in body


def test_the_body_of_a_finding_whose_expectation_is_gone_says_so() -> None:
    body = draft_of(finding(), None, by=MARISOL, day=DAY).body

    assert "The handbook says so in L157." in body
    assert "gone from the files since" in body
    assert "To waive" not in body


def test_an_issue_is_known_by_the_last_mark_in_it() -> None:
    mark = Mark(LICENSE_KEY, ACCOUNTING.key, date(2026, 9, 3))
    quoted = f"> {marker(FINDINGS[1])}\n\n{marker(FINDINGS[0])}\n"

    assert (marked(quoted), marked(BODY), marked(marker(mark))) == (mark, mark, mark)


@pytest.mark.parametrize(
    "body", ["nothing", "<!-- rituals:finding:Acme -->", f"<!-- rituals:finding:{'a' * 12}:{'b' * 12}:2026-02-31 -->"]
)
def test_what_is_no_mark_of_ours_is_none(body: str) -> None:
    assert marked(body) is None


def test_a_fix_is_noticed_by_the_mark_alone_and_dated_by_what_is_remembered() -> None:
    mark, back = Mark(LICENSE_KEY, ACCOUNTING.key, date(2026, 9, 3)), date(2026, 11, 9)

    assert fixed_of([mark], [], checkup(())) == [mark]
    assert fixed_of([mark], [finding(first_seen=back)], checkup(())) == [replace(mark, first_seen=back)]
    assert fixed_of([mark], [], checkup()) == []


def test_the_comment_says_since_when_and_is_marked_by_the_time_it_was_found() -> None:
    again = replace(finding(), first_seen=date(2026, 12, 7))

    assert comment_of(finding(), DAY).startswith("Fixed as of the check of 23 Nov 2026.")
    assert fixed_marker(finding()) in comment_of(finding(), DAY)
    assert fixed_marker(finding()) != fixed_marker(again)
    assert marked(comment_of(finding(), DAY)) is None


def test_outcomes_are_counted_in_one_order() -> None:
    results = [FilingResult("", "", outcome) for outcome in (Filed.ALREADY, Filed.FILED, Filed.ALREADY)]

    assert list(counted(results).items()) == [(Filed.FILED, 1), (Filed.ALREADY, 2)]


HOSTILE = [
    "@octocat", "mail sam@acme.example now", "(@acme/sales)", "#123", "acme/confidential#7", "GH-12 and gh-3", ":x:",
    "https://evil.example/a?b=c", "www.evil.example", "ftp://evil.example", "mailto:sam@acme.example",
    "[click](https://evil.example)", "![picture](https://evil.example/p.png)", "[a][b]", "[^1]", "<!-- no -->", "-->",
    "<b>bold</b> <img src=x onerror=alert(1)>", "<https://evil.example>", "`code` and ```fence```", "**b** _it_ ~~no~~",
    "# heading", "- list", "+ list", "* list", "1. list", "2) list", "> quote", "| a | b |", "---", "===", "&lt;",
    "\\@octocat \\*", "$x^2$", "[!NOTE]", "- [ ] task", "0123abc 0123456789abcdef0123456789abcdef01234567",
    "two\nlines\n\n# and a heading", "\u202eright to left", "zero\u200bwidth", "tab\there", "half \ud800", "nul\0", "",
    "Up to # of hosts", "total opportunities (#)", "close date (first deal)", "next step's due date",
]  # fmt: skip
# What GitHub looks for in the text once Markdown is done.
REFERENCES = re.compile(
    r"(?<!\w)@\w|#\d|\bGH-\d|:[\w+-]+:|\w://|\bwww\.|\w@\w|(?<!\w)(?=[a-f]*\d)[0-9a-f]{7,40}(?!\w)", re.IGNORECASE
)
RENDERED = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def texts(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Kind and content of everything in a rendered line."""
    for token in tokens:
        yield from texts(token.children) if token.children else [(token.type, token.content)]


def harmless(words: str) -> None:
    tokens = RENDERED.parse(literal(words))
    kinds = {kind for kind, _ in texts(tokens)} - {"paragraph_open", "paragraph_close", "inline"}
    shown = "".join(content for _, content in texts(tokens))

    assert kinds <= {"text", "text_special"}
    assert shown == plain(words)
    assert not REFERENCES.search(shown)


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_text_of_others_is_only_text(words: str) -> None:
    harmless(words)


@given(st.text(st.sampled_from("@#:/`*_[]()<>!&\\~|$.-+=1a \n{}^w"), max_size=25))
def test_no_mixture_of_marks_is_more_than_text(words: str) -> None:
    harmless(words)


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_a_hostile_label_leaves_title_and_body_in_their_shape(words: str) -> None:
    tampered = replace(finding(), said=words, section=words, severity=Severity.INFO)
    expectation = replace(ACCOUNTING, sentence=words or "?", owner=words, file=words or "x.yml")

    draft = draft_of(tampered, expectation, by=words, day=DAY)

    assert not REFERENCES.search(draft.title)
    assert "\n" not in draft.title
    assert marked(draft.body) == Mark(LICENSE_KEY, ACCOUNTING.key, tampered.first_seen)
    blocks = [token.type for token in RENDERED.parse(draft.body) if token.level == 0 and token.nesting >= 0]
    assert blocks == [
        "paragraph_open", "paragraph_open", "blockquote_open", "bullet_list_open", "paragraph_open", "fence",
        "paragraph_open", "html_block",
    ]  # fmt: skip


def test_an_ordinary_label_is_left_as_it_reads() -> None:
    assert plain("Up to # of hosts, close date (first deal)") == "Up to # of hosts, close date (first deal)"


@pytest.mark.parametrize(("words", "shown"), [("a`b", "`a\u02cbb`"), ("a\nb", "`a b`"), ("", "")])
def test_code_stays_in_its_marks(words: str, shown: str) -> None:
    assert code(words) == shown
