"""When an event is: what must be said of it, what must agree, and what Salesforce works out from the rest."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.values import OFFICE, as_datetime, as_moment

Row = dict[str, Any]

_DAY = 24 * 60
_LONGEST = 14 * _DAY  # where events of several days are allowed, as here
_TIMES = ("StartDateTime", "ActivityDateTime", "ActivityDate", "EndDateTime", "DurationInMinutes", "IsAllDayEvent")


def times(before: Row, changes: Row) -> Row:
    """The columns of time of a new event, or of one that is moved; {} where nothing of the kind is changed.

    SalesforceError for what is missing or does not agree. Of an all-day event the moments are midnight UTC of its
    first and of its last day.
    """
    if before and not any(name in changes for name in _TIMES):
        return {}
    all_day = changes.get("IsAllDayEvent", before.get("IsAllDayEvent"))
    return _all_day(before, changes) if all_day else _timed(before, changes)


def _timed(before: Row, changes: Row) -> Row:
    starts = _agreed(changes, ("StartDateTime", "ActivityDateTime")) or before.get("StartDateTime")
    if starts is None:
        raise _missing("StartDateTime")
    begins = as_datetime(starts)
    day = begins.astimezone(OFFICE).date().isoformat()
    if changes.get("ActivityDate") not in {None, day}:
        raise _disagree("ActivityDate", "StartDateTime")
    minutes = _minutes(begins, before, changes, at_least=0)
    return {
        "StartDateTime": starts,
        "ActivityDateTime": starts,
        "ActivityDate": day,
        "DurationInMinutes": minutes,
        "EndDateTime": as_moment(begins + timedelta(minutes=minutes)),
    }


def _all_day(before: Row, changes: Row) -> Row:
    moment = _agreed(changes, ("StartDateTime", "ActivityDateTime"))
    day = changes.get("ActivityDate") or (moment or "")[:10] or before.get("ActivityDate")
    if not day:
        raise _missing("ActivityDate")
    if moment and moment[:10] != day:
        raise _disagree("ActivityDate", "StartDateTime")
    begins = datetime.combine(date.fromisoformat(day), time(), UTC)
    minutes = _minutes(begins, before, changes, at_least=_DAY)
    return {
        "StartDateTime": as_moment(begins),
        "ActivityDateTime": None,
        "ActivityDate": day,
        "DurationInMinutes": minutes,
        "EndDateTime": as_moment(begins + timedelta(minutes=minutes - _DAY)),
    }


def _agreed(changes: Row, names: tuple[str, str]) -> str | None:
    """What either of two fields says that must not differ."""
    said = [changes[name] for name in names if changes.get(name) is not None]
    if len(set(said)) > 1:
        raise _disagree(names[1], names[0])
    return str(said[0]) if said else None


def _minutes(begins: datetime, before: Row, changes: Row, at_least: int) -> int:
    """How long it takes: by its duration or its end, which must agree; an all-day event takes a day by itself."""
    said, end = changes.get("DurationInMinutes"), changes.get("EndDateTime")
    until_end = None if end is None else at_least + int((as_datetime(end) - begins).total_seconds() // 60)
    if said is not None and until_end is not None and said != until_end:
        raise _disagree("DurationInMinutes", "EndDateTime")
    blamed = "EndDateTime" if said is None else "DurationInMinutes"  # since version 39.0
    minutes = next(
        (m for m in (said, until_end, before.get("DurationInMinutes"), at_least or None) if m is not None), None
    )
    if minutes is None:
        raise _missing(blamed)
    if not at_least <= minutes <= _LONGEST:
        message = f"Duration must be between {at_least} and {_LONGEST} minutes: Duration"
        raise SalesforceError(400, "FIELD_INTEGRITY_EXCEPTION", message, [blamed])
    return int(minutes)


def _missing(name: str) -> SalesforceError:
    return SalesforceError(400, "REQUIRED_FIELD_MISSING", f"Required fields are missing: [{name}]", [name])


def _disagree(blamed: str, other: str) -> SalesforceError:
    return SalesforceError(400, "FIELD_INTEGRITY_EXCEPTION", f"{blamed} and {other} must agree", [blamed])
