"""No method of Slack is called more often in a minute than it may be, and nobody waits longer than that takes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.slack_pace import MINUTE, Pace
from tests.customer_channels import NOW, Time

HISTORY, LISTED, PERSON = "conversations.history", "conversations.list", "users.info"


def paced(calls_a_minute: int = 45) -> tuple[Pace, Time]:
    """A pace whose clock moves only while it waits."""
    clock = Time()
    return Pace(calls_a_minute, lambda: clock.seconds, clock.sleep), clock


@pytest.mark.parametrize(
    ("method", "calls", "minutes"),
    [
        (HISTORY, 45, 0),
        (HISTORY, 46, 1),
        (HISTORY, 90, 1),
        (HISTORY, 91, 2),
        (HISTORY, 500, 11),
        ("conversations.replies", 46, 1),
        (LISTED, 18, 0),  # Slack allows 20 where it allows 50 of the others
        (LISTED, 19, 1),
        (PERSON, 90, 0),  # … and 100
        (PERSON, 91, 1),
    ],
)
def test_a_method_takes_so_many_minutes(method: str, calls: int, minutes: int) -> None:
    pace, clock = paced()
    for _ in range(calls):
        pace.wait(method)

    assert sum(clock.slept) == minutes * MINUTE


def test_methods_do_not_wait_for_each_other() -> None:
    pace, clock = paced()
    for _ in range(45):
        pace.wait(HISTORY)
        pace.wait("conversations.replies")

    assert clock.slept == []


def test_time_that_passes_by_itself_is_not_waited_for_again() -> None:
    pace, clock = paced(2)
    pace.wait(HISTORY)
    clock.now = NOW.replace(second=40)
    pace.wait(HISTORY)
    pace.wait(HISTORY)  # twenty seconds later, when the first is a minute ago
    clock.now = NOW.replace(minute=30)
    pace.wait(HISTORY)

    assert clock.slept == [20.0]


@pytest.mark.parametrize("method", [HISTORY, LISTED])
def test_the_slowest_pace_is_one_call_a_minute(method: str) -> None:
    pace, clock = paced(1)
    for _ in range(3):
        pace.wait(method)

    assert clock.slept == [MINUTE] * 2


@given(st.integers(1, 8), st.lists(st.floats(0, 40), max_size=40))
def test_in_no_minute_there_are_more_calls_than_allowed(calls_a_minute: int, pauses: list[float]) -> None:
    pace, clock = paced(calls_a_minute)
    sent = []
    for pause in pauses:
        clock.sleep(pause)
        pace.wait(HISTORY)
        sent.append(clock.seconds)

    assert all(later >= earlier for earlier, later in pairwise(sent))
    next_but_some = zip(sent, sent[calls_a_minute:], strict=False)
    assert all(later - earlier >= MINUTE - 1e-3 for earlier, later in next_but_some)
