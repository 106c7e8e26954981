"""What judging a million touches costs beside a plain loop over people, in which three of the values are found."""

import pandas as pd
import pytest

from tasks.rules.activity_findings import ActivityReview
from tests.benchmarks.activity_judging import PEOPLE, REPS, TOUCHES, judge, month
from tests.benchmarks.measure import alone, cpu_in_turns, show

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

# Measured: see the README. About twice that, against what goes row by row or grows with the square.
MOST_SECONDS, MOST_OF_LOOP, MOST_MEGABYTES = 25.0, 0.4, 2_700
FIGURES = ["streak", "smallest_gap", "busiest_week"]


def plain(touches: pd.DataFrame) -> pd.DataFrame:
    """The yardstick: streak, smallest gap and busiest week of each person, as one would write them first."""
    return touches.groupby("person_id")[
        ["day", "kind", "direction", "automated", "support"]
    ].apply(_of_person)  # fmt: skip


def _of_person(touches: pd.DataFrame) -> pd.Series:
    streak, run, gap, last, answering, got = 0, 0, None, None, False, []
    rows = zip(touches["day"], touches["kind"], touches["direction"], touches["automated"], touches["support"],
               strict=True)  # fmt: skip
    for day, kind, way, automated, support in rows:
        ours = way == "outbound" or (way == "unknown" and kind != "email")
        if ours:
            got.append(day)
        if automated:
            continue
        if not ours:
            run, last, answering = 0, None, True
        elif answering:
            answering = False
        elif not support:
            run, streak = run + 1, max(streak, run + 1)
            if last is not None and (gap is None or (day - last).days < gap):
                gap = (day - last).days
            last = day
    week = max((sum(0 <= (end - day).days < 7 for day in got) for end in got), default=0)
    return pd.Series({"streak": streak, "smallest_gap": gap, "busiest_week": week}, dtype="float64")


def test_judging_beside_a_plain_loop() -> None:
    touches, book = month()
    rows = touches.touches

    def judged() -> ActivityReview:
        return judge(touches, book)

    found = judged()
    people = found.people.set_index("person_id")[FIGURES].astype("float64").sort_index()
    pd.testing.assert_frame_equal(people, plain(rows).sort_index())  # the same, however it is found
    cpu = cpu_in_turns({"plain loop": lambda: plain(rows), "judging": judged}, turns=1)
    took = alone("tests.benchmarks.activity_judging", {})
    show(
        f"Judging {TOUCHES:,} touches of {REPS} reps, {PEOPLE:,} people, {len(found.findings):,} findings",
        [
            ("plain loop: streak, gap, week", f"{cpu['plain loop']:.1f} s"),
            ("the whole review", f"{cpu['judging']:.1f} s"),
            ("of the loop", f"{cpu['judging'] / cpu['plain loop']:.2f}"),
            ("touches a CPU second", f"{TOUCHES / cpu['judging']:,.0f}"),
            ("peak memory", f"{took['peak_mb']:,.0f} MB"),
            ("the touches themselves", f"{took['frame_mb']:,.0f} MB"),
        ],
    )
    assert took["findings"] == len(found.findings)
    assert cpu["judging"] <= MOST_SECONDS
    assert cpu["judging"] / cpu["plain loop"] <= MOST_OF_LOOP
    assert took["peak_mb"] <= MOST_MEGABYTES
