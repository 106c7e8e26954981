"""Too much for one person, or one account (handbook L138). 2 Nov 2026 is a Monday; the review is on Mon 23 Nov."""

from typing import Any

import pytest

from tasks.rules.activity_findings import TOO_MUCH, Rule

from .activity_builders import Row, judge, make_book, met, person, reply, touch

WEEKLY = ["10-26", "10-30", "11-03", "11-07", "11-11", "11-15", "11-19", "11-23"]  # four days apart


def in_a_row(n: int) -> list[Row]:
    return [touch(day) for day in WEEKLY[:n]]


@pytest.mark.parametrize(("unanswered", "level"), [(3, None), (4, "amber"), (5, "amber"), (6, "red"), (7, "red")])
def test_so_many_in_a_row_are_too_many(unanswered: int, level: str | None) -> None:
    assert [found["level"] for found in judge(in_a_row(unanswered)).all(Rule.STREAK)] == ([level] if level else [])


def test_a_streak_says_how_long_and_shows_every_touch_of_it() -> None:
    found = judge([touch("11-02"), touch("11-05"), touch("11-08"), touch("11-12", by="ann")]).one(Rule.STREAK)
    assert found["words"] == "4 in a row without an answer, in 11 days, the last on 12 Nov"
    assert (found["value"], found["rep_ids"]) == (4, ("ann", "tom"))
    assert found["touch_ids"] == ("11-02 doe tom", "11-05 doe tom", "11-08 doe tom", "11-12 doe ann")
    assert (str(found["first_day"].date()), str(found["last_day"].date())) == ("2026-11-02", "2026-11-12")
    assert (found["person_id"], found["person"], found["account"]) == ("doe", "J. Doe", "Acme")
    assert found["handbook"] == "L138, decisions"


def test_the_longest_run_is_shown_and_of_two_the_later() -> None:
    rows = [
        touch("11-02"),
        touch("11-03"),
        reply("11-04"),
        touch("11-05"),
        touch("11-06"),
        touch("11-09"),
        met("11-10"),
    ]
    found = judge(rows, unanswered_amber=2).one(Rule.STREAK)
    assert found["touch_ids"] == ("11-06 doe tom", "11-09 doe tom")


@pytest.mark.parametrize(
    ("second", "gap_days", "words"),
    [
        ("11-02 15:00", 3, None),  # Mon again: that is the other rule
        ("11-03 00:01", 3, "again after 1 day without an answer"),  # Tue
        ("11-04", 3, "again after 2 days without an answer"),  # Wed
        ("11-05", 3, None),  # Thu
        ("11-05", 4, "again after 3 days without an answer"),
        ("11-03", 1, None),
    ],
)
def test_again_too_soon(second: str, gap_days: int, words: str | None) -> None:
    found = judge([touch("11-02"), touch(second)], gap_days=gap_days).all(Rule.GAP)
    assert [one["words"] for one in found] == ([words] if words else [])


def test_again_too_soon_counts_pairs_and_shows_both_ends() -> None:
    rows = [touch("11-02"), touch("11-03"), touch("11-05"), touch("11-12"), touch("11-20"), touch("11-21")]
    found = judge(rows).one(Rule.GAP)
    assert (found["value"], found["level"]) == (3, "amber")
    assert found["words"] == "again after 1 to 2 days without an answer, 3 times"
    assert found["touch_ids"] == tuple(row["id"] for row in rows if row["id"] != "11-12 doe tom")


SAME_DAY: list[tuple[list[Row], int, str | None]] = [
    ([touch("11-02 09:00"), touch("11-02 23:59")], 2, "2 on one day without an answer between"),
    ([touch("11-02 23:59"), touch("11-03 00:00")], 2, None),
    ([touch("11-02 09:00"), reply("11-02 10:00"), touch("11-02 11:00"), touch("11-02 12:00")], 2, None),
    ([touch("11-02 09:00"), touch("11-02 11:00")], 3, None),
    (
        [touch("11-02 09:00"), touch("11-02 11:00"), touch("11-06 09:00"), touch("11-06 11:00"), touch("11-06 ?")], 2,
        "up to 3 on one day without an answer between, on 2 days",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "least", "words"), SAME_DAY)
def test_several_times_in_a_day(rows: list[Row], least: int, words: str | None) -> None:
    assert [one["words"] for one in judge(rows, touches_a_day=least).all(Rule.SAME_DAY)] == ([words] if words else [])


def test_two_on_a_day_are_not_also_too_soon() -> None:
    assert judge([touch("11-02 09:00"), touch("11-02 11:00")]).all(Rule.GAP) == []


def test_two_reps_on_one_person() -> None:
    found = judge([touch("11-02"), touch("11-09", by="bea"), touch("11-16", by="ann")]).one(Rule.TWO_REPS)
    assert (found["value"], found["rep_ids"]) == (3, ("ann", "bea", "tom"))
    assert found["words"] == "3 reps, 3 touches"


@pytest.mark.parametrize(
    "second",
    [touch("11-09", by="ann", support=True), touch("11-09", by=None), touch("11-09", by="ann", automated=True)],
    ids=["support", "no rep", "a machine"],
)
def test_one_rep_and_who_does_not_count_are_not_two(second: Row) -> None:
    assert judge([touch("11-02"), second]).all(Rule.TWO_REPS) == []


