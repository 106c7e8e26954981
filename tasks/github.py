"""The issues and labels of our GitHub repositories: found by listing, written once, and only where those who read are
those who are meant to."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal

from github.GithubException import GithubException, UnknownObjectException
from github.GithubObject import NotSet
from github.Issue import Issue as FoundIssue
from github.Label import Label as FoundLabel
from github.Repository import Repository

from tasks.clients import Refused, Unavailable
from tasks.github_door import github, in_words, is_gone
from tasks.settings import Settings

_UNPROCESSABLE = 422
_COLOR = "0e8a16"


@dataclass(frozen=True)
class Readers:
    """Who must be able to read a repository that is written to, everybody or only we; and the setting that names it."""

    everybody: bool
    setting: str

    @property
    def kind(self) -> str:
        """Of a repository that they read, in GitHub's words."""
        return "public" if self.everybody else "private"


ONLY_US = Readers(everybody=False, setting="RITUALS_VALIDATION__PRIVATE_REPOSITORY")
EVERYBODY = Readers(everybody=True, setting="RITUALS_FEEDBACK__PUBLIC_REPOSITORY")


@dataclass(frozen=True)
class Issue:
    """An issue, by its number; `url` is where people read it, `opened` an aware moment."""

    number: int
    url: str
    title: str
    body: str
    is_open: bool
    opened: datetime
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Label:
    """A label as it stands on GitHub."""

    name: str
    description: str


@dataclass(frozen=True)
class Issues:
    """The issues of `name` (owner/name), above all those with `label`. Everything raises Unavailable, NotExecuted or
    Refused.

    Search is never used: its index lags behind what was written a moment ago.
    """

    name: str
    label: str
    readers: Readers
    repository: Repository
    _there: set[str] = field(default_factory=set, init=False, repr=False)

    def listed(self, since: datetime | None = None) -> list[Issue]:
        """Every issue with the label, closed ones too, the oldest first; `since` leaves out what nobody touched after
        that moment."""
        return self._found([self.label], "all", since)

    def opened(self, labels: Collection[str] = ()) -> list[Issue]:
        """The open issues with all those labels, the oldest first."""
        return self._found(labels, "open")

    def issue(self, number: int) -> Issue | None:
        """The issue of that number, whatever its labels; None where somebody deleted it."""
        with self._in_words():
            try:
                return _issue(self.repository.get_issue(number).complete())
            except GithubException as error:
                if is_gone(error):
                    return None
                raise

    def open(self, title: str, body: str, labels: Collection[str] = ()) -> Issue:
        """Open an issue with the label, and those. Not repeated here: whoever opens remembers, and looks before opening
        again."""
        self.refuse_other_readers()
        with self._in_words():
            every = list(dict.fromkeys([self.label, *labels]))
            return _issue(self.repository.create_issue(title, body=body, labels=every))

    def comments(self, number: int) -> list[tuple[int, str]]:
        """Id and body of every comment of that issue, the oldest first."""
        with self._in_words():
            return [(one.id, str(one.body or "")) for one in self.repository.get_issue(number).get_comments()]

    def comment(self, number: int, body: str) -> int:
        """Comment on that issue; the comment's id. Not repeated, as `open`."""
        self.refuse_other_readers()
        with self._in_words():
            made = self.repository.get_issue(number).create_comment(body).id
        if not isinstance(made, int):
            raise Unavailable("GitHub answered with something that is none of its own")
        return made

    def labels(self) -> list[Label]:
        """Every label of the repository."""
        with self._in_words():
            return [_label(one) for one in self.repository.get_labels()]

    def have_label(self, name: str = "", color: str = _COLOR, description: str = "") -> None:
        """Make a label where it is missing, `label` where none is named; once it is there it is not asked for again,
        and one that people made is left as it is. `description` has at most 100 characters."""
        name = name or self.label
        if name.lower() in self._there:
            return
        self.refuse_other_readers()
        with self._in_words():
            try:
                _label(self.repository.get_label(name).complete())
            except UnknownObjectException:
                self._make_label(name, color, description)
        self._there.add(name.lower())

    def refuse_other_readers(self) -> None:
        """Raises Refused for a repository that others can read than are meant to, and for one that was renamed."""
        private, _ = self._facts
        if private != self.readers.everybody:
            return
        kind, setting = self.readers.kind, self.readers.setting
        raise Refused(
            f"{self.name} is not {kind} on GitHub, so nothing is written there: name a {kind} repository in {setting}."
        )

    @property
    def how_many_are_open(self) -> int:
        """Open issues and pull requests, by GitHub's own count."""
        return self._facts[1]

    @cached_property
    def _facts(self) -> tuple[bool, int]:
        with self._in_words():
            known = self.repository.complete()
            private, now_called, opened = known.private, known.full_name, known.open_issues_count
        if not isinstance(private, bool) or not isinstance(now_called, str) or not isinstance(opened, int):
            raise Unavailable("GitHub answered with something that is none of its own")
        if now_called.lower() != self.name.lower():
            raise Refused(f"{self.name} was renamed on GitHub: set {self.readers.setting} to its new name.")
        return private, opened

    def _found(
        self, labels: Collection[str], state: Literal["open", "all"], since: datetime | None = None
    ) -> list[Issue]:
        with self._in_words():
            # PyGithub writes the moment's own clock and calls it UTC.
            touched = since.astimezone(UTC) if since else NotSet
            found = self.repository.get_issues(
                state=state, labels=list(labels), sort="created", direction="asc", since=touched
            )
            return [_issue(one) for one in found if not _is_pull(one)]

    def _make_label(self, name: str, color: str, description: str) -> None:
        try:
            _label(self.repository.create_label(name, color, description or NotSet))
        except GithubException as error:
            if error.status != _UNPROCESSABLE or "already_exists" not in str(error.data):  # somebody was faster
                raise

    def _in_words(self) -> AbstractContextManager[None]:
        return in_words(self.name, self.readers.setting)


