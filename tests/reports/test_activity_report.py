"""The activity review's message: golden files for the eye, and what must hold of every report.

After a wanted change: `UPDATE_GOLDEN=1 pytest tests/reports`, then read the difference.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasks.reports.activity import message
from tasks.reports.activity_chart import weeks
from tasks.reports.limits import problems
from tasks.reports.post import as_text, lines
from tasks.rules.activity_findings import ActivityReview, Month, Rule, Totals
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.talks import Talk

from . import activity_reviews as reviews
from .activity_reviews import (
    ANA,
    DOE,
    GLOBEX,
    KAY,
    MAX,
    PAT,
    ROE,
    TOM,
    make_context,
    make_finding,
    make_month,
    make_person,
    make_rep,
    make_review,
    make_talk,
    make_touch,
)  # fmt: skip
from .golden_files import agreed, as_json

STREAK = "6 in a row without an answer, in 11 days, the last on 12 Nov"


def shown(review: ActivityReview, before: Month | None = None, **context: Any) -> list[str]:
    """The parent's lines, without its chart."""
    return lines(message(review, make_context(**context), before, (), ()).parent.without_charts().blocks)


def labelled(label: str, review: ActivityReview, before: Month | None = None, **context: Any) -> str:
    [line] = [line for line in shown(review, before, **context) if line.startswith(label)]
    return line.removeprefix(label).strip()


def streak_of(rep_id: str, person_id: str = DOE) -> dict[str, Any]:
    return make_finding(Rule.STREAK, STREAK, rep_ids=(rep_id,), person_id=person_id)


def of_tom() -> ActivityReview:
    """What the full review says of Tom alone."""
    review = reviews.full()
    mine = review.findings["rep_ids"].map(lambda reps: TOM in reps)
    totals = Totals(1, 200, 0, 62, 38, over=2, waiting=2, forgotten=0, talks=1)
    return replace(
        review, scope="Tom Okafor", findings=review.findings[mine].reset_index(drop=True),
        reps=review.reps[review.reps["rep_id"].eq(TOM)].reset_index(drop=True), totals=totals,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "review", "before", "talks"),
    [
        ("activity", reviews.full(), make_month(), reviews.full_talks()),
        ("activity_clean", reviews.quiet(), make_month(), ()),
        ("activity_first", reviews.full(), None, reviews.full_talks()[:1]),
        ("activity_of_tom", of_tom(), make_month(), reviews.full_talks()[1:]),
    ],
    ids=["full", "clean", "first", "one rep"],
)
def test_the_report_reads_as_agreed(
    name: str, review: ActivityReview, before: Month | None, talks: tuple[Talk, ...]
) -> None:
    none = () if before else (reviews.no_talk(),)
    report = message(review, make_context(), before, talks, none)
    written = as_text(report)
    assert written == agreed(f"{name}.txt", written)
    assert len(lines(report.parent.without_charts().blocks)) <= 12
    assert [line for line in as_text(report).splitlines() if line != line.rstrip()] == []
    assert [problems(post.blocks) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))


def test_the_blocks_are_as_agreed() -> None:
    report = message(reviews.full(), make_context(), make_month(), reviews.full_talks(), ())
    written = as_json(report)
    assert written == agreed("activity.blocks.json", written)


def test_a_dry_run_differs_in_its_first_line_alone() -> None:
    dry, wet = (message(reviews.full(), make_context(dry_run=dry), None, (), ()) for dry in (True, False))
    assert lines(dry.parent.blocks)[1:] == lines(wet.parent.blocks)[1:]
    assert (
        lines(dry.parent.blocks)[0] == dry.parent.text == wet.parent.text.replace("activity", "activity (dry run)", 1)
    )


@pytest.mark.parametrize(
    ("findings", "rep", "headline"),
    [
        ([], {}, "nothing needs you"),
        ([streak_of(ANA)], {}, "1 person over-contacted"),
        ([streak_of(ANA), streak_of(ANA, ROE)], {"talk": True}, "1 talk suggested, 2 people over-contacted"),
        ([make_finding(Rule.WAITING, "no answer for 2 business days")] * 2, {}, "2 left waiting"),
        ([make_finding(Rule.FORGOTTEN, "1 open", (), person_id=None)], {}, "1 account untouched"),
        ([], {"judged": False}, "nothing found, 1 rep cannot be judged"),
    ],
    ids=["nothing", "one person", "a talk", "waiting", "forgotten", "no mail logged"],
)
def test_the_first_line_counts_what_needs_the_reader(
    findings: list[dict[str, Any]], rep: dict[str, Any], headline: str
) -> None:
    report = message(make_review([make_rep(ANA, **rep)], findings), make_context(), None, (), ())
    assert report.parent.text == f"Rep activity · 25 Oct\u201323 Nov · {headline}"


