"""Constants of SOQL: escapes of strings, moments, and date literals such as LAST_N_DAYS:30.

Days are days of the org's time zone; moments come out in UTC as the tables store them. The fiscal year is the
calendar year, weeks begin on Sunday (locale en_US).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ORG_ZONE = ZoneInfo("America/Los_Angeles")

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_PERIOD = "FISCAL_QUARTER|FISCAL_YEAR|WEEK|MONTH|QUARTER|YEAR"
_FORMULA = re.compile(
    rf"(?:(?P<which>THIS|LAST|NEXT)_({_PERIOD})"
    rf"|(?P<span>LAST|NEXT)_N_(DAY|{_PERIOD})S:\s*(?P<n>\d+)"
    rf"|N_(DAY|{_PERIOD})S_AGO:\s*(?P<ago>\d+))"
)
_DAYS = {
    "YESTERDAY": (-1, 0),
    "TODAY": (0, 1),
    "TOMORROW": (1, 2),
    "LAST_90_DAYS": (-90, 1),
    "NEXT_90_DAYS": (1, 91),
}
_MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}


@dataclass(frozen=True)
class Span:
    """A half-open range in stored form: `start` <= value < `end`."""

    start: str
    end: str


def unescape(raw: str) -> str:
    """The text that a quoted string means. ValueError on an escape that SOQL does not have, or half a character."""

    def character(match: re.Match[str]) -> str:
        code = match.group(1)
        if len(code) > 1:
            return chr(int(code[1:], 16))
        if code.lower() not in _ESCAPES:
            raise ValueError(match.group())
        return _ESCAPES[code.lower()]

    text = _ESCAPE.sub(character, raw)
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


def like_pattern(raw: str) -> str:
    r"""The pattern for SQLite's LIKE ... ESCAPE '\' that a quoted string after LIKE means."""
    parts = re.split(r"(\\[_%\\])", raw)
    return "".join(part if i % 2 else unescape(part) for i, part in enumerate(parts))


def moment(text: str) -> str:
    """A datetime constant as stored: UTC, milliseconds, further digits cut. ValueError when there is no such time."""
    whole, fraction, zone = _split_moment(text)
    at = datetime.fromisoformat(whole + zone)
    return _stored(at.astimezone(UTC), fraction)


def _split_moment(text: str) -> tuple[str, str, str]:
    whole, rest = text[:19].upper(), text[19:].upper()
    match = re.fullmatch(r"(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)", rest)
    if match is None:
        raise ValueError(text)
    zone = "+00:00" if match[2] == "Z" else match[2]
    return whole, (match[1] or "")[:3].ljust(3, "0"), zone


def _stored(at: datetime, fraction: str = "000") -> str:
    return f"{_wall(at)}.{fraction}+0000"


def _wall(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(timespec="seconds")


def is_date_formula(text: str) -> bool:
    """Whether `text` is a date literal such as TODAY or LAST_N_DAYS:30."""
    word = text.upper()
    return word in _DAYS or _FORMULA.fullmatch(word) is not None


def days(text: str, today: date) -> tuple[date, date]:
    """First day and the day after the last of a date literal. OverflowError or ValueError outside the calendar."""
    word = text.upper()
    if word in _DAYS:
        first, end = _DAYS[word]
        return today + timedelta(first), today + timedelta(end)
    match = _FORMULA.fullmatch(word)
    if match is None:
        raise ValueError(text)
    unit = next(g for g in match.group(2, 4, 6) if g).removeprefix("FISCAL_")
    first, end = _offsets(match, unit)
    return _shift(_start(today, unit), unit, first), _shift(_start(today, unit), unit, end)


def span(text: str, now: datetime, *, moments: bool) -> Span:
    """A date literal as a range of days, or of moments when the field holds moments; `now` is aware."""
    first, end = days(text, now.astimezone(ORG_ZONE).date())
    if not moments:
        return Span(first.isoformat(), end.isoformat())
    return Span(_midnight(first), _midnight(end))


def local(stored: str | None) -> str | None:
    """A stored moment as the org's wall clock, in the same form; what convertTimezone means."""
    if stored is None:
        return None
    at = datetime.fromisoformat(stored[:19]).replace(tzinfo=UTC)
    return f"{_wall(at.astimezone(ORG_ZONE))}{stored[19:]}"


def _midnight(day: date) -> str:
    return _stored(datetime.combine(day, time(), ORG_ZONE).astimezone(UTC))


def _offsets(match: re.Match[str], unit: str) -> tuple[int, int]:
    """The range in units from the current one. LAST_N_DAYS alone includes the current unit."""
    if match["which"]:
        first = {"THIS": 0, "LAST": -1, "NEXT": 1}[match["which"]]
        return first, first + 1
    n = int((match["n"] or match["ago"])[:9])
    if match["ago"]:
        return -n, -n + 1
    if match["span"] == "NEXT":
        return 1, n + 1
    return -n, (1 if unit == "DAY" else 0)


def _start(day: date, unit: str) -> date:
    if unit == "WEEK":
        return day - timedelta((day.weekday() + 1) % 7)
    months = _MONTHS.get(unit)
    return day.replace(day=1, month=(day.month - 1) // months * months + 1) if months else day


def _shift(day: date, unit: str, by: int) -> date:
    months = _MONTHS.get(unit)
    if months is None:
        return day + timedelta(by * (7 if unit == "WEEK" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + by * months, 12)
    return date(year, month + 1, 1)
