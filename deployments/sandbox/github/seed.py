"""What a pretend GitHub starts with, as plain values."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Account:
    """A person, a bot or an organization; `kind` is GitHub's word for it: User, Bot, Organization."""

    login: str
    kind: str = "User"


@dataclass(frozen=True)
class SeedLabel:
    """A label of a repository; `color` is six hexadecimal digits."""

    name: str
    color: str = "ededed"
    description: str | None = None


@dataclass(frozen=True)
class SeedIssue:
    """An issue that is there from the start, opened by `author` so many days ago; GitHub counts pull requests among the
    issues."""

    title: str
    body: str
    author: str
    labels: tuple[str, ...] = ()
    days_ago: int = 0
    is_closed: bool = False
    is_pull: bool = False


@dataclass(frozen=True)
class SeedRepository:
    """A repository; `owner` is the login of an organization."""

    owner: str
    name: str
    is_private: bool
    description: str = ""
    labels: tuple[SeedLabel, ...] = ()
    issues: tuple[SeedIssue, ...] = ()

    @property
    def full_name(self) -> str:
        """As GitHub writes it: owner/name."""
        return f"{self.owner}/{self.name}"


@dataclass(frozen=True)
class SeedToken:
    """A fine-grained token: who acts with it, and the issues of which repositories (owner/name) it reads and writes.
    Other public repositories it only reads, other private ones it does not see."""

    value: str
    login: str
    repositories: tuple[str, ...] = ()


@dataclass(frozen=True)
class GithubSeed:
    """All a pretend GitHub starts from; empty, nobody can do anything there."""

    accounts: tuple[Account, ...] = ()
    repositories: tuple[SeedRepository, ...] = ()
    tokens: tuple[SeedToken, ...] = field(default=(), repr=False)
