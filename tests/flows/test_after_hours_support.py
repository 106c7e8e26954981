"""The after-hours support from end to end: the flow, a Prefect server, Slack, Zendesk and a ledger."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from prefect.states import State

from flows.after_hours_support import after_hours_support
from flows.feedback_forms import AfterHoursForm
from tasks import after_hours, slack_feedback
from tests.conftest import Install
from tests.flows.runs import artifacts
from tests.support_alone import ACME, DANA, EVENING, MINUTES, NOON, SAM, Support, running

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]
WORDS = "All agents went offline, said nobody in a log."


@pytest.fixture(scope="module")
def _anew() -> Iterator[Callable[..., Support]]:
    with running() as given:
        yield given


@pytest.fixture
def support(_anew: Callable[..., Support], install: Install, monkeypatch: pytest.MonkeyPatch) -> Support:
    """Slack and Zendesk, where this process is installed; tasks are repeated without the time between."""
    given = _anew()
    install(given.environment)
    for module in (after_hours, slack_feedback):
        for task in vars(module).values():
            if hasattr(task, "retry_delay_seconds"):
                monkeypatch.setattr(task, "retry_delay_seconds", 0)
    return given


def run(support: Support, at: Any, *, dry_run: bool = False) -> State[Any]:
    """As of that moment, which is over by now."""
    support.clock.set(at)
    state: State[Any] = after_hours_support(AfterHoursForm(as_of=at, dry_run=dry_run), return_state=True)
    return state


def test_an_evening_from_the_first_message_to_the_last_comment(support: Support) -> None:
    ts = support.says(DANA, WORDS, EVENING)
    first = run(support, EVENING + 2 * MINUTES)
    support.says(DANA, "Also in Lyon.", EVENING + 3 * MINUTES, ts)
    support.says(SAM, "Looking.", EVENING + 4 * MINUTES, ts)
    second = run(support, EVENING + 7 * MINUTES)

    assert [(state.is_completed(), state.message) for state in (first, second)] == [
        (True, "1 ticket, 1 reply"),
        (True, "2 comments"),
    ]
    assert WORDS in support.ticket().comments[0].body
    assert len(support.replies()) == 1


def test_prefect_sees_counts_alone(support: Support, caplog: pytest.LogCaptureFixture) -> None:
    support.says(DANA, WORDS, EVENING)
    support.fault("server_error", "/zendesk/.*", match={"method": "POST"}, times=None)
    with caplog.at_level(logging.DEBUG, "prefect"):
        failed = run(support, EVENING + 2 * MINUTES)
        support.cure()
        done = run(support, EVENING + 7 * MINUTES)

    assert artifacts(done) == {"after-hours-support": "    1 ticket, 1 reply"}
    assert WORDS not in caplog.text + str(failed.message) + str(artifacts(failed))


def test_what_fails_again_and_again_fails_the_run_with_the_channel_and_the_message(support: Support) -> None:
    ts = support.says(DANA, WORDS, EVENING)
    support.fault("server_error", "/zendesk/.*", match={"method": "POST"}, times=None)

    state = run(support, EVENING + 2 * MINUTES)

    assert state.is_failed()
    assert str(state.message).startswith(
        "nothing done; tried again by the next run: Channel customer-acme, message of Mon 23 Nov 2026, 18:00 PT "
        f"({ts}): Zendesk cannot answer now"
    )
    support.cure()
    assert run(support, EVENING + 7 * MINUTES).message == "1 ticket, 1 reply"


def test_a_reading_that_fails_is_repeated_by_the_task(support: Support) -> None:
    support.says(DANA, WORDS, EVENING)
    support.fault("html", "/api/conversations.history")

    assert run(support, EVENING + 2 * MINUTES).message == "1 ticket, 1 reply"


def test_a_dry_run_shows_what_it_would_do_and_writes_nothing(support: Support) -> None:
    support.says(DANA, WORDS, EVENING)

    state = run(support, EVENING + 2 * MINUTES, dry_run=True)

    assert state.message == "Dry run: what would be done is in the artifacts, nothing was written."
    assert "Dana Reyes: All agents went offline, said nobody in a log." in artifacts(state)["after-hours-support"]
    assert "gets a ticket, and the reply" in artifacts(state)["after-hours-support"]
    assert (support.tickets(), support.replies()) == ([], [])
    assert run(support, EVENING + 2 * MINUTES).message == "1 ticket, 1 reply"


def test_a_run_that_has_nothing_to_read_ends_at_once(support: Support, install: Install) -> None:
    run(support, NOON)
    support.calls()

    assert run(support, NOON + 5 * MINUTES).message == "Support is open, and nothing is left of the time before."
    assert support.calls() == []
    install({name: value for name, value in support.environment.items() if "ZENDESK" not in name})
    assert run(support, NOON).message == "After-hours support is off: set RITUALS_ZENDESK_URL."
    install({**support.environment, "RITUALS_SLACK_CUSTOMER_CHANNELS": "{}"})
    assert run(support, NOON).message == "No customer channels: set RITUALS_SLACK_CUSTOMER_CHANNELS."


def test_it_acts_as_of_no_moment_to_come(support: Support) -> None:
    form = AfterHoursForm(as_of=NOON.replace(year=2126))

    assert form.moment(NOON) == NOON
    assert support.slack.conversations[ACME].messages == {}
