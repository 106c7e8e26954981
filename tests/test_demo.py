"""`make demo` for a newcomer: one command shows two weeks and a month's talks, and nothing of it is left."""

import os
import re
import socket
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def alive(mark: str) -> list[str]:
    """The processes that carry the mark in their environment, as /proc tells them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:  # another's, or gone by now
            continue
    return found


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.prefect
@pytest.mark.timeout(900)  # beside other tests, on two processors
def test_it_shows_two_weeks_with_a_kill_and_a_month_and_where_to_look_and_leaves_nothing_behind(tmp_path: Path) -> None:
    mark = f"demo-{uuid.uuid4()}"
    own = {name: value for name, value in os.environ.items() if not name.startswith(("RITUALS_", "PREFECT_"))}

    ran = subprocess.run(
        [sys.executable, "-m", "deployments.demo", "--kill"],
        cwd=ROOT,
        env={**own, "STARTED_BY": mark, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert re.search(r"^Last week: Pipeline review · \w+ \d+ \w+ · \d+ to decide \(\$\d+k\)", ran.stdout, re.MULTILINE)
    assert re.search(r"^Pipeline review · \w+ \d+ \w+ · closed 3 of 5 by Marisol Vega", ran.stdout, re.MULTILINE)
    killed = ran.stdout.partition("decide: ")[2].partition("undo: ")[0]
    for said in (
        "3 deals are closed in Salesforce; of 4 writes the ledger knows that they began, and no more",
        "kill -9. In Prefect: Crashed. In Slack: close-opportunities/decide crashed.",
        "3 closings, each written once: the second run found them. Its reply: Of 5: 3 closed, 1 skipped, 1 refused",
    ):
        assert said in killed, said
    told = ran.stdout.partition("Last week: ")[2]
    for said in (
        "2 new $90k, 1 won $125k, 1 lost $19k",
        "Of 5: 3 closed, 1 skipped, 1 refused by Salesforce. Loss reason: No response.",
        "Tidewater Energy 2026 $64k · skipped, a touch on",
        "Cobalt Insurance 2026 $85k · refused by Salesforce: Fill in the competitor",
        "Kept open · Larkspur Media 2026 $42k",
        "Acme 2026 $120k · open again · in Discovery",
        "Jordan Doe (Copperline Works): 6 in a row without an answer",
        "Booked by Marisol Vega: 2 talks",
        "Salesforce check · first check: 23 problems",
        "“License key” is missing: no field of Account is called so; found “Licence Key”: renamed?",
        "acme/confidential, ordered by Marisol Vega: 3 findings filed",
        "MAY BE P0 Nimbus Cloud",
        "“502 for all users since a few minutes, nobody can log in.”",
        "#customer-sandpiper: Slack says not_in_channel: invite the bot to the channel",
        "Public issue drafted as",
    ):
        assert said in told, said
    assert "64 of 64 open deals read" in ran.stdout
    assert re.search(
        r"^Rep activity · .* · \d of \d talks booked by Marisol Vega, \d+ people over-contacted", told, re.MULTILINE
    )
    assert re.search(r"http://127\.0\.0\.1:\d+/slack/C\w+", ran.stdout)
    assert len(re.findall(r"in Prefect +http://127\.0\.0\.1:\d+/v2/runs/flow-run/", told)) == 10
    ports = {int(port) for port in re.findall(r"http://127\.0\.0\.1:(\d+)", ran.stdout)}
    assert [port for port in ports if listens(port)] == []
    assert alive(mark) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
