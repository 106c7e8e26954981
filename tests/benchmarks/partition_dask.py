"""The same pipeline read in partitions on two Dask workers, under a real Prefect, for `measure.alone`."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect import flow

from tasks.partitions import read_in_partitions
from tasks.rules.scope import shortest_silence
from tasks.salesforce_pipeline import Reading
from tasks.settings import settings
from tests.benchmarks.measure import MEGABYTE, report
from tests.benchmarks.partition_alone import judged
from tests.company import REVIEW_AT


@flow(persist_result=False)
def reading() -> Reading | None:
    """Read as the review does."""
    return read_in_partitions(REVIEW_AT, shortest_silence(settings().pipeline))


def read() -> dict[str, float]:
    """Read in partitions and judge here; with the most memory that a Dask worker ever had, and what their CPU was."""
    with _watched() as workers:
        found = reading()
    assert found is not None
    peaks, seconds = zip(*workers.values(), strict=True)
    return {**judged(found), "worker_mb": max(peaks), "workers_cpu": sum(seconds), "workers": len(workers)}


@contextmanager
def _watched() -> Iterator[dict[str, tuple[float, float]]]:
    """Peak of memory (MB) and CPU (seconds) of each Dask worker by its process id, looked at while they live."""
    seen: dict[str, tuple[float, float]] = {}
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.1):
            seen.update({pid: told for pid in dask_workers() if (told := _told(pid))})

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield seen
    finally:
        done.set()
        watching.join()


def dask_workers() -> list[str]:
    """The process ids of the children of this process that are spawned, as Dask's workers are."""
    children = [Path(f"/proc/self/task/{task.name}/children") for task in Path("/proc/self/task").iterdir()]
    pids = [pid for path in children for pid in path.read_text(encoding="ascii").split()]
    return [pid for pid in pids if _is_spawned(pid)]


def _is_spawned(pid: str) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has just ended
        return False


def _told(pid: str) -> tuple[float, float] | None:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        times = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:  # it has just ended
        return None
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return (int(peak[1]) / MEGABYTE, (int(times[11]) + int(times[12])) / 100) if peak else None


def once() -> dict[str, float]:
    """Under a Prefect server of its own."""
    from prefect.settings import PREFECT_LOGGING_TO_API_ENABLED, temporary_settings  # noqa: PLC0415 - seconds
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415

    with prefect_test_harness(server_startup_timeout=180), temporary_settings({PREFECT_LOGGING_TO_API_ENABLED: False}):
        return read()


if __name__ == "__main__":
    report(once)
