"""Composite: up to 25 calls in one, each able to use the answers before it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from deployments.sandbox.salesforce.errors import SalesforceError, not_found, parser_error
from deployments.sandbox.salesforce.exchange import Answer, Call, InComposite, Resource, refusal
from deployments.sandbox.salesforce.references import NAME, filled, filled_text
from deployments.sandbox.salesforce.store import Store

MAX_SUBREQUESTS = 25
MAX_QUERIES = 5
_OWN_HEADERS = ("accept", "authorization", "content-type")  # the whole request's, never a subrequest's
_METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")


class Router(Protocol):
    """What composite needs of the API around it."""

    def dispatch(self, call: Call) -> Answer:
        """Answer a call; refusals are answers too."""
        ...

    def allowed(self, path: str) -> InComposite:
        """Whether the resource at `path` may be a subrequest."""
        ...


@dataclass(frozen=True)
class _Subrequest:
    method: str
    url: str
    reference: str
    body: Any
    headers: Mapping[str, str]


class Composite:
    """The composite resource. `versioned` splits an address into version and path, or refuses it."""

    def __init__(self, store: Store, router: Router, versioned: Callable[[str], tuple[str, str]]) -> None:
        self._store = store
        self._router = router
        self._versioned = versioned

    def resources(self) -> list[Resource]:
        """composite."""
        return [Resource("composite", {"POST": self._run})]

    def _run(self, call: Call) -> Answer:
        body = call.json()
        requests = _subrequests(body.get("compositeRequest"))
        if len(requests) > MAX_SUBREQUESTS:
            return _too_many(f"The request can’t contain more than {MAX_SUBREQUESTS} operations.")  # noqa: RUF001 - Salesforce's own apostrophe
        if sum(self._is_query(r) for r in requests) > MAX_QUERIES:
            return _too_many(f"The request can’t contain more than {MAX_QUERIES} query or collection operations.")  # noqa: RUF001 - the same
        answers: list[Answer] = []
        with self._store.transaction() as transaction:
            self._all(call, requests, answers)
            transaction.cancelled = body.get("allOrNone") is True and any(a.failed for a in answers)
        if transaction.cancelled:
            answers = _halted(answers)
        return Answer(200, {"compositeResponse": [_shown(r, a) for r, a in zip(requests, answers, strict=True)]})

    def _is_query(self, request: _Subrequest) -> bool:
        try:
            return self._router.allowed(self._versioned(urlsplit(request.url).path)[1]) == "query"
        except SalesforceError:
            return False

    def _all(self, call: Call, requests: list[_Subrequest], answers: list[Answer]) -> None:
        known: dict[str, Any] = {}
        for request in requests:
            answer = self._one(call, request, known)
            answers.append(answer)
            if not answer.failed:
                known[request.reference] = answer.body

    def _one(self, call: Call, request: _Subrequest, known: Mapping[str, Any]) -> Answer:
        try:
            address = urlsplit(request.url)
            version, path = self._versioned(filled_text(unquote(address.path), known))
            if self._router.allowed(path) == "no":
                raise not_found()
            body = b"" if request.body is None else json.dumps(filled(request.body, known)).encode()
            asked = parse_qsl(address.query, keep_blank_values=True)
            query = {name: filled_text(value, known) for name, value in asked}
        except SalesforceError as error:
            return refusal(error)
        inner = replace(
            call, method=request.method, path=path, version=version, query=query, headers=request.headers, body=body
        )
        return self._router.dispatch(inner)


def _subrequests(listed: Any) -> list[_Subrequest]:
    """The subrequests of the body. SalesforceError when the whole request is ill-formed."""
    if not isinstance(listed, list) or not listed or not all(isinstance(item, dict) for item in listed):
        raise parser_error("compositeRequest must be an array of subrequests")
    requests = [_subrequest(item) for item in listed]
    names = [r.reference for r in requests]
    if len(set(names)) < len(names):
        raise SalesforceError(400, "INVALID_INPUT", "Duplicate referenceId in the composite request")
    return requests


def _subrequest(item: dict[str, Any]) -> _Subrequest:
    method, url, reference = item.get("method"), item.get("url"), item.get("referenceId")
    if method not in _METHODS or not isinstance(url, str) or not isinstance(reference, str):
        raise SalesforceError(400, "INVALID_INPUT", "A subrequest needs a method, a url and a referenceId")
    if not url.startswith("/services/"):
        raise SalesforceError(400, "INVALID_INPUT", f"The url of a subrequest must begin with /services/: {url}")
    if not NAME.fullmatch(reference):
        message = (
            f"Provided referenceId ('{reference}') must start with a letter or a number, and it can contain only "
            "letters, numbers and underscores ('_')."
        )
        raise SalesforceError(400, "INVALID_INPUT", message)
    headers = {str(name).lower(): str(value) for name, value in (item.get("httpHeaders") or {}).items()}
    if refused := [name for name in headers if name in _OWN_HEADERS]:
        raise SalesforceError(400, "INVALID_INPUT", f"Header not allowed in a subrequest: {refused[0]}")
    return _Subrequest(method, url, reference, item.get("body"), headers)


def _too_many(message: str) -> Answer:
    error = refusal(SalesforceError(400, "LIMIT_EXCEEDED", message))
    one = {"body": error.body, "httpHeaders": {}, "httpStatusCode": 400, "referenceId": None}
    return Answer(400, {"compositeResponse": [one]})


def _halted(answers: list[Answer]) -> list[Answer]:
    """After a rollback only the first failure keeps its own answer."""
    message = "The transaction was rolled back since another operation in the same transaction failed."
    halted = refusal(SalesforceError(400, "PROCESSING_HALTED", message))
    cause = next(i for i, a in enumerate(answers) if a.failed)
    return [a if i == cause else halted for i, a in enumerate(answers)]


def _shown(request: _Subrequest, answer: Answer) -> dict[str, Any]:
    return {
        "body": answer.body,
        "httpHeaders": dict(answer.headers),
        "httpStatusCode": int(answer.status),
        "referenceId": request.reference,
    }
