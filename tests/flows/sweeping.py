"""Sweeps of a company on days of its own, as a schedule starts them or a person, under a real Prefect."""

from typing import Any

from prefect.client.orchestration import get_client
from prefect.flow_engine import run_flow
from prefect.states import Scheduled, State

from flows.feedback_forms import FeedbackForm
from flows.feedback_sweep import feedback_sweep
from tests.sweep_company import SweptCompany, on

DRY, POSTING = FeedbackForm(), FeedbackForm(dry_run=False)


def sweep_at(company: SweptCompany, at: str, form: FeedbackForm = POSTING, *, by_hand: bool = False) -> State[Any]:
    """The sweep that was due at a moment such as "Mon 24 06:00"; its final state. As that day is over, it reads all of
    it that was said by now."""
    company.clock.set(on(at))
    parameters = {"form": form.model_dump(mode="json")}
    due, tags = Scheduled(scheduled_time=on(at)), [] if by_hand else ["auto-scheduled"]
    with get_client(sync_client=True) as client:
        waiting = client.create_flow_run(feedback_sweep, parameters=parameters, state=due, tags=tags)
    state: State[Any] = run_flow(feedback_sweep, waiting, parameters={"form": form}, return_type="state")
    return state
