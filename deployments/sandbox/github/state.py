"""The memory of the pretend GitHub."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deployments.sandbox.github.seed import Account, GithubSeed, SeedRepository, SeedToken

DEFAULT_COLOR = "ededed"
# How much content one may make: so much in that time; then GitHub asks to wait.
CREATIONS = ((80, timedelta(minutes=1)), (500, timedelta(hours=1)))


@dataclass
class Label:
    """A label of a repository."""

    id: int
    name: str
    color: str
    description: str | None


@dataclass
class Comment:
    """A comment on an issue."""

    id: int
    author: Account
    body: str
    created: datetime


@dataclass
class Issue:
    """An issue; moments are aware UTC without fractions of a second, as GitHub has them."""

    id: int
    number: int
    author: Account
    title: str
    body: str | None
    created: datetime
    updated: datetime
    labels: list[Label] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    closed: datetime | None = None
    closed_by: Account | None = None
    reason: str | None = None
    is_pull: bool = False

    @property
    def state(self) -> str:
        """GitHub's word: open or closed."""
        return "closed" if self.closed else "open"


@dataclass
class Repository:
    """A repository with its labels (by name without case) and issues (by number)."""

    id: int
    seed: SeedRepository
    owner: Account
    created: datetime
    labels: dict[str, Label] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)


class GithubState:
    """All the pretend GitHub knows. `now` is the sandbox's clock (aware) and dates what is written."""

    def __init__(self, seed: GithubSeed, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ids = itertools.count(1_000)
        self.accounts = {account.login: account for account in seed.accounts}
        self.account_ids = {account.login: number for number, account in enumerate(seed.accounts, start=500)}
        self.tokens: dict[str, SeedToken] = {token.value: token for token in seed.tokens}
        self.requests = 0  # of the hour, which never ends here
        self._created: dict[str, list[datetime]] = {}  # by login: when issues, comments and labels were made by calls
        self.repositories: dict[str, Repository] = {}
        for one in seed.repositories:
            self._plant(one)

    def now(self) -> datetime:
        """The moment, to the second."""
        return self._now().replace(microsecond=0)

    def wait(self, login: str) -> int:
        """Seconds that this account has to wait before it may make anything more; 0 for none."""
        now, made = self.now(), self._created.get(login, [])
        waits = [made[-most] + during - now for most, during in CREATIONS if len(made) >= most]
        return max(0, *(int(wait.total_seconds()) for wait in waits)) if waits else 0

    def made(self, login: str) -> None:
        """Count that this account made something."""
        self._created.setdefault(login, []).append(self.now())

    def repository(self, full_name: str) -> Repository | None:
        """By owner/name, whose case GitHub passes over."""
        return self.repositories.get(full_name.lower())

    def label(self, repository: Repository, name: str, color: str = DEFAULT_COLOR, said: str | None = None) -> Label:
        """The label of that name, made where it is not there: an issue may be opened with labels nobody made."""
        known = repository.labels.get(name.lower())
        if known is None:
            known = repository.labels[name.lower()] = Label(next(self._ids), name, color, said)
        return known

    def open_issue(
        self, repository: Repository, author: Account, title: str, body: str | None, labels: list[Label]
    ) -> Issue:
        """A new issue, of the next number."""
        number, now = max(repository.issues, default=0) + 1, self.now()
        issue = Issue(next(self._ids), number, author, title, body, now, now, labels)
        repository.issues[number] = issue
        return issue

    def comment(self, issue: Issue, author: Account, body: str) -> Comment:
        """A new comment below the issue."""
        made = Comment(next(self._ids), author, body, self.now())
        issue.comments.append(made)
        issue.updated = made.created
        return made

    def _plant(self, seed: SeedRepository) -> None:
        began = self.now() - timedelta(days=400)
        repository = Repository(next(self._ids), seed, self.accounts[seed.owner], began)
        self.repositories[seed.full_name.lower()] = repository
        for label in seed.labels:
            self.label(repository, label.name, label.color, label.description)
        for one in sorted(seed.issues, key=lambda issue: -issue.days_ago):
            labels = [self.label(repository, name) for name in one.labels]
            author = self.accounts[one.author]
            issue = self.open_issue(repository, author, one.title, one.body, labels)
            issue.created = issue.updated = self.now() - timedelta(days=one.days_ago)
            issue.is_pull = one.is_pull
            if one.is_closed:
                issue.closed, issue.closed_by, issue.reason = issue.updated, author, "completed"
