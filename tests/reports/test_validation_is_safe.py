"""No text of others mentions, links, formats or runs anything in the Salesforce check, and whatever is found fits."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.reports.post import Report, as_text, lines
from tasks.reports.slack_text import clean, shorten
from tasks.reports.validation import message
from tasks.reports.validation_table import table
from tasks.rules.expected import ByEye, Components, DefaultListView, Link, Matches, Pattern, Section, Severity, Side
from tasks.rules.verdicts import Change, Discrepancy, News, Outcome, RecordRef, Remembered, Status, Told, Verdict

from . import outcomes
from .hostile import HIDDEN, HOSTILE, not_literal
from .outcomes import BASE, BEFORE, DAY, FILE_URL, HISTORY_URL, SEPTEMBER, account_id, make_context, make_verdict, told
from .slack_says import refused

OURS = (BASE + "/lightning/", "https://prefect.example.com/runs/flow-run/", FILE_URL, HISTORY_URL)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "p", "ul", "li", "span",
    "strong", "table", "thead", "tbody", "tr", "th", "td", "a", "blockquote",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "aria-label", "aria-hidden", "data-label", "href",
    "rel",
}  # fmt: skip


class Page(HTMLParser):
    """Everything that a page is made of: tags, attributes, addresses, words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, set[str]] = {}
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def poisoned(text: str, count: int = 1) -> Outcome:
    """Every field that a person can write into holds the text, in a verdict of each status and kind of claim."""
    claims = (
        Section(text, (text,), (text,) * 9, (Link(text, text),), Side.RIGHT), Components((text,), Side.RIGHT),
        ByEye(text), DefaultListView(text, (text,)), Matches(text, Pattern.YEAR),
    )  # fmt: skip
    records = (RecordRef("Account", account_id(1), text, text), RecordRef(text, text, text, text))
    change = Change(outcomes.AS_OF, text, text)
    found = [Discrepancy(f"{text}|{n}", text, text, records * 4, 99, 100, change) for n in range(count)]
    said: dict[str, Any] = {
        "found": text, "surface": text, "remarks": (text,) * 3, "object": text, "sentence": text, "file": text,
        "owner": text, "waived_until": DAY, "because": text,
    }  # fmt: skip
    verdicts = [
        make_verdict(status, claim, 157, **said, discrepancies=tuple(found) if status in _DIFFERENT else ())
        for claim in claims
        for status in Status
    ]
    rows = [told(news, one, d, SEPTEMBER) for news in News for one in verdicts for d in one.discrepancies]
    rows += [Told(news, Remembered(text, text, text, text, text, Severity.INFO, SEPTEMBER)) for news in News]
    rows += [Told(News.KNOWN, rows[0].remembered, verdicts[-1])]
    return Outcome(DAY, text, tuple(verdicts), tuple(rows), BEFORE, {}, (text,) * 5)


_DIFFERENT = (Status.DIFFERS, Status.WAIVED)


@cache
def _report(text: str) -> Report:
    return message(poisoned(text), make_context(started_by=text, objects=(text,)))


def _page(report: Report) -> str:
    return report.files[0].content.decode("utf-8")


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_hostile_text_stays_text(text: str) -> None:
    report = _report(text)
    assert [not_literal(post, OURS) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))
    assert len(lines(report.parent.blocks)) <= 12


ON_A_PAGE = [
    *HOSTILE, "javascript:alert(1)", "</style><script>x</script>", "<img src=x onerror=alert(1)>", "' onclick='x",
    "-->", "<svg/onload=x>", "<base href=//evil.example>", "&#60;script&#62;",
]  # fmt: skip


@pytest.mark.parametrize("text", ON_A_PAGE, ids=[repr(text[:20]) for text in ON_A_PAGE])
def test_the_page_is_made_of_nothing_but_ours(text: str) -> None:
    page = Page(_page(_report(text)))
    assert set(page.tags) <= TAGS
    assert set(page.attributes) <= ATTRIBUTES
    assert page.attributes["href"] == {f"{BASE}/lightning/r/Account/{account_id(1)}/view"}
    assert page.attributes["class"] == Page(_page(_report("Acme"))).attributes["class"]
    assert not re.search(HIDDEN, "".join(page.words))


