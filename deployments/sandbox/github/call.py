"""One call of the pretend REST API: who calls, with which arguments, and whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployments.sandbox.github.errors import GithubError, invalid, not_found
from deployments.sandbox.github.seed import Account, SeedToken
from deployments.sandbox.github.state import GithubState, Issue, Repository

PREFIX = "/github"


@dataclass(frozen=True)
class Call:
    """A call as a handler sees it.

    token   None for a caller without one     path, query, body   its arguments; `body` is a JSON object
    base    address that all addresses in answers begin with, without a slash at the end
    """

    state: GithubState
    token: SeedToken | None
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    base: str

    @property
    def caller(self) -> Account:
        """Who calls. Raises GithubError 401 for nobody."""
        if self.token is None:
            raise GithubError(401, "Requires authentication")
        return self.state.accounts[self.token.login]

    def repository(self) -> Repository:
        """The repository of the path. Raises GithubError 404 for a private one that this token does not see."""
        found = self.state.repository(f"{self.path['owner']}/{self.path['repo']}")
        if found is None or not self.may_see(found):
            raise not_found()
        return found

    def writable(self) -> Repository:
        """The same, whose issues the caller may write."""
        repository = self.repository()
        if self.caller and not self._is_named(repository):
            raise GithubError(403, "Resource not accessible by personal access token")
        return repository

    def issue(self, repository: Repository) -> Issue:
        """The issue of the path."""
        number = self.path["number"]
        issue = repository.issues.get(int(number)) if number.isdecimal() else None
        if issue is None:
            raise not_found()
        return issue

    def may_see(self, repository: Repository) -> bool:
        """Public repositories show to everybody."""
        return not repository.seed.is_private or self._is_named(repository)

    def known(self, *names: str) -> None:
        """GitHub passes over arguments it does not know; here they are refused, so that a misspelt one is found."""
        unknown = sorted({*self.query, *self.body} - set(names))
        if unknown:
            raise GithubError(422, f"unknown to this pretend GitHub: {', '.join(unknown)}")

    def one_of(self, name: str, *choices: str) -> str:
        """The argument of the query, which must be one of these; the first where it is absent."""
        value = self.query.get(name, choices[0])
        if value not in choices:
            raise invalid("Search", name, "invalid")
        return value

    def words(self, name: str, resource: str, most: int, *, required: bool = False) -> str | None:
        """The text of the body; None where it is absent or null and need not be there."""
        value = self.body.get(name)
        if value is None and not required:
            return None
        if not isinstance(value, str) or (required and not value.strip()):
            raise invalid(resource, name, "missing_field" if not value else "invalid")
        if len(value) > most:
            raise invalid(resource, name, "custom", f"{name} is too long (maximum is {most} characters)")
        return value

    def _is_named(self, repository: Repository) -> bool:
        names = self.token.repositories if self.token else ()
        return repository.seed.full_name in names
