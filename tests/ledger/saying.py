"""What an error says, and shows."""

import traceback
from collections.abc import Callable

import pytest


def said_by(broken: Callable[[], object], kind: type[Exception], *secrets: str) -> str:
    """The message of what is raised, after a look through all of its traceback and of what led to it."""
    with pytest.raises(kind) as caught:
        broken()
    assert type(caught.value) is kind
    shown = "".join(traceback.format_exception(caught.value))
    assert [secret for secret in secrets if secret in shown] == []
    return str(caught.value)
