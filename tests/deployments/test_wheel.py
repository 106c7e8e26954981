"""The wheel is all that the image has of us: what runs, and every file that it reads, and nothing of the demo. It is
built, laid out in a directory of its own, and used from elsewhere, without this checkout."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from deployments.manifest import entries

ROOT = Path(__file__).parents[2]
PACKAGES = ("flows", "tasks", "deployments", "expectations")
# For the demo and the tests alone.
LEFT_OUT = (
    "deployments/audit.py",
    "deployments/demo",
    "deployments/known_fakes.txt",
    "deployments/local_prefect.py",
    "deployments/postgres.py",
    "deployments/sandbox/",
    "deployments/screenshots",
    "deployments/server/",
)
IMPORT_ALL = """
import importlib, json, pkgutil, sys
import deployments, expectations, flows, tasks
homes = [package.__path__[0] for package in (deployments, expectations, flows, tasks)]
names = [found.name for package in (deployments, expectations, flows, tasks)
         for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
modules = [name for name in names if not name.endswith(("__main__", ".env")) and ".versions." not in name]
for name in modules:
    importlib.import_module(name)
from deployments.manifest import MANIFEST, entries, flow_at
from deployments.automations import automations
print(json.dumps({"homes": homes, "modules": modules, "manifest": str(MANIFEST),
    "flows": [flow_at(entry["entrypoint"]).name for entry in entries()],
    "automations": len(automations("https://prefect.acme.example", None))}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with what the wheel has."""
    uv = shutil.which("uv", path=f"{ROOT / '.uv' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    if not uv:
        pytest.skip("No uv here")
    home = tmp_path_factory.mktemp("wheel")
    source = home / "source"
    source.mkdir()
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "prefect.yaml"):
        shutil.copy(ROOT / name, source / name)
    command = [uv, "build", "--wheel", "--offline", "--out-dir", str(home), "--python", sys.executable, str(source)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if built.returncode and "hatchling" in built.stderr:
        pytest.skip("hatchling is not in uv's cache, and the test asks no registry")
    assert built.returncode == 0, built.stderr
    [file] = home.glob("*.whl")
    with zipfile.ZipFile(file) as packed:
        packed.extractall(home / "installed")
    shutil.rmtree(source)
    return home / "installed"


def run(wheel: Path, home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python in another directory, with the wheel before all else."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("RITUALS_", "PREFECT_"))}
    here = {"PYTHONPATH": str(wheel), "PREFECT_HOME": str(home / "prefect"), "RITUALS_ENV_FILE": ""}
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *arguments],
        cwd=home,
        env={**bare, **here, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def files(home: Path) -> set[str]:
    found = [path for top in PACKAGES for path in (home / top).rglob("*") if path.is_file()]
    return {name for path in found if "__pycache__" not in (name := path.relative_to(home).as_posix())}


def test_every_file_is_in_it_but_those_of_the_demo(wheel: Path) -> None:
    wanted = {name for name in files(ROOT) if not name.startswith(LEFT_OUT)}

    assert files(wheel) == wanted
    beside = {path.name for path in wheel.iterdir() if path.suffix != ".dist-info"}
    assert beside == {*PACKAGES, "prefect.yaml"}


def test_all_of_it_imports_without_the_demo_and_the_flows_are_there(wheel: Path, tmp_path: Path) -> None:
    ran = run(wheel, tmp_path, "-c", IMPORT_ALL)

    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    assert all(home.startswith(str(wheel)) for home in told["homes"])
    assert told["manifest"] == str(wheel / "prefect.yaml")
    assert len(told["flows"]) == len(entries()) >= 11
    assert told["automations"] > 0
    assert {"deployments.setup", "deployments.doctor", "deployments.watch", "deployments.serve"} <= set(told["modules"])


def test_the_ledger_is_made_and_the_expectations_are_read_from_it(wheel: Path, tmp_path: Path) -> None:
    settings = {
        "RITUALS_LEDGER_URL": f"sqlite:///{tmp_path / 'ledger.db'}",
        "RITUALS_SALESFORCE_URL": "https://acme.my.salesforce.com",
        "RITUALS_SALESFORCE_CLIENT_ID": "id",
        "RITUALS_SALESFORCE_CLIENT_SECRET": "secret-of-the-tests",
        "RITUALS_SLACK_TOKEN": "xoxb-hush-slack",
        "RITUALS_SLACK_CHANNEL": "C0RITUALS",
    }
    migrated = run(wheel, tmp_path, "-m", "deployments.migrate", **settings)
    checked = run(wheel, tmp_path, "-m", "expectations", "check")

    assert "now at revision" in migrated.stdout, migrated.stderr
    assert (tmp_path / "ledger.db").exists()
    assert "0 mistakes" in checked.stdout, checked.stderr


def test_the_set_up_command_shows_what_a_pool_would_be_made_of(wheel: Path, tmp_path: Path) -> None:
    shown = run(wheel, tmp_path, "-m", "deployments.setup", "--show-template", "kubernetes")

    assert json.loads(shown.stdout)["job_configuration"]["job_manifest"]["kind"] == "Job"
