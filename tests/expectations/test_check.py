"""`python -m expectations check`, as a person runs it."""

import subprocess
import sys
from pathlib import Path

from tasks.expectation_files import load, ours

from .files import EXCERPT, ROOT, expecting


def check(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What the command says."""
    command = [sys.executable, "-m", "expectations", "check", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603


def test_our_files_are_all_right() -> None:
    ran = check()

    assert (ran.returncode, ran.stdout, ran.stderr) == (
        0,
        f"{len(load(ours()))} expectations in 5 files, 0 mistakes\n",
        "",
    )


def test_mistakes_are_told_and_counted(tmp_path: Path) -> None:
    (tmp_path / "leads.yml").write_text(expecting("tba: Leads\nseverity: bad", "Lead"), encoding="utf-8")

    ran = check(tmp_path)

    assert ran.returncode == 1
    assert ran.stdout == (
        "There is no handbook here: the quotes are not compared with it. Name it with --handbook.\n"
        "leads.yml:4: unknown key “tba” — did you mean “tab”?\n"
        "leads.yml:5: “bad” is none: “severity” is “critical”, “warning” or “info”\n"
        "2 mistakes in 1 file\n"
    )


def test_another_handbook_is_compared_and_what_nothing_quotes_is_told(tmp_path: Path) -> None:
    changed = tmp_path / "handbook.txt"
    text = EXCERPT.read_text(encoding="utf-8").replace("lead status, and rating.", "lead status, rating, and score.")
    changed.write_text(text.replace("L179\t", "L179\t* Convert it. "), encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    (other / "leads.yml").write_text(expecting("tab: Leads", "Lead"), encoding="utf-8")

    ran, quiet = check("--handbook", changed), check(other, "--handbook", EXCERPT)

    assert ran.returncode == 1
    assert "leads.yml:16: this is not in the handbook, or not any more" in ran.stdout
    assert (
        "did you mean L179 “There should be fields for name, lead source, lead status, rating, and score.”?"
        in ran.stdout
    )
    assert quiet.returncode == 0
    assert "handbook:179: no expectation quotes “There should be fields for name" in quiet.stdout
    assert quiet.stdout.endswith("\n1 expectation in 1 file, 0 mistakes\n")


def test_a_handbook_that_is_not_there_is_said(tmp_path: Path) -> None:
    ran = check("--handbook", tmp_path / "none.md")

    assert (ran.returncode, ran.stderr) == (2, "")
    assert ran.stdout.endswith("none.md cannot be read: No such file or directory\n")


def test_a_draft_is_not_written_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "leads.yml").touch()
    command = [sys.executable, "-m", "expectations", "draft", "--out", str(tmp_path)]

    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603

    assert (ran.returncode, ran.stdout) == (2, f"{tmp_path} is there already, and not empty: name another folder\n")


def test_it_is_quick_because_it_imports_nothing_heavy() -> None:
    heavy = "great_expectations", "prefect", "pandas", "pydantic", "sqlalchemy"
    told = (
        "import sys; from expectations.__main__ import main; code = main(['check']); "
        f"print([name for name in {heavy} if name in sys.modules], code)"
    )

    ran = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )

    assert ran.stdout.splitlines()[-1] == "[] 0"
