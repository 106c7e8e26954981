"""Slack's names of messages, and moments."""

from datetime import UTC, datetime

import pytest

from tasks.rules.slack_ts import earlier, moment_of, ts_of

MONDAY = datetime(2026, 11, 23, 15, 28, 0, 123_457, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ts", "before"), [("1795485600.000100", "1795485300.000100"), ("0000000100.000000", "0000000000.000000")]
)
def test_some_minutes_before_a_ts(ts: str, before: str) -> None:
    assert earlier(ts, 5) == before


def test_a_moment_is_written_as_slack_writes_it() -> None:
    assert ts_of(MONDAY) == "1795447680.123457"


def test_a_ts_is_read_to_the_microsecond_as_it_was_written() -> None:
    assert moment_of("1795447680.123457") == MONDAY
    assert moment_of("1795447680.000001").microsecond == 1
