"""What is filed as issues, each at most once: found by the hidden mark in the issue or by the ledger, else opened.

Knows no Prefect: a run that was killed anywhere is repaired by running it again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tasks.clients import NotExecuted, Refused, Unavailable
from tasks.github import Issue, Issues
from tasks.ledger import Ledger
from tasks.rules.filing import Filed, FilingResult

WAITING = "not sent, as GitHub takes no more for now: run the same again later"


@dataclass(frozen=True)
class Order:
    """What a person ordered: what is to be filed, by key, and why the rest is not.

    by   who ordered it, as the settings spell the name      stopped   why nothing at all is done, "" where something is
    """

    accepted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    by: str = ""
    stopped: str = ""

    @property
    def refused_in_words(self) -> str:
        """The sentences for the person."""
        return ". ".join(self.refused)


class NotAllFiled(Unavailable):
    """Of some it is not known yet whether they were filed, or whatever was to be done; `results` has what became of
    each."""

    def __init__(self, results: Sequence[FilingResult], done: str = "filed") -> None:
        super().__init__(_failures(results, done))
        self.results = tuple(results)


class SomeRefused(Refused):
    """Some were refused; `results` has what became of each."""

    def __init__(self, results: Sequence[FilingResult], done: str = "filed") -> None:
        super().__init__(_failures(results, done))
        self.results = tuple(results)


def all_filed(results: Sequence[FilingResult], done: str = "filed") -> tuple[FilingResult, ...]:
    """The results, where none failed. Raises NotAllFiled or SomeRefused, which say what could not be `done`."""
    outcomes = {one.outcome for one in results}
    if Filed.UNKNOWN in outcomes:
        raise NotAllFiled(results, done)
    if Filed.REFUSED in outcomes:
        raise SomeRefused(results, done)
    return tuple(results)


@dataclass
class OneByOne:
    """Acts on one after the other: one that fails stops no other, but who says wait is not asked any more."""

    _must_wait: bool = field(default=False, init=False)

    def told(self, key: str, title: str, act: Callable[[], FilingResult]) -> FilingResult:
        """What became of it, also where that is a failure."""
        result = FilingResult(key, title, Filed.UNKNOWN)
        if self._must_wait:
            return replace(result, detail=WAITING)
        try:
            return act()
        except Unavailable as error:
            # Whoever goes on asking while GitHub says wait is shut out for longer.
            self._must_wait = isinstance(error, NotExecuted)
            return replace(result, detail=str(error))
        except Refused as error:
            return replace(result, outcome=Filed.REFUSED, detail=str(error))


@dataclass
class IssuesOnce:
    """The issues of one repository that are marked as ours, and those that are still to be opened.

    kind     what they are about, in the names of effects: "finding"      marked  the key in an issue's body, or None
    run      the id of the run that is going on: what it filed in an attempt before is its own
    since    no issue that is looked for can be older, which spares reading them; None where that is not known
    """

    ledger: Ledger
    github: Issues
    kind: str
    marked: Callable[[str], str | None]
    run: str = ""
    dry_run: bool = False
    since: datetime | None = None
    _known: dict[str, Issue] | None = field(default=None, init=False)

    def all(self) -> dict[str, Issue]:
        """Those that are marked, by key; of several the oldest, as people copy issues."""
        if self._known is None:
            found = [(self.marked(issue.body), issue) for issue in self.github.listed(self.since)]
            self._known = {key: issue for key, issue in reversed(found) if key}
        return self._known

    def filed(self, key: str, title: str, write: Callable[[], Issue]) -> FilingResult:
        """The issue of that key, opened by `write` where there is none; in a dry run, that it would be. Raises
        Unavailable, NotExecuted, Busy or Refused."""
        there = self.there(key)
        if there:
            return self._result(key, title, there, fresh=False)
        if self.dry_run:
            return FilingResult(key, title, Filed.WOULD_FILE)
        made: list[Issue] = []

        def do() -> str:
            made.append(write())
            return str(made[0].number)

        def find() -> str | None:
            self._known = None
            issue = self.all().get(key)
            return str(issue.number) if issue else None

        done = self.ledger.once(self.effect(key), self._payload, do, find)
        issue = made[0] if made else self._at(int(done.remote_id))
        self.all()[key] = issue
        return self._result(key, title, issue, fresh=done.fresh)

    def there(self, key: str) -> Issue | None:
        """The issue of that key, by its mark or by what the ledger knows; None where there is none, or somebody deleted
        it: then it may be filed anew."""
        name = self.effect(key)
        listed, effect = self.all().get(key), self.ledger.effect(name)
        if listed:
            if not self.dry_run and (effect is None or effect.state != "done"):
                self.ledger.plan(name, self._payload)
                self.ledger.finish(name, str(listed.number))
            return listed
        if effect is None or effect.remote_id is None:
            return None
        issue = self.github.issue(int(effect.remote_id))  # its label, or its mark, was taken off
        if issue is None and not self.dry_run:
            self.ledger.forget(name)
        return issue

    def effect(self, key: str) -> str:
        """The name of the effect: with the repository, so that it can be filed in another one first; never a run."""
        return f"github:{self.github.name.lower()}:{self.kind}:{key}"

    def is_mine(self, effect: str) -> bool:
        """Whether this run did it, in this attempt or in one before."""
        known = self.ledger.effect(effect) if self.run else None
        return known is not None and known.owner == self.run

    def _result(self, key: str, title: str, issue: Issue, *, fresh: bool) -> FilingResult:
        outcome = Filed.FILED if fresh or self.is_mine(self.effect(key)) else Filed.ALREADY
        return FilingResult(key, title, outcome, issue.number, issue.url, not issue.is_open)

    def _at(self, number: int) -> Issue:
        issue = self.github.issue(number)
        if issue is None:
            raise Refused(f"Issue #{number} was deleted a moment ago: run the same again to file it anew.")
        return issue

    @property
    def _payload(self) -> Mapping[str, str]:
        return {"repository": self.github.name.lower()}


def _failures(results: Sequence[FilingResult], done: str) -> str:
    failed = [one for one in results if one.outcome in {Filed.UNKNOWN, Filed.REFUSED}]
    return f"{len(failed):,} of {len(results):,} could not be {done}, the first: {failed[0].title}: {failed[0].detail}"
