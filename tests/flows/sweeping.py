"""Sweeps of a company on days of its own, as a schedule starts them or a person, under a real Prefect."""

from typing import Any

from prefect.client.orchestration import get_client
from prefect.flow_engine import run_flow
from prefect.states import Scheduled, State

from flows.feedback_forms import FeedbackForm
from flows.feedback_sweep import feedback_sweep
from tasks.settings import settings
from tests.faults.memory import rows
from tests.support_alone import DANA, GLOBEX, OWEN, RUTH
from tests.sweep_company import SweptCompany, on

DRY, POSTING = FeedbackForm(), FeedbackForm(dry_run=False)
OUTAGE, QUESTION, REQUEST = "All our agents are offline", "How do I add a host?", "Could you add an export as CSV?"
THANKS, LATER = "Thanks, that did it!", "Where is the changelog?"
FRI, SAT, MON, TUE = "Fri 21 06:00", "Sat 22 06:00", "Mon 24 06:00", "Tue 25 06:00"


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


def weekend(company: SweptCompany) -> dict[str, str]:
    """Two customers write: what needs an answer, and a thanks; each ts by the words."""
    return {
        QUESTION: company.says(RUTH, QUESTION, "Sat 22 10:00", channel=GLOBEX),
        REQUEST: company.says(OWEN, REQUEST, "Sun 23 10:00"),
        THANKS: company.says(DANA, THANKS, "Sun 23 11:00"),
    }


def kept(*tables: str) -> dict[str, int]:
    """How many rows the ledger has."""
    url = settings().ledger_url.get_secret_value()
    return {table: len(rows(url, table)) for table in tables}
