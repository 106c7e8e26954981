"""What a handler of the pretend Zendesk gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A JSON value (None: no body), the HTTP status, and headers beside those that every answer has."""

    content: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
