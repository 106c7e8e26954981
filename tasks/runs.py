"""This run: which day it judges, whether it comes too late, and where it can be seen."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from os import getpid
from socket import gethostname
from typing import Any, Protocol
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from prefect.client.orchestration import get_client
from prefect.client.schemas.responses import DeploymentResponse
from prefect.exceptions import ObjectNotFound
from prefect.runtime import flow_run
from prefect.settings import PREFECT_UI_URL

from tasks.ledger import Ledger, ledger
from tasks.reports.report_context import ReportContext
from tasks.rules.business_days import OfficeDays, why_not_due
from tasks.rules.policy import PipelinePolicy
from tasks.salesforce_pipeline import Reading
from tasks.settings import Settings

_BY_SCHEDULE = "auto-scheduled"  # the tag that Prefect gives to the runs of a schedule


@dataclass(frozen=True)
class Run:
    """One run of a ritual. `as_of` is the day it judges; `until` the last moment of that day it knows, in the office's
    zone; `late` how long after its scheduled time it started; `is_replay` that a day was asked for that is over, so
    that what is read is not what was true then."""

    as_of: date
    until: datetime
    late: timedelta
    too_late: bool
    is_replay: bool = False

    @property
    def today(self) -> date:
        """The office day on which it runs."""
        return datetime.now(self.until.tzinfo).date()

    @property
    def day_began(self) -> datetime:
        """Midnight of `as_of`, before which nothing of this run can have been posted."""
        return datetime.combine(self.as_of, time(), self.until.tzinfo)

    def days_ago(self, days: int) -> datetime:
        """The beginning of the day so many days before `as_of`."""
        return datetime.combine(self.as_of - timedelta(days=days), time(), self.until.tzinfo)

    def key(self, ritual: str, scope: str = "") -> str:
        """What a report of this ritual, day and scope is found by: never a run's id, so that a rerun finds it."""
        return ":".join([ritual, self.as_of.isoformat(), scope.strip().casefold() or "all"])

    def late_sentence(self, ritual: str) -> str:
        """What a run says that comes too late to be of use."""
        hours = round(self.late / timedelta(hours=1))
        return f"{ritual} of {self.as_of:%a} {self.as_of.day} {self.as_of:%b} skipped: it started {hours:,} hours late."


def schedule(scheduled: datetime, now: datetime, as_of: date | None, time_zone: str, max_late_hours: int) -> Run:
    """The run that was to start at `scheduled` and starts `now` (both aware).

    It judges the office's day of the scheduled time, so a late or repeated run judges the same day; `as_of` names
    another day, and is never late. Raises ValueError for a day to come.
    """
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    day = as_of or scheduled.astimezone(zone).date()
    if day > today:
        raise ValueError(f"'As of' is {day:%a} {day.day} {day:%b %Y}, a day to come: choose today or an earlier day.")
    end = datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    late = max(now - scheduled, timedelta())
    too_late = as_of is None and late > timedelta(hours=max_late_hours)
    return Run(day, min(now.astimezone(zone), end), late, too_late, is_replay=as_of is not None and day < today)


def this_moment(config: Settings) -> Run:
    """A run that acts on what is true now, whenever it was asked for."""
    now = datetime.now(ZoneInfo(config.pipeline.time_zone))
    return schedule(now, now, None, config.pipeline.time_zone, config.max_late_hours)


def salesforce_site(config: Settings) -> str:
    """Where links to records lead."""
    return (config.salesforce_link_url or config.salesforce_url).rstrip("/")


def run_id() -> str:
    """The id of the run that is going on; "" outside of one."""
    return flow_run.get_id() or ""


@contextmanager
def remembered(config: Settings) -> Iterator[Ledger]:
    """The ledger, for this run. To be opened inside a task; raises LedgerMissing, Unavailable or SettingsError."""
    with ledger(config, run_id() or f"{gethostname()}:{getpid()}") as memory:
        yield memory


def run_link() -> str:
    """Where this run can be seen; "" outside of one, and where the UI's address is not known."""
    return run_page(run_id())


def run_page(run: str) -> str:
    """Where the run of that id can be seen; "" for no id, and where the UI's address is not known."""
    ui = (PREFECT_UI_URL.value() or "").rstrip("/")
    return f"{ui}/v2/runs/flow-run/{run}" if ui and run else ""


