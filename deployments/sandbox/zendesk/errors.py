"""How the pretend Zendesk refuses: `{error, description, details}`, as recorded of 404 and 422 and described of 401."""

from collections.abc import Mapping
from typing import Any


class ZendeskError(Exception):
    """A refusal of that HTTP status."""

    def __init__(self, status: int, content: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(content))
        self.status, self.content, self.headers = status, content, headers or {}


def not_found() -> ZendeskError:
    """What is not there."""
    return ZendeskError(404, {"error": "RecordNotFound", "description": "Not found"})


def not_authenticated() -> ZendeskError:
    """A login that is none."""
    return ZendeskError(401, {"error": "Couldn't authenticate you"})


def invalid(field: str, error: str, said: str) -> ZendeskError:
    """A field that is not accepted."""
    details = {field: [{"description": said, "error": error}]}
    return ZendeskError(422, {"error": "RecordInvalid", "description": "Record validation errors", "details": details})


def not_understood(said: str) -> ZendeskError:
    """A request that cannot be read."""
    return ZendeskError(400, {"error": "Unprocessable", "message": said})


def too_many(said: str, seconds: int) -> ZendeskError:
    """A limit is reached for so many seconds."""
    return ZendeskError(
        429, {"error": "APIRateLimitExceeded", "description": said}, {"Retry-After": str(max(1, seconds))}
    )
