"""The thread under the activity review: what is said of each rep, who waits, what machines did."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasks.reports.post import Report, lines
from tasks.rules.activity_findings import ActivityReview, Rule

from .activity_posts import report_of
from .activity_reviews import (
    ANA,
    DOE,
    KAY,
    LI,
    STREAK,
    TOM,
    UNTIL,
    full,
    full_talks,
    make_finding,
    make_rep,
    make_review,
    make_talk,
    make_touch,
    no_talk,
    touch_id,
)
from .slack_says import refused


def _posts(review: ActivityReview, *talks: Any, **said: Any) -> list[list[str]]:
    return [lines(post.blocks) for post in report_of(review, None, talks, **said).thread]


def _said(posts: list[list[str]], start: str) -> str:
    """The line that begins so."""
    [line] = [line for post in posts for line in post if line.startswith(start)]
    return line


def _rep_id(number: int) -> str:
    return f"005Hs{number:011d}AA"


def test_every_rep_of_whom_something_is_to_be_said_has_a_post_by_name() -> None:
    posts = _posts(full(), *full_talks())
    assert [post[0].split(" · ")[0] for post in posts] == [
        "Ana Snyder",
        "Tom Okafor",
        "Other reps",
        "Waiting for an answer",
    ]
    assert [line.split(" · ")[0] for line in posts[2][1:3]] == ["• Li Wei", "• Pat Moss"]


def test_the_notification_of_a_reps_post_is_their_name() -> None:
    assert report_of(make_review([make_rep(ANA, rep="<Ana>")], [make_finding(Rule.GAP, "x")])).thread[0].text == (
        "&lt;Ana&gt;"
    )


@pytest.mark.parametrize(
    ("rep", "told"),
    [
        ({}, "60 human touches, 20 people, 60% answered · median gap 4 d · longest streak 3"),
        ({"touches": 1, "people": 1, "answered": 0}, "1 human touch, 1 person, 0% answered · median gap 4 d"),
        ({"touches": 0, "people": 0, "answered": 0, "streak": 0, "median_gap": None}, "0 human touches, 0 people"),
        ({"follow_ups_next_day": 2, "automated": 7}, "next-day follow-ups in 2 of 9 threads · 7 automated"),
        ({"median_gap": 2.5, "streak": 0}, "60% answered · median gap 2.5 d"),
    ],
    ids=["usual", "one", "none", "all", "no streak"],
)  # fmt: skip
def test_the_figures_of_a_rep(rep: dict[str, Any], told: str) -> None:
    posts = _posts(make_review([make_rep(ANA, **rep)], [make_finding(Rule.WAITING, "x", rep_ids=(TOM,))]))
    line = _said(posts, "• Ana Snyder · ")
    assert told in line
    assert ("longest streak" in line) == bool(rep.get("streak", 3))


@pytest.mark.parametrize(("because", "told"), [("nothing is logged", "nothing is logged"), ("", "no mail of theirs")])
def test_a_rep_who_cannot_be_judged_gets_no_figures(because: str, told: str) -> None:
    review = make_review([make_rep(ANA, judged=False, unjudged_because=because)])
    line = _said(_posts(review), "• Ana Snyder · ")
    assert line.startswith(f"• Ana Snyder · cannot be judged: {told}")
    assert "answered" not in line


def _quoted(*findings: dict[str, Any], rep: str = ANA) -> list[str]:
    mails = [make_touch(n, datetime(2026, 11, n, 18, 12, tzinfo=UTC), subject=f"mail {n}") for n in range(1, 8)]
    by_tom = make_touch(9, datetime(2026, 11, 9, 18, 12, tzinfo=UTC), rep_id=TOM, kind="call", subject=None)
    review = make_review([make_rep(rep), make_rep(LI)], findings, touches=[*mails, by_tom])
    return lines(report_of(review).thread[0].blocks)[1:]


def test_up_to_three_touches_are_quoted_the_last_ones_oldest_first() -> None:
    assert _quoted(make_finding(Rule.STREAK, STREAK, range(1, 6))) == [
        f"• J. Doe (Acme): {STREAK} · L138, decisions",
        '  · Tue 3 Nov 10:12: mail "mail 3"',
        '  · Wed 4 Nov 10:12: mail "mail 4"',
        '  · Thu 5 Nov 10:12: mail "mail 5"',
    ]


def test_all_findings_of_a_person_are_together_the_gravest_first() -> None:
    shown = _quoted(
        make_finding(Rule.GAP, "soon", (1, 2), handbook="L138"),
        make_finding(Rule.GAP, "soon again", (3,), person_id=KAY),
        make_finding(Rule.REST, "rest", (7,), level="red", handbook="L143"),
    )
    assert shown == [
        "• J. Doe (Acme): rest; soon · L143, L138",
        '  · Mon 2 Nov 10:12: mail "mail 2"',
        '  · Sat 7 Nov 10:12: mail "mail 7"',
        "• K. Kay (Acme): soon again · L138, decisions",
        '  · Tue 3 Nov 10:12: mail "mail 3"',
    ]


def test_the_touch_of_another_rep_names_them() -> None:
    assert _quoted(make_finding(Rule.TWO_REPS, "2 reps", (1, 9), rep_ids=(ANA, TOM))) == [
        "• J. Doe (Acme): 2 reps · with Tom Okafor · L138, decisions",
        '  · Sun 1 Nov 10:12: mail "mail 1"',
        "  · Mon 9 Nov 10:12: call (no subject) · Tom Okafor",
    ]


def test_people_and_touches_lead_to_their_records() -> None:
    blocks = json.dumps([post.blocks for post in report_of(full()).thread])
    for page in (
        f"Contact/{DOE}", "Lead/00QHs00000000005AA", "Account/001Hs00000000001AA", f"EmailMessage/{touch_id(6)}",
        "Task/00THs00000000021AA",
    ):  # fmt: skip
        assert f"https://acme.my.salesforce.com/lightning/r/{page}/view" in blocks


@pytest.mark.parametrize(
    ("zone", "manager", "told"),
    [
        ("America/New_York", "America/New_York", "Wed 2 Dec 13:30 ET, 30"),
        ("America/Los_Angeles", "America/New_York", "Wed 2 Dec 10:30 PT (13:30 ET for Marisol Vega), 30"),
        ("Asia/Tokyo", "America/New_York", "Thu 3 Dec 03:30 JST (Wed 2 Dec 13:30 ET for Marisol Vega), 30"),
        ("America/Los_Angeles", "nowhere", "Wed 2 Dec 10:30 PT, 30"),
    ],
)
def test_a_talk_is_at_the_time_of_the_rep_and_of_the_manager(zone: str, manager: str, told: str) -> None:
    review = make_review([make_rep(ANA, talk=True)])
    review.managers["zone"] = [manager]
    talk = make_talk(ANA, datetime(2026, 12, 2, 18, 30, tzinfo=UTC), time_zone=zone)
    post = _posts(review, talk)[0]
    assert post[1].startswith(f"Talk drafted · {told} minutes with Marisol Vega · 1 person with 4 or more")
    assert post[2] == '· J. Doe (Acme): 6 in a row without an answer, in 11 days: "Checking in" on 12 Nov'
    assert post[3] == f"[Book {told.split(' (', maxsplit=1)[0].split(', ', maxsplit=1)[0]}]"


def test_where_there_is_no_draft_the_reason_stands() -> None:
    posts = _posts(make_review([make_rep(TOM, talk=True)]), no_talks=(no_talk(),))
    assert posts[0][1] == "No talk drafted · No half hour is free for both until 7 Dec: ask for one by hand"


def _crowd(count: int) -> Report:
    """Reps with a finding each; the last one has a talk."""
    ids = [_rep_id(number) for number in range(count)]
    reps = [make_rep(one, rep=f"Rep {number:03}") for number, one in enumerate(ids)]
    findings = [make_finding(Rule.GAP, "soon", rep_ids=(one,)) for one in ids]
    return report_of(make_review(reps, findings), None, (make_talk(ids[-1], UNTIL),))


@pytest.mark.parametrize(("count", "own"), [(20, 20), (21, 20), (200, 20)])
def test_twenty_posts_then_the_others_together(count: int, own: int) -> None:
    report = _crowd(count)
    firsts = [lines(post.blocks)[0].split(" · ")[0] for post in report.thread]
    assert sum(first.startswith("Rep ") for first in firsts) == own
    assert firsts[own - 1] == f"Rep {count - 1:03}"  # with whom a talk is drafted
    told = "\n".join(line for post in report.thread for line in lines(post.blocks))
    assert [number for number in range(count) if f"Rep {number:03}" not in told] == []
    assert ("More reps with findings" in told) == (count > own)
    assert len(report.thread) <= 34
    assert [refused(post) for post in report.thread] == [[]] * len(report.thread)


def test_more_people_than_fit_are_counted() -> None:
    ids = [f"003Hs{number:011d}AA" for number in range(40)]
    found = [make_finding(Rule.GAP, "soon", (1, 2, 3), person_id=one, person="P") for one in ids]
    touches = [make_touch(number, UNTIL, subject="s" * 60) for number in (1, 2, 3)]
    post = report_of(make_review([make_rep(ANA)], found, touches=touches)).thread[0]
    shown = lines(post.blocks)
    rows = sum(line.startswith("• ") for line in shown)
    assert 5 < rows <= 12
    assert shown[-1] == f"{rows} of 40 people shown; all touches are in rep-activity-2026-11-23.csv."
    assert refused(post) == []


def test_who_waits_longest_comes_first_with_what_they_wrote() -> None:
    findings = [
        make_finding(Rule.WAITING, "no answer for 2 business days", (2,), first_day=date(2026, 11, 19)),
        make_finding(Rule.WAITING, "no answer for 5 business days", (1,), first_day=date(2026, 11, 16), rep_ids=()),
    ]
    touches = [make_touch(1, UNTIL, subject="A trial?"), make_touch(2, UNTIL, subject=None)]
    posts = _posts(make_review([make_rep(ANA)], findings, touches=touches))
    assert _said(posts, "Waiting") == "Waiting for an answer · inbound, for more than 1 business day, longest first"
    assert [line for post in posts for line in post if line.startswith("• J. Doe")] == [
        '• J. Doe (Acme) · since Mon 16 Nov · "A trial?" · no answer for 5 business days · no rep',
        "• J. Doe (Acme) · since Thu 19 Nov · no answer for 2 business days · Ana Snyder",
    ]


def test_a_long_list_says_how_much_of_it_is_shown() -> None:
    findings = [make_finding(Rule.FORGOTTEN, "1 open opportunity", (), person_id=None) for _ in range(400)]
    told = [line for post in _posts(make_review([make_rep(ANA)], findings)) for line in post]
    rows = sum(line.startswith("• Acme · 1 open opportunity · Ana Snyder") for line in told)
    assert 50 < rows < 400
    assert f"{rows} of 400 shown; a review of one rep alone shows theirs." in told


def test_what_machines_did_is_held_against_nobody() -> None:
    review = make_review([make_rep(ANA)], [make_finding(Rule.OPTED_OUT, "1 e-mail", rep_ids=())])
    posts = _posts(review)
    assert _said(posts, "By machines alone") == "By machines alone · no rep's doing: look at the sequence"
    assert _said(posts, "J. Doe") == "J. Doe (Acme): opted out of e-mail, 1 e-mail · L138, decisions"
    assert _said(posts, "• Ana Snyder").endswith("longest streak 3")
