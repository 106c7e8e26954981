"""When a Prefect task is repeated: only where time can cure the failure."""

from typing import Any

from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed, Failed

from tasks.clients import Unavailable


def time_can_cure(task: Any, run: TaskRun, state: State[Any]) -> bool:  # noqa: ARG001 - Prefect's signature
    """Whether a failed task may be repeated: only where the other side could not answer."""
    return isinstance(state.result(raise_on_failure=False), Unavailable)


def ended(state: State[Any], message: str) -> State[Any]:
    """How a flow ends that reported its last step before that may fail it: with `message`, or as the step failed."""
    if state.is_completed():
        return Completed(message=message)
    return Failed(message=str(state.result(raise_on_failure=False)))


# No cache: Prefect would hash every frame it is given, and must never be the memory of what was done.
PATIENT: dict[str, Any] = {
    "cache_policy": NO_CACHE,
    "persist_result": False,
    "retries": 3,
    "retry_delay_seconds": [10, 60, 300],
    "retry_condition_fn": time_can_cure,
}
