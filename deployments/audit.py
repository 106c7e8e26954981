"""python -m deployments.audit: what is known against the packages of uv.lock, the security rules of the linter, and
whether a secret was ever committed.

Ends with 0 where everything was looked at and nothing found, 1 where something was found, 2 where something could not
be looked at: that no service answers, or that it knows nothing, is no pass.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from tasks.secrets_filter import SHAPES

ROOT = Path(__file__).parents[1]
# Jinja2 2.10 has known vulnerabilities (CVE-2019-10906 is the first): a service that knows of none knows nothing.
CONTROL = "jinja2", "2.10"
_CONTROL_PROJECT = f"""[project]
name = "control"
version = "0"
requires-python = ">=3.11"
dependencies = ["{CONTROL[0]}=={CONTROL[1]}"]
"""
_CONTROL_LOCK = f"""version = 1
requires-python = ">=3.11"

[[package]]
name = "control"
version = "0"
source = {{ virtual = "." }}
dependencies = [{{ name = "{CONTROL[0]}" }}]

[[package]]
name = "{CONTROL[0]}"
version = "{CONTROL[1]}"
source = {{ registry = "https://pypi.org/simple" }}
"""
_SHORTEST_KEY = 200  # characters; what is shorter only speaks of keys
_ADDRESS = "password in an address"
LOOKED_FOR = ("private key", "Slack token", "GitHub token", "Salesforce session", "JWT", _ADDRESS)
FAKES = Path(__file__).with_name("known_fakes.txt")


class Verdict(IntEnum):
    """How a check ended; the worst is how the command ends."""

    CLEAN = 0
    FOUND = 1
    NO_DATA = 2


@dataclass(frozen=True)
class Check:
    """What was looked at, how it ended, and what was found, a line each."""

    what: str
    verdict: Verdict
    lines: tuple[str, ...] = ()


def main() -> int:
    """The worst verdict; each check is told in a line, with what it found below."""
    asked = argparse.ArgumentParser(prog="python -m deployments.audit", description=__doc__)
    asked.add_argument("--uv", default="uv", help="the uv to ask")
    asked.add_argument("--service", default="", metavar="URL", help="of vulnerabilities, instead of osv.dev")
    given = asked.parse_args()
    checks: tuple[Callable[[], Check], ...] = (
        lambda: packages(given.uv, given.service),
        security_rules,
        lambda: committed(ROOT, known_fakes()),
    )
    worst = Verdict.CLEAN
    for check in checks:
        told = check()
        worst = max(worst, told.verdict)
        sys.stdout.write("\n  ".join([f"{told.verdict.name.replace('_', ' '):<8}{told.what}", *told.lines]) + "\n")
        sys.stdout.flush()
    return worst


def packages(uv: str, service: str = "", root: Path = ROOT) -> Check:
    """What is known against the packages of `root`'s uv.lock. NO_DATA where nobody answers, and where the one who
    answers knows nothing against a package that is known to be vulnerable."""
    what = "known vulnerabilities of the packages in uv.lock"
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        control = Path(folder)
        (control / "pyproject.toml").write_text(_CONTROL_PROJECT, encoding="utf-8")
        (control / "uv.lock").write_text(_CONTROL_LOCK, encoding="utf-8")
        known, why = _audited(uv, service, control, "--frozen")
    if known is None:
        return Check(what, Verdict.NO_DATA, (why,))
    if not known["vulnerabilities"]:
        name, version = CONTROL
        return Check(
            what, Verdict.NO_DATA, (f"the service knows nothing against {name} {version}, which is vulnerable",)
        )
    told, why = _audited(uv, service, root, "--locked")
    if told is None:
        return Check(what, Verdict.NO_DATA, (why,))
    found = tuple(_in_words(one) for one in (*told["vulnerabilities"], *told["adverse_statuses"]))
    return Check(f"{what}: {told['summary']['audited_packages']}", Verdict.FOUND if found else Verdict.CLEAN, found)


def security_rules(root: Path = ROOT) -> Check:
    """Bandit's rules, as ruff has them, over everything; what is let pass in the code is counted."""
    found = _ruff(root)
    allowed = len(_ruff(root, "--ignore-noqa")) - len(found)
    what = f"security rules of the linter (bandit's); {allowed} let pass, each with its reason in the code"
    lines = (f"{Path(one['filename']).name}:{one['location']['row']} {one['code']} {one['message']}" for one in found)
    return Check(what, Verdict.FOUND if found else Verdict.CLEAN, tuple(lines))


def committed(root: Path, fakes: frozenset[str]) -> Check:
    """What looks like a secret in the files of the repository, those not committed yet too, and in its whole history;
    `fakes` are known to be none. Only where something stands is told, and what it looks like."""
    listed = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    here = {name: _text(root / name) for name in filter(None, listed) if (root / name).is_file()}
    found = {f"{name}: looks like a {kind}" for name, text in here.items() for kind in _kinds(text, fakes)}
    for commit in _git(root, "log", "-p", "-U0", "--no-color", "--no-ext-diff", "--format=%x00%h %B").split("\0"):
        found |= {f"commit {commit.partition(' ')[0]}: looks like a {kind}" for kind in _kinds(commit, fakes)}
    what = f"secrets in {len(here)} files and in the history"
    return Check(what, Verdict.FOUND if found else Verdict.CLEAN, tuple(sorted(found)))


def known_fakes() -> frozenset[str]:
    """The texts that look like secrets and are none, a line each; lines that begin with # say where they are from."""
    lines = FAKES.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _kinds(text: str, fakes: frozenset[str]) -> Iterator[str]:
    for kind in LOOKED_FOR:
        if any(_is_one(kind, found.group(), fakes) for found in SHAPES[kind][0].finditer(text)):
            yield kind


def _is_one(kind: str, written: str, fakes: frozenset[str]) -> bool:
    if kind == "private key":
        return len(written) > _SHORTEST_KEY
    return written not in fakes and not (kind == _ADDRESS and "{" in written)  # {} of an f-string


def _audited(uv: str, service: str, project: Path, how: str) -> tuple[Any, str]:
    """uv's answer, or None and why there is none."""
    command = [uv, "audit", how, "--preview-features", "audit-command,json-output", "--output-format", "json"]
    command += ["--service-url", service] if service else []
    try:
        ran = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603 - our own words
        return json.loads(ran.stdout), ""
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, f"uv could not be run ({type(error).__name__})"
    except json.JSONDecodeError:
        said = [line.strip() for line in ran.stderr.splitlines() if line.strip()]
        return None, " ".join(said[-6:])[:300] or "uv said nothing"


def _in_words(one: Any) -> str:
    package = one.get("dependency") or one.get("package") or {}
    name = f"{package.get('name', '?')} {package.get('version', '')}".strip()
    fixed = ", ".join(one.get("fix_versions") or ()) or "none"
    return f"{name}: {one.get('id', one.get('status', '?'))} {one.get('summary') or ''} (fixed in: {fixed})"


def _ruff(root: Path, *options: str) -> list[Any]:
    command = [sys.executable, "-m", "ruff", "check", "--select", "S", "--output-format", "json", *options, "."]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    return list(json.loads(ran.stdout))


def _git(root: Path, *words: str) -> str:
    command: Sequence[str] = ["git", "-C", str(root), *words]
    ran = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own words
    return ran.stdout.decode(errors="replace")


def _text(file: Path) -> str:
    content = file.read_bytes()
    return "" if b"\0" in content else content.decode(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
