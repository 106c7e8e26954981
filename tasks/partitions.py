"""Reading a very large pipeline in partitions of owners, on Prefect's Dask task runner.

Ids, amounts and the policy go to the workers, and what tells of their deals comes back; secrets never do: a worker
takes its own from its environment. Where Dask is not asked for, nothing of it is imported.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prefect import task
from prefect.context import SettingsContext, get_settings_context
from prefect.futures import PrefectFuture
from prefect.logging import get_run_logger
from prefect.task_runners import TaskRunner

from tasks.clients import Refused, Unavailable, salesforce
from tasks.patience import PATIENT
from tasks.rules.partitions import Partition, by_owner
from tasks.rules.policy import DaskPolicy, PipelinePolicy, TouchPolicy
from tasks.salesforce_partition import Deals, Part, PartitionReader, gathered
from tasks.salesforce_pipeline import Reading
from tasks.settings import SettingsError, settings

_DIED = "RITUALS_DASK__PARTITION_DEALS may be too much for the memory of the Dask workers, of which several died"


@dataclass(frozen=True)
class Wanted:
    """What every partition is read for. `org` is the address of the Salesforce that is meant."""

    org: str
    until: datetime
    silent_after_days: int
    pipeline: PipelinePolicy
    touches: TouchPolicy


def read_in_partitions(until: datetime, silent_after_days: int) -> Reading | None:
    """As `salesforce.read_pipeline`, in partitions: a process has only what surrounds the deals of one. None where the
    company is not that large, or Dask is not asked for.

    Raises as `read_pipeline` where one partition cannot be read: then none is judged.
    """
    config = settings()
    if not config.dask.above_deals:
        return None
    with _runner(config.dask) as runner:
        deals = read_deals(until)
        if deals is None:
            return None
        partitions = by_owner(deals.opportunities, config.dask.partition_deals)
        wanted = Wanted(config.salesforce_url, until, silent_after_days, config.pipeline, config.touches)
        parts = _all_of(_asked(runner, partitions, wanted), partitions)
    return gathered(deals, parts, config.pipeline, until)


@task(**PATIENT)
def read_deals(until: datetime) -> Deals | None:
    """The open deals, to be parted; None where there are not too many for one process. Raises as `read_pipeline`."""
    config = settings()
    return PartitionReader(salesforce(config), config, until, 0).deals(config.dask.above_deals)


@task(**PATIENT, task_run_name="read-partition-{partition.number}-of-{partition.of}")
def read_partition(partition: Partition, wanted: Wanted) -> Part:
    """What tells of the deals of one partition. Raises as `read_pipeline`; SettingsError where the settings of this
    worker lead to another org."""
    config = settings()
    if config.salesforce_url != wanted.org:
        raise SettingsError(
            "RITUALS_SALESFORCE_URL of a Dask worker is not that of the run: give all workers the run's settings."
        )
    config = config.model_copy(update={"pipeline": wanted.pipeline, "touches": wanted.touches})
    return PartitionReader(salesforce(config), config, wanted.until, wanted.silent_after_days).part(partition)


def _asked(
    runner: TaskRunner[PrefectFuture[Any]], partitions: Sequence[Partition], wanted: Wanted
) -> list[PrefectFuture[Part]]:
    try:
        with _without_secrets():
            return [runner.submit(read_partition, {"partition": part, "wanted": wanted}) for part in partitions]
    except OSError:  # so Dask says that a scheduler does not answer
        raise Unavailable(
            "RITUALS_DASK__ADDRESS leads to no Dask scheduler that answers: start it, or correct the address."
        ) from None


def _all_of(asked: Sequence[PrefectFuture[Part]], partitions: Sequence[Partition]) -> list[Part]:
    """What came back; the first partition that could not be read ends it. Whose deals those are is left to the logs:
    what a run fails with is told to everybody in the channel."""
    from distributed import KilledWorker  # noqa: PLC0415 - with the extra alone

    parts = []
    for future, partition in zip(asked, partitions, strict=True):
        try:
            parts.append(future.result())
        except (Unavailable, Refused, SettingsError, KilledWorker) as error:
            unread = f"partition {partition.number} of {partition.of} ({len(partition.deals):,} open deals)"
            get_run_logger().error("Could not read %s, of %s", unread, partition.whose)
            sentence = _DIED if isinstance(error, KilledWorker) else str(error)
            kind = Unavailable if isinstance(error, KilledWorker) else type(error)
            raise kind(f"{sentence.rstrip('.')}. So {unread} could not be read, and nothing is judged.") from None
    return parts


@contextmanager
def _runner(policy: DaskPolicy) -> Iterator[TaskRunner[PrefectFuture[Any]]]:
    """Prefect's Dask task runner: on the cluster of the policy, or on one of its own that lives as long as this. The
    cluster is opened with the first task. Raises SettingsError where the extra is not installed, or Unavailable."""
    try:
        from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415 - an extra, and seconds
    except ImportError:
        raise SettingsError(
            "RITUALS_DASK__ABOVE_DEALS is set, but Dask is not installed: pip install 'revenue-rituals[dask]'"
        ) from None
    where = {"address": policy.address} if policy.address else {"cluster_kwargs": _here(policy)}
    with DaskTaskRunner(**where) as runner:
        yield runner


def _here(policy: DaskPolicy) -> dict[str, Any]:
    """A cluster on this machine, for this process alone: whoever may talk to a scheduler may run anything."""
    no_page = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
    return {"n_workers": policy.workers, "threads_per_worker": 1, "security": True, "scheduler_kwargs": no_page}


class _Shared(SettingsContext):
    """Prefect's settings as Dask workers are told of them: they have the ways to log in in their environment."""

    def serialize(self, include_secrets: bool = True) -> dict[str, Any]:
        """The settings of Prefect's API without its secrets."""
        told = super().serialize(include_secrets=include_secrets)
        given = told["settings"].get("api", {})
        api = {name: value for name, value in given.items() if name not in {"auth_string", "key"}}
        return {"profile": {**told["profile"], "settings": {}}, "settings": {"api": api}}


@contextmanager
def _without_secrets() -> Iterator[None]:
    """Prefect sends all its settings along with a task, the secrets among them: not here."""
    now = get_settings_context()
    with _Shared(profile=now.profile, settings=now.settings):
        yield
