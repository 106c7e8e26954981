"""If-Modified-Since and If-Unmodified-Since, as Salesforce judges them: by whole seconds."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.exchange import Answer


def http_date(at: datetime) -> str:
    """A moment as a header says it."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def judge(headers: Mapping[str, str], modified: datetime) -> Answer | None:
    """The 304 to give instead, or None to go on.

    SalesforceError: 412 when it was changed since If-Unmodified-Since, 400 for a date that is none.
    """
    changed = modified.replace(microsecond=0)
    limit = _moment(headers, "if-unmodified-since")
    if limit is not None and changed > limit:
        message = "The request was not executed because the record was modified since the given date"
        raise SalesforceError(412, "PRECONDITION_FAILED", message)
    since = _moment(headers, "if-modified-since")
    if since is not None and changed <= since:
        return Answer(304, headers={"Last-Modified": http_date(modified)})
    return None


def _moment(headers: Mapping[str, str], name: str) -> datetime | None:
    value = headers.get(name)
    if value is None:
        return None
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise SalesforceError(400, "INVALID_HEADER", f"{name}: invalid date {value}")
    return at
