"""How the pretend GitHub refuses: a status, a message, for 422 what is wrong with which field."""

from collections.abc import Mapping
from typing import Any

from deployments.sandbox.fault_answers import DOCUMENTATION, SECONDARY


class GithubError(Exception):
    """A refusal of that HTTP status."""

    def __init__(
        self,
        status: int,
        message: str,
        errors: tuple[dict[str, Any], ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.headers = headers or {}

    def body(self) -> dict[str, Any]:
        """The JSON that is answered."""
        more = {"errors": list(self.errors)} if self.errors else {}
        return {"message": self.message, **more, "documentation_url": DOCUMENTATION, "status": str(self.status)}


def not_found() -> GithubError:
    """What is not there, and what this token may not know of."""
    return GithubError(404, "Not Found")


def too_much(seconds: int) -> GithubError:
    """Of one who makes more than GitHub takes: to be asked again after so many seconds."""
    return GithubError(403, SECONDARY, headers={"Retry-After": str(seconds)})


def invalid(resource: str, field: str, code: str, message: str = "") -> GithubError:
    """A field that is not accepted; `code` is GitHub's: missing_field, invalid, already_exists, custom."""
    said = {"message": message} if message else {}
    return GithubError(422, "Validation Failed", ({"resource": resource, "field": field, "code": code, **said},))
