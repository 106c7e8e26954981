"""Days and moments as the office says them: "2 Sep", "12 Jan 2027", "(45 d)", "07:28 PT"."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# People say PT all the year round, not PST and PDT.
_US_ZONES = {f"{letter}{kind}T": f"{letter}T" for letter in "PMCE" for kind in "SD"}


def day(when: date, today: date) -> str:
    """A calendar day, "2 Sep"; with its year when that is not this year's."""
    year = "" if when.year == today.year else f" {when.year}"
    return f"{when.day} {_MONTHS[when.month - 1]}{year}"


def weekday(when: date, today: date) -> str:
    """A calendar day with its weekday, "Mon 23 Nov"."""
    return f"{_WEEKDAYS[when.weekday()]} {day(when, today)}"


def ago(when: date, today: date) -> str:
    """How far a day is from today, "45 d" for the past, "in 19 d" for the future, "today"."""
    days = (today - when).days
    if days == 0:
        return "today"
    return f"{days} d" if days > 0 else f"in {-days} d"


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """A moment on the office's clock, "07:28 PT". Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment.isoformat()}")
    local = moment.astimezone(zone)
    name = local.tzname() or str(zone)
    in_america = str(zone).startswith(("America/", "US/"))
    return f"{local:%H:%M} {_US_ZONES.get(name, name) if in_america else name}"
