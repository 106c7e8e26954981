"""What Salesforce says to one guarded write among several, and what that means for the record. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from tasks.reports.slack_text import shorten

DETAIL_LENGTH = 300  # characters: a validation rule's message may have 255, and its field is named after it

_DONE = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.CREATED})
_LOCKED = "UNABLE_TO_LOCK_ROW"
_CHANGED = "PRECONDITION_FAILED"
_MISSING = frozenset({"NOT_FOUND", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY"})
_NO_FIELD = frozenset({"INVALID_FIELD_FOR_INSERT_UPDATE", "INVALID_FIELD"})  # a field we cannot see does not exist
_ACCESS = "INSUFFICIENT_ACCESS"  # how the codes of denied access begin
_NO_ENTITY = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"  # of an object closed to us, but mostly of a trigger that failed
_CLOSED_OBJECT = "entity type cannot be"
# Refused before anything was done: the session, the org's calls, or another part that pulled this one down.
_NOT_DONE = frozenset({"INVALID_SESSION_ID", "REQUEST_LIMIT_EXCEEDED", "PROCESSING_HALTED"})
_NOT_DONE_STATUS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS})
# Words of the org about the record, which some orgs send with a status of 500 when a trigger or a flow said them.
_RULES = frozenset(
    {
        "CANNOT_EXECUTE_FLOW_TRIGGER",
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        "FIELD_FILTER_VALIDATION_EXCEPTION",
        "FIELD_INTEGRITY_EXCEPTION",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "REQUIRED_FIELD_MISSING",
    }
)
_EDIT_FIELD = "Give the integration user edit access to the field in its permission set."
_EDIT_RECORD = "Give the integration user Edit on Opportunity, and access to this record (sharing, or Modify All)."


class Said(StrEnum):
    """What Salesforce said of one record."""

    WRITTEN = "written"
    CHANGED = "changed"  # since the moment we named: untouched
    LOCKED = "locked"  # somebody holds it at this moment: untouched, try again soon
    REFUSED = "refused"  # by a rule of the org: untouched
    FORBIDDEN = "forbidden"  # the integration user may not: untouched
    GONE = "gone"  # deleted, or hidden from us
    NOT_SENT = "not sent"  # known not to be executed, for no fault of the record's
    UNKNOWN = "unknown"  # it may be written or not: read the record


@dataclass(frozen=True)
class Answer:
    """What was said of one record; `detail` is a sentence for a person, on one line, "" where `said` says it all."""

    said: Said
    detail: str = ""


def answer_of(part: object, access: str = _EDIT_RECORD) -> Answer:
    """What one part of a composite's answer means: by its code first, as the status differs between orgs.

    `access` says what to give the integration user where it may not write this record, a sentence.
    Whatever is not understood, and whatever a server error leaves open, is UNKNOWN: nobody may take it for either.
    """
    status = part.get("httpStatusCode") if isinstance(part, Mapping) else None
    if not isinstance(part, Mapping) or not isinstance(status, int):
        return Answer(Said.UNKNOWN, "Salesforce gave no answer for this record")
    if status in _DONE:
        return Answer(Said.WRITTEN)
    errors = _errors(part.get("body"))
    first = errors[0] if errors else {}
    said = _said(status, first)
    return Answer(said, _sentence(said, status, errors, access))


def _said(status: int, error: Mapping[str, Any]) -> Said:
    code, message = _code(error), str(error.get("message"))
    if code == _LOCKED or (code in _RULES and _LOCKED in message):  # a trigger or a flow that met the lock
        return Said.LOCKED
    if code == _CHANGED or status == HTTPStatus.PRECONDITION_FAILED:
        return Said.CHANGED
    if code in _NOT_DONE or status in _NOT_DONE_STATUS:
        return Said.NOT_SENT
    if code in _NO_FIELD or code.startswith(_ACCESS) or (code == _NO_ENTITY and message.startswith(_CLOSED_OBJECT)):
        return Said.FORBIDDEN
    if (code in _MISSING or status == HTTPStatus.NOT_FOUND) and not error.get("fields"):
        return Said.GONE
    client_error = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return Said.REFUSED if code in _RULES or client_error else Said.UNKNOWN


def _errors(body: object) -> Sequence[Mapping[str, Any]]:
    return [error for error in body if isinstance(error, Mapping)] if isinstance(body, list) else []


def _code(error: Mapping[str, Any]) -> str:
    return str(error.get("errorCode") or "")


def _sentence(said: Said, status: int, errors: Sequence[Mapping[str, Any]], access: str) -> str:
    if said in {Said.CHANGED, Said.GONE}:
        return ""
    own = shorten("; ".join(text for error in errors if (text := _text(error))) or f"HTTP {status}", DETAIL_LENGTH)
    if said is Said.UNKNOWN:
        return f"Salesforce could not say whether it was written ({own})"
    if said is Said.FORBIDDEN:
        return f"{own}{'' if own.endswith('.') else '.'} {_EDIT_FIELD if _code(errors[0]) in _NO_FIELD else access}"
    return own


def _text(error: Mapping[str, Any]) -> str:
    """The org's words, and the fields it blames where they do not name them."""
    message = str(error.get("message") or _code(error))
    fields = [str(name) for name in error.get("fields") or () if str(name) not in message]
    return f"{message} ({', '.join(fields)})" if fields else message
