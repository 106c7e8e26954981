"""No text of others mentions, links, formats or runs anything in the activity review, and whatever is found fits."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from tasks.reports.post import Report, as_text, lines
from tasks.reports.slack_text import shorten
from tasks.rules.activity_findings import NOT_OUR_WAY, TOO_MUCH, ActivityReview, Rule
from tasks.rules.talks import NoTalk, Talk

from .activity_posts import lines_of, report_of
from .activity_reviews import (
    ANA,
    BOOK_URL,
    DOE,
    MARISOL,
    UNTIL,
    make_finding,
    make_month,
    make_person,
    make_rep,
    make_review,
    make_talk,
    make_touch,
    touch_id,
)
from .hostile import HOSTILE, not_literal
from .review_builder import BASE
from .slack_says import refused

OURS = (BASE + "/lightning/", "https://prefect.example.com/runs/flow-run/", BOOK_URL)
STARTS = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)


def poisoned(text: str) -> ActivityReview:
    """Every field that a person can write into holds the text, in a finding of each rule."""
    names = {"person": text, "account": text}
    touches = [
        make_touch(1, UNTIL, subject=text, rep=text, **names),
        make_touch(2, UNTIL, subject=text, rep=text, kind=text, direction=text, id=text, **names),
        make_touch(3, None, subject=text, automated=True, rep_id=text, rep=text, owner_id=text, **names),
    ]
    ids = {"touch_ids": (touch_id(1), touch_id(3), text)}
    said = {**names, **ids, "handbook": text}
    findings = [
        *(make_finding(rule, text, **said) for rule in Rule),
        *(make_finding(rule, text, rep_ids=(), **said) for rule in (*TOO_MUCH, *NOT_OUR_WAY)),
        make_finding(Rule.GAP, text, person_id=text, account_id=text, rep_ids=(ANA, text), **said),
        make_finding(Rule.TWO_REPS, text, person_id=None, account_id=None, rep_ids=(ANA,), **said),
    ]
    reps = [
        make_rep(ANA, rep=text, talk=True, talk_because=text),
        make_rep(text or "none", rep=text, talk=True, talk_because=text),
        make_rep(MARISOL, rep=text, judged=False, unjudged_because=text),
    ]
    people = [make_person(DOE, 6, **names, automated=2), make_person(text or "none", 4, **names)]
    return make_review(reps, findings, people, touches, notes=(text,) * 9, scope=text, read={text: (1, 2)})


def talk(text: str, **said: Any) -> Talk:
    return make_talk(ANA, STARTS, rep=text, manager=text, agenda=(text,) * 9, because=text, subject=text, **said)


@cache
def _report(text: str) -> Report:
    none = NoTalk(text or "none", text, text)
    return report_of(poisoned(text), make_month(), (talk(text),), (none,), started_by=text)


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_hostile_text_stays_text(text: str) -> None:
    report = _report(text)
    assert [not_literal(post, OURS) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))
    assert len(lines_of(report)) <= 12


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_no_cell_of_the_file_runs(text: str) -> None:
    content = _report(text).files[0].content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    assert [cell for cell in cells if re.match(r"\s*[=+\-@\t\r]", cell)] == []
    assert len(cells) == 13 * 4


@pytest.mark.parametrize("text", ["<!channel>", "<@U024BE7LH>", "*bold* _it_", "&lt;!here&gt;", "https://evil.example"])
def test_and_is_shown_as_it_was_written(text: str) -> None:
    assert as_text(_report(text)).count(shorten(text, 32)) > 30


@pytest.mark.parametrize("text", ["Acme\n\nDATA all is well", "Acme\r\n1. fake"])
def test_no_text_makes_a_line_of_its_own(text: str) -> None:
    assert not re.search("^(DATA all|1. fake)", as_text(_report(text)), re.MULTILINE)


def test_an_empty_organisation_is_reported() -> None:
    report = report_of(make_review())
    assert lines_of(report)[0].startswith("Rep activity · ")
    assert "0 reps · 0 human touches · 0 people · nobody written to" in as_text(report)


LONG = "\U0001f389" * 127 + "x"  # 255 as Salesforce counts
PLAIN = '"' * 255


@pytest.mark.parametrize("name", [LONG, PLAIN], ids=["emoji", "quotes"])
def test_two_hundred_reps_and_five_thousand_findings_fit(name: str) -> None:
    reps = [f"005Hs{number:011d}AA" for number in range(200)]
    rules = list(Rule)
    names = {"person": name, "account": name}
    findings = [
        make_finding(
            rules[n % len(rules)], name, (n % 300, n % 301, n % 302), rep_ids=(reps[n % 200], reps[(n * 7) % 200]),
            person_id=f"003Hs{n:011d}AA", account_id=f"001Hs{n:011d}AA", level=("red", "amber")[n % 2], handbook=name,
            **names,
        )
        for n in range(5_000)
    ]  # fmt: skip
    people = [make_person(f"003Hs{n:011d}AA", n % 9, automated=n % 3, **names) for n in range(5_000)]
    touches = [make_touch(n, UNTIL, subject=name, rep=name, **names) for n in range(302)]
    said = {"talk": True, "talk_because": name}
    review = make_review(
        [make_rep(one, rep=name, **said) for one in reps], findings, people, touches, notes=(name,) * 9
    )
    talks = tuple(replace(talk(name), id=f"talk-{n:06}", rep_id=one) for n, one in enumerate(reps[:150]))
    report = report_of(review, make_month(), talks, tuple(NoTalk(one, name, name) for one in reps[150:]))

    assert [refused(post) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))
    assert len(lines_of(report)) <= 12
    assert len(report.thread) < 50
    told = [line for post in report.thread for line in lines(post.blocks)]
    assert [line for line in told if re.match(r"\d+ of 180 shown; a review of one rep alone shows theirs\.", line)]
    assert lines_of(report)[1].startswith("COACH? 1. ")
