"""Each rep's month in numbers, whether it can be judged, and whether to talk about it (handbook L142, L143)."""

from typing import Any

import pytest

from .activity_builders import REPS, Row, judge, make_book, met, person, reply, touch

PEOPLE = [person(f"p{n}") for n in range(6)]


def figures(rows: list[Row], rep: str = "tom", **given: Any) -> dict[str, Any]:
    """The row of one rep."""
    row: dict[str, Any] = judge(rows, make_book(PEOPLE), **given).reps.loc[rep].to_dict()
    return row


MONTH = [
    touch("11-02", to="p0"), touch("11-03", to="p0"), touch("11-09", to="p0"),  # three in a row, one the next day
    touch("11-02", to="p1"), reply("11-04", by="p1"), touch("11-05", to="p1"),  # answered, and answered back
    met("11-10", "p1"), touch("11-06", to="p2", automated=True), touch("11-06", to="p3", support=True),
    touch("11-10", to="p0", by="ann"), touch("11-12", to=None, account_id=None),  # of nobody
]  # fmt: skip
FIGURES: dict[str, dict[str, Any]] = {
    "tom": {"touches": 8, "people": 3, "answered": 1, "inbound": 1, "automated": 1, "median_gap": 3.5, "streak": 4,
            "follow_ups_next_day": 1, "threads": 1},
    "ann": {"touches": 1, "people": 1, "answered": 0, "inbound": 0, "automated": 0, "median_gap": 1, "streak": 4,
            "follow_ups_next_day": 1, "threads": 1},
}  # fmt: skip


def test_the_figures_of_a_rep() -> None:
    rows = judge(MONTH, make_book(PEOPLE)).reps.to_dict("index")
    assert {rep: {name: rows[rep][name] for name in told} for rep, told in FIGURES.items()} == FIGURES


def test_a_rep_who_did_nothing_has_a_row_of_noughts() -> None:
    row = figures(MONTH, "bea")
    assert {name: row[name] for name in FIGURES["tom"] if name != "median_gap"} == dict.fromkeys(
        set(FIGURES["tom"]) - {"median_gap"}, 0
    )
    assert row["median_gap"] != row["median_gap"]


def test_reps_come_by_name_and_carry_zone_and_manager_along() -> None:
    reps = [row | {"zone": "Europe/Berlin"} for row in reversed(REPS)] + [{"id": "al", "name": "al B."}]
    rows = judge([], make_book(reps=reps)).reps
    assert rows["rep"].tolist() == ["al B.", "Ann O.", "Bea O.", "Tom O."]
    assert rows.loc["tom", ["rep_id", "zone", "manager_id"]].tolist() == ["tom", "Europe/Berlin", "max"]


def test_a_rep_who_is_there_twice_or_without_a_name_stops_nothing() -> None:
    reps = [*REPS[:1], *REPS[:1], {"id": "nameless"}, {"name": "Without Id"}]
    assert judge([touch("11-02")], make_book(reps=reps)).reps["rep"].tolist() == ["nameless", "Tom O."]


# --- whether a rep can be judged ---
NO_MAIL, NOTHING = "no mail of theirs is logged in these 30 days", "nothing of theirs is logged in these 30 days"
LOGGED: list[tuple[str, list[Row], str]] = [
    ("one mail is enough", [touch("11-02")], ""),
    ("a reply is a logged mail too", [reply("11-02")], ""),
    ("nothing", [], NOTHING),
    ("only calls", [touch("11-02", kind="call")], NO_MAIL),
    ("only meetings", [met("11-02")], NO_MAIL),
    ("only what a machine sent", [touch("11-02", automated=True)], NO_MAIL),
    ("only an automatic reply", [reply("11-02", automated=True)], NOTHING),
    ("the mail of another rep", [touch("11-02", by="ann")], NOTHING),
]


def test_who_has_no_logged_mail_cannot_be_judged() -> None:
    reps = [*REPS, *({"id": f"tom {n}", "name": f"Tom {n:02}"} for n in range(len(LOGGED)))]
    rows = [
        row | {"id": f"{row['id']} {n}", "rep_id": "ann" if row["rep_id"] == "ann" else f"tom {n}"}
        for n, (_, logged, _) in enumerate(LOGGED)
        for row in logged
    ]
    judged = judge(rows, make_book(reps=reps)).reps.loc[[f"tom {n}" for n in range(len(LOGGED))]]
    told = zip(LOGGED, judged["unjudged_because"], strict=True)
    assert [(said, logged, because) for (said, logged, _), because in told] == LOGGED
    assert judged["judged"].tolist() == [not because for *_, because in LOGGED]


