"""`make audit`: what it finds, what it lets pass, and that an empty answer is no pass."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from deployments import audit
from deployments.audit import Verdict, committed, known_fakes, packages, security_rules
from deployments.sandbox.server import serve

ROOT = Path(__file__).parents[1]
UV = shutil.which("uv") or str(ROOT / ".uv/bin/uv")
NOBODY_THERE = "http://127.0.0.1:1/"
TOKEN = "xoxb-" + "4711-canary-4711"  # not written as one text: this file is searched too
FLAW = {
    "id": "GHSA-462w-v97r-4m45", "modified": "2024-01-01T00:00:00Z", "published": "2019-04-10T00:00:00Z",
    "summary": "Sandbox escape", "affected": [{
        "package": {"name": "jinja2", "ecosystem": "PyPI"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.10.1"}]}],
    }],
}  # fmt: skip

needs_uv = pytest.mark.skipif(not Path(UV).exists(), reason="there is no uv here")


@contextmanager
def service(*known: tuple[str, str]) -> Iterator[str]:
    """A service of vulnerabilities that knows of one in each of those packages of that version."""

    async def batch(request: Request) -> JSONResponse:
        asked = [(one["package"]["name"], one["version"]) for one in (await request.json())["queries"]]
        flaw = {"vulns": [{"id": FLAW["id"], "modified": FLAW["modified"]}]}
        return JSONResponse({"results": [flaw if one in known else {} for one in asked]})

    async def flaw(_: Request) -> JSONResponse:
        return JSONResponse(FLAW)

    routes = [Route("/v1/querybatch", batch, methods=["POST"]), Route("/v1/vulns/{id}", flaw)]
    with serve(Starlette(routes=routes)) as address:
        yield f"{address}/"


@needs_uv
def test_that_nobody_answers_is_no_pass() -> None:
    check = packages(UV, NOBODY_THERE)

    assert check.verdict is Verdict.NO_DATA
    assert "Connection refused" in check.lines[0]


@needs_uv
def test_that_a_service_knows_nothing_at_all_is_no_pass() -> None:
    with service() as address:
        check = packages(UV, address)

    assert check.verdict is Verdict.NO_DATA
    assert check.lines == ("the service knows nothing against jinja2 2.10, which is vulnerable",)


def test_that_there_is_no_uv_is_no_pass() -> None:
    assert packages("no-such-uv").verdict is Verdict.NO_DATA


@needs_uv
def test_packages_against_which_nothing_is_known_pass() -> None:
    with service(audit.CONTROL) as address:
        check = packages(UV, address)

    assert (check.verdict, check.lines) == (Verdict.CLEAN, ())
    assert int(check.what.rpartition(": ")[2]) > 100


@needs_uv
def test_a_package_of_the_lock_against_which_something_is_known_is_found() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    version = str(re.search(r'name = "requests"\nversion = "([^"]+)"', lock)[1])  # type: ignore[index]

    with service(audit.CONTROL, ("requests", version)) as address:
        check = packages(UV, address)

    assert check.verdict is Verdict.FOUND
    assert check.lines == (f"requests {version}: GHSA-462w-v97r-4m45 Sandbox escape (fixed in: none)",)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One commit, of a harmless file."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "notes.txt").write_text("harmless", encoding="utf-8")
    commit(tmp_path)
    return tmp_path


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=Sam", "-c", "user.email=sam@ourco.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)  # noqa: S603, S607 - our own


def commit(root: Path, message: str = "Say it") -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)


def test_a_harmless_repository_passes(repository: Path) -> None:
    check = committed(repository, frozenset())

    assert (check.verdict, check.what) == (Verdict.CLEAN, "secrets in 1 files and in the history")


def test_a_secret_that_is_not_committed_yet_is_found(repository: Path) -> None:
    (repository / "new.py").write_text(f"token = '{TOKEN}'", encoding="utf-8")

    assert committed(repository, frozenset()).lines == ("new.py: looks like a Slack token",)


def test_a_secret_that_was_removed_again_is_still_in_the_history(repository: Path) -> None:
    (repository / "notes.txt").write_text(f"token = '{TOKEN}'", encoding="utf-8")
    commit(repository)
    (repository / "notes.txt").write_text("harmless", encoding="utf-8")
    commit(repository)

    check = committed(repository, frozenset())

    assert check.verdict is Verdict.FOUND
    assert [re.sub("[0-9a-f]{7,}", "…", line) for line in check.lines] == ["commit …: looks like a Slack token"] * 2
    assert TOKEN not in str(check)


def test_a_secret_in_the_words_of_a_commit_is_found(repository: Path) -> None:
    commit(repository, f"Use {TOKEN}")

    assert committed(repository, frozenset()).verdict is Verdict.FOUND


def test_what_is_ignored_and_what_is_no_text_is_not_searched(repository: Path) -> None:
    (repository / ".gitignore").write_text(".env\n", encoding="utf-8")
    (repository / ".env").write_text(TOKEN, encoding="utf-8")
    (repository / "picture.png").write_bytes(b"\x89PNG\0" + TOKEN.encode())

    assert committed(repository, frozenset()).verdict is Verdict.CLEAN


def test_a_fake_is_let_pass_by_its_name_alone(repository: Path) -> None:
    (repository / "a.py").write_text(TOKEN, encoding="utf-8")
    (repository / "b.py").write_text(f"{TOKEN}-and-more", encoding="utf-8")

    assert committed(repository, frozenset({TOKEN})).lines == ("b.py: looks like a Slack token",)


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        pytest.param("-----BEGIN PRIVATE" + " KEY-----\n" + "MIIEvQIBADANBgkq\n" * 20, Verdict.FOUND, id="a key"),
        pytest.param("-----BEGIN PRIVATE" + " KEY-----", Verdict.CLEAN, id="a word about keys"),
        pytest.param("postgresql://revenue" + ":hunter2hunter2@db/x", Verdict.FOUND, id="an address with a password"),
        pytest.param('f"postgresql://{user}:{password}@db/x"', Verdict.CLEAN, id="an address to be filled in"),
        pytest.param("ghp_" + "a1B2" * 9, Verdict.FOUND, id="a GitHub token"),
    ],
)
def test_what_looks_like_a_secret(repository: Path, written: str, verdict: Verdict) -> None:
    (repository / "a.txt").write_text(written, encoding="utf-8")

    assert committed(repository, frozenset()).verdict is verdict


def test_this_repository_holds_no_secret() -> None:
    check = committed(ROOT, known_fakes())

    assert (check.verdict, check.lines) == (Verdict.CLEAN, ())


def test_the_security_rules_find_and_count_what_is_let_pass(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("import os\nos.system('ls ' + input())\n", encoding="utf-8")
    (tmp_path / "told.py").write_text("assert input()  # noqa: S101 - on purpose\n", encoding="utf-8")

    check = security_rules(tmp_path)

    assert check.verdict is Verdict.FOUND
    assert check.lines[0].startswith("bad.py:2 S605 ")
    assert "; 1 let pass" in check.what


def test_the_worst_of_the_checks_is_how_it_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["audit", "--uv", "no-such-uv"])

    assert audit.main() == Verdict.NO_DATA
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "NO DATA known vulnerabilities of the packages in uv.lock"
    assert [line[:8].strip() for line in told if line[0] != " "] == ["NO DATA", "CLEAN", "CLEAN"]
