"""The lines that need the reader, and the buttons: talks, people who got too much, strategy, who waits."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasks.reports.limits import URL
from tasks.reports.post import Report
from tasks.rules.activity_findings import Rule
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.talks import Talk

from .activity_posts import line_of, lines_of, report_of
from .activity_reviews import (
    ANA,
    BOOK_URL,
    DOE,
    KAY,
    STREAK,
    TOM,
    UNTIL,
    full,
    full_talks,
    make_finding,
    make_person,
    make_rep,
    make_review,
    make_talk,
)


def _coaching(count: int, *rules: Rule) -> Report:
    """Reps with whom a talk is suggested, each with a streak, and findings of the other rules."""
    ids = [f"005Hs{number:011d}AA" for number in range(count)]
    reps = [
        make_rep(rep_id, rep=f"Rep {chr(65 + number)}", talk=True, talk_because="too many")
        for number, rep_id in enumerate(ids)
    ]
    streaks = [make_finding(Rule.STREAK, STREAK, rep_ids=(rep_id,)) for rep_id in ids]
    more = [make_finding(rule, "x") for rule in rules]
    return report_of(make_review(reps, [*streaks, *more], [make_person(DOE, 4)]))


@pytest.mark.parametrize(
    ("report", "shown", "told"),
    [
        (_coaching(1), 1, ""),
        (_coaching(5), 5, ""),
        (_coaching(6), 5, " · 5 of 6, +1 more in thread"),
        (_coaching(14), 5, " · 5 of 14, +9 more in thread"),
        (_coaching(4, Rule.REST, Rule.WAITING), 4, ""),
        (_coaching(7, Rule.REST, Rule.WAITING), 4, " · 4 of 7, +3 more in thread"),
    ],
    ids=["one", "five", "six", "many", "four beside all", "seven beside all"],
)
def test_at_most_five_talks_by_name_and_how_many_more(report: Report, shown: int, told: str) -> None:
    rows = [line for line in lines_of(report) if ": too many, e.g. J. Doe (Acme): " in line]
    names = [f"{number + 1}. Rep {chr(65 + number)}" for number in range(shown)]
    assert [row.removeprefix("COACH? ").split(":")[0] for row in rows] == names
    assert [row.split("no draft, see thread")[1] for row in rows] == [""] * (shown - 1) + [told]
    assert len(lines_of(report)) <= 12


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (
            make_finding(Rule.STREAK, STREAK),
            (
                "COACH? 1. Ana Snyder: why, e.g. J. Doe (Acme): 4 in a row without an answer, in 4 days"
                " · no draft, see thread"
            ),
        ),
        (
            make_finding(Rule.OPTED_OUT, "1 e-mail to someone who has opted out"),
            "COACH? 1. Ana Snyder: why, e.g. J. Doe (Acme) · no draft, see thread",
        ),
        (
            make_finding(Rule.STREAK, STREAK, rep_ids=(TOM,)),
            "COACH? 1. Ana Snyder: why · no draft, see thread",
        ),
    ],
    ids=["the rhythm", "what the reason says already", "of somebody else"],
)
def test_a_talk_is_suggested_with_why_and_one_example(finding: dict[str, Any], said: str) -> None:
    rep = make_rep(ANA, talk=True, talk_because="why")
    assert said in lines_of(report_of(make_review([rep, make_rep(TOM)], [finding])))


@pytest.mark.parametrize(
    ("starts", "zone", "said"),
    [
        (datetime(2026, 12, 2, 18, 30, tzinfo=UTC), "America/Los_Angeles", "draft Wed 2 Dec 10:30 PT"),
        (datetime(2026, 12, 2, 18, 30, tzinfo=UTC), "America/New_York", "draft Wed 2 Dec 13:30 ET"),
        (datetime(2026, 12, 2, 23, 30, tzinfo=UTC), "Europe/Berlin", "draft Thu 3 Dec 00:30 CET"),
        (datetime(2027, 1, 4, 18, 30, tzinfo=UTC), "America/Los_Angeles", "draft Mon 4 Jan 2027 10:30 PT"),
    ],
)
def test_the_time_of_a_draft_is_the_reps(starts: datetime, zone: str, said: str) -> None:
    review = make_review([make_rep(ANA, talk=True, talk_because="why")])
    report = report_of(review, talks=(make_talk(ANA, starts, time_zone=zone),))
    assert f"COACH? 1. Ana Snyder: why · {said}" in lines_of(report)


def test_pile_ups_are_sorted_by_what_people_got() -> None:
    ids = [f"003Hs{number:011d}AA" for number in range(7)]
    people = [
        make_person(one, min(n, 5), person=f"P{n}", account=None, automated=n // 6)
        for n, one in enumerate(ids, start=1)
    ]
    findings = [make_finding(Rule.STREAK, STREAK, person_id=one) for one in ids]
    report = report_of(make_review([make_rep(ANA)], findings, people))
    assert line_of(report, "PILE-UPS") == (
        "unanswered in a row: P6 5 (+1 automated mail) · P7 5 (+1 automated mail) · P5 5 · P4 4 · P3 3"
        " · +2 more in thread"
    )


def test_strategy_counts_people_and_says_where_a_machine_wrote() -> None:
    findings = [
        make_finding(Rule.CUSTOMER, "x"),
        make_finding(Rule.CUSTOMER, "x", person_id=KAY),
        make_finding(Rule.CUSTOMER, "y", person_id=KAY),
        make_finding(Rule.OPTED_OUT, "x", rep_ids=()),
    ]
    assert line_of(report_of(make_review([make_rep(ANA)], findings)), "STRATEGY") == (
        "1 opted out of e-mail: J. Doe (Acme) (automated) · 2 customers written to by SDRs, e.g. J. Doe (Acme)"
    )


def test_the_longest_waiting_is_named() -> None:
    findings = [
        make_finding(Rule.WAITING, "x", first_day=date(2026, 11, 19)),
        make_finding(Rule.WAITING, "x", person_id=KAY, first_day=date(2026, 11, 13)),
    ]
    report = report_of(make_review([make_rep(ANA)], findings), policy=ActivityPolicy(waiting_days=2))
    assert line_of(report, "WAITING") == (
        "2 inbound unanswered for more than 2 business days: K. Kay (Acme) since 13 Nov (+1 more in thread)"
    )


def _buttons(report: Report) -> list[tuple[str, str, str]]:
    rows = [block["elements"] for block in report.parent.blocks if block["type"] == "actions"]
    return [(one["action_id"], one["text"]["text"], one["url"]) for row in rows for one in row]


def test_booking_comes_first_and_takes_all_drafts() -> None:
    book, *others = _buttons(report_of(full(), None, full_talks()))
    assert book == ("book", "Book the talks", BOOK_URL + ",".join(talk.id for talk in full_talks()))
    assert [label for _, label, _ in others] == ["Open the activities", "Open the run"]


@pytest.mark.parametrize(
    ("talks", "context"), [((), {}), (full_talks(), {"book_url": lambda _: ""})], ids=["no draft", "no form"]
)
def test_without_a_draft_or_a_form_there_is_nothing_to_book(talks: tuple[Talk, ...], context: dict[str, Any]) -> None:
    assert [label for _, label, _ in _buttons(report_of(full(), None, talks, **context))] == [
        "Open the activities",
        "Open the run",
    ]


def test_an_address_that_is_too_long_books_as_many_as_it_can() -> None:
    talks = tuple(make_talk(f"005Hs{number:011d}AA", UNTIL, id=f"{number:040}") for number in range(100))
    [(_, label, url), *_] = _buttons(report_of(full(), None, talks))
    taken = url.removeprefix(BOOK_URL).split(",")
    assert label == f"Book the talks ({len(taken)} of 100)"
    assert 60 < len(taken) < 100
    assert len(url) <= URL


def test_without_addresses_nothing_leads_anywhere() -> None:
    report = report_of(full(), None, full_talks(), salesforce_url="", list_url="", run_url="", book_url=lambda _: "")
    assert "http" not in json.dumps([post.blocks for post in (report.parent, *report.thread)])
