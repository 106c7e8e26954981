"""Filing findings as issues, each at most once, and saying below an issue that its finding is fixed.

Knows no Prefect: a run that was killed anywhere is repaired by running it again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tasks.filing_once import IssuesOnce, OneByOne
from tasks.github import Issue, Issues
from tasks.ledger import Ledger
from tasks.rules.expected import Expectation
from tasks.rules.filing import Filed, FilingResult, Mark, comment_of, draft_of, fixed_marker, marked, title_of
from tasks.rules.verdicts import Remembered


@dataclass(frozen=True)
class Papers:
    """What issues are written from: the expectations by key, the person who files, and the day of the check."""

    expectations: Mapping[str, Expectation]
    by: str
    day: date


@dataclass
class Filer:
    """Files through one door, remembering each step in the ledger.

    run   the id of the run that is going on: what it filed in an attempt before is its own
    """

    ledger: Ledger
    github: Issues
    papers: Papers
    run: str = ""
    dry_run: bool = False
    _issues: IssuesOnce = field(init=False)
    _each: OneByOne = field(default_factory=OneByOne, init=False)

    def __post_init__(self) -> None:
        self._issues = IssuesOnce(self.ledger, self.github, "finding", _key, self.run, self.dry_run)

    def file(self, findings: Iterable[Remembered]) -> list[FilingResult]:
        """An issue for each, or the one there is; what became of each. Raises only where nothing at all can be done:
        Unavailable or Refused with the remedy."""
        wanted = list(findings)
        if not wanted:
            return []
        self.github.refuse_other_readers()
        self._issues.all()
        return [self._filed(finding, title_of(finding)) for finding in wanted]

    def say_fixed(self, fixed: Callable[[list[Mark]], list[Mark]]) -> list[FilingResult]:
        """One comment on each open issue whose finding is among the `fixed` ones, given the marks of all of them.
        Raises as `file`."""
        self.github.refuse_other_readers()
        issues = self._issues.all()
        opened = [mark for issue in issues.values() if issue.is_open and (mark := marked(issue.body))]
        results = [self._commented(mark, issues[mark.key]) for mark in fixed(opened)]
        return [one for one in results if one.outcome is not Filed.ALREADY]

    def _filed(self, finding: Remembered, title: str) -> FilingResult:
        def write() -> Issue:
            self.github.have_label()
            expectation = self.papers.expectations.get(finding.expectation_key)
            draft = draft_of(finding, expectation, by=self.papers.by, day=self.papers.day)
            return self.github.open(draft.title, draft.body)

        return self._each.told(finding.key, title, lambda: self._issues.filed(finding.key, title, write))

    def _commented(self, finding: Mark, issue: Issue) -> FilingResult:
        return self._each.told(finding.key, issue.title, lambda: self._comment(finding, issue))

    def _comment(self, finding: Mark, issue: Issue) -> FilingResult:
        result = FilingResult(finding.key, issue.title, Filed.COMMENTED, issue.number, issue.url)
        mark = fixed_marker(finding)

        def find() -> str | None:
            return next((str(number) for number, body in self.github.comments(issue.number) if mark in body), None)

        def do() -> str:
            # A ledger that is new, or was lost, knows nothing of what was said.
            return find() or str(self.github.comment(issue.number, comment_of(finding, self.papers.day)))

        key = f"{self._issues.effect(finding.key)}:fixed:{issue.number}:{finding.first_seen.isoformat()}"
        if self.dry_run:
            effect = self.ledger.effect(key)
            said = effect is not None and effect.state == "done"
            return replace(result, outcome=Filed.ALREADY if said else Filed.WOULD_COMMENT)
        done = self.ledger.once(key, {"issue": issue.number}, do, find)
        return result if done.fresh or self._issues.is_mine(key) else replace(result, outcome=Filed.ALREADY)


def _key(body: str) -> str | None:
    mark = marked(body)
    return mark.key if mark else None
