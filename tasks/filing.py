"""A person's order to file discrepancies as GitHub issues: checked, carried out, told (handbook L147)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State

from tasks.artifacts import literally
from tasks.expectation_files import load, ours
from tasks.filer import Filer, Papers
from tasks.filing_once import NotAllFiled, Order, SomeRefused, all_filed
from tasks.github import private_issues
from tasks.ledger import Ledger
from tasks.ledger_checkups import Checkups
from tasks.patience import PATIENT
from tasks.reports.filing import as_lines, filed_reply, in_short, reply_key
from tasks.rules.choosing import each_once, signed_by
from tasks.rules.expected import Expectation
from tasks.rules.filing import (
    Filed,
    FilingResult,
    Mark,
    Sorted,
    filing_refusal,
    fixed_of,
    sorted_out,
    stranger_said,
    title_of,
)
from tasks.runs import remembered, run_id
from tasks.settings import Settings, settings
from tasks.slack import publisher
from tasks.validation import RITUAL, WHOLE


@dataclass(frozen=True)
class FilingOrder(Order):
    """Which findings a person wants filed; `accepted` has those that are fixed by now too: that is said of them.

    comments   whether issues of findings that are fixed get a comment
    """

    comments: bool = False


@task(**PATIENT)
def order_filing(findings: Sequence[str], decided_by: str, *, comments: bool = True) -> FilingOrder:
    """Which findings a person wants filed, and whether they may. Nothing is written or asked of GitHub.

    Raises LedgerMissing, Unavailable or SettingsError.
    """
    config = settings()
    wanted = each_once(findings)
    stopped = filing_refusal(
        wanted,
        decided_by,
        deciders=config.deciders,
        policy=config.validation,
        has_token=bool(config.github_token and config.github_token.get_secret_value()),
        comments=comments,
    )
    if stopped:
        return FilingOrder(stopped=stopped)
    with remembered(config) as memory:
        found = _sorted(memory, wanted)
    strangers = tuple(stranger_said(key) for key in found.strangers)
    accepted = tuple(key for key in wanted if key not in found.strangers)
    if not accepted and not comments:
        return FilingOrder(stopped=". ".join(strangers))
    by = signed_by(decided_by, config.deciders, "file issues")[0]
    return FilingOrder(accepted, strangers, by, comments=comments)


@task(**PATIENT)
def file_findings(order: FilingOrder) -> tuple[FilingResult, ...]:
    """File each finding as an issue of the private repository, once, and say below the issues of those that are fixed
    that they are; what became of each. One that fails never stops the others.

    Raises NotAllFiled or SomeRefused, which have the results of all; Unavailable or Refused, with the remedy, where
    nothing at all could be done, as for a repository that is not private. Running again goes on from there.
    """
    return all_filed(_carried_out(order, dry_run=False))


@task(**PATIENT)
def preview_filing(order: FilingOrder) -> str:
    """What filing would do now, a line each; nothing is written. Raises as `file_findings`."""
    return as_lines(_carried_out(order, dry_run=True), order.refused)


@task(**PATIENT)
def tell_filing(order: FilingOrder, results: Sequence[FilingResult]) -> str:
    """Say below the report of the check what has an issue now, where that report stands; the same, with more, a line
    each. Raises as `slack.publish`."""
    config = settings()
    if results:
        with remembered(config) as memory:
            latest = Checkups(memory).latest(WHOLE)
        if latest is not None:
            _say(results, order.by, latest.day, config)
    return as_lines(results, order.refused)


def results_of(filing: State[Any]) -> tuple[FilingResult, ...]:
    """What became of each, also where the step failed in the end."""
    ended = filing.result(raise_on_failure=False)
    if isinstance(ended, NotAllFiled | SomeRefused):
        return ended.results
    return ended if isinstance(ended, tuple) else ()


def show_filing(said: str) -> None:
    """An artifact of this run: what became, or would become, of each finding."""
    create_markdown_artifact(literally(said), key="filed-discrepancies", description="The discrepancies as issues")


def in_words(results: Sequence[FilingResult]) -> str:
    """How a run ends that filed: "2 filed, 1 already"."""
    return in_short(results)


def _carried_out(order: FilingOrder, *, dry_run: bool) -> tuple[FilingResult, ...]:
    config = settings()
    with remembered(config) as memory, private_issues(config) as github:
        store = Checkups(memory)
        found, latest = _sorted(memory, order.accepted), store.latest(WHOLE)
        papers = Papers(_expectations(config), order.by, latest.day if latest else _today(config))
        filer = Filer(memory, github, papers, run_id(), dry_run=dry_run)

        def fixed(marks: list[Mark]) -> list[Mark]:
            return fixed_of(marks, store.find(mark.key for mark in marks), latest)

        filed = filer.file(found.to_file)
        gone = [FilingResult(one.key, title_of(one), Filed.FIXED) for one in found.fixed]
        commented = filer.say_fixed(fixed) if order.comments else []
    said = {one.key for one in commented}
    return (*filed, *(one for one in gone if one.key not in said), *commented)


def _sorted(memory: Ledger, keys: Sequence[str]) -> Sorted:
    store = Checkups(memory)
    return sorted_out(keys, store.find(keys), store.latest(WHOLE))


def _say(results: Sequence[FilingResult], by: str, day: date, config: Settings) -> None:
    began = datetime.combine(day, time(), ZoneInfo(config.pipeline.time_zone))
    report = f"{RITUAL}:{day.isoformat()}:{WHOLE}"
    with publisher() as slack:
        if slack.posted(report, began):
            post = filed_reply(results, config.validation.private_repository, by)
            slack.reply(report, post, f"{report}:filed:{reply_key(results, by)}", began)


def _expectations(config: Settings) -> Mapping[str, Expectation]:
    return {one.key: one for one in load(config.expectations_folder or ours())}


def _today(config: Settings) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(config.pipeline.time_zone)).date()
