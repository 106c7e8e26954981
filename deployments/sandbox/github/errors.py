"""How the pretend GitHub refuses: a status, a message, for 422 what is wrong with which field."""

from typing import Any

DOCUMENTATION = "https://docs.github.com/rest"


class GithubError(Exception):
    """A refusal of that HTTP status."""

    def __init__(self, status: int, message: str, errors: tuple[dict[str, Any], ...] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors

    def body(self) -> dict[str, Any]:
        """The JSON that is answered."""
        more = {"errors": list(self.errors)} if self.errors else {}
        return {"message": self.message, **more, "documentation_url": DOCUMENTATION, "status": str(self.status)}


def not_found() -> GithubError:
    """What is not there, and what this token may not know of."""
    return GithubError(404, "Not Found")


def invalid(resource: str, field: str, code: str, message: str = "") -> GithubError:
    """A field that is not accepted; `code` is GitHub's: missing_field, invalid, already_exists, custom."""
    said = {"message": message} if message else {}
    return GithubError(422, "Validation Failed", ({"resource": resource, "field": field, "code": code, **said},))
