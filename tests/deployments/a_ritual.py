"""A ritual for workers of the tests: posts, has nothing to say, fails, or goes on until it is killed."""

import time
from typing import Any

from prefect import flow
from prefect.states import Completed

from tasks.alarms import WATCHED

FOREVER = 3600.0


@flow(name="a-ritual", persist_result=False, **WATCHED)
def a_ritual(form: dict[str, Any]) -> Any:
    """Ends as `how` says."""
    if form["how"] == "never":
        time.sleep(FOREVER)
    if form["how"] == "fails":
        raise RuntimeError("Acme Corp owes $381,000")
    return Completed(name=form["how"], message="The report stands.")
