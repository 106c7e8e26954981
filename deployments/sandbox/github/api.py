"""The pretend GitHub over HTTP, below /github: its REST API as far as issues need it."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from deployments.sandbox.github import issues, labels, search, shapes
from deployments.sandbox.github.answer import Answer
from deployments.sandbox.github.call import PREFIX, Call
from deployments.sandbox.github.errors import GithubError, not_found, too_much
from deployments.sandbox.github.seed import SeedToken
from deployments.sandbox.github.state import GithubState

Handler = Callable[[Call], Answer]
LIMIT, SEARCHES = 5_000, 30


def _repository(call: Call) -> Answer:
    call.known()
    return Answer(shapes.repository(call.repository(), call.state, call.base))


def _user(call: Call) -> Answer:
    call.known()
    return Answer({**shapes.user(call.caller, call.state, call.base), **_public_profile(call)})


def _rate(call: Call) -> Answer:
    core = _allowance(call.state, LIMIT)
    return Answer({"resources": {"core": core, "search": _allowance(call.state, SEARCHES, 0)}, "rate": core})


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("GET", "/repos/{owner}/{repo}"): _repository,
    ("GET", "/repos/{owner}/{repo}/issues"): issues.listing,
    ("POST", "/repos/{owner}/{repo}/issues"): issues.create,
    ("GET", "/repos/{owner}/{repo}/issues/{number}"): issues.read,
    ("PATCH", "/repos/{owner}/{repo}/issues/{number}"): issues.change,
    ("GET", "/repos/{owner}/{repo}/issues/{number}/comments"): issues.comments,
    ("POST", "/repos/{owner}/{repo}/issues/{number}/comments"): issues.add_comment,
    ("GET", "/repos/{owner}/{repo}/labels"): labels.listing,
    ("POST", "/repos/{owner}/{repo}/labels"): labels.create,
    ("GET", "/repos/{owner}/{repo}/labels/{name:path}"): labels.read,
    ("GET", "/search/issues"): search.issues,
    ("GET", "/rate_limit"): _rate,
    ("GET", "/user"): _user,
}


def routes(state: GithubState) -> list[BaseRoute]:
    """The API over that state. Everything runs in the serving loop, one call after the other."""
    known = [_route(state, method, path, handler) for (method, path), handler in HANDLERS.items()]

    async def nowhere(_: Request) -> Response:
        return _answered(state, Answer(not_found().body(), 404))

    anything = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return [*known, Route(f"{PREFIX}/{{rest:path}}", nowhere, methods=anything)]


def _route(state: GithubState, method: str, path: str, handler: Handler) -> Route:
    async def endpoint(request: Request) -> Response:
        state.requests += 1
        try:
            answer = _handled(handler, await _call(state, request), makes=method == "POST")
        except GithubError as refusal:
            answer = Answer(refusal.body(), refusal.status, refusal.headers)
        return _answered(state, answer)

    return Route(f"{PREFIX}{path}", endpoint, methods=[method])


def _handled(handler: Handler, call: Call, *, makes: bool) -> Answer:
    """What the handler answers. Raises GithubError 403 for one who made too much of late."""
    login = call.token.login if call.token and makes else ""
    if seconds := call.state.wait(login):
        raise too_much(seconds)
    answer = handler(call)
    if login:
        call.state.made(login)
    return answer


async def _call(state: GithubState, request: Request) -> Call:
    """Raises GithubError 401 for a token that nobody gave out, 400 for a body that is no JSON object."""
    token = _token(state, request)
    body = _body(await request.body())
    base = f"{str(request.base_url).rstrip('/')}{PREFIX}"
    return Call(state, token, request.path_params, dict(request.query_params), body, base)


def _token(state: GithubState, request: Request) -> SeedToken | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        return None
    token = state.tokens.get(value.strip())
    if scheme.lower() not in {"token", "bearer"} or token is None:
        raise GithubError(401, "Bad credentials")
    return token


def _body(sent: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(sent or b"{}")
    except ValueError:
        raise GithubError(400, "Problems parsing JSON") from None
    if not isinstance(value, dict):
        raise GithubError(400, "Body should be a JSON object")
    return value


def _answered(state: GithubState, answer: Answer) -> Response:
    rate = _allowance(state, LIMIT)
    standard = {
        "Content-Type": "application/json; charset=utf-8",
        "X-GitHub-Media-Type": "github.v3; format=json",
        "X-GitHub-Request-Id": uuid4().hex.upper()[:20],
        **{f"X-RateLimit-{name.title()}": str(value) for name, value in rate.items()},
        "X-RateLimit-Resource": "core",
    }
    return JSONResponse(answer.content, answer.status, {**standard, **answer.headers})


def _allowance(state: GithubState, limit: int, used: int | None = None) -> dict[str, int]:
    """How much of an allowance is left, until when: the next full hour of the sandbox's clock."""
    spent = min(limit, state.requests if used is None else used)
    until = int(state.now().timestamp()) // 3_600 * 3_600 + 3_600
    return {"limit": limit, "used": spent, "remaining": limit - spent, "reset": until}


def _public_profile(call: Call) -> dict[str, Any]:
    """What a user who is read alone has besides."""
    nothing = ("name", "company", "blog", "location", "email", "hireable", "bio", "twitter_username")
    numbers = ("public_repos", "public_gists", "followers", "following")
    since = shapes.moment(call.state.now())
    return {**dict.fromkeys(nothing), **dict.fromkeys(numbers, 0), "created_at": since, "updated_at": since}
