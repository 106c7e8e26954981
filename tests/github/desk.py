"""Filing as each run does it, and what stands on the pretend GitHub afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Thread

from tasks.filer import Filer, Papers
from tasks.github import private_issues
from tasks.ledger import Ledger
from tasks.rules.filing import Filed, FilingResult, fixed_of, marked
from tasks.rules.verdicts import Remembered
from tests.findings import ACCOUNTING, DAY, FINDINGS, checkup
from tests.github_alone import PRIVATE, Github

HOME = f"/repos/{PRIVATE}"
LIST, LABEL, OPEN = f"GET {HOME}/issues", f"GET {HOME}/labels/%23g-sales", f"POST {HOME}/issues"
READ = f"GET {HOME}"
PAPERS = Papers({ACCOUNTING.key: ACCOUNTING}, "Marisol Vega", DAY)


@contextmanager
def filer(github: Github, ledger: Ledger, run: str = "", *, dry_run: bool = False, **other: str) -> Iterator[Filer]:
    """What files, with a door of its own, as each run has."""
    with private_issues(github.config(**other)) as issues:
        yield Filer(ledger, issues, PAPERS, run, dry_run=dry_run)


def file(github: Github, ledger: Ledger, findings: tuple[Remembered, ...] = FINDINGS, **how: str) -> list[FilingResult]:
    with filer(github, ledger, **how) as filing:
        return filing.file(findings)


def comment(github: Github, ledger: Ledger, fixed: tuple[Remembered, ...] = FINDINGS) -> list[FilingResult]:
    """Say fixed what a check that found all but the first finds fixed."""
    with filer(github, ledger) as filing:
        return filing.say_fixed(lambda marks: fixed_of(marks, fixed, checkup((FINDINGS[1],))))


def filed(github: Github) -> list[str]:
    """The keys of the findings that there is an issue of, one an issue."""
    return [mark.key for issue in github.issues() if (mark := marked(issue.body or ""))]


def told(results: list[FilingResult]) -> list[tuple[Filed, int]]:
    return [(one.outcome, one.number) for one in results]


def at_once(*acts: Callable[[], object]) -> None:
    """All of them at the same moment; ends when all have ended."""
    ready = Barrier(len(acts), timeout=10)

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        act()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def file_and_comment(github: Github, ledger: Ledger) -> None:
    file(github, ledger, FINDINGS[:1])
    comment(github, ledger)