def test_a_dry_run_and_a_scope_stand_in_the_first_line() -> None:
    report = message(replace(reviews.quiet(), scope="Ana Snyder"), make_context(dry_run=True), None, (), ())
    assert report.parent.text == "Rep activity (dry run) · Ana Snyder · 25 Oct\u201323 Nov · nothing needs you"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, 1),
        ({"read": {"tasks": (900, 1_204)}}, 4),
        ({"notes": ("3 touches name nobody",)}, 1),
    ],
    ids=["all is well", "not all was read", "a note on the data"],
)
def test_only_a_review_without_any_doubt_is_one_line(said: dict[str, Any], told: int) -> None:
    review = replace(reviews.quiet(), **said)
    assert min(len(shown(review)), 4) == told
    assert all(note in " ".join(shown(review)) for note in review.notes)


def test_missing_rows_are_counted() -> None:
    review = replace(reviews.full(), read={"tasks": (900, 1_204), "mail": (88, 88)})
    told = "Only 900 of 1,204 tasks read: 304 missing from this report."
    assert labelled("DATA", review).startswith(told)


def test_reps_stand_by_name_whatever_they_did() -> None:
    reps = [make_rep(ANA, talk=True, talk_because="3 people with findings"),
            make_rep(TOM, talk=True, talk_because="9 people with findings")]  # fmt: skip
    report = message(make_review(reps, [streak_of(TOM), streak_of(ANA)]), make_context(), None, (), ())
    rows = [line.removeprefix("COACH? ") for line in lines(report.parent.blocks)[1:3]]
    assert [row[3:].split(":")[0] for row in rows] == ["Ana Snyder", "Tom Okafor"]
    assert [post.text for post in report.thread[:2]] == ["Ana Snyder", "Tom Okafor"]


def test_a_talk_is_suggested_with_one_example_and_its_time() -> None:
    reps = [make_rep(ANA, talk=True, talk_because="3 people with findings")]
    amber = make_finding(Rule.STREAK, "4 in a row without an answer", person_id=ROE)
    red = make_finding(Rule.OPTED_OUT, "1 mail after opting out", level="red", person_id=KAY)
    talk = make_talk(ANA, datetime(2026, 12, 1, 18, 30, tzinfo=UTC))
    report = message(make_review(reps, [amber, red]), make_context(), None, (talk,), ())
    row = "COACH? 1. Ana Snyder: 3 people with findings, e.g. K. Kay (Acme) · draft Tue 1 Dec 10:30 PT"
    assert row in lines(report.parent.blocks)


def test_without_a_free_time_the_remedy_is_in_the_thread() -> None:
    review = make_review([make_rep(TOM, talk=True, talk_because="3 people with findings")], [streak_of(TOM)])
    report = message(review, make_context(), None, (), (reviews.no_talk(),))
    assert "1. Tom Okafor: 3 people with findings, e.g. J. Doe (Acme): " in as_text(report)
    assert "no draft, see thread" in as_text(report)
    told = "No talk drafted · No half hour is free for both until 7 Dec: ask for one by hand"
    assert told in lines(report.thread[0].blocks)


def test_people_stand_by_what_they_got_without_an_answer() -> None:
    findings = [streak_of(ANA, person_id) for person_id in (ROE, KAY, DOE)]
    people = [make_person(ROE, 4), make_person(KAY, 4, automated=2, reps=2), make_person(DOE, 6), make_person(MAX, 9)]
    told = "unanswered in a row: J. Doe (Acme) 6 · K. Kay (Acme) 4 (+2 automated mails, 2 reps) · R. Roe (Acme) 4"
    assert labelled("PILE-UPS", make_review([make_rep(ANA)], findings, people)) == told


def test_what_is_not_our_way_is_counted_with_an_example_a_rule() -> None:
    findings = [
        make_finding(Rule.OPTED_OUT, "1 mail", person_id=DOE),
        make_finding(Rule.OPTED_OUT, "1 mail", person_id=ROE, account_id=GLOBEX),
        make_finding(Rule.REST, "1 mail", person_id=KAY, rep_ids=()),
    ]
    told = "2 opted out of e-mail, e.g. J. Doe (Acme) · 1 in a rest period: K. Kay (Acme) (automated)"
    assert labelled("STRATEGY", make_review([make_rep(ANA)], findings)) == told


