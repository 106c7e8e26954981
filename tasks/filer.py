"""Filing findings as issues, each at most once, and saying below an issue that its finding is fixed.

Knows no Prefect: a run that was killed anywhere is repaired by running it again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from tasks.clients import NotExecuted, Refused, Unavailable
from tasks.github import Issue, PrivateIssues
from tasks.ledger import Ledger
from tasks.rules.expected import Expectation
from tasks.rules.filing import Filed, FilingResult, Mark, comment_of, draft_of, fixed_marker, marked, title_of
from tasks.rules.verdicts import Remembered

F = TypeVar("F", Remembered, Mark)
WAITING = "not sent, as GitHub takes no more for now: run the same again later"


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
    github: PrivateIssues
    papers: Papers
    run: str = ""
    dry_run: bool = False
    _known: dict[str, Issue] | None = field(default=None, init=False)
    _must_wait: bool = field(default=False, init=False)

    def file(self, findings: Iterable[Remembered]) -> list[FilingResult]:
        """An issue for each, or the one there is; what became of each. Raises only where nothing at all can be done:
        Unavailable or Refused with the remedy."""
        wanted = list(findings)
        if not wanted:
            return []
        self.github.refuse_unless_private()
        self._issues()
        return [self._told(finding, title_of(finding), self._filed) for finding in wanted]

    def say_fixed(self, fixed: Callable[[list[Mark]], list[Mark]]) -> list[FilingResult]:
        """One comment on each open issue whose finding is among the `fixed` ones, given the marks of all of them.
        Raises as `file`."""
        self.github.refuse_unless_private()
        opened = [mark for issue in self._issues().values() if issue.is_open and (mark := marked(issue.body))]
        results = [self._told(mark, self._issues()[mark.key].title, self._commented) for mark in fixed(opened)]
        return [one for one in results if one.outcome is not Filed.ALREADY]

    def _told(self, finding: F, title: str, act: Callable[[F], FilingResult]) -> FilingResult:
        """What became of it, also where that is a failure: one that fails never stops the others."""
        result = FilingResult(finding.key, title, Filed.UNKNOWN)
        if self._must_wait:
            return replace(result, detail=WAITING)
        try:
            return act(finding)
        except Unavailable as error:
            # Whoever goes on asking while GitHub says wait is shut out for longer.
            self._must_wait = isinstance(error, NotExecuted)
            return replace(result, detail=str(error))
        except Refused as error:
            return replace(result, outcome=Filed.REFUSED, detail=str(error))

    def _filed(self, finding: Remembered) -> FilingResult:
        there = self._there(finding)
        title = title_of(finding)
        if there:
            outcome = Filed.FILED if self._is_mine(self._key(finding)) else Filed.ALREADY
            return FilingResult(finding.key, title, outcome, there.number, there.url, not there.is_open)
        if self.dry_run:
            return FilingResult(finding.key, title, Filed.WOULD_FILE)
        made: list[Issue] = []

        def do() -> str:
            self.github.have_label()
            draft = draft_of(
                finding, self.papers.expectations.get(finding.expectation_key), by=self.papers.by, day=self.papers.day
            )
            made.append(self.github.open(draft.title, draft.body))
            return str(made[0].number)

        def find() -> str | None:
            self._known = None
            issue = self._issues().get(finding.key)
            return str(issue.number) if issue else None

        done = self.ledger.once(self._key(finding), self._payload, do, find)
        issue = made[0] if made else self._at(int(done.remote_id))
        self._issues()[finding.key] = issue
        outcome = Filed.FILED if done.fresh or self._is_mine(self._key(finding)) else Filed.ALREADY
        return FilingResult(finding.key, title, outcome, issue.number, issue.url, not issue.is_open)

    def _there(self, finding: Remembered) -> Issue | None:
        """The issue of the finding, by its mark or by what the ledger knows; None where there is none, or somebody
        deleted it: then it may be filed anew."""
        key = self._key(finding)
        listed, effect = self._issues().get(finding.key), self.ledger.effect(key)
        if listed:
            if not self.dry_run and (effect is None or effect.state != "done"):
                self.ledger.plan(key, self._payload)
                self.ledger.finish(key, str(listed.number))
            return listed
        if effect is None or effect.remote_id is None:
            return None
        issue = self.github.issue(int(effect.remote_id))  # its label, or its mark, was taken off
        if issue is None and not self.dry_run:
            self.ledger.forget(key)
        return issue

    def _commented(self, finding: Mark) -> FilingResult:
        issue = self._issues()[finding.key]
        result = FilingResult(finding.key, issue.title, Filed.COMMENTED, issue.number, issue.url)
        mark = fixed_marker(finding)

        def find() -> str | None:
            return next((str(number) for number, body in self.github.comments(issue.number) if mark in body), None)

        def do() -> str:
            # A ledger that is new, or was lost, knows nothing of what was said.
            return find() or str(self.github.comment(issue.number, comment_of(finding, self.papers.day)))

        key = f"{self._key(finding)}:fixed:{issue.number}:{finding.first_seen.isoformat()}"
        if self.dry_run:
            effect = self.ledger.effect(key)
            said = effect is not None and effect.state == "done"
            return replace(result, outcome=Filed.ALREADY if said else Filed.WOULD_COMMENT)
        done = self.ledger.once(key, {"issue": issue.number}, do, find)
        return result if done.fresh or self._is_mine(key) else replace(result, outcome=Filed.ALREADY)

    def _at(self, number: int) -> Issue:
        issue = self.github.issue(number)
        if issue is None:
            raise Refused(f"Issue #{number} was deleted a moment ago: run the same again to file it anew.")
        return issue

    def _issues(self) -> dict[str, Issue]:
        """The issues that are marked, by the key of their finding; of several the oldest, as people copy issues."""
        if self._known is None:
            found = [(marked(issue.body), issue) for issue in self.github.listed()]
            self._known = {mark.key: issue for mark, issue in reversed(found) if mark}
        return self._known

    def _is_mine(self, key: str) -> bool:
        """Whether this run did it, in this attempt or in one before."""
        effect = self.ledger.effect(key) if self.run else None
        return effect is not None and effect.owner == self.run

    @property
    def _payload(self) -> Mapping[str, str]:
        return {"repository": self.github.name.lower()}

    def _key(self, finding: Remembered | Mark) -> str:
        """Of the effect: with the repository, so that it can be filed in another one first; never a run."""
        return f"github:{self.github.name.lower()}:finding:{finding.key}"