AS_WRITTEN = ["<!channel>", "*bold* _it_", "<script>alert(1)</script>", '"><img onerror=x>', "{{7*7}} %s"]


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_and_is_shown_as_it_was_written(text: str) -> None:
    assert as_text(_report(text)).count(shorten(text, 40)) > 30
    assert "".join(Page(_page(_report(text))).words).count(text) > 30


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_the_table_is_plain_text_on_one_line(text: str) -> None:
    rows = table(poisoned(text), make_context())
    assert {value for row in rows for value in row.values() if value != clean(value)} == set()
    assert {len(row) for row in rows} == {8}


@pytest.mark.parametrize("text", ["Acme\n\nNEW all is well", "Acme\r\nFIXED fake"])
def test_no_text_makes_a_line_of_its_own(text: str) -> None:
    assert not re.search("^(NEW all|FIXED fake)", as_text(_report(text)), re.MULTILINE)


@pytest.mark.parametrize("site", ["", "http://acme.example", "javascript:alert(1)//", "file:///etc"])
def test_records_are_linked_over_https_alone(site: str) -> None:
    outcome = outcomes.full()
    page = Page(_page(message(outcome, make_context(salesforce_url=site))))
    assert "href" not in page.attributes
    assert "Umbrella" in "".join(page.words)


@pytest.mark.parametrize("sobject", ["", "../x", "Account/", "a?b", "Account\n", "<b>"])
def test_what_is_no_object_has_no_page(sobject: str) -> None:
    assert make_context().page(RecordRef(sobject, account_id(1), "Acme")) == ""


def test_the_page_forbids_itself_everything_but_its_style() -> None:
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in _page(_report("Acme"))


def test_half_a_character_costs_nothing_but_itself() -> None:
    verdict = make_verdict(Status.COULD_NOT_CHECK, found="Acme \ud800 Corp")
    assert "Acme \ufffd Corp" in _page(message(Outcome(DAY, "\ud800", (verdict,)), make_context()))


LONG = "\U0001f389" * 127 + "x"  # 255 as Salesforce counts
MANY = 500


@pytest.mark.parametrize("name", [LONG, '"' * 255], ids=["emoji", "quotes"])
def test_five_hundred_differences_fit(name: str) -> None:
    verdicts = [
        replace(one, expectation=replace(one.expectation, object=("Account", "Contact", "Lead", "")[n % 4], line=n))
        for n in range(MANY // 10)
        for one in poisoned(name).verdicts
    ]
    rows = [told(News.NEW, one, found) for one in verdicts for found in one.discrepancies]
    assert len(rows) == MANY
    report = message(Outcome(DAY, name, tuple(verdicts), tuple(rows), BEFORE, {}, (name,) * 99), make_context())
    assert [refused(post) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))
    assert len(lines(report.parent.blocks)) <= 12
    assert len(report.thread) <= 16
    assert (
        "".join(line for post in report.thread for line in lines(post.blocks)).count("all are in salesforce-check-")
        >= 4
    )
    assert _page(report).count("<tr>") > len(verdicts) + MANY


TEXT = st.text(max_size=40) | st.sampled_from([LONG, "x" * 255, '"' * 255])
FOUND = st.lists(
    st.builds(Discrepancy, TEXT, TEXT, TEXT, total=st.integers(0, 9**6), of=st.integers(0, 9**6)), max_size=9
).map(tuple)
VERDICT = st.builds(
    lambda status, label, line, found, sobject, text: make_verdict(
        status, Section(label, includes=(label, text)), line, found=text, object=sobject,
        discrepancies=found if status in _DIFFERENT else (), file="x.yml", waived_until=DAY,
    ),
    st.sampled_from(Status), TEXT, st.none() | st.integers(149, 179), FOUND, st.sampled_from(["", "Account", "Lead"]),
    TEXT,
)  # fmt: skip


@given(st.lists(VERDICT, max_size=12), st.lists(st.sampled_from(News), min_size=1), st.none() | st.just(BEFORE))
@settings(max_examples=40, deadline=None)
def test_any_check_fits_and_loses_no_expectation(verdicts: list[Verdict], news: list[News], before: Any) -> None:
    pairs = [(one, found) for one in verdicts for found in one.discrepancies]
    rows = [told(news[n % len(news)], one, found) for n, (one, found) in enumerate(pairs)]
    outcome = Outcome(DAY, "Standard User", tuple(verdicts), tuple(rows), before)
    report = message(outcome, make_context())
    assert [refused(post) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))
    assert len(lines(report.parent.blocks)) <= 12
    assert len(table(outcome, make_context())) >= len(verdicts)
    assert _page(report).count('<td data-label="Expected">') == len(verdicts)
