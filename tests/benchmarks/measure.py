"""Measuring: CPU within one process in turns, or a whole case in a process of its own with its peak of memory."""

import gc
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

MEGABYTE = 1024  # Linux counts kilobytes


def cpu_in_turns(cases: Mapping[str, Callable[[], object]], turns: int = 3) -> dict[str, float]:
    """The median CPU seconds of each case. They take turns, so that whatever slows the machine slows all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(turns):
        for name, case in cases.items():
            gc.collect()
            before = time.process_time()
            case()
            seconds[name].append(time.process_time() - before)
    return {name: median(taken) for name, taken in seconds.items()}


def alone(module: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """What a case reports that runs as `python -m module` in a fresh process: memory that was used never falls."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RITUALS_")}
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-m", module], env={**clean, **environment}, check=True, capture_output=True, text=True
    )
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def report(case: Callable[[], dict[str, float]]) -> None:
    """Run `case` and write what it says, and what it took, as one line of JSON."""
    imported = _peak_mb()
    wall, cpu = time.perf_counter(), time.process_time()
    said = case()
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    peak = _peak_mb()
    sys.stdout.write(json.dumps({**said, **took, "peak_mb": peak, "added_mb": peak - imported}) + "\n")


def _peak_mb() -> float:
    """The most memory this process ever had. `ru_maxrss` would tell that of its parent, where that had more."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / MEGABYTE


def show(title: str, rows: Sequence[tuple[str, str]]) -> None:
    """A small table on the terminal."""
    width = max(len(name) for name, _ in rows)
    body = "\n".join(f"  {name:<{width}}  {value:>12}" for name, value in rows)
    sys.stdout.write(f"\n{title}\n{body}\n")