def test_what_an_account_has_not_answered_is_counted_over_its_people() -> None:
    people = [person(f"p{n}") for n in range(4)]
    rows = [touch(day, to=f"p{n}") for n in range(3) for day in ("11-02", "11-06", "11-10")]
    answered = [touch("11-02", to="p3"), reply("11-03", by="p3")]
    assert judge([*rows, *answered], make_book(people)).all(Rule.ACCOUNT) == []
    found = judge([*rows, *answered, touch("11-20", to="p2", by="ann")], make_book(people)).one(Rule.ACCOUNT)
    assert (found["value"], found["rep_ids"], found["level"]) == (10, ("ann", "tom"), "amber")
    assert (found["account_id"], found["account"], found["words"]) == (
        "acme",
        "Acme",
        "10 without an answer, to 3 people",
    )
    assert [isinstance(found[name], str) for name in ("person_id", "person")] == [False, False]
    assert found["touch_ids"][0] == "11-02 p0 tom"
    assert found["touch_ids"][-1] == "11-20 p2 ann"


def test_a_touch_belongs_to_the_account_of_its_person() -> None:
    rows = [touch(day, account_id="other" if n else None) for n, day in enumerate(WEEKLY[:4])]
    assert judge(rows, account_unanswered=4).one(Rule.ACCOUNT)["account_id"] == "acme"


WEEK: list[tuple[str, list[Row], int]] = [
    ("seven days hold both ends", [touch("11-02"), touch("11-08")], 2),
    ("the eighth day is another week", [touch("11-02"), touch("11-09")], 1),
    ("machines are a burden too", [touch("11-02"), touch("11-03", automated=True), touch("11-04", automated=True)], 3),
    ("so is an answer, and who is no rep", [reply("11-02"), touch("11-03"), touch("11-04", by=None)], 2),
    ("meetings and what they write are none", [touch("11-02"), met("11-03"), reply("11-04")], 1),
    ("their automatic reply is none", [touch("11-02"), reply("11-02 10:01", automated=True)], 1),
]


@pytest.mark.parametrize(("rows", "most"), [row[1:] for row in WEEK], ids=[row[0] for row in WEEK])
def test_the_busiest_seven_days(rows: list[Row], most: int) -> None:
    assert judge(rows).people.loc["doe", "busiest_week"] == most


def test_the_busiest_week_is_only_a_finding_where_the_policy_sets_a_number() -> None:
    rows = [touch("10-26"), touch("11-02"), touch("11-03", automated=True), touch("11-08"), touch("11-09", by=None)]
    assert judge(rows).all(Rule.WEEK) == []
    assert judge(rows, touches_in_7_days=4).all(Rule.WEEK) == []
    found = judge(rows, touches_in_7_days=3).one(Rule.WEEK)
    assert found["words"] == "3 in 7 days, automated ones included"
    # Of two weeks with as many the later one.
    assert found["touch_ids"] == ("11-03 doe tom", "11-08 doe tom", "11-09 doe None")


def test_an_account_as_a_whole_may_be_left_unanswered_but_is_no_one_person() -> None:
    rows = [touch(f"11-0{n} 09:00", to=None, by=by) for n in (2, 3) for by in ("tom", "ann")]
    seen = judge([row | {"id": f"{n}"} for n, row in enumerate(rows)])
    assert [Rule(rule) for rule in seen.findings["rule"]] == [Rule.STREAK]
    assert seen.findings["person"].tolist() == ["somebody at Acme"]


def test_findings_come_by_rule_then_most_first_then_by_name() -> None:
    people = [person("doe"), person("roe"), person("abe"), person("zed")]
    counts = {"zed": 4, "doe": 6, "roe": 4, "abe": 4}
    rows = [touch(f"11-{2 + n:02}", to=who) for who, count in counts.items() for n in range(count)]
    seen = judge(rows, make_book(people), account_unanswered=5)
    order = [str(rule) for rule in TOO_MUCH]
    assert seen.findings["rule"].map(order.index).is_monotonic_increasing
    assert [found["person"] for found in seen.all(Rule.STREAK)] == ["J. Doe", "J. Abe", "J. Roe", "J. Zed"]


FIGURES: dict[str, Any] = {
    "touches": 3, "automated": 1, "inbound": 1, "meetings": 1, "streak": 2, "open_streak": 0, "smallest_gap": 0,
    "busiest_week": 5, "busiest_day": 2, "reps": 2,
}  # fmt: skip


def test_the_figures_of_a_person() -> None:
    rows = [
        touch("11-02 09:00"), touch("11-02 15:00", by="ann"), reply("11-03"), touch("11-04"), touch("11-05"),
        touch("11-06", automated=True), met("11-10"),
    ]  # fmt: skip
    figures = judge(rows).people.loc["doe"]
    assert {name: figures[name] for name in FIGURES} == FIGURES
    assert (str(figures["first_day"].date()), str(figures["last_day"].date())) == ("2026-11-02", "2026-11-10")


def test_a_person_without_a_record_is_somebody() -> None:
    seen = judge([touch("11-02", to="gone"), touch("11-02", to="lost", account_id=None)])
    assert seen.people["person"].to_dict() == {"gone": "somebody at Acme", "lost": "somebody"}
