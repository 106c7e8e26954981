"""The issues of our private GitHub repository: found by listing, written once and only where nobody else can read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from github.GithubException import GithubException, UnknownObjectException
from github.Issue import Issue as FoundIssue
from github.Repository import Repository

from tasks.clients import Refused, Unavailable
from tasks.github_door import github, in_words, is_gone
from tasks.settings import Settings

_UNPROCESSABLE = 422
_COLOR = "0e8a16"


@dataclass(frozen=True)
class Issue:
    """An issue, by its number; `url` is where people read it."""

    number: int
    url: str
    title: str
    body: str
    is_open: bool


@dataclass(frozen=True)
class PrivateIssues:
    """The issues of `name` (owner/name) with a label. Everything raises Unavailable, NotExecuted or Refused.

    Search is never used: its index lags behind what was written a moment ago.
    """

    name: str
    label: str
    repository: Repository
    _labelled: list[str] = field(default_factory=list, init=False, repr=False)

    def listed(self) -> list[Issue]:
        """Every issue with the label, closed ones too, the oldest first."""
        with in_words(self.name):
            found = self.repository.get_issues(state="all", labels=[self.label], sort="created", direction="asc")
            return [_issue(one) for one in found]

    def issue(self, number: int) -> Issue | None:
        """The issue of that number, whatever its labels; None where somebody deleted it."""
        with in_words(self.name):
            try:
                return _issue(self.repository.get_issue(number).complete())
            except GithubException as error:
                if is_gone(error):
                    return None
                raise

    def open(self, title: str, body: str) -> Issue:
        """Open an issue with the label. Not repeated here: whoever opens remembers, and looks before opening again."""
        self.refuse_unless_private()
        with in_words(self.name):
            return _issue(self.repository.create_issue(title, body=body, labels=[self.label]))

    def comments(self, number: int) -> list[tuple[int, str]]:
        """Id and body of every comment of that issue, the oldest first."""
        with in_words(self.name):
            return [(one.id, str(one.body or "")) for one in self.repository.get_issue(number).get_comments()]

    def comment(self, number: int, body: str) -> int:
        """Comment on that issue; the comment's id. Not repeated, as `open`."""
        self.refuse_unless_private()
        with in_words(self.name):
            made = self.repository.get_issue(number).create_comment(body).id
        if not isinstance(made, int):
            raise Unavailable("GitHub answered with something that is none of its own")
        return made

    def have_label(self) -> None:
        """Make the label where it is missing; once it is there it is not asked for again."""
        if self._labelled:
            return
        self.refuse_unless_private()
        with in_words(self.name):
            try:
                self.repository.get_label(self.label).complete()
            except UnknownObjectException:
                self._make_label()
        self._labelled.append(self.label)

    def refuse_unless_private(self) -> None:
        """Raises Refused for a repository that everybody can read, and for one that was renamed."""
        if not self._is_private:
            raise Refused(
                f"{self.name} is not private on GitHub, so nothing is written there: name a private repository in "
                "RITUALS_VALIDATION__PRIVATE_REPOSITORY."
            )

    @cached_property
    def _is_private(self) -> bool:
        with in_words(self.name):
            known = self.repository.complete()
            private, now_called = known.private, known.full_name
        if not isinstance(private, bool) or not isinstance(now_called, str):
            raise Unavailable("GitHub answered with something that is none of its own")
        if now_called.lower() != self.name.lower():
            raise Refused(
                f"{self.name} was renamed on GitHub: set RITUALS_VALIDATION__PRIVATE_REPOSITORY to its new name."
            )
        return private

    def _make_label(self) -> None:
        try:
            self.repository.create_label(self.label, _COLOR)
        except GithubException as error:
            if error.status != _UNPROCESSABLE or "already_exists" not in str(error.data):  # somebody was faster
                raise


@contextmanager
def private_issues(settings: Settings) -> Iterator[PrivateIssues]:
    """The issues that discrepancies are filed as. To be opened inside a task; raises Refused without a token or a
    repository. Nothing is asked yet."""
    policy = settings.validation
    if not policy.private_repository:
        raise Refused("RITUALS_VALIDATION__PRIVATE_REPOSITORY is empty: name a private repository, owner/name.")
    client = github(settings)
    try:
        name = policy.private_repository
        yield PrivateIssues(name, policy.label, client.get_repo(name))
    finally:
        client.close()


def _issue(found: FoundIssue) -> Issue:
    """Raises TypeError for what is no issue: an answer that leads elsewhere has none of its fields."""
    number, state = found.number, found.state
    if not isinstance(number, int) or state not in {"open", "closed"}:
        raise TypeError("no issue")
    return Issue(number, str(found.html_url or ""), str(found.title or ""), str(found.body or ""), state == "open")
