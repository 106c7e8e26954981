"""What goes in and out of a REST resource, free of any web framework: composite calls resources with these too."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Literal

from deployments.sandbox.salesforce.errors import SalesforceError, parser_error

# Whether a resource may be a subrequest of a composite; "query" ones share the limit of five.
InComposite = Literal["no", "yes", "query"]
Headers = Mapping[str, str]
_JSON = "application/json"


@dataclass(frozen=True)
class Call:
    """One authenticated call. `path` is what follows /services/data/vXX.0/; header names are in lower case."""

    method: str
    path: str
    version: str
    user_id: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Headers = field(default_factory=dict)
    body: bytes = b""
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The address that every other one of this version begins with."""
        return f"/services/data/v{self.version}"

    def part(self, name: str) -> str:
        """A named segment of the path."""
        return self.parts[name]

    def flag(self, name: str) -> bool:
        """A true-or-false parameter of the address."""
        return self.query.get(name, "false").lower() == "true"

    def listed(self, name: str) -> list[str]:
        """A comma-separated parameter of the address."""
        return [part.strip() for part in self.query.get(name, "").split(",") if part.strip()]

    def json(self) -> dict[str, Any]:
        """The body, which must be a JSON object. SalesforceError otherwise."""
        kind = self.headers.get("content-type", _JSON).split(";")[0].strip().lower()
        if kind != _JSON:
            message = f"Content-Type {kind} is not supported; use {_JSON}"
            raise SalesforceError(415, "UNSUPPORTED_MEDIA_TYPE", message)
        try:
            value = json.loads(self.body)
        except ValueError as error:
            raise parser_error(f"Unexpected character in the request body: {error}") from None
        if not isinstance(value, dict):
            raise parser_error("The request body must be a JSON object")
        return value

    def at(self, parts: Mapping[str, str]) -> "Call":
        """The same call with the named segments of its path."""
        return replace(self, parts=parts)


@dataclass(frozen=True)
class Answer:
    """What a resource answers: JSON (`body`), or `text` of another media type, or nothing."""

    status: int = HTTPStatus.OK
    body: Any = None
    headers: Headers = field(default_factory=dict)
    text: str | None = None
    media_type: str = "application/json;charset=UTF-8"

    @property
    def failed(self) -> bool:
        """Whether the status is an error; 304 is none."""
        return self.status >= HTTPStatus.BAD_REQUEST


def refusal(error: SalesforceError) -> Answer:
    """The answer to a refused call."""
    return Answer(error.status, error.as_rest())


Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Resource:
    """A path such as `sobjects/{sobject}/{id}` and what answers each method there."""

    path: str
    handlers: Mapping[str, Handler]
    in_composite: InComposite = "no"

    def match(self, segments: Sequence[str]) -> dict[str, str] | None:
        """The named segments when the path fits, else None."""
        wanted = self.path.split("/")
        if len(wanted) != len(segments):
            return None
        parts: dict[str, str] = {}
        for want, got in zip(wanted, segments, strict=True):
            if want.startswith("{"):
                parts[want[1:-1]] = got
            elif want.lower() != got.lower():
                return None
        return parts
