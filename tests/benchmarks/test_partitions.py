"""What reading in partitions on Dask is for: a bound on the memory of each process. Against one process, in one run."""

import filecmp
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.measure import alone, show
from tests.benchmarks.owners_org import ACTIVITIES, DEALS, owners_org

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

PARTED = {"RITUALS_DASK__ABOVE_DEALS": "1000", "RITUALS_DASK__PARTITION_DEALS": "5000", "RITUALS_DASK__WORKERS": "2"}
# Measured: see the README. The memory of a worker is a matter of its partition, so that it stays far below that of one
# process with everything; wide, against a worker that keeps what it has read.
MOST_WORKER_MB, MOST_OF_ONE_PROCESS = 1_000, 0.4


def test_partitions_on_dask_beside_one_process(tmp_path: Path) -> None:
    with owners_org() as org:
        one = measured("partition_alone", tmp_path / "one", {**org, "RITUALS_SALESFORCE_BULK_ABOVE": "0"})
        dask = measured("partition_dask", tmp_path / "dask", {**org, **PARTED})

    show(
        f"{DEALS:,} open deals, {ACTIVITIES:,} activities: one process | two Dask workers and the run's process",
        [
            ("calls of Salesforce", f"{one['calls']:,} | {dask['calls']:,}"),
            ("wall", f"{one['wall']:.0f} s | {dask['wall']:.0f} s ({dask['wall'] / one['wall']:.1f})"),
            ("CPU", f"{one['cpu']:.0f} s | {dask['cpu']:.0f} s and {dask['workers_cpu']:.0f} s in the workers"),
            ("peak memory", f"{one['peak_mb']:,.0f} MB | {dask['peak_mb']:,.0f} MB"),
            ("peak memory of a worker", f"{dask['worker_mb']:,.0f} MB"),
        ],
    )
    for findings in ("deals", "evidence"):
        assert filecmp.cmp(tmp_path / "dask" / findings, tmp_path / "one" / findings, shallow=False)
    assert (one["deals"], dask["deals"]) == (DEALS, DEALS)
    assert dask["worker_mb"] <= MOST_WORKER_MB
    assert max(dask["worker_mb"], dask["peak_mb"]) <= MOST_OF_ONE_PROCESS * one["peak_mb"]


def measured(case: str, findings: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """What a case took, which leaves its findings in a folder."""
    findings.mkdir()
    told = {**environment, "FINDINGS": str(findings), "RITUALS_ENV_FILE": ""}
    return alone(f"tests.benchmarks.{case}", told)
