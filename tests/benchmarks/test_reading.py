"""What reading costs: a whole org of 100,000 open deals, and a page of rows beside the library's own way."""

from collections.abc import Mapping

import pandas as pd
import pytest
from simple_salesforce.api import Salesforce

from tasks.clients import SalesforceDoor
from tasks.salesforce_columns import TASK
from tasks.salesforce_frames import paths
from tasks.salesforce_pages import bulk, drain, start
from tasks.salesforce_queries import Read
from tests.benchmarks.measure import alone, cpu_in_turns, show
from tests.company import settings_from

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

CALLS = 60  # the goal for 100,000 open deals, polls included
ROWS = 40_000
# Measured 0.6 to 0.8 and 0.1 (see README); wide, against a path that types row by row.
PAGES, BULK = 1.5, 0.3


def test_a_whole_org(enterprise: Mapping[str, str]) -> None:
    took = alone("tests.benchmarks.whole_reading", enterprise)

    show(
        f"Reading {took['deals']:,} open deals, in all {took['rows']:,} rows",
        [
            ("calls", f"{took['calls']:,}"),
            ("wall, sandbox included", f"{took['wall']:.1f} s"),
            ("CPU of the client", f"{took['cpu']:.1f} s"),
            ("rows a CPU second", f"{took['rows'] / took['cpu']:,.0f}"),
            ("peak memory", f"{took['peak_mb']:,.0f} MB"),
            ("of it beyond the imports", f"{took['added_mb']:,.0f} MB"),
            ("memory a row", f"{took['added_mb'] * 1024 / took['rows']:.2f} KB"),
        ],
    )
    assert took["in_bulk"]
    assert took["calls"] <= CALLS


def test_rows_to_a_typed_frame(enterprise: Mapping[str, str]) -> None:
    config = settings_from(dict(enterprise))
    soql = f"SELECT {', '.join(paths(TASK))} FROM Task ORDER BY Id LIMIT {ROWS}"  # noqa: S608 - SOQL of our own
    door = SalesforceDoor(config)
    library: Salesforce = door._sf  # the same session and token

    def ours() -> pd.DataFrame:
        return drain(door, start(door, [Read("tasks", soql, TASK)]), lambda _name, _rows: None)["tasks"]

    def in_bulk() -> pd.DataFrame:
        return bulk(door, [Read("tasks", soql, TASK)], lambda _: None, lambda _name, _rows: None)["tasks"]

    def query_all() -> pd.DataFrame:
        return pd.DataFrame(library.query_all(soql)["records"])

    assert len(ours()) == len(in_bulk()) == len(query_all()) == ROWS
    cpu = cpu_in_turns({"our pages": ours, "our bulk job": in_bulk, "query_all and DataFrame": query_all}, turns=5)
    beside = {name: taken / cpu["query_all and DataFrame"] for name, taken in cpu.items()}
    show(
        f"{ROWS:,} tasks to a frame: CPU of the client, beside query_all (untyped), rows a CPU second",
        [(name, f"{taken:.2f} s  {beside[name]:.2f}  {ROWS / taken:8,.0f}") for name, taken in cpu.items()],
    )
    assert beside["our pages"] <= PAGES
    assert beside["our bulk job"] <= BULK
