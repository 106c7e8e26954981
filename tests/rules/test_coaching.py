"""Which talks a review drafts: with whom and when. Drafted on Mon 2026-11-23 08:00 in Los Angeles, so from
Tue 24 Nov on; Thursday is Thanksgiving."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from tasks.rules.activity_findings import Rule
from tasks.rules.activity_policy import CoachingPolicy
from tasks.rules.coaching import event_fields, latest_day, redrafted, still_free
from tasks.rules.talks import NoTalk, Talk

from .talk_builders import (
    LA,
    NOW,
    OFFICE,
    POLICY,
    Row,
    busy_frame,
    clock,
    drafted,
    entry,
    found,
    make_review,
    make_talk,
    manager,
    moment,
    rep,
    user_id,
)

ZONES = {user_id("tom"): LA, user_id("marisol"): LA}


def test_a_draft_for_each_rep_with_whom_a_talk_is_suggested_by_name() -> None:
    talks, without = drafted(make_review([rep("tom"), rep("ann"), rep("eve", talk=False), rep("bob", talk=None)]))
    assert [(talk.rep, talk.manager, clock(talk)) for talk in talks] == [
        ("Ann", "Marisol", "Tue 24 Nov 09:00"),
        ("Tom", "Marisol", "Tue 24 Nov 09:30"),  # a manager is in one talk at a time
    ]
    assert without == ()


def test_a_draft_says_what_is_booked_and_why() -> None:
    (talk,), _ = drafted(make_review([rep("tom", zone="America/Denver")]))
    assert replace(talk, id="") == Talk(
        id="",
        report_key="rep-activity:2026-11-23",
        channel="C0CRO",
        rep_id=user_id("tom"),
        rep="Tom",
        manager_id=user_id("marisol"),
        manager="Marisol",
        starts=moment("2026-11-24 09:00"),  # 10:00 in Denver
        minutes=30,
        time_zone="America/Denver",
        subject="Coaching: following up with people",
        agenda=(),
        because="3 people with 4 or more unanswered in a row",
        drafted_at=NOW,
    )


def test_nobody_to_talk_to() -> None:
    assert drafted(make_review([])) == ((), ())


@pytest.mark.parametrize(
    ("now", "notice_days", "earliest"),
    [
        ("2026-11-23 08:00", 0, "Mon 23 Nov 09:00"),
        ("2026-11-23 11:10", 0, "Mon 23 Nov 11:30"),
        ("2026-11-23 11:10", 1, "Tue 24 Nov 09:00"),
        ("2026-11-23 11:10", 2, "Wed 25 Nov 09:00"),
        ("2026-11-23 11:10", 3, "Fri 27 Nov 09:00"),  # over Thanksgiving
        ("2026-11-28 11:10", 1, "Mon 30 Nov 09:00"),
        ("2026-11-23 23:50", 1, "Tue 24 Nov 09:00"),  # the office's Monday, though Tuesday in UTC
    ],
)
def test_notice_is_given_in_business_days(now: str, notice_days: int, earliest: str) -> None:
    (talk,), _ = drafted(make_review([rep("tom")]), now=moment(now), policy=CoachingPolicy(notice_days=notice_days))
    assert clock(talk) == earliest


def test_calendars_of_both_are_avoided() -> None:
    full = [
        entry("tom", "2026-11-24 09:00", "2026-11-24 10:00"),
        entry("marisol", "2026-11-24 10:15", "2026-11-24 17:00"),
        entry("ann", "2026-11-25 09:00", "2026-11-25 17:00"),
    ]
    (talk,), _ = drafted(make_review([rep("tom")], busy=full))
    assert clock(talk) == "Wed 25 Nov 09:00"


def test_drafts_never_overlap_for_anybody() -> None:
    # Ann is talked to by Tom, who is talked to by Marisol, with whom Zoe talks too.
    team = [rep("ann", manager_id=user_id("tom")), rep("tom"), rep("zoe")]
    talks, _ = drafted(make_review(team, managers=[manager("marisol"), manager("tom")]))
    assert [clock(talk) for talk in talks] == ["Tue 24 Nov 09:00", "Tue 24 Nov 09:30", "Tue 24 Nov 09:00"]


@pytest.mark.parametrize(
    ("own", "others", "configured", "who"),
    [
        ("marisol", [manager("marisol"), manager("alex")], user_id("alex"), "Marisol"),
        ("marisol", [manager("marisol", active=False), manager("alex")], user_id("alex"), "Alex"),
        ("marisol", [manager("marisol", active=None), manager("alex")], user_id("alex"), "Alex"),
        ("marisol", [manager("alex")], user_id("alex"), "Alex"),  # not among those that were read
        (None, [manager("alex")], user_id("alex"), "Alex"),
        ("tom", [manager("tom"), manager("alex")], user_id("alex"), "Alex"),  # never with oneself
        (None, [manager("alex")], user_id("alex")[:15], "Alex"),  # an id of fifteen characters
        (None, [manager("alex")], "", None),
        ("marisol", [manager("marisol", active=False)], "", None),
        ("marisol", [manager("marisol", active=False)], user_id("marisol"), None),
        (None, [manager("tom")], user_id("tom"), None),
        (None, [], "", None),
    ],
)
def test_who_holds_the_talk(own: str | None, others: list[Row], configured: str, who: str | None) -> None:
    team = [rep("tom", manager_id=user_id(own) if own else None)]
    talks, without = drafted(make_review(team, managers=others), policy=CoachingPolicy(manager=configured))
    assert [talk.manager for talk in talks] == ([who] if who else [])
    assert [no.rep for no in without] == ([] if who else ["Tom"])


@pytest.mark.parametrize(
    ("team", "policy", "busy", "because"),
    [
        (
            rep("tom", manager_id=None),
            POLICY,
            [],
            (
                "No active manager: set one on the rep's user in Salesforce, or name who holds such talks in"
                " RITUALS_COACHING__MANAGER"
            ),
        ),
        (
            rep("tom", manager_id=None),
            CoachingPolicy(manager=user_id("tom")),
            [],
            (
                "No active manager, and the user of RITUALS_COACHING__MANAGER is the rep or is not active: set a"
                " manager on the rep's user in Salesforce, or name another user there"
            ),
        ),
        (
            rep("tom"),
            POLICY,
            [entry("tom", "2026-11-23 00:00", "2026-12-08 00:00")],
            (
                "Tom and Marisol have no 30 minutes free together from 24 Nov to 7 Dec: make room in a calendar, or"
                " raise RITUALS_COACHING__WITHIN_DAYS"
            ),
        ),
        (
            rep("tom", zone="Asia/Kolkata"),
            POLICY,
            [],
            (
                "Tom and Marisol have no working hours in common from 24 Nov to 7 Dec"
                " (Asia/Kolkata, America/Los_Angeles): agree on a time by hand,"
                " or widen RITUALS_COACHING__DAY_BEGINS, __DAY_ENDS or __WITHIN_DAYS"
            ),
        ),
        (
            rep("tom"),
            CoachingPolicy(notice_days=10, within_days=7),
            [],
            (
                "The earliest day, 8 Dec, is after 30 Nov, the last one: raise RITUALS_COACHING__WITHIN_DAYS, or agree"
                " on a time by hand"
            ),
        ),
    ],
)
def test_why_there_is_no_draft_and_what_to_do(team: Row, policy: CoachingPolicy, busy: list[Row], because: str) -> None:
    talks, without = drafted(make_review([team, rep("zoe")], busy=busy), policy=policy)
    assert without[0] == NoTalk(user_id("tom"), "Tom", because)
    assert [talk.rep for talk in talks] == ([] if policy.within_days == 7 else ["Zoe"])  # the others keep theirs


@pytest.mark.parametrize("zone", [None, "Mars/Base", "../etc", "Europe"])
def test_without_a_time_zone_nobody_knows_when_a_working_day_is(zone: str | None) -> None:
    because = f"The time zone of Tom is not known ('{zone or ''}'): set it on their user in Salesforce"
    talks, without = drafted(make_review([rep("tom", zone=zone), rep("zoe")]))
    assert (without, [talk.rep for talk in talks]) == ((NoTalk(user_id("tom"), "Tom", because),), ["Zoe"])
    _, of_manager = drafted(make_review([rep("tom")], managers=[manager("marisol", zone=zone)]))
    assert of_manager[0].because == because.replace("Tom", "Marisol")


def test_a_nameless_user_is_named_by_id() -> None:
    (talk,), _ = drafted(make_review([rep("tom", rep=None)], managers=[manager("marisol", name=None)]))
    assert (talk.rep, talk.manager) == (user_id("tom"), user_id("marisol"))


def test_the_subject_is_the_one_that_salesforce_will_show() -> None:
    (talk,), _ = drafted(make_review([rep("tom")]), policy=CoachingPolicy(subject=" A  talk\n@{x} "))
    assert talk.subject == event_fields(talk)["Subject"] == "A talk @ {x}"


def test_a_talk_is_found_within_so_many_days_the_last_included() -> None:
    full = [entry("tom", "2026-11-23 00:00", "2026-12-07 16:30")]
    (talk,), _ = drafted(make_review([rep("tom")], busy=full))
    assert clock(talk) == "Mon 7 Dec 16:30"
    assert latest_day(NOW, POLICY) == date(2026, 12, 7)


def test_the_same_contents_have_the_same_id_whatever_the_hour() -> None:
    one, other = (drafted(make_review([rep("tom")]), now=NOW + timedelta(hours=hour))[0][0] for hour in (0, 3))
    assert one.id == other.id
    assert one.id.startswith("talk-2026-11-23-")
    assert len(one.id) == len("talk-2026-11-23-") + 6


@pytest.mark.parametrize(
    "other",
    [
        {"report_key": "rep-activity:tom"},
        {"policy": CoachingPolicy(minutes=45)},
        {"policy": CoachingPolicy(subject="A talk")},
        {"policy": CoachingPolicy(notice_days=2)},
        {"review": make_review([rep("tom", manager_id=user_id("alex"))], managers=[manager("alex")])},
        {"review": make_review([rep("tim")])},
        {"review": make_review([rep("tom")], [found(Rule.GAP, "J. Doe", 2, "tom")])},
        {"now": NOW + timedelta(days=1), "policy": CoachingPolicy(notice_days=0)},
    ],
    ids=["report", "minutes", "subject", "time", "manager", "rep", "agenda", "day"],
)
def test_other_contents_have_another_id(other: Row) -> None:
    usual = {"review": make_review([rep("tom")])}
    assert drafted(**usual)[0][0].id != drafted(**{**usual, **other})[0][0].id


@pytest.mark.parametrize(
    ("now", "busy", "then"),
    [
        ("2026-11-23 09:00", [entry("tom", "2026-12-02 10:00", "2026-12-02 12:00")], "Wed 2 Dec 12:00"),
        ("2026-11-23 09:00", [], "Wed 2 Dec 11:00"),  # after the one that was taken, whatever else is free
        ("2026-12-03 09:10", [], "Thu 3 Dec 09:30"),  # not in the past
        ("2026-11-23 09:00", [entry("marisol", "2026-12-02 00:00", "2026-12-07 16:00")], "Mon 7 Dec 16:00"),
    ],
)
def test_another_time_where_one_was_taken(now: str, busy: list[Row], then: str) -> None:
    talk = make_talk()
    again = redrafted(talk, busy_frame(*busy), OFFICE, POLICY, now=moment(now), zones=ZONES)
    assert isinstance(again, Talk)
    assert clock(again) == then
    assert again.instead_of == talk.id != again.id
    assert replace(again, id=talk.id, starts=talk.starts, drafted_at=talk.drafted_at, instead_of="") == talk


def test_two_talks_are_never_moved_to_one_time_of_their_manager() -> None:
    ann = make_talk(rep_id=user_id("ann"), starts=moment("2026-12-02 11:00"))
    moved = redrafted(make_talk(), busy_frame(), OFFICE, POLICY, now=NOW, zones=ZONES, beside=[ann])
    assert isinstance(moved, Talk)
    assert clock(moved) == "Wed 2 Dec 11:30"  # 11:00 is the next after theirs


def test_no_other_time() -> None:
    full = busy_frame(entry("tom", "2026-12-02 00:00", "2026-12-20 00:00"))
    told = redrafted(make_talk(), full, OFFICE, POLICY, now=NOW, zones=ZONES)
    assert isinstance(told, NoTalk)
    assert (told.rep, told.because[:45]) == ("Tom", "Tom and Marisol have no 30 minutes free toget")
    unknown = redrafted(make_talk(), busy_frame(), OFFICE, POLICY, now=NOW, zones={user_id("tom"): LA})
    assert isinstance(unknown, NoTalk)
    assert unknown.because.startswith("The time zone of Marisol is not known")


def test_a_redraft_is_as_long_as_the_talk_was() -> None:
    again = redrafted(make_talk(minutes=90), busy_frame(), OFFICE, POLICY, now=NOW, zones=ZONES)
    assert isinstance(again, Talk)
    assert again.minutes == 90
    late = busy_frame(entry("tom", "2026-12-02 00:00", "2026-12-02 16:00"))
    later = redrafted(make_talk(minutes=90), late, OFFICE, POLICY, now=NOW, zones=ZONES)
    assert isinstance(later, Talk)
    assert clock(later) == "Thu 3 Dec 09:00"


@pytest.mark.parametrize(
    ("who", "starts", "ends", "free"),
    [
        ("tom", "2026-12-02 10:00", "2026-12-02 10:30", True),
        ("tom", "2026-12-02 10:59", "2026-12-02 12:00", False),
        ("marisol", "2026-12-02 11:00", "2026-12-02 12:00", True),
        ("marisol", "2026-12-01 00:00", "2026-12-05 00:00", False),
        ("ann", "2026-12-02 10:00", "2026-12-02 12:00", True),
    ],
)
def test_whether_the_time_is_still_free(who: str, starts: str, ends: str, free: bool) -> None:
    assert still_free(make_talk(), busy_frame(entry(who, starts, ends))) is free


def test_a_whole_team_is_drafted_for_without_a_clash() -> None:
    team = [rep(f"rep{number:03}", manager_id=user_id(f"boss{number % 3}")) for number in range(60)]
    talks, without = drafted(make_review(team, managers=[manager(f"boss{number}") for number in range(3)]))
    taken = pd.Series([(talk.manager, talk.starts) for talk in talks])
    assert (len(talks), without, taken.is_unique) == (60, (), True)
