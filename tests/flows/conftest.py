"""Each test of a flow has a company of today of its own, and waits for nothing."""

from collections.abc import Iterator

import pytest

from tasks import salesforce, slack
from tests.company import Sandbox
from tests.flows.runs import company_of_today

PATIENT = (salesforce.read_pipeline, slack.publish, slack.already_posted, slack.say_once, slack.read_customer_talk)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A small company of one's own, as of today."""
    with company_of_today() as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def _repeated_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks are repeated as often as they would be, without the minutes between."""
    for task in PATIENT:
        monkeypatch.setattr(task, "retry_delay_seconds", 0)
