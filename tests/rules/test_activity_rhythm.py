"""Which touches count, which answer, and how long nobody has answered (handbook L138). 2 Nov 2026 is a Monday."""

import pytest

from .activity_builders import Row, judge, met, reply, touch

# What J. Doe got and said; the place of each touch in its run of those that count, 0 for one that does not.
RUNS: list[tuple[str, list[Row], list[int]]] = [
    ("nobody answers", [touch("11-02"), touch("11-05"), touch("11-09")], [1, 2, 3]),
    ("a reply ends the run; the next mail answers it", [touch("11-02"), reply("11-03"), touch("11-04")], [1, 0, 0]),
    (
        "after the answer a new run begins",
        [touch("11-02"), reply("11-03"), touch("11-04"), touch("11-05"), touch("11-06")],
        [1, 0, 0, 1, 2],
    ),
    ("two replies want one answer", [reply("11-02"), reply("11-03"), touch("11-04"), touch("11-05")], [0, 0, 0, 1]),
    ("who writes first is answered", [reply("11-02"), touch("11-02 11:00"), touch("11-09")], [0, 0, 1]),
    ("anybody of ours may answer", [reply("11-02"), touch("11-03", by=None), touch("11-04")], [0, 0, 1]),
    ("a meeting ends the run", [touch("11-02"), met("11-03"), touch("11-04"), touch("11-05")], [1, 0, 0, 1]),
    (
        "an automatic reply ends nothing",
        [touch("11-02"), reply("11-02 10:01", automated=True), touch("11-05")],
        [1, 0, 2],
    ),
    ("automated mail does not count", [touch("11-02"), touch("11-03", automated=True), touch("11-05")], [1, 0, 2]),
    ("support does not count", [touch("11-02"), touch("11-03", support=True), touch("11-05")], [1, 0, 2]),
    ("who is no rep does not count", [touch("11-02"), touch("11-03", by=None), touch("11-05")], [1, 0, 2]),
    ("two reps make one run", [touch("11-02"), touch("11-03", by="ann"), touch("11-05")], [1, 2, 3]),
    (
        "a logged call, message or task is ours",
        [touch(f"11-0{n}", kind=kind, direction="unknown") for n, kind in enumerate(("call", "linkedin", "task"), 2)],
        [1, 2, 3],
    ),
    ("a mail whose way is unknown is nobody's", [touch("11-02"), touch("11-03", direction="unknown")], [1, 0]),
    ("a call of theirs ends the run", [touch("11-02"), reply("11-03", kind="call"), touch("11-04")], [1, 0, 0]),
]


@pytest.mark.parametrize(("rows", "places"), [row[1:] for row in RUNS], ids=[row[0] for row in RUNS])
def test_a_run_is_what_counts_between_two_responses(rows: list[Row], places: list[int]) -> None:
    seen = judge(rows)
    assert [seen.marks.loc[row["id"], "place"] for row in rows] == places
    assert [seen.marks.loc[row["id"], "counts"] for row in rows] == [place > 0 for place in places]


def test_a_touch_is_answered_when_the_person_responds_later() -> None:
    seen = judge([touch("11-02"), touch("11-03"), reply("11-04"), touch("11-05"), touch("11-09")])
    assert seen.marks["answered"].tolist() == [True, True, False, False, False]
    assert seen.marks["answers"].tolist() == [False, False, False, True, False]


def test_people_are_apart() -> None:
    seen = judge([touch("11-02"), touch("11-03", to="roe"), reply("11-04", by="roe"), touch("11-05")])
    assert seen.people[["streak", "open_streak"]].to_dict("index") == {
        "doe": {"streak": 2, "open_streak": 2},
        "roe": {"streak": 1, "open_streak": 0},
    }


# Nobody noted when on Tue 3 Nov: what is kinder to the rep is taken to be so.
UNTIMED: list[tuple[str, Row, list[str]]] = [
    ("their reply came first", reply("11-03 ?"), ["11-02 doe tom", "11-03 15:00 doe tom"]),
    (
        "our touch came last",
        touch("11-03 ?"),
        ["11-02 doe tom", "11-03 09:00 doe tom", "11-03 15:00 doe tom", "11-03 ? doe tom"],
    ),
]


@pytest.mark.parametrize(("odd", "counting"), [row[1:] for row in UNTIMED], ids=[row[0] for row in UNTIMED])
def test_a_touch_without_a_time_is_placed_in_favour_of_the_rep(odd: Row, counting: list[str]) -> None:
    assert judge([touch("11-02"), touch("11-03 09:00"), touch("11-03 15:00"), odd]).counting() == counting


def test_our_touch_without_a_time_answers_what_came_that_day() -> None:
    assert judge([reply("11-03 16:00"), touch("11-03 ?")]).marks["answers"].tolist() == [True, False]


def test_days_between_are_those_of_the_office_calendar() -> None:
    # 23:30 and 00:30 are two days; clocks went back on Sun 1 Nov, which is one day all the same.
    seen = judge([touch("10-31 23:30"), touch("11-01 00:30"), touch("11-02 23:00"), touch("11-02 23:30")])
    assert seen.marks["gap_days"].tolist()[1:] == [1, 1, 0]


def test_the_days_since_the_last_touch_are_not_counted_over_a_response() -> None:
    seen = judge([touch("11-02"), reply("11-03"), touch("11-04"), touch("11-05"), touch("11-09")])
    assert seen.marks.loc[["11-05 doe tom", "11-09 doe tom"], "gap_days"].fillna(-1).tolist() == [-1, 4]


def test_where_nobody_is_named_the_account_stands_for_them() -> None:
    rows = [touch("11-02", to=None), touch("11-03"), touch("11-04", to=None), touch("11-04", to=None, account_id=None)]
    seen = judge(rows)
    assert seen.people["streak"].to_dict() == {"acme": 2, "doe": 1}
    assert seen.people["person"].to_dict() == {"acme": "somebody at Acme", "doe": "J. Doe"}
    assert seen.marks["counts"].sum() == 3  # what names neither is never judged


def test_anybody_of_the_account_may_answer_what_named_nobody() -> None:
    rows = [touch("11-02", to=None), touch("11-03", to=None), reply("11-04"), touch("11-05"), touch("11-06", to=None)]
    seen = judge(rows)
    assert seen.people["streak"].to_dict() == {"acme": 2, "doe": 0}
    assert seen.people["open_streak"].to_dict() == {"acme": 1, "doe": 0}  # the reply was answered by name


def test_touches_keep_their_order() -> None:
    rows = [touch("11-03", to="roe"), touch("11-02"), touch("11-04")]
    assert judge(rows).marks.index.tolist() == ["11-02 doe tom", "11-03 roe tom", "11-04 doe tom"]


def test_the_column_names_of_an_empty_month() -> None:
    seen = judge([])
    assert (len(seen.marks), len(seen.people), len(seen.findings)) == (0, 0, 0)
    assert str(seen.people["smallest_gap"].dtype) == "float64"
