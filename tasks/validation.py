"""One check of Salesforce: what it was asked for, what it is held against, what it remembers, and how it is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pandas as pd
from prefect import task

from tasks.artifacts import EXPECTATIONS
from tasks.expectation_files import load, ours
from tasks.ledger_checkups import Checkups, Links
from tasks.linkedin import LinkTester
from tasks.patience import PATIENT
from tasks.reports.validation_context import ValidationContext
from tasks.rules.expected import OBJECTS, Expectation, Records
from tasks.rules.org_facts import OrgFacts, RecordFacts
from tasks.rules.record_checks import Wanted, wanted
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Checkup
from tasks.runs import Run, history_link, keys_link, remembered, run_facts
from tasks.salesforce_checked import RecordReading
from tasks.salesforce_structure import StructureReading
from tasks.settings import Settings, settings

RITUAL: Final = "salesforce-validation"
TABS: Final = "Tabs"
FILE: Final = "file-discrepancies/file"
KEPT: Final = timedelta(days=800)  # when a discrepancy was first seen is worth knowing for two years
WHOLE: Final = "all"  # the scope of a check of everything


@dataclass(frozen=True)
class Asked:
    """What one check was asked for. `scope` tells it from others: WHOLE, or "Account, as Sales User, no records"."""

    objects: tuple[str, ...]
    with_tabs: bool
    records: bool
    policy: ValidationPolicy
    scope: str


def asked_for(objects: Sequence[str], profile: str, config: Settings, *, records: bool) -> Asked:
    """The check of these objects (TABS is one of them), as users of the profile ("": of the settings) see them."""
    policy = config.validation
    named = profile.strip() or policy.profile
    chosen = tuple(one for one in OBJECTS if one in objects)
    words = [] if {TABS, *OBJECTS} <= set(objects) else [one for one in (TABS, *OBJECTS) if one in objects]
    words += [f"as {named.casefold()}"] if named.casefold() != policy.profile.casefold() else []
    words += [] if records else ["no records"]
    scope = ", ".join(words) or WHOLE
    return Asked(chosen, TABS in objects, records, replace(policy, profile=named), scope)


@task(**PATIENT)
def expected(asked: Asked) -> tuple[Expectation, ...]:
    """What the files say that was asked for, in their order. Raises ExpectationsWrong with every mistake in them."""
    found = load(settings().expectations_folder or ours())
    within = [one for one in found if (one.object in asked.objects if one.object else asked.with_tabs)]
    return tuple(one for one in within if asked.records or not isinstance(one.claim, Records))


@task(**PATIENT)
def open_links(reading: RecordReading, expectations: Sequence[Expectation], facts: OrgFacts) -> RecordFacts:
    """The records, with what their LinkedIn links answered where the settings have them opened; an answer that is still
    known is not asked for again. Raises LedgerMissing, Unavailable or SettingsError."""
    config, records = settings(), reading.records
    addresses = _addresses(records, wanted(expectations, facts))
    if not config.validation.open_links or addresses.empty:
        return records
    since = datetime.now(UTC) - timedelta(days=config.validation.links_known_days)
    with remembered(config) as memory:
        links = Links(memory)
        tried = LinkTester(config.validation, links.known(addresses, since)).test(addresses)
        links.keep(tried.fresh)
    return replace(records, links=tried.frame)


def _addresses(records: RecordFacts, asked: Wanted) -> pd.Series:
    """The addresses to be opened, each once."""
    columns = [
        records.frames[sobject][name]
        for sobject, names in asked.links.items()
        for name in names
        if sobject in records.frames and name in records.frames[sobject]
    ]
    found = pd.concat(columns) if columns else pd.Series(dtype="str")
    return found.dropna().str.strip().loc[lambda text: text != ""].drop_duplicates()


@task(**PATIENT)
def recall_checkup(day: date, scope: str) -> Checkup | None:
    """What is remembered of the check before that of `day`, of the same scope; None where there was none. Raises
    LedgerMissing, Unavailable, SettingsError, or Refused where it cannot be read."""
    with remembered(settings()) as memory:
        return Checkups(memory).before(day, scope)


@task(**PATIENT)
def remember_checkup(checkup: Checkup, today: date) -> None:
    """Keep what the next check compares with, and what a person may file. Raises as `recall_checkup`."""
    with remembered(settings()) as memory:
        Checkups(memory).keep(checkup)
        Checkups(memory).forget_before(today - KEPT)


def context_of(
    run: Run,
    config: Settings,
    asked: Asked,
    structure: StructureReading,
    checked: RecordReading | None,
    *,
    dry_run: bool,
    replaces: bool,
) -> ValidationContext:
    """How this check was made, for its report."""
    readings = (structure, checked) if checked else (structure,)
    return ValidationContext(
        **run_facts(run, config, *readings, dry_run=dry_run, replaces=replaces),
        time_zone=config.pipeline.time_zone,
        profile=asked.policy.profile,
        objects=asked.objects,
        with_records=asked.records,
        history_url=history_link(EXPECTATIONS),
        file_url=keys_link(FILE, "findings", offered=bool(config.validation.private_repository) and not dry_run),
        file_at_most=config.validation.file_at_most,
    )
