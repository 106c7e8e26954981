"""Days, moments, money and names inside the sentences of rules. Plain text: what is posted is made safe by reports."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_UNITS = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k"))
_NAME = 60
_LISTED = 12


def day_said(day: date, today: date) -> str:
    """ "9 Oct"; with its year where that is not the year of `today`."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != today.year else "")


def moment_said(moment: datetime, time_zone: str) -> str:
    """ "Mon 23 Nov 08:02" on the office's clock. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment.isoformat()}")
    local = moment.astimezone(ZoneInfo(time_zone))
    return f"{_WEEKDAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local:%H:%M}"


def money_said(amount: float | None, currency: str) -> str:
    """The amount in full where rounding would hide a difference: "$120k", "$4.1M", but "$120,400"; "no amount"."""
    if amount is None:
        return "no amount"
    minus, size = "\u2212" if amount < 0 else "", abs(amount)
    sign = _SIGNS.get(currency, f"{currency} " if currency else "")
    for unit, letter in _UNITS:
        tenths = size * 10 / unit
        if size >= unit and tenths == round(tenths):
            return f"{minus}{sign}{tenths / 10:,.1f}".removesuffix(".0") + letter
    return f"{minus}{sign}{size:,.2f}".removesuffix(".00")


def name_said(name: str) -> str:
    """A name or text of others on one line, at most sixty characters."""
    line = " ".join(name.split())
    return line if len(line) <= _NAME else line[: _NAME - 1].rstrip() + "…"


def listed(names: Iterable[str]) -> str:
    """ "Ann, Bob"; after twelve how many more there are."""
    said = [name_said(name) for name in names]
    more = f" and {len(said) - _LISTED:,} more" if len(said) > _LISTED else ""
    return ", ".join(said[:_LISTED]) + more
