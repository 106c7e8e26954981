"""The pretend Salesforce on HTTP: Starlette at the edge, `Api` behind it."""

import json
from collections.abc import Sequence
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from deployments.sandbox.salesforce import edits
from deployments.sandbox.salesforce.api import Api, versioned, versions
from deployments.sandbox.salesforce.auth import Login
from deployments.sandbox.salesforce.errors import SalesforceError, method_not_allowed, not_found
from deployments.sandbox.salesforce.exchange import Answer, Call, refusal
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.store import Store

MAX_ADDRESS = 16_384  # bytes: of the address alone (414), and of address and headers together (431)
_METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS")
_NO_BODY = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


def routes(store: Store, org: Org) -> Sequence[BaseRoute]:
    """Everything below /services; whatever is unknown answers as Salesforce would."""
    edge = _Edge(store, org)
    gzip = [Middleware(GZipMiddleware, minimum_size=500, compresslevel=1)]
    return [
        Route("/services/oauth2/token", edge.token, methods=_METHODS),
        Route("/services/data", edge.versions, methods=_METHODS),
        Route("/services/data/", edge.versions, methods=_METHODS),
        Route("/services/data/{rest:path}", edge.data, methods=_METHODS, middleware=gzip),
        Route("/services/{rest:path}", edge.unknown, methods=_METHODS),
    ]


class _Edge:
    def __init__(self, store: Store, org: Org) -> None:
        self._org = org
        self._store = store
        self._api = Api(store, org)
        self._login = Login(store, org)

    async def token(self, request: Request) -> Response:
        if request.method != "POST":
            return _response(refusal(method_not_allowed(request.method, ["POST"])))
        async with request.form() as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        authorization = request.headers.get("authorization", "")
        return _response(await run_in_threadpool(self._login.token, fields, authorization))

    async def versions(self, request: Request) -> Response:
        if request.method != "GET":
            return _response(refusal(method_not_allowed(request.method, ["GET"])))
        return _response(Answer(200, versions()))

    async def unknown(self, _: Request) -> Response:
        return _response(refusal(not_found()))

    async def data(self, request: Request) -> Response:
        """Admit, count, answer: the usage is in every answer to a known user."""
        try:
            _measure(request)
            user_id = self._org.admit(_bearer(request))
        except SalesforceError as error:
            return _response(refusal(error))
        body = await request.body()
        answer = await run_in_threadpool(self._answer, request, user_id, body)
        return _response(answer, self._org.usage)

    def _answer(self, request: Request, user_id: str, body: bytes) -> Answer:
        try:
            version, path = versioned(request.url.path)
        except SalesforceError as error:
            return refusal(error)
        edits.make(self._store, self._org.edits, request.url.path)
        query = dict(request.query_params)
        return self._api.dispatch(Call(request.method, path, version, user_id, query, dict(request.headers), body))


def _bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() in ("bearer", "oauth") else ""


def _measure(request: Request) -> None:
    address = len(request.scope["raw_path"]) + len(request.scope["query_string"])
    headers = sum(len(name) + len(value) + 4 for name, value in request.scope["headers"])
    if address > MAX_ADDRESS:
        raise SalesforceError(414, "URI_TOO_LONG", f"The URI has {address} bytes; {MAX_ADDRESS} are allowed")
    if address + headers > MAX_ADDRESS:
        message = f"URI and headers have {address + headers} bytes; {MAX_ADDRESS} are allowed"
        raise SalesforceError(431, "REQUEST_HEADER_FIELDS_TOO_LARGE", message)


def _response(answer: Answer, usage: str | None = None) -> Response:
    headers = dict(answer.headers) | ({} if usage is None else {"Sforce-Limit-Info": usage})
    if answer.status in _NO_BODY:
        return Response(status_code=answer.status, headers=headers)
    text = answer.text if answer.text is not None else json.dumps(answer.body, ensure_ascii=False)
    return Response(text, answer.status, headers, answer.media_type)