def test_who_waits_the_longest_is_named() -> None:
    findings = [
        make_finding(Rule.WAITING, "no answer for 2 business days", person_id=ROE, first_day=date(2026, 11, 19)),
        make_finding(Rule.WAITING, "no answer for 3 business days", person_id=DOE, first_day=date(2026, 11, 18)),
    ]
    told = "2 inbound unanswered for more than 1 business day: J. Doe (Acme) since 18 Nov (+1 more in thread)"
    assert labelled("WAITING", make_review([make_rep(ANA)], findings)) == told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (None, "60% answered · nothing to compare with yet"),
        (make_month(), "60% answered (last month 58%) · 2 over-contacted (last month 5, 1 of them again)"),
        (make_month(over=frozenset({MAX})), "(last month 58%) · 2 over-contacted (last month 5, none of them again)"),
        (make_month(date(2026, 11, 2)), "(2 Nov 58%) · 2 over-contacted (2 Nov 5, 1 of them again)"),
        (make_month(window_days=60), "(last month, over 60 days, 58%)"),
    ],
    ids=["first", "Fri 23 Oct", "other people", "Mon 2 Nov, ad hoc", "another window"],
)
def test_the_review_before_is_compared_with(before: Month | None, told: str) -> None:
    review = make_review([make_rep(ANA)], [streak_of(ANA, KAY), streak_of(ANA, DOE)])
    assert told in labelled("TEAM", review, before)


def test_one_rep_is_not_compared_with_the_team() -> None:
    review = replace(make_review([make_rep(ANA)], [streak_of(ANA)]), scope="Ana Snyder")
    assert labelled("TEAM", review, make_month()) == "1 rep · 60 human touches · 20 people · 60% answered"


def test_the_values_are_nobodys_policy_until_they_are_agreed() -> None:
    data = "Rules: 4/6 unanswered, 3-day gap: not company policy until you set it."
    assert data in labelled("DATA", reviews.full())
    agreed = shown(reviews.full(), policy=ActivityPolicy(agreed=True))
    assert "not company policy" not in " ".join(agreed)
    assert "4/6 unanswered, 3-day gap" in agreed[-1]


def test_who_cannot_be_judged_is_named_without_figures() -> None:
    reps = [make_rep(PAT, judged=False, unjudged_because="none of their mail is logged", answered=20)]
    report = message(make_review(reps), make_context(), None, (), ())
    assert "Cannot be judged: Pat Moss (none of their mail is logged)." in as_text(report)
    [row] = [line for line in lines(report.thread[0].blocks) if "Pat Moss" in line]
    assert row == "• Pat Moss · cannot be judged: none of their mail is logged"


def test_work_to_be_done_is_not_among_the_findings_of_a_rep() -> None:
    left = [make_finding(Rule.WAITING, "no answer"), make_finding(Rule.FORGOTTEN, "1 open", (), person_id=None)]
    thread = message(make_review([make_rep(ANA)], left), make_context(), None, (), ()).thread
    [row] = [line for post in thread for line in lines(post.blocks) if line.startswith("• Ana Snyder")]
    assert row == "• Ana Snyder · 60 human touches, 20 people, 60% answered · median gap 4 d · longest streak 3"


def test_the_chart_has_a_bar_a_week_of_what_counts() -> None:
    touches = [
        make_touch(1, datetime(2026, 11, 16, 7, 59, tzinfo=UTC)),  # still Sunday 15 Nov in Los Angeles
        make_touch(2, datetime(2026, 11, 16, 8, 0, tzinfo=UTC), answered=True),
        make_touch(3, datetime(2026, 11, 22, 20, 0, tzinfo=UTC)),
        make_touch(4, datetime(2026, 11, 22, 21, 0, tzinfo=UTC), counts=False),
    ]
    table = weeks(make_review([make_rep(ANA)], touches=touches))
    assert list(table.index) == ["19 Oct", "26 Oct", "2 Nov", "9 Nov", "16 Nov", "23 Nov"]
    assert table.loc["9 Nov"].to_list() == [0, 1]
    assert table.loc["16 Nov"].to_list() == [1, 1]


def test_without_addresses_there_are_no_links() -> None:
    context = make_context(salesforce_url="", list_url="", run_url="", book_url=lambda _: "")
    report = message(reviews.full(), context, None, reviews.full_talks(), ())
    assert "http" not in json.dumps([post.blocks for post in (report.parent, *report.thread)])
