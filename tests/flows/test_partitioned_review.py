"""The pipeline review of a company that is read in partitions: the real flow, over HTTP."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from tasks import partitions
from tasks.partitions import read_partition
from tasks.rules.policy import DaskPolicy
from tests.benchmarks.partition_dask import dask_workers
from tests.company import Sandbox
from tests.conftest import Install
from tests.flows.runs import DRY, POSTING, artifacts, reports, run

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]

JOBS = "/services/data/v67.0/jobs/query"
SEVERAL = 6  # the first is that of the deals; each partition takes nine
PARTED = {
    "RITUALS_SALESFORCE_BULK_ABOVE": "0",
    "RITUALS_DASK__ABOVE_DEALS": "10",
    "RITUALS_DASK__PARTITION_DEALS": "20",
}


@pytest.fixture
def parted(installed: Sandbox, install: Install) -> Sandbox:
    """An installation at the pretend company, whose 64 open deals are read in four partitions."""
    installed.org(bulk_polls=0)
    install({**installed.environment, **PARTED})
    return installed


@pytest.fixture
def in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Partitions are read by Prefect's runner of threads: a cluster takes ten seconds to start."""

    @contextmanager
    def _runner(_: DaskPolicy) -> Iterator[TaskRunner[Any]]:
        with ThreadPoolTaskRunner(max_workers=2) as runner:
            yield runner

    monkeypatch.setattr(partitions, "_runner", _runner)
    monkeypatch.setattr(read_partition, "retry_delay_seconds", 0)


def findings(report: str) -> str:
    """The report without when it was made, what reading took, and whether it was posted, which makes it decidable."""
    return re.sub(r"as of \d+:\d+ PT|Salesforce: .* left today\.| \(dry run\)|\[Decide\]  ", "", report)


def test_on_dask_it_posts_the_report_that_one_process_posts(parted: Sandbox, install: Install) -> None:
    on_dask = artifacts(run(POSTING))
    [first] = reports(parted)

    install({**parted.environment, **PARTED, "RITUALS_DASK__ABOVE_DEALS": "0"})
    alone = artifacts(run(DRY))

    assert on_dask["pipeline-review-deals"] == alone["pipeline-review-deals"]
    assert findings(on_dask["pipeline-review"]) == findings(alone["pipeline-review"])
    assert "64 of 64 open deals read" in str(first)


@pytest.mark.slow
def test_on_a_cluster_that_runs_already_it_is_the_same_report(parted: Sandbox, install: Install) -> None:
    with _cluster() as address:
        install({**parted.environment, **PARTED, "RITUALS_DASK__ADDRESS": address})
        on_dask = artifacts(run(DRY))

    install({**parted.environment, **PARTED, "RITUALS_DASK__ABOVE_DEALS": "0"})
    assert findings(on_dask["pipeline-review"]) == findings(artifacts(run(DRY))["pipeline-review"])


@contextmanager
def _cluster() -> Iterator[str]:
    """A scheduler with two workers in processes of their own, which have the settings in their environment."""
    code = (
        "import sys\nfrom distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address='127.0.0.1:0') as cluster:\n"
        "        print(cluster.scheduler_address, flush=True)\n        sys.stdin.read()\n"
    )
    with subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.communicate()


@pytest.mark.slow
def test_what_a_killed_worker_was_reading_is_read_by_another(parted: Sandbox, install: Install) -> None:
    killed: list[int] = []
    killing = threading.Thread(target=_kill_a_worker, args=(parted, killed))
    killing.start()
    on_dask = artifacts(run(DRY))
    killing.join()

    install({**parted.environment, **PARTED, "RITUALS_DASK__ABOVE_DEALS": "0"})
    alone = artifacts(run(DRY))

    assert killed
    assert on_dask["pipeline-review-deals"] == alone["pipeline-review-deals"]
    assert findings(on_dask["pipeline-review"]) == findings(alone["pipeline-review"])


def _kill_a_worker(org: Sandbox, killed: list[int]) -> None:
    """Once the partitions are being read."""
    while not killed:
        jobs = [call for call in org.calls()["calls"] if call["path"] == JOBS and call["method"] == "POST"]
        workers = dask_workers()
        if len(jobs) > SEVERAL and workers:
            os.kill(int(workers[0]), signal.SIGKILL)
            killed.append(len(jobs))
        time.sleep(0.05)


def test_a_company_that_is_not_that_large_is_read_by_one_process(
    installed: Sandbox, install: Install, in_threads: None
) -> None:
    install({**installed.environment, "RITUALS_DASK__ABOVE_DEALS": "64"})

    state = run(DRY)

    assert "Salesforce: 2 API calls (REST)" in artifacts(state)["pipeline-review"]


def test_what_time_can_cure_is_tried_again_for_its_partition_alone(parted: Sandbox, in_threads: None) -> None:
    parted.fault("unavailable", match={"path": JOBS, "method": "POST", "nth": 9}, times=1)

    assert run(POSTING).is_completed()
    assert len(reports(parted)) == 1


def test_a_partition_that_cannot_be_read_fails_the_run_and_nothing_is_said_of_the_others(
    parted: Sandbox, in_threads: None, caplog: pytest.LogCaptureFixture
) -> None:
    parted.fault("unavailable", match={"path": JOBS, "method": "POST", "nth": 18}, times=None)

    state = run(POSTING)

    assert state.is_failed()
    unread = r"partition \d of 4 \(\d+ open deals\) could not be read, and nothing is judged\."
    assert re.search(rf"Unavailable: Salesforce cannot answer now .* So {unread}", str(state.message))
    assert re.search(r"Could not read partition \d of 4 .*, of [A-Z]\w+ \w+, ", caplog.text)
    assert reports(parted) == []


def test_owners_are_named_in_the_logs_and_not_in_what_a_run_fails_with(
    parted: Sandbox, in_threads: None, caplog: pytest.LogCaptureFixture
) -> None:
    parted.fault("unavailable", match={"path": JOBS, "method": "POST", "nth": 2}, times=None)

    message = str(run(POSTING).message)

    [whose] = set(re.findall(r"open deals\), of (\w+ \w+)", caplog.text))
    assert whose not in message


def test_without_the_extra_the_run_says_what_to_install(parted: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prefect_dask.task_runners", None)

    state = run(POSTING)

    assert state.is_failed()
    assert "RITUALS_DASK__ABOVE_DEALS is set, but Dask is not installed: pip install" in str(state.message)


def test_a_scheduler_that_does_not_answer_fails_the_run_with_the_remedy(parted: Sandbox, install: Install) -> None:
    from dask import config  # noqa: PLC0415 - an extra

    install({**parted.environment, **PARTED, "RITUALS_DASK__ADDRESS": "tcp://127.0.0.1:1"})

    with config.set({"distributed.comm.timeouts.connect": "100ms"}):
        state = run(POSTING)

    assert state.is_failed()
    assert "RITUALS_DASK__ADDRESS leads to no Dask scheduler that answers" in str(state.message)
