"""What holds for every month of touches, drawn at random: three people of two accounts, three reps, every kind."""

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.rules.activity_findings import TOO_MUCH

from .activity_builders import Row, Seen, judge, make_book, person, reply, touch

FEW = settings(max_examples=6, deadline=None)
WHO = {"doe": "acme", "roe": "acme", "poe": "initech", None: "acme"}
BOOK = make_book([person(who, account_id=of) for who, of in WHO.items() if who])
LAST = "11-23 17:59"  # nothing is later than that
# The edges of the rules: minutes, a day, two and three days apart.
WHENS = st.sampled_from(["11-02 09:00", "11-02 09:01", "11-02 ?", "11-03 23:59", "11-04", "11-06", "11-09", "11-20"])
WAYS = {
    "email": ["outbound", "outbound", "inbound", "unknown"],
    "call": ["outbound", "unknown", "inbound"],
    "linkedin": ["unknown"],
    "meeting": ["both"],
}
FIGURES = ["touches", "streak", "open_streak", "smallest_gap", "reps"]


@st.composite
def months(draw: st.DrawFn, least: int = 0) -> list[Row]:
    """Touches with ids of their own."""
    rows = []
    for number in range(draw(st.integers(least, 14))):
        who, kind = draw(st.sampled_from(list(WHO))), draw(st.sampled_from([*WAYS, "email"]))
        rows.append(
            touch(
                draw(WHENS),
                who,
                draw(st.sampled_from(["tom", "tom", "ann", None])),
                kind=kind,
                direction=draw(st.sampled_from(WAYS[kind])),
                automated=draw(st.sampled_from([False, False, False, True])),
                support=draw(st.sampled_from([False, False, False, True])),
                account_id=WHO[who],
                id=f"t{number:02}",
            )
        )
    return rows


people_drawn = st.sampled_from(list(WHO))


def streaks(seen: Seen, name: str = "streak") -> dict[str, int]:
    told: dict[str, int] = seen.people[name].to_dict()
    return told


@FEW
@given(months(), people_drawn)
@example([touch("11-02", None), reply("11-03")], None)  # the account as a whole was answered by one of its people
def test_a_further_touch_that_nobody_answers_never_lowers_a_streak(rows: list[Row], who: str | None) -> None:
    before = judge(rows, BOOK)
    after = judge([*rows, touch(LAST, who, account_id=WHO[who], id="last")], BOOK)
    for name in ("streak", "open_streak"):
        assert all(streaks(after, name)[one] >= length for one, length in streaks(before, name).items())


@FEW
@given(months(least=1), people_drawn, WHENS)
def test_a_message_of_theirs_never_raises_a_streak(rows: list[Row], who: str | None, when: str) -> None:
    before = judge(rows, BOOK)
    after = judge([*rows, reply(when, who, account_id=WHO[who], id="theirs")], BOOK)
    for name in ("streak", "open_streak"):
        assert all(streaks(after, name)[one] <= length for one, length in streaks(before, name).items())


@FEW
@given(months(least=1))
def test_what_a_machine_sends_changes_no_streak_and_is_no_reps_fault(rows: list[Row]) -> None:
    machines = [row | {"id": f"{row['id']} by machine", "automated": True} for row in rows]
    before, after = judge(rows, BOOK), judge([*rows, *machines], BOOK)
    shared = before.people.index
    pd.testing.assert_frame_equal(after.people.loc[shared, FIGURES], before.people[FIGURES])
    against = ["touches", "people", "answered", "streak", "threads", "follow_ups_next_day", "over", "red", "talk"]
    pd.testing.assert_frame_equal(after.reps[against], before.reps[against])
    assert not {id_ for ids in after.findings["touch_ids"] for id_ in ids if id_.endswith("machine")}


@FEW
@given(st.data())
def test_the_order_of_rows_makes_no_difference(data: st.DataObject) -> None:
    rows = data.draw(months())
    one, other = judge(rows, BOOK), judge(data.draw(st.permutations(rows)), BOOK)
    pd.testing.assert_frame_equal(other.findings, one.findings)
    pd.testing.assert_frame_equal(other.left.findings, one.left.findings)
    pd.testing.assert_frame_equal(other.reps, one.reps)
    pd.testing.assert_frame_equal(other.people.sort_index(), one.people.sort_index())


@FEW
@given(months())
def test_sums_add_up_and_nothing_is_shown_that_is_not_there(rows: list[Row]) -> None:
    seen = judge(rows, BOOK)
    marks, people, reps = seen.marks, seen.people, seen.reps
    by_hand = [row for row in rows if not row["automated"]]
    assert people["touches"].sum() == marks["counts"].sum()
    assert people["inbound"].sum() == sum(row["direction"] == "inbound" for row in by_hand)
    assert people["meetings"].sum() == sum(row["direction"] == "both" for row in by_hand)
    # Every row of a rep is in one of three columns, but for automatic replies to them.
    theirs = [row for row in rows if row["rep_id"] and not (row["automated"] and row["direction"] == "inbound")]
    assert reps[["touches", "inbound", "automated"]].to_numpy().sum() == len(theirs)
    for found in seen.findings.to_dict("records"):
        assert found["rule"] in set(TOO_MUCH)
        assert set(found["touch_ids"]) <= set(marks.index)
        assert len(set(found["touch_ids"])) == len(found["touch_ids"])
        assert set(found["rep_ids"]) == {rep for rep in marks.loc[list(found["touch_ids"]), "rep_id"] if pd.notna(rep)}
