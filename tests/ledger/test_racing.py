"""Several runs at once: one of them sends, the others leave it to it or learn what it made."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Lock

from tasks.ledger import Busy, Ledger
from tests.ledger.processes import Outside, in_processes, race
from tests.ledger.remote import CLOSE, KEY, history


def test_of_eight_threads_one_sends(ledger_url: str) -> None:
    made, lock, together = [], Lock(), Barrier(8)

    def do() -> str:
        with lock:
            made.append("ts-1")
        return "ts-1"

    def run(number: int) -> str:
        with Ledger(ledger_url, owner=f"run {number}") as ledger:
            together.wait()
            try:
                return ledger.once(KEY, CLOSE, do, lambda: None).remote_id
            except Busy:
                return "busy"

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(run, range(8)))

    assert made == ["ts-1"]
    assert set(said) <= {"ts-1", "busy"}
    assert "ts-1" in said


def test_threads_may_share_one_ledger(ledger: Ledger) -> None:
    keys = [f"{KEY}:{number}" for number in range(24)]

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda key: ledger.once(key, CLOSE, lambda: key, lambda: None).remote_id, keys))

    assert made == keys


def test_forty_effects_and_four_processes(ledger_url: str, tmp_path: Path) -> None:
    keys = [f"pipeline-review:2026-11-23:close:{number}" for number in range(40)]
    orders = [keys, keys[::-1], keys[20:] + keys[:20], keys]
    outside = Outside(str(tmp_path / "made"))

    ended = in_processes(race, [(ledger_url, str(outside.file), order) for order in orders])

    assert ended == [0, 0, 0, 0]
    with Ledger(ledger_url, owner="test") as ledger:
        for key in keys:
            [made] = outside.made(key)
            assert ledger.effect(key).remote_id == made
            assert history(ledger, key).count("claimed") == 1
