"""What it costs to know that a text may be read by everybody, and which issues are about the same."""

import pytest

from tests.benchmarks.measure import alone, show
from tests.benchmarks.public_gate import ACCOUNTS, PEOPLE
from tests.benchmarks.public_likeness import ISSUES, MESSAGES

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]

# About twice what was measured.
MOST_MAKING, MOST_EACH, MOST_LONG, MOST_MEGABYTES = 12.0, 0.005, 2.0, 500
MOST_COMPARING, MOST_COMPARING_MEGABYTES = 25.0, 700


def test_the_gate_of_a_big_org() -> None:
    took = alone("tests.benchmarks.public_gate", {})
    show(
        f"The privacy gate: {ACCOUNTS:,} accounts, {PEOPLE:,} people, {took['looked_for']:,} names looked for",
        [
            ("made ready", f"{took['making']:.1f} s"),
            ("an issue", f"{took['each'] * 1000:.1f} ms"),
            ("one of 20,000 characters", f"{took['long'] * 1000:.0f} ms"),
            ("memory for it", f"{took['added_mb']:,.0f} MB"),
            ("of 100 innocent texts withheld", f"{took['withheld']:,}"),
        ],
    )
    assert took["making"] <= MOST_MAKING
    assert took["each"] <= MOST_EACH
    assert took["long"] <= MOST_LONG
    assert took["added_mb"] <= MOST_MEGABYTES


def test_likeness_of_a_night_and_all_open_issues() -> None:
    took = alone("tests.benchmarks.public_likeness", {})
    show(
        f"Likeness: {MESSAGES} messages, {ISSUES:,} issues",
        [
            ("CPU, the import of scikit-learn included", f"{took['comparing']:.1f} s"),
            ("memory", f"{took['added_mb']:,.0f} MB"),
        ],
    )
    assert took["messages"] == MESSAGES
    assert took["comparing"] <= MOST_COMPARING
    assert took["added_mb"] <= MOST_COMPARING_MEGABYTES
