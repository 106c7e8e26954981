"""What judging 100,000 records costs, reading them included: seconds and memory, in a process of its own."""

import pytest

from tests.benchmarks.measure import alone, show
from tests.benchmarks.validation_judging import ACCOUNTS, DEALS, checked_org

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

# Measured: see the README. About twice that, against ids and values in the results of Great Expectations, which cost
# ten times as much. The yardstick of the same run is the import of the library.
MOST_CALLS, MOST_MEGABYTES, READING_OF_IMPORT, JUDGING_OF_IMPORT = 60, 800, 1.0, 0.7


def test_a_hundred_thousand_records() -> None:
    with checked_org() as environment:
        took = alone("tests.benchmarks.validation_judging", environment)

    show(
        f"Checking {DEALS:,} opportunities and {ACCOUNTS:,} accounts: {took['verdicts']} expectations of records",
        [
            ("calls", f"{took['calls']:,}"),
            ("reading, CPU of the client", f"{took['reading']:.1f} s"),
            ("judging, CPU, without the import", f"{took['judging']:.1f} s"),
            ("importing Great Expectations, CPU", f"{took['import']:.1f} s"),
            ("wrong records", f"{took['wrong']:,}"),
            ("peak memory", f"{took['peak_mb']:,.0f} MB"),
            ("of it beyond the imports", f"{took['added_mb']:,.0f} MB"),
            ("the records themselves", f"{took['frame_mb']:,.0f} MB"),
        ],
    )
    assert took["unchecked"] == 0
    assert took["wrong"] == DEALS // 2 + ACCOUNTS // 2 + ACCOUNTS // 4
    assert took["calls"] <= MOST_CALLS
    assert took["peak_mb"] <= MOST_MEGABYTES
    assert took["reading"] <= READING_OF_IMPORT * took["import"]
    assert took["judging"] <= JUDGING_OF_IMPORT * took["import"]
