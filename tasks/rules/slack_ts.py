"""Slack's names of messages: a `ts` is the moment of a message, "1795447680.000100", ten digits and six, so that texts
compare as moments do. A moment is aware."""

from datetime import UTC, datetime, timedelta

_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)


def ts_of(moment: datetime) -> str:
    """The moment as Slack writes it."""
    return f"{moment.timestamp():.6f}"


def moment_of(ts: str) -> datetime:
    """When the message of that ts came, to the microsecond, in UTC."""
    seconds, _, micros = ts.partition(".")
    return _BEGAN + timedelta(seconds=int(seconds), microseconds=int(micros))


def earlier(ts: str, minutes: int) -> str:
    """The ts so many minutes before."""
    seconds, _, rest = ts.partition(".")
    return f"{max(0, int(seconds) - minutes * 60):010d}.{rest}"
