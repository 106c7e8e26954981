"""The image: what Docker is told to build, what it is sent, and what hadolint says of it."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from docker.utils.build import exclude_paths
from packaging.specifiers import SpecifierSet

from deployments.pools import docker, kubernetes
from deployments.pools.places import IN_IMAGE

ROOT = Path(__file__).parents[2]
INSTRUCTION = re.compile(r"^([A-Z]+) +(.+)$")


def instructions() -> list[tuple[str, str]]:
    """Each instruction with its arguments; lines that go on are joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    return [(found[1], found[2]) for line in lines if (found := INSTRUCTION.match(line))]


def of_the_last_stage(name: str) -> list[str]:
    read = instructions()
    last = max(index for index, (word, _) in enumerate(read) if word == "FROM")
    return [arguments for word, arguments in read[last:] if word == name]


def test_hadolint_finds_nothing() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if not hadolint:
        pytest.skip("No hadolint here")

    command = [hadolint, str(ROOT / "Dockerfile")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words

    assert (ran.stdout, ran.returncode) == ("", 0)


def test_it_starts_from_a_fixed_python_that_the_project_supports() -> None:
    [base] = [arguments.removeprefix("PYTHON=") for word, arguments in instructions() if word == "ARG"][:1]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    version = re.fullmatch(r"python:(\d+\.\d+\.\d+)-slim-[a-z]+", base)

    assert version
    assert SpecifierSet(project["requires-python"]).contains(version[1])
    assert {arguments.split()[0] for word, arguments in instructions() if word == "FROM"} == {"${PYTHON}"}


def test_packages_come_from_the_lock_and_ours_as_a_wheel() -> None:
    runs = [arguments for word, arguments in instructions() if word == "RUN"]

    installs = [run for run in runs if "uv sync" in run]
    assert len(installs) == 2
    assert all("--locked" in run and "--no-default-groups" in run for run in installs)
    assert "--no-editable" in installs[-1]
    assert not [run for run in runs if re.search(r"git |curl|wget", run)]
    assert [run for run in runs if "pip install" in run] == ["pip install --no-cache-dir uv==0.13.9"]


def test_it_runs_as_the_user_and_in_the_directory_that_the_pools_count_on() -> None:
    [user], [directory] = of_the_last_stage("USER"), of_the_last_stage("WORKDIR")

    assert user == docker.USER == f"{kubernetes.USER}:{kubernetes.USER}"
    assert directory == IN_IMAGE
    assert f"RITUALS_HOME={IN_IMAGE}" in " ".join(of_the_last_stage("ENV"))
    assert of_the_last_stage("CMD")[0].startswith("[")
    assert of_the_last_stage("ENTRYPOINT") == []  # both pools give the whole command


def test_all_that_is_written_is_written_to_tmp() -> None:
    set_to = dict(re.findall(r"(\w+)=(\S+)", " ".join(of_the_last_stage("ENV"))))

    # Without the third, the server says that it cannot write its UI, and goes on without one.
    written = ("HOME", "PREFECT_HOME", "PREFECT_SERVER_UI_STATIC_DIRECTORY", "MPLCONFIGDIR")
    assert all(Path(set_to[name]).is_relative_to("/tmp") for name in written)  # noqa: S108 - inside the container


def test_nothing_is_copied_into_it_but_what_was_installed() -> None:
    assert of_the_last_stage("COPY") == ["--from=build /opt/revenue-rituals /opt/revenue-rituals"]


def test_docker_is_sent_what_the_wheel_is_made_of_and_nothing_else(tmp_path: Path) -> None:
    wanted = ["pyproject.toml", "uv.lock", "README.md", "prefect.yaml", "flows/a.py", "tasks/rules/b.py"]
    wanted += ["deployments/setup.py", "deployments/pools/docker.py", "expectations/accounts.yml"]
    unwanted = [".env", ".env.example", "ledger.db", "tests/test_a.py", ".git/config", ".venv/bin/python", "docs/a.png"]
    unwanted += [
        "deployments/server/secrets/server.env",
        "deployments/.env",
        "tasks/__pycache__/a.pyc",
        "flows/.env.old",
    ]
    for name in [*wanted, *unwanted]:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    patterns = [
        line
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]

    sent = {name for name in exclude_paths(str(tmp_path), patterns) if (tmp_path / name).is_file()}

    assert sent - {"Dockerfile", ".dockerignore"} == set(wanted)