def history_link(artifact: str) -> str:
    """Where all versions of an artifact of that key can be seen; "" outside of a run, or where no UI is known."""
    ui = (PREFECT_UI_URL.value() or "").rstrip("/")
    return f"{ui}/v2/artifacts/key/{artifact}" if ui and run_id() else ""


def form_link(deployment: str, form: Mapping[str, Any]) -> str:
    """The run form of a deployment ("close-opportunities/decide") in the Prefect UI, filled in with `form` on top of
    what is deployed; "" where it is not deployed, or outside of a run."""
    return _form_links(deployment)(form)


def keys_link(deployment: str, field: str, *, offered: bool = True) -> Callable[[tuple[str, ...]], str]:
    """As `form_link`, for several forms of one deployment, each with other keys in its `field`; "" where nothing is
    `offered`, such as in a report of which nothing is remembered."""
    if not offered:
        return lambda _: ""
    link = _form_links(deployment)
    return lambda keys: link({field: list(keys)})


def _form_links(deployment: str) -> Callable[[Mapping[str, Any]], str]:
    """Prefect is asked for the deployment once, and only within a run."""
    found, ui = _deployed(deployment), (PREFECT_UI_URL.value() or "").rstrip("/")
    if found is None or not ui:
        return lambda _: ""
    page, deployed = f"{ui}/v2/deployments/deployment/{found.id}/run", found.parameters.get("form", {})
    return lambda form: f"{page}?{urlencode({'parameters': json.dumps({'form': {**deployed, **form}})})}"


def _deployed(deployment: str) -> DeploymentResponse | None:
    if not run_id():
        return None
    with get_client(sync_client=True) as client:
        try:
            return client.read_deployment_by_name(deployment)
        except ObjectNotFound:
            return None


def is_scheduled() -> bool:
    """Whether a schedule started this run, and no person."""
    return _BY_SCHEDULE in (flow_run.get_tags() or ())


def not_today(run: Run, office: OfficeDays, ritual: str) -> str:
    """Why a run of a monthly ritual ("The activity review") that a schedule started has nothing to do on this day; ""
    where it has, and for a person's run."""
    return why_not_due(run.as_of, office, ritual) if is_scheduled() else ""


def this_run(as_of: date | None, config: Settings) -> Run:
    """The run that is going on now, as Prefect scheduled it. Raises ValueError as `schedule`."""
    now = datetime.now(ZoneInfo(config.pipeline.time_zone))
    scheduled = flow_run.get_scheduled_start_time() or now
    moment = datetime.fromisoformat(scheduled.isoformat())
    return schedule(moment, now, as_of, config.pipeline.time_zone, config.max_late_hours)


class Cost(Protocol):
    """What a reading cost: calls made, and how many of the org's day are used of those allowed (0 of 0: unknown)."""

    @property
    def calls(self) -> int: ...
    @property
    def used(self) -> int: ...
    @property
    def allowed(self) -> int: ...
    @property
    def in_bulk(self) -> bool: ...


def run_facts(run: Run, config: Settings, *readings: Cost, dry_run: bool, replaces: bool) -> dict[str, Any]:
    """What every report says of its run, as `RunContext` names it; the last reading knows the day's calls."""
    last = readings[-1]
    return {
        "as_of": run.until,
        "salesforce_url": salesforce_site(config),
        "run_url": run_link(),
        "calls": sum(reading.calls for reading in readings),
        "daily_share": last.used / last.allowed if last.allowed else 0.0,
        "dry_run": dry_run,
        "updated": datetime.now(run.until.tzinfo) if replaces else None,
    }


def report_context(
    run: Run,
    policy: PipelinePolicy,
    config: Settings,
    reading: Reading,
    *,
    dry_run: bool,
    replaces: bool,
    decide_url: str = "",
) -> ReportContext:
    """How this run of the pipeline review was made, for its report."""
    return ReportContext(
        **run_facts(run, config, reading, dry_run=dry_run, replaces=replaces),
        policy=policy,
        list_url=f"{salesforce_site(config)}/{config.salesforce_open_list.lstrip('/')}",
        stage_order=tuple(reading.stages["name"]),
        decide_url=decide_url,
    )