def test_the_reason_says_the_days_that_were_reviewed() -> None:
    assert figures([], window_days=14)["unjudged_because"] == "nothing of theirs is logged in these 14 days"


# --- over, red, and the talk ---
def in_a_row(n: int, to: str, **given: Any) -> list[Row]:
    """Unanswered mails, four days apart."""
    return [touch(f"11-{2 + 4 * place:02}", to, **given) for place in range(n)]


def too_soon(*people: str, **given: Any) -> list[Row]:
    """Two mails to each, two days apart: one amber finding."""
    return [touch(day, to, **given) for to in people for day in ("11-02", "11-04")]


TALKS: list[tuple[str, list[Row], Row, tuple[int, int, bool]]] = [
    ("nothing", [touch("11-02", "p0")], {}, (0, 0, False)),
    ("two people", too_soon("p0", "p1"), {}, (2, 0, False)),
    ("three people", too_soon("p0", "p1", "p2"), {}, (3, 0, True)),
    ("as many as the policy says", too_soon("p0", "p1"), {"coach_people": 2}, (2, 0, True)),
    ("one red", [*in_a_row(5, "p0"), touch("11-23", "p0")], {}, (1, 1, True)),
    ("fewer red than the policy says", [*in_a_row(5, "p0"), touch("11-23", "p0")], {"coach_red": 2}, (1, 1, False)),
    ("two findings about one person", [*too_soon("p0"), touch("11-04 15:00", "p0")], {}, (1, 0, False)),
    ("with another rep", [*too_soon("p0", by="ann"), touch("11-20", "p0")], {}, (1, 0, False)),
    ("what all of an account got is about no one person", [touch("11-02", f"p{n}") for n in range(6)],
     {"account_unanswered": 6}, (0, 0, False)),
    ("an account as a whole is one", too_soon("p0", "p1") + [touch(f"11-{d}", None) for d in ("02", "09", "16", "23")],
     {}, (3, 0, True)),
    ("who waits is never held against a rep", [reply("11-02", by=f"p{n}") for n in range(4)], {}, (0, 0, False)),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "policy", "expected"), [row[1:] for row in TALKS], ids=[row[0] for row in TALKS])
def test_a_talk_is_suggested_from_so_many_people_on(rows: list[Row], policy: Row, expected: tuple[Any, ...]) -> None:
    row = figures(rows, **policy)
    assert (row["over"], row["red"], row["talk"]) == expected
    assert bool(row["talk_because"]) is row["talk"]


def test_who_cannot_be_judged_gets_no_talk() -> None:
    row = figures(too_soon("p0", "p1", "p2", kind="call"))
    assert (row["over"], row["judged"], row["talk"], row["talk_because"]) == (3, False, False, "")


BECAUSE: list[tuple[str, list[Row], str]] = [
    (
        "the red first, then what is about most people",
        [*too_soon("p0", "p1"), *in_a_row(5, "p2"), touch("11-23", "p2")],
        "1 person with 4 or more unanswered in a row; 2 people with unanswered touches fewer than 3 days apart",
    ),
    (
        "follow-ups on the next day",
        [touch(day, to) for to in ("p0", "p1", "p2") for day in ("11-02", "11-03")] + in_a_row(2, "p3"),
        "next-day follow-ups in 3 of 4 threads",
    ),
    (
        "two facts at most",
        [row | {"id": f"{row['id']} {n}"} for n, row in enumerate(3 * too_soon("p0", "p1", "p2"))]
        + [touch("11-20", f"p{n}", by="ann") for n in range(3)],
        "3 people with 4 or more unanswered in a row; 3 people with 2 or more unanswered on one day",
    ),
]


@pytest.mark.parametrize(("rows", "because"), [row[1:] for row in BECAUSE], ids=[row[0] for row in BECAUSE])
def test_what_the_talk_is_about(rows: list[Row], because: str) -> None:
    assert figures(rows)["talk_because"] == because
