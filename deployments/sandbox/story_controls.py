"""The pretend company's story moves when it is told to: a week back, over that week, to the minute of a decision."""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.company.week import AnotherCompanyError, last_minute, week, week_ago
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.store import Store


def routes(store: Store, org: Org) -> list[Route]:
    """POST lets it happen and lists it; 409 for a company that is not the one of the story."""
    return [
        _control("/__sandbox__/week-ago", partial(week_ago, store)),
        _control("/__sandbox__/week", partial(week, store)),
        _control("/__sandbox__/last-minute", partial(last_minute, store, org)),
    ]


def _control(path: str, happen: Callable[[], list[str]]) -> Route:
    async def endpoint(_: Request) -> Response:
        try:
            return JSONResponse({"happened": happen()})
        except AnotherCompanyError as error:
            return JSONResponse({"error": str(error)}, status_code=409)

    return Route(path, endpoint, methods=["POST"])
