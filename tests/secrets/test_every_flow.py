"""A flow cannot be run without the guard: importing it, as a worker does in a process of its own, is having it."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKEN = "xoxq.0f3a9c.canary.of.every.flow"  # of no known shape
FLOWS = sorted(
    f"flows.{path.stem}"
    for path in (ROOT / "flows").glob("*.py")
    if any(
        isinstance(node, ast.FunctionDef) and any("flow(" in ast.unparse(mark) for mark in node.decorator_list)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
    )
)
# Each flow in a process that has imported nothing of ours but it. They fork from one that has Prefect, which is slow.
CHILD = """
import importlib, io, json, logging, os, sys
import prefect, pandas
print("ready", flush=True)
for name in sys.argv[1:]:
    assert not any(one.startswith("tasks") for one in sys.modules)
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0, name
        continue
    importlib.import_module(name)
    from prefect.states import Failed
    said = io.StringIO()
    late, log = logging.StreamHandler(said), logging.getLogger("some.library")
    log.addHandler(late)
    log.setLevel("DEBUG")
    log.debug("before the settings are read: %s", {"Authorization": "Basic " + "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="})
    log.debug("Prefect's own: %s", os.environ["PREFECT_API_AUTH_STRING"])
    from tasks.settings import settings
    settings()
    log.debug("with %s", os.environ["RITUALS_SLACK_TOKEN"])
    failed = Failed(message="because of " + os.environ["RITUALS_SLACK_TOKEN"])
    print(json.dumps([name, said.getvalue().splitlines(), failed.message]), flush=True)
    os._exit(0)
"""


@pytest.fixture(scope="module")
def told() -> dict[str, list[object]]:
    """By flow, what its process logs and keeps in a state."""
    settings = {
        "RITUALS_SALESFORCE_URL": "https://acme.my.salesforce.com", "RITUALS_SALESFORCE_CLIENT_ID": "id",
        "RITUALS_SALESFORCE_CLIENT_SECRET": "opensesame-opensesame", "RITUALS_SLACK_TOKEN": TOKEN,
        "RITUALS_SLACK_CHANNEL": "C0RITUALS", "RITUALS_ENV_FILE": "", "PREFECT_API_AUTH_STRING": "revenue:f00dcafe42",
    }  # fmt: skip
    own = {name: value for name, value in os.environ.items() if not name.startswith(("RITUALS_", "PREFECT_"))}
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-W", "ignore", "-c", CHILD, *FLOWS],
        cwd=ROOT,
        env={**own, **settings},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    lines = [json.loads(line) for line in ran.stdout.splitlines()[1:]]
    return {name: rest for name, *rest in lines}


def test_there_are_flows() -> None:
    assert "flows.pipeline_review" in FLOWS
    assert len(FLOWS) >= 11


@pytest.mark.parametrize("flow", FLOWS)
def test_a_process_that_runs_it_hides_secrets(told: dict[str, list[object]], flow: str) -> None:
    assert told[flow] == [
        [
            "before the settings are read: {'Authorization': 'Basic [secret]'}",
            "Prefect's own: [secret]",
            "with [secret]",
        ],
        "because of [secret]",
    ]
