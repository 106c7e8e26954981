from collections.abc import Callable, Iterator

import pytest
import requests
from starlette.applications import Starlette

from deployments.sandbox.server import serve
from deployments.sandbox.slack.page.names import Names, Person
from deployments.sandbox.slack.page.routes import OFFICE_ZONE, routes
from deployments.sandbox.slack.state import SlackState

from .company import NOW, PIPELINE, state

Get = Callable[..., requests.Response]


@pytest.fixture(scope="session")
def names() -> Names:
    people = {
        "U1": Person("U1", "Tom Oduya"),
        "U2": Person("U2", "Jane Doe", badge="Acme Corp"),
        "B1": Person("B1", "Revenue rituals", is_bot=True),
    }
    return Names(people, {PIPELINE: "pipeline"}, OFFICE_ZONE, NOW)


@pytest.fixture(scope="module")
def slack() -> SlackState:
    return state()


@pytest.fixture(scope="module")
def get(slack: SlackState) -> Iterator[Get]:
    """Gets a path of the page over that Slack."""
    with serve(Starlette(routes=routes(slack))) as address, requests.Session() as session:
        yield lambda path, **options: session.get(address + path, timeout=10, **options)
