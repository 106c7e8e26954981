"""What we read from Salesforce."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import cast
from uuid import UUID

import pandas as pd
from prefect import task
from prefect.artifacts import create_progress_artifact, update_progress_artifact

from tasks.clients import salesforce
from tasks.patience import PATIENT
from tasks.rules.activity_findings import Window
from tasks.rules.expected import Expectation, views_named
from tasks.rules.org_facts import OrgFacts
from tasks.rules.record_checks import wanted
from tasks.rules.validation_policy import ValidationPolicy
from tasks.salesforce_activity import ActivityReader, ActivityReading
from tasks.salesforce_checked import RecordReader, RecordReading
from tasks.salesforce_left import left_of, nothing_left
from tasks.salesforce_pages import Progress
from tasks.salesforce_pipeline import PipelineReader, Reading
from tasks.salesforce_structure import StructureReader, StructureReading
from tasks.settings import settings


@task(**PATIENT)
def read_pipeline(until: datetime, silent_after_days: int) -> Reading:
    """Every open opportunity, and what has passed between us and its people up to `until` (in the office's zone).

    Deals whose own record shows no touch for `silent_after_days` are read in detail. Raises SettingsError, or
    Unavailable, Refused or LimitReached with the remedy.
    """
    config = settings()
    with _shown_progress() as progress:
        return PipelineReader(salesforce(config), config, until, silent_after_days, progress).read()


@task(**PATIENT)
def read_activity(window: Window) -> ActivityReading:
    """Every touch of the window, whose it was and whom it reached, and the calendars of the days to come; see
    `ActivityBook`. Raises as `read_pipeline`; SettingsError where no rep is named."""
    config = settings()
    with _shown_progress() as progress:
        return ActivityReader(salesforce(config), config, window, progress).read()


@task(**PATIENT)
def read_structure(
    expectations: Sequence[Expectation], objects: Sequence[str], policy: ValidationPolicy
) -> StructureReading:
    """How these objects look to users of the policy's profile, with the list views that the expectations name. What may
    not be read is named in the facts. Raises SettingsError, Unavailable or LimitReached; Refused for the login."""
    config = settings().model_copy(update={"validation": policy})
    return StructureReader(salesforce(config), config, tuple(objects), views_named(expectations)).read()


@task(**PATIENT)
def read_checked(expectations: Sequence[Expectation], facts: OrgFacts) -> RecordReading:
    """The values of records that the expectations are about. Raises as `read_structure`."""
    config = settings()
    with _shown_progress() as progress:
        return RecordReader(salesforce(config), config, progress, facts.catalogue).read(wanted(expectations, facts))


@task(**PATIENT)
def read_left(ids: Sequence[str]) -> pd.DataFrame:
    """What became of these opportunities, which were open before: id, stage, is_closed, is_won, is_deleted, value (in
    the corporate currency) and more; see `salesforce_left.left_of`. No call for no ids. Raises as `read_pipeline`."""
    config = settings()
    return left_of(salesforce(config), config, ids) if ids else nothing_left(config)


@contextmanager
def _shown_progress() -> Iterator[Progress]:
    """Progress of a long read as a Prefect artifact, updated at most once a second."""
    artifact = cast("UUID", create_progress_artifact(0.0, key="reading-salesforce", description="Reading Salesforce"))
    rows: dict[str, int] = {}
    shown = time.monotonic()

    def show(name: str, count: int) -> None:
        nonlocal shown
        rows[name] = max(count, rows.get(name, 0))  # what a bulk job read is read in part again, with texts
        if time.monotonic() - shown > 1:
            shown = time.monotonic()
            update_progress_artifact(artifact, progress=50.0, description=f"Read so far: {_words(rows)}")

    yield show
    update_progress_artifact(artifact, progress=100.0, description=f"Read: {_words(rows)}")


def _words(rows: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in rows.items())
