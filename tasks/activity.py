"""One activity review: what it drafts and remembers, and how it is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from prefect import task

from tasks.coaching import book_links
from tasks.ledger_activity import Months, Talks
from tasks.patience import PATIENT
from tasks.reports.activity_context import ActivityContext
from tasks.rules.activity_findings import ActivityReview, Month
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.business_days import OfficeDays
from tasks.rules.coaching import already_said, drafts_of
from tasks.rules.talks import NoTalk, Talk
from tasks.runs import Run, remembered, run_facts, salesforce_site
from tasks.salesforce_activity import ActivityReading
from tasks.settings import Settings, settings

RITUAL = "activity-review"
KEPT = timedelta(days=800)  # a month is compared with the one before it, and two years are worth a look


@dataclass(frozen=True)
class Drafts:
    """The talks that are drafted, and why others are not."""

    talks: tuple[Talk, ...] = ()
    without: tuple[NoTalk, ...] = ()


@task(**PATIENT)
def drafted(findings: ActivityReview, run: Run, office: OfficeDays, key: str, channel: str) -> Drafts:
    """Drafts of the talks that are suggested, but for reps who have one to come. None for a day that is over: its
    findings are not what is true now. Raises as `recall_month`."""
    if run.is_replay:
        return Drafts()
    config, now = settings(), datetime.now(UTC)
    with remembered(config) as memory:
        to_come = {talk.rep_id: talk for talk in Talks(memory).to_come(now)}
    others = replace(findings, reps=findings.reps[~findings.reps["rep_id"].isin(to_come)])
    talks, without = drafts_of(others, config.coaching, office, now=now, report_key=key, channel=channel)
    suggested = set(findings.reps.loc[findings.reps["talk"].astype(bool), "rep_id"])
    booked = [already_said(talk) for rep, talk in to_come.items() if rep in suggested]
    return Drafts(talks, tuple(sorted((*without, *booked), key=lambda one: one.rep.casefold())))


@task(**PATIENT)
def recall_month(day: date, window_days: int) -> Month | None:
    """What is remembered of the review before that of `day`, over as many days; None where there was none. Raises
    LedgerMissing, Unavailable or SettingsError."""
    with remembered(settings()) as memory:
        return Months(memory).before(day, window_days)


@task(**PATIENT)
def remember_month(month: Month | None, talks: Sequence[Talk], today: date) -> None:
    """Keep what the next review compares with, and the talks that a person may book. Raises as `recall_month`."""
    with remembered(settings()) as memory:
        if month is not None:
            Months(memory).keep(month, today=today)
            Months(memory).forget_before(today - KEPT)
        Talks(memory).draft(talks)


def context_of(
    run: Run,
    config: Settings,
    policy: ActivityPolicy,
    reading: ActivityReading,
    *,
    dry_run: bool,
    replaces: bool,
) -> ActivityContext:
    """How this run was made, for its report."""
    listed = config.salesforce_activity_report.lstrip("/")
    return ActivityContext(
        **run_facts(run, config, reading, dry_run=dry_run, replaces=replaces),
        policy=policy,
        time_zone=config.pipeline.time_zone,
        list_url=f"{salesforce_site(config)}/{listed}" if listed else "",
        book_url=book_links(),
    )