@contextmanager
def private_issues(settings: Settings) -> Iterator[Issues]:
    """The issues of the repository that only we read, with the sales team's label. To be opened inside a task; raises
    Refused without a token or a repository. Nothing is asked yet."""
    with _issues(settings, settings.validation.private_repository, settings.validation.label, ONLY_US) as issues:
        yield issues


@contextmanager
def public_issues(settings: Settings) -> Iterator[Issues]:
    """The issues of the product's repository that everybody reads, with the label of customer requests; as
    `private_issues`."""
    with _issues(settings, settings.feedback.public_repository, settings.feedback.request_label, EVERYBODY) as issues:
        yield issues


@contextmanager
def _issues(settings: Settings, name: str, label: str, readers: Readers) -> Iterator[Issues]:
    if not name:
        raise Refused(f"{readers.setting} is empty: name a {readers.kind} repository, owner/name.")
    client = github(settings)
    try:
        yield Issues(name, label, readers, client.get_repo(name))
    finally:
        client.close()


def _issue(found: FoundIssue) -> Issue:
    """Raises TypeError for what is no issue: an answer that leads elsewhere has none of its fields."""
    number, state, opened = found.number, found.state, found.created_at
    if not isinstance(number, int) or state not in {"open", "closed"} or not isinstance(opened, datetime):
        raise TypeError("no issue")
    url, title, body = str(found.html_url or ""), str(found.title or ""), str(found.body or "")
    return Issue(number, url, title, body, state == "open", opened, tuple(str(one.name) for one in found.labels))


def _is_pull(found: FoundIssue) -> bool:
    """By its address: of an issue in a listing PyGithub would ask once more for what only a pull request has."""
    return "/pull/" in str(found.html_url or "")


def _label(found: FoundLabel) -> Label:
    """Raises TypeError as `_issue`."""
    if not isinstance(found.id, int):
        raise TypeError("no label")
    return Label(str(found.name), str(found.description or ""))
