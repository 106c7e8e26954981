"""The whole review of one book: what it gathers, what is left of it for one rep, and books with next to nothing.

The review is on Mon 23 Nov 2026 at 07:28 and looks back to Sun 25 Oct.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from typing import Any

import pandas as pd
import pytest

from tasks.rules.activity import month_of, narrowed, review
from tasks.rules.activity_findings import LEFT, NOT_OUR_WAY, ActivityBook, ActivityReview, Rule
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.business_days import OfficeDays
from tasks.rules.policy import TouchPolicy

from .activity_books import (
    WINDOW,
    account,
    call,
    contact,
    deal,
    lead,
    lost,
    mail,
    make_book,
    manager,
    meeting,
    rep,
    reply,
    shuffled,
    task,
)
from .builders import Row

FRAMES = [field.name for field in fields(ActivityReview) if field.type == "pd.DataFrame" or field.type is pd.DataFrame]


def reviewed(book: ActivityBook, **policy: Any) -> ActivityReview:
    values = ActivityPolicy(touches_in_7_days=4, account_unanswered=5, **policy)
    return review(book, values, TouchPolicy(), WINDOW, OfficeDays(frozenset()), frozenset({"SDR"}))


# Somebody for each rule, called by it, and the touches that show it.
SHOWN: dict[Rule, list[Row]] = {
    Rule.STREAK: [mail(f"2026-11-{day} 12:00", to="S. Treak") for day in ("02", "06", "10", "16")],
    Rule.GAP: [mail(f"2026-11-{day} 12:00", to="G. Ap") for day in ("02", "03")],
    Rule.SAME_DAY: [mail(f"2026-11-02 {clock}", to="D. Ay") for clock in ("12:00", "13:00")],
    Rule.TWO_REPS: [mail("2026-11-02 12:00", to="T. Wo"), mail("2026-11-09 12:00", to="T. Wo", by="ann")],
    Rule.WEEK: [task(f"2026-11-0{day} 12:00", "List Email", to="W. Eek") for day in range(2, 6)],
    Rule.OPTED_OUT: [mail("2026-11-07 22:00", to="O. Ut")],  # Sat night: red and amber
    Rule.DO_NOT_CALL: [call("2026-11-02 12:00", to="N. Ocall")],
    Rule.REST: [mail("2026-11-02 12:00", to="R. Est")],
    Rule.CUSTOMER: [mail("2026-11-02 12:00", to="C. Ustomer", by="sid")],
    Rule.HOURS: [mail("2026-11-07 22:41", to="H. Ours")],  # Sat
    Rule.WAITING: [reply("2026-11-16 12:00", by="W. Aits", to="ann")],  # Mon, a week ago
    Rule.FORGOTTEN: [],
    Rule.ACCOUNT: [],  # all of these together
}
PEOPLE = [
    contact("S. Treak"), contact("G. Ap"), contact("D. Ay"), contact("T. Wo"), contact("W. Eek"),
    contact("O. Ut", opted_out=True, zone="America/Los_Angeles"),
    contact("N. Ocall", do_not_call=True), contact("R. Est", "Initech"),
    contact("C. Ustomer", "Hooli"), contact("H. Ours", zone="America/Los_Angeles"), contact("W. Aits"),
]  # fmt: skip


def all_kinds() -> ActivityBook:
    """Every rule once. Tom, Ann and the SDR Sid have logged mail, Bea only a call."""
    others = [call("2026-11-02 12:00", to=None, what_id="001 Umbrella", by="bea"),
              task("2026-11-03 12:00", "LinkedIn", to="L. Roe", by="sid"),
              meeting("2026-11-04 12:00", to="M. Et", by="ann"), meeting("2026-11-24 12:00", to="M. Et", by="ann"),
              meeting("2026-11-25 16:00", due="2026-11-26", all_day=True, to=None, by="mia"),
              mail("2026-11-02 12:00", receivers="x@elsewhere.example", by="ann")]  # fmt: skip
    return make_book(
        *(row for rows in SHOWN.values() for row in rows),
        *others,
        people=[*PEOPLE, lead(), contact("M. Et", "Umbrella")],
        accounts=[account(), account("Initech"), account("Hooli", "Customer"), account("Umbrella"), account("Pied")],
        deals=[deal("Pied"), lost("2026-10-30", "Initech")],
        reps=[rep("tom", manager_id="005 mia"), rep("ann"), rep("bea"), rep("sid", "SDR")],
        managers=[manager()],
    )


@cache
def whole() -> ActivityReview:
    return reviewed(all_kinds())


# --- findings ---
def test_every_rule_is_found() -> None:
    found = whole().findings["rule"]
    assert set(found) == set(Rule)
    order = [str(rule) for rule in Rule]
    assert found.map(order.index).is_monotonic_increasing


@pytest.mark.parametrize("rule", Rule)
def test_a_finding_names_its_rule_value_touches_and_line(rule: Rule) -> None:
    found = [one for one in whole().findings.to_dict("records") if one["rule"] == rule]
    shown = whole().touches.set_index("id")
    assert found
    for one in found:
        assert one["value"] > 0
        assert one["words"]
        assert one["handbook"] == ("L143, decisions" if rule in NOT_OUR_WAY else "L138, decisions")
        assert one["level"] == "" if rule in LEFT else one["level"] in {"amber", "red"}
        assert set(one["rep_ids"]) <= set(whole().reps["rep_id"])
        assert bool(one["touch_ids"]) is (rule is not Rule.FORGOTTEN)
        days = shown.loc[list(one["touch_ids"]), "day"]  # no touch that is not there
        assert days.is_monotonic_increasing
        assert days.empty or (one["first_day"], one["last_day"]) == (days.iloc[0], days.iloc[-1])
        assert not any(name["name"] in one["words"] for name in PEOPLE)


@pytest.mark.parametrize("rule", [rule for rule, rows in SHOWN.items() if rows])
def test_the_one_who_was_made_for_a_rule_is_found_by_it(rule: Rule) -> None:
    ids = whole().touches["id"].tolist()
    numbered = [row for rows in SHOWN.values() for row in rows]
    expected = [f"a{numbered.index(row)}" for row in SHOWN[rule]]
    findings = whole().findings
    assert set(expected) <= set(ids)
    assert expected in [list(shown) for shown in findings.loc[findings["rule"].eq(rule), "touch_ids"]]


def test_every_finding_about_a_person_is_in_the_level_of_that_person() -> None:
    people, findings = whole().people, whole().findings
    worst = findings[findings["level"].ne("") & findings["person_id"].notna()].groupby("person_id")["level"].max()
    levels = people.dropna(subset="person_id").set_index("person_id")["level"]
    assert levels[levels.ne("")].to_dict() == worst.to_dict()  # "red" is more than "amber", by luck of the alphabet


# --- the line of the team ---
def test_totals_are_those_of_touches_reps_and_findings() -> None:
    totals, touches, findings = whole().totals, whole().touches, whole().findings
    by_hand = touches[~touches["automated"] & touches["rep_id"].notna()]
    assert totals.reps == 4
    assert totals.touches == by_hand["direction"].ne("inbound").sum() == whole().reps["touches"].sum()
    assert totals.automated == touches["automated"].sum()
    assert totals.over == findings.loc[findings["level"].ne(""), "person_id"].nunique()
    assert (totals.waiting, totals.forgotten) == (1, 1)
    assert totals.talks == whole().reps["talk"].sum() == 1
    assert (totals.people, totals.answered) == (11, 0)  # ten by name, and somebody at Umbrella


def test_who_answers_is_counted_once_however_many_reps_wrote() -> None:
    rows = [mail("2026-11-02"), mail("2026-11-03", by="ann"), reply("2026-11-04"), reply("2026-11-05")]
    totals = reviewed(make_book(*rows)).totals
    assert (totals.people, totals.answered, totals.share_answered) == (1, 1, 1.0)


def test_the_order_of_rows_makes_no_difference() -> None:
    turned = reviewed(shuffled(all_kinds()))
    for name in FRAMES:
        if name != "managers":
            pd.testing.assert_frame_equal(getattr(turned, name), getattr(whole(), name))
    assert turned.totals == whole().totals


# --- one rep ---
@pytest.mark.parametrize("name", ["Ann", " ann ", "ANN"])
def test_narrowed_to_a_rep_by_name(name: str) -> None:
    part = narrowed(whole(), name)
    assert (part.scope, part.reps["rep"].tolist()) == ("Ann", ["Ann"])
    assert [Rule(rule) for rule in part.findings["rule"]] == [Rule.TWO_REPS, Rule.ACCOUNT, Rule.WAITING]
    assert (part.totals.reps, part.totals.over, part.totals.waiting, part.totals.forgotten) == (1, 1, 1, 0)


def test_narrowed_shows_the_touches_of_the_rep_and_those_of_others_in_their_findings() -> None:
    part = narrowed(whole(), "Ann")
    shown = {touch for touches in part.findings["touch_ids"] for touch in touches}
    theirs = whole().touches.loc[whole().touches["rep_id"].eq("005 ann"), "id"]
    assert set(part.touches["id"]) == shown | set(theirs)
    assert part.touches["rep"].value_counts().to_dict() == {"Tom": 12, "Ann": 4}
    not_of_ann = {"C. Ustomer", "R. Est", "W. Eek", "somebody", "somebody at Umbrella"}
    assert set(part.people["person"]) == set(whole().people["person"]) - not_of_ann


def test_narrowed_leaves_what_nobody_asked_for() -> None:
    assert narrowed(whole(), "  ") is whole()
    assert month_of(narrowed(whole(), "")) == month_of(whole())
    pd.testing.assert_frame_equal(narrowed(whole(), "Ann").busy, whole().busy)


def test_a_name_that_no_rep_has_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"No rep is called 'Zoe'\. Reps: Ann, Bea, Sid, Tom\."):
        narrowed(whole(), "Zoe")


# --- what the next review needs of it ---
def test_month_of() -> None:
    month = month_of(whole())
    assert (str(month.day), month.window_days, month.totals) == ("2026-11-23", 30, whole().totals)
    assert {"003 S. Treak", "003 O. Ut"} <= month.over
    assert "003 W. Aits" not in month.over
    assert len(month.over) == whole().totals.over


def test_the_review_of_one_rep_is_no_month_of_the_team() -> None:
    with pytest.raises(ValueError, match="the review of 'Ann' alone is not one of the team"):
        month_of(narrowed(whole(), "ann"))


# --- books with next to nothing ---
def nothing() -> ActivityBook:
    return make_book(people=[], accounts=[], reps=[])


def test_an_empty_org_has_an_empty_review_of_the_same_types() -> None:
    empty = reviewed(nothing())
    for name in FRAMES:
        assert len(getattr(empty, name)) == 0, name
        assert getattr(empty, name).dtypes.to_dict() == getattr(whole(), name).dtypes.to_dict(), name
    assert set(vars(empty.totals).values()) == {0}
    assert empty.totals.share_answered is None
    assert month_of(empty).over == frozenset()


Keep = Callable[[ActivityBook], ActivityBook]


def without(name: str) -> Keep:
    return lambda book: replace(book, **{name: getattr(book, name)[:0]})


def only(choose: Callable[[pd.DataFrame], pd.Series]) -> Keep:
    return lambda book: replace(book, activities=book.activities[choose(book.activities)].reset_index(drop=True))


# pandas grows an empty frame to the length of a column it is given, and maps by an empty column only with luck.
LITTLE: dict[str, Keep] = {
    **{f"no {name}": without(name) for name in ("activities", "people", "accounts", "deals", "reps", "managers")},
    "nobody known at all": lambda book: without("people")(without("accounts")(without("deals")(book))),
    "no mail": only(lambda rows: rows["kind"].ne("email")),
    "only mail of ours": only(lambda rows: rows["incoming"].eq(other=False).fillna(value=False)),
    "only mail of theirs": only(lambda rows: rows["incoming"].fillna(value=False)),
    "only tasks": only(lambda rows: rows["kind"].eq("task")),
    "only machines": only(lambda rows: rows["subtype"].eq("List Email")),
    "only events": only(lambda rows: rows["kind"].eq("event")),
    "only all-day events": only(lambda rows: rows["all_day"].fillna(value=False)),
    "only what is to come": only(lambda rows: rows["at"].gt(WINDOW.until)),
    "only what names nobody": only(lambda rows: rows["receivers"].eq("x@elsewhere.example")),
    "only what names an account alone": only(lambda rows: rows["what_id"].notna()),
    "only what is undated": lambda book: replace(
        book,
        activities=book.activities.assign(at=pd.Series(pd.NaT, book.activities.index, book.activities["at"].dtype)),
    ),
}


@pytest.mark.parametrize("keep", LITTLE.values(), ids=LITTLE)
def test_a_book_with_nothing_of_a_kind_is_reviewed_all_the_same(keep: Keep) -> None:
    found = reviewed(keep(all_kinds()))
    for name in FRAMES:
        assert getattr(found, name).dtypes.to_dict() == getattr(whole(), name).dtypes.to_dict(), name
    assert {touch for touches in found.findings["touch_ids"] for touch in touches} <= set(found.touches["id"])
    assert found.totals.touches == found.reps["touches"].sum()
    for one in found.reps["rep"]:
        assert narrowed(found, one).totals.reps == 1


def test_notes_of_the_book_are_kept_and_who_waits_for_others_is_counted() -> None:
    book = replace(all_kinds(), notes=("Only some were read",), reps=all_kinds().reps[:1])
    notes = reviewed(replace(book, accounts=book.accounts.assign(owner_id=None).astype({"owner_id": "str"}))).notes
    assert notes[0] == "Only some were read"
    assert any("1 person waits for an answer of somebody who is no rep" in note for note in notes)
