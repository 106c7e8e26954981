"""python -m deployments.watch: say in Slack which rituals were due and have not posted, or that Prefect is silent.

For cron, a systemd timer or a Kubernetes CronJob, every quarter of an hour, best on another machine than Prefect's: it
needs neither Prefect's server nor a worker, only Slack and the ledger. It is the dead-man switch where Prefect keeps
its data in SQLite, and stands behind the automations where it does not.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.responses import DeploymentResponse
from prefect.events.filters import EventFilter, EventNameFilter, EventOccurredFilter, EventRelatedFilter
from prefect.exceptions import ObjectNotFound
from prefect.server.schemas.schedules import CronSchedule, RRuleSchedule
from prefect.settings import PREFECT_UI_URL
from prefect.types import DateTime

from deployments.doctor_prefect import opened
from deployments.manifest import entries, name_of
from tasks.alarms import DONE
from tasks.clients import Refused, Unavailable
from tasks.reports.alarms import missing_line, unanswered_line
from tasks.settings import SettingsError, settings
from tasks.slack import publisher

GRACE = timedelta(hours=1)  # from its time on, as the automation has it
BACK = timedelta(days=1)  # what was due longer ago was told then
_TAG = "ritual"
_MOST = 100


@dataclass(frozen=True)
class Missing:
    """A ritual that was due at `due` (aware, in its schedule's zone) and has not posted; `url` is its deployment."""

    ritual: str
    due: datetime
    url: str


def main() -> int:
    """0 when all that was due stands, or Slack was told what does not; 1 when it could not be told."""
    argparse.ArgumentParser(prog="python -m deployments.watch", description=__doc__).parse_args()
    try:
        watch(datetime.now(ZoneInfo(settings().pipeline.time_zone)))
    except (Refused, Unavailable, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def watch(now: datetime) -> None:
    """Tell Slack, each thing once a day. Raises Refused, Unavailable or SettingsError where that cannot be done."""
    for key, line in _troubles(now):
        sys.stdout.write(f"{line}\n")
        with publisher() as slack:
            slack.say_once(line, key, datetime.combine(now.date() - BACK, time(), now.tzinfo))


def missing(client: SyncPrefectClient, now: datetime) -> Iterator[Missing]:
    """The rituals of prefect.yaml whose last time in `BACK` is `GRACE` ago, and of which nothing was heard since. One
    that is not deployed is missing; one that was paused, or deployed after its time, is not."""
    ui = (PREFECT_UI_URL.value() or "").rstrip("/")
    for entry in entries():
        due = _last_due(entry, now) if _TAG in entry["tags"] else None
        if due is None:
            continue
        name = name_of(entry)
        try:
            found = client.read_deployment_by_name(name)
        except ObjectNotFound:
            yield Missing(name, due, "")
            continue
        is_on = not found.paused and any(schedule.active for schedule in found.schedules)
        was_there = found.created is not None and found.created <= due
        if is_on and was_there and not _heard_of(client, found, due, now):
            yield Missing(name, due, f"{ui}/v2/deployments/deployment/{found.id}" if ui else "")


def _troubles(now: datetime) -> Iterator[tuple[str, str]]:
    """What is to be said, by the key under which it is said once."""
    try:
        with opened() as client:
            gone = list(missing(client, now))
    except (Refused, Unavailable) as error:
        yield f"dead man {now.date()} Prefect", unanswered_line(str(error))
        return
    for one in gone:
        yield f"dead man {one.due.date()} {one.ritual}", missing_line(one.ritual, one.due, one.url)


def _last_due(entry: Mapping[str, Any], now: datetime) -> datetime | None:
    starts = [_starts(schedule, now - GRACE) for schedule in entry.get("schedules", [])]
    return max((start for those in starts for start in those), default=None)


def _starts(schedule: Mapping[str, Any], until: datetime) -> list[datetime]:
    """When the schedule starts a run, from `BACK` before `until` on."""
    kind = RRuleSchedule if "rrule" in schedule else CronSchedule
    made = kind(**{name: value for name, value in schedule.items() if name != "slug"})
    zone = ZoneInfo(schedule["timezone"])
    begin = (until - BACK).astimezone(zone)
    found = asyncio.run(made.get_dates(_MOST, start=begin, end=until.astimezone(zone)))
    return [datetime.fromisoformat(start.isoformat()).astimezone(zone) for start in found]


def _heard_of(client: SyncPrefectClient, deployment: DeploymentResponse, since: datetime, until: datetime) -> bool:
    begin, end = (DateTime.fromisoformat(moment.isoformat()) for moment in (since, until))
    wanted = EventFilter(
        event=EventNameFilter(name=[DONE]),
        occurred=EventOccurredFilter(since=begin, until=end),
        related=EventRelatedFilter(id=[f"prefect.deployment.{deployment.id}"], role=["deployment"]),
    )
    return bool(client.read_events(filter=wanted, limit=1).events)


if __name__ == "__main__":
    sys.exit(main())
