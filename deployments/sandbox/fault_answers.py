"""What a faulty Salesforce, Slack, GitHub or Zendesk answers instead of the real thing."""

from collections.abc import Callable
from http import HTTPStatus

from starlette.responses import HTMLResponse, JSONResponse, Response

from deployments.sandbox.fault_model import Fault

DOCUMENTATION = "https://docs.github.com/rest"
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
NOT_AVAILABLE = (
    "<!DOCTYPE html>\n<html><head><title>Service Unavailable</title></head>"
    "<body><h1>503 Service Unavailable</h1><p>Down for maintenance. Please try again later.</p></body></html>\n"
)
LOGIN_PAGE = "<!DOCTYPE html>\n<html><head><title>Login</title></head><body><p>Please log in.</p></body></html>\n"


def answer(fault: Fault, system: str) -> Response:
    """The answer of that system under that fault. Raises KeyError for kinds that have no answer of their own."""
    if fault.kind == "html":
        return HTMLResponse(LOGIN_PAGE)
    if fault.kind == "unavailable":
        return HTMLResponse(NOT_AVAILABLE, status_code=503, headers=_retry_after(fault))
    return {"slack": SLACK, "github": GITHUB, "zendesk": ZENDESK}.get(system, SALESFORCE)[fault.kind](fault)


def _retry_after(fault: Fault) -> dict[str, str]:
    return {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}


def _salesforce(status: int, code: str, message: str) -> Callable[[Fault], Response]:
    def respond(fault: Fault) -> Response:
        error = {"message": fault.message or message, "errorCode": code}
        fields: dict[str, list[str]] = {"fields": []} if status == HTTPStatus.BAD_REQUEST else {}
        return JSONResponse([{**error, **fields}], status_code=status, headers=_retry_after(fault))

    return respond


def _slack(status: int, error: str) -> Callable[[Fault], Response]:
    def respond(fault: Fault) -> Response:
        return JSONResponse({"ok": False, "error": error}, status_code=status, headers=_retry_after(fault))

    return respond


def _github(status: int, message: str, **headers: str) -> Callable[[Fault], Response]:
    def respond(fault: Fault) -> Response:
        told = {"message": fault.message or message, "documentation_url": DOCUMENTATION, "status": str(status)}
        return JSONResponse(told, status_code=status, headers={**headers, **_retry_after(fault)})

    return respond


def _zendesk(status: int, error: str, said: str = "") -> Callable[[Fault], Response]:
    def respond(fault: Fault) -> Response:
        words = fault.message or said
        told = {"error": error, **({"description": words} if words else {})}
        return JSONResponse(told, status_code=status, headers=_retry_after(fault))

    return respond


SALESFORCE = {
    "unauthorized": _salesforce(401, "INVALID_SESSION_ID", "Session expired or invalid"),
    "limit_reached": _salesforce(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    "rate_limited": _salesforce(
        429, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded."
    ),
    "server_error": _salesforce(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
    "row_lock": _salesforce(400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record"),
    "validation_rule": _salesforce(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "A validation rule refused the record."),
}
SLACK = {
    "unauthorized": _slack(200, "invalid_auth"),
    "limit_reached": _slack(200, "message_limit_exceeded"),
    "rate_limited": _slack(429, "ratelimited"),
    "server_error": _slack(500, "internal_error"),
}
GITHUB = {
    "unauthorized": _github(401, "Bad credentials"),
    "limit_reached": _github(403, "API rate limit exceeded for user ID 501.", **{"X-RateLimit-Remaining": "0"}),
    "rate_limited": _github(429, SECONDARY),
    "secondary_limit": _github(403, SECONDARY),
    "server_error": _github(500, "Server Error"),
}
ZENDESK = {
    "unauthorized": _zendesk(401, "Couldn't authenticate you"),
    "limit_reached": _zendesk(429, "APIRateLimitExceeded", "Number of allowed API requests per minute exceeded"),
    "rate_limited": _zendesk(429, "APIRateLimitExceeded", "Number of allowed API requests per minute exceeded"),
    "server_error": _zendesk(500, "InternalServerError", "Something went wrong"),
}
